package protection

import (
	"slices"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// TestMachineStay walks every state of a stay and every verb in each.
func TestMachineStay(t *testing.T) {
	me := ids.New[ids.Account]()
	rows := [][]string{{"stay", "move", "leave"}}
	for _, state := range StayStates {
		row := []string{string(state)}
		for _, to := range []StayState{StayMoved, StayLeft} {
			next, err := Stay{State: state, From: today()}.end(to, "ASKED", today(), me, noon())
			row = append(row, outcome(string(next.State), err))
			if err == nil && (next.Until != today() || next.End == "" || next.EndedBy != me || next.EndedAt.IsZero() || next.From != today()) {
				t.Errorf("%s to %s: %+v", state, to, next)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_stay.txt", rows)
}

// TestMachineSettle gives a bed from every state of a case and of a request.
func TestMachineSettle(t *testing.T) {
	rows := [][]string{{"case \\ request"}}
	for _, state := range ReferralStates {
		rows[0] = append(rows[0], string(state))
	}
	of := Lodger{Case: ids.New[ids.Case](), Owner: ids.New[ids.Org]()}
	on := Referral{ID: ids.New[ids.Referral](), Case: of.Case, To: ids.New[ids.Org](), Service: ids.New[ids.Service](), Need: "SAFE.SHORT"}
	settle := func(of Lodger, on Referral) error {
		_, err := of.settle(ids.New[ids.Stay](), on, Bed{Unit: WomenUnit}, today(), ids.New[ids.Account](), noon())
		return err
	}
	for _, state := range CaseStates {
		row := []string{string(state)}
		for _, request := range ReferralStates {
			of.State, on.State = state, request
			row = append(row, refusal(settle(of, on)))
		}
		rows = append(rows, row)
	}
	golden(t, "machine_settle.txt", rows)

	of.State, on.State = InAssistance, Arrived
	for name, one := range map[string]struct {
		change func(*Lodger, *Referral)
		want   string
	}{
		"lives elsewhere":       {func(l *Lodger, _ *Referral) { l.Stay = ids.New[ids.Stay]() }, "fault.stay.twice"},
		"a clinic":              {func(_ *Lodger, r *Referral) { r.Need = "MED.GENERAL" }, "fault.stay.need"},
		"somebody else arrived": {func(_ *Lodger, r *Referral) { r.Case = ids.New[ids.Case]() }, "fault.stay.need"},
		"a barred house":        {func(l *Lodger, r *Referral) { l.Conflicts = []Conflict{{Org: r.To}} }, "fault.conflict"},
	} {
		l, r := of, on
		one.change(&l, &r)
		if err := settle(l, r); !says(err, "", one.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBeds tries every unit for everybody: no child lives among adults, no adult
// among children, nobody in a family unit but with one's own.
func TestBeds(t *testing.T) {
	r := burundi(t)
	withs := r.Codes("stay_with")
	rows := [][]string{{"who", "with", "why", "WOMEN", "MEN", "CHILDREN", "FAMILY"}}
	for _, child := range []bool{true, false} {
		for _, sex := range []string{"F", "M", "X", ""} {
			for _, with := range append([]string{""}, withs...) {
				for _, why := range []string{"", "SMALL"} {
					who := "adult " + sex
					if child {
						who = "child " + sex
					}
					row := []string{who, with, why}
					for _, unit := range Units {
						err := Bed{unit, with, why}.Check(r, Lodger{Child: child, Sex: sex})
						row = append(row, refusal(err))
						switch {
						case err != nil:
						case child && unit != ChildrenUnit && unit != FamilyUnit, !child && unit == ChildrenUnit:
							t.Errorf("%s lives in %s", who, unit)
						case child && unit == FamilyUnit && (with == "" || with == ownChildren || why == ""):
							t.Errorf("%s lives among families alone, or nobody says why", who)
						}
					}
					rows = append(rows, row)
				}
			}
		}
	}
	golden(t, "stay_beds.txt", rows)
	if err := (Bed{Unit: "CELLAR"}).Check(r, Lodger{}); !says(err, "unit", "fault.code.unknown") {
		t.Errorf("a unit of no list: %v", err)
	}
}

func TestSettleChecks(t *testing.T) {
	r := burundi(t)
	of, arrived := Lodger{Sex: "F"}, today().Add(-3)
	refuses(t, Settle{Bed: Bed{Unit: WomenUnit}, From: arrived}, func(c Settle) error { return c.Check(r, of, arrived, today()) }, []bad[Settle]{
		{"no unit", func(c *Settle) { c.Bed.Unit = "" }, "unit", "fault.choice.missing"},
		{"no day", func(c *Settle) { c.From = date.Day{} }, "from", "fault.date.missing"},
		{"tomorrow", func(c *Settle) { c.From = today().Add(1) }, "from", "fault.date.future"},
		{"before she arrived", func(c *Settle) { c.From = arrived.Add(-1) }, "from", "fault.stay.before"},
	})
}

func TestShiftChecks(t *testing.T) {
	r := burundi(t)
	s, of := Stay{State: StayingNow, Unit: WomenUnit, From: today().Add(-5)}, Lodger{Sex: "F"}
	good := Shift{Bed: Bed{FamilyUnit, "OWN_CHILDREN", ""}, On: today(), Reason: "ASKED"}
	refuses(t, good, func(c Shift) error { return c.Check(r, s, of, s.From, today()) }, []bad[Shift]{
		{"no reason", func(c *Shift) { c.Reason = "" }, "reason", "fault.choice.missing"},
		{"a reason of no list", func(c *Shift) { c.Reason = "x" }, "reason", "fault.code.unknown"},
		{"the same bed", func(c *Shift) { c.Bed = Bed{Unit: WomenUnit} }, "unit", "fault.stay.same"},
		{"no day", func(c *Shift) { c.On = date.Day{} }, "on", "fault.date.missing"},
		{"tomorrow", func(c *Shift) { c.On = today().Add(1) }, "on", "fault.date.future"},
		{"before she came", func(c *Shift) { c.On = today().Add(-6) }, "on", "fault.episode.order"},
		{"among men", func(c *Shift) { c.Bed = Bed{Unit: MenUnit} }, "unit", "fault.stay.sex"},
	})
	// Who came of age moves out of the unit of children, though nothing else changes.
	if err := (Shift{Bed: Bed{Unit: WomenUnit}, On: today(), Reason: "AGE"}).Check(r, Stay{Unit: ChildrenUnit, Child: true, From: today()}, of, today(), today()); err != nil {
		t.Error(err)
	}
}

func TestDepartChecks(t *testing.T) {
	r := burundi(t)
	s := Stay{State: StayingNow, From: today().Add(-5)}
	refuses(t, Depart{On: today(), Reason: "FREELY"}, func(c Depart) error { return c.Check(r, s, today()) }, []bad[Depart]{
		{"no reason", func(c *Depart) { c.Reason = "" }, "reason", "fault.choice.missing"},
		{"a reason of no list", func(c *Depart) { c.Reason = "ESCAPED" }, "reason", "fault.code.unknown"},
		{"no day", func(c *Depart) { c.On = date.Day{} }, "on", "fault.date.missing"},
		{"tomorrow", func(c *Depart) { c.On = today().Add(1) }, "on", "fault.date.future"},
		{"before she came", func(c *Depart) { c.On = today().Add(-6) }, "on", "fault.episode.order"},
	})
}

// What the house says of its free places and what the stays leave never contradict
// each other, whoever comes and goes.
func TestHoused(t *testing.T) {
	for capacity := range 5 {
		for free := range capacity + 1 {
			for staying := range 7 {
				for left := range 2 {
					next, err := Service{Capacity: capacity, Free: free}.Housed(staying, left)
					switch {
					case capacity > 0 && staying > capacity:
						if !says(err, "unit", "fault.stay.full") {
							t.Errorf("%d of %d live there: %v", staying, capacity, err)
						}
					case err != nil || next.Free < 0 || capacity > 0 && next.Free > max(0, capacity-staying) || next.Free > free+left || capacity == 0 && next.Free != free:
						t.Errorf("%d of %d live there, %d were free, %d left: %d free, %v", staying, capacity, free, left, next.Free, err)
					}
				}
			}
		}
	}
	s := Service{Units: map[Unit]int{WomenUnit: 2, MenUnit: 0}}
	for _, one := range []struct {
		unit Unit
		n    int
		ok   bool
	}{{WomenUnit, 2, true}, {WomenUnit, 3, false}, {MenUnit, 1, false}, {ChildrenUnit, 9, true}} {
		if err := s.Holds(one.unit, one.n); (err == nil) != one.ok || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%d in %s: %v", one.n, one.unit, err)
		}
	}
}

func TestConfirmPlacesChecks(t *testing.T) {
	s := Service{Capacity: 8}
	refuses(t, ConfirmPlaces{Free: 3, Units: map[Unit]int{WomenUnit: 4, ChildrenUnit: 4}}, func(c ConfirmPlaces) error { return c.Check(s, 5) }, []bad[ConfirmPlaces]{
		{"less than nothing", func(c *ConfirmPlaces) { c.Free = -1 }, "free", "fault.number.range"},
		{"more than there are", func(c *ConfirmPlaces) { c.Free = 9 }, "free", "fault.service.capacity"},
		{"more than the stays leave", func(c *ConfirmPlaces) { c.Free = 4 }, "free", "fault.service.stays"},
		{"more in units than in the house", func(c *ConfirmPlaces) { c.Units = map[Unit]int{WomenUnit: 4, MenUnit: 5} }, "unit_WOMEN", "fault.service.units"},
		{"less than nothing in a unit", func(c *ConfirmPlaces) { c.Units = map[Unit]int{MenUnit: -1} }, "unit_MEN", "fault.number.range"},
	})
}

func TestMisplaced(t *testing.T) {
	for _, state := range StayStates {
		if got := (Stay{State: state, Child: true}).Misplaced(false); got != (state == StayingNow) {
			t.Errorf("%s: %v", state, got)
		}
		if (Stay{State: state, Child: true}).Misplaced(true) {
			t.Errorf("%s: nothing has changed", state)
		}
	}
	if !slices.Contains(Units[:], ChildrenUnit) {
		t.Error("no unit for children")
	}
}

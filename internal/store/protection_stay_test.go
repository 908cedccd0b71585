package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// shelterOf adds a shelter with so many places.
func (h *hut) shelterOf(org ids.Org, places int) ids.Service {
	h.t.Helper()
	id := ids.New[ids.Service]()
	h.must(h.desk.KeepService(h.ctx, accesstest.Somebody(access.Coordinator, ids.New[ids.Org]()), protection.KeepService{Service: protection.Service{ID: id,
		Org: org, Need: "SAFE.EMERGENCY", Name: "House", Active: true, Free: places, Capacity: places}}))
	return id
}

// arrived brings somebody to a shelter.
func (h *hut) arrived(c ids.Case, svc ids.Service) ids.Referral {
	h.t.Helper()
	r := h.refers(h.screener, c, svc, h.says(c, protection.Yes, "minimum"))
	h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 1, Arrival: h.now.Add(time.Hour), Extra: true}))
	h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: r, Version: 2}))
	return r
}

func (h *hut) settles(w access.Who, r ids.Referral, unit protection.Unit) (ids.Stay, error) {
	c := protection.Settle{ID: ids.New[ids.Stay](), Referral: r, Bed: protection.Bed{Unit: unit}, From: h.desk.Rules.Day(h.now)}
	return c.ID, h.desk.Settle(h.ctx, w, c)
}

func (h *hut) beds(svc ids.Service) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT free FROM service WHERE id = ?`, svc)
	h.must(err)
	return n
}

// A bed from a day to a day: moves are lines of a log, the places follow, and the
// shelter of before reads nothing more.
func TestStays(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, svc := h.followed(), h.shelterOf(h.shelter, 2)
		r := h.refers(h.screener, c, svc, h.says(c, protection.Yes, "minimum"))
		if _, err := h.settles(h.host, r, protection.WomenUnit); !says(err, "fault.stay.not_arrived") {
			t.Errorf("she is not there yet: %v", err)
		}
		h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 1, Arrival: h.now.Add(time.Hour)}))
		h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: r, Version: 2}))
		cmd := protection.Settle{ID: ids.New[ids.Stay](), Referral: r, Bed: protection.Bed{Unit: protection.WomenUnit}, From: h.desk.Rules.Day(h.now)}
		for range 2 { // said twice
			h.must(h.desk.Settle(h.ctx, h.host, cmd))
		}
		if n := h.beds(svc); n != 1 {
			t.Errorf("%d places are free", n)
		}
		if _, err := h.settles(h.manager, r, protection.WomenUnit); !says(err, "fault.stay.twice") {
			t.Errorf("two beds: %v", err)
		}
		all, err := h.desk.Tonight(h.ctx, h.host)
		h.must(err)
		if len(all) != 1 || all[0].ID != cmd.ID || all[0].Provider != h.shelter || all[0].Owner != h.care || all[0].Code.IsZero() {
			t.Errorf("tonight: %+v", all)
		}
		if other, err := h.desk.Tonight(h.ctx, accesstest.Somebody(access.ServiceProvider, ids.New[ids.Org]())); err != nil || len(other) != 0 {
			t.Errorf("another house sees %+v, %v", other, err)
		}

		next := ids.New[ids.Stay]()
		move := protection.Shift{Stay: cmd.ID, Version: 1, ID: next, Bed: protection.Bed{Unit: protection.FamilyUnit, With: "OWN_CHILDREN"}, On: h.desk.Rules.Day(h.now), Reason: "WITH_FAMILY"}
		if err := h.desk.Shift(h.ctx, accesstest.Somebody(access.ServiceProvider, ids.New[ids.Org]()), move); !withheld(err) {
			t.Errorf("another house moves her: %v", err)
		}
		for range 2 {
			h.must(h.desk.Shift(h.ctx, h.host, move))
		}
		colleague := accesstest.Somebody(access.ServiceProvider, h.shelter)
		if _, _, _, err := h.desk.Stay(h.ctx, colleague, next); err != nil {
			t.Errorf("a colleague cannot read where she lives: %v", err)
		}
		if _, _, _, err := h.desk.Stay(h.ctx, colleague, cmd.ID); !withheld(err) {
			t.Errorf("the line of before is read in the house: %v", err)
		}
		if n := h.beds(svc); n != 1 {
			t.Errorf("after a move inside %d places are free", n)
		}

		one, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
		h.must(err)
		if len(one.Stays) != 2 || one.Stays[0].ID != next && one.Stays[1].ID != next {
			t.Fatalf("the log is %+v", one.Stays)
		}
		for _, s := range one.Stays {
			if s.ID == cmd.ID && (s.State != protection.StayMoved || s.Unit != protection.WomenUnit || s.End != "WITH_FAMILY" || s.EndedBy != h.host.Account) {
				t.Errorf("the first line is %+v", s)
			}
		}
		end := protection.Depart{Stay: next, Version: 1, On: h.desk.Rules.Day(h.now), Reason: "OWN_HOME"}
		for range 2 {
			h.must(h.desk.Depart(h.ctx, h.manager, end))
		}
		if n := h.beds(svc); n != 2 {
			t.Errorf("after she left %d places are free", n)
		}
		if err := h.desk.Depart(h.ctx, h.manager, protection.Depart{Stay: next, Version: 2, On: end.On, Reason: "FAMILY"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("left once more: %v", err)
		}
		store.MustHold(t, h.store)
	})
}

// A house that says fewer places than live there takes nobody in, and moves whom it has.
func TestAnOverfullHouse(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc := h.shelterOf(h.shelter, 2)
		first, second := h.arrived(h.presumed(), svc), h.arrived(h.presumed(), svc)
		s, err := h.settles(h.host, first, protection.WomenUnit)
		h.must(err)
		_, err = h.settles(h.host, second, protection.WomenUnit)
		h.must(err)
		version, err := h.store.Count(h.ctx, `SELECT version FROM service WHERE id = ?`, svc)
		h.must(err)
		h.must(h.desk.KeepService(h.ctx, accesstest.Somebody(access.Coordinator, ids.New[ids.Org]()), protection.KeepService{Service: protection.Service{ID: svc, Version: version,
			Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "House", Active: true, Capacity: 1, ConfirmedAt: h.now}}))
		if _, err := h.settles(h.host, h.arrived(h.presumed(), svc), protection.WomenUnit); !says(err, "fault.stay.full") {
			t.Errorf("a third of one: %v", err)
		}
		h.must(h.desk.Shift(h.ctx, h.host, protection.Shift{Stay: s, Version: 1, ID: ids.New[ids.Stay](), Bed: protection.Bed{Unit: protection.FamilyUnit, With: "OWN_CHILDREN"},
			On: h.desk.Rules.Day(h.now), Reason: "WITH_FAMILY"}))
	})
}

// The team of the case moves her between shelters, and each house sees its own line only.
func TestBetweenShelters(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, first, second := h.followed(), h.shelterOf(h.shelter, 3), h.shelterOf(h.shelter, 3)
		one, two := h.arrived(c, first), h.arrived(c, second)
		s, err := h.settles(h.host, one, protection.WomenUnit)
		h.must(err)
		if _, err := h.settles(h.host, two, protection.WomenUnit); !says(err, "fault.stay.twice") {
			t.Errorf("in two houses at once: %v", err)
		}
		move := protection.Shift{Stay: s, Version: 1, ID: ids.New[ids.Stay](), Referral: two, Bed: protection.Bed{Unit: protection.WomenUnit}, On: h.desk.Rules.Day(h.now), Reason: "SAFETY"}
		if err := h.desk.Shift(h.ctx, h.host, move); !fault.Is(err, fault.NotFound) {
			t.Errorf("the first house chooses another: %v", err)
		}
		h.must(h.desk.Shift(h.ctx, h.manager, move))
		if a, b := h.beds(first), h.beds(second); a != 3 || b != 2 {
			t.Errorf("%d and %d places are free", a, b)
		}
		store.MustHold(t, h.store)
	})
}

// Two workers give the last place at the same moment: one of them is told.
func TestTheLastPlace(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc := h.shelterOf(h.shelter, 2)
		var all []ids.Referral
		for range 4 {
			all = append(all, h.arrived(h.presumed(), svc))
		}
		errs := make([]error, len(all))
		var wait sync.WaitGroup
		for i, r := range all {
			wait.Go(func() { _, errs[i] = h.settles(h.host, r, protection.WomenUnit) })
		}
		wait.Wait()
		in, full := 0, 0
		for _, err := range errs {
			switch {
			case err == nil:
				in++
			case says(err, "fault.stay.full"):
				full++
			case fault.Is(err, fault.Stale):
			default:
				t.Error(err)
			}
		}
		n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM stay WHERE service = ? AND state = 'OPEN'`, svc)
		h.must(err)
		if n != in || in != 2 || full != 2 || h.beds(svc) != 0 {
			t.Errorf("%d of 2 places are taken, %d were told yes, %d no, %d are free", n, in, full, h.beds(svc))
		}
		store.MustHold(t, h.store)
	})
}

// One person has one bed, whichever two workers give it.
func TestTheLastPlaceOfOnePerson(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.presumed()
		first, second := h.arrived(c, h.shelterOf(h.shelter, 5)), h.arrived(c, h.shelterOf(h.shelter, 5))
		errs := make([]error, 2)
		var wait sync.WaitGroup
		for i, r := range []ids.Referral{first, second} {
			wait.Go(func() { _, errs[i] = h.settles(h.host, r, protection.WomenUnit) })
		}
		wait.Wait()
		n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM stay WHERE case_id = ? AND state = 'OPEN'`, c)
		h.must(err)
		if n != 1 || (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%d beds: %v", n, errors.Join(errs...))
		}
	})
}

// A unit that says how many places it has holds no more; what the house says of its
// free places is never more than the stays leave; nobody closes the case of somebody
// who still lives there.
func TestUnitsOfAShelter(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc, c := h.shelterOf(h.shelter, 5), h.followed()
		units := protection.ConfirmPlaces{Service: svc, Version: 1, Free: 5, Units: map[protection.Unit]int{protection.WomenUnit: 1}}
		for range 2 {
			h.must(h.desk.ConfirmPlaces(h.ctx, h.host, units))
		}
		if _, err := h.settles(h.host, h.arrived(c, svc), protection.WomenUnit); err != nil {
			t.Fatal(err)
		}
		if _, err := h.settles(h.host, h.arrived(h.presumed(), svc), protection.WomenUnit); !says(err, "fault.stay.unit_full") {
			t.Errorf("one too many in a unit: %v", err)
		}
		version, err := h.store.Count(h.ctx, `SELECT version FROM service WHERE id = ?`, svc)
		h.must(err)
		if err := h.desk.ConfirmPlaces(h.ctx, h.host, protection.ConfirmPlaces{Service: svc, Version: version, Free: 5}); !says(err, "fault.service.stays") {
			t.Errorf("more free than the stays leave: %v", err)
		}
		if err := h.desk.Close(h.ctx, h.manager, protection.Close{Case: c, Reason: "TRANSFERRED", Why: "She goes on elsewhere."}); !says(err, "fault.close.stay") {
			t.Errorf("closed while she lives there: %v", err)
		}
		for name, w := range map[string]access.Who{"on duty": h.duty, "the police": accesstest.Somebody(access.Police, h.care), "a coordinator": accesstest.Somebody(access.Coordinator, h.care)} {
			if _, err := h.desk.Tonight(h.ctx, w); !fault.Is(err, fault.Denied) {
				t.Errorf("%s lists who lives there: %v", name, err)
			}
		}
	})
}

// says whether a refusal has this key.
func says(err error, key string) bool { return err != nil && fault.Of(err).Key == key }

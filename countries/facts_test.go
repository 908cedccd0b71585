package countries

import (
	"testing"
	"time"

	"inkingi/internal/date"
)

// PROCESS.md §2.11, line by line.
func TestDeadlinesOfTheProcess(t *testing.T) {
	c := burundi(t)
	for key, want := range map[DeadlineKey]struct {
		amount int
		unit   Unit
	}{
		TriageRed: {2, Hours}, TriageNormal: {24, Hours}, PEPWindow: {72, Hours}, ECWindow: {120, Hours},
		ScreeningTarget: {72, Hours}, PresumptionMax: {5, WorkingDays}, PresumptionRatify: {24, Hours},
		GuardianTarget: {24, Hours}, GuardianEscalate: {72, Hours}, AlertNext: {15, Minutes},
		RiskRed: {24, Hours}, RiskOrange: {72, Hours}, RiskGreen: {7, Days},
		ReflectionMin: {30, Days}, ReflectionRec: {90, Days},
		PlanMax: {14, Days}, PlanReview: {30, Days}, PlanReviewExtended: {90, Days},
		ReferralAckRed: {4, Hours}, ReferralAckOrange: {24, Hours}, ReferralAckGreen: {72, Hours},
		PacketKeep:  {30, Days},
		Monitoring1: {1, Months}, Monitoring2: {3, Months}, Monitoring3: {6, Months}, Monitoring4: {12, Months},
		LostContact: {30, Days}, CustodyMax: {7, Days}, CustodyExtension: {7, Days},
		BreachInternal: {24, Hours}, BreachController: {72, Hours},
		AccountReview: {90, Days}, AccountLeaver: {0, Days},
	} {
		if d := c.Deadline(key); d.Amount != want.amount || d.Unit != want.unit || d.Key != key {
			t.Errorf("%s: %d %s", key, d.Amount, d.Unit)
		}
	}
	if c.Limit(LostAttempts).Amount != 3 || c.Limit(InterviewWarning).Amount != 3 || c.Limit(MinimumCell).Amount != 5 {
		t.Error("limits")
	}
	if len(c.Deadlines()) != len(deadlineKeys()) || len(c.Limits()) != len(limitKeys()) {
		t.Error("a deadline or a limit is missing from the lists")
	}
}

func TestDue(t *testing.T) {
	c := burundi(t)
	at := func(s string) time.Time {
		m, err := time.ParseInLocation("2006-01-02 15:04", s, c.Location())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, x := range []struct {
		key        DeadlineKey
		from, want string
	}{
		{ReferralAckRed, "2026-11-25 22:30", "2026-11-26 02:30"},
		{AlertNext, "2026-11-25 23:50", "2026-11-26 00:05"},
		{RiskGreen, "2026-11-25 10:00", "2026-12-02 10:00"},
		{PresumptionMax, "2026-11-25 10:00", "2026-12-03 00:00"}, // to the end of Wednesday 2 December
		{PresumptionMax, "2026-12-24 10:00", "2027-01-05 00:00"}, // over Christmas and New Year's Day, both Fridays
		{PresumptionMax, "2026-05-08 10:00", "2026-05-19 00:00"}, // over Ascension, 14 May 2026
		{Monitoring1, "2027-01-31 10:00", "2027-03-01 00:00"},
		{RetainCaseAdult, "2024-02-29 10:00", "2029-03-01 00:00"},
		{RetainCaseChild, "2010-05-10 00:00", "2035-05-11 00:00"},
		{"no.such.key", "2026-11-25 10:00", "2026-11-25 10:00"}, // unknown: at once
	} {
		if got := c.Due(x.key, at(x.from).UTC()); !got.Equal(at(x.want)) || got.Location() != time.UTC {
			t.Errorf("%s from %s: %s, want %s", x.key, x.from, got.In(c.Location()), x.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	c := burundi(t)
	for s, code := range map[string]string{
		"2026-07-01": "INDEPENDENCE", "2026-05-14": "ASCENSION", "2027-05-06": "ASCENSION", "2026-11-01": "ALL_SAINTS",
		"2021-06-08": "", "2026-06-08": "PATRIOTISM", "2026-11-25": "",
	} {
		d, err := date.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		if h, _ := c.Holiday(d); h.Code != code {
			t.Errorf("%s: %q, want %q", s, h.Code, code)
		}
	}
	if c.Workdays().Works(date.Day{Year: 2026, Month: 11, Day: 28}) {
		t.Error("a Saturday is a working day")
	}
}

func TestWhoConsents(t *testing.T) {
	c := burundi(t)
	for age, want := range map[int][2]Part{
		-1: {ConsentsFully, NotAsked}, 0: {ConsentsFully, NotAsked}, 5: {ConsentsFully, NotAsked},
		6: {ConsentsFully, Assents}, 11: {ConsentsFully, Assents},
		12: {ConsentsFully, AssentsInInk}, 14: {ConsentsFully, AssentsInInk},
		15: {Agrees, ConsentsFully}, 17: {Agrees, ConsentsFully},
		18: {NotAsked, ConsentsFully}, 122: {NotAsked, ConsentsFully},
	} {
		r := c.ConsentRule(age)
		if r.Carer != want[0] || r.Self != want[1] || r.NeedsCarer() != (age < 18) {
			t.Errorf("at %d: carer %s, self %s", age, r.Carer, r.Self)
		}
	}
}

// Totals of PROCESS.md §3.1 and §3.2: 67 adult and 65 child, six dimensions.
func TestIndicators(t *testing.T) {
	c := burundi(t)
	sizes := map[string]int{}
	strengths := map[Profile]map[Strength]int{}
	for _, i := range c.Indicators() {
		sizes[i.Dimension]++
		for p, w := range i.Weights {
			if strengths[p] == nil {
				strengths[p] = map[Strength]int{}
			}
			strengths[p][w.Strength]++
		}
	}
	for d, want := range map[string]int{"D1": 10, "D2": 10, "D3": 16, "D4": 9, "D5": 15, "D6": 7} {
		if sizes[d] != want {
			t.Errorf("%s has %d indicators, want %d", d, sizes[d], want)
		}
	}
	if a := strengths[AdultLabour]; a[Strong] != 7 || a[Medium] != 53 || a[Weak] != 7 || a[""] != 0 {
		t.Errorf("adult labour: %v", a)
	}
	if k := strengths[ChildLabour]; k[Strong] != 15 || k[Medium] != 50 || k[Weak] != 0 || k[""] != 2 {
		t.Errorf("child labour: %v", k)
	}
	for p, want := range map[Profile]int{AdultLabour: 0, ChildLabour: 0, AdultSexual: 65, ChildSexual: 65} {
		if got := c.Assumed(p); got != want {
			t.Errorf("%s: %d assumed weights, want %d", p, got, want)
		}
	}
}

func TestGlossary(t *testing.T) {
	c := burundi(t)
	if len(c.Glossary()) != 150 {
		t.Errorf("%d terms", len(c.Glossary()))
	}
	term, ok := c.Term("trafficking in persons")
	if !ok || term.Label("rn") != "urudandazwa rw'abantu" || term.Confidence["rn"] != "high(attested)" {
		t.Errorf("%v", term)
	}
}

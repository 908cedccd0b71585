package prosecution

import (
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
)

func rules(t testing.TB) *Rules {
	t.Helper()
	c, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	return RulesOf(c, func() time.Time { return moment("2026-11-28 10:00") })
}

// moment is a time in Burundi, two hours before UTC.
func moment(s string) time.Time {
	m, err := time.ParseInLocation("2006-01-02 15:04", s, time.FixedZone("CAT", 2*3600))
	if err != nil {
		panic(err)
	}
	return m.UTC()
}

func aDay(s string) date.Day {
	d, err := date.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Seven days, and one extension to the double [M: PROCESS.md §4.4 F2].
func TestCustodyClock(t *testing.T) {
	r := rules(t)
	from := moment("2026-11-01 22:30")
	due := r.due(custodyMax, from)
	if !due.Equal(moment("2026-11-08 22:30")) || !r.Longest(from).Equal(moment("2026-11-15 22:30")) {
		t.Fatalf("due %s, at longest %s", due, r.Longest(from))
	}
	extended := Custody{From: from, Extended: true, Due: r.Longest(from)}
	ended := func(c Custody, at string) Custody { c.Until = moment(at); return c }
	first := Custody{From: from, Due: due}
	for _, c := range []struct {
		name  string
		c     Custody
		now   string
		key   string
		hours int
	}{
		{"at once", first, "2026-11-01 22:30", "custody.runs", 168},
		{"a day and a minute before", first, "2026-11-07 22:29", "custody.runs", 24},
		{"a day before", first, "2026-11-07 22:30", "custody.soon", 24},
		{"a minute before", first, "2026-11-08 22:29", "custody.soon", 0},
		{"to the minute", first, "2026-11-08 22:30", "custody.soon", 0},
		{"a minute over", first, "2026-11-08 22:31", "custody.over", 1},
		{"a day over", first, "2026-11-09 22:30", "custody.over", 24},
		{"extended", extended, "2026-11-09 22:30", "custody.extended", 144},
		{"the last day of the extension", extended, "2026-11-15 10:00", "custody.last", 12},
		{"longer than any law allows", extended, "2026-11-16 22:30", "custody.over", 24},
		{"ended in time, and it is long ago", ended(first, "2026-11-05 22:30"), "2027-01-01 00:00", "custody.ended", 72},
		{"ended late, and it is long ago", ended(first, "2026-11-10 22:30"), "2027-01-01 00:00", "custody.ended.late", 48},
	} {
		k := c.c.Clock(moment(c.now))
		if k.Key != c.key || k.Hours() != c.hours || k.Late() != c.c.Late(moment(c.now)) {
			t.Errorf("%s: %s %d hours, late %v", c.name, k.Key, k.Hours(), k.Late())
		}
	}
	if k := (Custody{}).Clock(moment("2026-11-28 10:00")); k.Key != "custody.over" {
		t.Errorf("a custody without its law has plenty of time: %s", k.Key)
	}
}

func TestAnExtensionIsGivenOnceAndInTime(t *testing.T) {
	r := rules(t)
	c := Custody{From: moment("2026-11-01 22:30"), Due: moment("2026-11-08 22:30")}
	if end, ok := r.CouldExtend(c, moment("2026-11-08 22:30")); !ok || !end.Equal(moment("2026-11-15 22:30")) {
		t.Errorf("%s %v", end, ok)
	}
	if _, ok := r.CouldExtend(c, moment("2026-11-08 22:31")); ok {
		t.Error("extended when it was over")
	}
	c.Extended = true
	if _, ok := r.CouldExtend(c, moment("2026-11-02 22:30")); ok {
		t.Error("extended twice")
	}
	c.Extended, c.Until = false, moment("2026-11-03 22:30")
	if _, ok := r.CouldExtend(c, moment("2026-11-04 22:30")); ok {
		t.Error("extended when nobody was held")
	}
}

func TestRemedies(t *testing.T) {
	r := rules(t)
	charge := Charge{ID: ids.Charge{UUID: ids.UUID{1}}}
	at := func(s State, stages int, judgments ...Judgment) Dossier {
		for i := range judgments {
			judgments[i].Charge = charge.ID
		}
		return Dossier{File: File{State: s, Stages: make([]Stage, stages)}, Charges: []Charge{charge}, Judgments: judgments}
	}
	first := Judgment{Level: FirstInstance, Round: 8, On: aDay("2026-10-01")}
	for _, c := range []struct {
		name string
		d    Dossier
		now  string
		key  string
		days int
	}{
		{"the last day of an appeal", at(Deliberation, 8, first), "2026-10-31 23:59", "remedy.appeal.open", 0},
		{"the day after", at(Deliberation, 8, first), "2026-11-01 00:01", "remedy.appeal.over", 1},
		{"the day of the judgment", at(Deliberation, 8, first), "2026-10-01 12:00", "remedy.appeal.open", 30},
		{"after the ruling of the court of appeal", at(Ruling, 10, first, Judgment{Level: Appeal, Round: 10, On: aDay("2026-11-01")}), "2026-11-10 12:00", "remedy.cassation.open", 51},
		{"nothing decided yet in this round", at(Deliberation, 9, first), "2026-10-10 12:00", "", 0},
		{"in hearings", at(InHearings, 8, first), "2026-10-10 12:00", "", 0},
		{"final", at(Final, 8, first), "2026-10-10 12:00", "", 0},
	} {
		k, ok := r.Remedy(c.d, moment(c.now))
		if k.Key != c.key || k.Days() != c.days || ok != (c.key != "") {
			t.Errorf("%s: %s %d days %v, ends %s", c.name, k.Key, k.Days(), ok, k.Ends)
		}
	}
}

func TestWhatClocksSayIsWritten(t *testing.T) {
	keys := map[string]bool{}
	for _, k := range []string{"custody.runs", "custody.soon", "custody.last", "custody.extended", "custody.over", "custody.ended", "custody.ended.late",
		"remedy.appeal.open", "remedy.appeal.over", "remedy.cassation.open", "remedy.cassation.over"} {
		keys[k] = true
	}
	written(t, "clock", keys)
}

package date_test

import (
	"testing"
	"time"

	"inkingi/internal/date"
)

func TestFiveWorkingDays(t *testing.T) {
	holidays := map[date.Day]bool{day(t, "2026-12-25"): true, day(t, "2027-01-01"): true}
	w := date.NewWorkdays([]time.Weekday{time.Saturday, time.Sunday}, func(d date.Day) bool { return holidays[d] })
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-25", 5, "2026-12-02"}, // Wednesday
		{"2026-11-27", 5, "2026-12-04"}, // Friday
		{"2026-11-28", 5, "2026-12-04"}, // Saturday: the same five days
		{"2026-11-28", 1, "2026-11-30"},
		{"2026-12-24", 1, "2026-12-28"}, // over Christmas and a weekend
		{"2026-12-24", 5, "2027-01-04"}, // over New Year too
		{"2026-11-25", 0, "2026-11-25"},
		{"2026-12-25", 0, "2026-12-28"},
	} {
		if got := w.Add(day(t, c.from), c.n); got != day(t, c.want) {
			t.Errorf("%s and %d working days: %v, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestAddAndBetweenAgree(t *testing.T) {
	w := date.NewWorkdays([]time.Weekday{time.Friday}, func(d date.Day) bool { return d.Day == 1 })
	for from := day(t, "2026-01-01"); from.Year == 2026; from = from.Add(1) {
		for n := 1; n < 30; n++ {
			to := w.Add(from, n)
			if !w.Works(to) || w.Between(from, to) != n {
				t.Fatalf("%v and %d is %v, and between are %d", from, n, to, w.Between(from, to))
			}
		}
	}
}

func TestACountryThatNeverWorksStopsTheSearch(t *testing.T) {
	w := date.NewWorkdays(nil, func(date.Day) bool { return true })
	if got := w.Add(day(t, "2026-11-25"), 3); got.Before(day(t, "2027-11-25")) {
		t.Errorf("stopped at %v", got)
	}
	if got := (date.Workdays{}).Add(day(t, "2026-11-25"), 5); got != day(t, "2026-11-30") {
		t.Errorf("the zero value works every day, got %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a week of seven days of rest was accepted")
		}
	}()
	date.NewWorkdays([]time.Weekday{0, 1, 2, 3, 4, 5, 6}, nil)
}

// Dates of Easter as published for the Gregorian calendar, with its extremes.
func TestEaster(t *testing.T) {
	for year, want := range map[int]string{
		1818: "1818-03-22", 1943: "1943-04-25", 2008: "2008-03-23", 2019: "2019-04-21", 2024: "2024-03-31",
		2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2038: "2038-04-25", 2285: "2285-03-22",
	} {
		if got := date.Easter(year); got != day(t, want) {
			t.Errorf("Easter %d: %v, want %s", year, got, want)
		}
	}
	for year := 1800; year < 2300; year++ {
		if date.Easter(year).Weekday() != time.Sunday {
			t.Errorf("Easter %d is a %v", year, date.Easter(year).Weekday())
		}
	}
}

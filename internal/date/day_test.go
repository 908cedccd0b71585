package date_test

import (
	"fmt"
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

func day(t testing.TB, s string) date.Day {
	t.Helper()
	d, err := date.ParseDay(s)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return d
}

func TestParseDayTakesISOOnly(t *testing.T) {
	for s, key := range map[string]string{
		"2026-11-25": "", "2024-02-29": "", "2000-02-29": "", "0001-01-01": "", "9999-12-31": "",
		"2026-02-29": "date.day.impossible", "1900-02-29": "date.day.impossible",
		"2026-04-31": "date.day.impossible", "2026-13-01": "date.day.impossible",
		"2026-00-10": "date.day.impossible", "2026-10-00": "date.day.impossible",
		"0000-01-01": "date.day.impossible",
		"":           "date.malformed", "25/11/2026": "date.malformed", "2026-11-2": "date.malformed",
		"2026-11-025": "date.malformed", "+026-11-25": "date.malformed", "2026-1१-25": "date.malformed",
		"2026-11-25T00:00:00Z": "date.malformed",
	} {
		d, err := date.ParseDay(s)
		if key == "" {
			if err != nil || d.String() != s {
				t.Errorf("%s: %v %v", s, d, err)
			}
		} else if !fault.Is(err, fault.Invalid) || fault.Of(err).Key != key || !d.IsZero() {
			t.Errorf("%q: %v, want %s", s, err, key)
		}
	}
}

// Somebody's birth date moved back one day at each save where a library turned
// days into moments. Here every zone gives back what was put in.
func TestDaysNeverMeetATimeZone(t *testing.T) {
	for offset := -11; offset <= 14; offset++ {
		zone := time.FixedZone(fmt.Sprint(offset), offset*3600)
		for _, d := range []date.Day{{2026, 11, 25}, {2024, 2, 29}, {2026, 1, 1}, {1999, 12, 31}} {
			if got := date.DayOf(d.In(zone)); got != d {
				t.Errorf("UTC%+d: %v became %v", offset, d, got)
			}
			if got := date.DayOf(d.In(zone).Add(24*time.Hour - 1)); got != d {
				t.Errorf("UTC%+d: the last moment of %v is %v", offset, d, got)
			}
		}
	}
}

func TestMovingByDaysAndMonths(t *testing.T) {
	for _, c := range []struct{ got, want date.Day }{
		{day(t, "2024-02-28").Add(1), day(t, "2024-02-29")},
		{day(t, "2026-02-28").Add(1), day(t, "2026-03-01")},
		{day(t, "2026-01-01").Add(-1), day(t, "2025-12-31")},
		{day(t, "2026-01-31").AddMonths(1), day(t, "2026-02-28")},
		{day(t, "2024-01-31").AddMonths(1), day(t, "2024-02-29")},
		{day(t, "2026-11-25").AddMonths(3), day(t, "2027-02-25")},
		{day(t, "2026-01-15").AddMonths(-1), day(t, "2025-12-15")},
		{day(t, "2026-03-31").AddMonths(-13), day(t, "2025-02-28")},
		{day(t, "2024-02-29").AddYears(1), day(t, "2025-02-28")},
		{day(t, "2024-02-29").AddYears(4), day(t, "2028-02-29")},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

func TestDaysAgreeWithTheCalendarForFourCenturies(t *testing.T) {
	d, n := day(t, "1800-01-01"), 0
	first := d
	for at := time.Date(1800, 1, 1, 12, 0, 0, 0, time.UTC); at.Year() < 2200; at = at.AddDate(0, 0, 1) {
		if got := date.DayOf(at); got != d || d.Weekday() != at.Weekday() || !d.Valid() {
			t.Fatalf("%v, want %v", d, got)
		}
		if n%7 == 0 && (first.Add(n) != d || first.Until(d) != n || d.Until(first) != -n) {
			t.Fatalf("day %d is %v", n, d)
		}
		next := d
		if next.Day++; !next.Valid() {
			if next.Day, next.Month = 1, next.Month+1; next.Month > 12 {
				next.Month, next.Year = 1, next.Year+1
			}
		}
		if !d.Before(next) || !next.After(d) || d.Compare(d) != 0 {
			t.Fatalf("%v does not come before %v", d, next)
		}
		d, n = next, n+1
	}
}

func TestDaysThroughTheDatabase(t *testing.T) {
	d := day(t, "2026-11-25")
	v, err := d.Value()
	if err != nil || v != "2026-11-25" {
		t.Fatalf("%v %v", v, err)
	}
	var got date.Day
	for _, src := range []any{v, []byte("2026-11-25")} {
		if err := got.Scan(src); err != nil || got != d {
			t.Errorf("%T: %v %v", src, got, err)
		}
	}
	if err := got.Scan(time.Now()); !fault.Is(err, fault.Internal) {
		t.Errorf("a moment was taken for a day: %v", err)
	}
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("NULL: %v %v", got, err)
	}
	if v, err := got.Value(); v != nil || err != nil {
		t.Errorf("no day is stored as %v, %v", v, err)
	}
	if _, err := (date.Day{Year: 2026, Month: 2, Day: 30}).Value(); err == nil {
		t.Error("30 February was stored")
	}
}

// Package date holds the dates and ages people say, as they said them.
//
// A [Day] is a civil day: it has no hour and never meets a time zone. A [Date]
// is what somebody remembers: a year, a month, a day, about, between; it is
// never turned into 1 January. An [Age] keeps on what it rests and the day it
// was said. [Workdays] counts the days an office is open.
//
// The room knows no language and no country: words for months are in lang,
// holidays in countries.
package date

import (
	"database/sql/driver"
	"fmt"
	"time"

	"inkingi/internal/fault"
)

// Day is a civil day of the Gregorian calendar, years 1 to 9999. The zero Day
// is no day. Days compare with == and with Compare.
type Day struct{ Year, Month, Day int }

// NewDay makes a day that exists; otherwise the fault is Invalid "date.day.impossible".
func NewDay(year, month, day int) (Day, error) {
	d := Day{year, month, day}
	if !d.Valid() {
		return Day{}, fault.New(fault.Invalid, "date.day.impossible")
	}
	return d, nil
}

// ParseDay reads 2026-11-25 and nothing else; the fault is Invalid "date.malformed"
// or "date.day.impossible".
func ParseDay(s string) (Day, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Day{}, fault.New(fault.Invalid, "date.malformed")
	}
	year, okY := digits(s[:4])
	month, okM := digits(s[5:7])
	day, okD := digits(s[8:])
	if !okY || !okM || !okD {
		return Day{}, fault.New(fault.Invalid, "date.malformed")
	}
	return NewDay(year, month, day)
}

// DayOf is the civil day of t in t's own location: bring the moment into the
// country's time first.
func DayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Day{year, int(month), day}
}

// IsZero says whether d is no day.
func (d Day) IsZero() bool { return d == Day{} }

// Valid says whether d exists in the calendar; the zero Day does not.
func (d Day) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && d.Day <= DaysIn(d.Year, d.Month)
}

// String is the ISO form; the zero Day is "".
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare is negative when d comes before e, zero when they are the same day.
func (d Day) Compare(e Day) int {
	switch {
	case d.Year != e.Year:
		return d.Year - e.Year
	case d.Month != e.Month:
		return d.Month - e.Month
	}
	return d.Day - e.Day
}

// Before says whether d comes before e.
func (d Day) Before(e Day) bool { return d.Compare(e) < 0 }

// After says whether d comes after e.
func (d Day) After(e Day) bool { return d.Compare(e) > 0 }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// Add moves by days, backwards when negative.
func (d Day) Add(days int) Day { return DayOf(d.noon().AddDate(0, 0, days)) }

// AddMonths moves by months and stays inside the month reached: 31 January and
// one month is the last day of February.
func (d Day) AddMonths(months int) Day {
	index := d.Year*12 + d.Month - 1 + months
	year, month := index/12, index%12+1
	return Day{year, month, min(d.Day, DaysIn(year, month))}
}

// AddYears moves by years; 29 February becomes 28 February in a common year.
func (d Day) AddYears(years int) Day { return d.AddMonths(12 * years) }

// Until counts the days from d to e, negative when e comes first.
func (d Day) Until(e Day) int {
	return int((e.noon().Unix() - d.noon().Unix()) / (24 * 60 * 60))
}

// In is the first moment of the day in a place's own time.
func (d Day) In(loc *time.Location) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, loc)
}

// noon is only a means of counting; it never leaves the package.
func (d Day) noon() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC)
}

// MarshalText gives the form of String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; "" gives the zero Day.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Day{}
		return nil
	}
	v, err := ParseDay(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores ISO text; the zero Day is stored as NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	if !d.Valid() {
		return nil, fault.New(fault.Internal, "date.day.impossible")
	}
	return d.String(), nil
}

// Scan reads what Value wrote.
func (d *Day) Scan(src any) error { return scan(src, d.UnmarshalText) }

func scan(src any, unmarshal func([]byte) error) error {
	switch v := src.(type) {
	case nil:
		return unmarshal(nil)
	case string:
		return unmarshal([]byte(v))
	case []byte:
		return unmarshal(v)
	}
	return fault.New(fault.Internal, "date.scan")
}

// Leap says whether a year has a 29 February.
func Leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// DaysIn is the length of a month.
func DaysIn(year, month int) int {
	switch month {
	case 2:
		if Leap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// digits reads ASCII digits only: no sign, no space, no other script.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

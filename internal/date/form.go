package date

import (
	"strings"

	"inkingi/internal/fault"
)

// Typed is a date as it stands in three fields of a form, day first, exactly
// as typed, so that a page can show it again.
type Typed struct{ Day, Month, Year string }

// TypedOf fills the three fields from a date; what was not said stays blank.
func TypedOf(d Date) Typed {
	year, month, day := d.Parts()
	t := Typed{}
	for _, f := range []struct {
		to *string
		n  int
		w  int
	}{{&t.Day, day, 1}, {&t.Month, month, 1}, {&t.Year, year, 4}} {
		if f.n > 0 {
			*f.to = pad(f.n, f.w)
		}
	}
	return t
}

// IsZero says whether nothing was typed.
func (t Typed) IsZero() bool { return t.trimmed() == Typed{} }

func (t Typed) trimmed() Typed {
	return Typed{strings.TrimSpace(t.Day), strings.TrimSpace(t.Month), strings.TrimSpace(t.Year)}
}

// Date reads the three fields. The year is enough; a month needs a year, a day
// needs a month. Nothing typed is the zero Date: whether it may be missing is
// the caller's rule.
//
// Faults are Invalid and stand at the input to mend, field + "-day", "-month"
// or "-year": date.year.missing, date.year.digits (four of them),
// date.month.missing, date.month.range, date.day.range, date.day.impossible
// (31 April; 29 February of a common year).
func (t Typed) Date(field string) (Date, error) {
	t = t.trimmed()
	if t == (Typed{}) {
		return Date{}, nil
	}
	p := part{}
	var ok bool
	if t.Year == "" {
		return Date{}, fault.Field(field+"-year", "date.year.missing")
	}
	if p.year, ok = digits(t.Year); !ok || len(t.Year) != 4 || p.year == 0 {
		return Date{}, fault.Field(field+"-year", "date.year.digits")
	}
	if t.Month == "" && t.Day != "" {
		return Date{}, fault.Field(field+"-month", "date.month.missing")
	}
	if t.Month != "" {
		if p.month, ok = digits(t.Month); !ok || p.month < 1 || p.month > 12 {
			return Date{}, fault.Field(field+"-month", "date.month.range")
		}
	}
	if t.Day != "" {
		if p.day, ok = digits(t.Day); !ok || p.day < 1 || p.day > 31 {
			return Date{}, fault.Field(field+"-day", "date.day.range")
		}
	}
	if !p.exists() {
		return Date{}, fault.FieldArgs(field+"-day", "date.day.impossible",
			map[string]any{"Last": DaysIn(p.year, p.month)})
	}
	return Date{from: p}, nil
}

// Whole is Date for a form that needs a whole day: a blank day or month is a
// fault there, date.day.missing or date.month.missing, and nothing typed is
// date.missing at the day.
func (t Typed) Whole(field string) (Day, error) {
	if t.IsZero() {
		return Day{}, fault.Field(field+"-day", "date.missing")
	}
	d, err := t.Date(field)
	if err != nil {
		return Day{}, err
	}
	_, month, day := d.Parts()
	switch {
	case month == 0:
		return Day{}, fault.Field(field+"-month", "date.month.missing")
	case day == 0:
		return Day{}, fault.Field(field+"-day", "date.day.missing")
	}
	return d.Earliest(), nil
}

// NotAfter refuses a date that begins after today, at the year: date.future.
// A date that may still be past, such as this year, passes.
func NotAfter(field string, d Date, today Day) error {
	if !d.IsZero() && d.Earliest().After(today) {
		return fault.Field(field+"-year", "date.future")
	}
	return nil
}

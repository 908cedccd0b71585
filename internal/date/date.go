package date

import (
	"database/sql/driver"
	"strings"

	"inkingi/internal/fault"
)

// Date is a partial date: the subset of EDTF (ISO 8601-2, levels 0 and 1) that
// people need.
//
//	2026         a year            201X  20XX   some year of a decade, of a century
//	2026-11      a month           2026-XX      some month of that year
//	2026-11-25   a day             2026-11-XX   some day of that month
//	…~ about     …? uncertain      …% both      a/b  between a and b
//
// A Date keeps what was said: 2026 is not 2026-01-01 and not 2026-XX. The zero
// Date says nothing. Dates are equal (==) when the same thing was said; to
// order them, use Earliest and Latest. Not held: hours, seasons, open
// intervals, years before 1 or after 9999.
type Date struct {
	from, to part // to is zero unless it is an interval
}

// part is one side of an interval, or the whole.
type part struct {
	year       int  // unknown digits count as 0
	unknown    int  // how many digits of the year are X, from the right: 0, 1 or 2
	month, day int  // 0 not said, hidden said to be unknown
	mark       byte // 0, '~', '?' or '%'
}

const hidden = -1

// Parse reads the text form; "" gives the zero Date. The fault is Invalid:
// "date.malformed", "date.day.impossible" or "date.interval.order".
func Parse(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	a, b, interval := strings.Cut(s, "/")
	from, err := parsePart(a)
	if err != nil || !interval {
		return Date{from: from}, err
	}
	to, err := parsePart(b)
	if err != nil {
		return Date{}, err
	}
	d := Date{from, to}
	if from.earliest().After(to.latest()) {
		return Date{}, fault.New(fault.Invalid, "date.interval.order")
	}
	return d, nil
}

// Of is the Date of a whole day.
func Of(d Day) Date {
	if d.IsZero() {
		return Date{}
	}
	return Date{from: part{year: d.Year, month: d.Month, day: d.Day}}
}

// Between is the interval of two dates; the faults are those of Parse. Either
// side may not be an interval itself.
func Between(a, b Date) (Date, error) {
	return Parse(a.String() + "/" + b.String())
}

// About is the same date, said to be approximate.
func (d Date) About() Date { return d.marked('~', '%') }

// Unsure is the same date, said to be uncertain.
func (d Date) Unsure() Date { return d.marked('?', '%') }

func (d Date) marked(mark, both byte) Date {
	for _, p := range []*part{&d.from, &d.to} {
		switch {
		case *p == part{}:
		case p.mark == 0 || p.mark == mark:
			p.mark = mark
		default:
			p.mark = both
		}
	}
	return d
}

// IsZero says whether nothing was said.
func (d Date) IsZero() bool { return d == Date{} }

// Interval says whether two ends were said.
func (d Date) Interval() bool { return d.to != part{} }

// Ends gives both ends of an interval; otherwise the date itself, twice.
func (d Date) Ends() (Date, Date) {
	if !d.Interval() {
		return d, d
	}
	return Date{from: d.from}, Date{from: d.to}
}

// Parts gives the year, month and day that are known, 0 for those that are
// not. A year with unknown digits is not known; nor is any part of an interval.
func (d Date) Parts() (year, month, day int) {
	if d.Interval() || d.from.unknown > 0 {
		return 0, 0, 0
	}
	return d.from.year, max(d.from.month, 0), max(d.from.day, 0)
}

// Approximate says whether any end was said to be about.
func (d Date) Approximate() bool { return d.has('~') }

// Uncertain says whether any end was said to be uncertain.
func (d Date) Uncertain() bool { return d.has('?') }

func (d Date) has(mark byte) bool {
	return d.from.mark == mark || d.from.mark == '%' || d.to.mark == mark || d.to.mark == '%'
}

// Day gives the day when exactly one day was said, marks aside.
func (d Date) Day() (Day, bool) {
	if d.Interval() || d.from.day <= 0 {
		return Day{}, false
	}
	return d.from.earliest(), true
}

// Earliest is the first day the words allow; the zero Date gives the zero Day.
// "About" does not widen it: how wide "about" is, nobody said.
func (d Date) Earliest() Day {
	if d.IsZero() {
		return Day{}
	}
	return d.from.earliest()
}

// Latest is the last day the words allow.
func (d Date) Latest() Day {
	switch {
	case d.IsZero():
		return Day{}
	case d.Interval():
		return d.to.latest()
	}
	return d.from.latest()
}

// String is the text form that Parse reads.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Interval() {
		return d.from.String() + "/" + d.to.String()
	}
	return d.from.String()
}

// MarshalText gives the form of String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores the text form; the zero Date is stored as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what Value wrote.
func (d *Date) Scan(src any) error { return scan(src, d.UnmarshalText) }

package date

import (
	"fmt"
	"strings"

	"inkingi/internal/fault"
)

func parsePart(s string) (part, error) {
	malformed := fault.New(fault.Invalid, "date.malformed")
	var p part
	if n := len(s); n > 0 && strings.IndexByte("~?%", s[n-1]) >= 0 {
		p.mark, s = s[n-1], s[:n-1]
	}
	var ok bool
	switch {
	case len(s) != 4 && len(s) != 7 && len(s) != 10,
		len(s) >= 7 && s[4] != '-',
		len(s) == 10 && s[7] != '-':
		return part{}, malformed
	}
	if p.year, p.unknown, ok = yearOf(s[:4]); !ok {
		return part{}, malformed
	}
	if len(s) >= 7 {
		if p.month, ok = twoOf(s[5:7]); !ok || p.unknown > 0 {
			return part{}, malformed
		}
	}
	if len(s) == 10 {
		if p.day, ok = twoOf(s[8:]); !ok || p.month == hidden && p.day != hidden {
			return part{}, malformed
		}
	}
	if !p.exists() {
		return part{}, fault.New(fault.Invalid, "date.day.impossible")
	}
	return p, nil
}

// yearOf reads 2014, 201X or 20XX. Year 0 and the century 00XX are refused:
// the calendar has none.
func yearOf(s string) (year, unknown int, ok bool) {
	known := strings.TrimRight(s, "X")
	unknown = len(s) - len(known)
	year, ok = digits(known)
	for range unknown {
		year *= 10
	}
	return year, unknown, ok && unknown <= 2 && year > 0
}

// twoOf reads two digits from 01 on, or XX.
func twoOf(s string) (int, bool) {
	if s == "XX" {
		return hidden, true
	}
	n, ok := digits(s)
	return n, ok && n > 0
}

func (p part) exists() bool {
	return p.month <= 12 && p.day <= 31 &&
		(p.month <= 0 || p.day <= 0 || p.day <= DaysIn(p.year, p.month))
}

func (p part) earliest() Day { return Day{p.year, max(p.month, 1), max(p.day, 1)} }

func (p part) latest() Day {
	d := Day{Year: p.year, Month: p.month, Day: p.day}
	switch p.unknown {
	case 1:
		d.Year += 9
	case 2:
		d.Year += 99
	}
	if d.Month <= 0 {
		d.Month = 12
	}
	if d.Day <= 0 {
		d.Day = DaysIn(d.Year, d.Month)
	}
	return d
}

func (p part) String() string {
	var b strings.Builder
	year := fmt.Sprintf("%04d", p.year)
	b.WriteString(year[:4-p.unknown] + strings.Repeat("X", p.unknown))
	for _, n := range []int{p.month, p.day} {
		switch {
		case n == hidden:
			b.WriteString("-XX")
		case n > 0:
			fmt.Fprintf(&b, "-%02d", n)
		}
	}
	if p.mark != 0 {
		b.WriteByte(p.mark)
	}
	return b.String()
}

package linkage

import (
	"strings"
	"time"
)

// day is a date as it is compared: eight digits, and the day when there is one.
type day struct {
	digits    string // YYYYMMDD when understood, else the digits as written
	y, m, d   int
	ordinal   int // days since year 1; 0 when there is no such day
	estimated bool
}

// parseDay reads YYYY-MM-DD, YYYYMMDD and DD/MM/YYYY with any separator, also
// YYYY-MM and YYYY. The first of January, and a date without its day, count as
// estimated: so are dates written down that nobody knows.
func parseDay(s string) day {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	digits := strings.Join(parts, "")
	d := day{digits: digits}
	switch {
	case len(parts) == 1 && len(digits) == 8:
		d.y, d.m, d.d = number(digits[:4]), number(digits[4:6]), number(digits[6:])
	case len(parts) == 1 && len(digits) == 4:
		d.y, d.m, d.d, d.estimated = number(digits), 1, 1, true
	case len(parts) == 2 && len(parts[0]) == 4:
		d.y, d.m, d.d, d.estimated = number(parts[0]), number(parts[1]), 1, true
	case len(parts) >= 3 && len(parts[0]) == 4:
		d.y, d.m, d.d = number(parts[0]), number(parts[1]), number(parts[2])
	case len(parts) == 3 && len(parts[2]) == 4:
		d.y, d.m, d.d = number(parts[2]), number(parts[1]), number(parts[0])
		if d.m > 12 { // written in the American order
			d.m, d.d = d.d, d.m
		}
	default:
		return d
	}
	when := time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC)
	if d.y < 1 || d.y > 9999 || when.Year() != d.y || int(when.Month()) != d.m || when.Day() != d.d {
		return day{digits: digits}
	}
	d.digits = when.Format("20060102")
	d.ordinal = int(when.Unix()/86400) + 719163
	d.estimated = d.estimated || d.m == 1 && d.d == 1
	return d
}

func number(s string) int {
	n := 0
	for i := range len(s) {
		if n > 1<<20 {
			return n
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

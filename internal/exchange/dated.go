package exchange

import (
	"strconv"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// dated reads a date as the column's order says. "" is no date. What was not
// said stays unsaid: 2019 is a year, 03/2019 a month, 00/03/2019 and XX/03/2019
// some day of it. The ISO form 2019-03-05 means one thing under every order.
// Faults (Invalid): legacy.date, legacy.date.year for a year of two digits, and
// those of date.Parse.
func dated(s string, o Order) (date.Date, error) {
	s = clock(strings.TrimSpace(s))
	if s == "" {
		return date.Date{}, nil
	}
	if o == Quarter {
		return quarter(s)
	}
	if len(s) >= 4 && allDigits(s[:4]) && !strings.ContainsAny(s[:min(len(s), 10)], ". ") && !slashed(s) {
		return date.Parse(s) // EDTF, and with it ISO 8601
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' })
	switch {
	case len(parts) == 2 && len(parts[1]) == 4:
		return assemble(parts[1], parts[0], "")
	case len(parts) == 2 && len(parts[0]) == 4:
		return assemble(parts[0], parts[1], "")
	case len(parts) != 3:
		return date.Date{}, fault.New(fault.Invalid, "legacy.date")
	case len(parts[0]) == 4:
		return assemble(parts[0], parts[1], parts[2])
	case len(parts[2]) != 4:
		return date.Date{}, fault.New(fault.Invalid, "legacy.date.year")
	case o == DayFirst:
		return assemble(parts[2], parts[1], parts[0])
	case o == MonthFirst:
		return assemble(parts[2], parts[0], parts[1])
	}
	return date.Date{}, fault.New(fault.Invalid, "legacy.date.order")
}

// slashed says whether a text is 2019/03/05 or 2019/03: a date, no interval.
func slashed(s string) bool {
	_, after, ok := strings.Cut(s, "/")
	return ok && len(after) > 0 && (len(after) < 4 || strings.Contains(after, "/"))
}

// clock cuts the time of day that spreadsheets add to a day.
func clock(s string) string {
	if len(s) > 10 && (s[10] == ' ' || s[10] == 'T') && strings.Contains(s[10:], ":") {
		return s[:10]
	}
	return s
}

// assemble makes a partial date. A part that is 0, 00, X or XX, ? or ?? was said to be unknown.
func assemble(year, month, day string) (date.Date, error) {
	text := year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		if strings.Trim(part, "0Xx?") == "" {
			part = "XX"
		} else if n, err := strconv.Atoi(part); err == nil && len(part) <= 2 && n > 0 {
			part = strings.Repeat("0", 2-len(strconv.Itoa(n))) + strconv.Itoa(n)
		} else {
			return date.Date{}, fault.New(fault.Invalid, "legacy.date")
		}
		text += "-" + part
	}
	text = strings.TrimSuffix(text, "-XX-XX")
	if strings.Contains(text, "-XX-") {
		return date.Date{}, fault.New(fault.Invalid, "legacy.date")
	}
	return date.Parse(text)
}

// quarter reads 2022_q2, 2022-Q2, 2022 T2, Q2 2022: the three months.
func quarter(s string) (date.Date, error) {
	parts := strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return strings.ContainsRune("_-/ .", r) })
	if len(parts) == 2 && len(parts[0]) == 2 {
		parts[0], parts[1] = parts[1], parts[0]
	}
	if len(parts) != 2 || len(parts[0]) != 4 || !allDigits(parts[0]) || len(parts[1]) != 2 ||
		!strings.ContainsRune("QT", rune(parts[1][0])) || parts[1][1] < '1' || parts[1][1] > '4' {
		return date.Date{}, fault.New(fault.Invalid, "legacy.date.quarter")
	}
	q := int(parts[1][1] - '0')
	month := func(m int) string {
		return parts[0] + "-" + strings.Repeat("0", 2-len(strconv.Itoa(m))) + strconv.Itoa(m)
	}
	return date.Parse(month(3*q-2) + "/" + month(3*q))
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// serial is a spreadsheet's day number: days since 30 December 1899, or since 1
// January 1904. A number that is no date in the file is a year when it can only
// be one, and else a problem: whether it counts days, nobody said.
func serial(c Cell, from1904 bool) (date.Date, error) {
	n, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || n < 1 || n > 2_958_465 { // 31 December 9999
		return date.Date{}, fault.New(fault.Invalid, "legacy.date.number")
	}
	if c.Kind == Number {
		if n != float64(int(n)) || n < 1000 || n > 9999 {
			return date.Date{}, fault.New(fault.Invalid, "legacy.date.number")
		}
		return date.Parse(strconv.Itoa(int(n)))
	}
	start := date.Day{Year: 1899, Month: 12, Day: 30}
	if from1904 {
		start = date.Day{Year: 1904, Month: 1, Day: 1}
	}
	return date.Of(start.Add(int(n))), nil
}

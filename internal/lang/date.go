package lang

import (
	"strconv"
	"strings"

	"inkingi/internal/date"
)

// Day prints a civil day: "25 novembre 2026". No day is nothing.
func (p Printer) Day(d date.Day) string {
	if d.IsZero() {
		return ""
	}
	return p.civil(d.Year, d.Month, d.Day)
}

// Date prints a partial date as it was said: "2026", "vers novembre 2026",
// "entre 2019 et 2021", "années 2010". It never adds a day that nobody said.
func (p Printer) Date(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	if d.Interval() {
		from, to := d.Ends()
		return p.T("lang.between", "From", p.Date(from), "To", p.Date(to))
	}
	text := p.said(d)
	if d.Approximate() {
		text = p.T("lang.about", "Date", text)
	}
	if d.Uncertain() {
		text = p.T("lang.unsure", "Date", text)
	}
	return text
}

// said prints one date without its marks.
func (p Printer) said(d date.Date) string {
	parts := strings.Split(strings.TrimRight(d.String(), "~?%"), "-")
	year := parts[0]
	switch {
	case strings.HasSuffix(year, "XX"):
		return p.T("lang.between",
			"From", strings.ReplaceAll(year, "X", "0"), "To", strings.ReplaceAll(year, "X", "9"))
	case strings.HasSuffix(year, "X"):
		return p.T("lang.decade", "Year", strings.ReplaceAll(year, "X", "0"))
	case len(parts) == 1:
		return strconv.Itoa(number(year))
	case parts[1] == "XX":
		return p.T("lang.some-month", "Date", year)
	}
	month := p.T("lang.month-year", "Month", p.month(number(parts[1])), "Year", year)
	switch {
	case len(parts) == 2:
		return month
	case parts[2] == "XX":
		return p.T("lang.some-day", "Date", month)
	}
	return p.civil(number(year), number(parts[1]), number(parts[2]))
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// day prints a day or a date among the arguments of a message; anything else
// is left as it is.
func (p Printer) day(v any) any {
	switch v := v.(type) {
	case date.Day:
		return p.Day(v)
	case date.Date:
		return p.Date(v)
	}
	return v
}

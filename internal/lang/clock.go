package lang

import (
	"strconv"
	"time"
)

// Clock prints the time of day in the printer's zone: "14 h 05".
func (p Printer) Clock(t time.Time) string {
	t = t.In(p.place())
	return p.T("lang.clock", "Hour", t.Format("15"), "Minute", t.Format("04"))
}

// Time prints a moment in the printer's zone: "25 novembre 2026, 14 h 05". The
// zero time is nothing.
func (p Printer) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local := t.In(p.place())
	return p.T("lang.moment",
		"Day", p.civil(local.Year(), int(local.Month()), local.Day()), "Clock", p.Clock(t))
}

// Span prints how long something lasts or is late, by its two largest units;
// less than a minute is one of its own. The sign is not printed.
func (p Printer) Span(d time.Duration) string {
	d = d.Abs()
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	switch {
	case days > 0 && hours > 0:
		return p.T("lang.span.days", "Count", days) + " " + p.T("lang.span.hours", "Count", hours)
	case days > 0:
		return p.T("lang.span.days", "Count", days)
	case hours > 0 && minutes > 0:
		return p.T("lang.span.hours", "Count", hours) + " " + p.T("lang.span.minutes", "Count", minutes)
	case hours > 0:
		return p.T("lang.span.hours", "Count", hours)
	case minutes > 0:
		return p.T("lang.span.minutes", "Count", minutes)
	}
	return p.T("lang.span.moment")
}

func (p Printer) place() *time.Location {
	if p.zone == nil {
		return time.UTC
	}
	return p.zone
}

// month names a month, 1 to 12.
func (p Printer) month(n int) string { return p.T("lang.month." + strconv.Itoa(n)) }

// civil prints a whole day: "25 novembre 2026".
func (p Printer) civil(year, month, day int) string {
	number := strconv.Itoa(day)
	if day == 1 {
		number = p.T("lang.first") // French says "1er"
	}
	return p.T("lang.day", "Day", number, "Month", p.month(month), "Year", strconv.Itoa(year))
}

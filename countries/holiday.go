package countries

import (
	"fmt"
	"io/fs"
	"slices"

	"inkingi/internal/date"
)

// Holiday is a day on which offices are closed: the same day each year
// ("03-21" is 21 March), so many days from Easter Sunday, or single days that
// are announced each year. Announced days that are not entered yet count as
// working days: a deadline then falls too early, never too late.
type Holiday struct {
	Code   string     `toml:"code"`
	Fixed  string     `toml:"fixed"`  // MM-DD
	Easter *int       `toml:"easter"` // days after Easter Sunday
	Days   []date.Day `toml:"days"`   // announced
	Labels
	Fact
}

// On says whether the holiday falls on a day.
func (h Holiday) On(d date.Day) bool {
	if !h.Fact.On(d) {
		return false
	}
	switch {
	case h.Fixed != "":
		return d.String()[5:] == h.Fixed
	case h.Easter != nil:
		return date.Easter(d.Year).Add(*h.Easter) == d
	}
	return slices.Contains(h.Days, d)
}

// Holidays gives the country's holidays.
func (c *Country) Holidays() []Holiday { return slices.Clone(c.holidays) }

// Holiday gives the holiday that falls on a day, if any.
func (c *Country) Holiday(d date.Day) (Holiday, bool) {
	for _, h := range c.holidays {
		if h.On(d) {
			return h, true
		}
	}
	return Holiday{}, false
}

func (c *Country) readHolidays(files fs.FS) error {
	name := c.Code + "/holidays.toml"
	var f struct {
		Holidays []Holiday `toml:"holiday"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	for _, h := range f.Holidays {
		if h.Fixed != "" {
			if _, err := date.ParseDay("2024-" + h.Fixed); err != nil {
				return fmt.Errorf("%s: %s: fixed day %q", name, h.Code, h.Fixed)
			}
		}
		if h.Fixed != "" && (h.Easter != nil || h.Days != nil) || h.Easter != nil && h.Days != nil {
			return fmt.Errorf("%s: %s: more than one rule", name, h.Code)
		}
		if err := checked(name, h.Code, h.Labels.check(), h.Fact.check()); err != nil {
			return err
		}
	}
	rest, err := weekdays(c.clock.Rest)
	if err != nil || len(rest) > 6 {
		return fmt.Errorf("%s: days of rest: %v", name, c.clock.Rest)
	}
	c.holidays = f.Holidays
	c.workdays = date.NewWorkdays(rest, func(d date.Day) bool { _, is := c.Holiday(d); return is })
	return nil
}

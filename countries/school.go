package countries

import (
	"fmt"
	"io/fs"
	"slices"

	"inkingi/internal/date"
)

// SchoolTerm is a part of the school year, with the day on which it begins each year
// ("09-15" is 15 September).
type SchoolTerm struct {
	Key    string `toml:"key"`
	Begins string `toml:"begins"` // MM-DD
	Labels
	Fact
}

// in is the day on which it begins in a year.
func (t SchoolTerm) in(year int) (date.Day, error) {
	return date.ParseDay(fmt.Sprintf("%04d-%s", year, t.Begins))
}

// SchoolTerms gives the terms of a school year, as the file lists them.
func (c *Country) SchoolTerms() []SchoolTerm { return slices.Clone(c.terms) }

// SchoolTermAfter gives the first term that begins after a day, and when.
func (c *Country) SchoolTermAfter(day date.Day) (first SchoolTerm, begins date.Day) {
	for _, t := range c.terms {
		for _, year := range []int{day.Year, day.Year + 1} {
			d, err := t.in(year)
			if err == nil && d.After(day) && t.Fact.On(d) && (begins.IsZero() || d.Before(begins)) {
				first, begins = t, d
			}
		}
	}
	return first, begins
}

func (c *Country) readTerms(files fs.FS) error {
	name := c.Code + "/school.toml"
	var f struct {
		Terms []SchoolTerm `toml:"term"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, t := range f.Terms {
		if _, err := t.in(2001); err != nil || t.Key == "" || seen[t.Key] {
			return fmt.Errorf("%s: term %q has no day of every year, no key, or is given twice", name, t.Key)
		}
		seen[t.Key] = true
		if err := checked(name, t.Key, t.Labels.check(), t.Fact.check()); err != nil {
			return err
		}
	}
	if c.terms = f.Terms; len(c.terms) == 0 {
		return fmt.Errorf("%s: no term", name)
	}
	return nil
}

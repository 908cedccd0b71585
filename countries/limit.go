package countries

import (
	"fmt"
	"io/fs"
	"slices"
)

// LimitKey names a number that is neither a date nor a deadline.
type LimitKey string

// The limits. A country must give every one of them.
const (
	InterviewWarning LimitKey = "interview.warning" // at which interview of one person the screen warns
	LostAttempts     LimitKey = "lost.attempts"     // attempts before contact counts as lost
	MinimumCell      LimitKey = "minimum.cell"      // counts under it are not published
	PanelQuorum      LimitKey = "panel.quorum"      // people of a panel on the best interests of a child
	BreakGlass       LimitKey = "break_glass.people"
	InquiryDay       LimitKey = "inquiry.day"  // questions between organisations of one worker in a day
	InquiryCase      LimitKey = "inquiry.case" // days between two questions about one case
)

// Limit is one number with its source.
type Limit struct {
	Key    LimitKey `toml:"key"`
	Amount int      `toml:"amount"`
	Labels
	Fact
}

// Limit gives a limit; every key of this package is there.
func (c *Country) Limit(key LimitKey) Limit { return c.limits[key] }

// Limits gives all of them.
func (c *Country) Limits() []Limit {
	var list []Limit
	for _, key := range limitKeys() {
		list = append(list, c.limits[key])
	}
	return list
}

func limitKeys() []LimitKey {
	return []LimitKey{InterviewWarning, LostAttempts, MinimumCell, PanelQuorum, BreakGlass, InquiryDay, InquiryCase}
}

func (c *Country) readLimits(files fs.FS) error {
	name := c.Code + "/limits.toml"
	var f struct {
		Limits []Limit `toml:"limit"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	c.limits = map[LimitKey]Limit{}
	for _, l := range f.Limits {
		if _, twice := c.limits[l.Key]; twice || !slices.Contains(limitKeys(), l.Key) || l.Amount <= 0 {
			return fmt.Errorf("%s: %q is unknown, given twice or not positive", name, l.Key)
		}
		if err := checked(name, string(l.Key), l.Labels.check(), l.Fact.check()); err != nil {
			return err
		}
		c.limits[l.Key] = l
	}
	if len(c.limits) != len(limitKeys()) {
		return fmt.Errorf("%s: a limit is missing", name)
	}
	return nil
}

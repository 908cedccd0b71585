package countries

import (
	"fmt"
	"io/fs"
	"slices"
)

// Part is what somebody has to say before a consent holds.
type Part string

// The parts, of the carer and of the child.
const (
	NotAsked      Part = "none"
	Assents       Part = "assent"         // agrees in words or otherwise
	AssentsInInk  Part = "written_assent" // agrees in writing
	Agrees        Part = "agreement"      // the carer, when the child agrees to asking
	ConsentsFully Part = "consent"
)

// ConsentRule says who consents at an age (PROCESS.md §2.5). Where the carer is
// suspected or absent, the child-protection authority or a guardian stands in.
type ConsentRule struct {
	Low   int  `toml:"low"`  // first age in whole years
	High  int  `toml:"high"` // last age
	Carer Part `toml:"carer"`
	Self  Part `toml:"self"`
	Labels
	Fact
}

// ConsentRule gives the rule for an age in whole years. When the age is a range
// ask for both ends; the younger rule protects more. An age below 0 is Low 0.
func (c *Country) ConsentRule(years int) ConsentRule {
	for _, r := range c.consents {
		if max(years, 0) <= r.High {
			return r
		}
	}
	return ConsentRule{}
}

// ConsentRules gives all rules, the youngest first.
func (c *Country) ConsentRules() []ConsentRule { return slices.Clone(c.consents) }

// NeedsCarer says whether somebody else must consent or agree too.
func (r ConsentRule) NeedsCarer() bool { return r.Carer != NotAsked }

func (c *Country) readConsents(files fs.FS) error {
	name := c.Code + "/ages.toml"
	var f struct {
		Rules []ConsentRule `toml:"consent"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	next := 0
	parts := []Part{NotAsked, Assents, AssentsInInk, Agrees, ConsentsFully}
	for _, r := range f.Rules {
		if r.Low != next || r.High < r.Low || !slices.Contains(parts, r.Carer) || !slices.Contains(parts, r.Self) {
			return fmt.Errorf("%s: the rule from %d leaves a gap, or has an unknown part", name, r.Low)
		}
		if r.Carer != ConsentsFully && r.Self != ConsentsFully {
			return fmt.Errorf("%s: nobody consents from %d", name, r.Low)
		}
		if err := checked(name, fmt.Sprint(r.Low), r.Labels.check(), r.Fact.check()); err != nil {
			return err
		}
		next = r.High + 1
	}
	if next <= c.majority.Years {
		return fmt.Errorf("%s: no rule for adults", name)
	}
	c.consents = f.Rules
	return nil
}

package countries

import (
	"fmt"
	"io/fs"
	"slices"
)

// Bound is a legal fact that limits confidentiality: somebody must report, may
// be ordered to disclose, or is forbidden to. It is said to the person before
// consent, in plain words.
type Bound struct {
	Code       string   `toml:"code"`
	Instrument string   `toml:"instrument"` // the law, by its official title
	Article    string   `toml:"article"`
	Binds      []string `toml:"binds"` // roles it binds; empty: everybody
	Labels              // what to tell the person
	Fact
}

// Bounds gives the limits of confidentiality that the country's law sets. None
// has been validated yet for Burundi: the list is empty, and a screen that says
// the limits must say that too.
func (c *Country) Bounds() []Bound { return slices.Clone(c.bounds) }

func (c *Country) readBounds(files fs.FS) error {
	name := c.Code + "/law.toml"
	var f struct {
		Bounds []Bound `toml:"bound"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	for _, b := range f.Bounds {
		if b.Instrument == "" || b.Article == "" {
			return fmt.Errorf("%s: %s: instrument or article", name, b.Code)
		}
		for _, role := range b.Binds {
			if _, ok := c.Find(RoleList, role); !ok {
				return fmt.Errorf("%s: %s: unknown role %q", name, b.Code, role)
			}
		}
		if err := checked(name, b.Code, b.Labels.check(), b.Fact.check()); err != nil {
			return err
		}
	}
	c.bounds = f.Bounds
	return nil
}

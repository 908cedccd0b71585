package countries

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
)

// Hotline is a number to call now. Only numbers with a source are here: a wrong
// number on a frightened person's screen is worse than none.
type Hotline struct {
	Code   string `toml:"code"`
	Number string `toml:"number"` // as dialled inside the country
	For    string `toml:"for"`    // "all", or "children"
	Labels
	Fact
}

// Hotlines gives the numbers to call, the first one first.
func (c *Country) Hotlines() []Hotline { return slices.Clone(c.hotlines) }

var dialled = regexp.MustCompile(`^[0-9]{3,15}$`)

func (c *Country) readHotlines(files fs.FS) error {
	name := c.Code + "/hotlines.toml"
	var f struct {
		Hotlines []Hotline `toml:"hotline"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	for _, h := range f.Hotlines {
		if !dialled.MatchString(h.Number) || !codeForm.MatchString(h.Code) || h.For != "all" && h.For != "children" {
			return fmt.Errorf("%s: %q: number, code or for", name, h.Code)
		}
		if err := checked(name, h.Code, h.Labels.check(), h.Fact.check()); err != nil {
			return err
		}
	}
	c.hotlines = f.Hotlines
	return nil
}

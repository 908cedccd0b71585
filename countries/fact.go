package countries

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/BurntSushi/toml"

	"inkingi/internal/date"
)

// Fact says where a fact comes from and how sure it is. The tags of PROCESS.md
// are kept: [S:…] seen in a source, [M] memory of a published standard, [J]
// judgement.
type Fact struct {
	Source    string   `toml:"source"`
	From      date.Day `toml:"valid_from"` // first day it holds; zero: always has
	Until     date.Day `toml:"valid_to"`   // first day it no longer holds; zero: still does
	Validated bool     `toml:"validated"`  // by a jurist of the country; false is shown on screen
}

// On says whether the fact holds on a day. The zero Day asks about no day in
// particular, and every fact answers yes.
func (f Fact) On(d date.Day) bool {
	return d.IsZero() || !d.Before(f.From) && (f.Until.IsZero() || d.Before(f.Until))
}

var tag = regexp.MustCompile(`\[(S:[^\]]+|M|M\?|J)\]`)

func (f Fact) check() error {
	if !tag.MatchString(f.Source) {
		return fmt.Errorf("source %q has no tag [S:…], [M] or [J]", f.Source)
	}
	if !f.From.IsZero() && !f.Until.IsZero() && !f.From.Before(f.Until) {
		return errors.New("ends before it begins")
	}
	return nil
}

// Labels are the words for one thing in the four languages. French and English
// are complete; Kirundi and Swahili are drafts and may be missing.
type Labels struct {
	FR string `toml:"fr"`
	EN string `toml:"en"`
	RN string `toml:"rn"`
	SW string `toml:"sw"`
}

// Label gives the words in a language, in French when that language has none.
func (l Labels) Label(lang string) string {
	if s := l.exactly(lang); s != "" {
		return s
	}
	return l.FR
}

// Has says whether the language has words of its own.
func (l Labels) Has(lang string) bool { return l.exactly(lang) != "" }

func (l Labels) exactly(lang string) string {
	switch lang {
	case "fr":
		return l.FR
	case "en":
		return l.EN
	case "rn":
		return l.RN
	case "sw":
		return l.SW
	}
	return ""
}

func (l Labels) check() error {
	if l.FR == "" || l.EN == "" {
		return errors.New("a French or an English label is missing")
	}
	return nil
}

// read decodes a whole TOML file; a key that nobody asked for is an error.
func read(files fs.FS, name string, into any) error {
	meta, err := toml.DecodeFS(files, name, into)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if left := meta.Undecoded(); len(left) > 0 {
		return fmt.Errorf("%s: unknown key %s", name, left[0])
	}
	return nil
}

// checked runs the checks of a line and names the line.
func checked(file, line string, checks ...error) error {
	if err := errors.Join(checks...); err != nil {
		return fmt.Errorf("%s: %s: %w", file, line, err)
	}
	return nil
}

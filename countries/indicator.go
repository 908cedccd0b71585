package countries

import (
	"fmt"
	"io/fs"
	"slices"
)

// Profile is the sheet of the ILO/EC operational indicators that applies.
type Profile string

// The profiles.
const (
	AdultLabour Profile = "adult_labour"
	ChildLabour Profile = "child_labour"
	AdultSexual Profile = "adult_sexual"
	ChildSexual Profile = "child_sexual"
)

// Profiles lists them, in the order of the file.
func Profiles() []Profile { return []Profile{AdultLabour, ChildLabour, AdultSexual, ChildSexual} }

// Strength is how much an indicator weighs.
type Strength string

// The strengths. The zero Strength means the indicator is not on that sheet.
const (
	Strong Strength = "S"
	Medium Strength = "M"
	Weak   Strength = "W"
)

// Weight is the strength of one indicator on one sheet. Assumed means that
// nobody has seen it in the source: it was copied from the labour sheet, and
// no suggestion may rest on it (PROCESS.md §3.1).
type Weight struct {
	Strength Strength
	Assumed  bool
	Source   string
}

// Indicator is one of the 67 signs (ILO/EC 2009, WCMS_105023) [S:ILO-T].
type Indicator struct {
	Code          string
	Dimension     string // D1 to D6
	DimensionName string // DECEPTIVE_RECRUITMENT…
	Labels
	Weights map[Profile]Weight
	Note    string
}

// Indicators gives all of them, in the order of the sheets.
func (c *Country) Indicators() []Indicator { return slices.Clone(c.indicators) }

// Assumed counts the weights of a sheet that nobody has seen in the source.
// While it is not zero the sheet gives no suggestion.
func (c *Country) Assumed(p Profile) int {
	n := 0
	for _, i := range c.indicators {
		if i.Weights[p].Assumed {
			n++
		}
	}
	return n
}

func (c *Country) readIndicators(files fs.FS) error {
	const name = "core/ilo_indicators.csv"
	columns := []string{"dimension", "dimension_name", "code", "en", "fr"}
	for _, p := range Profiles() {
		columns = append(columns, string(p), string(p)+"_source")
	}
	rows, err := table(files, name, append(columns, "note")...)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, row := range rows {
		i := Indicator{Dimension: row[0], DimensionName: row[1], Code: row[2],
			Labels: Labels{EN: row[3], FR: row[4]}, Weights: map[Profile]Weight{}, Note: row[13]}
		for at, p := range Profiles() {
			w, err := weight(row[5+2*at], row[6+2*at])
			if err != nil {
				return fmt.Errorf("%s: %s: %s: %w", name, i.Code, p, err)
			}
			i.Weights[p] = w
		}
		if seen[i.Code] {
			return fmt.Errorf("%s: %s given twice", name, i.Code)
		}
		seen[i.Code] = true
		if err := checked(name, i.Code, i.Labels.check()); err != nil {
			return err
		}
		c.indicators = append(c.indicators, i)
	}
	return nil
}

func weight(strength, source string) (Weight, error) {
	w := Weight{Strength: Strength(strength), Source: source, Assumed: source == "ASSUMED"}
	switch w.Strength {
	case Strong, Medium, Weak:
	case "-":
		w.Strength = ""
	default:
		return Weight{}, fmt.Errorf("unknown strength %q", strength)
	}
	if !w.Assumed && !tag.MatchString(source) {
		return Weight{}, fmt.Errorf("source %q has no tag", source)
	}
	return w, nil
}

package countries

import (
	"fmt"
	"io/fs"
	"slices"

	"inkingi/internal/date"
)

// Trafficking says how an offence stands to trafficking. The zero value is unsaid,
// and refused.
type Trafficking string

// The answers of the field is_trafficking (PROCESS.md §4.3).
const (
	IsTrafficking   Trafficking = "yes"
	NearTrafficking Trafficking = "related" // often charged in its place
	NotTrafficking  Trafficking = "no"      // stands beside it
)

// Offence is a line of the dated table of offences (PROCESS.md §4.3). Sources
// differ about penalties: every reading stands, each with its source, and none is
// chosen here.
type Offence struct {
	Code         string        `toml:"code"`
	Instrument   string        `toml:"instrument"` // the law, by its official title
	Article      string        `toml:"article"`
	Trafficking  Trafficking   `toml:"trafficking"`
	OfferedFor   []string      `toml:"offered_for"` // ACT, MEANS, PURPOSE: offered when that element is missing
	Aggravations []Aggravation `toml:"aggravation"`
	Readings     []Reading     `toml:"reading"`
	Labels
	Fact
	Jurist
}

// Jurist says who validated a fact of the law, and when: an office or initials.
type Jurist struct {
	By string   `toml:"validated_by"`
	On date.Day `toml:"validated_on"`
}

// Aggravation is a circumstance that makes the penalty heavier.
type Aggravation struct {
	Code string `toml:"code"`
	Labels
	Fact
	Jurist
}

// Reading is what one source says the penalty is. Fines are in whole units of the
// country's money; 0 years and no life, or 0 of money, is not said.
type Reading struct {
	MinYears int   `toml:"min_years"`
	MaxYears int   `toml:"max_years"`
	Life     bool  `toml:"life"`
	MinFine  int64 `toml:"min_fine"`
	MaxFine  int64 `toml:"max_fine"`
	Labels         // of what the reading is
	Fact
	Jurist
}

// Disputed says whether sources differ: more than one reading, and none that a jurist
// has validated. Whoever shows a penalty shows all of them then.
func (o Offence) Disputed() bool {
	return len(o.Readings) > 1 && !slices.ContainsFunc(o.Readings, func(r Reading) bool { return r.Validated })
}

// Standing gives the readings that hold on a day: the validated ones where there are
// any, else all.
func (o Offence) Standing(on date.Day) []Reading {
	var all, validated []Reading
	for _, r := range o.Readings {
		if r.Fact.On(on) {
			all = append(all, r)
			if r.Validated {
				validated = append(validated, r)
			}
		}
	}
	if validated != nil {
		return validated
	}
	return all
}

// Offences gives the table, retired lines too, in the order of the file.
func (c *Country) Offences() []Offence { return slices.Clone(c.offences) }

// Offence finds one line.
func (c *Country) Offence(code string) (Offence, bool) {
	for _, o := range c.offences {
		if o.Code == code {
			return o, true
		}
	}
	return Offence{}, false
}

// OfferedFor gives the offences to think of when an element of trafficking is missing
// (ACT, MEANS, PURPOSE), as the law stood on a day. They are offered, never decided.
func (c *Country) OfferedFor(element string, on date.Day) []Offence {
	return slices.DeleteFunc(c.Offences(), func(o Offence) bool {
		return !o.Fact.On(on) || !slices.Contains(o.OfferedFor, element)
	})
}

// readOffences reads the table and makes the code list of it ([OffenceList]): a charge is chosen from
// the same lines that say what they mean.
func (c *Country) readOffences(files fs.FS) error {
	name := c.Code + "/offences.toml"
	var f struct {
		Offences []Offence `toml:"offence"`
	}
	if err := read(files, name, &f); err != nil {
		return err
	}
	l := list{Names: Labels{FR: "Infraction", EN: "Offence"}}
	for _, o := range f.Offences {
		if slices.ContainsFunc(l.Codes, func(k Code) bool { return k.Code == o.Code }) {
			return fmt.Errorf("%s: %q is given twice", name, o.Code)
		}
		if err := o.check(name); err != nil {
			return err
		}
		l.Codes = append(l.Codes, Code{Code: o.Code, Labels: o.Labels, Fact: o.Fact,
			Attr: map[string]string{"trafficking": string(o.Trafficking)}})
	}
	if len(f.Offences) == 0 {
		return fmt.Errorf("%s: no offence", name)
	}
	c.offences, c.lists[OffenceList] = f.Offences, l
	return nil
}

var elements = []string{"ACT", "MEANS", "PURPOSE"}

func (o Offence) check(name string) error {
	if !codeForm.MatchString(o.Code) || o.Instrument == "" || o.Article == "" {
		return fmt.Errorf("%s: %q: code, instrument or article", name, o.Code)
	}
	if !slices.Contains([]Trafficking{IsTrafficking, NearTrafficking, NotTrafficking}, o.Trafficking) {
		return fmt.Errorf("%s: %s: trafficking is yes, related or no", name, o.Code)
	}
	for _, e := range o.OfferedFor {
		if !slices.Contains(elements, e) || o.Trafficking == IsTrafficking {
			return fmt.Errorf("%s: %s: offered for %q", name, o.Code, e)
		}
	}
	errs := []error{o.Labels.check(), o.Fact.check(), o.Jurist.check(o.Fact)}
	for _, a := range o.Aggravations {
		if !codeForm.MatchString(a.Code) {
			errs = append(errs, fmt.Errorf("aggravation %q", a.Code))
		}
		errs = append(errs, a.Labels.check(), a.Fact.check(), a.Jurist.check(a.Fact))
	}
	for _, r := range o.Readings {
		errs = append(errs, r.check(), r.Labels.check(), r.Fact.check(), r.Jurist.check(r.Fact))
	}
	return checked(name, o.Code, errs...)
}

// check wants a name and a day exactly where a jurist has validated.
func (j Jurist) check(f Fact) error {
	if f.Validated != (j.By != "") || f.Validated != !j.On.IsZero() {
		return fmt.Errorf("validated, by and on go together")
	}
	return nil
}

func (r Reading) check() error {
	said := r.Life || r.MaxYears > 0 || r.MaxFine > 0
	if !said || r.MinYears < 0 || r.MinFine < 0 || r.MinYears > r.MaxYears || r.MinFine > r.MaxFine {
		return fmt.Errorf("a penalty that says nothing, or ends before it begins")
	}
	return nil
}

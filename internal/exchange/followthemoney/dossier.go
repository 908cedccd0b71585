package followthemoney

import (
	"cmp"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/vault"
	"inkingi/prosecution"
)

// Words are how codes are said in the language of the office.
type Words struct {
	Presumed string // "Presumed innocent until a decision is final"
	Unnamed  string // "Person not known"
	Code     func(list, code string) string
	State    func(prosecution.State) string
	Standing func(prosecution.Standing) string
	Court    func(code string) string
	Place    func(code string) string // the label of a place
	Country  string                   // ISO 3166-1 alpha-2 of the office
	Prefix   string                   // of its telephones, without +
	Digits   int                      // of a national number
}

// said gives the words of a code; nothing was chosen: nothing is said.
func (w Words) said(list, code string) string {
	if code == "" {
		return ""
	}
	return w.Code(list, code)
}

// Of takes a case out of a dossier. Names open with the reader's grant; a name that does
// not open stops everything, and the fault is the vault's. What the file says in free
// words stays in it.
func Of(d prosecution.Dossier, g access.Grant, w Words) (Case, error) {
	c := Case{ID: "file-" + d.ID.String(), Status: w.State(d.State), Country: w.Country, Opened: d.First(prosecution.Received),
		Presumed: w.Presumed, Unnamed: w.Unnamed, Name: d.Code.String()}
	for _, r := range prosecution.Registers {
		if n, ok := d.Numbers[r]; ok && !n.IsZero() {
			c.Name = string(r) + " " + n.Plain
			c.Numbers = append(c.Numbers, c.Name)
		}
	}
	for _, code := range d.Court {
		if code != "" {
			c.Court = w.Court(code)
		}
	}
	if d.State.Over() {
		c.Closed = d.Since
	}
	for _, x := range d.Charges {
		if said := w.said("offence", cmp.Or(x.Final, x.Current)); !slices.Contains(c.Category, said) {
			c.Category = append(c.Category, said)
		}
	}
	if d.Where.Code != "" || d.Where.Written != "" {
		label := d.Where.Written
		if d.Where.Code != "" {
			label = w.Place(string(d.Where.Code))
		}
		c.Addresses = []Address{{ID: c.ID + "-place", Full: label, Country: w.Country}}
		c.Links = []Link{{ID: c.ID + "-where", From: c.ID, To: c.ID + "-place"}}
	}
	for _, s := range d.Suspects {
		p, err := party(s, g, w)
		if err != nil {
			return Case{}, err
		}
		c.Parties = append(c.Parties, p)
	}
	return c, nil
}

func party(s prosecution.Suspect, g access.Grant, w Words) (Party, error) {
	p := Party{ID: "party-" + s.ID.String(), Company: s.Company, Gender: gender(s.Sex), Citizen: s.Citizen, Role: w.said("suspect_role", s.Role),
		Status: w.Standing(s.State), Final: !s.State.Innocent(), Since: s.Since}
	if s.Official == prosecution.Yes {
		p.Position = w.said("official_service", s.Service)
	}
	var phones, aliases string
	for _, one := range []struct {
		to   *string
		from vault.Text
	}{{&p.Name, s.Name}, {&aliases, s.Aliases}, {&phones, s.Phone}} {
		if one.from.IsZero() {
			continue
		}
		text, err := one.from.Open(g)
		if err != nil {
			return Party{}, err
		}
		*one.to = strings.TrimSpace(text)
	}
	p.Aliases = parts(aliases)
	for _, number := range parts(phones) {
		if n, ok := international(number, w); ok {
			p.Phones = append(p.Phones, n)
		}
	}
	return p, nil
}

// gender is the schema's word for a code of the list "sex".
func gender(sex string) string {
	switch sex {
	case "F":
		return "female"
	case "M":
		return "male"
	case "", "UNKNOWN", "U":
		return ""
	}
	return "other"
}

// parts splits what a clerk wrote in one field.
func parts(text string) []string {
	var all []string
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '\n' }) {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// international is a number as the schema wants it, +257…; false when it cannot be told,
// and then it stays in the file.
func international(written string, w Words) (string, bool) {
	plus := strings.HasPrefix(written, "+")
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, written)
	switch {
	case plus:
	case len(digits) == w.Digits:
		digits = w.Prefix + digits
	case strings.HasPrefix(digits, "00"):
		digits = digits[2:]
	case strings.HasPrefix(digits, w.Prefix) && len(digits) == len(w.Prefix)+w.Digits:
	default:
		return "", false
	}
	number := "+" + digits
	return number, prop{Type: "phone"}.fits(number)
}

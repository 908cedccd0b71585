package linkage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// Model is what is compared and how much each finding weighs. It holds shares,
// never a value of a record, so it may be kept and read.
type Model struct {
	Comparisons []Comparison `json:"comparisons"`
	// Blocking lists which columns must agree before two records are compared at
	// all; a pair that meets any line is compared. Empty: chosen from the data.
	Blocking [][]string `json:"blocking,omitempty"`
	Lambda   float64    `json:"lambda,omitempty"` // share of all pairs that are one person; 0: not trained
}

// Comparison is one view of two records.
type Comparison struct {
	Columns []string `json:"columns"` // several only for a date in parts, a point on the map, and places within each other
	Role    Role     `json:"role"`
	Levels  []Level  `json:"levels,omitempty"` // strongest first, the last is "else"; empty: those of the role
}

// Level is one finding. The first level whose test holds is the finding.
type Level struct {
	Test string  `json:"test"`
	At   float64 `json:"at,omitempty"`
	M    float64 `json:"m,omitempty"` // how often pairs of one person fall here
	U    float64 `json:"u,omitempty"` // how often pairs of two persons do
}

// tests are the tests a level may have, in words for [Explain].
func tests() map[string]string {
	return map[string]string{
		"exact": "the same", "sound": "sounds the same or is a form of the same name", "swap": "stands in the other field of the name",
		"jw": "alike (Jaro-Winkler)", "typo": "differs by a slip or two (Damerau)", "estimated": "same year, the day estimated",
		"exchanged": "day and month exchanged", "days": "days apart", "shared": "words in common", "user": "same name before the @",
		"prefix": "begins the same", "km": "near", "within": "in the same larger place", "apart": "near in number", "else": "different",
	}
}

// levels are the defaults, chosen once for every table; those for names, dates
// and addresses are Splink's, with the levels of this country added.
func (r Role) levels() []Level {
	var list []Level
	add := func(test string, at ...float64) {
		for _, a := range at {
			list = append(list, Level{Test: test, At: a})
		}
		if len(at) == 0 {
			list = append(list, Level{Test: test})
		}
	}
	if r != Lat {
		add("exact")
	}
	switch r {
	case Given, Surname:
		add("sound")
		add("swap")
		add("jw", 0.92, 0.88, 0.70)
	case FullName:
		add("shared", 1)
		add("jw", 0.92)
		add("shared", 0.6, 0.3)
		add("jw", 0.75)
	case Born:
		add("estimated")
		add("typo", 1)
		add("exchanged")
		add("days", 31)
		add("typo", 2)
		add("days", 366, 3653)
	case Number, Phone, Postcode:
		add("typo", 1, 2)
	case Email:
		add("user")
		add("jw", 0.92, 0.80)
	case Text:
		add("shared", 1)
		add("jw", 0.92, 0.80)
	case Age, Year:
		add("apart", 1, 3, 10)
	case Month, Day:
		add("apart", 1)
	case Lat:
		add("km", 0.2, 2, 10, 50)
	}
	add("else")
	return list
}

// NewModel recognises the columns of a table; those left out take no part, as the
// column of the truth must not.
func NewModel(t *Table, leave ...string) (*Model, error) {
	found := roles(t)
	for _, c := range leave {
		found[c] = Ignored
	}
	m := &Model{}
	date := map[Role]string{}
	for _, c := range t.Columns {
		switch role := found[c]; role {
		case Ignored:
		case Year, Month, Day, Lat, Lon:
			date[role] = c
		default:
			m.Comparisons = append(m.Comparisons, Comparison{Columns: []string{c}, Role: role})
		}
	}
	m.Comparisons = nest(t, m.Comparisons)
	if date[Year] != "" && date[Month] != "" && date[Day] != "" {
		m.Comparisons = append(m.Comparisons, Comparison{Columns: []string{date[Year], date[Month], date[Day]}, Role: Born})
	} else if date[Year] != "" {
		m.Comparisons = append(m.Comparisons, Comparison{Columns: []string{date[Year]}, Role: Year})
	}
	if date[Lat] != "" && date[Lon] != "" {
		m.Comparisons = append(m.Comparisons, Comparison{Columns: []string{date[Lat], date[Lon]}, Role: Lat})
	}
	return m, m.check(t)
}

// mostPatterns keeps a pattern in one word.
const mostPatterns = float64(1 << 62)

// check fills in default levels and refuses what cannot be.
func (m *Model) check(t *Table) error {
	if len(m.Comparisons) < 2 {
		return errors.New("fewer than two columns can be compared: name them as people do (surname, given_name, date_of_birth, …) or give a model")
	}
	room := 1.0
	for i := range m.Comparisons {
		c := &m.Comparisons[i]
		if c.Role == "" {
			c.Role = Text
		}
		if c.Levels == nil {
			c.Levels = c.Role.levels()
			if c.Role == Place {
				c.Levels = placeLevels(len(c.Columns))
			}
		}
		if len(c.Columns) == 0 || len(c.Columns) > 4 || len(c.Levels) < 2 || len(c.Levels) > 15 || c.Levels[len(c.Levels)-1].Test != "else" {
			return fmt.Errorf("model, comparison %d: it needs 1 to 4 columns and 2 to 15 levels, the last being \"else\"", i+1)
		}
		for _, name := range c.Columns {
			if t.column(name) < 0 {
				return fmt.Errorf("model, comparison %d: no column %q", i+1, name)
			}
		}
		for j, l := range c.Levels {
			if tests()[l.Test] == "" {
				return fmt.Errorf("model, comparison %d, level %d: no test %q", i+1, j+1, l.Test)
			}
			if !(l.M >= 0 && l.M <= 1 && l.U >= 0 && l.U <= 1) || math.IsNaN(l.At) || m.Lambda > 0 && (l.M == 0 || l.U == 0) {
				return fmt.Errorf("model, comparison %d, level %d: m and u are shares above 0", i+1, j+1)
			}
		}
		room *= float64(len(c.Levels) + 1)
	}
	if room > mostPatterns {
		return errors.New("model: too many comparisons with too many levels")
	}
	if !(m.Lambda >= 0 && m.Lambda < 1) {
		return errors.New("model: lambda is a share of pairs")
	}
	for i, rule := range m.Blocking {
		if len(rule) == 0 {
			return fmt.Errorf("model, blocking rule %d names no column", i+1)
		}
		for _, name := range rule {
			if !slices.ContainsFunc(m.Comparisons, func(c Comparison) bool { return c.Columns[0] == name }) {
				return fmt.Errorf("model, blocking rule %d: %q is not the first column of a comparison", i+1, name)
			}
		}
	}
	return nil
}

// ReadModel reads a model from JSON and checks it against a table.
func ReadModel(r io.Reader, t *Table, leave ...string) (*Model, error) {
	d := json.NewDecoder(io.LimitReader(r, 1<<20))
	d.DisallowUnknownFields()
	var m Model
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	if m.Comparisons == nil {
		found, err := NewModel(t, leave...)
		if err != nil {
			return nil, err
		}
		m.Comparisons = found.Comparisons
	}
	return &m, m.check(t)
}

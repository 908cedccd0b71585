package chart

import (
	"cmp"
	"slices"

	"inkingi/internal/fault"
)

// Kind is what a spot stands for.
type Kind string

// The kinds.
const (
	File    Kind = "file"
	Person  Kind = "person"
	Company Kind = "company"
	Phone   Kind = "phone"
	Vehicle Kind = "vehicle"
	Place   Kind = "place"
)

// Kinds lists them in the order of the list.
var Kinds = [...]Kind{File, Person, Company, Phone, Vehicle, Place}

// Spot is one of what is linked. Its label is plain text, at most a line.
type Spot struct {
	ID    string
	Kind  Kind
	Label string
}

// Line is a link between two spots, with the facts behind it.
type Line struct {
	From, To string // ids of spots
	Says     string // what links them, in a few words
	Facts    []Fact // at least one: a line without a fact is a rumour of the drawing
}

// Fact is what somebody said or found, and how far it is trusted.
type Fact struct {
	Says   string
	Source string // which act of the file
	Grade  Grade
}

// Grade is the 6 × 6 grading of information, "Admiralty code" [M: NATO AJP-2.1, also
// used by police]: how reliable the source is (A–F, F: cannot be judged) and how far
// what it says is confirmed (1–6, 6: cannot be judged). The zero Grade is ungraded.
type Grade struct {
	Source byte // 'A' to 'F'
	Fact   int  // 1 to 6
}

// Reliabilities and Credibilities are the letters and the figures, best first.
const (
	Reliabilities = "ABCDEF"
	Credibilities = 6
)

// Valid says whether both halves are given.
func (g Grade) Valid() bool {
	return g.Source >= 'A' && g.Source <= 'F' && g.Fact >= 1 && g.Fact <= Credibilities
}

// String gives "B2", and "?" for what is not graded.
func (g Grade) String() string {
	if !g.Valid() {
		return "?"
	}
	return string(g.Source) + string(rune('0'+g.Fact))
}

// ReadGrade reads "B2" as a clerk writes it. "" is ungraded.
func ReadGrade(s string) (Grade, error) {
	if s == "" {
		return Grade{}, nil
	}
	if len(s) == 2 {
		if g := (Grade{s[0] &^ 0x20, int(s[1]) - '0'}); g.Valid() {
			return g, nil
		}
	}
	return Grade{}, fault.New(fault.Invalid, "chart.grade.form")
}

// firm says whether the source is usually reliable and what it says is probably true at
// least: such a line is drawn whole, another broken.
func (g Grade) firm() bool { return g.Valid() && g.Source <= 'B' && g.Fact <= 2 }

// worse orders grades: the worse source, then the less confirmed; what is not graded last.
func worse(a, b Grade) int {
	if a.Valid() != b.Valid() {
		if a.Valid() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Fact, b.Fact))
}

// Best is the best grade behind a line: one good fact holds it.
func (l Line) Best() Grade {
	var best Grade
	for _, f := range l.Facts {
		if worse(f.Grade, best) < 0 {
			best = f.Grade
		}
	}
	return best
}

// Chart is what can be drawn: spots, and lines with their numbers.
type Chart struct {
	spots []Spot
	lines []Line
	at    map[string]int
}

// Most is how many spots one chart takes: beyond it nobody reads it, and the list is all.
const Most = 120

// New checks what is to be drawn. The faults are Internal: the caller made the input.
func New(spots []Spot, lines []Line) (Chart, error) {
	c := Chart{slices.Clone(spots), slices.Clone(lines), map[string]int{}}
	for i, s := range spots {
		if _, twice := c.at[s.ID]; twice || s.ID == "" || !slices.Contains(Kinds[:], s.Kind) {
			return Chart{}, fault.New(fault.Internal, "chart.spot")
		}
		c.at[s.ID] = i
	}
	for _, l := range lines {
		_, from := c.at[l.From]
		_, to := c.at[l.To]
		if !from || !to || l.From == l.To || len(l.Facts) == 0 {
			return Chart{}, fault.New(fault.Internal, "chart.line")
		}
	}
	return c, nil
}

// Item is a spot of the list, with every line that touches it.
type Item struct {
	Spot  Spot
	Links []Link
}

// Link is a line as the list says it, from one of its ends.
type Link struct {
	Number int // as in the picture
	Other  Spot
	Says   string
	Facts  []Fact // the best first
	Grade  Grade
}

// List is the chart in words: the accessible alternative, and what a telephone shows.
// Everything that is drawn is in it, each line twice, at both its ends.
func (c Chart) List() []Item {
	var items []Item
	for _, k := range Kinds {
		for _, s := range c.spots {
			if s.Kind != k {
				continue
			}
			item := Item{Spot: s}
			for n, l := range c.lines {
				other := l.To
				if l.To == s.ID {
					other = l.From
				} else if l.From != s.ID {
					continue
				}
				facts := slices.Clone(l.Facts)
				slices.SortStableFunc(facts, func(a, b Fact) int { return worse(a.Grade, b.Grade) })
				item.Links = append(item.Links, Link{n + 1, c.spots[c.at[other]], l.Says, facts, l.Best()})
			}
			items = append(items, item)
		}
	}
	return items
}

// Package release lets a figure out, and only protected ones.
//
// No publishing without a [Table]. [Protect] turns raw counts into one: counts
// under the threshold are hidden, and so are the others that would give them
// away (science/disclosure). Pages, files and the public part of the API accept
// a Table and its [Figure]s, never a count. A Table carries what makes its
// figures mean something ([About]); it cannot be changed, and the zero Table
// and the zero Figure show nothing.
//
// What a reader counts among records that he may open anyway ("3 late in my
// queue") is his own list, not a publication: such a number goes from the store
// to his page and does not pass here.
//
// The room protects one table at a time. It does not remember what was
// published before, so two tables over the same people whose difference tells
// must be one; it adds no noise and keeps no budget; and it does not know who
// asks: that is internal/access.
package release

import (
	"slices"
	"strings"

	"inkingi/internal/date"
)

// Cells are the raw counts of a table and what they mean. They never reach a page.
type Cells struct {
	About  About
	Axes   []Axis  // none (one figure) to three
	Counts []Count // the inner cells; one that is missing counts nobody
}

// Axis is one way of telling the counted apart. Key and values are codes or
// translation keys, never text that somebody typed.
type Axis struct {
	Key    string
	Values []string
}

// Count is the count of one inner cell: one value of each axis, in their order.
type Count struct {
	At []string
	N  int
}

// All stands in the place of a value for the total over an axis. It is no value
// of an axis.
const All = ""

// About says what the figures of a table are. A figure is never a bare number
// (DESIGN.md §8, PROCESS.md §6.3); Protect refuses a table that does not say it.
type About struct {
	Definition string      // key of the definition
	Version    int         // its version, from 1
	Counted    string      // key of what is counted: persons, files, signals…
	Stage      string      // key of the stage that is counted; "" when it has none
	From       date.Day    // first day of the period
	Until      date.Day    // last day of the period
	Frame      string      // frame of places, such as "2025"; "" when no place is told apart
	Sources    []string    // keys of the sources, at least one
	Computed   date.Day    // the day on which it was computed
	Persons    Distinction // whether the same person counts once
}

// Distinction says whether a person who occurs twice is counted once. The zero
// Distinction is unsaid, and refused.
type Distinction uint8

// The distinctions.
const (
	Unsaid   Distinction = iota
	Distinct             // persons were de-duplicated: each counts once
	Repeated             // contacts or records: a person may count twice
)

// Table is a protected table. The zero Table is empty.
type Table struct {
	about   About
	axes    []Axis
	figures map[string]Figure
}

// IsZero says whether the table is empty.
func (t Table) IsZero() bool { return len(t.figures) == 0 }

// About says what the figures are.
func (t Table) About() About {
	a := t.about
	a.Sources = slices.Clone(a.Sources)
	return a
}

// Axes lists the axes, in order.
func (t Table) Axes() []Axis { return cloneAxes(t.axes) }

// Figure is the figure at one value of each axis, or All for a total. Where the
// table has no such cell it is the zero Figure, which shows nothing.
func (t Table) Figure(at ...string) Figure { return t.figures[key(at)] }

// Hidden counts the figures that are not shown, so that a page can say why.
func (t Table) Hidden() int {
	n := 0
	for _, f := range t.figures {
		if !f.shown {
			n++
		}
	}
	return n
}

// Mark stands where a figure is hidden. The page explains it beside the table,
// with the key "release.hidden".
const Mark = "•"

// Figure is one number that may be published, or a hidden one. The zero Figure
// is hidden. A hidden Figure holds no count.
type Figure struct {
	n     int
	shown bool
}

// Shown says whether the figure may be seen.
func (f Figure) Shown() bool { return f.shown }

// Text prints the figure with the reader's own way of writing numbers, or Mark.
func (f Figure) Text(number func(int) string) string {
	if !f.shown {
		return Mark
	}
	return number(f.n)
}

// Permille is the length of the figure's bar against the longest of a chart, in
// thousandths; a hidden figure, or a hidden or empty longest, has no bar.
func (f Figure) Permille(longest Figure) (int, bool) {
	if !f.shown || !longest.shown || longest.n == 0 {
		return 0, false
	}
	return min(1000, f.n*1000/longest.n), true
}

// String prints the figure in plain digits, or Mark.
func (f Figure) String() string { return f.Text(plain) }

func key(at []string) string { return strings.Join(at, "\x1f") }

func cloneAxes(axes []Axis) []Axis {
	out := slices.Clone(axes)
	for i := range out {
		out[i].Values = slices.Clone(out[i].Values)
	}
	return out
}

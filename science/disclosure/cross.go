package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// All stands in a table for every value of a column.
const All = "*"

// Cross is the counts of persons by every combination of the values of some columns.
type Cross struct {
	Columns []string
	Values  [][]string // by column, in order; "" for who has none
	Counts  []int      // the last column changes fastest
	Marks   []uint64   // by count, the sum of the marks of its persons; nil when they have none
}

// Cross counts the persons of a survey by its keys: each person once, who has no value
// as one without. A file of counts is added up.
func (s *Survey) Cross() (*Cross, error) {
	x := &Cross{Columns: s.Columns[:s.Keys]}
	cells := 1
	to := make([][]int, s.Keys) // of each code, its place
	for c := range s.Keys {
		var values []string
		for code, n := range s.histogram(c) {
			if n > 0 {
				values = append(values, s.Values[c][code])
			}
		}
		slices.Sort(values)
		if slices.Contains(values, All) {
			return nil, fmt.Errorf("column %q has a value %q, which stands for all values in a table", s.Columns[c], All)
		}
		to[c] = make([]int, len(s.Values[c]))
		for code, v := range s.Values[c] {
			to[c][code] = slices.Index(values, v)
		}
		x.Values = append(x.Values, values)
		if cells *= len(values); cells > MaxCells {
			return nil, fmt.Errorf("the columns %s have more than %d combinations: a table that nobody reads, and too large to be protected; take fewer columns, or put values into groups", strings.Join(x.Columns, ", "), MaxCells)
		}
	}
	x.Counts = make([]int, cells)
	if s.Marks != nil {
		x.Marks = make([]uint64, cells)
	}
	for i := range s.Persons() {
		at := 0
		for c := range s.Keys {
			at = at*len(x.Values[c]) + to[c][s.Codes[c][i]]
		}
		n := 1
		if s.Counts != nil {
			n = s.Counts[i]
		}
		x.Counts[at] += n
		if s.Marks != nil {
			x.Marks[at] += s.Marks[i]
		}
	}
	return x, nil
}

// View is one table that is published: the columns it shows, with all their totals, of
// everybody or of those with a fixed value in other columns.
type View struct {
	Columns []string
	Only    map[string]string // column, value
}

// ParseView reads a view as "sex,age" or "sex,province=Ash". A column whose name has an
// equals sign is taken as named when there is one of that name.
func ParseView(text string, columns []string) (View, error) {
	v := View{Only: map[string]string{}}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		name, value, fixed := strings.Cut(part, "=")
		if slices.Contains(columns, part) {
			name, fixed = part, false
		}
		_, twice := v.Only[name]
		switch {
		case part == "" || name == "":
			return v, fmt.Errorf("table %q has a column without a name", text)
		case twice || slices.Contains(v.Columns, name):
			return v, fmt.Errorf("table %q names column %q twice", text, name)
		case fixed:
			v.Only[name] = value
		default:
			v.Columns = append(v.Columns, name)
		}
	}
	return v, nil
}

// Names are the columns of a view, fixed ones after the others, in the order of their
// names.
func (v View) Names() []string {
	var fixed []string
	for name := range v.Only {
		fixed = append(fixed, name)
	}
	slices.Sort(fixed)
	return append(slices.Clone(v.Columns), fixed...)
}

// Linked is tables over the same people with the sums that join them: what one tells
// about another.
type Linked struct {
	Columns []string
	At      [][]string // by cell: a value of each column, or All
	Table   Table      // first the published cells, then those that no table shows
	Shown   int        // how many are published
	Sums    []Sum      // among the published cells: what a reader adds up
	Marks   []uint64   // by cell, as in [Cross]
	Views   [][]int    // the cells of each view

	cross  *Cross
	places [][]int // by cell: the number of a value of each column, or -1
}

// Link joins the tables that are published together. The same cell in two tables is one.
// Where the combinations of all columns are in no table they are cells all the same,
// so that what two tables tell together is found, and not only what each tells:
//
//	published cell = Σ of the combinations of all columns that it holds
//
// A table of last year over the same people belongs here too. What is not in here, and was
// published exactly, is not defended against.
func (x *Cross) Link(views []View) (*Linked, error) {
	if len(views) == 0 {
		return nil, errors.New("no table is named")
	}
	l := &linking{x: x, index: map[string]int{}, out: &Linked{Columns: x.Columns}}
	for _, v := range views {
		if err := l.view(v); err != nil {
			return nil, err
		}
	}
	l.out.Shown = len(l.at)
	for cell := range x.Counts {
		l.places = append(l.places, x.place(cell))
		l.cell(l.places[cell])
	}
	if len(l.at) > MaxCells {
		return nil, fmt.Errorf("these tables have %d cells together, at most %d can be protected: take fewer columns, or put values into groups", len(l.at), MaxCells)
	}
	l.out.cross, l.out.places = x, l.at
	l.count()
	for cell := range l.out.Shown {
		l.sums(cell)
	}
	return l.out, nil
}

// linking is one run of Link. A place is a value of each column by its number, or -1 for
// all.
type linking struct {
	x      *Cross
	places [][]int // of each combination of all columns
	at     [][]int
	index  map[string]int
	out    *Linked
}

// place is where a combination stands.
func (x *Cross) place(cell int) []int {
	at := make([]int, len(x.Values))
	for c := len(at) - 1; c >= 0; c-- {
		at[c] = cell % len(x.Values[c])
		cell /= len(x.Values[c])
	}
	return at
}

func (l *linking) cell(at []int) int {
	key := fmt.Sprint(at)
	cell, known := l.index[key]
	if !known {
		cell = len(l.at)
		l.index[key] = cell
		l.at = append(l.at, slices.Clone(at))
	}
	return cell
}

// view adds the cells of a view.
func (l *linking) view(v View) error {
	at := make([]int, len(l.x.Columns))
	for c := range at {
		at[c] = -1
	}
	free := map[int]bool{}
	for _, name := range v.Names() {
		c := slices.Index(l.x.Columns, name)
		if c < 0 {
			return fmt.Errorf("a table has the column %q, which is not counted; there are %s", name, strings.Join(l.x.Columns, ", "))
		}
		value, fixed := v.Only[name]
		if !fixed {
			free[c] = true
			continue
		}
		if at[c] = slices.Index(l.x.Values[c], value); at[c] < 0 {
			return fmt.Errorf("a table is of those whose %q is %q, and nobody's is", name, value)
		}
	}
	var cells []int
	var walk func(c int)
	walk = func(c int) {
		if c == len(at) {
			cells = append(cells, l.cell(at))
			return
		}
		if free[c] {
			for at[c] = range l.x.Values[c] {
				walk(c + 1)
			}
			at[c] = -1
		}
		walk(c + 1)
	}
	walk(0)
	l.out.Views = append(l.out.Views, cells)
	return nil
}

// count adds up what each cell holds.
func (l *linking) count() {
	o := l.out
	o.Table.Counts = make([]int, len(l.at))
	if l.x.Marks != nil {
		o.Marks = make([]uint64, len(l.at))
	}
	o.Table.Unpublished = make([]bool, len(l.at))
	for cell, at := range l.at {
		o.Table.Unpublished[cell] = cell >= o.Shown
		words := make([]string, len(at))
		for c, v := range at {
			if words[c] = All; v >= 0 {
				words[c] = l.x.Values[c][v]
			}
		}
		o.At = append(o.At, words)
		for inner, n := range l.x.Counts {
			if holds(at, l.places[inner]) {
				o.Table.Counts[cell] += n
				if o.Marks != nil {
					o.Marks[cell] += l.x.Marks[inner]
				}
			}
		}
	}
}

// holds says whether a place is within another.
func holds(at, inner []int) bool {
	for c, v := range at {
		if v >= 0 && v != inner[c] {
			return false
		}
	}
	return true
}

// sums finds the sums of a published cell: those along each column that a reader can
// add up, and one that joins it with what is in no table.
func (l *linking) sums(cell int) {
	at := l.at[cell]
	best := Sum{Total: cell}
	rolled := 0
	for c, v := range at {
		if v >= 0 {
			continue
		}
		rolled++
		parts, published := l.along(at, c)
		if parts == nil {
			continue
		}
		if published {
			l.out.Sums = append(l.out.Sums, Sum{cell, parts})
		}
		if best.Parts == nil || len(parts) < len(best.Parts) {
			best.Parts = parts
		}
	}
	if rolled == 0 {
		return
	}
	if best.Parts == nil {
		for inner := range l.x.Counts {
			if to := l.places[inner]; holds(at, to) {
				best.Parts = append(best.Parts, l.cell(to))
			}
		}
	}
	l.out.Table.Sums = append(l.out.Table.Sums, best)
}

// along gives the cells that a cell is the sum of along a column, nil when one is not
// there, and whether all are published.
func (l *linking) along(at []int, column int) (parts []int, published bool) {
	to := slices.Clone(at)
	published = true
	for to[column] = range l.x.Values[column] {
		part, there := l.index[fmt.Sprint(to)]
		if !there {
			return nil, false
		}
		parts = append(parts, part)
		published = published && part < l.out.Shown
	}
	return parts, published
}

// mostProgrammed is how many cells linked tables may have for the linear programme to look
// for other tables too. Above, exchanges do it alone: more is hidden than need be.
const mostProgrammed = 350

// Suppress hides the small counts of all tables, and what gives them away ([Suppress]).
// tell is told which share is done; it may be nil.
func (l *Linked) Suppress(ctx context.Context, r Rule, tell func(share float64)) ([]Mark, error) {
	r, err := r.resolve()
	if err != nil {
		return nil, err
	}
	s := newSearch(ctx, l.Table, r)
	s.tell = tell
	s.swaps, s.quick = newSwaps(l.cross, l), len(l.At) > mostProgrammed
	return s.run()
}

package release

import (
	"slices"
	"strconv"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/science/disclosure"
)

// Policy says how much is hidden. The zero Policy is the national one.
type Policy struct {
	// Threshold is the least count that is shown: 0 means 5, less is refused.
	// [S:SCIENCES §4.3 rule 1] 5 is the minimum at national level; 11 below a
	// province, for children, and for exploitation by nationality.
	Threshold int

	// HideZeros hides "nobody" too: for attributes where it tells on somebody.
	HideZeros bool
}

// Lowest is the threshold that no policy may undercut. [S:DESIGN §3]
const Lowest = disclosure.DefaultThreshold

// Local is the policy for tables by commune or lower, about children, or of
// exploitation by nationality. [S:SCIENCES §4.3 rule 1], after CTDC's k = 11.
func Local() Policy { return Policy{Threshold: 11, HideZeros: true} }

const (
	mostAxes  = 3
	separator = "\x1f"
)

// Protect turns raw counts into a table that may be published: the inner cells,
// every total over one or more axes, and of these none that is small or gives a
// small one away. The faults are Internal: what a table counts is decided in
// code, and a table that cannot be protected is not published.
func Protect(c Cells, p Policy) (Table, error) {
	if p.Threshold != 0 && p.Threshold < Lowest {
		return Table{}, fault.New(fault.Internal, "release.policy.low")
	}
	if err := c.About.check(); err != nil {
		return Table{}, err
	}
	if err := checkAxes(c.Axes); err != nil {
		return Table{}, err
	}
	g := newGrid(c.Axes)
	counts, err := g.counts(c.Counts)
	if err != nil {
		return Table{}, err
	}
	marks, err := disclosure.Suppress(disclosure.Table{Counts: counts, Sums: g.sums()},
		disclosure.Rule{Threshold: p.Threshold, HideZeros: p.HideZeros})
	if err != nil {
		return Table{}, fault.Wrap(fault.Internal, "release.unprotected", err)
	}
	t := Table{about: c.About, axes: cloneAxes(c.Axes), figures: make(map[string]Figure, len(counts))}
	t.about.Sources = slices.Clone(c.About.Sources)
	for i, at := range g.at {
		if marks[i] == disclosure.Shown {
			t.figures[key(at)] = Figure{n: counts[i], shown: true}
			continue
		}
		t.figures[key(at)] = Figure{}
	}
	return t, nil
}

// check refuses figures that do not say what they are.
func (a About) check() error {
	zero := date.Day{}
	said := a.Definition != "" && a.Version > 0 && a.Counted != "" && len(a.Sources) > 0 &&
		a.From != zero && a.Until != zero && a.Computed != zero && a.Persons != Unsaid
	if !said || a.From.Compare(a.Until) > 0 {
		return fault.New(fault.Internal, "release.about.incomplete")
	}
	return nil
}

func checkAxes(axes []Axis) error {
	if len(axes) > mostAxes {
		return errAxes()
	}
	cells := 1
	for _, a := range axes {
		if cells *= len(a.Values) + 1; cells > disclosure.MaxCells {
			return fault.New(fault.Internal, "release.large")
		}
		seen := map[string]bool{All: true}
		if a.Key == "" || len(a.Values) == 0 {
			return errAxes()
		}
		for _, v := range a.Values {
			if seen[v] || strings.Contains(v, separator) {
				return errAxes()
			}
			seen[v] = true
		}
	}
	return nil
}

func errAxes() error { return fault.New(fault.Internal, "release.axes") }

// grid is the table with its totals: every cell once, the values of each axis
// followed by All.
type grid struct {
	values [][]string
	at     [][]string
	index  map[string]int
}

func newGrid(axes []Axis) *grid {
	g := &grid{at: [][]string{nil}, index: map[string]int{}}
	for _, a := range axes {
		values := append(slices.Clone(a.Values), All)
		g.values = append(g.values, values)
		var wider [][]string
		for _, at := range g.at {
			for _, v := range values {
				wider = append(wider, append(slices.Clone(at), v))
			}
		}
		g.at = wider
	}
	for i, at := range g.at {
		g.index[key(at)] = i
	}
	return g
}

// counts lays the inner counts in the grid and adds the totals up.
func (g *grid) counts(given []Count) ([]int, error) {
	counts := make([]int, len(g.at))
	seen := map[int]bool{}
	for _, c := range given {
		i, ok := g.index[key(c.At)]
		if !ok || len(c.At) != len(g.values) || slices.Contains(c.At, All) {
			return nil, fault.New(fault.Internal, "release.count.unknown")
		}
		if c.N < 0 {
			return nil, fault.New(fault.Internal, "release.count.negative")
		}
		if seen[i] {
			return nil, fault.New(fault.Internal, "release.count.twice")
		}
		seen[i] = true
		g.add(counts, c.At, c.N)
	}
	return counts, nil
}

// add counts n in the cell and in every total that holds it.
func (g *grid) add(counts []int, at []string, n int) {
	for subset := range 1 << len(at) {
		there := slices.Clone(at)
		for axis := range at {
			if subset>>axis&1 == 1 {
				there[axis] = All
			}
		}
		counts[g.index[key(there)]] += n
	}
}

// sums says, for each axis, that the cell at All is the sum along the axis.
func (g *grid) sums() []disclosure.Sum {
	var sums []disclosure.Sum
	for total, at := range g.at {
		for axis, v := range at {
			if v != All {
				continue
			}
			s := disclosure.Sum{Total: total}
			there := slices.Clone(at)
			for _, value := range g.values[axis][:len(g.values[axis])-1] {
				there[axis] = value
				s.Parts = append(s.Parts, g.index[key(there)])
			}
			sums = append(sums, s)
		}
	}
	return sums
}

func plain(n int) string { return strconv.Itoa(n) }

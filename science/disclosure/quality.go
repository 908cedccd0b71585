package disclosure

import (
	"errors"
	"math"
	"runtime"
	"slices"
)

// Quality says how near a release comes to the records it stands for, combination by
// combination. A combination is one to Longest values of different columns; missing
// values, and "0" unless its column is among the sensitive zeros, are no values.
//
// It is computed from the real records and is not protected by the promise of the
// release: it is for those who may see the records.
type Quality struct {
	Persons   int      `json:"persons"` // in the real records
	Records   int      `json:"records"` // in the release
	Expansion float64  `json:"record_expansion_percent"`
	Lengths   []Length `json:"lengths"`
	All       Length   `json:"all"`
	Sizes     []Size   `json:"sizes"` // by how many records of the release have the combination
	Columns   []string `json:"columns"`
}

// Length is the quality of the combinations of one length; length 0 is all of them.
type Length struct {
	Length     int     `json:"length"`
	Real       int     `json:"real"`                   // combinations that somebody has
	Released   int     `json:"released"`               // that some released record has
	Mean       float64 `json:"mean_count"`             // persons, over the real ones
	Error      float64 `json:"mean_error"`             // persons, over the real ones; one that is not released counts as nobody
	Common     float64 `json:"mean_error_common"`      // over those that are in both
	Suppressed float64 `json:"suppressed_percent"`     // of the real ones, not released
	Lost       float64 `json:"mean_count_suppressed"`  // persons, over those not released
	Fabricated float64 `json:"fabricated_percent"`     // of the released ones, that nobody has
	Visible    float64 `json:"fabricated_visible_pct"` // the same, when counts under Hidden are not shown
	Leaked     int     `json:"leaked"`                 // rare among persons (under Rare) and among records
	Distance   float64 `json:"distance"`               // total variation, mean over sets of columns, missing values included
	Farthest   float64 `json:"distance_max"`
}

// Size is the quality of combinations that a similar number of records have.
type Size struct {
	From         int     `json:"from"` // records
	To           int     `json:"to"`   // records, this one not included; 0 is no end
	Combinations int     `json:"combinations"`
	Preserved    float64 `json:"preserved"`      // mean of min(released/real, 1)
	Relative     float64 `json:"relative_error"` // mean of |released-real|/real, 1 where nobody has it
}

// Comparison is how a quality is measured.
type Comparison struct {
	Longest int      // combinations of up to so many values; 3
	Hidden  int      // counts under it are not shown to readers; 11
	Rare    int      // combinations of fewer persons are rare; 10
	Zeros   []string // columns in which "0" is a value like any other
}

// Compare measures a release against the records it was made from; columns are
// matched by name, and those of the release count.
func (o Comparison) Compare(real, released *Records) (*Quality, error) {
	if o.Longest == 0 {
		o.Longest = 3
	}
	if o.Hidden == 0 {
		o.Hidden = 11
	}
	if o.Rare == 0 {
		o.Rare = 10
	}
	if o.Longest < 1 || o.Longest > 5 {
		return nil, errors.New("combinations have from one to five values")
	}
	m, err := match(real, released, o.Zeros)
	if err != nil {
		return nil, err
	}
	q := &Quality{Persons: real.Persons(), Records: released.Persons(), Columns: released.Columns,
		Expansion: 100 * (float64(released.Persons())/float64(max(1, real.Persons())) - 1)}
	sets := upTo(len(released.Columns), o.Longest)
	parts := make([]count, len(sets))
	each(len(sets), runtime.GOMAXPROCS(0), func(i int) { parts[i] = m.count(sets[i], o) })
	all := count{}
	for k := 1; k <= min(o.Longest, len(released.Columns)); k++ {
		sum := count{}
		for i, s := range sets {
			if s.size() == k {
				sum.add(parts[i])
			}
		}
		q.Lengths = append(q.Lengths, sum.length(k))
		all.add(sum)
	}
	q.All = all.length(0)
	q.Sizes = all.bins()
	return q, nil
}

// matched is two sets of records with codes of the same values; 0 is no value.
type matched struct {
	sizes         []int
	real, release [][]uint16
}

func match(real, released *Records, zeros []string) (*matched, error) {
	m := &matched{}
	for c, name := range released.Columns {
		at := slices.Index(real.Columns, name)
		if at < 0 {
			return nil, errors.New("the release has a column that the records have not")
		}
		values := []string{""}
		absent := func(v string) bool { return v == "" || v == "0" && !slices.Contains(zeros, name) }
		code := func(r *Records, c int) []uint16 {
			to := make([]uint16, len(r.Values[c]))
			for k, v := range r.Values[c] {
				at := 0
				if !absent(v) {
					if at = slices.Index(values, v); at < 0 {
						at = len(values)
						values = append(values, v)
					}
				}
				to[k] = uint16(at)
			}
			codes := make([]uint16, r.Persons())
			for i, k := range r.Codes[c] {
				codes[i] = to[k]
			}
			return codes
		}
		m.real, m.release = append(m.real, code(real, at)), append(m.release, code(released, c))
		m.sizes = append(m.sizes, len(values))
	}
	return m, nil
}

// count is what is summed over sets of columns.
type count struct {
	real, released, both, fabricated, shown, invented, leaked, sets int
	persons, errorBoth, lost, distance, farthest                    float64
	size                                                            [20]struct {
		n                   int
		preserved, relative float64
	}
}

// pair is how many persons and records have a combination.
type pair struct{ real, released int32 }

// count looks at the combinations over one set of columns.
func (m *matched) count(s set, o Comparison) (n count) {
	n.sets = 1
	cols := s.columns()
	persons, records := max(1, len(m.real[0])), max(1, len(m.release[0]))
	m.pairs(s, func(cell uint64, p pair) {
		n.distance += math.Abs(float64(p.real)/float64(persons)-float64(p.released)/float64(records)) / 2
		for i := len(cols) - 1; i >= 0; i-- {
			c := cols[i]
			if cell%uint64(m.sizes[c]) == 0 {
				return
			}
			cell /= uint64(m.sizes[c])
		}
		n.see(p, o)
	})
	n.farthest = n.distance
	return n
}

// see counts one combination.
func (n *count) see(p pair, o Comparison) {
	real, released := float64(p.real), float64(p.released)
	if p.real > 0 {
		n.real++
		n.persons += real
	}
	if p.released == 0 {
		n.lost += real
		return
	}
	n.released++
	if int(p.released) >= o.Hidden {
		n.shown++
	}
	relative := 1.0
	if p.real > 0 {
		n.both++
		n.errorBoth += math.Abs(real - released)
		relative = math.Abs(released-real) / real
	} else {
		n.fabricated++
		if int(p.released) >= o.Hidden {
			n.invented++
		}
	}
	if p.real > 0 && int(p.real) < o.Rare && int(p.released) < o.Rare {
		n.leaked++
	}
	bin := 0
	for limit := 10; bin < len(n.size)-1 && int(p.released) >= limit; limit *= 2 {
		bin++
	}
	n.size[bin].n++
	n.size[bin].relative += relative
	if p.real > 0 {
		n.size[bin].preserved += min(released/real, 1)
	} else {
		n.size[bin].preserved++
	}
}

func (n *count) add(m count) {
	n.real, n.released, n.both, n.fabricated = n.real+m.real, n.released+m.released, n.both+m.both, n.fabricated+m.fabricated
	n.shown, n.invented, n.leaked, n.sets = n.shown+m.shown, n.invented+m.invented, n.leaked+m.leaked, n.sets+m.sets
	n.persons, n.errorBoth, n.lost = n.persons+m.persons, n.errorBoth+m.errorBoth, n.lost+m.lost
	n.distance, n.farthest = n.distance+m.distance, max(n.farthest, m.farthest)
	for i, s := range m.size {
		n.size[i].n += s.n
		n.size[i].preserved += s.preserved
		n.size[i].relative += s.relative
	}
}

func (n *count) length(k int) Length {
	part := func(a float64, b int) float64 { return a / float64(max(b, 1)) }
	return Length{Length: k, Real: n.real, Released: n.released, Mean: part(n.persons, n.real), Leaked: n.leaked,
		Error: part(n.errorBoth+n.lost, n.real), Common: part(n.errorBoth, n.both),
		Lost: part(n.lost, n.real-n.both), Suppressed: 100 * part(float64(n.real-n.both), n.real), Fabricated: 100 * part(float64(n.fabricated), n.released),
		Visible:  100 * part(float64(n.invented), n.shown),
		Distance: part(n.distance, n.sets), Farthest: n.farthest}
}

func (n *count) bins() []Size {
	var all []Size
	from, to := 1, 10
	for i, s := range n.size {
		if s.n > 0 {
			b := Size{From: from, To: to, Combinations: s.n, Preserved: s.preserved / float64(s.n), Relative: s.relative / float64(s.n)}
			if i == len(n.size)-1 {
				b.To = 0
			}
			all = append(all, b)
		}
		from, to = to, 2*to
	}
	return all
}

// dense is the largest table that is counted in an array and not in a map.
const dense = 1 << 20

// pairs calls see for every combination of values, the missing among them, that
// somebody or some record has.
func (m *matched) pairs(s set, see func(cell uint64, p pair)) {
	if s.cells(m.sizes) <= dense {
		a, b := make([]int32, int(s.cells(m.sizes))), make([]int32, int(s.cells(m.sizes)))
		tally(m.real, m.sizes, s, a)
		tally(m.release, m.sizes, s, b)
		for i := range a {
			if a[i] > 0 || b[i] > 0 {
				see(uint64(i), pair{a[i], b[i]})
			}
		}
		return
	}
	found := map[uint64]pair{}
	for _, of := range []struct {
		codes [][]uint16
		add   pair
	}{{m.real, pair{1, 0}}, {m.release, pair{0, 1}}} {
		for i := range of.codes[0] {
			cell := uint64(0)
			for _, c := range s.columns() {
				cell = cell*uint64(m.sizes[c]) + uint64(of.codes[c][i])
			}
			p := found[cell]
			found[cell] = pair{p.real + of.add.real, p.released + of.add.released}
		}
	}
	for cell, p := range found {
		see(cell, p)
	}
}

package disclosure

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// Perturbation says how far the noise of the cell-key method goes.
type Perturbation struct {
	Most     int     // D: a count moves by at most so much
	Variance float64 // V: the variance of the noise, at most
	Never    int     // js: counts from 1 to this are never shown
}

// PTable is a table of the probabilities of noise, for each count.
type PTable struct {
	Perturbation
	rows [][]float64 // by count, the last for all greater ones, then by noise from -D to D
}

// last is the first count that every noise may reach: its least is 0 or more than js.
func (p Perturbation) last() int {
	if p.Never == 0 {
		return p.Most
	}
	return p.Most + p.Never + 1
}

// Table computes the probabilities: for each count i up to the first that every noise may
// reach, which stands for all greater ones, those of greatest entropy with
//
//	Σ p(v) = 1,  Σ v·p(v) = 0,  Σ v²·p(v) ≤ V,  i + v = 0 or > js,  |v| ≤ D
//	p rises up to v = 0 and falls from there, where v = 0 may be
//
// They are p(v) ∝ exp(a·v + b·v²), b = 0 when the variance is under V without it; where
// that would not rise or fall neighbours have one probability, of the mean of their
// exponents. A count of 0 stays. (Giessing: Computational issues in the design of
// transition probabilities and disclosure risk estimation for additive noise, PSD 2016;
// Marley, Leaver: A method for confidentialising user-defined tables, ISI 2011; Enderle,
// Giessing, Tent: Calculation of risk probabilities for the cell key method, PSD 2020.)
// A V too small for D and js has no solution and is refused.
func (p Perturbation) Table() (*PTable, error) {
	switch {
	case p.Most < 1 || p.Most > 100:
		return nil, errors.New("counts are moved by 1 to 100 at most")
	case !(p.Variance > 0) || math.IsInf(p.Variance, 1):
		return nil, errors.New("the variance of noise is more than 0")
	case p.Never < 0 || p.Never > p.Most:
		return nil, errors.New("counts that are never shown go from 1 to the greatest noise at most")
	}
	t := &PTable{Perturbation: p}
	for count := range p.last() + 1 {
		row, err := p.row(count)
		if err != nil {
			return nil, err
		}
		t.rows = append(t.rows, row)
	}
	return t, nil
}

// P is the probability that a count becomes another.
func (t *PTable) P(count, shown int) float64 {
	v := shown - count + t.Most
	if v < 0 || v > 2*t.Most || count < 0 {
		return 0
	}
	return t.rows[min(count, len(t.rows)-1)][v]
}

// Noise is what is added to a count with a key: the same key, the same noise.
func (t *PTable) Noise(count int, key uint64) int {
	at, sum, last := float64(key)/(1<<64), 0.0, 0
	for i, p := range t.rows[min(count, len(t.rows)-1)] {
		if p == 0 {
			continue
		}
		last = i - t.Most
		if sum += p; at < sum {
			return last
		}
	}
	return last // of keys so near to 1 that the sum of the probabilities is less
}

// row computes the probabilities of one count.
func (p Perturbation) row(count int) ([]float64, error) {
	row := make([]float64, 2*p.Most+1)
	if count == 0 {
		row[p.Most] = 1
		return row, nil
	}
	var groups [][]int // noises that have one probability
	for v := -p.Most; v <= p.Most; v++ {
		if to := count + v; to == 0 || to > p.Never {
			groups = append(groups, []int{v})
		}
	}
	for {
		e, err := entropy(groups, p.Variance)
		if err != nil {
			return nil, fmt.Errorf("a variance of %g is too small for noise of up to %d when counts of 1 to %d are never shown: %w", p.Variance, p.Most, p.Never, err)
		}
		merged := unite(groups, e, count > p.Never)
		if len(merged) == len(groups) {
			for g, group := range groups {
				for _, v := range group {
					row[v+p.Most] = e[g]
				}
			}
			return row, nil
		}
		groups = merged
	}
}

// unite puts the first two neighbours together that do not rise up to 0 or fall after.
func unite(groups [][]int, p []float64, peak bool) [][]int {
	if !peak {
		return groups
	}
	for g := range len(groups) - 1 {
		left, right := groups[g], groups[g+1]
		rises, falls := right[0] <= 0, left[len(left)-1] >= 0
		if rises && p[g] > p[g+1]*(1+1e-12) || falls && p[g] < p[g+1]*(1-1e-12) {
			var out [][]int
			out = append(out, groups[:g]...)
			out = append(out, append(append([]int{}, left...), right...))
			return append(out, groups[g+2:]...)
		}
	}
	return groups
}

var errNoNoise = errors.New("no noise has it")

// entropy gives the probability of each noise of each group, of greatest entropy with
// mean 0 and at most this variance.
func entropy(groups [][]int, variance float64) ([]float64, error) {
	e := exponents{variance: variance}
	for _, group := range groups {
		var v, square float64
		for _, x := range group {
			v, square = v+float64(x), square+float64(x*x)
		}
		n := float64(len(group))
		e.size, e.v, e.square = append(e.size, n), append(e.v, v/n), append(e.square, square/n)
	}
	p, spread, ok := e.solve(false)
	if ok && spread <= variance {
		return p, nil
	}
	if p, _, ok = e.solve(true); !ok {
		return nil, errNoNoise
	}
	return p, nil
}

// exponents are groups of noises: how many, their mean, and the mean of their squares.
type exponents struct {
	size, v, square []float64
	variance        float64
}

// at gives the probabilities for a and b, the log of what they are divided by, and the
// moments.
func (e exponents) at(a, b float64) (p []float64, log float64, m moments) {
	top := math.Inf(-1)
	for g := range e.size {
		top = max(top, a*e.v[g]+b*e.square[g])
	}
	z := 0.0
	for g := range e.size {
		p = append(p, math.Exp(a*e.v[g]+b*e.square[g]-top))
		z += e.size[g] * p[g]
	}
	for g := range p {
		p[g] /= z
		w := e.size[g] * p[g]
		m.v += w * e.v[g]
		m.s += w * e.square[g]
		m.vv += w * e.v[g] * e.v[g]
		m.vs += w * e.v[g] * e.square[g]
		m.ss += w * e.square[g] * e.square[g]
	}
	return p, top + math.Log(z), m
}

// moments are the means of v, v² and their products.
type moments struct{ v, s, vv, vs, ss float64 }

// solve minimises ln Z(a, b) - b·V, which is convex, by Newton's method with halved
// steps; without spread b stays 0.
func (e exponents) solve(spread bool) (p []float64, variance float64, ok bool) {
	a, b, target := 0.0, 0.0, 0.0
	if spread {
		target = e.variance
	}
	for range 200 {
		p, log, m := e.at(a, b)
		g1, g2 := m.v, m.s-target
		if !spread {
			g2 = 0
		}
		if math.Abs(g1) < 1e-13 && math.Abs(g2) < 1e-13 {
			return p, m.s, true
		}
		h11, h12, h22 := m.vv-m.v*m.v, m.vs-m.v*m.s, m.ss-m.s*m.s
		if !spread {
			h12, h22 = 0, 1
		}
		det := h11*h22 - h12*h12
		if !(det > 1e-300) {
			return nil, 0, false
		}
		da, db := -(h22*g1-h12*g2)/det, -(h11*g2-h12*g1)/det
		step := 1.0
		for ; step > 1e-12; step /= 2 {
			_, next, _ := e.at(a+step*da, b+step*db)
			if next-(b+step*db)*target <= log-b*target+1e-14 {
				break
			}
		}
		a, b = a+step*da, b+step*db
		if math.Abs(a)+math.Abs(b) > 1e4 {
			return nil, 0, false
		}
	}
	p, _, m := e.at(a, b)
	return p, m.s, math.Abs(m.v) < 1e-9 && (!spread || math.Abs(m.s-target) < 1e-9)
}

// Perturb adds noise to every count, totals too, by the cell-key method: what is added
// hangs on the count and on the marks of the persons in it, so that the same persons give
// the same noise in whatever table and whatever year, and to ask again tells nothing:
//
//	mark of a person = HMAC(secret, name) as a number from 0 to 2⁶⁴-1
//	key of a cell    = Σ marks mod 2⁶⁴,  shown = count + noise(count, key)
//
// A count of nobody stays 0. Totals are not the sums of what is shown. A reader knows each
// true count to within D; where sums tell more the audit says so, and the tables must
// not be published. It misleads whoever adds counts up, and shares must be computed from
// shown counts. Who has the secret can take all noise off.
func (l *Linked) Perturb(ctx context.Context, t *PTable, threshold int) (*Changed, error) {
	switch {
	case l.Marks == nil:
		return nil, errors.New("the cell-key method needs the names of persons and a secret: a column that tells persons apart, and no file of counts")
	case threshold < 1:
		return nil, ErrRule
	}
	out := &Changed{}
	for cell := range l.Shown {
		n := l.Table.Counts[cell]
		by := t.Noise(n, l.Marks[cell])
		out.Counts, out.Furthest = append(out.Counts, n+by), max(out.Furthest, by, -by)
	}
	low, high := l.beliefs(func(cell int) (low, high int) {
		shown := out.Counts[cell]
		low, high = l.Table.Counts[cell], l.Table.Counts[cell]
		for n := max(0, shown-t.Most); n <= shown+t.Most; n++ {
			if t.P(n, shown) > 0 {
				low, high = min(low, n), max(high, n)
			}
		}
		return low, high
	})
	var err error
	out.Audit, err = l.audit(ctx, low, high, threshold, (t.Most+1)/2)
	return out, err
}

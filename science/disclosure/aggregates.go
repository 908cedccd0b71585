package disclosure

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
)

// DPMarginals are the settings of the mechanism behind CTDC's Global Synthetic Dataset
// (Gopi, Mahabadi, Yekhanin: DP Marginals, in Microsoft's Synthetic Data Showcase):
// noisy counts of the combinations of one to Longest values. Missing values, and "0"
// unless its column is among Zeros, are no values. The zero value of a field is its
// default.
type DPMarginals struct {
	Promise    Promise
	Codebook   Codebook
	Longest    int       // 3
	Percentile float64   // of persons whose combinations are all counted; 99
	ForRanks   float64   // share of the budget for finding that percentile; 0.01
	ForPersons float64   // share of ε for the number of persons; 0.005
	Weights    []float64 // noise of each length against the others; 1/k: long ones more exact
	Fabricated float64   // η: 1 shows every count above 0, less shows fewer that nobody has
	Zeros      []string
	Tell       func(step string, share float64)
}

// Aggregates are noisy counts of combinations; each is at most the count of any part
// of it.
type Aggregates struct {
	Columns []string
	Values  [][]string // by column; Values[c][0] is "", no value
	Persons int        // about how many there are
	Longest int
	Cost    Cost
	Sigmas  []float64 // noise of a count, by length, before the counts of a person are bounded
	Bounds  []int     // how many combinations of each length one person is counted in

	sizes  []int
	sets   []set
	place  map[set]int
	counts [][]int32 // by set, then by cell; 0 where nothing is shown
}

// Split divides ρ among the percentiles, of which there is one for each length, and
// the counts: R·ε_Q²/2 + Σ 1/2σ_k² = ρ, with σ_k in proportion to the weights.
func Split(rho, forRanks float64, weights []float64) (epsilonRank float64, sigmas []float64) {
	sum := 0.0
	for _, w := range weights {
		sum += 1 / (w * w)
	}
	sigma := math.Sqrt(sum / (2 * rho * (1 - forRanks)))
	for _, w := range weights {
		sigmas = append(sigmas, w*sigma)
	}
	return math.Sqrt(2 * rho * forRanks / float64(len(weights))), sigmas
}

// ClassicRho is the ρ that Synthetic Data Showcase spends for (ε, δ), half of δ being
// kept for the threshold on single values (Bun and Steinke 2016, proposition 1.3):
// (√(ε + ln(2/δ)) - √ln(2/δ))². [Rho] gives more for the same promise, and is what
// is spent here.
func ClassicRho(epsilon, delta float64) float64 {
	l := math.Log(2 / delta)
	r := math.Sqrt(epsilon+l) - math.Sqrt(l)
	return r * r
}

// UnionThreshold is the threshold on the counts of single values with continuous noise
// of deviation σ√Δ, when a person has up to Δ of them: 1 + σ√Δ·Φ⁻¹((1-δ/2)^{1/Δ}).
// It stands here to be compared; [Variance.Threshold] is that of the noise drawn here.
func UnionThreshold(sigma, delta float64, values int) float64 {
	tail := -math.Expm1(math.Log1p(-delta/2) / float64(values))
	return 1 + sigma*math.Sqrt(float64(values))*math.Sqrt2*math.Erfcinv(2*tail)
}

func (o *DPMarginals) defaults(columns int) error {
	if o.Longest == 0 {
		o.Longest = min(3, columns)
	}
	if o.Percentile == 0 {
		o.Percentile = 99
	}
	if o.ForRanks == 0 {
		o.ForRanks = 0.01
	}
	if o.ForPersons == 0 {
		o.ForPersons = 0.005
	}
	if o.Fabricated == 0 {
		o.Fabricated = 1
	}
	if o.Weights == nil {
		for k := range o.Longest {
			o.Weights = append(o.Weights, 1/float64(k+1))
		}
	}
	if o.Tell == nil {
		o.Tell = func(string, float64) {}
	}
	switch {
	case o.Longest < 1 || o.Longest > min(4, columns):
		return errors.New("combinations have from one to four values, and not more than there are columns")
	case len(o.Weights) != o.Longest:
		return errors.New("there is one weight for each length")
	case !(o.Percentile > 0 && o.Percentile <= 100), !(o.ForRanks > 0 && o.ForRanks < 1), !(o.ForPersons > 0 && o.ForPersons < 1),
		!(o.Fabricated > 0 && o.Fabricated <= 1):
		return errors.New("a share lies between 0 and 1, a percentile between 0 and 100")
	}
	return nil
}

// marginals is a run.
type marginals struct {
	DPMarginals
	ctx     context.Context
	chance  *Chance
	r       *Records
	out     *Aggregates
	alive   [][]bool // by set: the cells that may be counted
	workers int
}

// Count makes the aggregates. The bound on a person's combinations is found with noise
// over a range that is public; whoever has more is counted in that many, drawn evenly.
func (o DPMarginals) Count(ctx context.Context, r *Records, c *Chance) (*Aggregates, error) {
	if err := errors.Join(o.Promise.Check(), o.Codebook.check(r.Columns)); err != nil {
		return nil, err
	}
	if err := o.defaults(len(r.Columns)); err != nil {
		return nil, err
	}
	m := &marginals{DPMarginals: o, ctx: ctx, chance: c, workers: max(1, runtime.GOMAXPROCS(0))}
	a := &Aggregates{Columns: r.Columns, Longest: o.Longest, place: map[set]int{}}
	m.out = a
	open := AIM{Promise: o.Promise, Codebook: o.Codebook}.thresholdDelta(r)
	a.Cost = Cost{Rho(o.Promise.Epsilon, o.Promise.Delta-open), open}
	forN := o.ForPersons * o.Promise.Epsilon
	s := uint64(forN * (1 << 30)) // scale 2^30/s: rounded down, never less noise
	if s == 0 {
		return nil, errVariance
	}
	a.Persons = max(0, r.Persons()+int(c.Laplace(1<<30, s)))
	epsilonRank, sigmas := Split(a.Cost.Rho-forN*forN/2, o.ForRanks, o.Weights)
	a.Sigmas = sigmas
	for k := 1; k <= o.Longest; k++ {
		o.Tell("counting", float64(k-1)/float64(o.Longest))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if k == 1 {
			err = m.single(r, epsilonRank, sigmas[0], open)
		} else {
			err = m.longer(k, epsilonRank, sigmas[k-1])
		}
		if err != nil {
			return nil, err
		}
	}
	a.agree()
	return a, c.Err()
}

// present is the records with "" and insignificant "0" as no value.
func (r *Records) present(zeros []string) *Records {
	var keep [][]string
	for c, values := range r.Values {
		var some []string
		for _, v := range values[1:] {
			if v == "0" && !contains(zeros, r.Columns[c]) {
				continue
			}
			some = append(some, v)
		}
		keep = append(keep, some)
	}
	return r.chosen(keep)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// bound finds how many combinations a person may be counted in, from how many persons
// have 0, 1, … of them.
func (m *marginals) bound(counts []int64, epsilon float64) int {
	b := max(1, m.chance.flip(percentileQuality(counts, m.Percentile), epsilon))
	m.out.Bounds = append(m.out.Bounds, b)
	return b
}

// single counts the values one by one, and keeps those that many persons have.
func (m *marginals) single(r *Records, epsilonRank, sigma, delta float64) error {
	r = r.present(m.Zeros)
	d := len(r.Columns)
	n := make([]int64, d+1)
	for i := range r.Persons() {
		has := 0
		for c := range d {
			if r.Codes[c][i] != 0 {
				has++
			}
		}
		n[has]++
	}
	most := m.bound(n, epsilonRank)
	v, err := NewVariance(sigma * sigma * float64(most))
	if err != nil {
		return err
	}
	bounded := r.bounded(most, m.chance.stream())
	keep, noisy := m.threshold(bounded, v, most, delta)
	m.r = r.chosen(keep)
	m.out.Values, m.out.sizes = m.r.Values, m.r.sizes()
	for c, values := range m.r.Values {
		m.add(1<<c, len(values))
		for code := 1; code < len(values); code++ {
			m.out.counts[c][code], m.alive[c][code] = noisy[c][code-1], true
		}
	}
	return nil
}

// threshold gives the values that are shown, with their counts.
func (m *marginals) threshold(r *Records, v Variance, most int, delta float64) (keep [][]string, noisy [][]int32) {
	limit := int64(1)
	if delta > 0 {
		limit = v.Threshold(delta, most)
	}
	for c, name := range r.Columns {
		n := r.histogram(c)
		var values []string
		var counts []int32
		listed, public := m.Codebook[name]
		try := func(value string, count, least int64) {
			if count += m.chance.Gaussian(v); count >= least {
				values, counts = append(values, value), append(counts, int32(min(count, math.MaxInt32)))
			}
		}
		if public {
			for _, value := range listed {
				if value == "0" && !contains(m.Zeros, name) {
					continue
				}
				count := int64(0)
				for at, x := range r.Values[c] {
					if x == value {
						count = n[at]
					}
				}
				try(value, count, 1)
			}
		} else {
			for _, at := range r.byValue(c) {
				if n[at] > 0 {
					try(r.Values[c][at], n[at], limit)
				}
			}
		}
		keep, noisy = append(keep, values), append(noisy, counts)
	}
	return keep, noisy
}

// bounded keeps at most so many values of each person, drawn evenly.
func (r *Records) bounded(most int, dice *rand.Rand) *Records {
	out := &Records{Columns: r.Columns, Values: r.Values, Rows: r.Rows}
	for _, codes := range r.Codes {
		out.Codes = append(out.Codes, append([]uint16(nil), codes...))
	}
	var has []int
	for i := range r.Persons() {
		has = has[:0]
		for c := range out.Codes {
			if out.Codes[c][i] != 0 {
				has = append(has, c)
			}
		}
		for len(has) > most {
			k := dice.IntN(len(has))
			out.Codes[has[k]][i] = 0
			has[k] = has[len(has)-1]
			has = has[:len(has)-1]
		}
	}
	return out
}

// add makes room for the table over a set.
func (m *marginals) add(s set, cells int) {
	m.out.place[s] = len(m.out.sets)
	m.out.sets = append(m.out.sets, s)
	m.out.counts = append(m.out.counts, make([]int32, cells))
	m.alive = append(m.alive, make([]bool, cells))
}

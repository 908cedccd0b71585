package linkage

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Link is a pair of records, the earlier first, and what speaks for it.
type Link struct {
	A, B   int
	Weight float64 // log2 odds that they are one person
}

// Probability is 2^w/(1+2^w).
func (l Link) Probability() float64 { return 1 / (1 + math.Exp2(-l.Weight)) }

// Result is what comparing a table gave. Links below a probability of Kept are
// not held.
type Result struct {
	Model     *Model
	Pairs     int        // compared
	Possible  float64    // pairs that could be one person
	Rules     [][]string // what records had to agree on to be compared
	Converged bool       // whether the EM came to rest
	Links     []Link     // most probable first

	table    *Table
	features []*feature
}

// Kept is the least probability of a link that is held.
const Kept = 0.001

// Options say how to compare.
type Options struct {
	Train bool   // estimate m, u and λ even when the model has them
	Seed  uint64 // of the random pairs for u
	// Tell, if not nil, is told what is being done and which share of it is.
	Tell func(step string, share float64)
}

// Run compares a table by a model and weighs every pair.
func Run(ctx context.Context, t *Table, m *Model, o Options) (*Result, error) {
	if err := m.check(t); err != nil {
		return nil, err
	}
	own := *m
	own.Comparisons = slices.Clone(m.Comparisons)
	for i := range own.Comparisons {
		own.Comparisons[i].Levels = slices.Clone(own.Comparisons[i].Levels)
	}
	tell := func(step string) func(float64) {
		if o.Tell == nil {
			return nil
		}
		return func(share float64) { o.Tell(step, share) }
	}
	features := prepare(t, &own)
	rules := blocking(t, &own, features)
	pairs, list, err := comparePairs(ctx, t, features, rules, tell("comparing"))
	if err != nil {
		return nil, err
	}
	r := &Result{Model: &own, Possible: t.pairs(), table: t, features: features, Converged: true}
	for _, rule := range rules {
		r.Rules = append(r.Rules, rule.Names)
	}
	for _, some := range pairs {
		r.Pairs += len(some)
	}
	trained := o.Train || own.Lambda == 0
	if trained {
		r.Converged = fit(&own, features, counted(features, pairs, list), sampled(t, features, o.Seed), r.Possible, t.n)
	}
	for i, f := range features {
		own.Comparisons[i].Levels = f.Levels
	}
	return r, r.weigh(ctx, pairs, list, trained)
}

// weigh scores all pairs. When the model was trained here, λ is estimated once
// more with the frequencies of the values themselves.
func (r *Result) weigh(ctx context.Context, pairs [][]compared, list []uint64, trained bool) error {
	base := make([]float64, len(list))
	weights := logs(r.features)
	same := make([]uint64, len(list)) // which comparisons found the same value
	for i, code := range list {
		for k, found := range findingsOf(r.features, code) {
			base[i] += weights[k][found]
			if f := r.features[k]; found > 0 && int(found-1) == f.exact {
				same[i] |= 1 << k
			}
		}
	}
	if trained {
		r.Model.Lambda = r.share(pairs, base, same)
	}
	odds := math.Log(r.Model.Lambda / (1 - r.Model.Lambda))
	least := math.Log(Kept / (1 - Kept))
	for _, some := range pairs {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, p := range some {
			if w := odds + base[p.pattern] + r.frequencies(p, same[p.pattern]); w >= least {
				r.Links = append(r.Links, Link{int(min(p.a, p.b)), int(max(p.a, p.b)), w / math.Ln2})
			}
		}
	}
	slices.SortFunc(r.Links, func(x, y Link) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return nil
}

// share solves λ = Σ p(λ)/N with the weights as they are used, by iteration over
// a histogram of the weights (a hundredth of a unit wide).
func (r *Result) share(pairs [][]compared, base []float64, same []uint64) float64 {
	const width, most = 0.01, 6000
	counts := make([]float64, 2*most+1)
	for _, some := range pairs {
		for _, p := range some {
			w := base[p.pattern] + r.frequencies(p, same[p.pattern])
			counts[most+int(max(-most, min(most, math.Round(w/width))))]++
		}
	}
	var full []int // most are empty
	for i, n := range counts {
		if n > 0 {
			full = append(full, i)
		}
	}
	lambda := r.Model.Lambda
	for range mostRounds {
		odds, sum := math.Log(lambda/(1-lambda)), 0.0
		for _, i := range full {
			sum += counts[i] / (1 + math.Exp(-odds-float64(i-most)*width))
		}
		next := max(sum/r.Possible, 0.5/r.Possible)
		if math.Abs(next-lambda) < converged*lambda {
			return next
		}
		lambda = next
	}
	return lambda
}

// frequencies is the adjustment for how frequent the shared values are: for each
// comparison that found the same value, ln(u/tf). Frequent names of birth order
// (Nyandwi, Minani) weigh less than rare ones.
func (r *Result) frequencies(p compared, same uint64) float64 {
	sum := 0.0
	for k := 0; same != 0; k, same = k+1, same>>1 {
		if same&1 == 1 {
			f := r.features[k]
			sum += f.frequency(f.codes[p.a])
		}
	}
	return sum
}

// frequency is ln(u/tf) of a value. tf is the chance that another record has the
// value too, so the record itself is not counted. A value that nobody but these
// two has is no more frequent than values are (u), and at most half as frequent as
// one more record would make it: in a small table most days of birth are new.
func (f *feature) frequency(code uint32) float64 {
	u, one := f.Levels[f.exact].U, f.least
	tf := f.freq[code] - one
	if tf < 1.5*one {
		tf = min(one/2, u)
	}
	return math.Log(u / tf)
}

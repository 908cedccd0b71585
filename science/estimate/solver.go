package estimate

import (
	"math"
	"slices"
)

// solver fits models to one table after another without asking for memory.
//
// The design matrix is never written down. Its rows are the histories w, its
// columns the terms θ, and an entry is 1 where θ ⊆ w. So Xα is a sum over subsets,
// X'v a sum over supersets, and entry (θ, φ) of X'WX is the superset sum of the
// weights at θ ∪ φ: two passes of t·2^(t-1) additions, and one look-up an entry.
type solver struct {
	lists   int
	y       []float64 // 2^t counts; y[0] is zero unless the empty history is in the data
	logs    []float64 // log y, where there is one
	nstar   []float64 // superset sums of y
	outside []bool    // histories that left the data; the empty one too, but for whole

	terms   []Term // those that are estimated; [0] is the intercept
	minus   []Term // those at minus infinity
	beta    []float64
	eta, mu []float64
	work    []float64
	gram    []float64 // p × p, the factor of Cholesky after solve
	right   []float64
	aliased []bool // columns that others give: their coefficient is not identified
	iters   int
	settled bool
	// tolerance is the relative change of the deviance that ends a fit.
	tolerance float64
	dev       float64
	shell     checker
	// prior is the precision of a normal prior of mean zero for each term: nil for
	// none, as in all but thresholding.
	prior []float64
}

func newSolver(lists int) *solver {
	n := 1 << lists
	return &solver{lists: lists, tolerance: precision, y: make([]float64, n), nstar: make([]float64, n), outside: make([]bool, n), logs: make([]float64, n),
		eta: make([]float64, n), mu: make([]float64, n), work: make([]float64, n)}
}

// load takes the counts of a table, 2^t numbers.
func (s *solver) load(y []float64) {
	copy(s.y, y)
	copy(s.nstar, y)
	overSupersets(s.nstar)
	for w, n := range y {
		if n > 0 {
			s.logs[w] = math.Log(n)
		}
	}
}

// use takes a model: which terms are estimated and which histories are left.
// whole keeps the empty history in the data, with the count y[0].
func (s *solver) use(m Model, whole bool) {
	s.terms, s.minus = s.terms[:0], s.minus[:0]
	clear(s.outside)
	s.outside[0] = !whole
	put := func(t Term) {
		if t != 0 && s.nstar[t] == 0 {
			s.drop(t)
		} else {
			s.terms = append(s.terms, t)
		}
	}
	put(0)
	for i := range s.lists {
		put(1 << i)
	}
	for _, t := range m {
		put(t)
	}
	s.resize()
}

// resize makes room for the terms.
func (s *solver) resize() {
	p := len(s.terms)
	s.beta, s.right, s.aliased = grown(s.beta, p), grown(s.right, p), grown(s.aliased, p)
	s.gram = grown(s.gram, p*p)
}

func grown[T any](v []T, n int) []T { return slices.Grow(v[:0], n)[:n] }

// drop puts a term at minus infinity; no history above it can then be seen.
func (s *solver) drop(t Term) {
	s.minus = append(s.minus, t)
	rest := Term(len(s.y)-1) &^ t
	for sub := rest; ; sub = (sub - 1) & rest {
		s.outside[t|sub] = true
		if sub == 0 {
			return
		}
	}
}

// The rule to stop is that of R's glm, so that the figures agree to the last
// digits: the deviance changes by less than 1e-8 of itself, in at most 25 rounds.
const (
	precision = 1e-8
	rounds    = 25
)

// fit finds the maximum of the likelihood by iteratively reweighted least
// squares, from μ = y + 0.1. Afterwards beta, mu, dev and gram are set; gram is the
// factor of the weights with which the last round began, from which standard
// errors are taken everywhere.
func (s *solver) fit() {
	s.first()
	before := math.Inf(1)
	for s.iters = 1; s.iters <= rounds; s.iters++ {
		if s.iters > 1 {
			s.step()
		}
		s.predict()
		s.dev = s.deviance()
		if math.Abs(s.dev-before)/(math.Abs(s.dev)+0.1) < s.tolerance {
			s.settled = true
			return
		}
		before = s.dev
	}
	s.iters, s.settled = rounds, false
}

// first is the round that starts from the data: the working response is
// log(y + 0.1) - 0.1/(y + 0.1), the weights y + 0.1.
func (s *solver) first() {
	for w, y := range s.y {
		s.mu[w], s.work[w] = 0, 0
		if !s.outside[w] {
			m := y + 0.1
			s.mu[w] = m
			s.work[w] = m*math.Log(m) - 0.1
		}
	}
	overSupersets(s.work)
	for i, t := range s.terms {
		s.right[i] = s.work[t]
	}
	s.factor()
	s.solve()
	copy(s.beta, s.right)
}

// step is every other round: α moves by (X'WX)⁻¹ X'(y - μ).
func (s *solver) step() {
	s.factor()
	for i, t := range s.terms {
		s.right[i] = s.nstar[t] - s.work[t] // factor left the superset sums of mu there
	}
	s.solve()
	for i, d := range s.right {
		s.beta[i] += d
	}
}

// predict sets eta and mu from beta.
func (s *solver) predict() {
	clear(s.eta)
	for i, t := range s.terms {
		s.eta[t] = s.beta[i]
	}
	overSubsets(s.eta)
	for w, e := range s.eta {
		s.mu[w] = 0
		if !s.outside[w] {
			s.mu[w] = max(math.Exp(e), 0x1p-52)
		}
	}
}

// deviance is 2 Σ y log(y/μ) - (y - μ), with 0 log 0 = 0.
func (s *solver) deviance() float64 {
	d := 0.0
	for w, y := range s.y {
		if s.outside[w] {
			continue
		}
		d -= y - s.mu[w]
		if y > 0 {
			d += y * (s.logs[w] - s.eta[w])
		}
	}
	return 2 * d
}

// likelihood is Σ y log μ - μ - log y!.
func (s *solver) likelihood() float64 {
	l := 0.0
	for w, y := range s.y {
		if s.outside[w] {
			continue
		}
		g, _ := math.Lgamma(y + 1)
		l -= s.mu[w] + g
		if y > 0 {
			l += y * s.eta[w]
		}
	}
	return l
}

package estimate

import (
	"errors"
	"math"
)

// DefaultThreshold is the p-value under which a pair enters a stepwise model.
// [S: Chan, Silverman and Vincent 2021] found 0.02 to do well in simulations.
const DefaultThreshold = 0.02

// Stepwise is the method of Chan, Silverman and Vincent (2021). It begins with the
// main effects. In each round, for every pair that is absent, the count N* of the
// persons on both lists is set against the expectation p* of the model at hand, and
// the smaller of P(X ≤ N*) and P(X ≥ N*) is its p-value, X ~ Poisson(p*). The pair
// of least p-value below the threshold enters, the first one among equals; a pair
// with which the model would have no estimate, or more than one, does not. It ends
// when no pair is left.
//
// It finds no dependence of three lists, and it tests many times on one table: the
// threshold is a habit and no probability of error. Look at several.
func Stepwise(h *Histories, threshold float64) (*Fitted, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := checkThreshold(threshold); err != nil {
		return nil, err
	}
	s := newSolver(len(h.Lists))
	s.load(h.floats())
	st := newStepper(len(h.Lists), threshold)
	m := st.choose(s)
	return s.fitted(append(Model(nil), m...), h.Observed()), nil
}

func checkThreshold(p float64) error {
	if !(p >= 0 && p <= 1) {
		return errors.New("the threshold of a p-value lies between 0 and 1")
	}
	return nil
}

// stepper has the memory of a search.
type stepper struct {
	threshold float64
	pairs     Model
	in        []bool
	p         []float64
	model     Model
	dark      float64 // exp(α_∅) of the model
}

func newStepper(lists int, threshold float64) *stepper {
	pairs := Pairs(lists)
	return &stepper{threshold: threshold, pairs: pairs, in: make([]bool, len(pairs)), p: make([]float64, len(pairs)),
		model: make(Model, 0, len(pairs))}
}

// choose gives the model for the table that the solver holds, in the stepper's own
// memory, and sets dark.
func (st *stepper) choose(s *solver) Model {
	st.model = st.model[:0]
	clear(st.in)
	for {
		s.use(st.model, false)
		s.fit()
		st.dark = math.Exp(s.beta[0])
		if len(st.model) == len(st.pairs) || !st.add(s) {
			return st.model
		}
	}
}

// add looks for the next pair and puts it into the model. The test of existence
// is made only for the pair that would enter.
func (st *stepper) add(s *solver) bool {
	copy(s.work, s.mu)
	overSupersets(s.work)
	for k, pair := range st.pairs {
		st.p[k] = 2
		if !st.in[k] {
			st.p[k] = poissonTail(s.nstar[pair], s.work[pair])
		}
	}
	before := len(st.model)
	for {
		best, least := -1, st.threshold
		for k, p := range st.p {
			if p < least {
				best, least = k, p
			}
		}
		if best < 0 {
			st.model = st.model[:before]
			return false
		}
		st.model = append(st.model[:before], st.pairs[best])
		if s.check(st.model) == 0 {
			st.in[best] = true
			return true
		}
		st.p[best] = math.Inf(1)
	}
}

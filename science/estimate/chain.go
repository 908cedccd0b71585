package estimate

import (
	"context"
	"errors"
	"math"
	"slices"
)

// chains is how many chains are drawn; it does not depend on the cores, so that the
// answer does not either.
const chains = 4

// drawnTerms is what is kept of the draws of a posterior of coefficients.
type drawnTerms struct {
	mean, sd []float64 // of each term
	first    []float64 // every draw of the intercept
}

// draw draws from the posterior of the solver's model: random-walk Metropolis from
// the mode, with steps shaped by the curvature there and 2.38/√p long (Roberts,
// Gelman and Gilks 1997). A fifth as many draws go before and are not kept.
func (t *thresholder) draw(ctx context.Context) (*drawnTerms, error) {
	s := t.s
	s.prior = nil
	if !t.Improper {
		s.prior = make([]float64, len(s.terms))
		for i, term := range s.terms {
			s.prior[i] = 1e-4
			if term.Order() > 1 {
				s.prior[i] = 1 / t.Variance
			}
		}
	}
	defer func() { s.prior = nil }()
	if !s.mode() {
		return nil, errors.New("the posterior has no mode that can be found")
	}
	t.runs++
	parts := make([]*walk, chains)
	err := spread(ctx, chains, nil, func() func(int) {
		return func(job int) {
			parts[job] = newWalk(s, newDice(t.Seed, t.runs<<8|uint64(job)))
			parts[job].run(ctx, t.Draws)
		}
	})
	if err != nil {
		return nil, err
	}
	return gather(parts, len(s.terms), t.Draws), nil
}

// mode climbs to the top of the posterior by Newton steps, halved until they climb.
// It starts at independent lists with four unseen for each one seen.
func (s *solver) mode() bool {
	n := s.total()
	clear(s.beta)
	for i, t := range s.terms {
		switch t.Order() {
		case 0:
			s.beta[i] = math.Log(5 * n)
		case 1:
			s.beta[i] = math.Log(max(s.nstar[t], 0.5) / (5 * n))
		}
	}
	s.predict()
	now := s.height(s.beta)
	last := slices.Clone(s.beta)
	for range 200 {
		s.factor()
		for i, t := range s.terms {
			s.right[i] = s.nstar[t] - s.work[t]
			if s.prior != nil {
				s.right[i] -= s.prior[i] * s.beta[i]
			}
		}
		s.solve()
		copy(last, s.beta)
		step := 1.0
		for ; step > 1e-9; step /= 2 {
			for i, d := range s.right {
				s.beta[i] = last[i] + step*d
			}
			s.predict()
			if next := s.height(s.beta); next >= now-1e-9*math.Abs(now) && !math.IsNaN(next) {
				if next-now < 1e-10 && step == 1 {
					s.factor()
					return !slices.Contains(s.aliased, true)
				}
				now = max(now, next)
				break
			}
		}
	}
	return false
}

// height is the logarithm of the posterior at beta, up to a constant, with eta and mu
// as predict set them.
func (s *solver) height(beta []float64) float64 {
	sum := 0.0
	for i, t := range s.terms {
		sum += s.nstar[t] * beta[i]
		if s.prior != nil {
			sum -= s.prior[i] * beta[i] * beta[i] / 2
		}
	}
	for _, m := range s.mu {
		sum -= m
	}
	return sum
}

// walk is one chain.
type walk struct {
	*solver
	*dice
	shape  []float64 // the factor of the curvature at the mode
	at     []float64
	mean   []float64
	square []float64
	first  []float64
}

func newWalk(s *solver, d *dice) *walk {
	c := &solver{lists: s.lists, y: s.y, nstar: s.nstar, outside: s.outside, terms: s.terms, prior: s.prior,
		eta: make([]float64, len(s.y)), mu: make([]float64, len(s.y)), beta: slices.Clone(s.beta)}
	p := len(s.terms)
	return &walk{solver: c, dice: d, shape: slices.Clone(s.gram[:p*p]), at: slices.Clone(s.beta),
		mean: make([]float64, p), square: make([]float64, p)}
}

func (w *walk) run(ctx context.Context, draws int) {
	p := len(w.at)
	length := 2.38 / math.Sqrt(float64(p))
	w.predict()
	height := w.height(w.at)
	step := make([]float64, p)
	mode := slices.Clone(w.at)
	for i := -draws / 5; i < draws; i++ {
		if i&1023 == 0 && ctx.Err() != nil {
			return
		}
		for k := p - 1; k >= 0; k-- { // L'x = z gives x the variance (LL')⁻¹
			x := w.NormFloat64()
			for r := k + 1; r < p; r++ {
				x -= w.shape[r*p+k] * step[r]
			}
			step[k] = x / w.shape[k*p+k]
		}
		for k := range step {
			w.beta[k] = w.at[k] + length*step[k]
		}
		w.predict()
		if next := w.height(w.beta); next-height > -w.ExpFloat64() {
			copy(w.at, w.beta)
			height = next
		}
		if i < 0 {
			continue
		}
		w.first = append(w.first, w.at[0])
		for k, x := range w.at {
			w.mean[k] += x - mode[k]
			w.square[k] += (x - mode[k]) * (x - mode[k])
		}
	}
	for k := range w.mean {
		w.square[k] += 2*mode[k]*w.mean[k] + mode[k]*mode[k]*float64(draws)
		w.mean[k] += mode[k] * float64(draws)
	}
}

func gather(parts []*walk, p, draws int) *drawnTerms {
	d := &drawnTerms{mean: make([]float64, p), sd: make([]float64, p)}
	n := float64(len(parts) * draws)
	for _, w := range parts {
		d.first = append(d.first, w.first...)
		for k := range p {
			d.mean[k] += w.mean[k] / n
			d.sd[k] += w.square[k] / n
		}
	}
	for k, m := range d.mean {
		d.sd[k] = math.Sqrt((d.sd[k] - m*m) * n / (n - 1))
	}
	return d
}

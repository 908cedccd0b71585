package estimate

import (
	"context"
	"errors"
	"math"
	"slices"
)

// Classes says how latent classes are drawn. The zero value is the usual.
type Classes struct {
	Most      int // classes at most; 0 means 10
	Particles int // drawn side by side; 0 means 120
	Steps     int // in which the persons are let in; 0 means 80
	Moves     int // rounds of each particle in each step; 0 means 20
	Rounds    int // kept rounds of each particle at the end; 0 means 50
	Seed      uint64
}

// Latent is the latent-class model of Manrique-Vallier (2016): persons belong to
// classes that nobody sees, and within a class the lists are independent. With ν_k
// the share of class k, λ_jk the probability that a member is on list j,
//
//	P(history w) = Σ_k ν_k Π_j λ_jk^{w_j} (1 - λ_jk)^{1 - w_j}
//	ν_k = V_k Π_{l<k} (1 - V_l),  V_k ~ Beta(1, α),  α ~ Gamma(1/4, 1/4),  λ_jk ~ Beta(1, 1)
//	p(N) ∝ 1/N, and at most twenty unseen for each one seen
//
// Dependence between lists comes from classes that differ, and the number of classes
// is found by the model.
//
// Its posterior often has several humps far apart, and one chain of Gibbs sampling, as
// LCMCR draws it, stays in whichever it meets first. So here many particles begin at
// the prior, the persons are let in a few at a time, and particles are drawn anew by
// how well they foretold the newcomers (Chopin 2002); between, Gibbs sampling moves
// them. Each hump is then visited for what it weighs, up to the chance of the draw.
//
// It misleads when a class is hardly on any list: how large it is can then be read
// from the prior only, and the interval is wide and depends on it.
func Latent(ctx context.Context, h *Histories, c Classes) (*Posterior, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	for _, d := range []struct {
		n     *int
		usual int
	}{{&c.Most, 10}, {&c.Particles, 120}, {&c.Steps, 80}, {&c.Moves, 20}, {&c.Rounds, 50}} {
		if *d.n == 0 {
			*d.n = d.usual
		}
		if *d.n < 1 || *d.n > 100_000 {
			return nil, errors.New("latent classes take numbers of classes, particles, steps, moves and rounds between 1 and 100,000")
		}
	}
	f := newFlock(h, c)
	counts := make([]int, len(f.full))
	for step := 1; step <= c.Steps; step++ {
		// So many persons are in: from five to all, each time by the same factor.
		share := math.Pow(5/float64(max(5, h.Observed())), 1-float64(step)/float64(c.Steps))
		before := slices.Clone(counts)
		for i, n := range f.full {
			counts[i] = int(math.Round(share * float64(n)))
		}
		f.choose(before, counts)
		if err := f.move(ctx, counts, c.Moves, nil); err != nil {
			return nil, err
		}
	}
	kept := make([][]float64, c.Particles)
	if err := f.move(ctx, counts, 4*c.Rounds, kept); err != nil {
		return nil, err
	}
	p := drawn(slices.Concat(kept...))
	return &p, nil
}

// flock is the particles.
type flock struct {
	*dice
	cells     []Term // the seen histories
	full      []int  // and their persons
	particles []*mixture
	weight    []float64 // log
}

func newFlock(h *Histories, c Classes) *flock {
	f := &flock{dice: newDice(c.Seed, 1<<40), cells: h.seen(), weight: make([]float64, c.Particles)}
	for _, w := range f.cells {
		f.full = append(f.full, h.Counts[w])
	}
	for i := range c.Particles {
		f.particles = append(f.particles, newMixture(len(h.Lists), f.cells, c.Most, newDice(c.Seed, uint64(i))))
	}
	return f
}

// choose weighs each particle by the likelihood of the counts against that of those
// before, and draws the flock anew when half of it carries hardly any weight.
func (f *flock) choose(before, counts []int) {
	top := math.Inf(-1)
	for i, m := range f.particles {
		f.weight[i] += m.likelihood(counts) - m.likelihood(before)
		if math.IsNaN(f.weight[i]) {
			f.weight[i] = math.Inf(-1)
		}
		top = max(top, f.weight[i])
	}
	if math.IsInf(top, -1) { // nobody foretold it: none is better than another
		clear(f.weight)
		return
	}
	sum, squares := 0.0, 0.0
	for i, w := range f.weight {
		f.weight[i] = w - top
		x := math.Exp(w - top)
		sum += x
		squares += x * x
	}
	if sum*sum/squares >= float64(len(f.particles))/2 {
		return
	}
	f.resample(sum)
}

// resample draws systematically: particle i comes back n·w_i times, rounded by one
// throw for all.
func (f *flock) resample(sum float64) {
	n := len(f.particles)
	var keep []int
	at, u := 0.0, f.Float64()
	for i, w := range f.weight {
		at += math.Exp(w) / sum * float64(n)
		for float64(len(keep))+u < at && len(keep) < n {
			keep = append(keep, i)
		}
	}
	for len(keep) < n {
		keep = append(keep, n-1)
	}
	times := make([]int, n)
	for _, i := range keep {
		times[i]++
	}
	free := 0
	for i, k := range times {
		for ; k > 1; k-- {
			for times[free] > 0 {
				free++
			}
			f.particles[free].become(f.particles[i])
			times[free] = 1
		}
	}
	clear(f.weight)
}

// move lets every particle make some rounds. With kept, particles are first drawn to
// equal weight, and every fourth round's population is put there.
func (f *flock) move(ctx context.Context, counts []int, rounds int, kept [][]float64) error {
	if kept != nil {
		sum := 0.0
		for _, w := range f.weight {
			sum += math.Exp(w)
		}
		f.resample(sum)
	}
	n := 0
	for _, c := range counts {
		n += c
	}
	return spread(ctx, len(f.particles), nil, func() func(int) {
		return func(i int) {
			for r := range rounds {
				f.particles[i].round(counts, n)
				if kept != nil && r%4 == 3 {
					kept[i] = append(kept[i], float64(n+f.particles[i].missing))
				}
			}
		}
	})
}

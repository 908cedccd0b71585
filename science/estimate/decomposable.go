package estimate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Averaging says how decomposable graphs are averaged. The zero value is the usual.
type Averaging struct {
	Delta  float64 // prior observations in each history; 0 means 2^-t
	Unseen int     // the most unseen persons thought possible; 0 lets the table say
	Step   int     // distance of the numbers tried; 0 means 1, or more when there are very many
}

// Averaged is the average over graphs.
type Averaged struct {
	Posterior
	Unseen int // the most unseen persons that were thought possible
	Graphs []WeighedGraph
}

// WeighedGraph is one graph with its posterior probability.
type WeighedGraph struct {
	Edges       Model
	Probability float64
}

// Decomposable averages over all decomposable graphical models (Madigan and York
// 1997), of which lists without an edge between them are independent given the rest.
// With a hyper-Dirichlet prior of δ observations in each history, and a prior on the
// population proportional to 1/N, the likelihood of a graph and of u unseen persons
// is a ratio of gamma functions of the margins of its cliques and separators; see
// [marginals]. The average needs no chain and no luck.
//
// It misleads where a small δ, 2^-t, makes the prior believe in nearly empty
// histories, and where two graphs disagree: its distribution is then of two humps,
// and its median in neither. Look at the first graphs.
func Decomposable(ctx context.Context, h *Histories, a Averaging) (*Averaged, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	if len(h.Lists) > maxGraphLists {
		return nil, fmt.Errorf("decomposable graphs are averaged for at most %d lists: merge some", maxGraphLists)
	}
	if a.Delta == 0 {
		a.Delta = 1 / float64(len(h.Counts))
	}
	if !(a.Delta > 0) || a.Unseen < 0 || a.Step < 0 {
		return nil, errors.New("prior observations, unseen persons and steps cannot be negative")
	}
	m := newMarginals(h, a.Delta)
	graphs := decomposable(len(h.Lists))
	most, tops := m.reach(graphs, a.Unseen)
	return m.average(ctx, graphs, tops, most, a.Step)
}

// marginals gives the logarithm of the likelihood of the margins. For a set of
// lists c with counts D over its histories, D_0 that of the empty one, and u unseen,
//
//	L(c) = log Γ(u + D_0 + δc) + Σ log Γ(D + δc) - 2^|c| log Γ(δc) + log Γ(Δ) - log Γ(N + Δ)
//
// with δc = δ·2^(t-|c|), Δ = δ·2^t, N = n + u. A graph has the sum of L over its
// cliques less that over its separators, and all have log N! - log u! - log N.
type marginals struct {
	seen  float64
	whole float64   // Δ
	empty []float64 // D_0 + δc of each set
	rest  []float64 // what does not depend on u
}

func newMarginals(h *Histories, delta float64) *marginals {
	sets := len(h.Counts)
	m := &marginals{seen: float64(h.Observed()), whole: delta * float64(sets), empty: make([]float64, sets), rest: make([]float64, sets)}
	top, _ := math.Lgamma(m.whole)
	for c := Term(1); int(c) < sets; c++ {
		d := m.whole / float64(int(1)<<c.Order())
		margin := map[Term]float64{}
		for w, n := range h.Counts {
			margin[Term(w)&c] += float64(n)
		}
		own, _ := math.Lgamma(d)
		sum := top - own*float64(int(1)<<c.Order())
		for sub := c; sub != 0; sub = (sub - 1) & c {
			g, _ := math.Lgamma(margin[sub] + d)
			sum += g
		}
		m.empty[c], m.rest[c] = margin[0]+d, sum
	}
	return m
}

// at sets l[c] for u unseen, and returns what all graphs share.
func (m *marginals) at(u float64, l []float64) float64 {
	n := m.seen + u
	all, _ := math.Lgamma(n + m.whole)
	for c := 1; c < len(l); c++ {
		g, _ := math.Lgamma(u + m.empty[c])
		l[c] = g + m.rest[c] - all
	}
	return logFactorial(n) - logFactorial(u) - math.Log(n)
}

// of is the logarithm of the weight of a graph.
func (g graph) of(l []float64) float64 {
	sum := 0.0
	for _, p := range g.power {
		sum += p.times * l[p.set]
	}
	return sum
}

// reach finds how many unseen persons are worth looking at, and the highest
// weight of each graph on a coarse grid up to there.
func (m *marginals) reach(graphs []graph, most int) (int, []float64) {
	l, tops := make([]float64, len(m.rest)), make([]float64, len(graphs))
	for i := range tops {
		tops[i] = math.Inf(-1)
	}
	best := math.Inf(-1)
	for u := 0.0; ; u = math.Ceil(u*1.02 + 1) {
		end := most > 0 && u >= float64(most)
		if end {
			u = float64(most)
		}
		shared, here := m.at(u, l), math.Inf(-1)
		for i, g := range graphs {
			x := g.of(l) + shared
			tops[i], here = max(tops[i], x), max(here, x)
		}
		best = max(best, here)
		// On this grid, 2 % wide, a weight of e^-25 of the best leaves nothing behind.
		if end || (most == 0 && (here < best-25 || u > 1000*m.seen+1000)) {
			return int(u), tops
		}
	}
}

// negligible is how far below the best a graph may be before it is passed over.
const negligible = 30

// effort bounds graphs times points; beyond it, every second, third … number of
// unseen persons stands for its neighbours. It is about two seconds' work. points
// bounds the memory: a millionth of the range is finer than any of these answers.
const (
	effort = 100_000_000
	points = 1_000_000
)

// average sums the weights of the graphs over the unseen, a block on each core.
func (m *marginals) average(ctx context.Context, graphs []graph, tops []float64, most, stride int) (*Averaged, error) {
	best := slices.Max(tops)
	var used []int
	for i, top := range tops {
		if top > best-negligible {
			used = append(used, i)
		}
	}
	if stride == 0 {
		stride = max(most*len(used)/effort, most/points) + 1
	}
	count := most/stride + 1
	const block = 1024
	weight := make([]float64, count)
	parts := make([][]float64, (count+block-1)/block)
	err := spread(ctx, len(parts), nil, func() func(int) {
		l := make([]float64, len(m.rest))
		return func(job int) {
			sums := make([]float64, len(used))
			for k := job * block; k < min((job+1)*block, count); k++ {
				shared := m.at(float64(k*stride), l) - best
				for i, g := range used {
					x := math.Exp(graphs[g].of(l) + shared)
					sums[i] += x
					weight[k] += x
				}
			}
			parts[job] = sums
		}
	})
	if err != nil {
		return nil, err
	}
	return m.settle(graphs, used, weight, parts, stride), nil
}

// settle makes probabilities of the weights.
func (m *marginals) settle(graphs []graph, used []int, weight []float64, parts [][]float64, stride int) *Averaged {
	a := &Averaged{Unseen: (len(weight) - 1) * stride}
	sum := 0.0
	for _, w := range weight {
		sum += w
	}
	below := 0.0
	for k, w := range weight {
		below += w / sum
		a.values = append(a.values, m.seen+float64(k*stride))
		a.below = append(a.below, below)
	}
	for i, g := range used {
		w := WeighedGraph{Edges: graphs[g].edges}
		for _, p := range parts {
			w.Probability += p[i] / sum
		}
		a.Graphs = append(a.Graphs, w)
	}
	slices.SortStableFunc(a.Graphs, func(x, y WeighedGraph) int { return cmp.Compare(y.Probability, x.Probability) })
	return a
}

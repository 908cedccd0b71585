package estimate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
)

// LatentChain draws the model of [Latent] in one chain of Gibbs sampling, as LCMCR
// does: burn rounds, then thin rounds for each of the samples. It is here to compare.
// On most tables of five lists and more it depends on the seed which hump of the
// posterior it stays in; [Latent] does not.
func LatentChain(ctx context.Context, h *Histories, c Classes, burn, samples, thin int) (*Posterior, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	c.Most = cmp.Or(c.Most, 10)
	if c.Most < 1 || c.Most > 1000 || burn < 0 || samples < 1 || thin < 1 || burn > 1e9 || float64(samples)*float64(thin) > 1e9 {
		return nil, errors.New("a chain takes classes, rounds and samples above 0")
	}
	cells, n := h.seen(), h.Observed()
	var counts []int
	for _, w := range cells {
		counts = append(counts, h.Counts[w])
	}
	m := newMixture(len(h.Lists), cells, c.Most, newDice(c.Seed, 1<<41))
	m.start(h)
	for range 500 {
		m.alpha = 0.3 / float64(c.Most) // few classes take all, at first
		m.round(counts, n)
	}
	m.order()
	m.alpha = 1
	var kept []float64
	for i := range burn + samples*thin {
		if i&255 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m.round(counts, n)
		if i >= burn && (i-burn)%thin == thin-1 {
			kept = append(kept, float64(n+m.missing))
		}
	}
	p := drawn(kept)
	return &p, nil
}

// start sets every class to the shares of the lists, and breaks the stick at random.
func (m *mixture) start(h *Histories) {
	classes := len(m.share)
	for k := range classes {
		m.miss[k] = 1
		for j := range m.lists {
			p := min(float64(h.Margin(1<<j))/float64(h.Observed()), 0.999)
			m.odds[k*m.lists+j] = p / (1 - p)
			m.miss[k] *= 1 - p
		}
	}
	m.alpha = 1
	clear(m.members)
	clear(m.unseen)
	m.drawShares(0)
}

// order puts the largest class first, as the prior of the shares wants them.
func (m *mixture) order() {
	by := make([]int, len(m.share))
	for k := range by {
		by[k] = k
	}
	share, odds, miss := slices.Clone(m.share), slices.Clone(m.odds), slices.Clone(m.miss)
	slices.SortStableFunc(by, func(a, b int) int { return cmp.Compare(share[b], share[a]) })
	for k, old := range by {
		m.share[k], m.miss[k] = share[old], miss[old]
		copy(m.odds[k*m.lists:(k+1)*m.lists], odds[old*m.lists:])
	}
	m.left = math.Log(max(m.share[len(m.share)-1], 1e-300))
}

package disclosure

import (
	"math"
	"math/bits"
)

// exponential picks one of the qualities, each with probability in proportion to
//
//	exp(ε·q/2Δ)
//
// exactly, where one person changes a quality by Δ at most (McSherry and Talwar 2007).
// It is ε²/8-zCDP (Cesar and Rogers 2021). ε is rounded down to a multiple of 2^-40.
//
// A candidate is drawn evenly, and kept with probability exp(ε(q-max)/2Δ), until one is.
func (c *Chance) exponential(quality []int64, epsilon float64, sensitivity uint64) int {
	best := quality[0]
	for _, q := range quality {
		best = max(best, q)
	}
	e := uint64(math.Floor(min(epsilon, 1<<20) * (1 << 40)))
	for {
		k := c.below(uint64(len(quality)))
		high, low := bits.Mul64(e, uint64(best-quality[k]))
		// γ = e·(best-q) / (2Δ·2^40): the numerator has up to 128 bits
		if c.expMinus(high, low, 2*sensitivity<<40) {
			return int(k)
		}
	}
}

// flip picks one of the qualities by permute-and-flip: candidates come in an even
// order, and the first for which a coin of probability exp(ε(q-max)/2Δ) falls is it
// (McKenna and Sheldon 2020). It is ε-differentially private, and never worse than
// the exponential mechanism; report-noisy-max with exponential noise is the same.
func (c *Chance) flip(quality []int64, epsilon float64) int {
	best := quality[0]
	for _, q := range quality {
		best = max(best, q)
	}
	order := make([]int, len(quality))
	for i := range order {
		j := int(c.below(uint64(i + 1)))
		order[i], order[j] = order[j], i
	}
	e := uint64(math.Floor(min(epsilon, 1<<20) * (1 << 40)))
	for _, k := range order {
		high, low := bits.Mul64(e, uint64(best-quality[k]))
		if c.expMinus(high, low, 2<<40) {
			return k
		}
	}
	return order[0] // the best always falls
}

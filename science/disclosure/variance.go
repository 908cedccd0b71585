package disclosure

import (
	"errors"
	"math"
)

// Variance is σ² of a discrete Gaussian as a ratio of whole numbers, num/2^shift,
// so that it is drawn from exactly.
type Variance struct {
	num   uint64
	shift uint
}

// mostVariance bounds σ² so that all products in [Chance.Gaussian] fit into words:
// σ²·2^shift < 2³⁰, and t² ≤ 4σ². Counts with a σ of 16,000 say nothing.
const mostVariance = 1 << 28

var errVariance = errors.New("so little budget that the noise would be larger than any count; nothing could be said")

// NewVariance takes σ² > 0 and rounds it up, never down: rounding never costs privacy.
func NewVariance(sigma2 float64) (Variance, error) {
	if !(sigma2 > 0 && sigma2 <= mostVariance) {
		return Variance{}, errVariance
	}
	v := Variance{}
	for v.shift < 12 && sigma2*float64(uint64(2)<<v.shift) < 1<<30 {
		v.shift++
	}
	v.num = uint64(math.Ceil(sigma2 * float64(uint64(1)<<v.shift)))
	return v, nil
}

// Float is σ² as it is drawn from.
func (v Variance) Float() float64 { return float64(v.num) / float64(uint64(1)<<v.shift) }

// root is ⌊σ⌋.
func (v Variance) root() uint64 {
	r := uint64(math.Sqrt(v.Float()))
	for r*r<<v.shift > v.num {
		r--
	}
	for (r+1)*(r+1)<<v.shift <= v.num {
		r++
	}
	return r
}

// Tail is P(X ≥ x) of the discrete Gaussian, x > 0, summed term by term, smallest
// last; the terms fall so fast that what is left out is under 1e-17 of it.
func (v Variance) Tail(x int64) float64 {
	s2 := 2 * v.Float()
	at := func(k int64) float64 { return math.Exp(-float64(k) * float64(k) / s2) }
	far := int64(40*math.Sqrt(s2)) + x
	tail := 0.0
	for k := x; k <= far; k++ {
		term := at(k)
		tail += term
		if term < 1e-18*tail {
			break
		}
	}
	return tail / v.mass()
}

// mass is Σ e^{-k²/2σ²} over all whole k.
func (v Variance) mass() float64 {
	s2 := 2 * v.Float()
	sum := 1.0
	for k := 1.0; ; k++ {
		term := 2 * math.Exp(-k*k/s2)
		sum += term
		if term < 1e-18*sum {
			return sum
		}
	}
}

// Threshold is the least count that may be shown of a value that perhaps one person
// alone has, when a person has at most values of them: all of the noise on counts of
// one stays under it with probability 1-δ (release of a set union by a threshold;
// Korolova et al. 2009, with the Gaussian of Gopi et al., DP Marginals).
// It is 1 + the least x with P(X ≥ x) ≤ 1-(1-δ)^{1/values}.
func (v Variance) Threshold(delta float64, values int) int64 {
	most := -math.Expm1(math.Log1p(-delta) / float64(max(values, 1)))
	low, high := int64(0), int64(1)
	for v.Tail(high) > most {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if mid := (low + high) / 2; v.Tail(mid) > most {
			low = mid
		} else {
			high = mid
		}
	}
	return 1 + high
}

package estimate

import (
	"math"
	"math/bits"
)

// mixture is one set of latent classes, moved by Gibbs sampling (Manrique-Vallier
// 2016). Its state is the shares, the odds and α; the rest is drawn anew each round.
type mixture struct {
	*dice
	lists int
	cells []Term // histories that may be seen

	alpha float64
	share []float64 // ν
	odds  []float64 // λ/(1 - λ), a row of lists for each class
	miss  []float64 // Π (1 - λ) of each class
	left  float64   // log of the last share

	members []int // persons of each history by class, a row a history
	unseen  []int // unseen persons by class
	missing int
	weight  []float64
}

// newMixture draws from the prior.
func newMixture(lists int, cells []Term, classes int, d *dice) *mixture {
	m := &mixture{dice: d, lists: lists, cells: cells, share: make([]float64, classes), odds: make([]float64, classes*lists),
		miss: make([]float64, classes), members: make([]int, classes*len(cells)), unseen: make([]int, classes),
		weight: make([]float64, classes)}
	m.alpha = max(4*m.gamma(0.25), 1e-12)
	m.drawOdds()
	m.drawShares(0)
	return m
}

// become copies the state of another.
func (m *mixture) become(o *mixture) {
	m.alpha, m.left, m.missing = o.alpha, o.left, o.missing
	copy(m.share, o.share)
	copy(m.odds, o.odds)
	copy(m.miss, o.miss)
}

// round draws, for counts of n persons in all, first the unseen and the classes of
// everybody, then the classes themselves.
func (m *mixture) round(counts []int, n int) {
	m.drawMissing(n)
	m.drawMembers(counts)
	m.drawOdds()
	m.drawShares(n + m.missing)
	// α ~ Gamma(1/4 + K - 1, 1/4 - log of the last share).
	m.alpha = max(m.gamma(0.25+float64(len(m.share)-1))/(0.25-m.left), 1e-12)
}

// at sets weight to the probability of a history with each class, and returns its sum.
func (m *mixture) at(w Term) float64 {
	sum := 0.0
	for k, s := range m.share {
		x := s * m.miss[k]
		row := m.odds[k*m.lists : (k+1)*m.lists]
		for rest := uint32(w); rest != 0; rest &= rest - 1 {
			x *= row[bits.TrailingZeros32(rest)]
		}
		m.weight[k] = x
		sum += x
	}
	return sum
}

// atMost is how many unseen are thought possible for each one seen: the bound of LCMCR.
const atMost = 20

// likelihood is log Π (p_w / (1 - p_0))^{counts}, which the prior 1/N leaves when the
// population is summed out, times the chance that the unseen are not too many.
func (m *mixture) likelihood(counts []int) float64 {
	sum, n := 0.0, 0.0
	for i, c := range counts {
		if c > 0 {
			sum += float64(c) * math.Log(m.at(m.cells[i]))
			n += float64(c)
		}
	}
	if n == 0 {
		return 0
	}
	p := min(m.at(0), 1-1e-15)
	mean := n * p / (1 - p)
	sd := math.Sqrt(n*p) / (1 - p)
	return sum - n*math.Log1p(-p) + math.Log(normalCDF((atMost*n+0.5-mean)/max(sd, 1e-9)))
}

// drawMissing draws how many are unseen, negative binomial, and their classes.
func (m *mixture) drawMissing(n int) {
	m.missing = atMost * n
	p := min(m.at(0), 1-1e-15)
	for range 100 { // where hardly any draw is small enough, nearly all lie at the bound
		if k := m.gamma(float64(n)) * p / (1 - p); k < 2*atMost*float64(n) {
			if drawn := m.poisson(k); drawn <= m.missing {
				m.missing = drawn
				break
			}
		}
	}
	m.multinomial(m.missing, m.weight, m.unseen)
}

// drawMembers shares the persons of each seen history among the classes.
func (m *mixture) drawMembers(counts []int) {
	classes := len(m.share)
	for i, w := range m.cells {
		row := m.members[i*classes : (i+1)*classes]
		if counts[i] == 0 {
			clear(row)
			continue
		}
		m.at(w)
		m.multinomial(counts[i], m.weight, row)
	}
}

// drawOdds draws λ ~ Beta(1 + on the list, 1 + not on it) in each class.
func (m *mixture) drawOdds() {
	classes := len(m.share)
	for k := range classes {
		all := m.unseen[k]
		var on [MaxLists]int
		for i, w := range m.cells {
			n := m.members[i*classes+k]
			if n == 0 {
				continue
			}
			all += n
			for rest := uint32(w); rest != 0; rest &= rest - 1 {
				on[bits.TrailingZeros32(rest)] += n
			}
		}
		m.miss[k] = 1
		for j := range m.lists {
			a, b := m.gamma(1+float64(on[j])), m.gamma(1+float64(all-on[j]))
			m.odds[k*m.lists+j] = a / b
			m.miss[k] *= b / (a + b)
		}
	}
}

// drawShares breaks the stick for so many persons: V_k ~ Beta(1 + members of k, α +
// members after k).
func (m *mixture) drawShares(after int) {
	classes := len(m.share)
	left := 0.0 // log of what is left of the stick
	for k := range classes - 1 {
		n := m.unseen[k]
		for i := range m.cells {
			n += m.members[i*classes+k]
		}
		after -= n
		a, b := m.logGamma(1+float64(n)), m.logGamma(m.alpha+float64(after))
		both := logSum(a, b)
		m.share[k] = math.Exp(left + a - both)
		left += b - both
	}
	m.share[classes-1], m.left = math.Exp(left), left
}

// logSum is log(e^a + e^b).
func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return a + math.Log1p(math.Exp(b-a))
}

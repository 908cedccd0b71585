package disclosure

import (
	"crypto/rand"
	"errors"
	"io"
	"math"
	"testing"
)

// unlikely is the one-sided normal quantile of 1e-9: each comparison below says so
// falsely once in a thousand million runs.
const unlikely = 6.0

// fits compares how often each outcome came with how often it should, by the χ² test
// with the cube root of Wilson and Hilferty; outcomes expected under ten times are put
// together.
func fits(t *testing.T, what string, counts map[int64]int, probability func(x int64) float64) {
	t.Helper()
	n := 0
	for _, c := range counts {
		n += c
	}
	chi, cells, restGot, rest := 0.0, 0, n, float64(n)
	for x := int64(-4000); x <= 4000; x++ {
		want := float64(n) * probability(x)
		if want < 10 {
			continue
		}
		d := float64(counts[x]) - want
		chi += d * d / want
		restGot, rest = restGot-counts[x], rest-want
		cells++
	}
	if rest > 10 {
		chi += (float64(restGot) - rest) * (float64(restGot) - rest) / rest
		cells++
	}
	k := float64(cells - 1)
	z := (math.Cbrt(chi/k) - (1 - 2/(9*k))) / math.Sqrt(2/(9*k))
	if !(z < unlikely) {
		t.Errorf("%s: χ² is %.1f on %d cells, %.1f deviations from what is right", what, chi, cells, z)
	}
}

// The discrete distributions are the ones that the proofs speak of.
func TestDrawsAreOfTheirDistribution(t *testing.T) {
	c := NewChance(rand.Reader)
	const n = 60000
	for _, scale := range [][2]uint64{{1, 1}, {5, 2}, {1, 3}, {40, 1}} {
		counts := map[int64]int{}
		for range n {
			counts[c.Laplace(scale[0], scale[1])]++
		}
		e := float64(scale[1]) / float64(scale[0])
		fits(t, "Laplace", counts, func(x int64) float64 { return math.Tanh(e/2) * math.Exp(-e*math.Abs(float64(x))) })
	}
	for _, sigma2 := range []float64{0.1, 0.3, 1, 7.25, 257.3, 90000} {
		v, err := NewVariance(sigma2)
		if err != nil {
			t.Fatal(err)
		}
		if v.Float() < sigma2 || v.Float() > sigma2*1.001+0.001 {
			t.Errorf("σ² %g is drawn as %g", sigma2, v.Float())
		}
		counts := map[int64]int{}
		for range n {
			counts[c.Gaussian(v)]++
		}
		mass := v.mass()
		fits(t, "Gaussian", counts, func(x int64) float64 { return math.Exp(-float64(x)*float64(x)/(2*v.Float())) / mass })
	}
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
}

// exp(-γ), whatever way γ is written, and whole numbers without a bias.
func TestCoins(t *testing.T) {
	c := NewChance(rand.Reader)
	const n = 40000
	for _, g := range [][3]uint64{{0, 1, 3}, {0, 1, 1}, {0, 7, 3}, {0, 5, 2}, {1, 0, 1 << 63}, {0, 0, 5}} {
		gamma := (float64(g[0])*(1<<64) + float64(g[1])) / float64(g[2])
		counts := map[int64]int{}
		for range n {
			if c.expMinus(g[0], g[1], g[2]) {
				counts[1]++
			} else {
				counts[0]++
			}
		}
		if gamma == 0 {
			if counts[0] > 0 {
				t.Error("exp(0) is not certain")
			}
			continue
		}
		fits(t, "exp", counts, func(x int64) float64 {
			switch x {
			case 0:
				return 1 - math.Exp(-gamma)
			case 1:
				return math.Exp(-gamma)
			}
			return 0
		})
	}
	if c.expMinus(1, 0, 1) { // e^-2⁶⁴ is never
		t.Error("the impossible came true")
	}
	counts := map[int64]int{}
	for range n {
		counts[int64(c.below(7))]++
	}
	fits(t, "below", counts, func(x int64) float64 {
		if x >= 0 && x < 7 {
			return 1. / 7
		}
		return 0
	})
}

// The exponential mechanism, and permute-and-flip on three candidates, where its odds
// can be worked out by hand.
func TestChoicesAreOfTheirDistribution(t *testing.T) {
	c := NewChance(rand.Reader)
	const n = 40000
	quality := []int64{30, 10, 0, -20}
	counts, flips := map[int64]int{}, map[int64]int{}
	for range n {
		counts[int64(c.exponential(quality, 0.5, 10))]++
		flips[int64(c.flip([]int64{2, 1, 0}, 1))]++
	}
	sum := 0.0
	for _, q := range quality {
		sum += math.Exp(0.5 * float64(q) / 20)
	}
	fits(t, "exponential", counts, func(x int64) float64 {
		if x < 0 || x > 3 {
			return 0
		}
		return math.Exp(0.5*float64(quality[x])/20) / sum
	})
	p, q := math.Exp(-.5), math.Exp(-1.)
	// In an even order the best stops everything; b falls if before it, and so does c.
	second := p * (1./6*(1+1+(1-q)) + 0)
	third := q * (1. / 6 * (1 + 1 + (1 - p)))
	fits(t, "flip", flips, func(x int64) float64 {
		switch x {
		case 0:
			return 1 - second - third
		case 1:
			return second
		case 2:
			return third
		}
		return 0
	})
}

// A source that fails is told, and nothing waits for it.
func TestSourceThatFails(t *testing.T) {
	c := NewChance(io.LimitReader(rand.Reader, 100))
	for range 100 {
		c.Laplace(10, 1)
	}
	if !errors.Is(c.Err(), io.EOF) && !errors.Is(c.Err(), io.ErrUnexpectedEOF) {
		t.Errorf("the end of the bits is said as %v", c.Err())
	}
}

// The tail is summed as it is, and the threshold is the first that keeps the chance.
func TestThresholdKeepsItsChance(t *testing.T) {
	for _, sigma2 := range []float64{0.5, 16, 250} {
		v, _ := NewVariance(sigma2)
		for _, delta := range []float64{1e-3, 1e-6, 1e-9} {
			for _, values := range []int{1, 16} {
				at := v.Threshold(delta, values)
				all := func(x int64) float64 { return -math.Expm1(float64(values) * math.Log1p(-v.Tail(x-1))) }
				if all(at) > delta*(1+1e-9) || all(at-1) <= delta {
					t.Errorf("σ² %g, δ %g, %d values: %d lets a person through with %g, one less with %g", sigma2, delta, values, at, all(at), all(at-1))
				}
			}
		}
	}
	if _, err := NewVariance(0); err == nil {
		t.Error("no noise was taken for noise")
	}
	if _, err := NewVariance(math.NaN()); err == nil {
		t.Error("NaN was taken for noise")
	}
}

func BenchmarkGaussian(b *testing.B) {
	c := NewChance(rand.Reader)
	v, _ := NewVariance(250)
	for b.Loop() {
		c.Gaussian(v)
	}
}

package estimate

import (
	"math"
	"testing"
)

// Each sampler's mean and variance, over 200,000 draws, within five standard errors
// (the variance's by its fourth moment, for these shapes below 12): a false alarm in a
// million comparisons.
func TestSamplersHaveTheirMoments(t *testing.T) {
	d := newDice(1, 2)
	check := func(name string, mean, variance float64, draw func() float64) {
		t.Helper()
		const n = 200_000
		sum, square := 0.0, 0.0
		for range n {
			x := draw() - mean
			sum += x
			square += x * x
		}
		if z := sum / n / math.Sqrt(variance/n); math.Abs(z) > 5 {
			t.Errorf("%s: the mean is %.1f standard errors away", name, z)
		}
		if z := (square/n/variance - 1) * math.Sqrt(n/12.0); math.Abs(z) > 5 {
			t.Errorf("%s: the variance is %.1f standard errors away", name, z)
		}
	}
	for _, c := range []struct {
		n int
		p float64
	}{{1, .3}, {5, .9}, {40, .2}, {60, .4}, {3000, .02}, {3000, .7}, {1_000_000, .25}} {
		check("binomial", float64(c.n)*c.p, float64(c.n)*c.p*(1-c.p), func() float64 { return float64(d.binomial(c.n, c.p)) })
	}
	for _, m := range []float64{.4, 9, 11, 300, 1e6} {
		check("poisson", m, m, func() float64 { return float64(d.poisson(m)) })
	}
	for _, a := range []float64{.6, 1, 1.5, 40, 1e5} {
		check("gamma", a, a, func() float64 { return d.gamma(a) })
		check("e^logGamma", a, a, func() float64 { return math.Exp(d.logGamma(a)) })
	}
	weights, out := []float64{1, 0, 3, 6, 0}, make([]int, 5)
	for _, n := range []int{1, 2, 50, 5000} {
		check("multinomial", .3*float64(n), .21*float64(n), func() float64 {
			d.multinomial(n, weights, out)
			if out[0]+out[2]+out[3] != n || out[1] != 0 || out[4] != 0 {
				t.Fatalf("%d persons were shared out as %v", n, out)
			}
			return float64(out[2])
		})
	}
}

// The smaller tail against the sum of the distribution itself.
func TestPoissonTail(t *testing.T) {
	for _, mean := range []float64{1e-9, .3, 1, 7.5, 40, 900} {
		for n := range 60 {
			below, point := 0.0, 0.0
			for k := range n + 1 {
				point = math.Exp(float64(k)*math.Log(mean) - mean - logFactorial(float64(k)))
				below += point
			}
			above := 1 - below + point
			got, want := poissonTail(float64(n), mean), min(below, above)
			if want > 1e-9 && math.Abs(got-want) > 1e-9*want+1e-14 {
				t.Errorf("%d where %g was expected: %g, not %g", n, mean, got, want)
			}
			if got < 0 || got > 1 || math.IsNaN(got) {
				t.Errorf("%d where %g was expected: %g is no probability", n, mean, got)
			}
		}
	}
	if poissonTail(0, 0) != 1 || poissonTail(2, 0) != 0 {
		t.Error("where nothing can be, nothing is certain")
	}
}

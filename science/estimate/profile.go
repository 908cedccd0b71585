package estimate

import (
	"errors"
	"math"
)

// Profile is the interval of Cormack (1992): all populations N that a likelihood
// ratio test does not reject. With n0 = N - n persons in the empty history, up to a
// constant,
//
//	l(N) = -D(y, n0)/2 + log N! - N log N - log n0! + n0 log n0
//
// where D is the deviance of the Poisson model with n0 as a count like any other; it
// is the likelihood of the multinomial model with the coefficients at their best.
// The interval is {N : l(N) ≥ max l - χ²/2}. Its centre, the multinomial estimate,
// lies a little below the Poisson one. As the conditional interval does, it takes the
// model as known.
//
// High is +∞ when no population however large can be rejected.
func Profile(h *Histories, m Model, level float64) (centre float64, i Interval, err error) {
	if err := errors.Join(h.check(), checkLevel(level)); err != nil {
		return 0, Interval{}, err
	}
	f, err := Fit(h, m)
	if err != nil {
		return 0, Interval{}, err
	}
	if f.Code != 0 {
		return 0, Interval{}, errors.New(f.Code.String())
	}
	p := &profile{s: newSolver(len(h.Lists)), m: m, y: h.floats(), seen: float64(f.Observed)}
	p.s.tolerance = 1e-13
	start := p.seen + math.Exp(f.Coefficients[0].Estimate)
	centre = p.summit(start)
	z := normalQuantile((1 + level) / 2)
	floor := p.at(centre) - z*z/2
	i = Interval{Low: p.seen, High: math.Inf(1), Level: level}
	if p.at(p.seen) < floor {
		i.Low = p.crossing(p.seen, centre, floor)
	}
	for far := 2*centre - p.seen + 1; far < 1e6*start; far = 2*far - p.seen {
		if p.at(far) < floor {
			i.High = p.crossing(far, centre, floor)
			break
		}
	}
	return centre, i, nil
}

// profile is the likelihood of a population with everything else at its best.
type profile struct {
	s    *solver
	m    Model
	y    []float64
	seen float64
}

func (p *profile) at(n float64) float64 {
	unseen := n - p.seen
	p.y[0] = unseen
	p.s.load(p.y)
	p.s.use(p.m, true)
	p.s.fit()
	return -p.s.dev/2 + logFactorial(n) - xlogx(n) - logFactorial(unseen) + xlogx(unseen)
}

func xlogx(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x)
}

// summit is the best population, by golden section on the logarithm of the unseen:
// between nobody and three times the Poisson estimate.
func (p *profile) summit(poisson float64) float64 {
	const golden = 0.6180339887498949
	at := func(u float64) float64 { return p.seen + math.Exp(u) }
	low, high := -1.0, math.Log(3*(poisson-p.seen)+3)
	a, b := high-golden*(high-low), low+golden*(high-low)
	fa, fb := p.at(at(a)), p.at(at(b))
	for high-low > 1e-7 {
		if fa > fb {
			high, b, fb = b, a, fa
			a = high - golden*(high-low)
			fa = p.at(at(a))
		} else {
			low, a, fa = a, b, fb
			b = low + golden*(high-low)
			fb = p.at(at(b))
		}
	}
	return at((low + high) / 2)
}

// crossing is where the likelihood is level, between out (below) and in (above).
func (p *profile) crossing(out, in, level float64) float64 {
	for range 100 {
		mid := (out + in) / 2
		if math.Abs(out-in) < 1e-9*in {
			return mid
		}
		if p.at(mid) < level {
			out = mid
		} else {
			in = mid
		}
	}
	return (out + in) / 2
}

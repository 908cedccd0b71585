package estimate

import (
	"math"
	"math/rand/v2"
)

// dice draws from the distributions that the methods need. One seed and one
// stream give one sequence, on every machine.
type dice struct {
	pcg rand.PCG
	*rand.Rand
}

func newDice(seed, stream uint64) *dice {
	d := &dice{}
	d.Rand = rand.New(&d.pcg)
	d.again(seed, stream)
	return d
}

// again begins the sequence of a seed and a stream.
func (d *dice) again(seed, stream uint64) { d.pcg.Seed(seed, stream*0x9e3779b97f4a7c15+1) }

// multinomial shares n among the weights, which need not sum to one, into out.
func (d *dice) multinomial(n int, weights []float64, out []int) {
	rest := 0.0
	for _, w := range weights {
		rest += w
	}
	last := len(weights) - 1
	if n == 1 {
		d.one(rest, weights, out)
		return
	}
	for i, w := range weights {
		switch {
		case n == 0 || w <= 0:
			out[i] = 0
			continue
		case i == last || w >= rest:
			out[i] = n
		default:
			out[i] = d.binomial(n, w/rest)
		}
		n -= out[i]
		rest -= w
	}
	if n > 0 { // the last weights were zero and rounding left somebody over
		heaviest := 0
		for i, w := range weights {
			if w > weights[heaviest] {
				heaviest = i
			}
		}
		out[heaviest] += n
	}
}

// one gives a single person to one of the weights, of which sum is the sum.
func (d *dice) one(sum float64, weights []float64, out []int) {
	clear(out)
	u, last := d.Float64()*sum, 0
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		last = i
		if u -= w; u < 0 {
			break
		}
	}
	out[last] = 1
}

// binomial is the number of successes in n trials of probability p: by inversion
// when few are expected, else by the transformed rejection BTRS of Hörmann (The
// generation of binomial random variates, 1993).
func (d *dice) binomial(n int, p float64) int {
	switch {
	case p <= 0 || n == 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5:
		return n - d.binomial(n, 1-p)
	case float64(n)*p < 10:
		return d.inverted(n, p)
	}
	return d.rejected(float64(n), p)
}

func (d *dice) inverted(n int, p float64) int {
	odds := p / (1 - p)
	for {
		u := d.Float64()
		if u < 1-float64(n)*p {
			return 0 // (1 - p)^n is at least this
		}
		f := math.Exp(float64(n) * math.Log1p(-p))
		for k := 0; k <= n && k < 200; k++ { // 200 is 60 deviations above a mean of 10
			if u < f {
				return k
			}
			u -= f
			f *= odds * float64(n-k) / float64(k+1)
		}
	}
}

func (d *dice) rejected(n, p float64) int {
	sd := math.Sqrt(n * p * (1 - p))
	b := 1.15 + 2.53*sd
	a := -0.0873 + 0.0248*b + 0.01*p
	c := n*p + 0.5
	vr := 0.92 - 4.2/b
	alpha := (2.83 + 5.1/b) * sd
	mode := math.Floor((n + 1) * p)
	odds := math.Log(p / (1 - p))
	top := logFactorial(mode) + logFactorial(n-mode)
	for {
		u, v := d.Float64()-0.5, d.Float64()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + c)
		if k < 0 || k > n {
			continue
		}
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if math.Log(v*alpha/(a/(us*us)+b)) <= top-logFactorial(k)-logFactorial(n-k)+(k-mode)*odds {
			return int(k)
		}
	}
}

// poisson has inversion for small means, else the transformed rejection PTRS of
// Hörmann (1993).
func (d *dice) poisson(mean float64) int {
	if mean < 10 {
		limit, k := math.Exp(-mean), 0
		for product := d.Float64(); product > limit; product *= d.Float64() {
			k++
		}
		return k
	}
	slog := math.Log(mean)
	b := 0.931 + 2.53*math.Sqrt(mean)
	a := -0.059 + 0.02483*b
	inv := 1.1239 + 1.1328/(b-3.4)
	vr := 0.9277 - 3.6224/(b-2)
	for {
		u, v := d.Float64()-0.5, d.Float64()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= vr {
			return int(k)
		}
		if k < 0 || (us < 0.013 && v > us) {
			continue
		}
		if math.Log(v*inv/(a/(us*us)+b)) <= k*slog-mean-logFactorial(k) {
			return int(k)
		}
	}
}

// logGamma is the logarithm of a gamma variate: below a shape of one the variate
// itself may be too small to write down.
func (d *dice) logGamma(a float64) float64 {
	if a < 1 {
		return math.Log(d.gamma(a+1)) - d.ExpFloat64()/a
	}
	return math.Log(d.gamma(a))
}

// gamma has shape a and rate one (Marsaglia and Tsang, 2000).
func (d *dice) gamma(a float64) float64 {
	switch {
	case a == 1:
		return d.ExpFloat64()
	case a < 1:
		return math.Exp(d.logGamma(a))
	}
	e := a - 1.0/3
	c := 1 / math.Sqrt(9*e)
	for {
		x := d.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := d.Float64()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+e*(1-v+math.Log(v)) {
			return e * v
		}
	}
}

// logFactorial is log k!.
func logFactorial(k float64) float64 {
	g, _ := math.Lgamma(k + 1)
	return g
}

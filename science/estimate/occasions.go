package estimate

import (
	"fmt"
	"math"
	"math/bits"
)

// OccasionFit is a model of a closed population counted on several occasions.
type OccasionFit struct {
	Name         string // as in the literature: M0, Mt, Mh, Mth, Mb, Mbh with what describes h
	Estimate, SE float64
	Deviance     float64
	Freedom      int // histories less parameters
	AIC, BIC     float64
}

// Occasions fits the models of Otis and others (1978) as log-linear models (Cormack
// 1989; Rivest and Baillargeon 2007), for lists that are occasions in the order of
// time: one organisation that counts on several days. With k the number of times a
// person was seen, f the occasion of the first time, and log μ linear in
//
//	M0   k
//	Mt   each occasion
//	Mh   k and h(k): persons differ        Mth  each occasion and h(k)
//	Mb   f - 1 and k - 1: being seen changes what follows
//	Mbh  Mb, and the first occasion apart
//
// h is 2^k - 1 (Poisson), k²/2 (Darroch), -log(3.5 + k) (Gamma), or max(k - j, 0) for
// j = 2..t-1 without those that come out negative (Chao's lower bound).
//
// For lists of different organisations the order means nothing, and Mb is nonsense.
func Occasions(h *Histories) ([]OccasionFit, error) {
	if err := h.check(); err != nil {
		return nil, err
	}
	t := len(h.Lists)
	if t < 3 || t > 10 {
		return nil, fmt.Errorf("models of occasions take 3 to 10 of them, not %d", t)
	}
	var fits []OccasionFit
	add := func(name string, base columns, tail columns, lower bool) {
		g := newGLM(h, append(base[:len(base):len(base)], tail...))
		g.fit()
		if lower {
			for j := len(base) + 1; j < len(g.beta); j++ {
				if g.beta[j] < 0 {
					tail = append(tail[:j-1-len(base):j-1-len(base)], tail[j-len(base):]...)
					g = newGLM(h, append(base[:len(base):len(base)], tail...))
					g.fit()
					j = len(base)
				}
			}
		}
		f := g.occasion(name)
		f.Estimate, f.SE = g.population(float64(h.Observed()))
		switch name {
		case "Mb":
			f.Estimate, f.SE = g.behaviour(t)
		case "Mbh":
			f.Estimate, f.SE = g.behaviourFirst(t)
		}
		fits = append(fits, f)
	}
	times, each := columns{seenTimes}, occasions(t)
	add("M0", times, nil, false)
	add("Mt", each, nil, false)
	for _, base := range []struct {
		name string
		of   columns
	}{{"Mh", times}, {"Mth", each}} {
		add(base.name+" Chao (LB)", base.of, chao(t), true)
		add(base.name+" Poisson2", base.of, columns{func(w Term) float64 { return math.Exp2(seenTimes(w)) - 1 }}, false)
		add(base.name+" Darroch", base.of, columns{func(w Term) float64 { k := seenTimes(w); return k * k / 2 }}, false)
		add(base.name+" Gamma3.5", base.of, columns{func(w Term) float64 { return math.Log(3.5) - math.Log(3.5+seenTimes(w)) }}, false)
	}
	add("Mb", columns{before, again}, nil, false)
	add("Mbh", columns{func(w Term) float64 { return float64(1 - w&1) }, before, again}, nil, false)
	return fits, nil
}

// columns are those of a design matrix beside the intercept: what a history has.
type columns []func(w Term) float64

func seenTimes(w Term) float64 { return float64(w.Order()) }

func before(w Term) float64 { return float64(bits.TrailingZeros32(uint32(w))) }

func again(w Term) float64 { return float64(w.Order() - 1) }

func occasions(t int) (all columns) {
	for i := range t {
		all = append(all, func(w Term) float64 { return float64(w >> i & 1) })
	}
	return all
}

func chao(t int) (all columns) {
	for j := 2; j < t; j++ {
		all = append(all, func(w Term) float64 { return max(seenTimes(w)-float64(j), 0) })
	}
	return all
}

// population is n + e^α and its error.
func (g *glm) population(n float64) (estimate, se float64) {
	dark := math.Exp(g.beta[0])
	return n + dark, math.Sqrt(dark + dark*dark*g.covariance()[0][0])
}

// behaviour is the population of Mb: e^a (1 + e^c)^t / (1 + e^c - e^b), with the
// error by the delta method.
func (g *glm) behaviour(t int) (estimate, se float64) {
	b, c := math.Exp(g.beta[1]), math.Exp(g.beta[2])
	rest := 1 + c - b
	estimate = math.Exp(g.beta[0]) * math.Pow(1+c, float64(t)) / rest
	return estimate, g.delta(estimate, []float64{estimate, estimate * b / rest, estimate * (float64(t)*c/(1+c) - c/rest)})
}

// behaviourFirst is the population of Mbh, where the first occasion is apart.
func (g *glm) behaviourFirst(t int) (estimate, se float64) {
	e, b, c := math.Exp(g.beta[1]), math.Exp(g.beta[2]), math.Exp(g.beta[3])
	rest := 1 + c - b
	lead := math.Exp(g.beta[0]) * math.Pow(1+c, float64(t-1))
	estimate = lead * (1 + e*b/rest)
	// The last derivative is Rcapture's, which leaves out the factor 1 + e·b/rest of its
	// first part; its error is kept so that the figures agree.
	return estimate, g.delta(estimate, []float64{
		estimate,
		lead * e * b / rest,
		lead * (e*b/rest + e*b*b/(rest*rest)),
		lead * (float64(t-1)*c/(1+c) - e*b*c/(rest*rest)),
	})
}

// delta is √(v'Cv - N): the Poisson variance less that of a multinomial total.
func (g *glm) delta(n float64, v []float64) float64 {
	c, sum := g.covariance(), -n
	for i, x := range v {
		for j, y := range v {
			sum += x * c[i][j] * y
		}
	}
	return math.Sqrt(sum)
}

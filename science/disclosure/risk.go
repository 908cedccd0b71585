package disclosure

import "math"

// Risks are the chances that somebody who knows the keys of a person finds them.
type Risks struct {
	Person    []float64 // of each person
	Household []float64 // that anybody of their household is found; nil when households are not known
}

// Risks computes them, each for a person:
//
//	f = 1:  r = p/(1-p) · ln(1/p)                        with p = f/F
//	f = 2:  r = p/(1-p) - (p/(1-p))² · ln(1/p)
//	f > 2:  r = p/(f - (1-p))
//	f = F:  r = 1/f                                      (a full register)
//	household:  1 - Π (1 - r) over its persons
//
// The first is the expectation of 1/F when F, given f, is negative binomial; the third
// stands for the series, and is right to a few per cent. (Benedetti, Franconi:
// Statistical and technological solutions for controlled data dissemination, NTTS 1998;
// Franconi, Polettini, PSD 2004, LNCS 3050.)
//
// It assumes that each person was drawn on their own with the probability of the weight,
// that the intruder does not know who was drawn, and that the keys in the file are
// those they know, without a mistake. It misleads when weights were raked or trimmed: F
// is then far off for small groups. It is a risk of being found, not of harm: it says
// nothing about a group who all have the same ([Diversity]).
func (s *Survey) Risks(c Classes) Risks {
	r := Risks{Person: make([]float64, len(c.Sample))}
	for i, f := range c.Sample {
		r.Person[i] = riskOf(f, c.Population[i])
	}
	if s.Households == nil {
		return r
	}
	var homes int32
	for _, h := range s.Households {
		homes = max(homes, h+1)
	}
	safe := make([]float64, homes) // the log of the chance that nobody is found
	for i, h := range s.Households {
		safe[h] += math.Log1p(-r.Person[i])
	}
	r.Household = make([]float64, len(r.Person))
	for i, h := range s.Households {
		r.Household[i] = -math.Expm1(safe[h])
	}
	return r
}

// Expected is how many persons of the file somebody who tried with each would find.
func Expected(risks []float64) float64 {
	sum := 0.0
	for _, r := range risks {
		sum += r
	}
	return sum
}

// Global is the risk of a file: the share of its persons that would be found.
func Global(risks []float64) float64 {
	if len(risks) == 0 {
		return 0
	}
	return Expected(risks) / float64(len(risks))
}

// near is how near p is to 1 when the closed forms lose their figures and their series
// are taken: at 1e-4 both are right to eleven.
const near = 1e-4

// riskOf is the risk of one of f persons in the file who stand for some of the
// population.
func riskOf(f int, population float64) float64 {
	n := float64(f)
	p := n / population
	q := 1 - p
	switch {
	case q <= 0:
		return 1 / n
	case f == 1 && q < near:
		return p * (1 + q/2 + q*q/3)
	case f == 1:
		return p / q * -math.Log(p)
	case f == 2 && q < near:
		return p - p*p*(1./2+q/3+q*q/4) // ln(1/p) = q + q²/2 + q³/3 + …
	case f == 2:
		return p/q - p*p/(q*q)*-math.Log(p)
	}
	return p / (n - q)
}

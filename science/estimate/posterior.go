package estimate

import (
	"math"
	"slices"
)

// Posterior is what a Bayesian method believes of the population: draws, or a
// distribution over a grid.
type Posterior struct {
	values []float64 // rising
	below  []float64 // probability up to and including each value; nil for draws of equal weight
}

// drawn makes a posterior of draws.
func drawn(draws []float64) Posterior {
	slices.Sort(draws)
	return Posterior{values: draws}
}

// Mean is the expectation.
func (p Posterior) Mean() float64 {
	sum := 0.0
	p.each(func(x, weight float64) { sum += x * weight })
	return sum
}

// SD is the standard deviation.
func (p Posterior) SD() float64 {
	mean, sum := p.Mean(), 0.0
	p.each(func(x, weight float64) { sum += (x - mean) * (x - mean) * weight })
	return math.Sqrt(sum)
}

func (p Posterior) each(do func(x, weight float64)) {
	before := 0.0
	for i, x := range p.values {
		if p.below == nil {
			do(x, 1/float64(len(p.values)))
			continue
		}
		do(x, p.below[i]-before)
		before = p.below[i]
	}
}

// Quantile has probability q below it: between two draws by their distance (the
// definition 7 of Hyndman and Fan, which the peers use), on a grid the first value.
func (p Posterior) Quantile(q float64) float64 {
	last := len(p.values) - 1
	if p.below != nil {
		i, _ := slices.BinarySearch(p.below, q)
		return p.values[min(i, last)]
	}
	at := q * float64(last)
	i := min(max(int(at), 0), last)
	part := at - float64(i)
	return p.values[i] + part*(p.values[min(i+1, last)]-p.values[i])
}

// Interval has equal probability on either side.
func (p Posterior) Interval(level float64) (Interval, error) {
	if err := checkLevel(level); err != nil {
		return Interval{}, err
	}
	return Interval{p.Quantile((1 - level) / 2), p.Quantile((1 + level) / 2), level}, nil
}

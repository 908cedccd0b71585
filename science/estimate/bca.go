package estimate

import (
	"errors"
	"math"
	"slices"
)

// Percentile is the interval between two quantiles of the replicates. It misleads
// when the replicates lie to one side of the estimate; see [Bootstrap.BCa].
func (b *Bootstrap) Percentile(level float64) (Interval, error) {
	if err := b.check(level); err != nil {
		return Interval{}, err
	}
	return Interval{quantile8(b.Replicates, (1-level)/2), quantile8(b.Replicates, (1+level)/2), level}, nil
}

// BiasCorrected is [Bootstrap.BCa] without acceleration.
func (b *Bootstrap) BiasCorrected(level float64) (Interval, error) {
	c := *b
	c.A = 0
	return c.BCa(level)
}

// BCa is the bias-corrected and accelerated interval (DiCiccio and Efron 1996):
// its ends are the quantiles of the replicates at
//
//	Φ( z0 + (z0 + z)/(1 - a(z0 + z)) ),   z = Φ⁻¹((1 ± level)/2)
//
// It misleads when nearly all replicates lie to one side of the estimate: the ends
// then stand among the few on the other side.
func (b *Bootstrap) BCa(level float64) (Interval, error) {
	if err := b.check(level); err != nil {
		return Interval{}, err
	}
	low, err := b.Quantile((1 - level) / 2)
	if err != nil {
		return Interval{}, err
	}
	high, err := b.Quantile((1 + level) / 2)
	return Interval{low, high, level}, err
}

// Quantile is the end of a one-sided interval: the population is below it with
// probability alpha, as far as the bootstrap is right.
func (b *Bootstrap) Quantile(alpha float64) (float64, error) {
	if err := b.check(alpha); err != nil {
		return 0, err
	}
	if math.IsInf(b.Z0, 0) {
		return 0, errors.New("all resamples lie to one side of the estimate: there is no interval by bootstrap")
	}
	if math.IsNaN(b.A) {
		return 0, errors.New("the method has no estimate when one person is left out: there is no interval by bootstrap")
	}
	z := b.Z0 + normalQuantile(alpha)
	return quantile8(b.Replicates, normalCDF(b.Z0+z/(1-b.A*z))), nil
}

func (b *Bootstrap) check(level float64) error {
	if len(b.Replicates) == 0 {
		return errors.New("the method has no estimate on any resample")
	}
	return checkLevel(level)
}

// z0 is Φ⁻¹ of the share of replicates below the estimate.
func z0(replicates []float64, estimate float64) float64 {
	below := 0
	for _, x := range replicates {
		if x < estimate {
			below++
		}
	}
	return normalQuantile(float64(below) / float64(len(replicates)))
}

// acceleration is Σ c r³ / 6(Σ c r²)^1.5, where r is how far the estimate without a
// person of the history lies below the mean of all such, and c the persons.
func acceleration(counts, jackknife []float64) float64 {
	sum, n := 0.0, 0.0
	for i, c := range counts {
		sum += c * jackknife[i]
		n += c
	}
	squares, cubes := 0.0, 0.0
	for i, c := range counts {
		r := sum/n - jackknife[i]
		squares += c * r * r
		cubes += c * r * r * r
	}
	if squares == 0 {
		return 0
	}
	return cubes / (6 * math.Pow(squares, 1.5))
}

// quantile8 is the quantile of Hyndman and Fan's definition 8 of sorted numbers:
// nearly unbiased for the median of the order statistics.
func quantile8(sorted []float64, p float64) float64 {
	n := len(sorted)
	at := 1.0/3 + p*(float64(n)+1.0/3)
	const fuzz = 4 * 0x1p-52
	j := math.Floor(at + fuzz)
	part := at - j
	if math.Abs(part) < fuzz {
		part = 0
	}
	low, high := sorted[min(max(int(j)-1, 0), n-1)], sorted[min(max(int(j), 0), n-1)]
	if part == 0 || low == high {
		return low
	}
	return (1-part)*low + part*high
}

// BootstrapOf takes replicates that were drawn elsewhere, with an acceleration.
func BootstrapOf(estimate float64, replicates []float64, a float64) *Bootstrap {
	b := &Bootstrap{Estimate: estimate, Replicates: slices.Clone(replicates), A: a}
	slices.Sort(b.Replicates)
	b.Z0 = z0(b.Replicates, estimate)
	return b
}

package estimate

import "math"

func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

func normalCDF(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// poissonTail is the smaller of the two one-sided p-values of a count n where mean
// was expected: P(X ≤ n) and P(X ≥ n). The tail on the far side of the mean is
// summed from its largest term outwards; the other is what is left.
func poissonTail(n, mean float64) float64 {
	if mean <= 0 {
		// Nothing can be there: a count above zero is impossible, zero is certain.
		if n > 0 {
			return 0
		}
		return 1
	}
	g, _ := math.Lgamma(n + 1)
	point := math.Exp(n*math.Log(mean) - mean - g)
	tail, term := 1.0, 1.0
	if n >= mean {
		for k := n + 1; term > tail*1e-17; k++ {
			term *= mean / k
			tail += term
		}
	} else {
		for k := n; k > 0 && term > tail*1e-17; k-- {
			term *= k / mean
			tail += term
		}
	}
	tail *= point
	return min(tail, 1-tail+point)
}

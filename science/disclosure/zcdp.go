package disclosure

import (
	"errors"
	"fmt"
	"math"
)

// Accounting is in ρ of zero-concentrated differential privacy (Bun, Steinke 2016),
// because ρ of one release and ρ of the next simply add up. It is turned into (ε, δ)
// by the best conversion known in closed form (Canonne, Kamath, Steinke 2020,
// proposition 12): for every order α > 1
//
//	δ ≤ exp((α-1)(αρ-ε)) / (α-1) · (1-1/α)^α

// Delta is the least δ for which ρ-zCDP is (ε, δ)-DP by that conversion.
func Delta(rho, epsilon float64) float64 {
	if !(rho > 0) {
		return 0
	}
	low, high := 1.01, (epsilon+1)/(2*rho)+2 // α; below 1.01 the bound loses its digits
	for range 200 {
		alpha := (low + high) / 2
		if (2*alpha-1)*rho-epsilon+math.Log1p(-1/alpha) < 0 {
			low = alpha
		} else {
			high = alpha
		}
	}
	alpha := (low + high) / 2
	return min(1, math.Exp((alpha-1)*(alpha*rho-epsilon)+alpha*math.Log1p(-1/alpha))/(alpha-1))
}

// Epsilon is the least ε for which ρ-zCDP is (ε, δ)-DP, rounded up in the last digits.
func Epsilon(rho, delta float64) float64 {
	if !(rho > 0) || delta >= 1 {
		return 0
	}
	low, high := 0.0, rho+2*math.Sqrt(rho*math.Log(1/delta))
	for range 200 {
		if mid := (low + high) / 2; Delta(rho, mid) <= delta {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// Rho is the greatest ρ that is (ε, δ)-DP, rounded down in the last digits.
func Rho(epsilon, delta float64) float64 {
	low, high := 0.0, epsilon+1
	for range 200 {
		if mid := (low + high) / 2; Delta(mid, epsilon) <= delta {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// Promise is what a release guarantees for every person: whatever anybody learns
// from it, they would have learnt almost the same without that person's record.
//
// Records that are nobody's are made with a promise of differential privacy by [AIM] (the
// main one) and [DPMarginals] with [Assembly] (as the Counter Trafficking Data Collaborative
// does), and without a promise by [Rows]. [ReadRecords] makes one record of the rows of a
// person; [Comparison] says how near a release comes, and [Brief] says it to those who decide.
//
// A mechanism M is (ε, δ)-differentially private when for all sets of people D and D'
// that differ by one person, and for every set S of results,
//
//	P(M(D) ∈ S) ≤ e^ε · P(M(D') ∈ S) + δ
//
// Spending is added up in ρ of zero-concentrated privacy ([Rho], [Epsilon], [Delta]) and kept
// in a [Ledger]. A count with noise of N_Z(0, σ²) costs 1/2σ² ([Chance.Gaussian]); a choice by
// the exponential mechanism of size ε costs ε²/8, an ε-private step ε²/2; values of a column that are
// not public are shown above a threshold that costs δ and no ρ ([Variance.Threshold]).
// Noise and choices are drawn exactly, from whole numbers and fair bits; floats stand
// only in what follows from noisy counts.
//
// It misleads, or does not hold,
//
//   - when a person is in the file as two units;
//   - when exact small counts of the same people are published beside it, or other
//     releases that the ledger does not know;
//   - when counts under about 11 are read: the noise makes and unmakes them;
//   - for combinations longer than were asked for, which are the model's guess;
//   - when [Quality], which compares with the real records, is published too.
//
// How long a run takes depends on the noisy counts, and on the number of rows; an error on reading
// depends on the records. Both are for whoever runs it.
//
// Papers: Canonne, Kamath, Steinke (NeurIPS 2020) for noise and conversion; Bun, Steinke (TCC
// 2016) for ρ; McKenna, Mullins, Sheldon, Miklau (VLDB 2022) for AIM; McKenna, Sheldon, Miklau
// (ICML 2019) for the model; Gopi, Mahabadi, Yekhanin, DP Marginals, for the counts.
type Promise struct {
	Epsilon float64 `json:"epsilon"`
	Delta   float64 `json:"delta"`
}

// MostEpsilon bounds ε: at 20 the odds of any conclusion about a person may change by
// a factor of five hundred million, and the word private would be a lie.
const MostEpsilon = 20

// Check refuses a promise that is none, or that cannot be computed with.
func (p Promise) Check() error {
	switch {
	case math.IsNaN(p.Epsilon) || p.Epsilon <= 0:
		return errors.New("epsilon must be more than 0: no noise at all protects nobody, and less than none does not exist")
	case p.Epsilon > MostEpsilon:
		return fmt.Errorf("epsilon is at most %d: above that nothing is protected", MostEpsilon)
	case p.Epsilon < 0.001:
		return errors.New("epsilon is at least 0.001: below that nothing can be said")
	case !(p.Delta > 0):
		return errors.New("delta must be more than 0")
	case p.Delta > 0.001:
		return errors.New("delta is at most 0.001: it is the chance that the promise is not kept, and should be far below one in the number of persons")
	case p.Delta < 1e-15:
		return errors.New("delta is at least 1e-15")
	}
	return nil
}

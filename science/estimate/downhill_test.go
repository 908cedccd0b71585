package estimate_test

import (
	"math"
	"testing"

	"inkingi/science/estimate"
)

// Table 6 of Silverman, Chan and Vincent (2024): estimates as printed, and the ends of
// the interval within five standard deviations of our own, over eight bootstraps.
func TestDownhillIsThatOfThePaper(t *testing.T) {
	for _, c := range []struct {
		table               string
		order               int
		estimate, low, high float64
	}{
		{"UKdat_5", 4, 12262, 9330, 32115},
		{"UKdat_5", 2, 12262, 9332, 28954},
		{"UKdat", 2, 12350, 9643, 25508},
		{"MSEpkg_NewOrl_5", 2, 981, 397, 1564},
		{"MSEpkg_NewOrl", 2, 1110, 586, 1512},
		{"MSEpkg_Kosovo", 3, 10357, 7133, 18681},
		{"MSEpkg_Kosovo", 2, 14342, 12525, 16477},
	} {
		h := table(t, c.table)
		f, err := estimate.Downhill(h, c.order)
		if err != nil {
			t.Fatal(err)
		}
		if math.Round(f.Estimate) != c.estimate {
			t.Errorf("%s to order %d: %.1f, the paper %.0f", c.table, c.order, f.Estimate, c.estimate)
		}
		replicates := 1000
		if len(h.Lists) > 6 { // a minute's work otherwise; fewer make our deviations larger
			replicates = 250
		}
		var lows, highs []float64
		for seed := range uint64(8) {
			b, err := estimate.DownhillBootstrap(t.Context(), h, c.order, estimate.Resampling{Replicates: replicates, Seed: seed})
			if err != nil {
				t.Fatal(err)
			}
			i, err := b.BCa(.95)
			if err != nil {
				t.Fatal(err)
			}
			lows, highs = append(lows, i.Low), append(highs, i.High)
		}
		low, sdLow := moments(lows)
		high, sdHigh := moments(highs)
		t.Logf("%s to order %d: %.0f [%.0f ± %.0f, %.0f ± %.0f], the paper [%.0f, %.0f]", c.table, c.order, f.Estimate, low, sdLow, high, sdHigh, c.low, c.high)
		if math.Abs(low-c.low) > 5*sdLow+1 || math.Abs(high-c.high) > 5*sdHigh+1 {
			t.Errorf("%s to order %d: the paper has [%.0f, %.0f]", c.table, c.order, c.low, c.high)
		}
	}
}

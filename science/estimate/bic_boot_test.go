package estimate_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

type bicBoot struct {
	Dataset string `json:"dataset"`
	Order   int    `json:"maxorder"`
	Result  struct {
		Estimate  float64              `json:"estimate"`
		Inference []map[string]float64 `json:"inference"`
	} `json:"result"`
}

// The bootstrap that chooses among the first models. Its replicates were not stored,
// only the ends; so each end, as theirs, is drawn eight times by us, and must lie
// within five of our standard deviations (two draws differ by √2 of one): a false
// alarm in 2,000 comparisons, of which there are 48.
func TestBICBootstrapIsThatOfMultipleSystemsEstimation(t *testing.T) {
	for _, file := range []string{"Kosovo_order3", "NewOrl_5_order2", "UKdat_5_order2", "UKdat_5_order4", "Ned_5_order2"} {
		var want bicBoot
		reference(t, "mse_pkg_bca_"+file, &want)
		h, _ := bicTable(t, fmt.Sprintf("%s_maxorder%d", want.Dataset, want.Order))
		search, err := estimate.BIC(t.Context(), h, want.Order)
		if err != nil {
			t.Fatal(err)
		}
		near(t, file+": estimate", search.Models[0].Estimate, want.Result.Estimate, exact)
		tops := []int{1, 60}
		if file == "UKdat_5_order2" {
			tops = []int{1, 10, 20, 60}
		}
		for _, top := range tops {
			theirs := want.Result.Inference[top-1]
			drawn := map[string][]float64{}
			for seed := range uint64(8) {
				b, err := estimate.BICBootstrap(t.Context(), h, search, top, estimate.Resampling{Replicates: 1000, Seed: seed})
				if err != nil {
					t.Fatal(err)
				}
				for word := range theirs {
					if word == "ntop" {
						continue
					}
					var alpha float64
					fmt.Sscan(word, &alpha)
					q, err := b.Quantile(alpha)
					if err != nil {
						t.Fatal(err)
					}
					drawn[word] = append(drawn[word], q)
				}
			}
			for word, qs := range drawn {
				mean, sd := moments(qs)
				if math.Abs(theirs[word]-mean) > 5*sd+1e-6*mean {
					t.Errorf("%s, first %d: quantile %s is %.0f ± %.0f, the reference %.0f", file, top, word, mean, sd, theirs[word])
				}
			}
			if top == 60 {
				low, _ := moments(drawn["0.025"])
				high, _ := moments(drawn["0.975"])
				t.Logf("%s: [%.0f, %.0f], the reference [%.0f, %.0f]", strings.TrimSuffix(file, "_"), low, high, theirs["0.025"], theirs["0.975"])
			}
		}
	}
}

func moments(xs []float64) (mean, sd float64) {
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	for _, x := range xs {
		sd += (x - mean) * (x - mean) / float64(len(xs)-1)
	}
	return mean, math.Sqrt(sd)
}

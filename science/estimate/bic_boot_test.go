package estimate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
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

// How many of a thousand resamples have their best model among the first k of the table itself
// (Silverman, Chan and Vincent 2024, table 4). Five standard deviations of two such shares: a
// false alarm in a million for each of nine.
func TestOptimaOfResamplesAreThoseOfThePaper(t *testing.T) {
	for _, c := range []struct {
		table       string
		order, runs int
		share       map[int]float64
	}{
		{"MSEpkg_Kosovo", 3, 1000, map[int]float64{1: .375, 5: .929, 10: .997, 50: 1}},
		{"UKdat_5", 2, 150, map[int]float64{1: .216, 5: .583, 10: .739, 50: .930, 100: .954}},
	} {
		h := table(t, c.table)
		search, err := estimate.BIC(t.Context(), h, c.order)
		if err != nil {
			t.Fatal(err)
		}
		rank := map[string]int{}
		for i, m := range search.Models {
			rank[m.Notation] = i + 1
		}
		var people []int
		for w, n := range h.Counts {
			for range n {
				people = append(people, w)
			}
		}
		dice, within := rand.New(rand.NewPCG(1, 2)), map[int]int{}
		for range c.runs {
			drawn := &estimate.Histories{Lists: h.Lists, Counts: make([]int, len(h.Counts))}
			for range people {
				drawn.Counts[people[dice.IntN(len(people))]]++
			}
			again, err := estimate.BIC(t.Context(), drawn, c.order)
			if err != nil {
				t.Fatal(err)
			}
			for k := range c.share {
				if at := rank[again.Models[0].Notation]; at > 0 && at <= k {
					within[k]++
				}
			}
		}
		for k, p := range c.share {
			got := float64(within[k]) / float64(c.runs)
			sd := math.Sqrt(max(p*(1-p), .002) * (1/float64(c.runs) + 1./1000))
			t.Logf("%s: %.3f within the first %d, the paper %.3f", c.table, got, k, p)
			if math.Abs(got-p) > 5*sd {
				t.Errorf("%s: %.3f within the first %d, the paper %.3f", c.table, got, k, p)
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

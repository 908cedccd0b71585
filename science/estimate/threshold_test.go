package estimate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

type thresholdSet struct {
	Estimate  float64            `json:"popest"`
	Quantiles map[string]float64 `json:"quantiles"`
	Retained  many               `json:"retained_interactions"`
	Triples   many               `json:"retained_triples"`
	Ratios    map[string]float64 `json:"threshold_statistics"`
	Minus     many               `json:"minus_infinite_estimated_effects"`
}

// thresholdCase reads a key such as UKdat_5_improper_2 or Kosovo_proper_3_thr2.5.
func thresholdCase(t *testing.T, key string) (*estimate.Histories, estimate.Thresholding) {
	name, rest, _ := strings.Cut(key, "_proper_")
	o := estimate.Thresholding{Order: 2, Seed: 1}
	if rest == "" {
		name, rest, _ = strings.Cut(key, "_improper_")
		o.Improper = true
	}
	if strings.HasPrefix(rest, "3") {
		o.Order = 3
	}
	if strings.HasSuffix(rest, "thr2.5") {
		o.Cut = 2.5
	}
	if name == "Kosovo" || name == "NewOrl_5" {
		name = "MSEpkg_" + name
	}
	return table(t, name), o
}

// The peers drew 10,000 times in one random walk over 11 to 22 coefficients. Such a
// walk is worth about 100 independent draws; four of its standard errors are then 0.5
// posterior deviations for the median and 1.1 for the ends of the 95 % interval, and
// for a ratio r about 0.4 + 0.28 r. One false alarm in 15,000 comparisons.
func TestThresholdIsThatOfSilverman(t *testing.T) {
	var sets map[string]thresholdSet
	reference(t, "mse_pkg_bayesthresh", &sets)
	for key, want := range sets {
		h, o := thresholdCase(t, key)
		got, err := estimate.Threshold(t.Context(), h, o)
		if err != nil {
			t.Fatal(err)
		}
		cut := 2.0
		if o.Cut > 0 {
			cut = o.Cut
		}
		near := false // a ratio so near the cut that chance decides
		for _, r := range got.Ratios {
			word := estimate.Model{r.Term}.Names(h.Lists)[0]
			w, ok := want.Ratios[word]
			if !ok {
				continue
			}
			if math.Abs(r.Value-w) > 0.4+0.28*w {
				t.Errorf("%s: ratio of %s is %.3f, the reference %.3f", key, word, r.Value, w)
			}
			if (r.Value >= cut) != (w >= cut) {
				near = true
				t.Logf("%s: %s is at %.3f here and at %.3f there: the cut of %g falls between", key, word, r.Value, w, cut)
			}
		}
		theirs := slices.Concat(want.Retained, want.Triples)
		kept := got.Model.Names(h.Lists)
		slices.Sort(theirs)
		slices.Sort(kept)
		if !near && !slices.Equal(kept, []string(theirs)) {
			t.Errorf("%s: %v stayed, the reference %v", key, kept, theirs)
		}
		minus := estimate.Model(got.Minus).Names(h.Lists)
		slices.Sort(want.Minus)
		slices.Sort(minus)
		if !slices.Equal(minus, []string(want.Minus)) {
			t.Errorf("%s: at minus infinity %v, the reference %v", key, minus, want.Minus)
		}
		samePosterior(t, key, h, o, theirs, want)
	}
}

// samePosterior compares the posterior with those interactions that the peers kept.
func samePosterior(t *testing.T, key string, h *estimate.Histories, o estimate.Thresholding, kept []string, want thresholdSet) {
	var m estimate.Model
	for w := range estimate.Term(len(h.Counts)) {
		if slices.Contains(kept, (estimate.Model{w}).Names(h.Lists)[0]) {
			m = append(m, w)
		}
	}
	got, err := estimate.ThresholdedTo(t.Context(), h, m, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %.0f [%.0f, %.0f], the reference %.0f [%.0f, %.0f]", key, got.Quantile(.5), got.Quantile(.025), got.Quantile(.975),
		want.Estimate, want.Quantiles["2.5%"], want.Quantiles["97.5%"])
	for word, q := range want.Quantiles {
		allowed := map[string]float64{"2.5%": 1.1, "10%": .7, "50%": .5, "90%": .7, "97.5%": 1.1}[word]
		if x := got.Quantile(shares[word]); math.Abs(x-q) > allowed*got.SD() {
			t.Errorf("%s: quantile %s is %.0f, the reference %.0f, a deviation %.0f", key, word, x, q, got.SD())
		}
	}
}

package estimate_test

import (
	"encoding/json"
	"math"
	"testing"

	"inkingi/science/estimate"
)

type latentSet struct {
	Mean      float64            `json:"mean"`
	SD        float64            `json:"sd"`
	Quantiles map[string]float64 `json:"quantiles"`
}

// Where the posterior has one hump, LCMCR's one chain and our particles agree: its
// 5,000 kept draws are worth about 100, so four standard errors are half a deviation.
func TestLatentClassesAreThoseOfLCMCR(t *testing.T) {
	raw := map[string]json.RawMessage{}
	reference(t, "lcmcr", &raw)
	for key, name := range map[string]string{"NewOrl_5": "NewOrl_5", "kosovo_aggregate": "MSEpkg_Kosovo"} {
		var want latentSet
		if err := json.Unmarshal(raw[key], &want); err != nil {
			t.Fatal(err)
		}
		got, err := estimate.Latent(t.Context(), table(t, name), estimate.Classes{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: mean %.0f sd %.0f median %.0f [%.0f %.0f]; LCMCR %.0f sd %.0f %.0f [%.0f %.0f]", key, got.Mean(), got.SD(), got.Quantile(.5), got.Quantile(.025), got.Quantile(.975),
			want.Mean, want.SD, want.Quantiles["50%"], want.Quantiles["2.5%"], want.Quantiles["97.5%"])
		if d := math.Abs(got.Quantile(.5) - want.Quantiles["50%"]); d > want.SD/2 {
			t.Errorf("%s: the medians are %.0f apart, a deviation is %.0f", key, d, want.SD)
		}
	}
}

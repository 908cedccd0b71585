package estimate_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

type bicSet struct {
	Estimate float64 `json:"popest"`
	Model    string  `json:"model"`
	BIC      float64 `json:"BIC"`
	Models   int     `json:"n_models"`
	Top      []struct {
		Model    string  `json:"model"`
		Estimate float64 `json:"abundance"`
		BIC      float64 `json:"BIC"`
	} `json:"top"`
}

// bicTable is the table of a key such as NewOrl_5_maxorder3. This program counts
// 186 persons in New Orleans.
func bicTable(t testing.TB, key string) (*estimate.Histories, int) {
	name, order, _ := strings.Cut(key, "_maxorder")
	switch name {
	case "Kosovo", "NewOrl_5":
		name = "MSEpkg_" + name
	}
	return table(t, name), int(order[0] - '0')
}

// The number of models with an estimate, and the best 25 with estimate and BIC, of
// every search that MultipleSystemsEstimation made.
func TestBICIsThatOfMultipleSystemsEstimation(t *testing.T) {
	raw := map[string]json.RawMessage{}
	reference(t, "mse_pkg_bic_point", &raw)
	for key, text := range raw {
		if !strings.Contains(key, "_maxorder") {
			continue
		}
		var want bicSet
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		h, order := bicTable(t, key)
		got, err := estimate.BIC(context.Background(), h, order)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Models) != want.Models {
			t.Errorf("%s: %d models have an estimate, the reference %d", key, len(got.Models), want.Models)
		}
		if got.Models[0].Notation != want.Model {
			t.Errorf("%s: best is %s, the reference %s", key, got.Models[0].Notation, want.Model)
		}
		byName := map[string]estimate.Ranked{}
		for _, m := range got.Models {
			byName[m.Notation] = m
		}
		for i, w := range want.Top {
			m, ok := byName[w.Model]
			if !ok {
				t.Errorf("%s: no model %s", key, w.Model)
				continue
			}
			near(t, key+" "+w.Model+": estimate", m.Estimate, w.Estimate, exact)
			near(t, key+" "+w.Model+": BIC", m.BIC, w.BIC, exact)
			near(t, key+": BIC in order", got.Models[i].BIC, w.BIC, exact)
		}
	}
}

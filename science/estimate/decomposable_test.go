package estimate_test

import (
	"encoding/json"
	"testing"

	"inkingi/science/estimate"
)

type dgaSet struct {
	Observed  int                `json:"n"`
	Delta     float64            `json:"delta"`
	Unseen    [2]int             `json:"Nmissing"`
	Graphs    int                `json:"n_graphs"`
	Mean      float64            `json:"mean"`
	Quantiles map[string]float64 `json:"quantiles"`
	Post      []float64          `json:"graph_post"`
}

var shares = map[string]float64{"2.5%": .025, "10%": .1, "50%": .5, "90%": .9, "97.5%": .975}

// Every average that dga made: mean, quantiles and the probabilities of the first
// five graphs.
func TestAveragesAreThoseOfDGA(t *testing.T) {
	raw := map[string]json.RawMessage{}
	reference(t, "dga", &raw)
	for key, name := range map[string]string{"Kosovo": "MSEpkg_Kosovo", "Kosovo_delta1": "MSEpkg_Kosovo",
		"UKdat_5": "UKdat_5", "Ned_5": "Ned_5", "NewOrl_5": "NewOrl_5"} {
		var want dgaSet
		if err := json.Unmarshal(raw[key], &want); err != nil {
			t.Fatal(err)
		}
		averaging := estimate.Averaging{Delta: want.Delta, Unseen: want.Unseen[1]}
		if key == "Ned_5" {
			averaging.Step = 20 // all its quantiles are observed + a multiple of 20
		}
		a, err := estimate.Decomposable(t.Context(), table(t, name), averaging)
		if err != nil {
			t.Fatal(err)
		}
		near(t, key+": mean", a.Mean(), want.Mean, exact)
		for word, q := range want.Quantiles {
			near(t, key+": quantile "+word, a.Quantile(shares[word]), q, exact)
		}
		for i, p := range want.Post {
			near(t, key+": probability of a graph", a.Graphs[i].Probability, p, exact)
		}
	}
}

// The example of five lists in Madigan and York's paper, as the manual of dga has it,
// with a prior of 2^-5 observations a history.
func TestAverageOfMadiganAndYork(t *testing.T) {
	h, err := estimate.NewHistories("A", "B", "C", "D", "E")
	if err != nil {
		t.Fatal(err)
	}
	counts := []int{0, 27, 37, 19, 4, 4, 1, 1, 97, 22, 37, 25, 2, 1, 3, 5, 83, 36, 34, 18, 3, 5, 0, 2, 30, 5, 23, 8, 0, 3, 0, 2}
	for w, n := range counts {
		if err := h.Add(estimate.Term(w), n); err != nil {
			t.Fatal(err)
		}
	}
	a, err := estimate.Decomposable(t.Context(), h, estimate.Averaging{Unseen: 300})
	if err != nil {
		t.Fatal(err)
	}
	// The manual's range begins at one unseen person, ours at none: that has a
	// probability of 1e-18.
	near(t, "probability of the first graph", a.Graphs[0].Probability, 0.4414044410516, exact)
	near(t, "mean", a.Mean(), 618.910668713742, exact)
	for i, q := range []float64{590, 618, 656} {
		near(t, "quantile", a.Quantile([]float64{.025, .5, .975}[i]), q, exact)
	}
}

package estimate_test

import (
	"testing"

	"inkingi/science/estimate"
)

// rcapture is what Rcapture printed.
type rcapture struct {
	Rcapture struct {
		MS map[string]struct {
			Observed int            `json:"n"`
			Models   int            `json:"n_models"`
			Top      []rcaptureLine `json:"top_BIC"`
			TopAIC   []rcaptureLine `json:"top_AIC"`
		}
		Hare struct {
			Results []rcaptureLine `json:"results"`
		} `json:"hare_closedp"`
		Profile95 rcaptureProfile `json:"UKdat_5_profile95_step02"`
		Profile80 rcaptureProfile `json:"UKdat_5_profile80_step02"`
	}
}

type rcaptureLine struct {
	Model    string  `json:"model"`
	Estimate float64 `json:"abundance"`
	SE       float64 `json:"stderr"`
	Deviance float64 `json:"deviance"`
	DF       int     `json:"df"`
	AIC      float64
	BIC      float64
	Info     int `json:"infoFit"`
}

type rcaptureProfile struct {
	Results rcaptureLine `json:"results"`
	CI      struct {
		Centre float64 `json:"abundance"`
		Low    float64 `json:"infCL"`
		High   float64 `json:"supCL"`
	}
}

// The profile interval of the stepwise model of the United Kingdom. Rcapture stops
// its searches at 0.0001 persons for the ends, and where the likelihood is too flat
// to tell for the centre; both lie within 3e-7 of ours.
func TestProfileIsThatOfRcapture(t *testing.T) {
	var want rcapture
	reference(t, "rcapture", &want)
	h := table(t, "UKdat_5")
	f, err := estimate.Stepwise(h, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	for level, w := range map[float64]rcaptureProfile{.95: want.Rcapture.Profile95, .8: want.Rcapture.Profile80} {
		near(t, "estimate", f.Estimate, w.Results.Estimate, exact)
		near(t, "its error", f.SE, w.Results.SE, exact)
		near(t, "deviance", f.Deviance, w.Results.Deviance, exact)
		near(t, "AIC", f.AIC, w.Results.AIC, exact)
		near(t, "BIC", f.BIC, w.Results.BIC, exact)
		centre, i, err := estimate.Profile(h, f.Model, level)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%.4f [%.4f, %.4f]; Rcapture %.4f [%.4f, %.4f]", centre, i.Low, i.High, w.CI.Centre, w.CI.Low, w.CI.High)
		near(t, "centre", centre, w.CI.Centre, exact)
		near(t, "low", i.Low, w.CI.Low, exact)
		near(t, "high", i.High, w.CI.High, exact)
	}
}

// The tables of all hierarchical models (closedpMS.t) on four sets, best by BIC and best by AIC.
func TestFitsAreThoseOfRcapture(t *testing.T) {
	var want rcapture
	reference(t, "rcapture", &want)
	for name, set := range want.Rcapture.MS {
		h, _ := bicTable(t, name+"_maxorder2")
		if h.Observed() != set.Observed {
			t.Errorf("%s: %d persons, the reference %d", name, h.Observed(), set.Observed)
		}
		for _, w := range append(set.Top, set.TopAIC...) {
			f, err := estimate.Fit(h, estimate.MustHierarchy(w.Model))
			if err != nil {
				t.Fatal(err)
			}
			what := name + " " + w.Model
			near(t, what+": estimate", f.Estimate, w.Estimate, exact)
			near(t, what+": error", f.SE, w.SE, exact)
			near(t, what+": deviance", f.Deviance, w.Deviance, exact)
			near(t, what+": AIC", f.AIC, w.AIC, exact)
			near(t, what+": BIC", f.BIC, w.BIC, exact)
		}
	}
}

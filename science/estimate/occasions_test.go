package estimate_test

import (
	"testing"

	"inkingi/science/estimate"
)

// The twelve models of snowshoe hares on six days, as Rcapture printed them.
func TestOccasionsAreThoseOfRcapture(t *testing.T) {
	var want rcapture
	reference(t, "rcapture", &want)
	fits, err := estimate.Occasions(table(t, "Rcapture_hare"))
	if err != nil {
		t.Fatal(err)
	}
	if len(fits) != len(want.Rcapture.Hare.Results) {
		t.Fatalf("%d models, the reference %d", len(fits), len(want.Rcapture.Hare.Results))
	}
	for i, w := range want.Rcapture.Hare.Results {
		f := fits[i]
		if f.Name != w.Model || f.Freedom != w.DF {
			t.Errorf("model %d is %s with %d, the reference %s with %d", i, f.Name, f.Freedom, w.Model, w.DF)
		}
		near(t, f.Name+": estimate", f.Estimate, w.Estimate, exact)
		near(t, f.Name+": error", f.SE, w.SE, exact)
		near(t, f.Name+": deviance", f.Deviance, w.Deviance, exact)
		near(t, f.Name+": AIC", f.AIC, w.AIC, exact)
		near(t, f.Name+": BIC", f.BIC, w.BIC, exact)
	}
}

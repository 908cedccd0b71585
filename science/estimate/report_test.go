package estimate_test

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

// Two lists, with figures worked out by hand: (200+1)(150+1)/(50+1) - 1.
func TestChapman(t *testing.T) {
	h, err := estimate.NewHistories("police", "shelters")
	if err != nil {
		t.Fatal(err)
	}
	for w, n := range []int{0, 150, 100, 50} {
		if err := h.Add(estimate.Term(w), n); err != nil {
			t.Fatal(err)
		}
	}
	c, err := estimate.Chapman(h, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "estimate", c.Estimate, 594.1176470588, 1e-10)
	near(t, "error", c.SE, math.Sqrt(201.0*151*150*100/(51*51*52)), 1e-12)
	i, err := c.Interval(.95)
	if err != nil || !(i.Low > 300 && i.Low < c.Estimate && i.High > c.Estimate) {
		t.Errorf("interval %v (%v)", i, err)
	}
	near(t, "the ends are as far by factor", (i.High-300)/(c.Estimate-300), (c.Estimate-300)/(i.Low-300), 1e-12)
	if _, err := estimate.Chapman(h, 0, 0); err == nil {
		t.Error("a list was taken with itself")
	}
}

// Whatever a table holds, the whole report says either a figure or why there is none.
func TestReportAnswersForEveryMethod(t *testing.T) {
	for name, counts := range map[string][]int{
		"ordinary":           {0, 50, 60, 20, 70, 15, 9, 4},
		"no overlap":         {0, 50, 60, 0, 70, 0, 0, 0},
		"everybody on all":   {0, 0, 0, 0, 0, 0, 0, 300},
		"everybody on one":   {0, 50, 0, 20, 0, 15, 0, 4},
		"one person a cell":  {0, 1, 1, 1, 1, 1, 1, 1},
		"a list nobody met":  {0, 200, 100, 20, 0, 0, 0, 0},
		"huge":               {0, 9e7, 9e7, 9e7, 9e7, 9e7, 9e7, 9e7},
		"one pair in common": {0, 200, 100, 20, 100, 0, 0, 0},
	} {
		h, err := estimate.NewHistories("A", "B", "C")
		if err != nil {
			t.Fatal(err)
		}
		for w, n := range counts {
			if err := h.Add(estimate.Term(w), n); err != nil {
				t.Fatal(err)
			}
		}
		before := slices.Clone(h.Counts)
		for _, kind := range []estimate.Kind{estimate.Conditional, estimate.ByProfile, estimate.ByBCa} {
			methods := estimate.Methods()
			if kind != estimate.Conditional { // the others have an interval of their own
				methods = []estimate.Method{estimate.MainEffects, estimate.ByStepwise, estimate.ByBIC}
			}
			r, err := estimate.Run(t.Context(), h, estimate.Plan{Methods: methods, Interval: kind, Resampling: estimate.Resampling{Replicates: 20}})
			if err != nil {
				t.Fatal(name, err)
			}
			for _, x := range r.Results {
				if math.IsNaN(x.Estimate) && x.Note == "" {
					t.Errorf("%s, %s: no figure and no reason", name, x.Method)
				}
				if x.Method != estimate.ByChapman && x.Estimate < float64(r.Observed) {
					t.Errorf("%s, %s: %g, fewer than the %d seen", name, x.Method, x.Estimate, r.Observed)
				}
			}
		}
		if !slices.Equal(before, h.Counts) {
			t.Errorf("%s: the caller's table was changed", name)
		}
	}
}

func TestPlansThatAreNone(t *testing.T) {
	h := table(t, "UKdat_5")
	for what, p := range map[string]estimate.Plan{
		"method": {Methods: []estimate.Method{"best"}}, "interval": {Interval: "wald"}, "level": {Level: 1.2},
		"threshold": {Threshold: -1}, "order": {Order: -1},
	} {
		if _, err := estimate.Run(t.Context(), h, p); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := estimate.Run(t.Context(), nil, estimate.Plan{}); err == nil {
		t.Error("no table was estimated")
	}
	if _, err := estimate.Run(t.Context(), &estimate.Histories{}, estimate.Plan{}); err == nil {
		t.Error("an empty table was estimated")
	}
	for _, m := range []estimate.Model{{1}, {3, 3}, {7}, {1 << 9}} {
		if _, err := estimate.Fit(h, m); err == nil {
			t.Errorf("%v was fitted, and is no model of five lists", m)
		}
	}
}

var update = flag.Bool("update", false, "rewrite the picture of the page")

// The picture of the page on this science, byte for byte where it was drawn. Other
// processors round a product and a sum at once, and after a million draws a chain is
// then another one: there every word is the same and every figure within a twentieth.
func TestPictureIsTheOneOfThePage(t *testing.T) {
	slack := .05
	if runtime.GOARCH == "amd64" {
		slack = 0
	}
	r, err := estimate.Run(t.Context(), table(t, "UKdat_5"), estimate.Plan{Interval: estimate.ByBCa, Resampling: estimate.Resampling{Replicates: 1000, Seed: 1}})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("..", "..", "docs", "sciences", "estimate.svg")
	if *update {
		if err := os.WriteFile(name, []byte(r.Picture()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if why := differs(r.Picture(), string(want), slack); why != "" {
		t.Errorf("the picture has changed: look at it, and run again with -update: %s", why)
	}
}

// The comparison itself finds a word, a figure too far, and lets one that is near pass.
func TestDiffers(t *testing.T) {
	for _, one := range []struct {
		got   string
		slack float64
		same  bool
	}{{"bic 11,000 and", 0, true}, {"bic 11,001 and", 0, false}, {"bic 11,100 and", .05, true}, {"bic 12,100 and", .05, false}, {"dga 11,000 and", .05, false}, {"bic 11,000", .05, false}} {
		if why := differs(one.got, "bic 11,000 and", one.slack); (why == "") != one.same {
			t.Errorf("%q, slack %v: %q", one.got, one.slack, why)
		}
	}
}

var figure = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// differs says where two texts part: at a word, or at a figure by more than slack.
func differs(got, want string, slack float64) string {
	if figure.ReplaceAllString(got, "#") != figure.ReplaceAllString(want, "#") {
		return "other words"
	}
	a, b := figure.FindAllString(got, -1), figure.FindAllString(want, -1)
	for i := range a {
		x, err1 := strconv.ParseFloat(strings.ReplaceAll(a[i], ",", ""), 64)
		y, err2 := strconv.ParseFloat(strings.ReplaceAll(b[i], ",", ""), 64)
		if err1 != nil || err2 != nil || math.Abs(x-y) > slack*math.Abs(y) {
			return a[i] + " and not " + b[i]
		}
	}
	return ""
}

// What is refused is drawn without a figure.
func TestPictureOfARefusal(t *testing.T) {
	r, err := estimate.Run(t.Context(), table(t, "Artificial_3"), estimate.Plan{Methods: []estimate.Method{estimate.MainEffects}})
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Picture(); strings.Contains(s, "539") || !strings.Contains(s, "No figure is shown") {
		t.Errorf("the figure of a refused table is drawn: %s", s)
	}
}

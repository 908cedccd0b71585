package estimate_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

// table reads one of testdata/tables.
func table(t testing.TB, name string) *estimate.Histories {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "tables", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h, err := estimate.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// reference reads one of testdata/reference into v.
func reference(t testing.TB, name string, v any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "reference", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, v); err != nil {
		t.Fatal(err)
	}
}

// near fails when got is further than relative from want.
func near(t testing.TB, what string, got, want, relative float64) {
	t.Helper()
	if math.Abs(got-want) < 1e-12 { // a deviance of nothing is a rounding error
		return
	}
	if d := math.Abs(got-want) / math.Max(math.Abs(want), 1e-300); !(d <= relative) {
		t.Errorf("%s is %.10g, the reference %.10g: %.2g apart", what, got, want, d)
	}
}

// pointFit is one fit as SparseMSE printed it.
type pointFit struct {
	CheckIdent   int                `json:"checkident"`
	Estimate     map[string]float64 `json:"estimate"`
	Formula      string             `json:"formula"`
	Coefficients map[string]float64 `json:"coefficients"`
	StdErr       map[string]float64 `json:"std_err"`
	Deviance     float64            `json:"deviance"`
	AIC          float64            `json:"aic"`
	Iter         int                `json:"iter"`
	Rows         int                `json:"n_rows"`
	Empty        many               `json:"emptyoverlaps"`
}

// many is a list of words that R writes as one word when there is one.
type many []string

func (m *many) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*m = nil
		if one != "" {
			*m = many{one}
		}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(m))
}

type pointSet struct {
	Observed int                 `json:"n_observed"`
	Main     pointFit            `json:"main"`
	Stepwise map[string]pointFit `json:"stepwise"`
	All      pointFit            `json:"all2way"`
	AllCode  int                 `json:"checkident_all2way"`
	Single   map[string]pointFit `json:"single"`
}

// exact is how near the references are met: they were printed to 12 digits.
const exact = 1e-6

// same compares a whole fit: estimate, interval, coefficients, errors, deviance.
func same(t *testing.T, what string, f *estimate.Fitted, lists []string, want pointFit) {
	t.Helper()
	near(t, what+": estimate", f.Estimate, want.Estimate["point est."], exact)
	for level, ends := range map[float64][2]string{.95: {"2.5%", "97.5%"}, .8: {"10%", "90%"}} {
		i, err := f.Conditional(level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, what+": "+ends[0], i.Low, want.Estimate[ends[0]], exact)
		near(t, what+": "+ends[1], i.High, want.Estimate[ends[1]], exact)
	}
	near(t, what+": deviance", f.Deviance, want.Deviance, exact)
	near(t, what+": AIC", f.AIC, want.AIC, exact)
	if f.Cells != want.Rows || f.Rounds != want.Iter {
		t.Errorf("%s: %d histories in %d rounds, the reference %d in %d", what, f.Cells, f.Rounds, want.Rows, want.Iter)
	}
	var minus many
	finite := 0
	for _, c := range f.Coefficients {
		name := estimate.Model{c.Term}.Names(lists)[0]
		if c.Term == 0 {
			name = "(Intercept)"
		}
		if math.IsInf(c.Estimate, -1) {
			minus = append(minus, name)
			continue
		}
		finite++
		near(t, what+": "+name, c.Estimate, want.Coefficients[name], exact)
		near(t, what+": se of "+name, c.SE, want.StdErr[name], exact)
	}
	if finite != len(want.Coefficients) {
		t.Errorf("%s: %d coefficients, the reference %d", what, finite, len(want.Coefficients))
	}
	slices.Sort(minus)
	slices.Sort(want.Empty)
	if !slices.Equal(minus, want.Empty) {
		t.Errorf("%s: at minus infinity %v, the reference %v", what, minus, want.Empty)
	}
}

// Every fit that SparseMSE made: main effects, all pairs, each pair alone, and the
// stepwise search at nine thresholds, on seven tables.
func TestFitsAreThoseOfSparseMSE(t *testing.T) {
	var sets map[string]pointSet
	reference(t, "sparsemse_point", &sets)
	fits := 0
	for name, want := range sets {
		h := table(t, name)
		if h.Observed() != want.Observed {
			t.Errorf("%s: %d persons, the reference %d", name, h.Observed(), want.Observed)
		}
		fit := func(what string, m estimate.Model, want pointFit) {
			t.Helper()
			f, err := estimate.Fit(h, m)
			if err != nil {
				t.Fatal(err)
			}
			if int(f.Code) != want.CheckIdent {
				t.Errorf("%s %s: code %d, the reference %d", name, what, f.Code, want.CheckIdent)
			}
			if want.CheckIdent == 0 {
				fits++
				same(t, name+" "+what, f, h.Lists, want)
			}
		}
		fit("main effects", nil, want.Main)
		want.All.CheckIdent = want.AllCode
		fit("all pairs", estimate.Pairs(len(h.Lists)), want.All)
		for _, pair := range estimate.Pairs(len(h.Lists)) {
			word := estimate.Model{pair}.Names(h.Lists)[0]
			single, ok := want.Single[word]
			if !ok {
				t.Fatalf("%s: no reference for %s", name, word)
			}
			fit(word, estimate.Model{pair}, single)
		}
		for threshold, want := range want.Stepwise {
			var p float64
			fmt.Sscan(threshold, &p)
			f, err := estimate.Stepwise(h, p)
			if err != nil {
				t.Fatal(err)
			}
			fits++
			same(t, name+" stepwise "+threshold, f, h.Lists, want)
			if got := formula(f, h.Lists); !strings.HasSuffix(strings.Trim(want.Formula, `"`), got) {
				t.Errorf("%s stepwise %s: terms %q, the reference %q", name, threshold, got, want.Formula)
			}
		}
	}
	if fits < 150 {
		t.Errorf("only %d fits were compared", fits)
	}
}

// formula writes the estimated pairs in the order in which they were added.
func formula(f *estimate.Fitted, lists []string) string {
	s := "~ ."
	for _, m := range f.Model {
		i := slices.IndexFunc(f.Coefficients, func(c estimate.Coefficient) bool { return c.Term == m })
		if !math.IsInf(f.Coefficients[i].Estimate, -1) {
			s += " + " + estimate.Model{m}.Names(lists)[0]
		}
	}
	return s
}

// The codes of the paper's own example, and of its largest model.
func TestExistenceAndIdentifiability(t *testing.T) {
	h := table(t, "Artificial_3")
	for model, want := range map[string]estimate.Code{"[12,13,23]": 2, "[12,3]": 1, "[13,23]": 0, "[1,2,3]": 0} {
		got, err := estimate.Check(h, estimate.MustHierarchy(model))
		if err != nil || got != want {
			t.Errorf("%s: code %d (%v), the paper says %d", model, got, err, want)
		}
	}
}

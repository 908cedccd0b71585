package disclosure_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if d := math.Abs(got-want) / math.Max(math.Abs(want), 1e-300); !(d <= 1e-9) {
		t.Errorf("%s is %.12g, the reference %.12g", what, got, want)
	}
}

// The figures are those of private-pgm and of Synthetic Data Showcase, to 1e-9.
func TestAccountingEqualsTheReferences(t *testing.T) {
	text, err := os.ReadFile("testdata/privacy_accounting_kat.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for name, rows := range all {
		var points []struct{ Eps, Rho, Delta float64 }
		switch {
		case name == "sds_noise_parameters":
			seen += sameSplits(t, rows)
			continue
		case json.Unmarshal(rows, &points) != nil:
			t.Fatal(name)
		}
		for _, p := range points {
			seen++
			switch {
			case strings.HasPrefix(name, "cdp_rho"):
				near(t, "ρ", disclosure.Rho(p.Eps, p.Delta), p.Rho)
			case name == "cdp_eps":
				near(t, "ε", disclosure.Epsilon(p.Rho, p.Delta), p.Eps)
			case name == "cdp_delta":
				near(t, "δ", disclosure.Delta(p.Rho, p.Eps), p.Delta)
			}
		}
	}
	if seen != 18+10+9+36 {
		t.Errorf("%d figures were compared", seen)
	}
	near(t, "ρ(4, 1.9158e-5)", disclosure.Rho(4, 1.9158e-5), 0.39523812460380603)
}

func sameSplits(t *testing.T, text []byte) int {
	var rows []struct {
		Eps         float64
		EpsM        float64   `json:"eps_M"`
		Weights     []float64 `json:"sigma_proportions"`
		ForRanks    float64   `json:"percentile_eps_prop"`
		Delta, Rho  float64
		EpsilonRank float64 `json:"percentile_epsilon"`
		Sigmas      []float64
		Threshold   float64 `json:"rho1_threshold_at_Delta1=10"`
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		near(t, "ρ", disclosure.ClassicRho(r.EpsM, r.Delta), r.Rho)
		e, sigmas := disclosure.Split(r.Rho, r.ForRanks, r.Weights)
		near(t, "ε of a percentile", e, r.EpsilonRank)
		spent := float64(len(sigmas)) * e * e / 2
		for i, s := range sigmas {
			near(t, "σ", s, r.Sigmas[i])
			spent += 1 / (2 * s * s)
		}
		near(t, "what is spent", spent, r.Rho)
		near(t, "threshold", disclosure.UnionThreshold(sigmas[0], r.Delta, 10), r.Threshold)
		if better := disclosure.Rho(r.EpsM, r.Delta/2); better < r.Rho {
			t.Errorf("ε %g: the conversion used here gives ρ %g, less than %g", r.EpsM, better, r.Rho)
		}
	}
	return len(rows)
}

// pac-synth's own cases, its unsorted list among them.
func TestPercentileScoresEqualThePeers(t *testing.T) {
	for _, c := range []struct{ list, want []int }{
		{[]int{0, 1, 4, 5, 5, 8, 11, 12, 12, 15}, []int{-5, -4, -4, -4, -3, -1, -1, -1, 0, -1, -1, -1, -3, -3, -3, -4}},
		{[]int{4, 4, 4, 4, 4, 4, 4, 4, 4, 4}, []int{-6, -6, -6, -6, 0}},
		{[]int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, []int{-6, -6, -5, -4, -3, -2, -1, 0, -1, -2, -3, -4}},
		{[]int{5, 4}, []int{-2, -2, -2, -2, 0, -1}},
		{[]int{4}, []int{-1, -1, -1, -1, 0}},
		{nil, nil},
	} {
		if got := disclosure.PercentileScores(c.list, 60); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, not %v", c.list, got, c.want)
		}
	}
}

// A ledger is spent once: what does not fit is refused and leaves it as it was.
func TestLedgerIsSpentOnce(t *testing.T) {
	l := &disclosure.Ledger{Budget: disclosure.Promise{Epsilon: 4, Delta: 1e-6}}
	all := disclosure.Spent{Method: "aim", Rho: disclosure.Rho(4, 5e-7), Delta: 5e-7}
	spent, err := l.Spend(all)
	if err != nil || len(l.Entries) != 0 || len(spent.Entries) != 1 {
		t.Fatal(err, l, spent)
	}
	if p, ok := spent.Total(); !ok || math.Abs(p.Epsilon-4) > 1e-9 {
		t.Errorf("all of the budget is ε %v", p)
	}
	if _, err := spent.Spend(disclosure.Spent{Method: "aim", Rho: 1e-6}); !errors.Is(err, disclosure.ErrSpent) {
		t.Errorf("a second release: %v", err)
	}
	half := disclosure.Spent{Method: "aim", Rho: disclosure.Rho(4, 1e-6) / 2}
	once, err1 := l.Spend(half)
	twice, err2 := once.Spend(half)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if _, err := twice.Spend(half); !errors.Is(err, disclosure.ErrSpent) {
		t.Errorf("a third half: %v", err)
	}
	text, err := twice.Text()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := disclosure.ReadLedger(text); err != nil || len(back.Entries) != 2 || back.Entries[1].Rho != half.Rho {
		t.Errorf("kept and read again: %v %v", back, err)
	}
}

func TestLedgerRefusesWhatItCannotKeep(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "not a ledger",
		"{}":                                 "epsilon must be more than 0",
		`{"budget":{"epsilon":4,"delta":0}}`: "delta must be more than 0",
		`{"budget":{"epsilon":4,"delta":1e-6},"entries":[{"rho":-1}]}`:   "less than nothing",
		`{"budget":{"epsilon":400,"delta":1e-6}}`:                        "at most 20",
		`{"budget":{"epsilon":4,"delta":1e-6},"entries":[{"rho":"all"}]`: "not a ledger",
		`{"budget":{"epsilon":4,"delta":1e-6}}`:                          "no list of what was spent",
		`{"budget":{"epsilon":4,"delta":1e-6},"entrys":[{"rho":1}]}`:     "unknown field",
		`{"budget":{"epsilon":4,"delta":1e-6},"entries":[]}{}`:           "something stands after it",
	} {
		if _, err := disclosure.ReadLedger([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, not %q", text, err, want)
		}
	}
	if _, err := (&disclosure.Ledger{}).Spend(disclosure.Spent{Rho: 1}); err == nil {
		t.Error("a ledger without a budget spends")
	}
	l := &disclosure.Ledger{Budget: disclosure.Promise{Epsilon: 4, Delta: 1e-6}}
	for _, s := range []disclosure.Spent{{}, {Rho: -1}, {Rho: math.NaN()}, {Rho: .1, Delta: math.NaN()}} {
		if _, err := l.Spend(s); err == nil {
			t.Errorf("%+v was spent", s)
		}
	}
}

// Whatever a ledger is, nothing is spent from it beyond its budget, and what was spent is
// there when it is read again.
func FuzzLedger(f *testing.F) {
	f.Add([]byte(`{"budget":{"epsilon":4,"delta":1e-6},"entries":[]}`), 0.1, 1e-8)
	f.Add([]byte(`{"budget":{"epsilon":1,"delta":1e-6},"entries":[{"rho":0.01,"delta":5e-7,"method":"aim","columns":["a"]}]}`), 1e-3, 0.0)
	f.Add([]byte(`{"budget":{"epsilon":20,"delta":0.1},"entries":[{"rho":1e300}]}`), 1e300, 0.05)
	f.Fuzz(func(t *testing.T, text []byte, rho, delta float64) {
		l, err := disclosure.ReadLedger(text)
		if err != nil {
			return
		}
		next, err := l.Spend(disclosure.Spent{Method: "aim", Rho: rho, Delta: delta})
		if err != nil {
			return
		}
		p, ok := next.Total()
		if !ok || !(p.Epsilon <= l.Budget.Epsilon*(1+1e-6)) || p.Delta > l.Budget.Delta || len(next.Entries) != len(l.Entries)+1 {
			t.Fatalf("%+v of %+v", p, l.Budget)
		}
		kept, err := next.Text()
		if err != nil {
			t.Fatal(err)
		}
		back, err := disclosure.ReadLedger(kept)
		if err != nil || len(back.Entries) != len(next.Entries) {
			t.Fatalf("%v: %s", err, kept)
		}
	})
}

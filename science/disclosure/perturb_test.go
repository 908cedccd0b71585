package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// The probabilities that ptable 0.3.3 prints, to the eight decimals it prints, less one
// figure for its own solver.
func TestPTableIsThatOfPtable(t *testing.T) {
	var all map[string]json.RawMessage
	reference(t, "ptable_reference.json", &all)
	delete(all, "version")
	if len(all) != 6 {
		t.Fatalf("%d tables", len(all))
	}
	for name, text := range all {
		var want struct {
			D, JS  int
			V      float64
			PTable []struct {
				I, J   int
				V      int
				P, Sum float64
				Upper  float64 `json:"p_int_ub"`
			} `json:"pTable"`
		}
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, err := disclosure.Perturbation{Most: want.D, Variance: want.V, Never: want.JS}.Table()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, p := range want.PTable {
			if math.Abs(got.P(p.I, p.J)-p.P) > 1e-7 {
				t.Errorf("%s: %d becomes %d with %.9f, not %.8f", name, p.I, p.J, got.P(p.I, p.J), p.P)
			}
			// Just under the end of its interval of keys, and just after.
			if key := p.Upper - 1e-6; p.P > 1e-5 && got.Noise(p.I, uint64(key*(1<<64))) != p.V {
				t.Errorf("%s: a key of %v moves %d by %d, not %d", name, key, p.I, got.Noise(p.I, uint64(key*(1<<64))), p.V)
			}
			if key := p.Upper + 1e-6; key < 1 && got.Noise(p.I, uint64(key*(1<<64))) <= p.V {
				t.Errorf("%s: a key of %v moves %d by %d", name, key, p.I, got.Noise(p.I, uint64(key*(1<<64))))
			}
		}
		if got.P(1000, 1000+want.D+1) != 0 || got.P(1000, 1000) != got.P(want.D+want.JS+1, want.D+want.JS+1) || got.P(-1, 0) != 0 || got.Noise(7, math.MaxUint64) > want.D {
			t.Errorf("%s: large counts", name)
		}
	}
}

// Mean, variance and support, of settings that nobody printed.
func TestPTableKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := disclosure.Perturbation{Most: rapid.IntRange(1, 12).Draw(r, "D"), Never: rapid.IntRange(0, 3).Draw(r, "js"), Variance: rapid.Float64Range(0.05, 20).Draw(r, "V")}
		table, err := p.Table()
		if err != nil {
			return
		}
		for count := range p.Most + p.Never + 4 {
			sum, mean, square := 0.0, 0.0, 0.0
			for shown := 0; shown <= count+p.Most+1; shown++ {
				v, at := float64(shown-count), table.P(count, shown)
				if at < 0 || at > 0 && (math.Abs(v) > float64(p.Most) || shown > 0 && shown <= p.Never || count == 0 && shown != 0) {
					r.Fatalf("%+v: %d becomes %d with %v", p, count, shown, at)
				}
				sum, mean, square = sum+at, mean+v*at, square+v*v*at
			}
			if math.Abs(sum-1) > 1e-9 || math.Abs(mean) > 1e-7 || square > p.Variance+1e-7 {
				r.Fatalf("%+v, count %d: sum %v, mean %v, variance %v", p, count, sum, mean, square)
			}
		}
	})
}

func TestPTableRefuses(t *testing.T) {
	for want, p := range map[string]disclosure.Perturbation{
		"1 to 100":             {Variance: 1},
		"more than 0":          {Most: 2},
		"is too small":         {Most: 2, Variance: 1, Never: 2},
		"greatest noise":       {Most: 2, Variance: 1, Never: 3},
		"no noise has it":      {Most: 5, Variance: 0.1, Never: 2},
		"variance of noise is": {Most: 2, Variance: math.NaN()},
	} {
		if _, err := p.Table(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, not %q", p, err, want)
		}
	}
}

// people invents rows with names, some with two; nobody exists.
func people(n int) string {
	var b strings.Builder
	b.WriteString("who,sex,age,place\n")
	for i := range n {
		fmt.Fprintf(&b, "P%d,%c,%s,%c\n", i, "fm"[i%2], []string{"child", "adult", "old"}[i*i%3], "ABCD"[(i/3)%4])
		if i%10 == 0 {
			fmt.Fprintf(&b, "P%d,%c,,\n", i, "fm"[i%2])
		}
	}
	return b.String()
}

func perturbed(t *testing.T, text string, secret byte, columns []string, views ...string) (*disclosure.Linked, *disclosure.Changed) {
	t.Helper()
	s := surveyOf(t, text, disclosure.SurveyReading{Secret: secretOf(secret), Reading: disclosure.Reading{Unit: "who", Keys: columns, One: true}})
	x, err := s.Cross()
	if err != nil {
		t.Fatal(err)
	}
	var list []disclosure.View
	for _, v := range views {
		view, _ := disclosure.ParseView(v, columns)
		list = append(list, view)
	}
	l, err := x.Link(list)
	if err != nil {
		t.Fatal(err)
	}
	noise, err := disclosure.Perturbation{Most: 5, Variance: 3, Never: 2}.Table()
	if err != nil {
		t.Fatal(err)
	}
	c, err := l.Perturb(t.Context(), noise, 11)
	if err != nil {
		t.Fatal(err)
	}
	return l, c
}

// The same persons get the same noise in whatever table, in whatever order they are in
// the file; another secret gives other noise; one person more, too.
func TestPerturbHangsOnThePersons(t *testing.T) {
	text := people(400)
	l, c := perturbed(t, text, 1, []string{"sex", "age", "place"}, "sex,age,place")
	rows := strings.Split(strings.TrimSpace(text), "\n")
	slices.Reverse(rows[1:])
	m, d := perturbed(t, strings.Join(rows, "\n"), 1, []string{"age", "sex"}, "age,sex")
	shared := 0
	for i, at := range m.At[:m.Shown] {
		for j, to := range l.At[:l.Shown] {
			if to[0] == at[1] && to[1] == at[0] && to[2] == disclosure.All {
				shared++
				if c.Counts[j] != d.Counts[i] || l.Table.Counts[j] != m.Table.Counts[i] {
					t.Errorf("%v: %d and %d", to, c.Counts[j], d.Counts[i])
				}
			}
		}
	}
	if shared != m.Shown {
		t.Errorf("%d of %d cells are in both", shared, m.Shown)
	}
	moved := 0
	for cell, n := range c.Counts {
		by := n - l.Table.Counts[cell]
		if abs(by) > 5 || n == 1 || n == 2 || n < 0 || l.Table.Counts[cell] == 0 && n != 0 {
			t.Errorf("%v: %d became %d", l.At[cell], l.Table.Counts[cell], n)
		}
		if by != 0 {
			moved++
		}
		if abs(by) > c.Furthest {
			t.Errorf("moved by %d, it says %d", by, c.Furthest)
		}
	}
	if moved < l.Shown/2 {
		t.Errorf("%d of %d counts were moved", moved, l.Shown)
	}
	if _, other := perturbed(t, text, 2, []string{"sex", "age", "place"}, "sex,age,place"); slices.Equal(other.Counts, c.Counts) {
		t.Error("another secret gives the same noise")
	}
}

func TestPerturbRefuses(t *testing.T) {
	noise, err := disclosure.Perturbation{Most: 5, Variance: 3, Never: 2}.Table()
	if err != nil {
		t.Fatal(err)
	}
	l := linked(t, households, []string{"sex", "age", "place"}, "sex,age")
	if _, err := l.Perturb(t.Context(), noise, 5); err == nil || !strings.Contains(err.Error(), "names of persons") {
		t.Errorf("counts have no names: %v", err)
	}
}

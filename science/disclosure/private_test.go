package disclosure

import (
	"crypto/rand"
	"fmt"
	"math"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// seed gives the same bits every time: what such a test compares does not depend on luck.
func seed(n uint64) *Chance { return NewChance(mathrand.NewChaCha8([32]byte{byte(n), byte(n >> 8)})) }

// few are thirty persons; with, one more who has what nobody else has.
func few(with bool) *Records {
	var b strings.Builder
	b.WriteString("a,b\n")
	for i := range 30 {
		fmt.Fprintf(&b, "x%d,y%d\n", i%2, i%3)
	}
	if with {
		b.WriteString("x0,rare\n")
	}
	r, err := ReadRecords(strings.NewReader(b.String()), Reading{})
	if err != nil {
		panic(err)
	}
	return r
}

// bounds are the ends within which the probability lies of what came k times in n,
// each missed with probability 1e-9 (Hoeffding).
func bounds(k, n int) (low, high float64) {
	d := math.Sqrt(math.Log(1e9) / (2 * float64(n)))
	return float64(k)/float64(n) - d, float64(k)/float64(n) + d
}

// audit runs a mechanism on neighbours and says for which event, if any, the odds
// differ by more than ε and δ allow. A mechanism that keeps its promise is accused
// with probability under 1e-6: four bounds for each of under 250 events.
func audit(p Promise, runs int, run func(with bool, i int) float64) string {
	var out [2][]float64
	for side := range out {
		for i := range runs {
			out[side] = append(out[side], run(side == 1, i))
		}
	}
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(out[0], out[1]))))
	for step := max(1, len(all)/60); len(all) > 0; all = all[min(step, len(all)):] {
		at := all[0]
		for _, above := range []bool{true, false} {
			var n [2]int
			for side := range out {
				for _, x := range out[side] {
					if (x >= at) == above {
						n[side]++
					}
				}
			}
			for side := range out {
				low, _ := bounds(n[side], runs)
				_, high := bounds(n[1-side], runs)
				if low > math.Exp(p.Epsilon)*high+p.Delta {
					return fmt.Sprintf("above %g is %v: %d of %d against %d", at, above, n[side], runs, n[1-side])
				}
			}
		}
	}
	return ""
}

// What AIM publishes first, the columns and their values, tells no more of the one
// person than promised. The same audit finds noise of a tenth.
func TestColumnsKeepThePromise(t *testing.T) {
	p := Promise{1, 1e-3}
	const runs = 3000
	rho := Rho(p.Epsilon, p.Delta/2)
	for _, weaker := range []float64{1, 10} {
		v, err := NewVariance(3 / (2 * rho) / (weaker * weaker)) // two columns and the number of persons
		if err != nil {
			t.Fatal(err)
		}
		c := NewChance(rand.Reader)
		neighbours := [2]*Records{few(false), few(true)}
		found := audit(p, runs, func(with bool, _ int) float64 {
			r := neighbours[0]
			if with {
				r = neighbours[1]
			}
			n := float64(int64(r.Persons()) + c.Gaussian(v))
			_, counts := chooseValues(r, Codebook{"a": {"x0", "x1"}, "b": {"y0", "y1", "y2", "rare"}}, v, p.Delta/2, c)
			// the likeliest sign of the person: in the count of all, of x0, and of the rare value
			return n + counts[0][1] + counts[1][4]
		})
		if (found != "") != (weaker > 1) {
			t.Errorf("noise of 1/%g: %q", weaker, found)
		}
	}
}

// The value that one person alone has is shown with probability δ at most. With
// δ = 0.001 and 20,000 runs, 20 are expected at most, and 60 come once in 10^11 runs.
func TestRareValuesStayHidden(t *testing.T) {
	c := NewChance(rand.Reader)
	v, _ := NewVariance(2)
	shown := 0
	r := few(true)
	for range 20000 {
		keep, counts := chooseValues(r, nil, v, 1e-3, c)
		if slices.Contains(keep[1], "rare") {
			shown++
		}
		if len(counts[0]) > 0 && !math.IsNaN(counts[0][0]) {
			t.Fatal("those without a shown value were counted beside it")
		}
	}
	if shown > 60 {
		t.Errorf("shown %d times in 20,000", shown)
	}
}

// The number of persons with and without one, and the value that one alone has, through
// the whole of AIM, at ε = 1.
func TestAIMKeepsThePromise(t *testing.T) {
	p := Promise{1, 1e-3}
	c := NewChance(rand.Reader)
	neighbours := [2]*Records{few(false), few(true)}
	if found := audit(p, 500, func(with bool, _ int) float64 {
		r := neighbours[0]
		if with {
			r = neighbours[1]
		}
		s, err := AIM{Promise: p, Cells: 200, Steps: 5, Codebook: Codebook{"a": {"x0", "x1"}, "b": {"y0", "y1", "y2", "rare"}}}.Synthesize(t.Context(), r, c)
		if err != nil {
			t.Fatal(err)
		}
		rare := 0.0
		for i, code := range s.Records.Codes[1] {
			if s.Records.Values[1][code] == "rare" && s.Records.Codes[0][i] == 1 {
				rare++
			}
		}
		return rare
	}); found != "" {
		t.Error(found)
	}
}

// The whole budget is spent and not a hair more, with and without public values.
func TestAIMSpendsItsBudget(t *testing.T) {
	p := Promise{2, 1e-5}
	book := Codebook{"a": {"x0", "x1"}, "b": {"y0", "y1", "y2"}}
	for _, c := range []struct {
		book  Codebook
		delta float64
	}{{nil, 5e-6}, {book, 0}, {Codebook{"a": book["a"]}, 5e-6}} {
		s, err := AIM{Promise: p, Codebook: c.book}.Synthesize(t.Context(), few(false), seed(1))
		if err != nil {
			t.Fatal(err)
		}
		if e := Epsilon(s.Cost.Rho, p.Delta-s.Cost.Delta); s.Cost.Delta != c.delta || e > p.Epsilon*(1+1e-9) || e < p.Epsilon*0.995 {
			t.Errorf("of ε 2, %.6f is spent, and δ %g", e, s.Cost.Delta)
		}
	}
}

// Promises that are none, and books that do not fit, are refused before anything is drawn.
func TestMechanismsRefuse(t *testing.T) {
	for _, p := range []Promise{{}, {-1, 1e-6}, {math.NaN(), 1e-6}, {math.Inf(1), 1e-6}, {1, 0}, {1, 1}, {1, math.NaN()}, {1e-9, 1e-6}} {
		if _, err := (AIM{Promise: p}).Synthesize(t.Context(), few(false), seed(1)); err == nil {
			t.Errorf("AIM took %v", p)
		}
		if _, err := (DPMarginals{Promise: p}).Count(t.Context(), few(false), seed(1)); err == nil {
			t.Errorf("DP Marginals took %v", p)
		}
	}
	good := Promise{1, 1e-6}
	for _, b := range []Codebook{{"c": {"x"}}, {"a": {"x", "x"}}, {"a": {""}}, {"a": {" x"}}} {
		if _, err := (AIM{Promise: good, Codebook: b}).Synthesize(t.Context(), few(false), seed(1)); err == nil {
			t.Errorf("AIM took %v", b)
		}
	}
	for _, m := range []DPMarginals{{Longest: 9}, {Longest: -1}, {Weights: []float64{1}}, {Percentile: 101}, {ForRanks: 1}, {Fabricated: -1}} {
		m.Promise = good
		if _, err := m.Count(t.Context(), few(false), seed(1)); err == nil {
			t.Errorf("DP Marginals took %+v", m)
		}
	}
	if _, err := (Rows{K: 1}).Synthesize(t.Context(), few(false), nil); err == nil {
		t.Error("k of 1 was taken")
	}
}

// The same bits give the same records, whatever the cores do.
func TestSameBitsSameRecords(t *testing.T) {
	t.Parallel()
	var texts [2]string
	for i := range texts {
		s, err := AIM{Promise: Promise{4, 1e-5}}.Synthesize(t.Context(), few(true), seed(5))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := s.Records.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		texts[i] = b.String()
	}
	if texts[0] != texts[1] {
		t.Error("two runs differ")
	}
}

// The quality of the percentile is what it is said to be, and one person moves it by
// one at most, wherever they come.
func TestPercentileMovesByOne(t *testing.T) {
	dice := mathrand.New(mathrand.NewPCG(1, 2))
	for range 2000 {
		counts := make([]int64, 2+dice.IntN(8))
		for i := range counts {
			counts[i] = int64(dice.IntN(5))
		}
		q := 1 + 99*dice.Float64()
		before := percentileQuality(counts, q)
		counts[dice.IntN(len(counts))]++
		after := percentileQuality(counts, q)
		for v := range before {
			if d := before[v] - after[v]; d < -1 || d > 1 {
				t.Fatalf("%v at %g: %v became %v", counts, q, before, after)
			}
		}
	}
	if got := percentileQuality([]int64{0, 2, 3, 0, 5}, 50); !slices.Equal(got, []int64{-5, -3, 0, 0, 0}) && !slices.Equal(got, []int64{-5, -3, 0, 0, -1}) {
		t.Errorf("quality %v", got)
	}
}

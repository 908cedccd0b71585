package disclosure_test

import (
	"crypto/rand"
	mathrand "math/rand/v2"
	"slices"
	"sort"
	"testing"

	"inkingi/science/disclosure"
)

var sensible = disclosure.Promise{Epsilon: 4, Delta: 1.9158e-5}

func bits(n byte) *disclosure.Chance {
	return disclosure.NewChance(mathrand.NewChaCha8([32]byte{n}))
}

func compare(t testing.TB, real, made *disclosure.Records) *disclosure.Quality {
	t.Helper()
	q, err := disclosure.Comparison{}.Compare(real, made)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// The reference: AIM of private-pgm 5.6 at this ε and δ, Synthetic Data Showcase 39.
func TestAIMIsAsNearAsTheReference(t *testing.T) {
	r := example(t)
	s, err := disclosure.AIM{Promise: sensible}.Synthesize(t.Context(), r, bits(2))
	if err != nil {
		t.Fatal(err)
	}
	q := compare(t, r, s.Records)
	t.Logf("%d rounds, σ %.2f, %d cells: %+v", s.Rounds, s.Sigma, s.Cells, q.Lengths)
	if e := q.Lengths[2].Error; e > 6 {
		t.Errorf("mean error of triples is %.2f, where 6 is the most", e)
	}
}

// The counts of DP Marginals agree with one another, and with the truth as nearly as
// those of Synthetic Data Showcase (long, uncontrolled: singles 17, pairs 20, triples 23).
func TestAggregatesAgree(t *testing.T) {
	r := example(t)
	a, err := disclosure.DPMarginals{Promise: sensible}.Count(t.Context(), r, bits(3))
	if err != nil {
		t.Fatal(err)
	}
	type key [3]int
	counts := map[key]int{}
	of := func(columns, codes []int) (k key) {
		for i, c := range columns {
			k[i] = 1 + c*100 + codes[i]
		}
		return k
	}
	off, n := [4]float64{}, [4]float64{}
	a.Each(func(columns, codes []int, count int) {
		counts[of(columns, codes)] = count
		real := 0
		for i := range r.Persons() {
			all := true
			for k, c := range columns {
				all = all && r.Values[c][r.Codes[c][i]] == a.Values[c][codes[k]]
			}
			if all {
				real++
			}
		}
		n[len(columns)]++
		off[len(columns)] += float64(max(real-count, count-real))
		if len(columns) == 1 {
			return
		}
		for skip := range columns { // shorter ones come first
			part := of(slices.Delete(slices.Clone(columns), skip, skip+1), slices.Delete(slices.Clone(codes), skip, skip+1))
			if counts[part] < count {
				t.Fatalf("a combination has %d, a part of it %d", count, counts[part])
			}
		}
	})
	for k, most := range []float64{0, 20, 25, 25} {
		if k > 0 && off[k]/n[k] > most {
			t.Errorf("%d values: off by %.1f on average", k, off[k]/n[k])
		}
	}
	if d := a.Persons - r.Persons(); d > 2000 || d < -2000 || len(a.Bounds) != 3 {
		t.Errorf("%d persons, bounds %v", a.Persons, a.Bounds)
	}
	if e := disclosure.Epsilon(a.Cost.Rho, sensible.Delta-a.Cost.Delta); e > sensible.Epsilon*(1+1e-9) {
		t.Errorf("ε %g is spent", e)
	}
	made, err := disclosure.Assembly{}.Assemble(t.Context(), a, mathrand.New(mathrand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	q := compare(t, r, made)
	t.Logf("%+v", q.Lengths)
	// Without exchanges of values between records pairs were 23 off, and triples 29.
	if q.Lengths[0].Error > 20 || q.Lengths[1].Error > 15 || q.Lengths[2].Error > 17 {
		t.Errorf("records: %+v", q.Lengths)
	}
	single := [10]int{}
	most := a.Persons
	a.Each(func(columns, codes []int, count int) {
		if len(columns) == 1 {
			single[columns[0]] += count
			most = max(most, single[columns[0]])
		}
	})
	if made.Persons() > most {
		t.Errorf("%d records, where %d hold all values", made.Persons(), most)
	}
	for i := range made.Persons() {
		for c := range made.Codes {
			for d := range c {
				for e := range d {
					k := of([]int{e, d, c}, []int{int(made.Codes[e][i]), int(made.Codes[d][i]), int(made.Codes[c][i])})
					if counts[k] == 0 && made.Codes[e][i] > 0 && made.Codes[d][i] > 0 && made.Codes[c][i] > 0 {
						t.Fatalf("record %d has a combination that the aggregates do not show", i)
					}
				}
			}
		}
	}
	full := func(i int) (n int) {
		for c := range made.Codes {
			if made.Codes[c][i] != 0 {
				n++
			}
		}
		return n
	}
	for i := 1; i < made.Persons(); i++ {
		if full(i) > full(i-1) {
			t.Fatal("the order of the records tells something")
		}
	}
}

// Every combination of every record, of whatever length, is of k persons: it is enough
// to look at the whole records. And every value is there as often as it should be.
func TestRowsAreOfManyPersons(t *testing.T) {
	r := example(t)
	const k = 10
	made, err := disclosure.Rows{K: k}.Synthesize(t.Context(), r, mathrand.New(mathrand.NewPCG(1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range made.Persons() {
		n := 0
		for p := range r.Persons() {
			all := true
			for c := range made.Codes {
				v := made.Values[c][made.Codes[c][i]]
				all = all && (v == "" || v == r.Values[c][r.Codes[c][p]])
			}
			if all {
				n++
			}
		}
		if n < k {
			t.Fatalf("record %d is of %d persons", i, n)
		}
	}
	for c := range made.Codes {
		for code, v := range made.Values[c] {
			if code == 0 {
				continue
			}
			real, out := 0, 0
			for _, x := range r.Codes[c] {
				if r.Values[c][x] == v {
					real++
				}
			}
			for _, x := range made.Codes[c] {
				if int(x) == code {
					out++
				}
			}
			if out != real/k*k {
				t.Errorf("%s of %s: %d, where %d have it", v, r.Columns[c], out, real)
			}
		}
	}
	if q := compare(t, r, made); q.All.Leaked != 0 || q.All.Fabricated != 0 {
		t.Errorf("%+v", q.All)
	}
}

// The limits of the plan, median of five: mean error of triples at most 6 (the file
// of Synthetic Data Showcase), 21.1 (that of CTDC, which is not in the repository),
// single values at most 11.9, visible fabricated triples at most 6.5 %.
func BenchmarkAIM(b *testing.B) {
	for _, c := range []struct {
		name                   string
		promise                disclosure.Promise
		one, triple, fabricate float64
	}{
		{"data/sdc/pacsynth_example_6000x10_seed20240101.csv", sensible, 6, 6, 6.5},
		{"data/ctdc/CTDC_VPsynthetic_condensed.csv", disclosure.Promise{Epsilon: 4, Delta: 4.7369e-6}, 11.9, 21.1, 6.5},
	} {
		r := beside(b, c.name)
		if r == nil {
			b.Logf("not measured: ../shared/%s is not here", c.name)
			continue
		}
		b.Run(c.name, func(b *testing.B) {
			var one, triple, visible []float64
			for b.Loop() {
				one, triple, visible = nil, nil, nil
				for range 5 {
					s, err := disclosure.AIM{Promise: c.promise, Cells: 1 << 18}.Synthesize(b.Context(), r, disclosure.NewChance(rand.Reader))
					if err != nil {
						b.Fatal(err)
					}
					q := compare(b, r, s.Records)
					one, triple, visible = append(one, q.Lengths[0].Error), append(triple, q.Lengths[2].Error), append(visible, q.Lengths[2].Visible)
					b.Logf("single %.2f, pairs %.2f, triples %.2f, fabricated %.2f %%", q.Lengths[0].Error, q.Lengths[1].Error, q.Lengths[2].Error, q.Lengths[2].Visible)
				}
			}
			for i, list := range [][]float64{one, triple, visible} {
				sort.Float64s(list)
				what := []string{"single", "triple", "fabricated%"}[i]
				b.ReportMetric(list[2], what)
				if most := []float64{c.one, c.triple, c.fabricate}[i]; list[2] > most {
					b.Errorf("%s: the median of five is %.2f, where %.2f is the most", what, list[2], most)
				}
			}
		})
	}
}

// 40 columns of 200,000 persons who do not exist, at most fifteen minutes.
func BenchmarkAIMWide(b *testing.B) {
	dice := mathrand.New(mathrand.NewPCG(4, 4))
	r := &disclosure.Records{}
	for c := range 40 {
		values, codes := []string{""}, make([]uint16, 200_000)
		for v := range 2 + dice.IntN(5) {
			values = append(values, string(rune('a'+v)))
		}
		for i := range codes {
			codes[i] = uint16(1 + min(int(dice.ExpFloat64()), len(values)-2))
			if c > 0 && dice.IntN(2) == 0 {
				codes[i] = 1 + r.Codes[c-1][i]%uint16(len(values)-1)
			}
		}
		r.Columns, r.Values, r.Codes = append(r.Columns, string(rune('A'+c))), append(r.Values, values), append(r.Codes, codes)
	}
	for b.Loop() {
		s, err := disclosure.AIM{Promise: disclosure.Promise{Epsilon: 4, Delta: 1e-9}, Cells: 1 << 18}.Synthesize(b.Context(), r, disclosure.NewChance(rand.Reader))
		if err != nil {
			b.Fatal(err)
		}
		q := compare(b, r, s.Records)
		b.ReportMetric(q.Lengths[2].Error, "triple")
		b.ReportMetric(q.Lengths[2].Mean, "persons/triple")
	}
}

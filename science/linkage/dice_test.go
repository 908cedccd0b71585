package linkage_test

import (
	"encoding/csv"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"inkingi/science/linkage"
)

// encodings are those of a Febrl file by a schema; the record's name in the file
// stays beside each.
func encodings(t testing.TB, file string) (clks [][]byte, entity []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/clkhash/febrl_schema_v3_final.json")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := linkage.ReadSchema(text)
	if err != nil {
		t.Fatal(err)
	}
	e, err := linkage.NewEncoder(schema, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(beside(t, "data/linkage/"+file))
	r.TrimLeadingSpace = true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		clk, err := e.Encode(row)
		if err != nil {
			t.Fatal(err)
		}
		clks = append(clks, clk)
		entity = append(entity, strings.Join(strings.Split(row[0], "-")[:2], "-"))
	}
	return clks, entity
}

// The counts are those that anonlink gave for the same encodings.
func TestFebrl4ByEncodings(t *testing.T) {
	a, inA := encodings(t, "febrl_dataset4a.csv")
	b, inB := encodings(t, "febrl_dataset4b.csv")
	var want map[string]struct {
		Greedy []struct {
			Threshold          float64
			Candidates, TP, FP int
		}
	}
	text, err := os.ReadFile(beside(t, "science/reference/clkhash/febrl4_pprl_accuracy.json").Name())
	if err != nil {
		t.Fatal(err)
	}
	unmarshal(t, text, &want)
	rows := want["febrl_schema_v3_final/default"].Greedy
	for _, r := range rows {
		pairs, err := linkage.MostLike(t.Context(), a, b, r.Threshold)
		if err != nil {
			t.Fatal(err)
		}
		tp, fp := 0, 0
		for _, p := range linkage.Greedy(pairs) {
			if inA[p.A] == inB[p.B] {
				tp++
			} else {
				fp++
			}
		}
		// Pairs that stand exactly on the threshold fall to either side by the last bit.
		if d := len(pairs) - r.Candidates; d < -2 || d > 2 || tp != r.TP || fp != r.FP {
			t.Errorf("at %.2f: %d candidates, tp %d, fp %d; not %d, %d, %d", r.Threshold, len(pairs), tp, fp, r.Candidates, r.TP, r.FP)
		}
		t.Logf("at %.2f: tp %d fp %d of 5000, %d candidates", r.Threshold, tp, fp, len(pairs))
	}
}

func TestDice(t *testing.T) {
	if d := linkage.Dice([]byte{0xF0}, []byte{0xC3}); math.Abs(d-0.5) > 1e-12 {
		t.Errorf("Dice is %v", d)
	}
	if linkage.Dice(nil, nil) != 0 || linkage.Dice([]byte{1}, []byte{1, 2}) != 0 {
		t.Error("nothing is like nothing")
	}
	if _, err := linkage.MostLike(t.Context(), [][]byte{{1, 2}}, [][]byte{{1}}, 0.5); err == nil {
		t.Error("encodings of two lengths are compared")
	}
}

func BenchmarkDice(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	sets := [2][][]byte{}
	for s := range sets {
		for range 10_000 {
			clk := make([]byte, 128)
			for i := range 400 {
				bit := random.IntN(1024)
				clk[bit/8] |= 1 << (bit % 8)
				_ = i
			}
			sets[s] = append(sets[s], clk)
		}
	}
	for b.Loop() {
		if _, err := linkage.MostLike(b.Context(), sets[0], sets[1], 0.7); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1e8/b.Elapsed().Seconds()/1e6, "Mcomparisons/s")
}

// Whatever a file of encodings is, it is compared with itself, each record linked once, or
// refused.
func FuzzEncodings(f *testing.F) {
	f.Add([]byte(`{"clks":["AAECAwQFBgc=","//79/Pv6+fg="]}`))
	f.Add([]byte(`{"clks":["AA==","AAA="]}`))
	f.Add([]byte(`{"clks":["",null]}`))
	f.Add([]byte(`{"clks":7}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		set, err := linkage.ReadEncodings(text)
		if err != nil {
			return
		}
		pairs, err := linkage.MostLike(t.Context(), set, set, 0.7)
		if err != nil {
			return
		}
		seen := map[int32]bool{}
		for _, p := range linkage.Greedy(pairs) {
			if seen[p.A] || p.Dice < 0.7 || p.Dice > 1 {
				t.Fatalf("%+v", p)
			}
			seen[p.A] = true
		}
	})
}

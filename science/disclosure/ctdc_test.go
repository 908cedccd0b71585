package disclosure_test

import (
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"inkingi/science/disclosure"
)

// fieldShaped are 12,000 persons who do not exist, in 16 columns of few values that hang
// together as those of the field do: by six ways in which people come into it.
func fieldShaped() *disclosure.Records {
	dice := mathrand.New(mathrand.NewPCG(16, 6))
	r := &disclosure.Records{}
	ways := make([]int, 12_000)
	for i := range ways {
		ways[i] = min(5, int(dice.ExpFloat64()*1.5))
	}
	for c := range 16 {
		n := 2 + c%5
		values, codes := []string{""}, make([]uint16, len(ways))
		for v := range n {
			values = append(values, string(rune('a'+v)))
		}
		usual := [6]int{}
		for w := range usual {
			usual[w] = dice.IntN(n)
		}
		for i, w := range ways {
			switch k := dice.IntN(20); {
			case k == 0: // not said
			case k < 5:
				codes[i] = uint16(1 + dice.IntN(n))
			default:
				codes[i] = uint16(1 + usual[w])
			}
		}
		r.Columns, r.Values, r.Codes = append(r.Columns, string(rune('A'+c))), append(r.Values, values), append(r.Codes, codes)
	}
	return r
}

// bounds are the most that the mean error of single values, pairs and triples may be,
// and the percent of visible triples that nobody has; 0 where nothing is bound.
type bounds struct{ one, two, three, nobody float64 }

// onTheField runs a test on invented persons in the shape of the field, always, and on the
// victim-perpetrator file of the Counter Trafficking Data Collaborative, which may not be
// passed on, where it stands beside the project.
func onTheField(t *testing.T, invented, field bounds, synthesize func(*testing.T, *disclosure.Records) *disclosure.Records) {
	hold := func(t *testing.T, r *disclosure.Records, most bounds) {
		q := compare(t, r, synthesize(t, r))
		t.Logf("%+v", q.Lengths)
		for _, one := range []struct {
			what      string
			got, most float64
		}{{"single values", q.Lengths[0].Error, most.one}, {"pairs", q.Lengths[1].Error, most.two}, {"triples", q.Lengths[2].Error, most.three},
			{"percent of triples that nobody has", q.Lengths[2].Visible, most.nobody}} {
			if one.most > 0 && one.got > one.most {
				t.Errorf("%s: %.1f, where %.1f is the most", one.what, one.got, one.most)
			}
		}
	}
	t.Run("invented", func(t *testing.T) { hold(t, fieldShaped(), invented) })
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "ctdc", "CTDC_VPsynthetic_condensed.csv"))
	if err != nil {
		t.Log("without the field's file, which stays in ../shared")
		return
	}
	defer f.Close()
	r, err := disclosure.ReadRecords(f, disclosure.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("field", func(t *testing.T) { hold(t, r, field) })
}

var ctdcPromise = disclosure.Promise{Epsilon: 4, Delta: 4.7369e-6}

// The field's AIM has on its file 21.1 for triples, 11.9 for single values, and 6.5 % of
// triples that nobody has; BenchmarkAIM holds the default to it (18.1, 8.3, 4.0). Here the model
// is an eighth of that, so that it takes seconds, and may be half as far off again.
func TestAIMOnTheFieldsFile(t *testing.T) {
	onTheField(t, bounds{9, 55, 32, 1}, bounds{one: 11.9, three: 32, nobody: 9}, func(t *testing.T, r *disclosure.Records) *disclosure.Records {
		s, err := disclosure.AIM{Promise: ctdcPromise, Cells: 1 << 15, Steps: 15}.Synthesize(t.Context(), r, bits(1))
		if err != nil {
			t.Fatal(err)
		}
		return s.Records
	})
}

// Synthetic Data Showcase on the same file: single values 139 off, pairs 72, triples 35.5.
func TestAggregatesOnTheFieldsFile(t *testing.T) {
	onTheField(t, bounds{190, 90, 35, 0}, bounds{one: 30, two: 30, three: 21.1}, func(t *testing.T, r *disclosure.Records) *disclosure.Records {
		a, err := disclosure.DPMarginals{Promise: ctdcPromise}.Count(t.Context(), r, bits(1))
		if err != nil {
			t.Fatal(err)
		}
		made, err := disclosure.Assembly{}.Assemble(t.Context(), a, mathrand.New(mathrand.NewPCG(1, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return made
	})
}

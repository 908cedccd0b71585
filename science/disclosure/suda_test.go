package disclosure_test

import (
	"context"
	mathbits "math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

func TestSudaIsThatOfSdcMicro(t *testing.T) {
	want := peers(t).Suda
	s := testdata(t)
	got, err := s.Suda(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got.Alone != want.Alone || got.Total != want.Sum || !same(slices.Max(got.DIS), want.DISMost) || !same(disclosure.Expected(got.DIS), want.DISSum) {
		t.Errorf("%d alone, sum %v, DIS %v, at most %v", got.Alone, got.Total, disclosure.Expected(got.DIS), slices.Max(got.DIS))
	}
	for c, a := range want.Attribute {
		if s.Columns[c] != a.Variable || !same(got.Share[c], a.Contribution) {
			t.Errorf("%s: %v, not %v", a.Variable, got.Share[c], a.Contribution)
		}
	}
	for k, at := range want.First { // counted from 1
		if got.Scores[at-1] != want.FirstScores[k] || !same(got.DIS[at-1], want.FirstDIS[k]) {
			t.Errorf("person %d: score %v, DIS %v, not %v, %v", at, got.Scores[at-1], got.DIS[at-1], want.FirstScores[k], want.FirstDIS[k])
		}
		if slices.ContainsFunc(got.Scores[:at-1], func(x float64) bool { return x != 0 }) && k == 0 {
			t.Errorf("somebody before person %d has a score", at)
		}
	}
}

// Every set of keys of every person, looked at.
func TestSudaByEverySet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := small(r)
		got, err := s.Suda(context.Background())
		if err != nil {
			r.Fatal(err)
		}
		for i := range s.Persons() {
			score := 0.0
			for set := 1; set < 1<<s.Keys; set++ {
				if !alone(s, i, set) {
					continue
				}
				least := true
				for c := range s.Keys {
					least = least && (set>>c&1 == 0 || !alone(s, i, set&^(1<<c)))
				}
				if least {
					score += []float64{1, 1, 2, 6, 24}[s.Keys-mathbits.OnesCount(uint(set))]
				}
			}
			if got.Scores[i] != score || (got.DIS[i] > 0) != (score > 0) {
				r.Fatalf("person %d of %v: %v, not %v", i, s.Codes, got.Scores[i], score)
			}
		}
	})
}

// alone says whether nobody has the same values, missing or not, of some keys.
func alone(s *disclosure.Survey, i, set int) bool {
	for j := range s.Persons() {
		equal := j != i
		for c := range s.Keys {
			equal = equal && (set>>c&1 == 0 || s.Codes[c][i] == s.Codes[c][j])
		}
		if equal {
			return false
		}
	}
	return true
}

func TestSudaRefuses(t *testing.T) {
	header, row, other := "k0", "0", "1"
	names := []string{"k0"}
	for i := range disclosure.MostSudaKeys {
		name := "k" + string(rune('a'+i))
		names, header, row, other = append(names, name), header+","+name, row+",0", other+",1"
	}
	s := surveyOf(t, header+"\n"+row+"\n"+other+"\n", disclosure.SurveyReading{Reading: keys(names...)})
	if _, err := s.Suda(t.Context()); err == nil {
		t.Error("17 keys are taken")
	}
	if _, err := s.Blank(t.Context(), 2); err == nil {
		t.Error("values are taken out of 17 keys")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := testdata(t).Suda(ctx); err == nil {
		t.Error("it goes on when told to stop")
	}
	if _, err := testdata(t).Blank(ctx, 3); err == nil {
		t.Error("it goes on when told to stop")
	}
}

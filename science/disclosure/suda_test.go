package disclosure_test

import (
	"context"
	"math"
	mathbits "math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

func TestSudaIsThatOfSdcMicro(t *testing.T) {
	want := peers(t).Suda
	s := testdata(t)
	got, err := s.Suda(t.Context(), disclosure.DISFraction)
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
		got, err := s.Suda(context.Background(), 0.2)
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

// The odds of DIS are those at another share of the population times (1-π)/π: at each
// they are, whatever the shares of the field, what Bayes makes of U unique and P paired persons,
// which is checked for those who all have one score. In a register everybody alone is found.
func TestDISAtOtherFractions(t *testing.T) {
	s := surveyOf(t, "a,b\nx,1\ny,2\nz,3\nv,4\nv,4\nw,5\nw,5\nw,5\n", disclosure.SurveyReading{Reading: keys("a", "b")})
	for _, pi := range []float64{1e-6, 0.01, 0.05, 0.5, 0.99, 1} {
		got, err := s.Suda(t.Context(), pi)
		if err != nil {
			t.Fatal(err)
		}
		want := 3 * pi / (3*pi + 2*(1-pi)) // three alone, one pair
		for i := range 3 {
			if got.Scores[i] != 2 || !same(got.DIS[i], want) {
				t.Errorf("π = %v: score %v, DIS %v, not %v", pi, got.Scores[i], got.DIS[i], want)
			}
		}
		if got.DIS[3] != 0 {
			t.Errorf("π = %v: one of a pair has DIS %v", pi, got.DIS[3])
		}
	}
	whole, err := testdata(t).Suda(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range whole.DIS {
		if (whole.Scores[i] > 0) != (d == 1) {
			t.Errorf("person %d of a register: score %v, DIS %v", i, whole.Scores[i], d)
		}
	}
}

func TestSudaRefuses(t *testing.T) {
	header, row, other := "k0", "0", "1"
	names := []string{"k0"}
	for i := range disclosure.MostSudaKeys {
		name := "k" + string(rune('a'+i))
		names, header, row, other = append(names, name), header+","+name, row+",0", other+",1"
	}
	s := surveyOf(t, header+"\n"+row+"\n"+other+"\n", disclosure.SurveyReading{Reading: keys(names...)})
	if _, err := s.Suda(t.Context(), disclosure.DISFraction); err == nil {
		t.Error("17 keys are taken")
	}
	if _, err := s.Blank(t.Context(), 2); err == nil {
		t.Error("values are taken out of 17 keys")
	}
	for _, share := range []float64{0, -1, 1.01, math.NaN()} {
		if _, err := francdat(t).Suda(t.Context(), share); err == nil {
			t.Errorf("a file of %v of the population is taken", share)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := testdata(t).Suda(ctx, 0.01); err == nil {
		t.Error("it goes on when told to stop")
	}
	if _, err := testdata(t).Blank(ctx, 3); err == nil {
		t.Error("it goes on when told to stop")
	}
}

package disclosure_test

import (
	"context"
	mathbits "math/bits"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// No more values are taken out than by sdcMicro, and nobody is left with fewer than k.
func TestBlankTakesNoMoreThanSdcMicro(t *testing.T) {
	want := peers(t)
	s := testdata(t)
	before := s.Classes().Violations(2)
	for k, most := range map[int]int{2: want.Two.Total, 3: want.Three.Total, 5: want.Five.Total} {
		b, err := s.Blank(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		left := b.Survey.Classes().Violations(k)
		if b.Total > most || left != 0 || b.Total == 0 {
			t.Errorf("k = %d: %d values out, sdcMicro takes %d; %d persons are left", k, b.Total, most, left)
		}
		t.Logf("k = %d: %d values, sdcMicro %d", k, b.Total, most)
	}
	if s.Classes().Violations(2) != before {
		t.Error("the caller's survey was changed")
	}
}

// Each record loses as few values as can be, the later keys first, and what is left
// fits k persons of the file as it was: nobody hides behind another's blank.
func TestBlankByEverySet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := small(r)
		k := rapid.IntRange(2, 4).Draw(r, "k")
		b, err := s.Blank(context.Background(), k)
		if s.Persons() < k {
			if err == nil {
				r.Fatal("fewer than k persons are k-anonymous")
			}
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		cells, classes := 0, s.Classes()
		for i := range s.Persons() {
			out := 0
			for c := range s.Keys {
				switch was, is := s.Codes[c][i], b.Survey.Codes[c][i]; {
				case is == 0 && was != 0:
					out |= 1 << c
				case is != was:
					r.Fatalf("a value of person %d became another", i)
				}
			}
			cells += mathbits.OnesCount(uint(out))
			fit := 0
			for j := range s.Persons() {
				if could(s, i, j, (1<<s.Keys-1)&^out) {
					fit++
				}
			}
			if fit < k || classes.Sample[i] >= k && out != 0 {
				r.Fatalf("person %d of %v: %d fit what is left without %b", i, s.Codes, fit, out)
			}
			for set := range 1 << s.Keys {
				fit := 0
				for j := range s.Persons() {
					if could(s, i, j, (1<<s.Keys-1)&^set) {
						fit++
					}
				}
				if fit >= k && mathbits.OnesCount(uint(set)) < mathbits.OnesCount(uint(out)) {
					r.Fatalf("person %d of %v loses %b, %b would do", i, s.Codes, out, set)
				}
			}
		}
		if cells != b.Total || b.Survey.Classes().Violations(k) != 0 {
			r.Fatalf("%d values are out, it says %d; %d are left", cells, b.Total, b.Survey.Classes().Violations(k))
		}
	})
}

func TestBlankKeepsTheFirstKeys(t *testing.T) {
	s := surveyOf(t, "a,b,s\nx,1,p\ny,1,q\ny,2,p\nx,2,q\n", disclosure.SurveyReading{Sensitive: []string{"s"}, Reading: keys("a", "b")})
	b, err := s.Blank(t.Context(), 2)
	if err != nil || !reflect.DeepEqual(b.Cells, []int{0, 4}) || line(b.Survey.Records, 1) != "y||q" {
		t.Errorf("%v, %+v", err, b)
	}
	if _, err := s.Blank(t.Context(), 1); err == nil {
		t.Error("k = 1 is taken")
	}
}

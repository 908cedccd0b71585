package disclosure_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

// By hand: form and recruiter are each two in either class, and tied to one another in the
// first: whoever knows one there knows the other.
func TestJointByHand(t *testing.T) {
	s := surveyOf(t, "sex,place,form,recruiter\n"+
		"f,A,labour,kin\nf,A,labour,kin\nf,A,other,agency\nf,A,other,agency\n"+
		"m,B,labour,kin\nm,B,labour,agency\nm,B,other,kin\nm,B,other,agency\n"+
		"m,C,,kin\nm,C,,agency\n",
		disclosure.SurveyReading{Sensitive: []string{"form", "recruiter"}, Reading: keys("sex", "place")})
	for at := range 2 {
		d, err := s.Diversity(at, 2)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 8 {
			if d.Distinct[i] != 2 || !same(d.Entropy[i], 2) {
				t.Errorf("column %d, person %d: %d, %v", at, i, d.Distinct[i], d.Entropy[i])
			}
		}
	}
	j, err := s.Joint(2)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Persons() {
		want := 1
		if i >= 4 { // in the second class either recruiter goes with either form; in the third nobody's form is known
			want = 2
		}
		if j.Distinct[i] != want || !same(j.Entropy[i], float64(want)) || j.Recursive[i] != want {
			t.Errorf("person %d: %d, %v, %d", i, j.Distinct[i], j.Entropy[i], j.Recursive[i])
		}
	}
	if len(s.Columns) != 4 || s.Keys != 2 {
		t.Error("the survey was changed")
	}
	if _, err := s.Joint(math.Inf(1)); err == nil {
		t.Error("c = ∞ is taken")
	}
	if _, err := surveyOf(t, "a,b,c\n1,2,3\n4,5,6\n", disclosure.SurveyReading{Sensitive: []string{"c"}, Reading: keys("a", "b")}).Joint(2); err == nil {
		t.Error("one column is several")
	}
}

// Every person, every column, every other person looked at.
func TestJointByEveryPair(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := small(r)
		if s.Keys < 3 {
			return
		}
		s.Keys -= 2
		j, err := s.Joint(1)
		if err != nil {
			r.Fatal(err)
		}
		for i := range s.Persons() {
			want := 0
			for c := s.Keys; c < len(s.Columns); c++ {
				values := map[uint16]bool{}
				for other := range s.Persons() {
					alike := true
					for k := range s.Columns {
						alike = alike && (k == c || s.Codes[k][i] == s.Codes[k][other])
					}
					if alike && s.Codes[c][other] != 0 {
						values[s.Codes[c][other]] = true
					}
				}
				if n := len(values); n > 0 && (want == 0 || n < want) {
					want = n
				}
			}
			if j.Distinct[i] != want || j.Entropy[i] > float64(max(want, 1))+1e-9 || j.Recursive[i] > max(want, 1) {
				r.Fatalf("person %d of %v: %d, %v, %d, not %d", i, s.Codes, j.Distinct[i], j.Entropy[i], j.Recursive[i], want)
			}
		}
	})
}

package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"inkingi/science/disclosure"
)

func reference(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// sdcMicro's outputs, printed by it.
type sdcMicro struct {
	Francdat struct {
		F          []int     `json:"fk"`
		Population []float64 `json:"Fk"`
		Two        int       `json:"n1"`
		Risk       []float64 `json:"indiv_risk"`
	} `json:"francdat"`
	Testdata struct {
		N             int                `json:"n"`
		Two           int                `json:"viol_k2"`
		Three         int                `json:"viol_k3"`
		Five          int                `json:"viol_k5"`
		Global        float64            `json:"global_risk"`
		Expected      float64            `json:"expected_reident"`
		HouseGlobal   float64            `json:"hier_risk"`
		HouseExpected float64            `json:"hier_risk_ER"`
		Quantiles     map[string]float64 `json:"indiv_risk_summary"`
		First         []struct {
			Risk      float64 `json:"risk"`
			F         int     `json:"fk"`
			FK        float64 `json:"Fk"`
			Household float64 `json:"hier_risk"`
		} `json:"first20"`
	} `json:"testdata"`
	Diversity struct {
		Summary map[string]map[string]float64 `json:"summary"`
		First   []map[string]float64          `json:"first10"`
	} `json:"testdata_ldiv"`
	Suda struct {
		Alone     int     `json:"n_with_score"`
		Sum       float64 `json:"sum_score"`
		DISMost   float64 `json:"disScore_max"`
		DISSum    float64 `json:"disScore_sum"`
		Attribute []struct {
			Variable     string
			Contribution float64
		} `json:"attribute"`
		First       []int     `json:"first_nonzero"`
		FirstScores []float64 `json:"first_scores"`
		FirstDIS    []float64 `json:"dis_first"`
	} `json:"suda2"`
	Model struct{ Gr1, Gr2 float64 } `json:"modRisk"`
	Two   struct{ Total int }        `json:"localSuppression_k2"`
	Three struct{ Total int }        `json:"localSuppression_k3"`
	Five  struct{ Total int }        `json:"localSuppression_k5"`
}

func peers(t testing.TB) (r sdcMicro) {
	t.Helper()
	reference(t, "sdcmicro_reference.json", &r)
	return r
}

// same says whether two figures agree to a millionth.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Max(math.Abs(a), math.Abs(b)) }

func TestRiskIsThatOfSdcMicro(t *testing.T) {
	want := peers(t)
	s := francdat(t)
	c := s.Classes()
	r := s.Risks(c)
	if !slices.Equal(c.Sample, want.Francdat.F) || !slices.Equal(c.Population, want.Francdat.Population) || c.Violations(2) != want.Francdat.Two || c.Violations(3) != 8 || r.Household != nil {
		t.Errorf("francdat: f %v, F %v, under 2: %d", c.Sample, c.Population, c.Violations(2))
	}
	for i, risk := range r.Person {
		if !same(risk, want.Francdat.Risk[i]) {
			t.Errorf("francdat, person %d: risk %v, not %v", i, risk, want.Francdat.Risk[i])
		}
	}

	s = testdata(t)
	c = s.Classes()
	r = s.Risks(c)
	w := want.Testdata
	if s.Persons() != w.N || c.Violations(2) != w.Two || c.Violations(3) != w.Three || c.Violations(5) != w.Five {
		t.Errorf("testdata: %d persons, %d %d %d under 2, 3, 5", s.Persons(), c.Violations(2), c.Violations(3), c.Violations(5))
	}
	for what, figures := range map[string][2]float64{
		"expected":               {disclosure.Expected(r.Person), w.Expected},
		"global":                 {disclosure.Global(r.Person), w.Global},
		"expected of households": {disclosure.Expected(r.Household), w.HouseExpected},
		"global of households":   {disclosure.Global(r.Household), w.HouseGlobal},
		"least risk":             {slices.Min(r.Person), w.Quantiles["0%"]},
		"greatest risk":          {slices.Max(r.Person), w.Quantiles["100%"]},
	} {
		if !same(figures[0], figures[1]) {
			t.Errorf("testdata, %s: %v, not %v", what, figures[0], figures[1])
		}
	}
	for i, p := range w.First {
		if c.Sample[i] != p.F || c.Population[i] != p.FK || !same(r.Person[i], p.Risk) || !same(r.Household[i], p.Household) {
			t.Errorf("testdata, person %d: f %d, F %v, risk %v, household %v, not %+v", i, c.Sample[i], c.Population[i], r.Person[i], r.Household[i], p)
		}
	}
}

// Without weights the file is everybody, and the risk is one in f; the closed forms
// come to the same where F is f and a trifle.
func TestRiskOfARegister(t *testing.T) {
	s := surveyOf(t, "a,b\nx,1\nx,1\nx,2\ny,2\ny,2\ny,2\n", disclosure.SurveyReading{Reading: keys("a", "b")})
	if r := s.Risks(s.Classes()).Person; !slices.Equal(r, []float64{0.5, 0.5, 1, 1. / 3, 1. / 3, 1. / 3}) || !same(disclosure.Expected(r), 3) {
		t.Errorf("risks of a register: %v", r)
	}
	for _, f := range []int{1, 2, 3} {
		for _, over := range []float64{1e-9, 1e-6, 0.99e-4, 1.01e-4, 1e-3} {
			c := disclosure.Classes{Sample: []int{f}, Population: []float64{float64(f) / (1 - over)}}
			at := s.Risks(c).Person[0]
			c.Population[0] = float64(f) / (1 - over*1.0001)
			if next := s.Risks(c).Person[0]; math.Abs(at-1/float64(f)) > over || next > at || at-next > over*0.001 {
				t.Errorf("f %d, 1-p %g: risk %v, then %v", f, over, at, next)
			}
		}
	}
	if disclosure.Global(nil) != 0 {
		t.Error("nobody has a risk")
	}
}

// small invents a survey of few persons with holes, for brute force.
func small(r *rapid.T) *disclosure.Survey {
	m := rapid.IntRange(2, 4).Draw(r, "keys")
	n := rapid.IntRange(2, 12).Draw(r, "persons")
	s := &disclosure.Survey{Records: &disclosure.Records{}, Keys: m}
	for c := range m {
		s.Columns = append(s.Columns, string(rune('a'+c)))
		s.Values = append(s.Values, []string{"", "1", "2", "3"})
		codes := make([]uint16, n)
		for i := range codes {
			codes[i] = uint16(rapid.IntRange(0, 3).Draw(r, "code"))
		}
		s.Codes = append(s.Codes, codes)
	}
	for range n {
		s.Weights = append(s.Weights, float64(rapid.IntRange(1, 5).Draw(r, "weight")))
	}
	return s
}

// could says whether two persons agree on some keys, as bits, as far as is known.
func could(s *disclosure.Survey, i, j int, keys int) bool {
	for c := range s.Keys {
		if a, b := s.Codes[c][i], s.Codes[c][j]; keys>>c&1 == 1 && a != b && a != 0 && b != 0 {
			return false
		}
	}
	return true
}

func TestClassesByEveryPair(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := small(r)
		c := s.Classes()
		for i := range s.Persons() {
			f, population := 0, 0.0
			for j := range s.Persons() {
				if could(s, i, j, -1) {
					f++
					population += s.Weights[j]
				}
			}
			if f != c.Sample[i] || population != c.Population[i] {
				r.Fatalf("person %d of %v: f %d, F %v, not %d, %v", i, s.Codes, c.Sample[i], c.Population[i], f, population)
			}
		}
	})
}

func TestDiversityIsThatOfSdcMicro(t *testing.T) {
	want := peers(t).Diversity
	s := survey(t, "sdcmicro_testdata.csv", disclosure.SurveyReading{Sensitive: []string{"electcon", "income"}, Reading: keys("urbrur", "water", "sex", "age")})
	for at, name := range []string{"electcon", "income"} {
		d, err := s.Diversity(at, 2)
		if err != nil {
			t.Fatal(err)
		}
		for measure, list := range map[string][]float64{"Distinct": floats(d.Distinct), "Entropy": d.Entropy, "Recursive": floats(d.Recursive)} {
			key := name + "_" + measure + "_Ldiversity"
			for i, first := range want.First {
				if !same(list[i], first[key]) {
					t.Errorf("%s of person %d: %v, not %v", key, i, list[i], first[key])
				}
			}
			sorted := slices.Sorted(slices.Values(list))
			for what, got := range map[string]float64{"Min.": sorted[0], "Max.": sorted[len(sorted)-1], "Mean": disclosure.Global(list), "Median": (sorted[2289] + sorted[2290]) / 2} {
				if !same(got, want.Summary[key][what]) {
					t.Errorf("%s of %s: %v, not %v", what, key, got, want.Summary[key][what])
				}
			}
		}
	}
	for _, at := range []int{-1, 2} {
		if _, err := s.Diversity(at, 2); err == nil {
			t.Errorf("there is a sensitive column %d", at)
		}
	}
	if _, err := s.Diversity(0, 0); err == nil {
		t.Error("c = 0 is taken")
	}
}

func floats(list []int) (out []float64) {
	for _, n := range list {
		out = append(out, float64(n))
	}
	return out
}

// Figures of the papers, by hand: 3, 4 and 5 thousand of a salary from 3 to 11.
func TestDistanceIsThatOfThePaper(t *testing.T) {
	var kat struct {
		Ordered []struct {
			Domain, Class []int
			EMD           float64
		} `json:"ordered_EMD"`
		Equal []struct {
			P, Q []float64
			EMD  float64
		} `json:"equal_distance_TVD"`
		Diversity []map[string]any `json:"l_diversity"`
	}
	reference(t, "diversity_kat.json", &kat)
	for _, k := range kat.Ordered {
		var p, q []float64
		for _, v := range k.Domain {
			p, q = append(p, 0), append(q, 1/float64(len(k.Domain)))
			if slices.Contains(k.Class, v) {
				p[len(p)-1] = 1 / float64(len(k.Class))
			}
		}
		if got := disclosure.Distance(p, q, true); !same(got, k.EMD) {
			t.Errorf("%v: %v, not %v", k.Class, got, k.EMD)
		}
	}
	kat.Equal = append(kat.Equal, kat.Equal[0])
	last := &kat.Equal[len(kat.Equal)-1] // by hand: a class has both values, one less often than all
	last.P, last.Q, last.EMD = []float64{0.9, 0.1}, []float64{0.5, 0.5}, 0.4
	for _, k := range kat.Equal {
		if got := disclosure.Distance(k.P, k.Q, false); !same(got, k.EMD) {
			t.Errorf("%v against %v: %v, not %v", k.P, k.Q, got, k.EMD)
		}
		// The same of a file in which a class has the shares P, and all have Q.
		text := "k,l,s\n"
		for v := range k.P {
			class := int(math.Round(60 * k.P[v]))
			text += strings.Repeat(fmt.Sprintf("x,1,v%d\n", v), class) + strings.Repeat(fmt.Sprintf("y,2,v%d\n", v), int(math.Round(600*k.Q[v]))-class)
		}
		d, err := surveyOf(t, text, disclosure.SurveyReading{Sensitive: []string{"s"}, Reading: keys("k", "l")}).Diversity(0, 2)
		if err != nil || !same(d.Distance[0], k.EMD) {
			t.Errorf("of a file: %v, %v, not %v", err, d.Distance[0], k.EMD)
		}
	}
	for _, k := range kat.Diversity {
		var counts []int
		for _, n := range k["counts"].([]any) {
			counts = append(counts, int(n.(float64)))
		}
		c := k["recursive_(c,l=2)_c_min"].(float64)
		// The least c for which two values are diverse enough: a trifle more is, it is not.
		if disclosure.RecursiveDiversity(counts, c*1.001) < 2 || disclosure.RecursiveDiversity(counts, c) > 1 {
			t.Errorf("%v: not recursive from c = %v on", counts, c)
		}
		text := "k,l,s\n"
		for v, n := range counts {
			for range n {
				text += "x,1," + string(rune('a'+v)) + "\n"
			}
		}
		s := surveyOf(t, text+"y,2,b\n", disclosure.SurveyReading{Sensitive: []string{"s"}, Reading: keys("k", "l")})
		d, err := s.Diversity(0, 2)
		if err != nil || float64(d.Distinct[0]) != k["distinct"] || !same(d.Entropy[0], k["entropy_l"].(float64)) || d.Ordered {
			t.Errorf("%v: %v %+v", counts, err, d)
		}
	}
}

// Of a file with values that are numbers, and a class of which nobody has one.
func TestDistanceOfAFile(t *testing.T) {
	s := surveyOf(t, "a,b,pay,n\nx,1,10,p\nx,1,9,q\ny,1,2,p\nz,2,,\n", disclosure.SurveyReading{Sensitive: []string{"pay", "n"}, Reading: keys("a", "b")})
	d, err := s.Diversity(0, 2)
	if err != nil || !d.Ordered || !same(d.Distance[0], (1./3+1./6)/2) || !same(d.Distance[2], (2./3+1./3)/2) || d.Distance[3] != 0 || d.Distinct[3] != 0 {
		t.Errorf("pay: %v %+v", err, d) // 2, 9, 10 in this order, and not 10, 2, 9
	}
	d, err = s.Diversity(1, 2)
	if err != nil || d.Ordered || !same(d.Distance[2], 1./3) {
		t.Errorf("n: %v %+v", err, d)
	}
}

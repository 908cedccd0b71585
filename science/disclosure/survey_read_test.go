package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

// A person is one however many rows they have, with one weight and one household.
func TestReadsSurvey(t *testing.T) {
	text := "\ufeffwho;sex;form;w;house\n1;f;labour;2.5;A\n2;m;labour;1;A\n1;f;sexual;2.5;A\n3;f;begging;4;B\n"
	s := surveyOf(t, text, disclosure.SurveyReading{Weights: "w", Household: "house", Sensitive: []string{"form"}, Reading: disclosure.Reading{Unit: "who", Keys: []string{"sex"}, One: true}})
	if s.Persons() != 3 || s.Rows != 4 || s.Keys != 1 || !slices.Equal(s.Weights, []float64{2.5, 1, 4}) || !slices.Equal(s.Households, []int32{0, 0, 1}) || line(s.Records, 0) != "f|labour;sexual" || s.Counts != nil {
		t.Errorf("%+v", s)
	}
	shuffled := s.Shuffled(rand.New(rand.NewPCG(1, 2)))
	var lines []string
	for i := range 3 {
		lines = append(lines, line(shuffled, i))
	}
	if slices.Sort(lines); !slices.Equal(lines, []string{"f|begging", "f|labour;sexual", "m|labour"}) || line(s.Records, 1) != "m|labour" {
		t.Errorf("in an order by chance: %v", lines)
	}
	s = surveyOf(t, "a,n\nx,3\ny,0\nx,2\n", disclosure.SurveyReading{Counts: "n", Reading: disclosure.Reading{Keys: []string{"a"}, One: true}})
	if !slices.Equal(s.Counts, []int{3, 0, 2}) || s.Weights != nil {
		t.Errorf("counts: %+v", s)
	}
}

// What is wrong is said with its row and column, and without what stands there.
func TestSurveyRefuses(t *testing.T) {
	weights := disclosure.SurveyReading{Weights: "w", Reading: keys("a", "b")}
	counts := disclosure.SurveyReading{Counts: "w", Reading: keys("a", "b")}
	house := disclosure.SurveyReading{Household: "w", Reading: keys("a", "b")}
	persons := disclosure.SurveyReading{Weights: "w", Reading: disclosure.Reading{Unit: "b", Keys: []string{"a"}, One: true}}
	for _, c := range []struct {
		name, text string
		o          disclosure.SurveyReading
		want       string
	}{
		{"nothing", "", weights, "the file is empty"},
		{"names alone", "a,b,w\n", weights, "no rows"},
		{"no keys", "a,b,w\n1,2,3\n", disclosure.SurveyReading{}, "must be named"},
		{"one key", "a,b,w\n1,2,3\n", disclosure.SurveyReading{Reading: keys("a")}, "one column is left"},
		{"one value", "a,b,w\nx,1,1\nx,2,1\n", weights, "column 1, \"a\": one value in all rows (row 2 and after)"},
		{"one sensitive value", "a,b,w\nx,1,1\ny,2,1\n", disclosure.SurveyReading{Sensitive: []string{"w"}, Reading: keys("a", "b")}, "column 3, \"w\": one value in all rows"},
		{"a negative weight", "a,b,w\nx,1,1\ny,2,-7.25\n", weights, "row 3, column 3: a weight is 1 or more"},
		{"a weight of less than a person", "a,b,w\nx,1,0.725\n", weights, "row 2, column 3: a weight is 1 or more"},
		{"a weight that is none", "a,b,w\nx,1,secret\n", weights, "row 2, column 3: a weight is a number"},
		{"a weight with a comma", "a;b;w\nx;1;7,25\n", weights, "row 2, column 3: a weight is a number, with a point"},
		{"not a number", "a,b,w\nx,1,NaN\n", weights, "row 2, column 3: a weight is a number"},
		{"without end", "a,b,w\nx,1,Inf\n", weights, "row 2, column 3: a weight is 1 or more"},
		{"a negative count", "a,b,w\nx,1,3\ny,2,-725\n", counts, "row 3, column 3: a count of persons is negative"},
		{"a fractional count", "a,b,w\nx,1,7.25\n", counts, "row 2, column 3: a count of persons is a fraction"},
		{"a count that is none", "a,b,w\nx,1,\n", counts, "row 2, column 3: a count of persons is a whole number"},
		{"a count too large", "a,b,w\nx,1,72572572572\n", counts, "row 2, column 3: a count of persons is a whole number, and under"},
		{"no household", "a,b,w\nx,1,1\ny,2, \n", house, "row 3, column 3: it does not say in which household"},
		{"two weights of one", "a,b,w\nx,1,1\ny,2,1\nx,1,725\n", persons, "row 4, column 3: another weight than in row 2"},
		{"a short row", "a,b,w\nx,1,1\ny\n", weights, "line 3"},
		{"an unknown column", "a,b\nx,1\n", weights, "there is no column \"w\""},
		{"a key that is a weight", "a,w\nx,1\n", disclosure.SurveyReading{Weights: "w", Reading: keys("a", "w")}, "named twice"},
		{"counts of persons", "a,b,w\nx,1,1\n", disclosure.SurveyReading{Counts: "w", Reading: disclosure.Reading{Unit: "b", Keys: []string{"a"}}}, "not about one"},
		{"UTF-16", "\xff\xfea\x00", weights, "UTF-16"},
		{"a zero byte", "a,b,w\nx\x00,1,1\n", weights, "row 2, column 1: a zero byte"},
	} {
		_, err := disclosure.ReadSurvey(strings.NewReader(c.text), c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %q", c.name, err, c.want)
		} else if strings.Contains(err.Error(), "725") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v says what stands there", c.name, err)
		}
	}
	var b strings.Builder
	b.WriteString("a,b,w\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "%d,%d,1\n", i, i%2)
	}
	_, err := disclosure.ReadSurvey(strings.NewReader(b.String()), weights)
	if err == nil || !strings.Contains(err.Error(), "row 1002, column 1: more than 1000 different values") {
		t.Errorf("a million values: %v", err)
	}
	_, err = disclosure.ReadSurvey(strings.NewReader(b.String()), disclosure.SurveyReading{Sensitive: []string{"a"}, Reading: disclosure.Reading{Keys: []string{"b"}, One: true}})
	if err == nil || !strings.Contains(err.Error(), "row 60002, column 1: more than 60000 different values") {
		t.Errorf("a million sensitive values: %v", err)
	}
}

// Whatever is read, a figure or an error comes, never a panic.
func FuzzReadSurvey(f *testing.F) {
	f.Add("a,b,w,h,s\nx,1,1,A,p\ny,2,3.5,B,q\n", false)
	f.Add("\ufeffa;b;w;h;s\nx;1;1;A;p\n\xe9;;2;B;\n", true)
	f.Add("a\tb\tw\th\ts\n\"x\"\t1\t-1\tA\tp\n", false)
	f.Add("a,b,w,h,s\nx,1,1e300,A,p\n", true)
	f.Fuzz(func(t *testing.T, text string, counts bool) {
		o := disclosure.SurveyReading{Weights: "w", Household: "h", Sensitive: []string{"s"}, Reading: keys("a", "b")}
		if counts {
			o.Weights, o.Counts = "", "w"
		}
		s, err := disclosure.ReadSurvey(strings.NewReader(text), o)
		if err != nil {
			return
		}
		c := s.Classes()
		for i, r := range s.Risks(c).Person {
			if !(r > 0 && r <= 1) || s.Weights != nil && s.Weights[i] < 1 || c.Sample[i] < 1 {
				t.Fatalf("person %d: risk %v", i, r)
			}
		}
		if _, err := s.Suda(t.Context(), disclosure.DISFraction); err != nil && s.Persons() > 1 {
			t.Fatal(err)
		}
		if d, err := s.Diversity(0, 2); err != nil || len(d.Distance) != s.Persons() {
			t.Fatal(err)
		}
		if b, err := s.Blank(t.Context(), 2); err == nil && b.Survey.Classes().Violations(2) > 0 {
			t.Fatal("somebody is left alone")
		}
	})
}

package disclosure_test

import (
	"encoding/json"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

// Rows of a person with several values are taken apart and put together again.
func TestSpreadAndGather(t *testing.T) {
	r := read(t, "who,form,sex\n1,labour,f\n1,sexual,f\n2,labour,m\n3,,f\n3,begging,f\n4,sexual; labour,\n", disclosure.Reading{Unit: "who"})
	s, err := r.Spread([]string{"form"}, disclosure.Codebook{"form": {"sexual", "labour", "armed"}, "sex": {"f", "m"}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Records.Columns, []string{"form=sexual", "form=labour", "form=armed", "sex"}) || s.Unlisted != 1 || len(s.Codebook) != 4 || !slices.Equal(s.Codebook["form=armed"], []string{"yes"}) || !slices.Equal(s.Codebook["sex"], []string{"f", "m"}) {
		t.Fatalf("%+v", s)
	}
	for i, want := range []string{"yes|yes||f", "|yes||m", "|||f", "yes|yes||"} {
		if got := line(s.Records, i); got != want {
			t.Errorf("person %d: %s, not %s", i, got, want)
		}
	}
	back := s.Gather(s.Records)
	for i, want := range []string{"labour;sexual|f", "labour|m", "|f", "labour;sexual|"} {
		if got := line(back, i); got != want {
			t.Errorf("person %d: %s, not %s", i, got, want)
		}
	}
	if s, err = r.Spread(nil, nil); err != nil || !slices.Equal(s.Records.Columns, r.Columns) || line(s.Gather(r), 0) != line(r, 0) {
		t.Errorf("nothing to spread: %v %+v", err, s)
	}
}

func TestSpreadRefuses(t *testing.T) {
	r := read(t, "form,sex,form=a\na,f,1\nb,m,2\n", disclosure.Reading{})
	for want, c := range map[string]struct {
		several []string
		book    disclosure.Codebook
	}{
		"no column \"z\"":     {[]string{"z"}, disclosure.Codebook{"z": {"a"}}},
		"named twice":         {[]string{"sex", "sex"}, disclosure.Codebook{"sex": {"f"}}},
		"codebook must list":  {[]string{"sex"}, nil},
		"has a semicolon":     {[]string{"sex"}, disclosure.Codebook{"sex": {"f;m"}}},
		"two columns \"form=": {[]string{"form"}, disclosure.Codebook{"form": {"a"}}},
	} {
		if _, err := r.Spread(c.several, c.book); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, not %q", c.several, err, want)
		}
	}
	var values []string
	for i := range 64 {
		values = append(values, strings.Repeat("v", i+1))
	}
	if _, err := r.Spread([]string{"sex"}, disclosure.Codebook{"sex": values}); err == nil || !strings.Contains(err.Error(), "66 columns") {
		t.Errorf("66 columns: %v", err)
	}
}

// Whatever a codebook lists, records come out with values that it lists or that were read.
func FuzzCodebook(f *testing.F) {
	f.Add([]byte(`{"form":["labour","sexual"]}`))
	f.Add([]byte(`{"form":["labour"],"sex":["f","m","x"]}`))
	f.Add([]byte(`{"form":[" a",""],"sex":null}`))
	f.Add([]byte(`{"form":["f=a","*","0"]}`))
	r := read(f, "who,form,sex\n1,labour,f\n1,sexual,f\n2,labour,m\n3,,f\n3,begging,f\n4,sexual; labour,\n", disclosure.Reading{Unit: "who"})
	f.Fuzz(func(t *testing.T, text []byte) {
		var book disclosure.Codebook
		if json.Unmarshal(text, &book) != nil {
			return
		}
		s, err := r.Spread([]string{"form"}, book)
		if err != nil {
			return
		}
		a, err := disclosure.DPMarginals{Promise: disclosure.Promise{Epsilon: 4, Delta: 1e-6}, Codebook: s.Codebook}.Count(t.Context(), s.Records, bits(1))
		if err != nil {
			return
		}
		made, err := disclosure.Assembly{}.Assemble(t.Context(), a, mathrand.New(mathrand.NewPCG(1, 1)))
		if err != nil {
			return
		}
		back := s.Gather(made)
		if !slices.Equal(back.Columns, r.Columns) {
			t.Fatalf("%v", back.Columns)
		}
		for i := range back.Persons() {
			for _, v := range strings.Split(back.Values[0][back.Codes[0][i]], ";") {
				if v != "" && !slices.Contains(book["form"], v) {
					t.Fatalf("a value %q", v)
				}
			}
		}
	})
}

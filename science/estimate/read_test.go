package estimate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/science/estimate"
)

func TestReadsEveryForm(t *testing.T) {
	for name, text := range map[string]string{
		"counts":                   "A,B,n\n1,0,3\n0,1,4\n1,1,5\n",
		"counts on several rows":   "A,B,n\n1,0,1\n1,0,2\n0,1,4\n1,1,5\n",
		"counts by their values":   "A,B,seen\n1,0,3\n0,1,4\n1,1,5\n",
		"semicolons and a mark":    "\ufeffA;B;n\r\n1;0;3\r\n0;1;4\r\n1;1;5\r\n",
		"tabs":                     "A\tB\tn\n1\t0\t3\n0\t1\t4\n1\t1\t5\n",
		"counts as a sheet writes": "A;B;n\n1;0;3,0\n0;1;4.0\n1;1;5e0\n",
		"nobody on no list":        "A,B,n\n0,0,0\n1,0,3\n0,1,4\n1,1,5\n",
		"a row a person":           "A,B\n" + strings.Repeat("1,0\n", 3) + strings.Repeat("0,1\n", 4) + strings.Repeat("1, 1\n", 5),
		"French counts":            "A,B,Effectif\n1,0,3\n0,1,4\n1,1,5\n",
	} {
		h, err := estimate.Read(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if h.Observed() != 12 || h.Counts[1] != 3 || h.Counts[2] != 4 || h.Counts[3] != 5 || strings.Join(h.Lists, " ") != "A B" {
			t.Errorf("%s: read as %v of %v", name, h.Counts, h.Lists)
		}
	}
}

// What is wrong is said with its row and column, and never with what stands there.
func TestRefusesWhatItCannotRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "the file is empty",
		"\ufeff \n":                         "the file is empty",
		"A\n1\n":                            "one column",
		"A,B,n\n":                           "no rows",
		"A,B,n\n1,0,3\n1,2,4\n":             "row 3, column 2: neither 0 nor 1",
		"A,B,n\n1,,3\n":                     "row 2, column 2: empty",
		"A,B,n\n1,0,-3\n":                   "row 2, column 3: the count is negative",
		"A,B,n\n1,0,2.5\n":                  "row 2, column 3: the count is not a whole number",
		"A,B,n\n1,0,secret\n":               "row 2, column 3: the count is not a number",
		"A,B,n\n1,0,NaN\n":                  "row 2, column 3: the count is not a whole number",
		"A,B,n\n1,0,1e300\n":                "row 2, column 3: more than",
		"A,B,n\n1,0,1e999\n":                "row 2, column 3: more than",
		"A,B,n\n1,0,\n":                     "row 2, column 3: the count is missing",
		"A,B,n\n0,0,3\n":                    "row 2: a person is on no list",
		"A,B\n1,1\n0,0\n":                   "row 3: a person is on no list",
		"A,B,n\n1,0,3\n1,0\n":               "row 3 has 2 columns",
		"A,B,n\n1,0,3\n":                    "column 2: nobody is on list \"B\"",
		"A,,n\n1,0,3\n":                     "row 1, column 2: the column has no name",
		"A,A,n\n1,0,3\n":                    "row 1: two lists have the name",
		"Pr\xe9nom,B,n\n1,0,3\n":            "row 1, column 1: the name is not UTF-8",
		"A\x00,B\x00\n":                     "not text in UTF-8",
		"A,B,n\n1,\"0,3\n":                  "row 2",
		"A,n\n1,4\n":                        "at least two lists",
		"a,b,c,d,e,f,g,h,i,j,k,l,m,o,p,q,r": "header and no rows",
	} {
		_, err := estimate.Read(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: said %v, not %q", text, err, want)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error tells what stands there: %v", text, err)
		}
	}
	many := ""
	for i := range 17 {
		many += string(rune('a'+i)) + ","
	}
	if _, err := estimate.Read(strings.NewReader(many + "n\n" + strings.Repeat("1,", 17) + "3\n")); err == nil || !strings.Contains(err.Error(), "at most 16") {
		t.Errorf("seventeen lists: %v", err)
	}
}

// Whatever is read, the whole table can be computed without a panic, and a figure
// that is given is no less than the persons seen.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "tables", "*.csv"))
	if err != nil || len(files) == 0 {
		f.Fatal("no tables", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("A;B;C\n1;0;1\n"))
	f.Add([]byte("A,B,C,n\n1,0,0,1\n0,1,0,1\n0,0,1,1\n1,1,1,100000000\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		h, err := estimate.Read(strings.NewReader(string(text)))
		if err != nil || len(h.Lists) > 5 {
			return
		}
		seen := float64(h.Observed())
		p := estimate.Plan{Methods: []estimate.Method{estimate.MainEffects, estimate.ByStepwise, estimate.ByBIC, estimate.ByChapman},
			Interval: estimate.ByBCa, Resampling: estimate.Resampling{Replicates: 5}}
		for _, p.Interval = range []estimate.Kind{estimate.Conditional, estimate.ByProfile, estimate.ByBCa} {
			r, err := estimate.Run(t.Context(), h, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range r.Results {
				if x.Method != estimate.ByChapman && (x.Estimate < seen || x.Low < seen-1e-6*seen || x.High < x.Low) {
					t.Fatalf("%d seen, %s says %g [%g, %g]", h.Observed(), x.Method, x.Estimate, x.Low, x.High)
				}
			}
			_ = r.Picture()
		}
	})
}

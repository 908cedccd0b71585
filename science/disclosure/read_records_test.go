package disclosure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"inkingi/science/disclosure"
)

func read(t testing.TB, text string, o disclosure.Reading) *disclosure.Records {
	t.Helper()
	r, err := disclosure.ReadRecords(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// line is a record in words.
func line(r *disclosure.Records, i int) string {
	var s []string
	for c := range r.Columns {
		s = append(s, r.Values[c][r.Codes[c][i]])
	}
	return strings.Join(s, "|")
}

func TestReadsRecords(t *testing.T) {
	for name, text := range map[string]string{
		"commas":                "a,b\nx,1\ny,\n",
		"semicolons and a mark": "\ufeffa;b\r\nx;1\r\ny;\r\n",
		"tabs":                  "a\tb\nx\t1\ny\t\n",
		"spaces":                "a , b\n x,1 \ny,  \n",
	} {
		r := read(t, text, disclosure.Reading{})
		if r.Persons() != 2 || line(r, 0) != "x|1" || line(r, 1) != "y|" || r.Latin != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	r := read(t, "a,b\nNdayishimi\xe9,1\nNdayishimi\xc3\xa9,2\n,2\n", disclosure.Reading{})
	if r.Latin != 1 || line(r, 0) != "Ndayishimié|1" || r.Codes[0][0] != r.Codes[0][1] {
		t.Errorf("Latin-1: %+v", r)
	}
}

// Rows of one person are one record, whatever their order.
func TestPersonIsTheUnit(t *testing.T) {
	text := "who,form,sex\n7,labour,f\n8,,m\n7,sexual,f\n8,labour,m\n9,labour,\n7,labour,\n"
	r := read(t, text, disclosure.Reading{Unit: "who"})
	got := []string{line(r, 0), line(r, 1), line(r, 2)}
	if r.Persons() != 3 || r.Rows != 6 || !slices.Equal(got, []string{"labour;sexual|f", "labour|m", "labour|"}) || slices.Contains(r.Columns, "who") {
		t.Errorf("%d persons, %q of %v", r.Persons(), got, r.Columns)
	}
	r = read(t, text, disclosure.Reading{Keys: []string{"sex", "form"}})
	if r.Persons() != 6 || line(r, 0) != "f|labour" {
		t.Errorf("some columns: %+v", r)
	}
}

// What is wrong is said with its row and column, and never with what stands there.
func TestRefusesRecords(t *testing.T) {
	var many strings.Builder
	many.WriteString("a,b\n")
	for i := range 1002 {
		fmt.Fprintf(&many, "x%d,secret%d\n", i%2, i)
	}
	wide := strings.Repeat("c,", 3)
	var columns []string
	for i := range 65 {
		columns = append(columns, fmt.Sprintf("c%d", i))
	}
	for _, c := range []struct {
		text string
		o    disclosure.Reading
		want string
	}{
		{"", disclosure.Reading{}, "empty"},
		{"a,b\n", disclosure.Reading{}, "no rows"},
		{"a\n1\n2\n", disclosure.Reading{}, "one column"},
		{"a,b\n1,x\n2,x\n", disclosure.Reading{}, "column 2, \"b\": one value"},
		{"a,b\n1,secret\n2\n", disclosure.Reading{}, "line 3"},
		{"a,\n1,2\n", disclosure.Reading{}, "row 1, column 2: the column has no name"},
		{"a,a\n1,2\n", disclosure.Reading{}, "row 1, columns 1 and 2 have one name"},
		{wide, disclosure.Reading{}, "have one name"},
		{"a,b\n1,\"secret\n", disclosure.Reading{}, "row at line"},
		{"a,b\n1,sec\x00ret\n", disclosure.Reading{}, "row 2, column 2: a zero byte"},
		{"\xff\xfea\x00", disclosure.Reading{}, "UTF-16"},
		{many.String(), disclosure.Reading{}, "row 1002, column 2: more than 1000 different values"},
		{"a,b\n1,2\n", disclosure.Reading{Unit: "c"}, `no column "c"`},
		{"a,b\n1,2\n", disclosure.Reading{Keys: []string{"a", "c"}}, `no column "c"`},
		{"a,b\n1,2\n", disclosure.Reading{Keys: []string{"a", "a"}}, "named twice"},
		{"a,b\n1,2\n", disclosure.Reading{Unit: "a", Keys: []string{"a", "b"}}, "never released"},
		{"a,b\n1,2\n", disclosure.Reading{Unit: "a"}, "one column"},
		{"u,a,b\n1,x,secret\n,y,secret\n", disclosure.Reading{Unit: "u"}, "row 3, column 1: it does not say who"},
		{strings.Join(columns, ",") + "\n", disclosure.Reading{}, "65 columns"},
	} {
		_, err := disclosure.ReadRecords(strings.NewReader(c.text), c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: said %v, not %q", c.text, err, c.want)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%.40q: the error tells what stands there: %v", c.text, err)
		}
	}
}

// Whatever is read can be compared, written and read again.
func FuzzReadRecords(f *testing.F) {
	f.Add([]byte("a,b\nx,1\ny,\n"), "")
	f.Add([]byte("\ufeffu;b;c\r\n1;2;3\r\n1;4;0\r\n2;4;3"), "u")
	f.Add([]byte("a\tb\n\xe9\t=1\nz\t-2\n"), "")
	f.Fuzz(func(t *testing.T, text []byte, unit string) {
		r, err := disclosure.ReadRecords(strings.NewReader(string(text)), disclosure.Reading{Unit: unit})
		if err != nil || r.Persons() > 200 || len(r.Columns) > 8 {
			return
		}
		q, err := disclosure.Comparison{}.Compare(r, r)
		if err != nil || q.All.Error != 0 || q.All.Suppressed != 0 || q.All.Fabricated != 0 || q.All.Distance != 0 {
			t.Fatalf("with itself: %+v %v", q, err)
		}
		var b strings.Builder
		if err := r.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		_ = disclosure.Brief{Quality: q, K: 3}.HTML()
		again, err := disclosure.ReadRecords(strings.NewReader(b.String()), disclosure.Reading{})
		if err == nil && again.Persons() > r.Persons() {
			t.Fatalf("%d became %d", r.Persons(), again.Persons())
		}
	})
}

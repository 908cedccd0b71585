package linkage_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"inkingi/science/linkage"
)

const invented = `id,surname,given_name,date_of_birth,sex,commune,phone
1,Nduwabike,Marie,1998-03-04,F,Gishubi,79 12 34 56
2,Nduwabike,Mariya,1998-03-04,F,Gishubi,+257 79123456
3,Ntakarumwe,Jean,1990-01-01,M,Mwakiro,
4,Ntakirumwe,Jean,1985-07-08,M,Mwakiro,61000111
5,Yohani,Ntakarumwe,1990-05-16,M,Mwakiro,
6,Kezakimana,Esther,2001-11-30,F,Bugenyuzi,62000222
7,Hatungiye,Paul,1979-02-11,M,Rutegama,
8,Ndikuriyo,Pawulo,1979-02-12,M,Rutegama,68000333
`

func run(t *testing.T, text string) (*linkage.Table, *linkage.Result) {
	t.Helper()
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader(text), nil); err != nil {
		t.Fatal(err)
	}
	m, err := linkage.NewModel(table)
	if err != nil {
		t.Fatal(err)
	}
	r, err := linkage.Run(t.Context(), table, m, linkage.Options{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	return table, r
}

func TestReasonsAddUpToTheWeight(t *testing.T) {
	_, r := run(t, invented)
	for _, l := range r.Links {
		reasons, err := r.Explain(l.A, l.B)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, reason := range reasons {
			sum += reason.Weight
		}
		if math.Abs(sum-l.Weight) > 1e-9 {
			t.Errorf("records %d and %d weigh %.6f, the reasons %.6f", l.A+1, l.B+1, l.Weight, sum)
		}
	}
	reasons, _ := r.Explain(0, 1)
	for _, want := range []string{"sounds the same or is a form of the same name", "before looking", "together"} {
		if !strings.Contains(linkage.Story(reasons), want) {
			t.Errorf("the story lacks %q:\n%s", want, linkage.Story(reasons))
		}
	}
	for _, svg := range []string{linkage.Waterfall(reasons), linkage.DrawCurve(r.Expected())} {
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := r.Explain(0, 99); err == nil {
		t.Error("a record that is not there is explained")
	}
}

func TestSpellingsAndSwapsAreFound(t *testing.T) {
	_, r := run(t, invented)
	found := map[[2]int]bool{}
	for _, l := range r.Links {
		found[[2]int{l.A + 1, l.B + 1}] = l.Probability() >= 0.5
	}
	if !found[[2]int{1, 2}] {
		t.Error("Marie and Mariya Nduwabike with one telephone are not linked")
	}
	reasons, _ := r.Explain(2, 4)
	if story := linkage.Story(reasons); !strings.Contains(story, "the day estimated") {
		t.Errorf("an estimated date is not seen:\n%s", story)
	}
	if story := linkage.Story(reasons); !strings.Contains(story, "other field") {
		t.Errorf("names in the wrong field are not seen:\n%s", story)
	}
}

func TestBadFiles(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "empty"},
		{"names only", "surname,given_name\n", "no record"},
		{"a row too short", "surname,given_name\na,b\nc\n", "line 3"},
		{"two names alike", "a,a\n1,2\n", "columns 1 and 2"},
		{"a column without a name", "a,,b\n1,2,3\n", "column 2 has no name"},
		{"UTF-16", "\xff\xfea\x00", "UTF-16"},
		{"a zero byte", "surname,given_name\na,b\nc,d\x00\n", "row 3, column 2"},
		{"a quote left open", "a,b\n\"x,y\n", "line"},
	} {
		err := (&linkage.Table{}).Read(strings.NewReader(c.text), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader("\xef\xbb\xbfsurname;born\nNd\xe9;1990\nA;1991\nA;1991"), nil); err != nil || table.Latin != 1 || table.Value(0, "surname") != "Ndé" {
		t.Errorf("BOM, semicolons, Latin-1: %v, %d, %q", err, table.Latin, table.Value(0, "surname"))
	}
	if err := table.Read(strings.NewReader("surname,sex\nA,F\n"), nil); err == nil || !strings.Contains(err.Error(), "sex") {
		t.Errorf("another file's columns: %v", err)
	}
	latin := &linkage.Table{}
	if err := latin.Read(strings.NewReader("pr\xe9nom,nom\nA,B\nC,D\n"), nil); err != nil || latin.Columns[0] != "prénom" || latin.Latin != 1 || latin.Different("nom") != 2 || latin.Different("no") != 0 {
		t.Errorf("a name of a column in Latin-1: %v %v", err, latin.Columns)
	}
	one := &linkage.Table{}
	if err := one.Read(strings.NewReader("surname\na\nb\n"), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := linkage.NewModel(one); err == nil {
		t.Error("one column is compared")
	}
}

func TestModelsAreKeptAndChecked(t *testing.T) {
	table, r := run(t, invented)
	text, err := json.Marshal(r.Model)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(strings.ToLower(string(text)), "nduwabike") {
		t.Error("a model holds a name")
	}
	m, err := linkage.ReadModel(strings.NewReader(string(text)), table)
	if err != nil {
		t.Fatal(err)
	}
	again, err := linkage.Run(t.Context(), table, m, linkage.Options{})
	if err != nil || len(again.Links) != len(r.Links) || math.Abs(again.Links[0].Weight-r.Links[0].Weight) > 1e-9 {
		t.Errorf("a kept model gives something else: %v", err)
	}
	for _, bad := range []string{
		"", "[]", `{"comparisons":[]}`, `{"lambda":2}`, `{"secret":1}`, `{"blocking":[["id"]]}`,
		`{"comparisons":[{"columns":["surname"],"role":"surname"},{"columns":["nothing"],"role":"text"}]}`,
		`{"comparisons":[{"columns":["surname"],"levels":[{"test":"exact"}]},{"columns":["sex"]}]}`,
	} {
		if _, err := linkage.ReadModel(strings.NewReader(bad), table); err == nil {
			t.Errorf("model %q is taken", bad)
		}
	}
}

func TestTwoFilesAreComparedAcross(t *testing.T) {
	table := &linkage.Table{}
	rows := strings.SplitAfterN(invented, "\n", 6)
	head := rows[0]
	for _, text := range []string{head + rows[1] + rows[3], head + rows[2] + rows[4] + rows[5]} {
		if err := table.Read(strings.NewReader(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	m, _ := linkage.NewModel(table)
	r, err := linkage.Run(t.Context(), table, m, linkage.Options{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.Possible != 2*6 {
		t.Errorf("%v pairs are possible, not 12", r.Possible)
	}
	for _, l := range r.Links {
		if l.A > 1 || l.B < 2 {
			t.Errorf("records %d and %d of one file are compared", l.A+1, l.B+1)
		}
	}
	if kept := table.OneToOne([]linkage.Link{{A: 0, B: 2, Weight: 9}, {A: 0, B: 3, Weight: 8}, {A: 1, B: 3, Weight: 7}}); len(kept) != 2 || kept[1].A != 1 {
		t.Errorf("one to one keeps %v", kept)
	}
	if c := table.Clusters([]linkage.Link{{A: 0, B: 2}, {A: 2, B: 4}}); c[4] != 0 || c[2] != 0 || c[1] != 1 {
		t.Errorf("clusters are %v", c)
	}
}

// A million different values are read, and compared on what they are equal on.
func TestAMillionValues(t *testing.T) {
	var b strings.Builder
	b.WriteString("surname,note\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "n%d,%d\n", i/4, i)
	}
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader(b.String()), nil); err != nil {
		t.Fatal(err)
	}
	if table.Records() != 1_000_000 || table.Different("note") != 1_000_000 || table.Value(999_999, "surname") != "n249999" {
		t.Errorf("%d records, %d values", table.Records(), table.Different("note"))
	}
	// Of two columns one is another in every record and is taken for a number of the record.
	if _, err := linkage.NewModel(table); err == nil || !strings.Contains(err.Error(), "fewer than two columns") {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{invented, "a;b\n1;2\n", "\xef\xbb\xbfa\tb\n\"1\t2", "lat,lon,by,bm,bd\n1,-2,3,4,5\n-9,8,7,6,5\n1,2,3,4,5\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table := &linkage.Table{}
		if table.Read(strings.NewReader(text), nil) != nil || table.Records() > 60 {
			return
		}
		m, err := linkage.NewModel(table)
		if err != nil {
			return
		}
		r, err := linkage.Run(t.Context(), table, m, linkage.Options{})
		if err != nil {
			return
		}
		for _, l := range r.Links {
			if math.IsNaN(l.Weight) {
				t.Fatal("a weight is not a number")
			}
		}
	})
}

func FuzzModel(f *testing.F) {
	_, text := 0, `{"comparisons":[{"columns":["surname"],"role":"surname"},{"columns":["sex"],"role":"group"}],"blocking":[["surname"]]}`
	f.Add(text)
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader(invented), nil); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := linkage.ReadModel(strings.NewReader(text), table); err == nil {
			linkage.Run(t.Context(), table, m, linkage.Options{})
		}
	})
}

// Two strangers of one commune are of one province too: counted apart, that would
// be two findings.
func TestPlacesWithinEachOtherAreOneComparison(t *testing.T) {
	var b strings.Builder
	b.WriteString("surname,given_name,commune,province\n")
	for i := range 600 {
		k := i % 40
		fmt.Fprintf(&b, "nda%c%c,ma%c,%c%c%c%d,province%d\n", 'a'+i%26, 'a'+i/26, 'a'+i%7, 'a'+k%26, 'a'+k*7%26, 'a'+(k*11+3)%26, k, k/10)
	}
	table := &linkage.Table{}
	if err := table.Read(strings.NewReader(b.String()), nil); err != nil {
		t.Fatal(err)
	}
	m, err := linkage.NewModel(table)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Comparisons) != 3 || m.Comparisons[2].Role != linkage.Place || len(m.Comparisons[2].Columns) != 2 || m.Comparisons[2].Columns[0] != "commune" {
		t.Fatalf("the comparisons are %+v", m.Comparisons)
	}
	r, err := linkage.Run(t.Context(), table, m, linkage.Options{Train: true})
	if err != nil {
		t.Fatal(err)
	}
	for pair, want := range map[[2]int]string{{0, 40}: "the same (aad0", {0, 1}: "another place of the same larger one", {0, 11}: "different (aad0"} {
		reasons, _ := r.Explain(pair[0], pair[1])
		if story := linkage.Story(reasons); !strings.Contains(story, want) {
			t.Errorf("%v lacks %q:\n%s", pair, want, story)
		}
	}
}

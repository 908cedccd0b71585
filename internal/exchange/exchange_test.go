package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/protection"
)

func burundi(t testing.TB) *countries.Country {
	t.Helper()
	c, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// today is the day of every test.
var today = date.Day{Year: 2026, Month: 11, Day: 25}

func mapped(t testing.TB, c *countries.Country, text string) *Mapping {
	t.Helper()
	m, err := ReadMapping(strings.NewReader(text), c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func inMemory(text string) File { return File{bytes.NewReader([]byte(text)), int64(len(text))} }

// surveyed reads a text under a mapping.
func surveyed(t testing.TB, mapping, text string) (Survey, *Legacy) {
	t.Helper()
	c := burundi(t)
	l := &Legacy{Mapping: mapped(t, c, mapping), Country: c, Today: today, File: inMemory(text)}
	s, err := l.Survey(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, l
}

// records reads them all.
func records(t testing.TB, l *Legacy) (all []protection.LegacyRecord) {
	t.Helper()
	next, err := l.Records(context.Background())
	for err == nil {
		var some []protection.LegacyRecord
		if some, err = next(); len(some) == 0 {
			break
		}
		all = append(all, some...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Both mappings of docs/examples say what the country knows.
func TestExamples(t *testing.T) {
	c := burundi(t)
	names, err := filepath.Glob("../../docs/examples/*.yaml")
	if err != nil || len(names) < 2 {
		t.Fatalf("%v %v", names, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadMapping(bytes.NewReader(text), c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// So do the mappings that the guides show.
func TestGuides(t *testing.T) {
	c := burundi(t)
	names, err := filepath.Glob("../../docs/guides/legacy-lists*.md")
	if err != nil || len(names) != 2 {
		t.Fatalf("%v %v", names, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, block, found := strings.Cut(string(text), "\n    name: ")
		block, _, closed := strings.Cut("    name: "+block, "\n\n")
		if _, err := ReadMapping(strings.NewReader(block), c); err != nil || !found || !closed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMappingsThatAreRefused(t *testing.T) {
	c := burundi(t)
	for name, x := range map[string]struct{ text, field, key string }{
		"no yaml":             {"name: [", "", "legacy.map.syntax"},
		"an unknown word":     {"name: A\ncolums: []", "", "legacy.map.syntax"},
		"two documents":       {"name: A\n---\nname: B", "", "legacy.map.twice"},
		"no name":             {"columns: [{column: A, as: sex}]", "name", "legacy.map.name"},
		"no columns":          {"name: A", "columns", "legacy.map.columns"},
		"order not said":      {"name: A\ncolumns: [{column: Day, as: event}]", "Day", "legacy.map.date.order"},
		"an order of nobody":  {"name: A\ncolumns: [{column: Day, as: event, date: guess}]", "Day", "legacy.map.date.order"},
		"frame not said":      {"name: A\ncolumns: [{column: P, as: province}]", "frame", "legacy.map.frame"},
		"frame of nowhere":    {"name: A\nframe: '1993'\ncolumns: [{column: P, as: province}]", "frame", "legacy.map.frame"},
		"frame of no event":   {"name: A\nframe: event\ncolumns: [{column: P, as: province}]", "frame", "legacy.map.frame.event"},
		"frame of no place":   {"name: A\nframe: '2025'\ncolumns: [{column: S, as: sex}]", "frame", "legacy.map.frame.unused"},
		"an unknown meaning":  {"name: A\ncolumns: [{column: S, as: soul}]", "S", "legacy.map.as"},
		"an unknown code":     {"name: A\ncolumns: [{column: S, as: sex, values: {x: X}}]", "S", "legacy.map.code"},
		"two codes":           {"name: A\ncolumns: [{column: S, as: sex, values: {Homme: M, HOMME: F}}]", "S", "legacy.map.values.twice"},
		"a column twice":      {"name: A\ncolumns: [{column: S, as: sex}, {column: S, as: text}]", "S", "legacy.map.column.twice"},
		"two sexes":           {"name: A\ncolumns: [{column: S, as: sex}, {column: T, as: sex}]", "T", "legacy.map.column.twice"},
		"heading and letter":  {"name: A\ncolumns: [{column: S, letter: A, as: sex}]", "S", "legacy.map.column.name"},
		"responder not kept":  {"name: A\ncolumns: [{column: R, as: responder}]", "R", "legacy.map.keep"},
		"a kept sex":          {"name: A\ncolumns: [{column: R, as: sex, keep: true}]", "R", "legacy.map.keep"},
		"the same as no one":  {"name: A\nsame: [X]\ncolumns: [{column: S, as: sex}]", "same", "legacy.map.same"},
		"a separator of two":  {"name: A\nseparator: '::'\ncolumns: [{column: S, as: sex}]", "separator", "legacy.map.separator"},
		"an encoding unknown": {"name: A\nencoding: ebcdic\ncolumns: [{column: S, as: sex}]", "encoding", "legacy.map.encoding"},
	} {
		_, err := ReadMapping(strings.NewReader(x.text), c)
		if f := fault.Of(err); !fault.Is(err, fault.Invalid) || f.Key != x.key || f.Field != x.field {
			t.Errorf("%s: %v, want %s at %q", name, err, x.key, x.field)
		}
	}
}

func TestDates(t *testing.T) {
	for _, x := range []struct {
		text  string
		order Order
		want  string // "" is a problem
	}{
		{"03/04/2019", DayFirst, "2019-04-03"},
		{"03/04/2019", MonthFirst, "2019-03-04"},
		{"03/04/2019", YearFirst, ""},
		{"31/12/2019", MonthFirst, ""},
		{"2019-04-03", MonthFirst, "2019-04-03"},
		{"2019/04/03", DayFirst, "2019-04-03"},
		{"2019.4.3", YearFirst, "2019-04-03"},
		{"2019-04-03 00:00:00", DayFirst, "2019-04-03"},
		{"2019-04-03T10:00:00Z", DayFirst, "2019-04-03"},
		{"2019", DayFirst, "2019"},
		{"2019~", DayFirst, "2019~"},
		{"03/2019", DayFirst, "2019-03"},
		{"2019/03", DayFirst, "2019-03"},
		{"2019/2020", DayFirst, "2019/2020"},
		{"00/03/2019", DayFirst, "2019-03-XX"},
		{"XX/XX/2019", DayFirst, "2019"},
		{"15/00/2019", DayFirst, ""},
		{"03/04/19", DayFirst, ""},
		{"30/02/2019", DayFirst, ""},
		{"yesterday", DayFirst, ""},
		{"2022_q2", Quarter, "2022-04/2022-06"},
		{"Q4 2023", Quarter, "2023-10/2023-12"},
		{"2022_q5", Quarter, ""},
		{"2022", Quarter, ""},
	} {
		d, err := dated(x.text, x.order)
		if d.String() != x.want || (err == nil) != (x.want != "") {
			t.Errorf("%s %s: %q %v, want %q", x.text, x.order, d, err, x.want)
		}
	}
}

// A day number is a date only where the file shows it as one; a bare number is
// a year or a problem.
func TestNumbersInDateColumns(t *testing.T) {
	for _, x := range []struct {
		c    Cell
		from bool
		want string
	}{
		{Cell{Dated, "43558"}, false, "2019-04-03"},
		{Cell{Dated, "43558.75"}, false, "2019-04-03"},
		{Cell{Dated, "42096"}, true, "2019-04-03"},
		{Cell{Number, "2019"}, false, "2019"},
		{Cell{Number, "43558"}, false, ""},
		{Cell{Number, "20190403"}, false, ""},
		{Cell{Dated, "-4"}, false, ""},
	} {
		d, err := serial(x.c, x.from)
		if d.String() != x.want || (err == nil) != (x.want != "") {
			t.Errorf("%v: %q %v, want %q", x.c, d, err, x.want)
		}
	}
}

const shelter = `
name: Invented shelter, 2019–2024
same: [Nom]
columns:
  - {column: Nom, as: personal}
  - {column: Date, as: event, date: day-first}
  - {column: Sexe, as: sex, values: {Homme: M, Femme: F}, blank: UNKNOWN}
  - {column: Age, as: age}
  - {column: Forme, as: form, split: ["+"], values: {travail: ForcedLabour, domestique: Servitude}}
  - {column: Province, as: province}
  - {column: Commune, as: commune}
  - {column: Colline, as: colline, written: true}
  - {column: Personnes, as: people}
frame: event
`

// Each row goes where it belongs: codes, bands, partial dates, places in the
// frame of the day, what the gazetteer does not know kept aside.
func TestRecords(t *testing.T) {
	s, l := surveyed(t, shelter, "\ufeffNom;Date;Sexe;Age;Forme;Province;Commune;Colline;Personnes\r\n"+
		"Keza Invented;03/04/2019;FEMME;15;travail + domestique;Gitega;Gitega;Nulle Part;1\r\n"+
		";2019;;;;Ngozi;;;7\r\n"+
		";;;;;;;;\r\n"+
		"KEZA  invented;;Femme;;;;;;1\r\n")
	if len(s.Problems) > 0 || s.Rows != 3 || s.People != 9 || s.Duplicates != 1 {
		t.Fatalf("%+v", s)
	}
	all := records(t, l)
	first := all[0]
	if first.Line != 2 || first.Sex != "F" || first.AgeBand != "15-17" || strings.Join(first.Forms, " ") != "ForcedLabour Servitude" ||
		first.When.String() != "2019-04-03" || first.Where.Written != "Nulle Part" || !first.Named || !first.Once || first.Given.IsZero() {
		t.Errorf("first: %+v", first)
	}
	if p, _ := l.Country.Places.Place(first.Where.Code); p.Name != "Gitega" || p.Kind != "commune" || p.Until.IsZero() {
		t.Errorf("the place is %v, not the commune of before 2025", p)
	}
	if all[1].People != 7 || all[1].Sex != "UNKNOWN" || all[1].Mark != "" || all[1].Named {
		t.Errorf("second: %+v", all[1])
	}
	if all[2].Line != 5 || all[2].Mark != first.Mark {
		t.Errorf("third: %+v", all[2])
	}
}

// Every problem of a file is listed at its row and column, and no value is.
func TestProblems(t *testing.T) {
	s, _ := surveyed(t, shelter, "Nom,Date,Sexe,Age,Forme,Province,Commune,Colline,Personnes\n"+
		"Secret,03/04/19,Autre,200,rien,Gitega,Gitega,,2\n"+
		",,,,,Gitega,,,\n"+
		",2019,,,,Atlantis,,,0\n"+
		",2025,,,,Gitega,,,1\n"+
		",2031,,,,,,,1,more\n"+
		"\xe9t\xe9,,,,,,,,1\n")
	want := []Problem{
		{2, "Date", "legacy.date.year"}, {2, "Sexe", "legacy.value.unknown"}, {2, "Age", "legacy.age"}, {2, "Forme", "legacy.value.unknown"},
		{2, "Province", "legacy.place.undated"}, {2, "Personnes", "legacy.people.named"},
		{3, "Personnes", "legacy.people.number"}, {3, "Province", "legacy.place.undated"},
		{4, "Personnes", "legacy.people.number"}, {4, "Province", "legacy.place.unknown"},
		{5, "Province", "legacy.place.frame"},
		{6, "J", "legacy.cell.beyond"}, {6, "Date", "legacy.date.range"},
		{7, "Nom", "legacy.cell.encoding"},
	}
	if len(s.Problems) != len(want) {
		t.Errorf("%d problems, want %d", len(s.Problems), len(want))
	}
	for i := range min(len(want), len(s.Problems)) {
		if s.Problems[i] != want[i] {
			t.Errorf("problem %d: %v, want %v", i, s.Problems[i], want[i])
		}
	}
	if s.Layout != "" {
		t.Error("a file with problems gives a layout to keep")
	}
}

func TestFilesThatAreNoLists(t *testing.T) {
	const simple = "name: A\ncolumns: [{column: S, as: sex}]"
	for name, x := range map[string]struct {
		text, key string
		row       int
	}{
		"nothing":       {"", "legacy.heading.none", 0},
		"headings only": {"S\n", "legacy.file.empty", 0},
		"no heading":    {"X\nM\n", "legacy.heading.missing", 1},
		"twice":         {"S,S\nM,F\n", "legacy.heading.twice", 1},
		"one more":      {"S,Name\nM,F\n", "legacy.heading.unknown", 1},
		"an old book":   {"\xd0\xcf\x11\xe0....", "legacy.file.old", 0},
		"two bytes":     {"\xff\xfeS\x00", "legacy.file.utf16", 0},
		"half a zip":    {"PK\x03\x04....", "legacy.file.broken", 0},
		"open quotes":   {"S\n\"M\n", "legacy.file.quotes", 2},
	} {
		s, _ := surveyed(t, simple, x.text)
		if len(s.Problems) == 0 || s.Problems[len(s.Problems)-1].Key != x.key && s.Problems[0].Key != x.key || s.Problems[0].Row != x.row {
			t.Errorf("%s: %v, want %s", name, s.Problems, x.key)
		}
	}
}

// One-byte encodings are read when they are said, and refused when not.
func TestEncodings(t *testing.T) {
	const text = "R\nMa\xeetre \x8cuvre\n"
	for encoding, want := range map[string]string{"latin-1": "", "windows-1252": "Maître Œuvre"} {
		s, l := surveyed(t, "name: A\nencoding: "+encoding+"\ncolumns: [{column: R, as: responder, keep: true}]", text)
		switch {
		case want == "" && (len(s.Problems) != 1 || s.Problems[0].Key != "legacy.word"): // 0x8c is a control there
			t.Errorf("%s: %v", encoding, s.Problems)
		case want != "" && (len(s.Problems) > 0 || records(t, l)[0].Responder != want):
			t.Errorf("%s: %v", encoding, s.Problems)
		}
	}
	if s, _ := surveyed(t, "name: A\ncolumns: [{column: R, as: responder, keep: true}]", text); len(s.Problems) != 1 || s.Problems[0] != (Problem{2, "R", "legacy.cell.encoding"}) {
		t.Errorf("not said: %v", s.Problems)
	}
}

// What was written comes back: the same cells at the same places.
func TestWriterAndReader(t *testing.T) {
	rows := []laid{{1, []Cell{{}, {Text: "Name"}, {Text: "Day"}}}, {3, []Cell{{Number, "1"}, {Text: " =1+1 <&> é\nline\r _x000D_ __x005F_ _x \x01"}, {Dated, "43558"}}}, {900, []Cell{{Number, "2"}}}}
	l := layout{Rows: []laid{rows[0], rows[2]}}
	text, err := l.text()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := NewWriter(&b, text)
	if err != nil {
		t.Fatal(err)
	}
	given, err := json.Marshal(rows[1].Cells)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Row(3, string(given)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	in, err := openSheet(inMemory(b.String()), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range rows {
		line, cells, err := in.next()
		if err != nil || line != want.Line || len(cells) != len(want.Cells) {
			t.Fatalf("line %d %v %v, want %v", line, cells, err, want)
		}
		for i, c := range cells {
			if c != want.Cells[i] {
				t.Errorf("line %d cell %d: %v, want %v", line, i, c, want.Cells[i])
			}
		}
	}
	if _, _, err := in.next(); err == nil {
		t.Error("a row too many")
	}
}

func FuzzMapping(f *testing.F) {
	c := burundi(f)
	f.Add(shelter)
	f.Add("name: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ReadMapping(strings.NewReader(text), c)
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("not Invalid: %v", err)
		}
		if err == nil && (m.Header < 1 || len(m.Columns) == 0) {
			t.Errorf("accepted %+v", m)
		}
	})
}

// FuzzList gives any bytes for a file: a list, or problems, and nothing else.
func FuzzList(f *testing.F) {
	c := burundi(f)
	m := mapped(f, c, shelter)
	f.Add([]byte("Nom;Date;Sexe;Age;Forme;Province;Commune;Colline;Personnes\nA;1/2/2019;Homme;3;;Gitega;;;1\n"))
	var b bytes.Buffer
	if w, err := NewWriter(&b, `{"rows":[{"line":1,"cells":["Nom","Date"]}]}`); err == nil && w.Close() == nil {
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := &Legacy{Mapping: m, Country: c, Today: today, File: File{bytes.NewReader(text), int64(len(text))}}
		s, err := l.Survey(context.Background(), nil, nil)
		if err != nil {
			t.Fatalf("neither a list nor a problem: %v", err)
		}
		if len(s.Problems) > 0 {
			return
		}
		people := 0
		for _, r := range records(t, l) {
			people += r.People
		}
		if people != s.People {
			t.Errorf("%d people, then %d", s.People, people)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"03/04/2019", "2019-XX", "00/03/2019", "2022_q2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []Order{DayFirst, MonthFirst, YearFirst, Quarter} {
			d, err := dated(s, o)
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q %s: %v", s, o, err)
			}
			if again, err := date.Parse(d.String()); err != nil || again != d {
				t.Errorf("%q %s: %v is no date", s, o, d)
			}
		}
	})
}

package exchange

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestShowsDate(t *testing.T) {
	for code, want := range map[string]bool{
		"dd/mm/yyyy": true, `yyyy\-mm\-dd`: true, "[$-40C]d mmmm yyyy;@": true, "mmm": true, `d" mars"`: true,
		"General": false, "0.00": false, `0" days"`: false, "[Red]0": false, "#,##0 \\d": false, "h:mm:ss": false, "mm:ss": false, "@": false,
	} {
		if showsDate(code) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
}

// book makes a spreadsheet with another program's hands.
func bookOf(t *testing.T, fill func(f *excelize.File, set func(sheet, cell string, v any))) File {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f, func(sheet, cell string, v any) {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return File{bytes.NewReader(b.Bytes()), int64(b.Len())}
}

const register = `
name: Invented register
sheet: Register
columns:
  - {column: Day, as: event, date: day-first}
  - {column: Sex, as: sex}
  - {column: N, as: people}
  - {column: Words, as: text}
`

// A spreadsheet's own dates need no order; what is a bare number, a formula that
// failed or another sheet is told apart.
func TestSpreadsheets(t *testing.T) {
	c := burundi(t)
	file := bookOf(t, func(f *excelize.File, set func(string, string, any)) {
		if _, err := f.NewSheet("Register"); err != nil {
			t.Fatal(err)
		}
		set("Sheet1", "A1", "another sheet")
		for i, heading := range []string{"Day", "Sex", "N", "Words"} {
			set("Register", letter(i)+"1", heading)
		}
		set("Register", "A2", time.Date(2019, 4, 3, 15, 0, 0, 0, time.UTC))
		set("Register", "B2", "F")
		set("Register", "C2", 1)
		set("Register", "D2", "_x000D_ é 👁 =1+1")
		set("Register", "A4", "04/2019")
		set("Register", "B4", "M")
		set("Register", "C4", 40)
		set("Register", "A5", 2019)
		set("Register", "C5", 2.0)
		set("Register", "A6", 43558)
		set("Register", "C6", 2.5)
		set("Register", "B7", true)
		set("Register", "C7", 1)
	})
	l := &Legacy{Mapping: mapped(t, c, register), Country: c, Today: today, File: file}
	s, err := l.Survey(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Problem{{6, "Day", "legacy.date.number"}, {6, "N", "legacy.people.number"}, {7, "Sex", "legacy.value.unknown"}}
	if len(s.Problems) != len(want) || s.Rows != 5 || s.People != 45 {
		t.Fatalf("%+v", s)
	}
	for i, p := range s.Problems {
		if p != want[i] {
			t.Errorf("%v, want %v", p, want[i])
		}
	}
	r, err := l.rows()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		line int
		when string
	}{{2, "2019-04-03"}, {4, "2019-04"}, {5, "2019"}} {
		record, err := r.next()
		if err != nil || record.Line != x.line || record.When.String() != x.when {
			t.Errorf("%v %v, want %+v", record, err, x)
		}
	}
	l.Mapping.Sheet = "Registre"
	if s, err := l.Survey(context.Background(), nil, nil); err != nil || len(s.Problems) != 1 || s.Problems[0] != (Problem{0, "sheet", "legacy.file.sheet"}) {
		t.Errorf("a sheet that is not there: %v %v", s.Problems, err)
	}
}

// An import that is told to stop stops.
func TestSurveyStops(t *testing.T) {
	_, l := surveyed(t, shelter, "Nom;Date;Sexe;Age;Forme;Province;Commune;Colline;Personnes\nA;;;;;;;;1\n")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := l.Survey(ctx, nil, nil); err == nil {
		t.Error("the survey went on")
	}
	next, err := l.Records(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := next(); err == nil {
		t.Error("the reading went on")
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowsOfPeople invents rows about people who do not exist; every second person has two.
func rowsOfPeople(t *testing.T) string {
	t.Helper()
	dice := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString("person;sex;age;form;work\n")
	row := 0
	for p := range 600 {
		sex, age := dice.IntN(2), dice.IntN(3)
		for range 1 + p%2 {
			fmt.Fprintf(&b, "P%d;%c;%s;%s;%d\n", p, "fm"[sex], []string{"child", "adult", ""}[age], []string{"labour", "sexual", "begging"}[dice.IntN(2+age/2)], dice.IntN(2))
			row++
		}
	}
	return put(t, "people.csv", b.String())
}

func released(t *testing.T, args ...string) (answer releaseJSON) {
	t.Helper()
	out, problem, code := says(t, "", append([]string{"release", "--format", "json"}, args...)...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, problem)
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%v: %v in %s", args, err, out)
	}
	return answer
}

// Each method writes records, a report and figures; the column that tells persons
// apart is in none of them, and 900 rows are 600 persons.
func TestReleaseWritesRecordsAndReport(t *testing.T) {
	file := rowsOfPeople(t)
	for _, method := range []string{"aim", "aggregate", "rows"} {
		dir := t.TempDir()
		out, report := filepath.Join(dir, "out.csv"), filepath.Join(dir, "out.html")
		args := []string{file, "--method", method, "--unit", "person", "--out", out, "--report", report}
		if method != "rows" {
			args = append(args, "--epsilon", "4", "--ledger", filepath.Join(dir, "ledger.json"))
		}
		a := released(t, args...)
		if a.Rows != 900 || a.Persons != 600 || a.Records < 300 || a.Quality.All.Real == 0 || (a.Promise == nil) != (method == "rows") || len(a.Warnings) != 0 || !a.Unsealed {
			t.Errorf("%s: %+v", method, a)
		}
		if method != "rows" && (a.Spent == nil || a.Spent.Epsilon > 4*(1+1e-9) || a.Spent.Epsilon < 3.9 || a.Rho <= 0) {
			t.Errorf("%s: spent %+v", method, a.Spent)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		if lines[0] != "sex,age,form,work" || len(lines)-1 != a.Records || strings.Contains(string(text), "P1") {
			t.Errorf("%s: %d lines begin with %q", method, len(lines), lines[0])
		}
		page, err := os.ReadFile(report)
		if err != nil || !strings.Contains(string(page), "must not be published") {
			t.Errorf("%s: report %v", method, err)
		}
		for _, name := range []string{out, report} {
			if info, _ := os.Stat(name); info.Mode().Perm() != 0o600 {
				t.Errorf("%s may be read by others: %v", filepath.Base(name), info.Mode())
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// A ledger that is spent refuses, and nothing is written; one with a larger budget
// gives until it is spent.
func TestReleaseSpendsItsLedgerOnce(t *testing.T) {
	file, dir := rowsOfPeople(t), t.TempDir()
	ledger, out := filepath.Join(dir, "ledger.json"), filepath.Join(dir, "out.csv")
	args := []string{file, "--method", "aggregate", "--unit", "person", "--epsilon", "1", "--ledger", ledger, "--out", out}
	released(t, args...)
	before, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	said, problem, code := says(t, "", append([]string{"release"}, args...)...)
	after, _ := os.ReadFile(ledger)
	if _, err := os.Stat(out); code != 1 || said != "" || !strings.Contains(problem, "budget of this ledger is spent") || err == nil || !bytes.Equal(before, after) {
		t.Errorf("a second release: exit %d, %s%s", code, said, problem)
	}
	if _, err := os.Stat(ledger + ".lock"); err == nil {
		t.Error("the ledger is still held")
	}

	ledger = filepath.Join(dir, "larger.json")
	args[8] = ledger
	given := 0
	for i := range 9 {
		more := args
		if i == 0 {
			more = append(args[:len(args):len(args)], "--budget", "2")
		}
		if _, problem, code := says(t, "", append([]string{"release"}, more...)...); code == 0 {
			given++
		} else if !strings.Contains(problem, "is spent") {
			t.Fatal(problem)
		}
	}
	if given < 2 || given > 4 { // ε grows with the root of the number of releases, at first
		t.Errorf("%d releases of ε 1 fit into ε 2", given)
	}
}

// What cannot be done is said, with the flag or the place in the file, and leaves
// neither records nor a spent ledger.
func TestReleaseRefuses(t *testing.T) {
	file, dir := rowsOfPeople(t), t.TempDir()
	out, ledger := filepath.Join(dir, "out.csv"), filepath.Join(dir, "ledger.json")
	broken := put(t, "broken.json", "{")
	for want, args := range map[string][]string{
		"--epsilon says how much":          {file, "--out", out},
		"epsilon must be more than 0":      {file, "--out", out, "--epsilon=-1"},
		"epsilon is at most 20":            {file, "--out", out, "--epsilon", "21"},
		"delta must be more than 0":        {file, "--out", out, "--epsilon", "1", "--delta", "0"},
		"is a folder":                      {file, "--epsilon", "1", "--out", dir, "--ledger", ledger},
		"no such":                          {file, "--epsilon", "1", "--out", out, "--report", filepath.Join(dir, "none", "report.html"), "--ledger", ledger},
		"--out says where":                 {file, "--epsilon", "1"},
		"written over another":             {file, "--epsilon", "1", "--out", file},
		"makes no promise":                 {file, "--method", "rows", "--epsilon", "1", "--out", out},
		"--k is at least 2":                {file, "--method", "rows", "--k", "1", "--out", out},
		"go with --method risk":            {file, "--household", "person", "--epsilon", "1", "--out", out},
		"--fraction go with":               {file, "--fraction", "0.1", "--epsilon", "1", "--out", out},
		"column 2, \"b\": one value":       {put(t, "one.csv", "a,b\n1,x\n2,x\n"), "--epsilon", "1", "--out", out, "--ledger", ledger},
		"one column is left":               {put(t, "lone.csv", "a\n1\n2\n"), "--epsilon", "1", "--out", out, "--ledger", ledger},
		"--budget is for a new --ledger":   {file, "--epsilon", "1", "--budget", "2", "--out", out},
		"no such file":                     {filepath.Join(dir, "none.csv"), "--epsilon", "1", "--out", out},
		"the file is empty":                {put(t, "empty.csv", ""), "--epsilon", "1", "--out", out, "--ledger", ledger},
		"line 3":                           {put(t, "short.csv", "a,b\n1,2\n3\n"), "--epsilon", "1", "--out", out, "--ledger", ledger},
		"there is no column \"z\"":         {file, "--keys", "sex,z", "--epsilon", "1", "--out", out},
		"column 1: more than 1000":         {put(t, "id.csv", "id,b\n"+numbers(1002)), "--epsilon", "1", "--out", out, "--ledger", ledger},
		"broken.json":                      {file, "--codebook", broken, "--epsilon", "1", "--out", out},
		"not a ledger":                     {file, "--ledger", broken, "--epsilon", "1", "--out", out},
		"its budget stays":                 {file, "--ledger", broken, "--budget", "3", "--epsilon", "1", "--out", out},
		"the codebook has a column":        {file, "--codebook", put(t, "book.json", `{"z":["1"]}`), "--epsilon", "1", "--out", out},
		"--model lies between":             {file, "--model", "0", "--epsilon", "1", "--out", out},
		"--several needs --codebook":       {file, "--several", "form", "--epsilon", "1", "--out", out},
		"--aggregates goes with":           {file, "--aggregates", ledger, "--epsilon", "1", "--out", out},
		"another release holds the ledger": {file, "--ledger", held(t), "--epsilon", "1", "--out", out},
	} {
		said, problem, code := says(t, "", append([]string{"release"}, args...)...)
		if code == 0 || !strings.Contains(problem, want) || said != "" && code == 1 {
			t.Errorf("%v: exit %d, said %q, not %q", args[1:], code, problem, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var e bytes.Buffer
	if code := run(ctx, []string{"release", file, "--epsilon", "1", "--out", out, "--ledger", ledger}, &console{io.Discard, &e, nil}); code != 1 || !strings.Contains(e.String(), "nothing spent") {
		t.Errorf("told to stop: exit %d, %s", code, e.String())
	}
}

func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,%d\n", i, i%2)
	}
	return b.String()
}

// held is a ledger that another release has.
func held(t *testing.T) string {
	t.Helper()
	return strings.TrimSuffix(put(t, "held.json.lock", ""), ".lock")
}

// A column of which a person may have several values is released with them, and a value of
// many is not lost because few have it with another.
func TestReleaseSpreadsSeveralValues(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	book := put(t, "book.json", `{"form":["labour","sexual","marriage","begging","domestic"]}`)
	a := released(t, exampleFile, "--unit", "person", "--keys", "sex,form", "--several", "form", "--codebook", book, "--epsilon", "4", "--method", "aggregate", "--out", out)
	text, err := os.ReadFile(out)
	if err != nil || a.Persons != 4000 || !strings.HasPrefix(string(text), "sex,form\n") || strings.Contains(string(text), "yes") {
		t.Fatalf("%v %+v %.100s", err, a, text)
	}
	labour := 0
	for l := range strings.Lines(string(text)) {
		if strings.Contains(l, "labour") {
			labour++
		}
	}
	if labour < 1450 || labour > 1650 || len(a.Columns) != 6 { // 1,548 persons have it, alone or with another; noise of about 10
		t.Errorf("%d records have labour, columns %v", labour, a.Columns)
	}
	if !strings.Contains(strings.Join(a.Warnings, " "), "not in the codebook") { // armed
		t.Errorf("%v", a.Warnings)
	}
}

// Without a column for persons, and without a ledger, that is said and not assumed
// in silence; text says the same as JSON.
func TestReleaseWarns(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	said, problem, code := says(t, "", "release", rowsOfPeople(t), "--keys", "sex,form", "--epsilon", "2", "--method", "aggregate", "--out", out, "--aggregates", out+".counts")
	if code != 0 {
		t.Fatal(problem)
	}
	for _, want := range []string{"say --unit", "say --ledger"} {
		if !strings.Contains(problem, "warning: ") || !strings.Contains(problem, want) || !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, problem)
		}
	}
	text, err := os.ReadFile(out + ".counts")
	if err != nil || !strings.HasPrefix(string(text), "selections,protected_count\nrecord_count,") || !strings.Contains(string(text), "sex:f;form:") {
		t.Errorf("counts: %v %s", err, text)
	}
}

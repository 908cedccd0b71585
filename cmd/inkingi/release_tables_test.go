package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const exampleFile = "../../docs/sciences/disclosure-example.csv"

// table reads the CSV of a release: counts by the values of the columns, "" where hidden.
func table(t *testing.T, text string) map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range rows {
		last := len(row) - 1
		key := strings.Join(row[:last], "|")
		if _, twice := out[key]; twice {
			t.Errorf("%s is there twice", key)
		}
		out[key] = row[last]
	}
	return out
}

func tabulated(t *testing.T, args ...string) (said, problem string) {
	t.Helper()
	said, problem, code := says(t, "", append([]string{"release", exampleFile, "--method", "tables"}, args...)...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, problem)
	}
	return said, problem
}

// Small counts are hidden and others with them; persons are counted and not rows; text goes
// where it is said, and what goes to the screen is the table alone.
func TestReleaseHidesSmallCounts(t *testing.T) {
	said, problem := tabulated(t, "--unit", "person", "--keys", "sex,age,province")
	got := table(t, said)
	if got["sex|age|province"] != "persons" || len(got) != 73 || got["*|*|*"] != "4000" || strings.Contains(problem, "say --unit") {
		t.Errorf("%v %s", got, problem)
	}
	hidden := 0
	for at, n := range got {
		if n == "" {
			hidden++
		} else if len(n) == 1 && n != "0" || n == "10" {
			t.Errorf("%s: %s is shown", at, n)
		}
	}
	if hidden != 12 {
		t.Errorf("%d counts are hidden", hidden)
	}
	_, problem = tabulated(t, "--keys", "sex,age")
	if !strings.Contains(problem, "say --unit") {
		t.Errorf("nobody is warned: %s", problem)
	}
	out := filepath.Join(t.TempDir(), "table.csv")
	said, problem = tabulated(t, "--unit", "person", "--keys", "sex,age,province", "--out", out, "--k", "3")
	text, err := os.ReadFile(out)
	if err != nil || len(table(t, string(text))) != 73 || !strings.Contains(said, "72 counts in 1 tables.") || !strings.Contains(problem, "the house shows none under 5") {
		t.Errorf("%v: %s %s", err, said, problem)
	}
}

// Tables of one release are protected together, and a file of counts is added up.
func TestReleaseProtectsTablesTogether(t *testing.T) {
	file := put(t, "counts.csv", "\ufeffsex;place;n\nf;A;40\nf;B;1\nm;A;30\nm;B;60\n")
	args := []string{"release", file, "--method", "tables", "--count", "n", "--k", "5"}
	one, _, _ := says(t, "", append(args, "--table", "sex")...)
	two, _, _ := says(t, "", append(args, "--table", "sex,place=A")...)
	both, problem, code := says(t, "", append(args, "--table", "sex", "--table", "sex,place=A")...)
	if table(t, one)["f"] != "41" || table(t, two)["f|A"] != "40" || code != 0 || strings.Contains(problem, "warning") {
		t.Fatalf("%q %q %q %s", one, two, both, problem)
	}
	if got := table(t, both); got["f|*"] != "" && got["f|A"] != "" {
		t.Errorf("the difference is one person: %v", got)
	}
}

// Counts that are changed hang on a secret that is kept: the same again, however often, and
// in another table.
func TestReleaseChangesCounts(t *testing.T) {
	for _, protect := range []string{"controlled", "random", "cellkey"} {
		secret := filepath.Join(t.TempDir(), "secret")
		args := []string{"--unit", "person", "--protect", protect, "--secret", secret}
		first, problem := tabulated(t, append(args, "--keys", "sex,age")...)
		if !strings.Contains(problem, "a new secret was made") {
			t.Errorf("%s: %s", protect, problem)
		}
		if info, err := os.Stat(secret); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: others may read the secret: %v", protect, err)
		}
		again, problem := tabulated(t, append(args, "--keys", "sex,age")...)
		if first != again || strings.Contains(problem, "a new secret") {
			t.Errorf("%s: another table of the same persons: %s", protect, problem)
		}
		got := table(t, first)
		for at, n := range got {
			if protect != "cellkey" && n != "persons" && !strings.HasSuffix(n, "0") && !strings.HasSuffix(n, "5") {
				t.Errorf("%s: %s is %s", protect, at, n)
			}
		}
		if protect == "controlled" {
			continue // drawn for the table as a whole
		}
		other, _ := tabulated(t, append(args, "--keys", "age")...)
		for at, n := range table(t, other) {
			if at != "age" && got["*|"+at] != n {
				t.Errorf("%s: %s is %s here and %s there", protect, at, n, got["*|"+at])
			}
		}
	}
}

// A rounding that lets a reader work a small count out is not written: two counts of one
// become 5 and 5, and their total 0, with some secrets.
func TestReleaseRefusesARoundingThatTells(t *testing.T) {
	file, dir := put(t, "counts.csv", "a,n\nv,1\nw,1\n"), t.TempDir()
	refused, given := 0, 0
	for s := range 60 {
		secret := put(t, "secret", strings.Repeat("00", 31)+fmt.Sprintf("%02x", s))
		out := filepath.Join(dir, fmt.Sprint(s))
		_, problem, code := says(t, "", "release", file, "--method", "tables", "--keys", "a", "--count", "n", "--protect", "random", "--secret", secret, "--out", out)
		_, err := os.Stat(out)
		switch {
		case code == 0 && err == nil:
			given++
		case code == 1 && err != nil && strings.Contains(problem, "could be told to within"):
			refused++
		default:
			t.Fatalf("exit %d, %v, %s", code, err, problem)
		}
	}
	if refused == 0 || given == 0 {
		t.Errorf("%d refused, %d given", refused, given)
	}
}

func TestReleaseTablesJSON(t *testing.T) {
	said, _ := tabulated(t, "--unit", "person", "--table", "sex,age", "--table", "age,province=Ash", "--format", "json")
	var a tablesAnswer
	if err := json.Unmarshal([]byte(said), &a); err != nil {
		t.Fatal(err)
	}
	if a.Cells != 16 || len(a.Tables) != 2 || len(a.Tables[0].Cells) != 12 || len(a.Tables[1].Cells) != 4 || a.Tables[1].Only["province"] != "Ash" ||
		a.Real.Persons != 4000 || a.Real.Rows != 4180 || a.K != 11 || strings.Contains(said, "primary") || a.Tables[0].Cells[0].At["province"] != "*" {
		t.Errorf("%s", said)
	}
}

func TestReleaseTablesRefuses(t *testing.T) {
	dir := t.TempDir()
	out, secret := filepath.Join(dir, "out.csv"), filepath.Join(dir, "secret")
	bad := put(t, "secret", "not a secret")
	counts := func(text string) string { return put(t, "counts.csv", text) }
	for _, c := range []struct {
		want string
		args []string
	}{
		{"--keys says what is counted", []string{exampleFile}},
		{"do not go with --method tables", []string{exampleFile, "--keys", "sex", "--epsilon", "1"}},
		{"go with --method risk", []string{exampleFile, "--keys", "sex", "--weights", "year"}},
		{"not about one", []string{exampleFile, "--keys", "sex", "--unit", "person", "--count", "year"}},
		{"--k is at least 2", []string{exampleFile, "--keys", "sex", "--k", "1"}},
		{"over another file", []string{exampleFile, "--keys", "sex", "--out", exampleFile}},
		{"--secret is for counts that are changed", []string{exampleFile, "--keys", "sex", "--secret", secret}},
		{"--hide-zeros goes with", []string{exampleFile, "--keys", "sex", "--secret", secret, "--protect", "random", "--hide-zeros"}},
		{"the mean of many is the truth", []string{exampleFile, "--keys", "sex", "--protect", "controlled"}},
		{"needs --unit", []string{exampleFile, "--keys", "sex", "--protect", "cellkey", "--secret", secret}},
		{"--base goes with", []string{exampleFile, "--keys", "sex", "--unit", "person", "--protect", "cellkey", "--secret", secret, "--base", "3"}},
		{"is not a secret", []string{exampleFile, "--keys", "sex", "--protect", "random", "--secret", bad}},
		{"names column \"sex\" twice", []string{exampleFile, "--table", "sex,sex"}},
		{"there is no column \"z\"", []string{exampleFile, "--table", "sex,z"}},
		{"nobody's is", []string{exampleFile, "--table", "sex,province=Oak"}},
		{"one value in all rows", []string{counts("a,n\nx,1\nx,2\n"), "--keys", "a", "--count", "n"}},
		{"row 3, column 2: a count of persons is negative", []string{counts("a,n\nx,1\ny,-2\n"), "--keys", "a", "--count", "n"}},
		{"row 2, column 2: a count of persons is a fraction", []string{counts("a,n\nx,1.5\ny,2\n"), "--keys", "a", "--count", "n", "--out", out}},
		{"the file is empty", []string{counts(""), "--keys", "a", "--out", out, "--protect", "random", "--secret", secret}},
		{"column 1: more than 1000", []string{counts("id,b\n" + numbers(1002)), "--keys", "id"}},
		{"more than 2000 combinations", []string{counts("id,b\n" + numbers(990) + "x,2\ny,3\n"), "--keys", "id,b"}},
	} {
		said, problem, code := says(t, "", append([]string{"release", "--method", "tables"}, c.args...)...)
		if code == 0 || !strings.Contains(problem, c.want) || said != "" {
			t.Errorf("%v: exit %d, said %q %q, not %q", c.args[1:], code, said, problem, c.want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

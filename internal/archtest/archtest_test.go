package archtest_test

import (
	"go/token"
	"strings"
	"testing"

	"inkingi/internal/archtest"
)

// rules are all that a machine can say of the house.
var rules = []struct {
	name string
	rule func(*archtest.House) []string
}{
	{"every import is in the table", archtest.Imports},
	{"every room has its lines", archtest.Lines},
	{"files and functions stop in time", archtest.Sizes},
	{"every room says what it promises", archtest.Comments},
	{"rooms are named after a duty or a thing", archtest.Names},
	{"some words are not said", archtest.Words},
	{"status numbers stand in one table", archtest.Status},
	{"the clock is handed in", archtest.Clock},
	{"one SQL text serves two engines", archtest.SQL},
	{"one file asks which engine it is", archtest.Dialect},
	{"rows are closed and their error read", archtest.Rows},
	{"nothing happens by importing", archtest.Starts},
	{"package-level variables do not change", archtest.Variables},
}

func TestHouse(t *testing.T) {
	house, err := archtest.Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(house.Files) < 50 {
		t.Fatalf("only %d Go files found: this is not the whole house", len(house.Files))
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, found := range r.rule(house) {
				t.Error(found)
			}
		})
	}
}

// house builds a house of given files: "path" → body. MAP.md and the like are texts.
func house(t *testing.T, files map[string]string) *archtest.House {
	t.Helper()
	h := &archtest.House{Fset: token.NewFileSet()}
	for name, body := range files {
		if !strings.HasSuffix(name, ".go") {
			h.Texts = append(h.Texts, archtest.Text{Path: name, Body: []byte(body)})
			continue
		}
		if err := h.Add(name, []byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// TestRulesBite breaks each rule once: a rule that finds nothing is no rule.
func TestRulesBite(t *testing.T) {
	long := "package protection\nfunc Long() {\n" + strings.Repeat("\tprintln()\n", 80) + "}\n"
	table := "package protection\nvar Table = []int{\n" + strings.Repeat("\t1,\n", 700) + "}\n"
	for _, c := range []struct {
		name string
		rule func(*archtest.House) []string
		file string
		body string
		want string // part of the finding; "" for none
	}{
		{"a pillar imports another", archtest.Imports, "protection/a.go", "package protection\nimport _ \"inkingi/prosecution\"", "not in the line of protection"},
		{"a pillar speaks SQL", archtest.Imports, "protection/a.go", "package protection\nimport _ \"database/sql\"", "SQL lives in the store"},
		{"the store speaks SQL", archtest.Imports, "internal/store/a.go", "package store\nimport _ \"database/sql\"", ""},
		{"a word stores itself", archtest.Imports, "internal/date/a.go", "package date\nimport _ \"database/sql/driver\"", ""},
		{"a module in the wrong room", archtest.Imports, "protection/a.go", "package protection\nimport _ \"github.com/jmoiron/sqlx\"", "not in this room"},
		{"a page reads the store", archtest.Imports, "internal/web/protection/a.go", "package protection\nimport _ \"inkingi/internal/store\"", "not in the line"},
		{"somebody imports the program", archtest.Imports, "internal/store/a_test.go", "package store\nimport _ \"inkingi/cmd/inkingi\"", "nothing imports a program"},
		{"the program imports the bench", archtest.Imports, "cmd/inkingi/a.go", "package main\nimport _ \"inkingi/internal/testkit\"", "for tests only"},
		{"a test imports the bench", archtest.Imports, "internal/store/a_test.go", "package store\nimport _ \"inkingi/internal/testkit\"", ""},
		{"a test of a pillar opens pages", archtest.Imports, "protection/a_test.go", "package protection\nimport _ \"inkingi/internal/web/shell\"", "do not know of pages"},
		{"a science knows the product", archtest.Imports, "science/disclosure/a.go", "package disclosure\nimport _ \"inkingi/internal/fault\"", "not in the line"},
		{"a room without a line", archtest.Lines, "internal/cellar/a.go", "package cellar", "no line in internal/archtest"},
		{"a room without a line in MAP.md", archtest.Lines, "protection/a.go", "package protection", "no line in MAP.md"},
		{"a long function", archtest.Sizes, "protection/a.go", long, "Long takes 82 lines"},
		{"a long file", archtest.Sizes, "protection/a.go", "package protection\n" + strings.Repeat("// more\n", 601) + "var x int\n", "split it"},
		{"a long table", archtest.Sizes, "protection/a.go", table, ""},
		{"a long test", archtest.Sizes, "protection/a_test.go", long, ""},
		{"no package comment", archtest.Comments, "protection/a.go", "package protection", "no package comment"},
		{"a thin package comment", archtest.Comments, "protection/a.go", "// Package protection protects.\npackage protection", "states the promise"},
		{"a room for anything", archtest.Names, "internal/util/a.go", "package util", "not util"},
		{"a package named otherwise", archtest.Names, "protection/a.go", "package other", "in the folder protection"},
		{"something left for later", archtest.Words, "protection/a.go", "package protection // " + "TO" + "DO: later", "not said here"},
		{"a word that wounds, in a message", archtest.Words, "internal/lang/messages/a.fr.toml", "a = \"Les clandestins\"", "not said here"},
		{"the legal term", archtest.Words, "countries/a.toml", "a = \"exploitation of prostitution\"", ""},
		{"a status number in a page", archtest.Status, "internal/web/protection/a.go", "package protection\nimport \"net/http\"\nvar x = http.StatusOK", "internal/web/shell only"},
		{"a status number in the shell", archtest.Status, "internal/web/shell/a.go", "package shell\nimport \"net/http\"\nvar x = http.StatusOK", ""},
		{"a pillar looks at the clock", archtest.Clock, "protection/a.go", "package protection\nimport \"time\"\nfunc f() { time.Now() }", "handed in"},
		{"a star", archtest.SQL, "internal/store/a.go", "package store\nconst q = `select c.* from cases c`", "does not say what it reads"},
		{"a count of rows", archtest.SQL, "internal/store/a.go", "package store\nconst q = `SELECT COUNT(*) FROM cases`", ""},
		{"a serial", archtest.SQL, "internal/store/migrations/0001_a.sql", "CREATE TABLE a (id SERIAL)", "come from Go"},
		{"a migration without a number", archtest.SQL, "internal/store/migrations/a.sql", "", "0007_referral.sql"},
		{"an engine is asked", archtest.Dialect, "internal/store/a.go", "package store\nfunc f(s string) bool { return s == \"sqlite\" }", "only dialect.go"},
		{"a driver elsewhere", archtest.Dialect, "internal/store/a.go", "package store\nimport _ \"github.com/jackc/pgx/v5\"", "only dialect.go"},
		{"an engine is asked in its file", archtest.Dialect, "internal/store/dialect.go", "package store\nfunc f(s string) bool { return s == \"sqlite\" }", ""},
		{"rows without Err", archtest.Rows, "internal/store/a.go", "package store\nfunc f() { defer rows.Close(); for rows.Next() {} }", "without rows.Err()"},
		{"rows without Close", archtest.Rows, "internal/store/a.go", "package store\nfunc f() error { for rows.Next() {}; return rows.Err() }", "without closing"},
		{"rows in order", archtest.Rows, "internal/store/a.go", "package store\nfunc f() error { defer rows.Close(); for rows.Next() {}; return rows.Err() }", ""},
		{"an init", archtest.Starts, "protection/a.go", "package protection\nfunc init() {}", "nothing happens"},
		{"a map that is filled", archtest.Variables, "protection/a.go", "package protection\nvar m = map[int]int{}\nfunc f() { m[1] = 2 }", "is changed here"},
		{"a counter", archtest.Variables, "protection/a.go", "package protection\nvar n int\nfunc f() { n++ }", "is changed here"},
		{"a lock", archtest.Variables, "protection/a.go", "package protection\nimport \"sync\"\nvar l sync.Mutex", "made to change"},
		{"a value made once", archtest.Variables, "protection/a.go", "package protection\nimport \"sync\"\nvar l = sync.OnceValue(f)\nfunc f() int { return 1 }", ""},
		{"a local of the same name", archtest.Variables, "protection/a.go", "package protection\nvar n int\nfunc f() { n := 1; n++; _ = n }", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := strings.Join(c.rule(house(t, map[string]string{c.file: c.body})), "\n")
			if c.want == "" && found != "" {
				t.Errorf("found %s, want nothing", found)
			}
			if c.want != "" && !strings.Contains(found, c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}

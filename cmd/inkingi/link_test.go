package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// strangers are invented.
const strangers = `record_id,surname,given_name,date_of_birth,commune,person
1,Nduwabike,Marie,1998-03-04,Gishubi,a
2,Nduwabike,Mariya,1998-03-04,Gishubi,a
3,Hatungiye,Paul,1979-02-11,Rutegama,b
4,Kezakimana,Esther,2001-11-30,Bugenyuzi,c
5,Ndikuriyo,Odile,1965-06-21,Mwakiro,d
`

func said1(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, &console{out: &o, err: &e})
	return code, o.String(), e.String()
}

func put(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLinkSaysWhatItFound(t *testing.T) {
	file := put(t, "people.csv", strangers)
	clusters := filepath.Join(t.TempDir(), "persons.csv")
	model := filepath.Join(t.TempDir(), "model.json")
	code, out, said := said1(t, "link", file, "--truth", "person", "--clusters", clusters, "--model", model, "--train", "--format", "json")
	if code != 0 {
		t.Fatal(said)
	}
	var got map[string]float64
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]float64{"records": 5, "pairs": 10, "links": 1, "clusters": 4, "tp": 1, "fp": 0, "fn": 0, "precision": 1, "recall": 1, "f1": 1} {
		if got[key] != want {
			t.Errorf("%s is %v, not %v", key, got[key], want)
		}
	}
	if _, ok := got["seconds"]; !ok {
		t.Error("seconds are missing")
	}
	text, _ := os.ReadFile(clusters)
	if rows := strings.Split(string(text), "\n"); len(rows) != 7 || !strings.HasPrefix(rows[2], "1,") || !strings.HasPrefix(rows[3], "3,") {
		t.Errorf("the clusters are\n%s", text)
	}
	if text, _ := os.ReadFile(model); !bytes.Contains(text, []byte(`"lambda"`)) || bytes.Contains(text, []byte("person")) {
		t.Errorf("the model is\n%s", text)
	}
	if code, out, said = said1(t, "link", file, "--model", model, "--explain", "1,2"); code != 0 || !strings.Contains(out, "form of the same name") {
		t.Errorf("explained: %s%s", out, said)
	}
	if _, out, _ = said1(t, "link", file, "--explain", "1,2", "--format", "svg"); !strings.HasPrefix(out, "<svg") {
		t.Errorf("drawn: %.40s", out)
	}
}

const smallSchema = `{"version":3,"clkConfig":{"l":1024,"kdf":{"type":"HKDF"}},"features":[{"identifier":"record_id","ignored":true},
{"identifier":"surname","format":{"type":"string"},"hashing":{"comparison":{"type":"ngram","n":2},"strategy":{"bitsPerFeature":200}}},
{"identifier":"date_of_birth","format":{"type":"date","format":"%Y-%m-%d"},"hashing":{"comparison":{"type":"ngram","n":1,"positional":true},"strategy":{"bitsPerFeature":200}}}]}`

func TestLinkWithoutNames(t *testing.T) {
	file, schema, secret := put(t, "people.csv", strangers), put(t, "schema.json", smallSchema), put(t, "secret", "correct horse\n")
	code, out, said := said1(t, "link", file, "--encode", schema, "--secret-file", secret)
	if code != 0 || !strings.Contains(said, "never publish") {
		t.Fatal(code, said)
	}
	if strings.Contains(strings.ToLower(out), "nduwabike") || strings.Contains(out, "horse") {
		t.Error("an encoding shows a name or the secret")
	}
	encoded := put(t, "a.json", out)
	code, out, said = said1(t, "link", encoded, encoded, "--format", "json")
	if code != 0 || !strings.Contains(out, `"links":5`) {
		t.Error(out, said)
	}
}

// What spreadsheets write: a mark, semicolons, Latin-1, a column with one value, one with a
// hundred thousand; and rows of whom the truth is not known.
func TestLinkReadsWhatSpreadsheetsWrite(t *testing.T) {
	text := "\ufeffrecord_id;nom;pr\xe9nom;date_of_birth;pays;person\n" +
		"1;Nduwabike;Th\xe9rence;1998-03-04;BI;a\n2;Nduwabike;Terence;1998-03-04;BI;a\n3;Hatungiye;Paul;1979-02-11;BI;\n4;Kezakimana;Esther;2001-11-30;BI;c\n"
	code, out, said := said1(t, "link", put(t, "sheet.csv", text), "--truth", "person", "--format", "json")
	if code != 0 || !strings.Contains(out, `"tp":1,"fp":0,"fn":0`) || !strings.Contains(said, "read as Latin-1") || !strings.Contains(said, `"pays" has one value`) {
		t.Errorf("%d %s%s", code, out, said)
	}
	code, out, said = said1(t, "link", put(t, "sheet.csv", strings.ReplaceAll(text, "\xe9", "é")), "--encode", put(t, "schema.json", strings.ReplaceAll(smallSchema, `"surname"`, `"nom"`)), "--secret-file", put(t, "secret", "horse"))
	if code != 0 || strings.Count(out, `="`) < 4 {
		t.Errorf("encoded: %d %s%s", code, out, said)
	}
}

func TestLinkRefuses(t *testing.T) {
	file := put(t, "people.csv", strangers)
	for want, args := range map[string][]string{
		"no such file":       {"link", "nowhere.csv"},
		"no column":          {"link", file, "--truth", "nothing"},
		"--probability":      {"link", file, "--probability", "1.5"},
		"go together":        {"link", file, "--encode", file},
		"empty":              {"link", put(t, "e.csv", "")},
		"fewer than two":     {"link", put(t, "o.csv", "surname\na\nb\n")},
		"line 3":             {"link", put(t, "s.csv", "a,b\n1,2\n3\n")},
		"numbers of records": {"link", file, "--explain", "x"},
		"from 1 to 5":        {"link", file, "--explain", "1,9"},
		"secret is empty":    {"link", file, "--encode", put(t, "schema.json", smallSchema), "--secret-file", put(t, "none", "")},
		"two files":          {"link", put(t, "x.json", "{}")},
		"nothing to measure": {"link", file, "--truth", "record_id"},
		"UTF-16":             {"link", put(t, "u.csv", "\xff\xfea\x00")},
		"row 3, column 2 is not UTF-8": {"link", put(t, "l.csv", "record_id;surname;date_of_birth\n1;Ndayi;1990-01-01\n2;Ndayishimi\xe9;1991-01-01\n"),
			"--encode", put(t, "schema.json", smallSchema), "--secret-file", put(t, "secret", "horse")},
	} {
		if code, out, said := said1(t, args...); code == 0 || !strings.Contains(said, want) {
			t.Errorf("%v: code %d, %s%s; not %q", args, code, out, said, want)
		}
	}
}

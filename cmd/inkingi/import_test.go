package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"inkingi/internal/testkit/engine"
)

const shelterMap = `
name: Invented shelter
same: [Nom]
frame: before-2025
columns:
  - {column: Nom, as: personal}
  - {column: Date, as: event, date: day-first}
  - {column: Sexe, as: sex, values: {Femme: F, Homme: M}}
  - {column: Récit, as: text}
  - {column: Province, as: province}
  - {column: Colline, as: colline, written: true}
  - {column: Personnes, as: people}
`

// founded makes a programme and the files of an import; it gives the arguments
// that every import here begins with.
func founded(t *testing.T, address, mapping string) (dir string, args []string) {
	t.Helper()
	dir = t.TempDir()
	master := filepath.Join(dir, "master.key")
	if _, problem, code := says(t, "", "setup", "--database", address, "--master", master, "--organisation", "Programme d'essai", "--name", "admin", "--shown", "A. Essai"); code != 0 {
		t.Fatal(problem)
	}
	if err := os.WriteFile(filepath.Join(dir, "map.yaml"), []byte(mapping), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, []string{"import", "cases", "--database", address, "--master", master, "--map", filepath.Join(dir, "map.yaml")}
}

func written(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A dry run lists every problem and writes nothing; a file with a problem is not
// imported; a corrected one is, once, however often it comes. What is personal
// is nowhere in clear: not in what is printed, not in what the engine keeps.
func TestImportCases(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		dir, args := founded(t, address, shelterMap)
		const head = "Nom;Date;Sexe;Récit;Province;Colline;Personnes\n"
		bad := written(t, dir, "bad.csv", head+"Zuberaha Invented;03/04/19;Femme;Kept in a house;Gitega;;1\n;2019;Autre;;Atlantide;;0\n")
		good := written(t, dir, "good.csv", head+"Zuberaha Invented;03/04/2019;Femme;Kept in a house;Gitega;Behind the mill;1\n;2019;Homme;;Ngozi;;12\nzuberaha  INVENTED;;Femme;;;;1\n")
		const problems = `{"rows":2,"people":2,"duplicates":0,"problems":[{"row":2,"column":"Date","key":"legacy.date.year"},` +
			`{"row":3,"column":"Sexe","key":"legacy.value.unknown"},{"row":3,"column":"Personnes","key":"legacy.people.number"},{"row":3,"column":"Province","key":"legacy.place.unknown"}]}` + "\n"
		const fine = `{"rows":3,"people":14,"duplicates":1,"problems":[]}` + "\n"
		for _, x := range []struct {
			name string
			args []string
			out  string
			code int
		}{
			{"a dry run of the bad one", []string{"--dry-run", "--format", "json", bad}, problems, 1},
			{"the bad one", []string{"--format", "json", bad}, problems, 1},
			{"a dry run of the good one", []string{"--dry-run", "--format", "json", good}, fine, 0},
			{"the good one", []string{"--format", "json", good}, fine, 0},
			{"the good one again", []string{"--format", "json", good}, fine, 0},
			{"in words", []string{good}, "3 rows, 14 people, 1 duplicates, 0 problems\nimported\n", 0},
		} {
			out, problem, code := says(t, "", append(append([]string{}, args...), x.args...)...)
			if out != x.out || code != x.code {
				t.Errorf("%s: exit %d, %s %s, want %s", x.name, code, out, problem, x.out)
			}
		}
		out, _, _ := says(t, "", append(append([]string{}, args...), bad)...)
		if !strings.Contains(out, `row 3, column "Province": There is no place of this name`) || !strings.Contains(out, "nothing was imported") {
			t.Errorf("in words: %s", out)
		}
		all := everything(t, t.Context(), address)
		for _, secret := range []string{"Zuberaha", "zuberaha", "Kept in a house", "Behind the mill"} {
			if strings.Contains(out, secret) || bytes.Contains(all, []byte(secret)) {
				t.Errorf("%q can be read", secret)
			}
		}
		if !bytes.Contains(all, []byte("Invented shelter")) {
			t.Error("what the engine keeps was not read: the name of the list is not found either")
		}
		if out, problem, code := says(t, "", "verify", "--database", address, "--master", filepath.Join(dir, "master.key")); code != 0 {
			t.Errorf("verify: %s %s", out, problem)
		}
	})
}

// A mapping that leaves something to be guessed is a problem of its own.
func TestImportCasesNeedsAMappingThatSaysAll(t *testing.T) {
	dir, args := founded(t, "sqlite:"+filepath.Join(t.TempDir(), "i.sqlite"), strings.Replace(shelterMap, ", date: day-first", "", 1))
	list := written(t, dir, "list.csv", "Nom,Date\nA,03/04/2019\n")
	out, _, code := says(t, "", append(args, "--format", "json", list)...)
	if want := `{"rows":0,"people":0,"duplicates":0,"problems":[{"row":0,"column":"Date","key":"legacy.map.date.order"}]}` + "\n"; out != want || code != 1 {
		t.Errorf("exit %d, %s", code, out)
	}
	if out, problem, code := says(t, "", append(args, "--organisation", "Nobody", list)...); code != 1 {
		t.Errorf("%s %s", out, problem)
	}
}

// A hundred thousand rows are to take under two minutes on two cores; a tenth of
// them takes under a tenth of that, where races are not looked for.
func TestImportCasesIsQuick(t *testing.T) {
	const rows, limit = 10_000, 12 * time.Second
	dir, args := founded(t, "sqlite:"+filepath.Join(t.TempDir(), "i.sqlite"), shelterMap)
	var b strings.Builder
	b.WriteString("Nom,Date,Sexe,Récit,Province,Colline,Personnes\n")
	for i := range rows {
		fmt.Fprintf(&b, "Invented %d Person %d,%d/%d/%d,Femme,\"She said, number %d.\",Gitega,Hill %d,1\n", i, i*7, i%28+1, i%12+1, 2010+i%14, i, i%300)
	}
	list := written(t, dir, "list.csv", b.String())
	began := time.Now()
	out, problem, code := says(t, "", append(args, "--format", "json", list)...)
	took := time.Since(began)
	if want := fmt.Sprintf(`{"rows":%d,"people":%d,"duplicates":0,"problems":[]}`, rows, rows) + "\n"; out != want || code != 0 {
		t.Fatalf("exit %d, %.500s %s", code, out, problem)
	}
	if took > limit && !raced {
		t.Errorf("%d rows took %v", rows, took)
	}
	t.Logf("%d rows in %v", rows, took)
}

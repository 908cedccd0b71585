package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// A list that was begun and never finished is taken out with the keys of its rows: seen
// first, and only that one. One that is whole stays.
func TestImportDiscard(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		dir, args := founded(t, address, shelterMap)
		master := filepath.Join(dir, "master.key")
		good := written(t, dir, "good.csv", "Nom;Date;Sexe;Récit;Province;Colline;Personnes\nZuberaha Invented;03/04/2019;Femme;Kept in a house;Gitega;;1\n")
		if _, problem, code := says(t, "", append(args, good)...); code != 0 {
			t.Fatal(problem)
		}
		ctx := t.Context()
		h, err := (&base{Database: address, Master: master, Country: "bdi"}).house(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		owner, err := h.oldest(ctx)
		if err != nil {
			t.Fatal(err)
		}
		pieces, broken := 2, errors.New("the power fails")
		_, err = h.archive().Import(ctx, access.Itself(), protection.ImportList{Owner: owner, Name: "Half of a register", Mark: strings.Repeat("ab", 32), Layout: vault.Clear("{}"),
			Next: func() ([]protection.LegacyRecord, error) {
				if pieces--; pieces < 0 {
					return nil, broken
				}
				var all []protection.LegacyRecord
				for range 400 {
					all = append(all, protection.LegacyRecord{ID: ids.New[ids.Row](), Line: len(all) + 2 + 400*(1-pieces), People: 1, Named: true, Given: vault.Clear(`["Zuberaha"]`)})
				}
				return all, nil
			}})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		driver, source := "pgx", address // the driver is the store's
		if path, file := strings.CutPrefix(address, "sqlite:"); file {
			driver, source = "sqlite3", "file:"+path+"?mode=ro&_pragma=busy_timeout(10000)"
		}
		db, err := sql.Open(driver, source)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		count := func(query string) (n int) {
			t.Helper()
			if err := db.QueryRowContext(ctx, query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		const keys, rows = `SELECT COUNT(*) FROM subject_key WHERE wrapped IS NOT NULL`, `SELECT COUNT(*) FROM legacy_record`
		whole := count(rows)
		discard := func(more ...string) (string, int) {
			out, _, code := says(t, "", append([]string{"import", "discard", "--database", address, "--master", master}, more...)...)
			return out, code
		}
		out, code := discard("--format", "json")
		var lists []halfList
		if err := json.Unmarshal([]byte(out), &lists); err != nil || code != 0 || len(lists) != 1 || lists[0].Rows != 800 || lists[0].Name != "Half of a register" {
			t.Fatalf("exit %d: %s %v", code, out, err)
		}
		one := lists[0].ID.String()
		before := count(keys)
		if out, code := discard("--dry-run", one); code != 0 || !strings.Contains(out, "800 rows") || !strings.Contains(out, "nothing was written") || count(rows) != whole || count(keys) != before {
			t.Errorf("a dry run: exit %d, %s", code, out)
		}
		for _, wrong := range []string{"x", ids.New[ids.List]().String()} {
			if out, code := discard(wrong); code == 0 || count(rows) != whole {
				t.Errorf("%s: exit %d, %s", wrong, code, out)
			}
		}
		if out, code := discard(one); code != 0 || !strings.Contains(out, "taken out") || count(rows) != whole-800 || count(keys) != before-801 {
			t.Errorf("taken out: exit %d, %s; %d rows, %d keys of %d", code, out, count(rows), count(keys), before)
		}
		if out, code := discard(one); code == 0 {
			t.Errorf("twice: %s", out)
		}
		if out, code := discard(); code != 0 || strings.Contains(out, "Half") {
			t.Errorf("left: %s", out)
		}
		h.close()
		if out, problem, code := says(t, "", "verify", "--database", address, "--master", master); code != 0 {
			t.Errorf("verify: %s %s", out, problem)
		}
	})
}

package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"inkingi/internal/invent"
	"inkingi/internal/store"
	"inkingi/internal/vault"
)

// The demonstration that the README shows first is invented as it is there, with its
// seed and its people, and with others; and the log of it holds.
func TestTheDemonstrationIsInvented(t *testing.T) {
	for _, one := range []struct {
		seed   uint64
		people int
	}{{1, 300}, {2, 1200}, {3, 40}, {4, 0}} {
		ctx, file := context.Background(), filepath.Join(t.TempDir(), "inkingi.sqlite")
		h, err := build(ctx, plan{database: "sqlite:" + file, country: "bdi", master: vault.NewMaster(time.Now()), demo: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = h.store.Migrate(ctx); err == nil {
			_, err = h.store.MakeLogKey(ctx, "inkingi.test")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := (invent.Inventor{Country: h.country, Accounts: h.accounts, Policy: h.policy, Keep: h.store, Now: h.clock, Seed: one.seed, People: one.people}).Invent(ctx); err != nil {
			t.Errorf("seed %d, %d people: %v", one.seed, one.people, err)
		}
		if report, err := h.store.Verify(ctx, store.VerifyOptions{}); err != nil || !report.Holds() {
			t.Errorf("seed %d: the log does not hold: %+v, %v", one.seed, report, err)
		}
		if one.people >= 300 {
			rightsAreShown(t, file, one.people)
		}
		if err := h.close(); err != nil {
			t.Error(err)
		}
	}
}

// rightsAreShown holds that a demonstration has an erasure in each of its states, an
// emergency that two persons opened, and few of both.
func rightsAreShown(t *testing.T, file string, people int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+file+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{`SELECT COUNT(*) FROM erasure WHERE state = 'ASKED'`, `SELECT COUNT(*) FROM erasure WHERE state = 'DECLINED'`,
		`SELECT COUNT(*) FROM erasure e JOIN protection_case c ON c.id = e.case_id JOIN subject_key k ON k.subject = c.person WHERE e.state = 'DONE' AND c.state = 'ERASED' AND k.wrapped IS NULL`,
		`SELECT COUNT(*) FROM glass WHERE state = 'OPEN'`} {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil || n == 0 || n > people/20 {
			t.Errorf("%d people, %s: %d, %v", people, query, n, err)
		}
	}
}

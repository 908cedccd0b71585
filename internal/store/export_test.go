package store

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// FindsEveryChange alters, behind the program's back and one after the other,
// every column of one row of every audited table that has rows, and fails where
// Verify does not say so. Each change is undone. It gives the tables it walked.
func FindsEveryChange(t *testing.T, s *Store) (walked []string) {
	t.Helper()
	ctx := context.Background()
	for _, r := range audited() {
		if count(t, s, "SELECT COUNT(*) FROM "+r.name) == 0 {
			continue
		}
		walked = append(walked, r.name)
		var columns []column
		must(t, s.look(ctx, func(tx *tx) (err error) { columns, err = tx.columns(r.name); return err }))
		for _, c := range columns {
			report, refused := changed(t, s, r, c)
			if refused {
				continue // a reference or a key: the engine keeps it
			}
			if report.Holds() || report.First.Table != r.name {
				t.Errorf("a change of %s.%s is not found: %v", r.name, c.name, report.First)
			}
		}
	}
	return walked
}

// changed alters a column of the row with the least key, verifies, and undoes it.
func changed(t *testing.T, s *Store, r table, c column) (report audit.Report, refused bool) {
	t.Helper()
	other := map[string]string{
		"TEXT": "COALESCE($, '') || 'x'", "JSON": `'{"changed":1}'`, "BOOL": "NOT COALESCE($, false)", "FLOAT8": "COALESCE($, 0) + 1", "REAL": "COALESCE($, 0) + 1",
		"INTEGER": "COALESCE($, 0) + 1", "INT4": "COALESCE($, 0) + 1", "INT8": "COALESCE($, 0) + 1", "BLOB": "x'00ff00'", "BYTEA": `'\x00ff00'`,
	}[c.kind]
	if other == "" {
		t.Fatalf("%s.%s is of type %q", r.name, c.name, c.kind)
	}
	undo := errors.New("undo")
	first := ""
	for _, k := range r.key {
		first += " AND " + k + " = (SELECT MIN(" + k + ") FROM " + r.name + ")"
	}
	err := s.engine.upkeep(context.Background(), func(tx *tx) (err error) {
		n, err := tx.write("UPDATE " + r.name + " SET " + c.name + " = " + strings.ReplaceAll(other, "$", c.name) + " WHERE 1 = 1" + first)
		if err != nil || n == 0 {
			refused = true
			return undo
		}
		report, err = audit.Verify(context.Background(), tx.everything(), audit.Check{Dir: t.TempDir()})
		return errors.Join(err, undo)
	})
	if !errors.Is(err, undo) {
		t.Fatalf("%s.%s: %v", r.name, c.name, err)
	}
	return report, refused
}

// MustErase destroys the key of a subject, as a retention or a request would.
func MustErase(t *testing.T, s *Store, subject ids.UUID) {
	t.Helper()
	must(t, s.act(context.Background(), entry(), func(t *tx) error { return t.eraseSubject(subject) }))
}

// MustHold verifies a store and gives the report.
func MustHold(t *testing.T, s *Store) audit.Report { t.Helper(); return holds(t, s) }

// MustSwap exchanges what two files hold, as somebody at the disk could.
func MustSwap(t *testing.T, s *Store, one, other ids.Attachment) {
	t.Helper()
	must(t, s.act(context.Background(), entry(), func(t *tx) error {
		for _, step := range [][2]any{{one, "00000000-0000-0000-0000-000000000000"}, {other, one}, {"00000000-0000-0000-0000-000000000000", other}} {
			if _, err := t.exec(`UPDATE attachment_body SET id = ? WHERE id = ?`, step[1], step[0]); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Carried names the tables whose rows go over when two files become one.
func Carried() (all []string) {
	for _, c := range carries {
		all = append(all, c.table)
	}
	return all
}

// MustHouse writes n stays and n complaints of n houses, so that an engine that counts
// its rows plans as it does in use.
func MustHouse(t *testing.T, s *Store, n int) {
	t.Helper()
	must(t, s.act(context.Background(), entry(), func(t *tx) error {
		for range n {
			house := ids.New[ids.Org]()
			if err := t.insert("stay", stayRow{ID: ids.New[ids.Stay](), Version: 1, Case: ids.New[ids.Case](), Code: ids.NewCode(rand.Reader), Owner: house, Referral: ids.New[ids.Referral](),
				Service: ids.New[ids.Service](), Provider: house, State: "OPEN", From: date.Day{Year: 2026, Month: 7, Day: 1}, By: ids.New[ids.Account](), At: at(t.now())}); err != nil {
				return err
			}
			if err := t.insert("complaint", complaintRow{ID: ids.New[ids.Complaint](), Version: 1, Owner: house, House: house, Keeper: house, Against: ids.New[ids.Org](), By: ids.New[ids.Account](), At: at(t.now()), Due: at(t.now())}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// MustBar keeps somebody from a record, who was named as having a part in it.
func MustBar(t *testing.T, s *Store, record ids.UUID, who ids.Account) {
	t.Helper()
	must(t, s.act(context.Background(), entry(), func(t *tx) error {
		_, err := t.insertOnce("conflict", conflictRow{Record: record, Account: who, Why: "ACCUSED"})
		return err
	}))
}

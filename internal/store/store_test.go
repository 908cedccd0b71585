package store

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
)

func open(t testing.TB, address string) *Store {
	t.Helper()
	s, err := Open(context.Background(), address, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	if _, _, err := s.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// entry is a valid entry; a refusal needs no policy.
func entry() audit.Entry {
	o := access.Object{Kind: access.System, ID: ids.New[ids.Case]().UUID}
	return audit.Refused(access.Visitor(), "system.test", o, access.ForOperation, fault.Denied, time.Now())
}

type subjectKeyRow struct {
	Subject    ids.UUID `db:"subject"`
	Org        ids.UUID `db:"org"`
	OrgVersion int      `db:"org_version"`
	Wrapped    []byte   `db:"wrapped"`
	Made       stamp    `db:"made"`
}

func someRow() subjectKeyRow {
	return subjectKeyRow{ids.New[ids.Person]().UUID, ids.New[ids.Org]().UUID, 1, []byte("wrapped"), at(time.Now())}
}

func TestActAndGet(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		row := someRow()
		if err := s.act(ctx, entry(), func(t *tx) error { return t.insert("subject_key", row) }); err != nil {
			t.Fatal(err)
		}
		var got subjectKeyRow
		if err := s.read(ctx, entry(), func(t *tx) error {
			return t.get(&got, `SELECT subject, org, org_version, wrapped, made FROM subject_key WHERE subject = ?`, row.Subject)
		}); err != nil {
			t.Fatal(err)
		}
		if got.Subject != row.Subject || !got.Made.Equal(row.Made.Time) || string(got.Wrapped) != "wrapped" {
			t.Errorf("got %+v, want %+v", got, row)
		}
	})
}

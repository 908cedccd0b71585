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
	s, err := Open(context.Background(), address, Options{Wrap: plainWrap{}})
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

func someRow() orgKey {
	return orgKey{ids.New[ids.Org](), 1, "host", []byte("wrapped")}
}

func TestActAndGet(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		s, ctx := open(t, address), context.Background()
		row := someRow()
		if err := s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", row) }); err != nil {
			t.Fatal(err)
		}
		var got orgKey
		if err := s.read(ctx, entry(), func(t *tx) error {
			return t.get(&got, `SELECT org, version, holder, wrapped FROM org_key WHERE org = ?`, row.Org)
		}); err != nil {
			t.Fatal(err)
		}
		if got.Org != row.Org || got.Version != 1 || string(got.Wrapped) != "wrapped" {
			t.Errorf("got %+v, want %+v", got, row)
		}
	})
}

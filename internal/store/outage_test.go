package store

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
)

func insertSome(s *Store) (orgKey, error) {
	row := someRow()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return row, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", row) })
}

// The file is moved away while the program serves: nothing is acknowledged
// that would be lost, and it works again when the file is back.
func TestTheFileIsMovedAway(t *testing.T) {
	address := engine.SQLite(t)
	path := strings.TrimPrefix(address, "sqlite:")
	s := open(t, address)
	_, err := insertSome(s)
	must(t, err)
	move := func(from, to string) {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(from+end, to+end); err != nil && end == "" {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		move(path, path+".away")
		if _, err := insertSome(s); !fault.Is(err, fault.Unavailable) {
			t.Errorf("a write without a file: %v", err)
		}
		if err := s.Ready(context.Background()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("a reading without a file: %v", err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("an empty database was made in its place")
		}
		move(path+".away", path)
		_, err = insertSome(s)
		must(t, err)
		must(t, s.Ready(context.Background()))
	}
	if n := count(t, s, `SELECT COUNT(*) FROM org_key`); n != 3 {
		t.Errorf("%d rows, want 3", n)
	}
	holds(t, s)
}

func TestPostgreSQLGoesAwayAndComesBack(t *testing.T) {
	address, cable := engine.Cable(t, engine.PostgreSQL(t))
	s := open(t, address)
	kept := 0
	for range 2 {
		for range 5 {
			_, err := insertSome(s)
			must(t, err)
			kept++
		}
		cable.Cut()
		if _, err := insertSome(s); !fault.Is(err, fault.Unavailable) {
			t.Errorf("a write without an engine: %v", err)
		}
		if err := s.Ready(context.Background()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("a reading without an engine: %v", err)
		}
		if err := s.Note(context.Background(), entry()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("an entry without an engine: %v", err)
		}
		cable.Mend()
		must(t, s.Ready(context.Background()))
	}
	if n := count(t, s, `SELECT COUNT(*) FROM org_key`); n != kept {
		t.Errorf("%d rows, want %d", n, kept)
	}
	holds(t, s)
}

func TestLog(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		person := ids.New[ids.Person]().UUID
		for range 3 {
			must(t, s.Note(ctx, entry().About(access.PersonKind, person)))
			must(t, s.Note(ctx, entry()))
		}
		if _, err := s.Log(ctx, access.Grant{}, person, -1, 0); err == nil {
			t.Error("the log was read without a grant")
		}
		w := accesstest.Somebody(access.DataProtection, ids.New[ids.Org]())
		g := accesstest.Grant(t, w, "log.read", access.Object{Kind: access.Log}, access.ForOversight)
		lines, err := s.Log(ctx, g, person, -1, 2)
		must(t, err)
		if len(lines) != 2 || lines[0].Line.About[0].ID != person {
			t.Errorf("%+v", lines)
		}
		rest, err := s.Log(ctx, g, person, lines[1].Seq, 2)
		must(t, err)
		if len(rest) != 1 {
			t.Errorf("%d more, want 1", len(rest))
		}
		mine, err := s.Log(ctx, g, w.Account.UUID, -1, 0)
		must(t, err)
		if len(mine) != 3 || mine[0].Line.Action != "log.read" {
			t.Errorf("the three readings of the log are not in the log: %+v", mine)
		}
		everything, err := s.Log(ctx, g, ids.UUID{}, -1, 0)
		must(t, err)
		if len(everything) != 10 {
			t.Errorf("%d entries, want 10", len(everything))
		}
	})
}

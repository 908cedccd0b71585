package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
)

// both runs a test on a fresh, migrated store of each engine.
func both(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	engine.Each(t, func(t *testing.T, address string) { test(t, open(t, address)) })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// count reads a number.
func count(t testing.TB, s *Store, query string, args ...any) (n int) {
	t.Helper()
	must(t, s.look(context.Background(), func(t *tx) error { return t.get(&n, query, args...) }))
	return n
}

// entries counts what is in the log or on its way.
func entries(t testing.TB, s *Store) int {
	t.Helper()
	must(t, s.engine.sequence(context.Background()))
	return count(t, s, `SELECT COUNT(*) FROM audit_entry`) + count(t, s, `SELECT COUNT(*) FROM audit_pending`)
}

// holds verifies, and says how many rows there were.
func holds(t testing.TB, s *Store) audit.Report {
	t.Helper()
	r, err := s.Verify(context.Background(), VerifyOptions{Dir: t.TempDir()})
	must(t, err)
	if !r.Holds() {
		t.Fatalf("does not hold: %v and %d more", r.First, r.Breaches-1)
	}
	return r
}

func TestActNeedsAnEntry(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		ran := false
		fn := func(*tx) error { ran = true; return nil }
		for name, err := range map[string]error{
			"act":     s.act(ctx, audit.Entry{}, fn),
			"read":    s.read(ctx, audit.Entry{}, fn),
			"note":    s.Note(ctx, audit.Entry{}),
			"spoiled": s.act(ctx, entry().With("reason", "in her own words"), fn),
		} {
			if !fault.Is(err, fault.Internal) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if ran {
			t.Error("the function ran without an entry")
		}
		err := s.act(ctx, entry(), func(t *tx) error {
			t.with("reason", "in her own words")
			return t.insert("org_key", someRow())
		})
		if !fault.Is(err, fault.Internal) || entries(t, s) != 0 || count(t, s, `SELECT COUNT(*) FROM org_key`) != 0 {
			t.Errorf("an entry spoilt in the act: %v", err)
		}
	})
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	failure := errors.New("failure")
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		row := someRow()
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", row) }))
		cases := map[string]struct {
			fn   func(*tx) error
			kind fault.Kind
			key  string
		}{
			"a failure": {func(t *tx) error {
				return errors.Join(t.insert("org_key", someRow()), failure)
			}, fault.Internal, "store.internal"},
			"a duplicate": {func(t *tx) error { return t.insert("org_key", row) }, fault.Stale, "record.exists"},
			"a duplicate that is ignored": {func(t *tx) error {
				_ = t.insert("org_key", row)
				return nil
			}, fault.Stale, "record.exists"},
			"a reference to nothing": {func(t *tx) error {
				return t.insert("subject_key", subjectKey{ids.New[ids.Person]().UUID, ids.New[ids.Org](), 1, []byte{1}})
			}, fault.Internal, "store.reference"},
			"an update of nothing": {func(t *tx) error { return t.update("org_key", someRow()) }, fault.NotFound, "record.notfound"},
			"a removal of nothing": {func(t *tx) error { return t.delete("org_key", ids.New[ids.Org]()) }, fault.NotFound, "record.notfound"},
			"no row": {func(t *tx) error {
				var n int
				return t.get(&n, `SELECT version FROM org_key WHERE org = ?`, "nobody")
			}, fault.NotFound, "record.notfound"},
			"an audited table behind the back": {func(t *tx) error {
				_, err := t.exec(`UPDATE org_key SET version = 2`)
				return err
			}, fault.Internal, "store.table"},
			"the same with other words": {func(t *tx) error {
				_, err := t.exec(`WITH x AS (SELECT 1) DELETE FROM org_key`)
				return err
			}, fault.Internal, "store.table"},
			"a table nobody declared":   {func(t *tx) error { return t.insert("nowhere", row) }, fault.Internal, ""},
			"a person's name for a key": {func(t *tx) error { return t.touch("org_key", "Some Body") }, fault.Internal, "audit.key"},
		}
		for name, c := range cases {
			err := s.act(ctx, entry(), c.fn)
			if !fault.Is(err, c.kind) || c.key != "" && fault.Of(err).Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := entries(t, s); n != 1 {
			t.Errorf("%d entries, want the first only", n)
		}
		if n := count(t, s, `SELECT COUNT(*) FROM org_key`); n != 1 {
			t.Errorf("%d rows, want the first only", n)
		}
		holds(t, s)
	})
}

func TestUpdateDeleteChange(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		rows := []orgKey{someRow(), someRow(), someRow(), someRow()}
		must(t, s.act(ctx, entry(), func(t *tx) error {
			for _, r := range rows {
				if err := t.insert("org_key", r); err != nil {
					return err
				}
			}
			return nil
		}))
		holds(t, s)
		must(t, s.act(ctx, entry(), func(t *tx) error {
			r := rows[0]
			r.Version = 7
			return t.update("org_key", r)
		}))
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.delete("org_key", rows[1].Org) }))
		n := 0
		must(t, s.act(ctx, entry(), func(t *tx) (err error) {
			n, err = t.change(`UPDATE org_key SET holder = ? WHERE version = ?`, "organisation", 1)
			return err
		}))
		if n != 2 {
			t.Errorf("change met %d rows, want 2", n)
		}
		if r := holds(t, s); r.Rows != 3 || r.Size != 4 {
			t.Errorf("%+v", r)
		}
		fresh := true
		must(t, s.act(ctx, entry(), func(t *tx) (err error) {
			if fresh, err = t.insertOnce("org_key", rows[0]); err == nil && !fresh {
				return errUnchanged
			}
			return err
		}))
		if fresh || entries(t, s) != 4 {
			t.Error("a repeated request left something")
		}
	})
}

func TestReadingLeavesItsEntry(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		o := access.Object{Kind: access.PersonKind, ID: ids.New[ids.Person]().UUID}
		e := audit.Refused(access.Visitor(), "person.read", o, access.ForProtection, fault.Denied, time.Now())
		must(t, s.read(ctx, e, func(*tx) error {
			return nil
		}))
		if n := entries(t, s); n != 1 {
			t.Errorf("%d entries after a reading", n)
		}
		if n := count(t, s, `SELECT COUNT(*) FROM audit_mention WHERE record = ?`, o.ID); n != 1 {
			t.Errorf("the person is mentioned %d times", n)
		}
		err := s.read(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) })
		if !fault.Is(err, fault.Internal) {
			t.Errorf("a reading wrote: %v", err)
		}
		err = s.look(ctx, func(t *tx) error {
			_, err := t.change(`DELETE FROM org_key`)
			return err
		})
		if !fault.Is(err, fault.Internal) {
			t.Errorf("a look wrote: %v", err)
		}
	})
}

// A glance has no transaction: it would see two moments if it asked twice.
func TestAGlanceAsksOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		var one int
		ask := func(t *tx) error { return t.get(&one, `SELECT 1`) }
		must(t, s.glance(context.Background(), ask))
		err := s.glance(context.Background(), func(t *tx) error { return errors.Join(ask(t), ask(t)) })
		if !fault.Is(err, fault.Internal) {
			t.Errorf("two questions at one glance: %v", err)
		}
		err = s.glance(context.Background(), func(t *tx) error {
			_, err := t.change(`DELETE FROM org_key`)
			return err
		})
		if !fault.Is(err, fault.Internal) {
			t.Errorf("a glance wrote: %v", err)
		}
	})
}

// Many at once, some of which fail: every acknowledged act is there, with its
// entry, and nothing else; the log has no gap.
func TestManyAtOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		shared := someRow()
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", shared) }))
		var wg sync.WaitGroup
		var mu sync.Mutex
		acts, reads := 0, 0
		for g := range 20 {
			wg.Go(func() {
				for i := range 10 {
					var err error
					switch (g + i) % 4 {
					case 0:
						err = s.act(ctx, entry(), func(t *tx) error {
							if err := t.insert("org_key", someRow()); err != nil {
								return err
							}
							return errors.New("failure")
						})
						if err == nil {
							t.Error("a failure was acknowledged")
						}
						continue
					case 1:
						err = s.read(ctx, entry(), func(*tx) error { return nil })
						mu.Lock()
						reads++
						mu.Unlock()
					case 2:
						err = s.act(ctx, entry(), func(t *tx) error {
							if err := t.hold("org_key", shared.Org); err != nil {
								return err
							}
							var seen orgKey
							if err := t.get(&seen, `SELECT org, version, holder, wrapped FROM org_key WHERE org = ?`, shared.Org); err != nil {
								return err
							}
							seen.Version++
							return t.update("org_key", seen)
						})
						mu.Lock()
						acts++
						mu.Unlock()
					case 3:
						err = s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) })
						mu.Lock()
						acts++
						mu.Unlock()
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, s, `SELECT version FROM org_key WHERE org = ?`, shared.Org); n != 51 {
			t.Errorf("the shared row was changed to version %d, want 51: a change was lost", n)
		}
		if n := entries(t, s); n != 1+acts+reads {
			t.Errorf("%d entries, want %d", n, 1+acts+reads)
		}
		holds(t, s)
	})
}

func TestPanicReachesTheCaller(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		func() {
			defer func() {
				if p := recover(); fmt.Sprint(p) != "boom" {
					t.Errorf("recovered %v", p)
				}
			}()
			_ = s.act(ctx, entry(), func(t *tx) error {
				if err := t.insert("org_key", someRow()); err != nil {
					return err
				}
				panic("boom")
			})
		}()
		if n := entries(t, s) + count(t, s, `SELECT COUNT(*) FROM org_key`); n != 0 {
			t.Errorf("a panic left %d rows", n)
		}
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) }))
	})
}

func TestCancelledBeforeItBegan(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		err := s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) })
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v", err)
		}
		// Cancelled within: nothing is kept, and nobody else suffers.
		inside, stop := context.WithCancel(context.Background())
		err = s.act(inside, entry(), func(t *tx) error {
			if err := t.insert("org_key", someRow()); err != nil {
				return err
			}
			stop()
			return t.insert("org_key", someRow())
		})
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v", err)
		}
		must(t, s.act(context.Background(), entry(), func(t *tx) error { return t.insert("org_key", someRow()) }))
		if n := count(t, s, `SELECT COUNT(*) FROM org_key`); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		holds(t, s)
	})
}

// Several programs on one database give every entry its one place.
func TestTwoPrograms(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		ctx := context.Background()
		programs := []*Store{open(t, address), open(t, address), open(t, address)}
		var wg sync.WaitGroup
		for _, s := range programs {
			for range 4 {
				wg.Go(func() {
					for range 10 {
						if err := s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) }); err != nil {
							t.Error(err)
						}
						if err := s.Note(ctx, entry()); err != nil {
							t.Error(err)
						}
					}
				})
			}
		}
		wg.Wait()
		for _, s := range programs {
			if n := entries(t, s); n != 240 {
				t.Errorf("%d entries, want 240", n)
			}
			holds(t, s)
		}
	})
}

func TestDurabilityIsSet(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		if strings.HasPrefix(address, "postgres") {
			address += "&synchronous_commit=off" // an address may not weaken it
		}
		s := open(t, address)
		setting, value, safe, err := s.Durability(context.Background())
		must(t, err)
		t.Logf("%s is %s", setting, value)
		if !safe {
			t.Errorf("%s is %s: an acknowledged act may be lost in a power cut", setting, value)
		}
	})
}

func TestSQLiteSettings(t *testing.T) {
	s := open(t, engine.SQLite(t))
	read := func(q querier) map[string]string {
		all := map[string]string{}
		for _, p := range []string{"synchronous", "journal_mode", "foreign_keys", "busy_timeout", "secure_delete", "query_only"} {
			var v string
			must(t, q.QueryRowxContext(context.Background(), "PRAGMA "+p).Scan(&v))
			all[p] = v
		}
		return all
	}
	var writer map[string]string
	must(t, s.engine.raw(context.Background(), func(q querier) error { writer = read(q); return nil }))
	want := map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "10000", "secure_delete": "1", "query_only": "0"}
	for p, v := range want {
		if writer[p] != v {
			t.Errorf("writer: %s is %s, want %s", p, writer[p], v)
		}
	}
	want["query_only"] = "1"
	must(t, s.look(context.Background(), func(tx *tx) error {
		for p, v := range read(tx.q) {
			if want[p] != v {
				t.Errorf("reader: %s is %s, want %s", p, v, want[p])
			}
		}
		return nil
	}))
}

// An act that breaks the transaction of its group fails alone.
func TestOneThatBreaksTheGroup(t *testing.T) {
	s, ctx := open(t, engine.SQLite(t)), context.Background()
	must(t, s.engine.raw(ctx, func(q querier) error {
		_, err := q.ExecContext(ctx, "PRAGMA max_page_count = 200") // the disk is nearly full
		return err
	}))
	big := someRow()
	big.Wrapped = make([]byte, 4<<20)
	errs := make(chan error, 20)
	var failed error
	var wg sync.WaitGroup
	for i := range 21 {
		wg.Go(func() {
			if i == 10 {
				failed = s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", big) })
				return
			}
			errs <- s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", someRow()) })
		})
	}
	wg.Wait()
	if !fault.Is(failed, fault.Unavailable) {
		t.Errorf("the disk was full: %v", failed)
	}
	for range cap(errs) {
		must(t, <-errs)
	}
	if n := count(t, s, `SELECT COUNT(*) FROM org_key`); n != 20 {
		t.Errorf("%d rows, want 20", n)
	}
	holds(t, s)
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "sqlite::memory:", "mysql://x", "inkingi.db", "postgres://bad port:x"} {
		if _, err := Open(context.Background(), address, Options{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, address := range []string{"sqlite:" + t.TempDir() + "/no/such/folder/x.db", "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"} {
		if _, err := Open(context.Background(), address, Options{}); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

package store

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
)

func newVault(t testing.TB) (*vault.Vault, *vault.Master) {
	t.Helper()
	m := vault.NewMaster(time.Now())
	v, err := vault.New(m, time.Now)
	must(t, err)
	return v, m
}

func TestKeysAreKept(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		v, _ := newVault(t)
		org, subject := ids.New[ids.Org](), ids.New[ids.Person]().UUID
		var made, again vault.SubjectKey
		must(t, s.act(ctx, entry(), func(t *tx) (err error) { made, err = v.Key(ctx, t, org, subject); return err }))
		must(t, s.act(ctx, entry(), func(t *tx) (err error) { again, err = v.Key(ctx, t, org, subject); return err }))
		if !bytes.Equal(made.Wrapped, again.Wrapped) || again.OrgVersion != 1 {
			t.Error("the key did not come back")
		}
		holds(t, s)

		// The organisation rotates: every subject follows, then the old key goes.
		must(t, s.act(ctx, entry(), func(t *tx) error {
			if err := t.hold("org_key", org); err != nil {
				return err
			}
			_, err := v.RotateOrg(ctx, t, org)
			return err
		}))
		must(t, s.act(ctx, entry(), func(t *tx) error {
			older, err := t.olderSubjects(org, 2, 100)
			if err != nil {
				return err
			}
			if len(older) != 1 {
				return fault.New(fault.Internal, "test.older")
			}
			_, err = v.RewrapSubject(ctx, t, older[0])
			return err
		}))
		must(t, s.look(ctx, func(t *tx) (err error) { again, err = v.Key(ctx, t, org, subject); return err }))
		if again.OrgVersion != 2 {
			t.Errorf("the subject's key is of version %d", again.OrgVersion)
		}
		holds(t, s)
	})
}

func TestTwoFirstKeys(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		v, _ := newVault(t)
		org := ids.New[ids.Org]()
		done := make(chan error, 8)
		for range cap(done) {
			go func() {
				done <- s.act(ctx, entry(), func(t *tx) error {
					_, err := v.Key(ctx, t, org, ids.New[ids.Person]().UUID)
					return err
				})
			}()
		}
		kept := 0
		for range cap(done) {
			switch err := <-done; {
			case err == nil:
				kept++
			case !fault.Is(err, fault.Stale):
				t.Error(err)
			}
		}
		if n := count(t, s, `SELECT COUNT(*) FROM subject_key`); n != kept || kept == 0 {
			t.Errorf("%d kept, %d there", kept, n)
		}
		holds(t, s)
	})
}

func TestTokens(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		v, _ := newVault(t)
		org := ids.New[ids.Org]()
		one, two := ids.New[ids.Person]().UUID, ids.New[ids.Person]().UUID
		tokens := func(tx *tx, text string) [][]byte {
			all, err := v.Tokens(ctx, tx, org, vault.Words, text)
			must(t, err)
			return all
		}
		must(t, s.act(ctx, entry(), func(tx *tx) error {
			if err := tx.setTokens(org, vault.Words, access.PersonKind, one, tokens(tx, "Nahimana Aline Aline")); err != nil {
				return err
			}
			return tx.setTokens(org, vault.Words, access.PersonKind, two, tokens(tx, "Aline Ntawe"))
		}))
		find := func(text string) (found []ids.UUID) {
			must(t, s.act(ctx, entry(), func(tx *tx) (err error) {
				found, err = tx.withTokens(org, vault.Words, access.PersonKind, tokens(tx, text), ids.UUID{}, 10)
				return err
			}))
			return found
		}
		for text, want := range map[string]int{"aline": 2, "Aline nahimana": 1, "aline aline": 2, "nobody": 0, "ntawe nahimana": 0, "": 0} {
			if got := len(find(text)); got != want {
				t.Errorf("%q finds %d, want %d", text, got, want)
			}
		}
		must(t, s.act(ctx, entry(), func(tx *tx) error {
			if _, err := v.Key(ctx, tx, org, one); err != nil {
				return err
			}
			return nil
		}))
		must(t, s.act(ctx, entry(), func(tx *tx) error { return tx.eraseSubject(one) }))
		if len(find("nahimana")) != 0 || len(find("aline")) != 1 {
			t.Error("an erased subject is still found")
		}
		err := s.act(ctx, entry(), func(tx *tx) error { _, err := v.Key(ctx, tx, org, one); return err })
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("an erased subject got a new key: %v", err)
		}
		holds(t, s)
	})
}

// The bytes of an erased key leave the files of SQLite.
func TestErasedBytesAreGone(t *testing.T) {
	address := engine.SQLite(t)
	s, ctx := open(t, address), context.Background()
	org, marker := someRow(), bytes.Repeat([]byte("KEYKEYKEY"), 5)
	subject := ids.New[ids.Person]().UUID
	must(t, s.act(ctx, entry(), func(t *tx) error {
		if err := t.insert("org_key", org); err != nil {
			return err
		}
		return t.insert("subject_key", subjectKey{subject, org.Org, 1, marker})
	}))
	found := func() (n int) {
		must(t, filepath.WalkDir(filepath.Dir(strings.TrimPrefix(address, "sqlite:")), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			n += bytes.Count(b, marker)
			return err
		}))
		return n
	}
	if found() == 0 {
		t.Fatal("the test does not see the key while it is there")
	}
	must(t, s.act(ctx, entry(), func(t *tx) error { return t.eraseSubject(subject) }))
	must(t, s.Scrub(ctx))
	if n := found(); n != 0 {
		t.Errorf("the erased key is still there %d times", n)
	}
}

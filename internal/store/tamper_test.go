package store

import (
	"context"
	"errors"
	"strings"
	"testing"

	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// plainWrap stands for the master key.
type plainWrap struct{}

func (plainWrap) Wrap(purpose string, secret []byte) ([]byte, error) {
	return append([]byte(purpose+"|"), secret...), nil
}

func (plainWrap) Unwrap(purpose string, wrapped []byte) ([]byte, error) {
	return []byte(strings.TrimPrefix(string(wrapped), purpose+"|")), nil
}

// alter does what somebody with the database and no program would do.
func alter(t testing.TB, s *Store, statement string, args ...any) {
	t.Helper()
	must(t, s.engine.upkeep(context.Background(), func(tx *tx) error {
		n, err := tx.write(statement, args...)
		if err == nil && n == 0 {
			t.Fatalf("%s: met no row", statement)
		}
		return err
	}))
}

func TestVerifyFindsWhatWasAltered(t *testing.T) {
	cases := map[string]struct {
		alter string
		what  audit.What
	}{
		"a column":             {`UPDATE org_key SET holder = 'organisation' WHERE org = $o1`, audit.RowChanged},
		"a number":             {`UPDATE org_key SET version = version + 1 WHERE org = $o1`, audit.RowChanged},
		"bytes":                {`UPDATE org_key SET wrapped = (SELECT wrapped FROM org_key WHERE org = $o2) WHERE org = $o1`, audit.RowChanged},
		"a value made NULL":    {`UPDATE subject_key SET wrapped = NULL WHERE subject = $s1`, audit.RowChanged},
		"a removed row":        {`DELETE FROM subject_key WHERE subject = $s1`, audit.RowMissing},
		"an added row":         {`INSERT INTO org_key (org, version, holder, wrapped) SELECT 'x', version, holder, wrapped FROM org_key WHERE org = $o1`, audit.RowUnknown},
		"two rows exchanged":   {`UPDATE subject_key SET wrapped = CASE subject WHEN $s1 THEN (SELECT wrapped FROM subject_key WHERE subject = $s2) ELSE (SELECT wrapped FROM subject_key WHERE subject = $s1) END WHERE subject IN ($s1, $s2)`, audit.RowChanged},
		"a changed entry":      {`UPDATE audit_entry SET leaf = (SELECT leaf FROM audit_entry WHERE seq = 5) WHERE seq = 3`, audit.LeafChanged},
		"a removed entry":      {`DELETE FROM audit_entry WHERE seq = 3`, audit.LeafMissing},
		"the last one removed": {`DELETE FROM audit_entry WHERE seq = 9`, audit.Truncated},
		"an entry before all":  {`INSERT INTO audit_entry (seq, leaf) SELECT -1, leaf FROM audit_entry WHERE seq = 0`, audit.LeafMissing},
		"a hash of the tree":   {`UPDATE audit_hash SET hash = (SELECT hash FROM audit_hash WHERE n = 0) WHERE n = 7`, ""},
		"a forged checkpoint":  {`UPDATE audit_checkpoint SET note = 'x'`, audit.PointUnsigned},
	}
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		orgs, subjects, kept := tenActs(t, s)
		verifier, err := s.Verifier(ctx)
		must(t, err)
		names := strings.NewReplacer("$o1", "'"+orgs[1].String()+"'", "$o2", "'"+orgs[2].String()+"'",
			"$s1", "'"+subjects[1].String()+"'", "$s2", "'"+subjects[2].String()+"'")
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				var r audit.Report
				undo := errors.New("undo")
				err := s.engine.upkeep(ctx, func(tx *tx) error {
					if n, err := tx.write(names.Replace(c.alter)); err != nil || n == 0 {
						t.Fatalf("met %d rows: %v", n, err)
					}
					var err error
					r, err = audit.Verify(ctx, tx.everything(), audit.Check{Verifier: verifier, Checkpoint: kept, Dir: t.TempDir()})
					return errors.Join(err, undo)
				})
				if !errors.Is(err, undo) {
					t.Fatal(err)
				}
				if r.Holds() || c.what != "" && r.First.What != c.what {
					t.Errorf("found %v, want %s", r.First, c.what)
				}
			})
		}
		holds(t, s)
	})
}

// tenActs makes five organisations and five subjects, and keeps a checkpoint.
func tenActs(t testing.TB, s *Store) (orgs []ids.Org, subjects []ids.UUID, kept string) {
	t.Helper()
	ctx := context.Background()
	_, err := s.MakeLogKey(ctx, "inkingi.example/audit")
	must(t, err)
	for i := range 5 {
		row := someRow()
		row.Wrapped = []byte{byte(i), 1}
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("org_key", row) }))
		subject := subjectKey{ids.New[ids.Person]().UUID, row.Org, 1, []byte{byte(i), 2}}
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.insert("subject_key", subject) }))
		orgs, subjects = append(orgs, row.Org), append(subjects, subject.Subject)
	}
	kept, err = s.Checkpoint(ctx)
	must(t, err)
	if r, err := s.Verify(ctx, VerifyOptions{Checkpoint: kept, Dir: t.TempDir()}); err != nil || !r.Holds() || r.Size != 10 || r.Points != 2 {
		t.Fatalf("before it was altered: %+v %v %v", r, r.First, err)
	}
	return orgs, subjects, kept
}

// A tail cut off with everything that speaks of it is found only against a
// checkpoint that was kept elsewhere.
func TestVerifyFindsATailCutOff(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		orgs, subjects, _ := tenActs(t, s)
		must(t, s.Note(ctx, entry()))
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.delete("subject_key", subjects[4]) }))
		must(t, s.act(ctx, entry(), func(t *tx) error { return t.delete("org_key", orgs[4]) }))
		kept, err := s.Checkpoint(ctx)
		must(t, err)
		alter(t, s, `DELETE FROM audit_entry WHERE seq >= 10`)
		alter(t, s, `DELETE FROM audit_hash WHERE n >= 18`) // tlog.StoredHashCount(10)
		alter(t, s, `DELETE FROM audit_checkpoint WHERE size > 10`)
		alter(t, s, `INSERT INTO org_key (org, version, holder, wrapped) VALUES (?, 1, 'host', ?)`, orgs[4], []byte{4, 1})
		alter(t, s, `INSERT INTO subject_key (subject, org, org_version, wrapped) VALUES (?, ?, 1, ?)`, subjects[4], orgs[4], []byte{4, 2})
		holds(t, s)
		r, err := s.Verify(ctx, VerifyOptions{Checkpoint: kept, Dir: t.TempDir()})
		must(t, err)
		if r.Holds() || r.First.What != audit.Truncated || r.First.Seq != 10 {
			t.Errorf("found %v", r.First)
		}
		if _, err := s.Verify(ctx, VerifyOptions{Checkpoint: "not a checkpoint"}); err == nil {
			t.Error("something else was taken for a checkpoint")
		}
	})
}

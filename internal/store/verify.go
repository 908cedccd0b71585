package store

import (
	"context"
	"errors"
	"iter"
	"math"

	"golang.org/x/mod/sumdb/tlog"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// VerifyOptions say what to verify against. The zero value verifies the log
// against its own tree and checkpoints, and every row against the log.
type VerifyOptions struct {
	Checkpoint string // a checkpoint kept elsewhere
	Verifier   string // the public key kept with it; "" is the one in the database
	Dir        string // for temporary files; "" is the system's
}

// Verify looks for anything that was altered: a changed column of any audited
// table, a row removed or added without an entry, two rows exchanged, an entry
// changed, removed or moved, and a tail cut off after the given checkpoint. It
// sees one moment of a database that may be in use, and its memory does not
// grow with it. Known limit: altering index_token or audit_mention, which are
// derived, is not found.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (audit.Report, error) {
	if o.Verifier == "" {
		verifier, err := s.Verifier(ctx)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return audit.Report{}, err
		}
		o.Verifier = verifier
	}
	if err := s.engine.sequence(ctx); err != nil {
		return audit.Report{}, s.lift(err)
	}
	var report audit.Report
	err := s.look(ctx, func(t *tx) (err error) {
		report, err = audit.Verify(ctx, t.everything(), audit.Check{Verifier: o.Verifier, Checkpoint: o.Checkpoint, Dir: o.Dir})
		return err
	})
	return report, err
}

// everything is what there is to verify, as the transaction sees it.
func (t *tx) everything() audit.Source {
	return audit.Source{
		Leaves: t.leaves(), Nodes: t.nodes(), Points: t.checkpoints(), Waiting: t.waitingLeaves(), Rows: t.allRows(),
	}
}

// pages reads a query in pages, each from after the last; the queries of one
// transaction take turns. The query ends in "> ? … LIMIT ?".
func pages[T any, K any](t *tx, query string, limit int, first K, next func(T) K) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for after := first; ; {
			var page []T
			if err := t.list(&page, query, after, limit); err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, one := range page {
				if !yield(one, nil) {
					return
				}
				after = next(one)
			}
			if len(page) < limit {
				return
			}
		}
	}
}

// as turns what was read into what is verified.
func as[T, U any](from iter.Seq2[T, error], turn func(T) U) iter.Seq2[U, error] {
	return func(yield func(U, error) bool) {
		for one, err := range from {
			if !yield(turn(one), err) {
				return
			}
		}
	}
}

type storedLeaf struct {
	Seq  int64  `db:"seq"`
	Leaf []byte `db:"leaf"`
}

func (t *tx) leaves() iter.Seq2[audit.Stored, error] {
	all := pages(t, `SELECT seq, leaf FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT ?`, 256,
		int64(math.MinInt64), func(l storedLeaf) int64 { return l.Seq })
	return as(all, func(l storedLeaf) audit.Stored { return audit.Stored{Seq: l.Seq, Leaf: l.Leaf} })
}

func (t *tx) waitingLeaves() iter.Seq2[audit.Stored, error] {
	all := pages(t, `SELECT n, leaf FROM audit_pending WHERE n > ? ORDER BY n LIMIT ?`, 256,
		int64(math.MinInt64), func(w waiting) int64 { return w.N })
	return as(all, func(w waiting) audit.Stored { return audit.Stored{Leaf: w.Leaf} })
}

type storedHash struct {
	N    int64  `db:"n"`
	Hash []byte `db:"hash"`
}

func (t *tx) nodes() iter.Seq2[audit.Node, error] {
	all := pages(t, `SELECT n, hash FROM audit_hash WHERE n > ? ORDER BY n LIMIT ?`, 1024,
		int64(math.MinInt64), func(h storedHash) int64 { return h.N })
	return as(all, func(h storedHash) audit.Node {
		if len(h.Hash) != tlog.HashSize {
			return audit.Node{Index: -1}
		}
		return audit.Node{Index: h.N, Hash: tlog.Hash(h.Hash)}
	})
}

type storedPoint struct {
	Size int64  `db:"size"`
	Note string `db:"note"`
}

func (t *tx) checkpoints() iter.Seq2[string, error] {
	all := pages(t, `SELECT size, note FROM audit_checkpoint WHERE size > ? ORDER BY size LIMIT ?`, 256,
		int64(math.MinInt64), func(p storedPoint) int64 { return p.Size })
	return as(all, func(p storedPoint) string { return p.Note })
}

var errEnough = errors.New("store: enough")

// allRows hashes every row of every audited table.
func (t *tx) allRows() iter.Seq2[audit.Row, error] {
	return func(yield func(audit.Row, error) bool) {
		for _, r := range audited() {
			err := t.eachRow(r, "", nil, func(row audit.Row) error {
				if !yield(row, nil) {
					return errEnough
				}
				return nil
			})
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil && !yield(audit.Row{}, err) {
				return
			}
		}
	}
}

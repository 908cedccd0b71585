package store

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"inkingi/internal/audit"
)

// appendLog gives leaves their place in the log: sequence, tree hashes, and
// the records they name. The transaction must be the only one that appends:
// SQLite's writing transaction is, PostgreSQL takes a lock before.
func (t *tx) appendLog(leaves [][]byte) error {
	if len(leaves) == 0 {
		return nil
	}
	edge, err := t.edge()
	if err != nil {
		return err
	}
	var entries, hashes, mentions []any
	n := tlog.StoredHashCount(edge.Size())
	for _, leaf := range leaves {
		seq := edge.Size()
		entries = append(entries, seq, leaf)
		for _, h := range edge.Add(leaf) {
			hashes = append(hashes, n, h[:])
			n++
		}
		line, _, err := audit.Decode(leaf)
		if err != nil {
			return fmt.Errorf("append entry %d: %w", seq, err)
		}
		if line.Part > 0 {
			continue
		}
		for _, m := range line.Mentions() {
			mentions = append(mentions, m.String(), seq)
		}
	}
	if err := t.insertMany("audit_entry (seq, leaf)", 2, entries); err != nil {
		return err
	}
	if err := t.insertMany("audit_hash (n, hash)", 2, hashes); err != nil {
		return err
	}
	return t.insertMany("audit_mention (record, seq)", 2, mentions)
}

// insertMany inserts rows of so many columns, many in one statement; the
// numbers of rows are powers of two, so that few statements are prepared.
func (t *tx) insertMany(into string, width int, values []any) error {
	one := "(" + marks(width) + "), "
	for len(values) > 0 {
		n := 256
		for n > len(values)/width {
			n /= 2
		}
		query := "INSERT INTO " + into + " VALUES " + strings.TrimSuffix(strings.Repeat(one, n), ", ")
		if _, err := t.write(query, values[:n*width]...); err != nil {
			return err
		}
		values = values[n*width:]
	}
	return nil
}

// waiting is an entry on its way into the log.
type waiting struct {
	N    int64  `db:"n"`
	Leaf []byte `db:"leaf"`
}

// movePending gives at most limit waiting entries their place, and says how
// many it moved.
func (t *tx) movePending(limit int) (int, error) {
	if t.s.dialect.queries.lock != "" {
		if _, err := t.q.ExecContext(t.run, t.s.dialect.queries.lock); err != nil {
			return 0, err
		}
	}
	var all []waiting
	if err := t.list(&all, `SELECT n, leaf FROM audit_pending ORDER BY n LIMIT ?`, limit); err != nil || len(all) == 0 {
		return 0, err
	}
	leaves := make([][]byte, len(all))
	numbers := make([]any, len(all))
	for i, w := range all {
		leaves[i], numbers[i] = w.Leaf, w.N
	}
	if _, err := t.write(`DELETE FROM audit_pending WHERE n IN (`+marks(len(numbers))+`)`, numbers...); err != nil {
		return 0, err
	}
	return len(all), t.appendLog(leaves)
}

// edge reads the right edge of the tree.
func (t *tx) edge() (audit.Edge, error) {
	var size int64
	if err := t.get(&size, `SELECT COALESCE(MAX(seq) + 1, 0) FROM audit_entry`); err != nil {
		return audit.Edge{}, err
	}
	return audit.ReadEdge(size, tlog.HashReaderFunc(t.readHashes))
}

// readHashes reads stored hashes of the tree, in the order asked for.
func (t *tx) readHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		var h []byte
		if err := t.get(&h, `SELECT hash FROM audit_hash WHERE n = ?`, n); err != nil {
			return nil, fmt.Errorf("read hash %d of the tree: %w", n, err)
		}
		if copy(hashes[i][:], h) != tlog.HashSize || len(h) != tlog.HashSize {
			return nil, fmt.Errorf("read hash %d of the tree: wrong size", n)
		}
	}
	return hashes, nil
}

// sequenceStep entries get their place in one transaction.
const sequenceStep = 512

// sequenceAll moves waiting entries into the log, in order, until none waits.
func (s *Store) sequenceAll(ctx context.Context) error {
	for {
		moved := 0
		err := s.engine.upkeep(ctx, func(t *tx) (err error) {
			moved, err = t.movePending(sequenceStep)
			return err
		})
		if err != nil || moved < sequenceStep {
			return err
		}
	}
}

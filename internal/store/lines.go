package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// LogLine is one entry of the log with its place.
type LogLine struct {
	Seq  int64
	Line audit.Line
	Rows []audit.Row
}

// logPage bounds what one reading of the log gives.
const logPage = 500

// Log reads the entries that name a record or an account, oldest first, from
// after a place (-1 for the first), at most limit (0 and more than 500 mean
// 500): who read and did what about whom. The zero id reads every entry. The
// grant must be on the log; this reading is already in it.
func (s *Store) Log(ctx context.Context, g access.Grant, about ids.UUID, after int64, limit int) ([]LogLine, error) {
	if !g.Allows() || g.Object().Kind != access.Log {
		return nil, fault.New(fault.Internal, "store.entry")
	}
	if limit <= 0 || limit > logPage {
		limit = logPage
	}
	query := `SELECT seq, leaf FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT ?`
	args := []any{after, limit}
	if !about.IsZero() {
		query = `SELECT e.seq, e.leaf FROM audit_mention m JOIN audit_entry e ON e.seq = m.seq
			WHERE m.record = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`
		args = append([]any{about}, args...)
	}
	if err := s.Note(ctx, audit.Of(g, s.options.Clock())); err != nil {
		return nil, err
	}
	if err := s.engine.sequence(ctx); err != nil {
		return nil, s.lift(err)
	}
	var found []LogLine
	err := s.look(ctx, func(t *tx) error {
		var leaves []storedLeaf
		if err := t.list(&leaves, query, args...); err != nil {
			return err
		}
		found = make([]LogLine, 0, len(leaves))
		for _, l := range leaves {
			line, rows, err := audit.Decode(l.Leaf)
			if err != nil {
				return fault.Wrap(fault.Internal, "store.log", err)
			}
			found = append(found, LogLine{l.Seq, line, rows})
		}
		return nil
	})
	return found, err
}

package store

import (
	"context"
	"time"

	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

func (t *tx) saveSession(n account.Session) error {
	row := sessionRow{n.ID, n.Version, n.Account, string(n.Token), n.Device, n.Second, n.Skipped, n.Locked, n.Renew,
		n.Post, at(n.Made), at(n.Until), at(n.Ended)}
	if err := t.versioned("session", &row.Version, &row); err != nil {
		return err
	}
	return t.seen(n.ID, n.Seen)
}

// seen notes the use of a session; a moment before the one known changes nothing.
func (t *tx) seen(id ids.Session, when time.Time) error {
	_, err := t.exec(`INSERT INTO session_seen (session, seen) VALUES (?, ?)
		ON CONFLICT (session) DO UPDATE SET seen = excluded.seen WHERE session_seen.seen < excluded.seen`, id, at(when))
	return err
}

// endSessions ends one session of an account, or all but one. A session that
// ended already keeps its moment; another account's is not touched.
func (t *tx) endSessions(e account.Ending) error {
	query, args := `UPDATE session SET ended = ?, version = version + 1 WHERE account = ? AND ended IS NULL`, []any{at(e.At), e.Account}
	if !e.Only.IsZero() {
		query, args = query+` AND id = ?`, append(args, e.Only)
	}
	if !e.Except.IsZero() {
		query, args = query+` AND id <> ?`, append(args, e.Except)
	}
	_, err := t.change(query, args...)
	return err
}

// Touch notes that a session was used (account.Store).
func (s *Store) Touch(ctx context.Context, id ids.Session, when time.Time) error {
	return s.lift(s.engine.upkeep(ctx, func(t *tx) error { return t.seen(id, when) }))
}

// Sessions lists the sessions of an account that have not ended (account.Store).
func (s *Store) Sessions(ctx context.Context, id ids.Account) ([]account.Session, error) {
	var rows []seenRow
	err := s.glance(ctx, func(t *tx) error {
		rows = nil
		return t.list(&rows, `SELECT `+sessionColumns+`, n.seen FROM session s JOIN session_seen n ON n.session = s.id
			WHERE s.account = ? AND s.ended IS NULL ORDER BY s.made DESC, s.id DESC LIMIT 100`, id)
	})
	all := make([]account.Session, len(rows))
	for i, r := range rows {
		all[i] = r.session()
	}
	return all, err
}

type attemptRow struct {
	Failures int   `db:"failures"`
	Last     stamp `db:"last_at"`
	Until    stamp `db:"until_at"`
}

// Try changes what is known of a door (account.Store). The first statement
// takes the row, there or not, until the transaction ends: two tries at once
// are counted as two.
func (s *Store) Try(ctx context.Context, d account.Door, fn func(account.Attempts) account.Attempts) error {
	return s.lift(s.engine.upkeep(ctx, func(t *tx) error {
		_, err := t.exec(`INSERT INTO attempt (door, failures) VALUES (?, 0)
			ON CONFLICT (door) DO UPDATE SET failures = attempt.failures`, string(d))
		if err != nil {
			return err
		}
		var r attemptRow
		if err := t.get(&r, `SELECT failures, last_at, until_at FROM attempt WHERE door = ?`, string(d)); err != nil {
			return err
		}
		next := fn(account.Attempts{Failures: r.Failures, Last: r.Last.Time, Until: r.Until.Time})
		if next == (account.Attempts{}) {
			return t.forget([]account.Door{d})
		}
		_, err = t.exec(`UPDATE attempt SET failures = ?, last_at = ?, until_at = ? WHERE door = ?`,
			next.Failures, at(next.Last), at(next.Until), string(d))
		return err
	}))
}

func (t *tx) forget(doors []account.Door) error {
	for _, d := range doors {
		if _, err := t.exec(`DELETE FROM attempt WHERE door = ?`, string(d)); err != nil {
			return err
		}
	}
	return nil
}

// keptEnded is how long a session that ended stays readable in its row: the
// hash in the log stays for good.
const keptEnded = 90 * 24 * time.Hour

// Sweep removes what is past its time (account.Store), in pieces that let
// others write in between.
func (s *Store) Sweep(ctx context.Context, now time.Time, e audit.Entry) error {
	return s.act(ctx, e, func(t *tx) error {
		drafts, err := t.exec(`DELETE FROM draft WHERE until_at <= ?`, at(now))
		if err != nil {
			return err
		}
		doors, err := t.exec(`DELETE FROM attempt WHERE last_at IS NULL OR last_at <= ?`, at(now.Add(-48*time.Hour)))
		if err != nil {
			return err
		}
		old := `SELECT id FROM session WHERE until_at <= ? ORDER BY until_at, id LIMIT 500`
		if _, err = t.exec(`DELETE FROM session_seen WHERE session IN (`+old+`)`, at(now.Add(-keptEnded))); err != nil {
			return err
		}
		sessions, err := t.change(`DELETE FROM session WHERE id IN (`+old+`)`, at(now.Add(-keptEnded)))
		if err == nil && drafts+doors+int64(sessions) == 0 {
			return errUnchanged
		}
		return err
	})
}

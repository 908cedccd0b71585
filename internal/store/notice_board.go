package store

import (
	"context"
	"strconv"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
)

// toldRow is an alert as its reader finds it.
type toldRow struct {
	ID      ids.Alert `db:"id"`
	Key     string    `db:"key"`
	At      stamp     `db:"at"`
	State   string    `db:"state"`
	Problem string    `db:"problem"`
	About   ids.UUID  `db:"about"`
	Kind    string    `db:"kind"`
}

// kindOfAlert says what an alert is about: a record is looked for by its id.
const kindOfAlert = `CASE WHEN EXISTS (SELECT 1 FROM signal x WHERE x.id = a.about) THEN 'signal'
	WHEN EXISTS (SELECT 1 FROM protection_case x WHERE x.id = a.about) THEN 'case'
	WHEN EXISTS (SELECT 1 FROM referral x WHERE x.id = a.about) THEN 'referral'
	WHEN EXISTS (SELECT 1 FROM transfer x WHERE x.id = a.about) THEN 'transfer'
	WHEN EXISTS (SELECT 1 FROM backup x WHERE x.id = a.about) THEN 'backup'
	WHEN EXISTS (SELECT 1 FROM consent x WHERE x.id = a.about) THEN 'consent' ELSE '' END`

// ToldAlerts lists what somebody was alerted of (notice.Records).
func (s *Store) ToldAlerts(ctx context.Context, to ids.Account, now time.Time, after notice.Mark, limit int) ([]notice.Line, error) {
	until, id := at(now), "~" // behind every id
	if !after.At.IsZero() {
		until, id = at(after.At), after.ID.String()
	}
	var all []notice.Line
	err := s.look(ctx, func(t *tx) error {
		all = nil
		var seen stamp
		if err := t.get(&seen, `SELECT MAX(until_at) FROM alert_seen WHERE account = ?`, to); err != nil {
			return err
		}
		var rows []toldRow
		err := t.list(&rows, `SELECT a.id, a.key, a.at, a.state, a.problem, a.about, `+kindOfAlert+` AS kind FROM alert a
			WHERE a.to_account = ? AND a.state <> 'HUSHED' AND a.at <= ? AND (a.at < ? OR a.id < ?) ORDER BY a.at DESC, a.id DESC LIMIT ?`, to, until, until, id, limit)
		for _, r := range rows {
			all = append(all, notice.Line{ID: r.ID, Key: r.Key, At: r.At.Time, State: notice.State(r.State), Problem: r.Problem,
				New: r.At.After(seen.Time), About: r.About, Kind: access.Kind(r.Kind)})
		}
		return err
	})
	return all, err
}

// UnseenAlerts counts what somebody has not seen (notice.Records).
func (s *Store) UnseenAlerts(ctx context.Context, to ids.Account, now time.Time, limit int) (n int, err error) {
	err = s.glance(ctx, func(t *tx) error {
		return t.get(&n, `SELECT COUNT(*) FROM (SELECT a.id FROM alert a WHERE a.to_account = ? AND a.state <> 'HUSHED' AND a.at <= ?
			AND a.at > COALESCE((SELECT until_at FROM alert_seen WHERE account = ?), '') LIMIT ?) unseen`, to, at(now), to, limit)
	})
	return n, err
}

// SeeAlerts notes until when somebody has seen (notice.Records).
func (s *Store) SeeAlerts(ctx context.Context, e audit.Entry, to ids.Account, until time.Time) error {
	return s.act(ctx, e, func(t *tx) error {
		n, err := t.exec(`INSERT INTO alert_seen (account, until_at) VALUES (?, ?)
			ON CONFLICT (account) DO UPDATE SET until_at = excluded.until_at WHERE alert_seen.until_at < excluded.until_at`, to, at(until))
		if err == nil && n == 0 {
			return errUnchanged
		}
		return err
	})
}

// ResendAlerts makes alerts due again (notice.Records). What a program is
// sending now is due again at the end of its lease, which is not beyond.
func (s *Store) ResendAlerts(ctx context.Context, e audit.Entry, now, beyond, since time.Time, limit int) (n int, err error) {
	err = s.act(ctx, e, func(t *tx) error {
		n = 0
		var waiting, failed []ids.Alert
		err := t.list(&waiting, `SELECT id FROM alert WHERE state = 'WAITING' AND next_at > ? AND tries > 0 ORDER BY next_at, id LIMIT ?`+t.s.dialect.forUpdate,
			at(beyond), limit)
		if err == nil {
			err = t.list(&failed, `SELECT id FROM alert WHERE state = 'FAILED' AND next_at >= ? AND answered_at IS NULL ORDER BY next_at, id LIMIT ?`+t.s.dialect.forUpdate,
				at(since), limit-len(waiting))
		}
		if err != nil {
			return err
		}
		for _, id := range append(waiting, failed...) {
			if _, err := t.exec(`UPDATE alert SET state = 'WAITING', tries = 0, next_at = ?, done_at = NULL WHERE id = ?`, at(now), id); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return errUnchanged
		}
		t.with("alerts", strconv.Itoa(n))
		return nil
	})
	return n, err
}

// hush silences what is to come about a record that somebody is on, and says of
// what failed that it need not be tried again.
func (t *tx) hush(about ids.UUID) error {
	_, err := t.exec(`UPDATE alert SET state = 'HUSHED', done_at = ? WHERE about = ? AND state = 'WAITING'`, at(t.now()), about)
	if err == nil {
		_, err = t.exec(`UPDATE alert SET answered_at = ? WHERE about = ? AND state = 'FAILED'`, at(t.now()), about)
	}
	return err
}

var _ notice.Records = (*Store)(nil)

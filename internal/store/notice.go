package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
)

// claimRow is what a program needs to know of an alert it sends.
type claimRow struct {
	ID      ids.Alert   `db:"id"`
	To      ids.Account `db:"to_account"`
	Key     string      `db:"key"`
	Tries   int         `db:"tries"`
	Reached *string     `db:"reached"` // the channels that took it: "mail1 sms1"
}

// ClaimAlerts takes what is due (notice.Store). A claim moves next_at to the end
// of the lease and counts a try: the count is what a program that was too slow
// no longer has. The rows are locked while they are chosen, so that two
// programs do not choose the same.
func (s *Store) ClaimAlerts(ctx context.Context, e audit.Entry, now, lease time.Time, limit int) ([]notice.Alert, error) {
	const due = `FROM alert WHERE state = 'WAITING' AND next_at <= ?`
	any := false
	err := s.glance(ctx, func(t *tx) (err error) { // seldom is anything due: do not trouble the writer
		any, err = t.exists(`SELECT 1 `+due, at(now))
		return err
	})
	if err != nil || !any {
		return nil, err
	}
	var all []notice.Alert
	err = s.act(ctx, e, func(t *tx) error {
		all = nil
		var rows []claimRow
		err := t.list(&rows, `SELECT id, to_account, key, tries, reached `+due+` ORDER BY next_at, id LIMIT ?`+t.s.dialect.forUpdate, at(now), limit)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return errUnchanged
		}
		for _, r := range rows {
			if _, err := t.exec(`UPDATE alert SET tries = ?, next_at = ? WHERE id = ?`, r.Tries+1, at(lease), r.ID); err != nil {
				return err
			}
			a := notice.Alert{ID: r.ID, To: r.To, Key: r.Key, Try: r.Tries + 1}
			if r.Reached != nil {
				a.Reached = strings.Fields(*r.Reached)
			}
			all = append(all, a)
		}
		t.with("alerts", strconv.Itoa(len(all)))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// AlertWaits says whether a claim still holds (notice.Store).
func (s *Store) AlertWaits(ctx context.Context, a notice.Alert) (waits bool, err error) {
	err = s.glance(ctx, func(t *tx) error {
		waits, err = t.exists(`SELECT 1 FROM alert WHERE id = ? AND state = 'WAITING' AND tries = ?`, a.ID, a.Try)
		return err
	})
	return waits, err
}

// SettleAlerts writes how tries ended (notice.Store).
func (s *Store) SettleAlerts(ctx context.Context, e audit.Entry, all []notice.Outcome) error {
	return s.act(ctx, e, func(t *tx) error {
		for _, o := range all {
			if err := t.settle(o); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) settle(o notice.Outcome) error {
	next, done := at(o.Next), stamp{}
	if o.State != notice.Waiting {
		next, done = at(o.At), at(o.At) // next_at of what ended: the index by state and time then finds it
	}
	var reached *string
	if text := strings.Join(o.Reached, " "); text != "" {
		reached = &text
	}
	n, err := t.exec(`UPDATE alert SET state = ?, next_at = ?, done_at = ?, problem = ?, reached = ? WHERE id = ? AND state = 'WAITING' AND tries = ?`,
		string(o.State), next, done, o.Problem, reached, o.Alert.ID, o.Alert.Try)
	if err != nil || n == 0 || o.State != notice.Failed {
		return err
	}
	return t.forward(o)
}

// forward lets what is still to come for the same record come earlier, the next
// at once and the others as much earlier, so that the pauses between them stay.
func (t *tx) forward(o notice.Outcome) error {
	var failed struct {
		About ids.UUID `db:"about"`
		Key   string   `db:"key"`
		Rank  int      `db:"rank"`
	}
	if err := t.get(&failed, `SELECT about, key, rank FROM alert WHERE id = ?`, o.Alert.ID); err != nil {
		return err
	}
	var rows []struct {
		ID   ids.Alert `db:"id"`
		Next stamp     `db:"next_at"`
	}
	err := t.list(&rows, `SELECT id, next_at FROM alert WHERE about = ? AND state = 'WAITING' AND key = ? AND rank > ? AND tries = 0 ORDER BY rank, id`,
		failed.About, failed.Key, failed.Rank)
	if err != nil || len(rows) == 0 {
		return err
	}
	early := rows[0].Next.Sub(o.At)
	for _, r := range rows {
		if early <= 0 {
			return nil
		}
		sooner := at(r.Next.Add(-early))
		if _, err := t.exec(`UPDATE alert SET at = ?, next_at = ? WHERE id = ? AND state = 'WAITING' AND tries = 0`, sooner, sooner, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// AlertStanding counts the outbox (notice.Store).
func (s *Store) AlertStanding(ctx context.Context, now, since time.Time) (notice.Standing, error) {
	var out notice.Standing
	err := s.look(ctx, func(t *tx) error {
		out = notice.Standing{}
		err := t.get(&out.Late, `SELECT COUNT(*) FROM alert WHERE state = 'WAITING' AND at <= ?`, at(now.Add(-time.Minute)))
		if err == nil {
			err = t.get(&out.Waiting, `SELECT COUNT(*) FROM alert WHERE state = 'WAITING' AND at > ?`, at(now.Add(-time.Minute)))
		}
		if err != nil {
			return err
		}
		var rows []struct {
			State   string `db:"state"`
			Problem string `db:"problem"`
			Count   int    `db:"n"`
			Last    stamp  `db:"last_at"`
		}
		err = t.list(&rows, `SELECT state, problem, COUNT(*) AS n, MAX(next_at) AS last_at FROM alert
			WHERE state IN ('FAILED', 'SENT') AND next_at >= ? AND problem <> '' GROUP BY state, problem ORDER BY state, problem`, at(since))
		for _, r := range rows {
			out.Failures = append(out.Failures, notice.Failure{Problem: r.Problem, Partly: r.State == string(notice.Sent), Count: r.Count, Last: r.Last.Time})
		}
		return err
	})
	return out, err
}

// SweepAlerts forgets what ended long ago (notice.Store).
func (s *Store) SweepAlerts(ctx context.Context, e audit.Entry, before time.Time) error {
	return s.act(ctx, e, func(t *tx) error {
		n, err := t.exec(`DELETE FROM alert WHERE state IN ('SENT', 'FAILED', 'HUSHED') AND next_at < ?`, at(before))
		if err == nil && n == 0 {
			return errUnchanged
		}
		t.with("alerts", strconv.FormatInt(n, 10))
		return err
	})
}

var _ notice.Store = (*Store)(nil)

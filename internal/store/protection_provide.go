package store

import (
	"context"
	"database/sql/driver"
	"fmt"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type progressRow struct {
	ID       ids.Progress `db:"id"`
	Referral ids.Referral `db:"referral"`
	Case     ids.Case     `db:"case_id"`
	Owner    ids.Org      `db:"owner_org"`
	Org      ids.Org      `db:"org"`
	Kind     string       `db:"kind"`
	Day      date.Day     `db:"day"`
	Codes    codes        `db:"codes"`
	Words    []byte       `db:"words"`
	By       ids.Account  `db:"by_account"`
	At       stamp        `db:"at"`
}

const progressColumns = `id, referral, case_id, owner_org, org, kind, day, codes, words, by_account, at`

// head is what was said without its words.
func (r progressRow) head() protection.Progress {
	return protection.Progress{ID: r.ID, Referral: r.Referral, Case: r.Case, Owner: r.Owner, Org: r.Org, Kind: protection.ProgressKind(r.Kind), Day: r.Day,
		Codes: r.Codes.V, By: r.By, At: r.At.Time}
}

func (t *tx) progressRow(x protection.Progress) (progressRow, error) {
	row := progressRow{ID: x.ID, Referral: x.Referral, Case: x.Case, Owner: x.Owner, Org: x.Org, Kind: string(x.Kind), Day: x.Day, Codes: inJSON(x.Codes),
		By: x.By, At: at(x.At)}
	if x.Words.IsZero() {
		return row, nil
	}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "progress", x.ID.UUID)
	row.Words = s.seal("words", x.Words)
	return row, s.err
}

// Progress lists what the receiver of a request said of the service, the oldest first,
// without words.
func (s *Store) Progress(ctx context.Context, g access.Grant, id ids.Referral) (all []protection.Progress, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []progressRow
		err := t.list(&rows, `SELECT `+progressColumns+` FROM progress WHERE referral = ? ORDER BY at, id LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

// FedBack reads what was said back last, with its words sealed.
func (s *Store) FedBack(ctx context.Context, g access.Grant, id ids.Referral) (x protection.Progress, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r progressRow
		if err := t.get(&r, `SELECT `+progressColumns+` FROM progress WHERE referral = ? AND kind = 'FEEDBACK' ORDER BY at DESC, id DESC LIMIT 1`, id); err != nil {
			return err
		}
		person, err := t.personOf(r.Case)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "progress", r.ID.UUID)
		if err != nil {
			return err
		}
		x = r.head()
		x.Words = u.text("words", r.Words)
		return nil
	})
	return x, err
}

// Spent lists packets that wait for their end, whose days are counted longest first.
func (s *Store) Spent(ctx context.Context, limit int) (all []protection.Spent, err error) {
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		var rows []struct {
			ID   ids.Referral `db:"id"`
			Over stamp        `db:"over_at"`
		}
		err := t.list(&rows, `SELECT id, over_at FROM referral_queue WHERE over_at > ? ORDER BY over_at, id LIMIT ?`, "", limit)
		for _, r := range rows {
			all = append(all, protection.Spent{Referral: r.ID, Over: r.Over.Time})
		}
		return err
	})
	return all, err
}

// progress is written last of a change: the request that it goes with was found as it
// was seen.
func (w *saving) progress(c protection.Change) error {
	for _, x := range c.Progress {
		if err := w.put("progress", 0, x.ID.UUID, func() (any, error) { return w.t.progressRow(x) }); err != nil {
			return err
		}
	}
	return nil
}

// few is a number that an older row does not have; it is 0 there.
type few int

// Value writes the number, and nothing for 0.
func (n few) Value() (driver.Value, error) {
	if n == 0 {
		return nil, nil
	}
	return int64(n), nil
}

// Scan reads it.
func (n *few) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*n = 0
	case int64:
		*n = few(v)
	default:
		return fmt.Errorf("store: number cannot be read from %T", src)
	}
	return nil
}

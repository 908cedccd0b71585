package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type glassRow struct {
	ID         ids.Glass   `db:"id"`
	Version    int         `db:"version"`
	Code       ids.Code    `db:"code"`
	Case       ids.Case    `db:"case_id"`
	Owner      ids.Org     `db:"owner_org"`
	Org        ids.Org     `db:"org"`
	Role       string      `db:"role"`
	State      string      `db:"state"`
	Open       int         `db:"open"` // 1 while it waits or lets somebody read
	Reason     string      `db:"reason"`
	By         ids.Account `db:"by_account"`
	At         stamp       `db:"at"`
	Until      stamp       `db:"until_at"`
	AnsweredBy ids.Account `db:"answered_by"`
	AnsweredAt stamp       `db:"answered_at"`
	EndedBy    ids.Account `db:"ended_by"`
	EndedAt    stamp       `db:"ended_at"`
}

const glassColumns = `id, version, code, case_id, owner_org, org, role, state, open, reason, by_account, at, until_at, answered_by, answered_at, ended_by, ended_at`

func (r glassRow) glass() protection.Glass {
	return protection.Glass{ID: r.ID, Version: r.Version, Code: r.Code, Case: r.Case, Owner: r.Owner, Org: r.Org, Role: access.Role(r.Role), State: protection.GlassState(r.State),
		Reason: r.Reason, By: r.By, At: r.At.Time, Until: r.Until.Time, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time, EndedBy: r.EndedBy, EndedAt: r.EndedAt.Time}
}

// glasses writes who asks to open a case, and who opens it.
func (w *saving) glasses(c protection.Change) error {
	for _, x := range c.Glasses {
		row := glassRow{ID: x.ID, Version: x.Version + fresh(x.Version), Code: x.Code, Case: x.Case, Owner: x.Owner, Org: x.Org, Role: string(x.Role), State: string(x.State), Reason: x.Reason,
			By: x.By, At: at(x.At), Until: at(x.Until), AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt), EndedBy: x.EndedBy, EndedAt: at(x.EndedAt)}
		if x.State == protection.GlassAsked || x.State == protection.GlassOpen {
			row.Open = 1
		}
		if err := w.put("glass", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}

// Glass reads one.
func (s *Store) Glass(ctx context.Context, g access.Grant, id ids.Glass) (x protection.Glass, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r glassRow
		err := t.get(&r, `SELECT `+glassColumns+` FROM glass WHERE id = ?`, id)
		x = r.glass()
		return err
	})
	return x, err
}

// Glasses lists one's own and those of the grant's scope: what waits or is open first.
func (s *Store) Glasses(ctx context.Context, g access.Grant) ([]protection.Glass, error) {
	sc := g.Scope()
	condition, args := sc.Where(access.Columns{Owner: "f.owner_org", By: "f.by_account"})
	open, readers := barred("f.case_id", sc)
	return s.glassList(ctx, g, `SELECT `+glassColumns+` FROM glass f WHERE `+condition+open+` ORDER BY f.open DESC, f.at DESC, f.id DESC LIMIT ?`, append(append(args, readers...), 50)...)
}

// CaseGlasses lists those that opened a case, the newest first, for a reader who holds a grant on it.
func (s *Store) CaseGlasses(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Glass, error) {
	return s.glassList(ctx, g, `SELECT `+glassColumns+` FROM glass WHERE case_id = ? AND answered_at IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
}

func (s *Store) glassList(ctx context.Context, g access.Grant, query string, args ...any) (all []protection.Glass, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []glassRow
		err := t.list(&rows, query, args...)
		for _, r := range rows {
			all = append(all, r.glass())
		}
		return err
	})
	return all, err
}

// GlassesBy lists what the holder of the grant asked for since a moment.
func (s *Store) GlassesBy(ctx context.Context, g access.Grant, since time.Time) (all []ids.Glass, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT id FROM glass WHERE by_account = ? AND at > ? ORDER BY at DESC, id DESC LIMIT 20`, g.Who().Account, at(since))
	})
	return all, err
}

// GlassCase finds the case that has a code, in whatever house; none when there is
// none, or more than one: nobody guesses which is meant. A file that was joined to
// another, or erased, is none: nothing is followed.
func (s *Store) GlassCase(ctx context.Context, g access.Grant, code ids.Code) (id ids.Case, owner ids.Org, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		id, owner = ids.Case{}, ids.Org{}
		var rows []struct {
			ID    ids.Case `db:"id"`
			Owner ids.Org  `db:"owner_org"`
		}
		err := t.list(&rows, `SELECT id, owner_org FROM protection_case WHERE code = ? AND state NOT IN ('ERASED', 'MERGED') ORDER BY id LIMIT 2`, code)
		if len(rows) == 1 {
			id, owner = rows[0].ID, rows[0].Owner
		}
		return err
	})
	return id, owner, err
}

// GlassHolder is who holds a case, to be told that it was opened.
func (s *Store) GlassHolder(ctx context.Context, g access.Grant, id ids.Case) (holder ids.Account, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var row struct {
			Holder ids.Account `db:"holder"`
		}
		err := t.get(&row, `SELECT COALESCE(manager, screener) AS holder FROM protection_case WHERE id = ?`, id)
		holder = row.Holder
		return err
	})
	return holder, err
}

// Officers lists who keeps data protection at a moment, in whatever house.
func (s *Store) Officers(ctx context.Context, now time.Time) (all []ids.Account, err error) {
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		return t.list(&all, `SELECT DISTINCT p.account FROM post p JOIN account a ON a.id = p.account WHERE p.role = ? AND p.from_at <= ?
			AND (p.until_at IS NULL OR p.until_at > ?) AND a.closed IS NULL ORDER BY p.account LIMIT 50`, string(access.DataProtection), at(now), at(now))
	})
	return all, err
}

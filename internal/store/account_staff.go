package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// AccountName finds what colleagues read; NotFound when there is no such account.
func (s *Store) AccountName(ctx context.Context, id ids.Account) (shown string, err error) {
	err = s.glance(ctx, func(t *tx) error {
		return t.get(&shown, `SELECT shown FROM account WHERE id = ?`, id)
	})
	return shown, err
}

// Staff lists the open accounts that hold one of the roles in an organisation
// at a moment, by name.
func (s *Store) Staff(ctx context.Context, org ids.Org, now time.Time, roles ...access.Role) (all []ids.Account, err error) {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		var rows []struct {
			ID    ids.Account `db:"id"`
			Shown string      `db:"shown"`
		}
		err := t.listIn(&rows, `SELECT DISTINCT a.id, a.shown FROM post p JOIN account a ON a.id = p.account
			WHERE p.org = ? AND p.role IN (?) AND p.from_at <= ? AND (p.until_at IS NULL OR p.until_at > ?) AND a.closed IS NULL
			ORDER BY a.shown, a.id LIMIT 500`, org, names, at(now), at(now))
		for _, r := range rows {
			all = append(all, r.ID)
		}
		return err
	})
	return all, err
}

// Standby lists the duty officers with the place of their post, the oldest
// organisation first (protection.Store).
func (s *Store) Standby(ctx context.Context, now time.Time) ([]protection.Duty, error) {
	return s.holders(ctx, access.DutyOfficer, now)
}

// holders lists who holds a role at a moment, with the place of the post.
func (s *Store) holders(ctx context.Context, role access.Role, now time.Time) (duties []protection.Duty, err error) {
	err = s.glance(ctx, func(t *tx) error {
		duties = nil
		var rows []struct {
			Org     ids.Org     `db:"org"`
			Account ids.Account `db:"account"`
			Place   string      `db:"place"`
		}
		err := t.list(&rows, `SELECT p.org, p.account, p.place FROM post p
			WHERE p.role = ? AND p.from_at <= ? AND (p.until_at IS NULL OR p.until_at > ?)
			AND (SELECT a.closed FROM account a WHERE a.id = p.account) IS NULL
			ORDER BY p.org, p.account LIMIT 500`, string(role), at(now), at(now))
		for _, r := range rows {
			duties = append(duties, protection.Duty{Org: r.Org, Account: r.Account, Province: r.Place})
		}
		return err
	})
	return duties, err
}

// Hosts lists who answers requests in an organisation (protection.Store).
func (s *Store) Hosts(ctx context.Context, org ids.Org, now time.Time) ([]ids.Account, error) {
	return s.Staff(ctx, org, now, access.ServiceProvider, access.Supervisor)
}

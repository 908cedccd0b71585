package store

import (
	"context"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

type seenRow struct {
	sessionRow
	Seen stamp `db:"seen"`
}

func (r seenRow) session() account.Session {
	return account.Session{ID: r.ID, Version: r.Version, Account: r.Account, Token: account.TokenHash(r.Token), Device: r.Device,
		Second: r.Second, Skipped: r.Skipped, Locked: r.Locked, Renew: r.Renew, Post: r.Post,
		Made: r.Made.Time, Seen: r.Seen.Time, Until: r.Until.Time, Ended: r.Ended.Time}
}

// seatRow is one post of an account with all that belongs to both: every page
// asks for it first, so it is one question.
type seatRow struct {
	Session    seenRow       `db:"session"`
	Account    accountRow    `db:"account"`
	Credential credentialRow `db:"credential"`
	Post       postRow       `db:"post"`
	keyPair
}

// part names columns by the struct they go to.
func part(name, alias, columns string) string {
	var all []string
	for _, c := range strings.Split(columns, ", ") {
		c = strings.TrimPrefix(c, alias+".")
		all = append(all, alias+"."+c+` AS "`+name+"."+c+`"`)
	}
	return strings.Join(all, ", ")
}

var (
	seatColumns = part("account", "a", accountColumns) + ", " + part("credential", "c", credentialColumns) + ", " + keyPairColumns + `,
		p.id AS "post.id", COALESCE(p.role, '') AS "post.role", p.org AS "post.org", COALESCE(p.place, '') AS "post.place",
		p.from_at AS "post.from_at", p.until_at AS "post.until_at"`
	seatTables = ` JOIN credential c ON c.account = a.id LEFT JOIN post p ON p.account = a.id
		LEFT JOIN subject_key k ON k.subject = c.subject LEFT JOIN org_key ON org_key.org = k.org`
	seatByID   = `SELECT ` + seatColumns + ` FROM account a` + seatTables + ` WHERE a.id = ? ORDER BY p.from_at, p.id`
	seatByName = `SELECT ` + seatColumns + ` FROM account a` + seatTables + ` WHERE a.name = ? ORDER BY p.from_at, p.id`
	seatSat    = `SELECT ` + part("session", "s", sessionColumns) + `, n.seen AS "session.seen", ` + seatColumns + `
		FROM session s JOIN session_seen n ON n.session = s.id JOIN account a ON a.id = s.account` + seatTables + `
		WHERE s.token = ? ORDER BY p.from_at, p.id`
)

// Holder reads an account by its identifier (account.Store).
func (s *Store) Holder(ctx context.Context, id ids.Account) (account.Seat, error) {
	return s.seat(ctx, seatByID, id)
}

// Knock reads an account by its name (account.Store).
func (s *Store) Knock(ctx context.Context, name string) (account.Seat, error) {
	return s.seat(ctx, seatByName, name)
}

// Sit reads the seat of a token (account.Store).
func (s *Store) Sit(ctx context.Context, token account.TokenHash) (account.Seat, error) {
	return s.seat(ctx, seatSat, string(token))
}

// seat reads what belongs to an account; its secrets stay sealed.
func (s *Store) seat(ctx context.Context, query string, arg any) (seat account.Seat, err error) {
	err = s.glance(ctx, func(t *tx) error {
		var rows []seatRow
		if err := t.list(&rows, query, arg); err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.NotFound, "record.notfound")
		}
		seat, err = rows[0].seat(t)
		for _, r := range rows {
			if p := r.Post; !p.ID.IsZero() {
				seat.Posts = append(seat.Posts, access.Post{ID: p.ID, Role: access.Role(p.Role), Org: p.Org, Place: p.Place,
					From: p.From.Time, Until: p.Until.Time})
			}
		}
		return err
	})
	if err != nil {
		return account.Seat{}, err
	}
	return seat, nil
}

func (r seatRow) seat(t *tx) (account.Seat, error) {
	seat, c := account.Seat{Account: r.Account.account()}, r.Credential
	if !r.Session.ID.IsZero() {
		seat.Session = r.Session.session()
	}
	seat.Credential = account.Credential{Account: c.Account, Version: c.Version, Subject: c.Subject, Password: c.Password,
		Expires: c.Expires.Time, Change: c.Change, Enrolled: c.Enrolled, Step: c.Step, Salt: c.Salt,
		Codes: c.Codes.V, Conduct: c.Conduct, ResetBy: c.ResetBy, ResetAt: c.ResetAt.Time}
	if len(c.Secret)+len(c.Pending) > 0 {
		u, err := r.keyPair.unsealing(t, c.Subject, "credential", c.Account.UUID)
		if err != nil {
			return seat, err
		}
		seat.Credential.Secret, seat.Credential.Pending = u.text("secret", c.Secret), u.text("pending", c.Pending)
	}
	return seat, nil
}

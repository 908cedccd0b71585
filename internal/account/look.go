package account

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Account reads one account with its posts, for whoever keeps accounts. The
// seat carries no password and no secret.
func (d *Desk) Account(ctx context.Context, w access.Who, id ids.Account) (Seat, error) {
	seat, entry, err := d.holder(ctx, w, access.AccountRead, id, d.now())
	if err != nil {
		return Seat{}, err
	}
	if err := d.Store.Note(ctx, entry); err != nil {
		return Seat{}, err
	}
	c := &seat.Credential
	*c = Credential{Account: c.Account, Expires: c.Expires, Change: c.Change, Enrolled: c.Enrolled,
		Conduct: c.Conduct, ResetBy: c.ResetBy, ResetAt: c.ResetAt}
	return seat, nil
}

// May decides about an account for a page that shows a form before its verb is
// called; MayAll about a list, or an account that is not there yet. A refusal
// leaves an entry.
func (d *Desk) May(ctx context.Context, w access.Who, a access.Action, id ids.Account) error {
	_, _, err := d.holder(ctx, w, a, id, d.now())
	return err
}

// MayAll is May without a record.
func (d *Desk) MayAll(ctx context.Context, w access.Who, a access.Action) error {
	now, o := d.now(), access.Object{Kind: access.Accounts}
	if _, err := d.Policy.Decide(w, a, o, access.ForOperation, now); err != nil {
		return d.refused(ctx, w, a, o, err, now)
	}
	return nil
}

// Accounts lists the accounts that the reader may know, by name.
func (d *Desk) Accounts(ctx context.Context, w access.Who, after Cursor, limit int) ([]Account, error) {
	now := d.now()
	o := access.Object{Kind: access.Accounts}
	g, err := d.Policy.Decide(w, access.AccountList, o, access.ForOperation, now)
	if err != nil {
		return nil, d.refused(ctx, w, access.AccountList, o, err, now)
	}
	return d.Store.Accounts(ctx, g.Scope(), after, limit)
}

// Org reads one organisation. Its name is known to all who sign in.
func (d *Desk) Org(ctx context.Context, id ids.Org) (Org, error) { return d.Store.Org(ctx, id) }

// Orgs lists the open organisations by name.
func (d *Desk) Orgs(ctx context.Context, after Cursor, limit int) ([]Org, error) {
	return d.Store.Orgs(ctx, after, limit)
}

// Reach gives where somebody is alerted, to the program that sends content-free
// messages and to nobody else.
func (d *Desk) Reach(ctx context.Context, id ids.Account) ([]Contact, error) {
	now := d.now()
	o := access.Object{Kind: access.System, Subject: id.UUID}
	g, err := d.Policy.Decide(access.Itself(), access.SystemAlert, o, access.ForOperation, now)
	if err != nil {
		return nil, err
	}
	channels, err := d.Store.Channels(ctx, id, audit.Of(g, now))
	if err != nil {
		return nil, err
	}
	return open(channels, g)
}

// Founded says whether there is any account: before, only setup works.
func (d *Desk) Founded(ctx context.Context) (bool, error) { return d.Store.Anybody(ctx) }

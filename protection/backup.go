package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// Backup is a call of somebody who works here: I need somebody beside me. It
// says who and when, and no word of why: a telephone may be read by others.
type Backup struct {
	ID         ids.Backup
	Version    int
	Org        ids.Org
	By         ids.Account
	At         time.Time
	AnsweredBy ids.Account // who goes
	AnsweredAt time.Time
}

// Open says whether nobody goes yet.
func (b Backup) Open() bool { return b.AnsweredBy.IsZero() }

// Call asks for somebody, in one tap.
type Call struct{ ID ids.Backup }

// callAgain is how long an open call stands for every further tap [J].
const callAgain = 10 * time.Minute

// Call rings at once the supervisors of the caller's organisation and whoever of
// it is on call for the place of the caller's post, and says how many. While an
// open call is minutes old, tapping again is the same call.
func (d *Desk) Call(ctx context.Context, w access.Who, c Call) (int, error) {
	g, err := d.mayAll(ctx, w, access.BackupCall, access.Object{Kind: access.BackupKind, Owner: w.Post.Org}, access.ForSupervision)
	if err != nil {
		return 0, err
	}
	now := d.Now()
	to, err := d.helpers(ctx, w, now)
	if err != nil {
		return 0, err
	}
	last, err := d.Store.LastBackup(ctx, w.Account)
	if err != nil {
		return 0, err
	}
	if last.Open() && !last.ID.IsZero() && now.Sub(last.At) < callAgain {
		return len(to), nil
	}
	one := Backup{ID: c.ID, Org: w.Post.Org, By: w.Account, At: now}
	change := Change{Backups: []Backup{one}}
	for _, account := range to {
		change.Alerts = append(change.Alerts, d.tell(account, "alert.red", one.ID.UUID)...)
	}
	return len(to), d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.BackupKind, one.ID.UUID), change)
}

// helpers are who is called: who leads, and who is on call, each once and never
// the caller.
func (d *Desk) helpers(ctx context.Context, w access.Who, now time.Time) ([]ids.Account, error) {
	to, err := d.Store.Leads(ctx, w.Post.Org, now)
	if err != nil {
		return nil, err
	}
	duties, err := d.Store.OnCall(ctx, d.Rules.province(place.Given{Code: place.Code(w.Post.Place)}), now)
	if err != nil {
		return nil, err
	}
	for _, one := range duties {
		if one.Org == w.Post.Org && !slices.Contains(to, one.Account) {
			to = append(to, one.Account)
		}
	}
	return slices.DeleteFunc(to, func(a ids.Account) bool { return a == w.Account }), nil
}

// Come says "I am on it": what still rings falls silent.
type Come struct {
	Backup  ids.Backup
	Version int
}

// Come keeps who goes. Saying it again is the same act; the second who says it is
// told that somebody goes already.
func (d *Desk) Come(ctx context.Context, w access.Who, c Come) error {
	g, err := d.may(ctx, w, access.BackupAnswer, access.BackupKind, c.Backup.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	one, err := d.Store.BackupCall(ctx, g, c.Backup)
	if err != nil {
		return err
	}
	if one.AnsweredBy == w.Account {
		return nil
	}
	if one, err = one.come(w.Account, d.Now()); err != nil {
		return err
	}
	one.Version = c.Version
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Backups: []Backup{one}, Hush: []ids.UUID{one.ID.UUID},
		Alerts: d.tell(one.By, "alert.answer", one.ID.UUID)})
}

func (b Backup) come(by ids.Account, at time.Time) (Backup, error) {
	if !b.Open() || b.By == by {
		return b, notNow()
	}
	b.AnsweredBy, b.AnsweredAt = by, at
	return b, nil
}

// Backups lists the calls the reader may know of, the newest first.
func (d *Desk) Backups(ctx context.Context, w access.Who) ([]Backup, error) {
	g, err := d.mayAll(ctx, w, access.BackupList, access.Object{Kind: access.BackupKind}, access.ForSupervision)
	if err != nil {
		return nil, err
	}
	return d.Store.Backups(ctx, g)
}

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Cover says who stands in for somebody who is away. While it lasts the one who
// covers is on the team of every case, conversation and request of the other,
// inside their organisation, and hears what the other would hear; when it is
// over nothing is left to give back.
type Cover struct {
	ID      ids.Cover
	Version int
	Org     ids.Org
	Away    ids.Account
	Cover   ids.Account
	From    time.Time
	Until   time.Time
	By      ids.Account
}

// Runs says whether it holds at a moment.
func (c Cover) Runs(at time.Time) bool { return !at.Before(c.From) && at.Before(c.Until) }

// mostCover is how long somebody may be covered for [J]: who is away for longer
// hands on.
const mostCover = 92 * 24 * time.Hour

// KeepCover says who stands in for whom, or changes it; ending it early is
// changing when it ends.
type KeepCover struct{ Cover Cover }

// Check finds what the person can correct.
func (c KeepCover) Check() error {
	x := c.Cover
	var errs []error
	if x.Away.IsZero() {
		errs = append(errs, fault.Field("away", "fault.choice.missing"))
	}
	switch {
	case x.Cover.IsZero():
		errs = append(errs, fault.Field("cover", "fault.choice.missing"))
	case x.Cover == x.Away:
		errs = append(errs, fault.Field("cover", "fault.cover.self"))
	}
	switch {
	case x.From.IsZero() || !x.Until.After(x.From):
		errs = append(errs, fault.Field("until", "fault.duty.order"))
	case x.Until.Sub(x.From) > mostCover:
		errs = append(errs, fault.Field("until", "fault.cover.long"))
	}
	return fault.Join(errs...)
}

// KeepCover keeps it. Whoever covers is told.
func (d *Desk) KeepCover(ctx context.Context, w access.Who, c KeepCover) error {
	x := c.Cover
	o := access.Object{Kind: access.CoverKind, ID: x.ID.UUID, Owner: x.Org}
	if x.Version != 0 {
		if _, err := d.may(ctx, w, access.CoverKeep, access.CoverKind, x.ID.UUID, access.ForSupervision); err != nil {
			return err
		}
	}
	g, err := d.mayAll(ctx, w, access.CoverKeep, o, access.ForSupervision)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	x.By = w.Account
	change := Change{Covers: []Cover{x}, Alerts: d.tell(x.Cover, "alert.assigned", x.ID.UUID)}
	entry := audit.Of(g, d.Now()).About(access.CoverKind, x.ID.UUID).About(access.Accounts, x.Away.UUID).About(access.Accounts, x.Cover.UUID)
	return d.Store.SaveProtection(ctx, entry, change)
}

// Covers lists who is away now and later in the reader's organisation, and who
// stands in.
func (d *Desk) Covers(ctx context.Context, w access.Who) ([]Cover, error) {
	g, err := d.mayAll(ctx, w, access.CoverKeep, access.Object{Kind: access.CoverKind, Owner: w.Post.Org}, access.ForSupervision)
	if err != nil {
		return nil, err
	}
	return d.Store.Covers(ctx, g, w.Post.Org, d.Now())
}

// Covered lists the cases of those the reader stands in for now.
func (d *Desk) Covered(ctx context.Context, w access.Who) ([]CaseLine, error) {
	g, err := d.mayAll(ctx, w, access.CaseList, access.Object{Kind: access.CaseKind}, access.ForProtection)
	if err != nil {
		return nil, err
	}
	return d.Store.Covered(ctx, g, d.Now())
}

package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// NoteDay says whether she came on a day, by the house that has her.
type NoteDay struct {
	ID       ids.Progress
	Referral ids.Referral
	Day      date.Day
	Came     string // code list "attendance"
}

// Check finds what the person can correct.
func (c NoteDay) Check(r *Rules, of Referral, today date.Day) error {
	last := today
	if of.State != Arrived && !of.OverAt.IsZero() {
		last = r.Day(of.OverAt)
	}
	return fault.Join(r.need("came", "attendance", c.Came), within("day", c.Day, r.Day(of.ArrivedAt), last))
}

// NoteDay keeps it. A later word about the same day stands beside the first, and counts.
func (d *Desk) NoteDay(ctx context.Context, w access.Who, c NoteDay) error {
	g, err := d.may(ctx, w, access.ReferralAttend, access.ReferralKind, c.Referral.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	r, err := d.Store.Referral(ctx, g, c.Referral)
	if err != nil {
		return err
	}
	if !r.State.Received() || r.State == Concluded {
		return notNow()
	}
	now := d.Now()
	if err := c.Check(d.Rules, r, d.Rules.Day(now)); err != nil {
		return err
	}
	p := Progress{ID: c.ID, Kind: OfDay, Day: c.Day, Codes: []string{c.Came}}.of(r, w, now)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("came", c.Came), Change{Progress: []Progress{p}})
}

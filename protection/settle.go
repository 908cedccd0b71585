package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Settle gives her a bed in the shelter where she arrived, from a day on.
type Settle struct {
	ID       ids.Stay
	Referral ids.Referral
	Bed      Bed
	From     date.Day
}

// Check finds what the person can correct; arrived is the day she came.
func (c Settle) Check(r *Rules, of Lodger, arrived, today date.Day) error {
	errs := []error{c.Bed.Check(r, of)}
	switch {
	case c.From.IsZero():
		errs = append(errs, fault.Field("from", "fault.date.missing"))
	case c.From.After(today):
		errs = append(errs, fault.Field("from", "fault.date.future"))
	case c.From.Before(arrived):
		errs = append(errs, fault.FieldArgs("from", "fault.stay.before", map[string]any{"Day": arrived}))
	}
	return fault.Join(errs...)
}

// Lodger reads what the form of a stay stands on, for who may give her a bed.
func (d *Desk) Lodger(ctx context.Context, w access.Who, id ids.Referral) (Lodger, error) {
	g, err := d.may(ctx, w, access.StayOpen, access.ReferralKind, id.UUID, access.ForReferral)
	if err != nil {
		return Lodger{}, err
	}
	on, err := d.Store.Referral(ctx, g, id)
	if err != nil {
		return Lodger{}, err
	}
	return d.Store.Lodger(ctx, g, on.Case)
}

// Sheltered says whether a request is one on which somebody may be given a bed.
func (l ReferralLine) Sheltered() bool { return l.State == Arrived && group(l.Need) == "SAFE" }

// Sheltered is the same of the whole request.
func (r Referral) Sheltered() bool { return r.State == Arrived && group(r.Need) == "SAFE" }

// IsShelter says whether somebody may live in a service.
func (s Service) IsShelter() bool { return group(s.Need) == "SAFE" }

// Settle keeps it. The store counts the places once more in the same act, so that
// two workers cannot give the last one twice. Doing it again is the same act.
func (d *Desk) Settle(ctx context.Context, w access.Who, c Settle) error {
	g, err := d.may(ctx, w, access.StayOpen, access.ReferralKind, c.Referral.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	on, err := d.Store.Referral(ctx, g, c.Referral)
	if err != nil {
		return err
	}
	of, err := d.Store.Lodger(ctx, g, on.Case)
	if err != nil {
		return err
	}
	if of.Stay == c.ID && !c.ID.IsZero() {
		return nil
	}
	now := d.Now()
	s, err := of.settle(c.ID, on, c.Bed, c.From, w.Account, now)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules, of, d.Rules.Day(on.ArrivedAt), d.Rules.Day(now)); err != nil {
		return err
	}
	change := Change{Stays: []Stay{s}} // no line of the timeline: more people read that than may know where she lives
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.StayKind, s.ID.UUID).With("unit", string(s.Unit)), change)
}

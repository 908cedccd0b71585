package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// KeepBusiness notes a grant for a business of her own.
type KeepBusiness struct {
	ID      ids.Business
	Case    ids.Case
	Kind    string
	From    date.Day
	Cost    Money
	Funders []string
}

// Check finds what the person can correct.
func (c KeepBusiness) Check(r *Rules, opened, today date.Day) error {
	errs := []error{r.need("kind", "business_kind", c.Kind), r.codes("funders", "funder", c.Funders), c.Cost.Check(r), within("from", c.From, opened, today)}
	if len(c.Funders) == 0 {
		errs = append(errs, fault.Field("funders", "fault.choice.missing"))
	}
	return fault.Join(errs...)
}

// KeepBusiness keeps it. Keeping it again is the same act.
func (d *Desk) KeepBusiness(ctx context.Context, w access.Who, c KeepBusiness) error {
	g, err := d.may(ctx, w, access.EpisodeKeep, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := one.plannable(); err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(one.Opened), d.Rules.Day(now)); err != nil {
		return err
	}
	b := Business{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Kind: c.Kind, From: c.From, Cost: c.Cost, Funders: c.Funders}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("kind", c.Kind), Change{Businesses: []Business{b}, Events: []Event{d.event(g, one.ID, "business", c.Kind)}})
}

// stopped ends what runs of hers on the day she said so.
func (d *Desk) stopped(ctx context.Context, g access.Grant, change *Change, id ids.Case, c KeepVisit) error {
	all, err := d.Store.Businesses(ctx, g, id)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.Until.IsZero() && !b.From.After(c.Day) {
			b.Until, b.End = c.Day, c.BusinessEnd
			change.Businesses = append(change.Businesses, b)
			change.Events = append(change.Events, d.event(g, id, "business_ended", b.Kind))
		}
	}
	return nil
}

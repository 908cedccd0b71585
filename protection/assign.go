package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Assign gives a case to a screener, a case manager, or both. A zero account leaves the seat as it is.
type Assign struct {
	Case     ids.Case
	Version  int
	Screener ids.Account
	Manager  ids.Account
}

// Check finds what the person can correct.
func (c Assign) Check() error {
	if c.Screener.IsZero() && c.Manager.IsZero() {
		return fault.Field("screener", "fault.choice.missing")
	}
	return nil
}

// Seats reads a case for who may seat somebody: that takes no right to the rest
// of it, and opens nothing sealed.
func (d *Desk) Seats(ctx context.Context, w access.Who, id ids.Case) (Case, error) {
	g, err := d.may(ctx, w, access.CaseAssign, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return Case{}, err
	}
	one, err := d.Store.Case(ctx, g, id)
	return Case{ID: one.ID, Version: one.Version, Code: one.Code, Owner: one.Owner, State: one.State, Level: one.Level,
		HealthFrom: one.HealthFrom, Child: one.Child, Screener: one.Screener, Manager: one.Manager}, err
}

// Assign seats somebody. Whoever is barred from the record cannot be seated.
func (d *Desk) Assign(ctx context.Context, w access.Who, c Assign) error {
	g, err := d.may(ctx, w, access.CaseAssign, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	before := one
	one.Version = c.Version
	if one, err = one.assign(c); err != nil {
		return err
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "assigned", "")}}
	change.Alerts = append(d.tell(c.Screener, "alert.assigned", one.ID.UUID), d.tell(c.Manager, "alert.assigned", one.ID.UUID)...)
	change.clocks(d.Rules, before, one, d.Now())
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), change)
}

func (c Case) assign(to Assign) (Case, error) {
	switch {
	case c.State.Over():
		return c, notNow()
	case barredAccount(c.Conflicts, to.Screener):
		return c, fault.Field("screener", "fault.conflict")
	case barredAccount(c.Conflicts, to.Manager):
		return c, fault.Field("manager", "fault.conflict")
	}
	if !to.Screener.IsZero() {
		c.Screener = to.Screener
	}
	if !to.Manager.IsZero() {
		c.Manager = to.Manager
	}
	return c, nil
}

package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Depart says that she lives there no more.
type Depart struct {
	Stay    ids.Stay
	Version int
	On      date.Day
	Reason  string // code list "stay_left"
}

// Check finds what the person can correct.
func (c Depart) Check(r *Rules, s Stay, today date.Day) error {
	return fault.Join(r.need("reason", "stay_left", c.Reason), within("on", c.On, s.From, today))
}

// Depart keeps it, of a closed case too: a bed is free when it is free. Saying it
// again is the same act.
func (d *Desk) Depart(ctx context.Context, w access.Who, c Depart) error {
	g, err := d.may(ctx, w, access.StayEnd, access.StayKind, c.Stay.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	s, err := d.Store.Stay(ctx, g, c.Stay)
	if err != nil {
		return err
	}
	if s.State == StayLeft && s.Version > c.Version && s.End == c.Reason && s.Until == c.On {
		return nil
	}
	of, err := d.Store.Lodger(ctx, g, s.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, s, d.Rules.Day(now)); err != nil {
		return err
	}
	s.Version = c.Version
	if s, err = s.end(StayLeft, c.Reason, c.On, w.Account, now); err != nil {
		return err
	}
	change := Change{Stays: []Stay{s}, Alerts: d.toldOf(w, of, s)}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("reason", c.Reason), change)
}

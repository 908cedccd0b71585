package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Shift moves her to another room, or to another shelter where she arrived.
type Shift struct {
	Stay     ids.Stay
	Version  int
	ID       ids.Stay     // of the line that follows
	Referral ids.Referral // to another shelter; zero: the same
	Bed      Bed
	On       date.Day
	Reason   string // code list "stay_moved"
}

// Check finds what the person can correct.
func (c Shift) Check(r *Rules, s Stay, of Lodger, least, today date.Day) error {
	errs := []error{c.Bed.Check(r, of), r.need("reason", "stay_moved", c.Reason), within("on", c.On, least, today)}
	if c.Referral.IsZero() && c.Bed == (Bed{s.Unit, s.With, s.Why}) && s.Child == of.Child {
		errs = append(errs, fault.Field("unit", "fault.stay.same"))
	}
	return fault.Join(errs...)
}

// Shift keeps it: the line ends and another begins, in one act. Between shelters it
// is the team of the case that moves her; a shelter moves her inside its own house.
func (d *Desk) Shift(ctx context.Context, w access.Who, c Shift) error {
	g, err := d.may(ctx, w, access.StayMove, access.StayKind, c.Stay.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	s, err := d.Store.Stay(ctx, g, c.Stay)
	if err != nil {
		return err
	}
	of, err := d.Store.Lodger(ctx, g, s.Case)
	if err != nil {
		return err
	}
	if s.State == StayMoved && of.Stay == c.ID && !c.ID.IsZero() {
		return nil
	}
	to := Referral{ID: s.Referral, Case: s.Case, Service: s.Service, To: s.Provider, Need: "SAFE", State: Arrived}
	now, least := d.Now(), s.From
	if !c.Referral.IsZero() && c.Referral != s.Referral {
		if to, err = d.elsewhereFor(ctx, w, s, c.Referral); err != nil {
			return err
		}
		if day := d.Rules.Day(to.ArrivedAt); day.After(least) {
			least = day
		}
	}
	if err := c.Check(d.Rules, s, of, least, d.Rules.Day(now)); err != nil {
		return err
	}
	s.Version = c.Version
	if s, err = s.end(StayMoved, c.Reason, c.On, w.Account, now); err != nil {
		return err
	}
	of.Stay = ids.Stay{}
	next, err := of.settle(c.ID, to, c.Bed, c.On, w.Account, now)
	if err != nil {
		return err
	}
	change := Change{Stays: []Stay{s, next}, Alerts: d.toldOf(w, of, s)}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.StayKind, next.ID.UUID).With("reason", c.Reason), change)
}

// elsewhereFor is the request to another shelter, which only the house of the case reads.
func (d *Desk) elsewhereFor(ctx context.Context, w access.Who, s Stay, id ids.Referral) (Referral, error) {
	if w.Post.Org != s.Owner {
		return Referral{}, fault.New(fault.NotFound, access.NotFoundKey)
	}
	g, err := d.may(ctx, w, access.StayOpen, access.ReferralKind, id.UUID, access.ForReferral)
	if err != nil {
		return Referral{}, err
	}
	return d.Store.Referral(ctx, g, id)
}

// toldOf tells who follows her what the shelter said of her bed.
func (d *Desk) toldOf(w access.Who, of Lodger, s Stay) []Alert {
	if w.Post.Org == s.Owner || of.Manager == w.Account {
		return nil
	}
	return d.tell(of.Manager, "alert.answer", s.ID.UUID)
}

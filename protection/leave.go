package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Leave says that the person goes her own way. An adult who leaves freely is
// an outcome, not a failure: she was told of services, the door stays open,
// there is no penalty (A14). Nobody else can say it for her.
type Leave struct {
	Case    ids.Case
	Version int
	Reason  string // code list "client_decline"
	Told    bool   // told of services and how to come back
}

// Check finds what the person can correct.
func (c Leave) Check(r *Rules) error {
	errs := []error{r.need("reason", "client_decline", c.Reason)}
	if !c.Told {
		errs = append(errs, fault.Field("told", "fault.leave.told"))
	}
	return fault.Join(errs...)
}

// Leave keeps her decision: nobody goes on waiting for her, and no packet of
// hers stays behind. Saying it again is the same act. A child does not leave by this verb.
func (d *Desk) Leave(ctx context.Context, w access.Who, c Leave) error {
	g, err := d.may(ctx, w, access.CaseEdit, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if one.State == Declined && one.Reason == c.Reason && one.Version > c.Version {
		return nil
	}
	one.Version = c.Version
	if one, err = one.leave(c, d.Now()); err != nil {
		return err
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "left", c.Reason)}}
	if err := d.callOff(ctx, g, &change, one.ID, "CLIENT_REFUSED", d.Now(), func(Referral) bool { return true }); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).With("reason", c.Reason), change)
}

func (c Case) leave(l Leave, at time.Time) (Case, error) {
	if err := c.still(); err != nil {
		return c, err
	}
	if c.Child {
		return c, fault.Field("reason", "fault.leave.child")
	}
	if c.State.Over() {
		return c, notNow()
	}
	c.State, c.Since, c.Reason = Declined, at, l.Reason
	return c, nil
}

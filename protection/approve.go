package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Approve is the second person's yes to a plan; Return sends it back with words.
// Whatever stands in it goes on meanwhile.
type Approve struct {
	Plan    ids.Plan
	Version int
	Return  bool
	Words   string
}

// Check finds what the person can correct.
func (c Approve) Check() error {
	if c.Return {
		return fault.Join(needed("words", c.Words), short("words", c.Words, wordsLimit))
	}
	return short("words", c.Words, wordsLimit)
}

// Approve keeps the answer, and tells who wrote the plan. Saying it again is the same act.
func (d *Desk) Approve(ctx context.Context, w access.Who, c Approve) error {
	g, err := d.may(ctx, w, access.PlanApprove, access.PlanKind, c.Plan.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	p, err := d.Store.Plan(ctx, g, c.Plan)
	if err != nil {
		return err
	}
	said := Approved
	if c.Return {
		said = SentBack
	}
	if p.AnsweredBy == w.Account && p.Version > c.Version && p.State == said {
		return nil
	}
	one, err := d.Store.Case(ctx, g, p.Case)
	if err != nil {
		return err
	}
	if one.State.Over() {
		return fault.New(fault.Invalid, "fault.plan.closed")
	}
	now := d.Now()
	p.Version = c.Version
	if p, err = p.approve(c, w.Account, now); err != nil {
		return err
	}
	verb := "plan_approved"
	if c.Return {
		verb = "plan_returned"
	}
	change := Change{Plans: []Plan{p.ahead(d.Rules, one.Since)}, Events: []Event{d.event(g, one.ID, verb, "")}}
	change.Alerts = d.tell(p.By, "alert.answer", one.ID.UUID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

// approve is the pure part.
func (p Plan) approve(c Approve, by ids.Account, at time.Time) (Plan, error) {
	if p.State != AgreedTo {
		return p, notNow()
	}
	if p.By == by { // two persons
		return p, fault.New(fault.Denied, "fault.plan.self")
	}
	p.State, p.AnsweredBy, p.AnsweredAt, p.Remarks = Approved, by, at, vault.Clear(c.Words)
	if c.Return {
		p.State = SentBack
	}
	return p, nil
}

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

// Ratify is the second person's yes; Return sends it back with words.
type Ratify struct {
	Case    ids.Case
	Version int
	Return  bool
	Words   string
}

// Check finds what the person can correct.
func (c Ratify) Check() error {
	if c.Return {
		return fault.Join(needed("words", c.Words), short("words", c.Words, 4000))
	}
	return short("words", c.Words, 4000)
}

// Ratify keeps the supervisor's answer. Services stay open when it is returned.
// Saying it again is the same act.
func (d *Desk) Ratify(ctx context.Context, w access.Who, c Ratify) error {
	action := access.PresumptionRatify
	if c.Return {
		action = access.PresumptionReturn
	}
	g, err := d.may(ctx, w, action, access.CaseKind, c.Case.UUID, access.ForSupervision)
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
	if one.RatifiedBy == w.Account && one.Version > c.Version && (one.Ratification == Returned) == c.Return {
		return nil
	}
	now, from := d.Now(), one.Status
	one.Version = c.Version
	if one, err = one.ratify(c, w.Account, now); err != nil {
		return err
	}
	verb := "ratified"
	if c.Return {
		verb = "returned"
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, verb, "")},
		Identifications: d.identified(one, from, w, now)}
	change.Alerts = d.tell(one.Screener, "alert.answer", one.ID.UUID)
	if one.State == NotTIP { // nobody is sent away without a word (A6)
		told, err := d.Store.Explanations(ctx, g, one.ID)
		if err != nil {
			return err
		}
		if unexplained(told, one.PresumedAt) {
			change.Tasks = []Task{d.Rules.task(one.ID, explainDue, now)}
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

func (c Case) ratify(r Ratify, by ids.Account, at time.Time) (Case, error) {
	if err := c.still(); err != nil {
		return c, err
	}
	if c.Ratification != Waiting || c.State.Over() {
		return c, notNow()
	}
	if c.PresumedBy == by { // A5: two persons
		return c, fault.New(fault.Denied, "fault.ratify.self")
	}
	if !r.Return && c.Verdict == NotIndicated && (c.Status == UnderReview || c.Status == Confirmed) { // decided elsewhere since
		return c, notNow()
	}
	c.RatifiedBy, c.RatifiedAt = by, at
	if r.Return {
		c.Ratification, c.Returning = Returned, vault.Clear(r.Words)
		return c, nil
	}
	c.Ratification = Ratified
	if c.Verdict == NotIndicated { // A6
		c.State, c.Since = NotTIP, at
		if c.Status.May(NotConfirmed) {
			c.Status = NotConfirmed
		}
	}
	return c, nil
}

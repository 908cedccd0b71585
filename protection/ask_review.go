package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// AskReview asks that what was decided against her be looked at again: she, who stands
// beside her, somebody of the house, or another organisation.
type AskReview struct {
	ID      ids.Review
	Case    ids.Case
	Version int    // of the case
	Asker   string // code list "review_asker"
	Why     string // nobody has to give a reason
}

// Check finds what the person can correct.
func (c AskReview) Check(r *Rules) error {
	return fault.Join(r.need("asker", "review_asker", c.Asker), short("why", c.Why, wordsLimit))
}

// AskReview keeps it; from here a person who had no part in the decision answers.
// Asking again is the same act.
func (d *Desk) AskReview(ctx context.Context, w access.Who, c AskReview) error {
	g, err := d.may(ctx, w, access.ReviewAsk, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	all, err := d.Store.Reviews(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x Review) bool { return x.ID == c.ID && x.By == w.Account }) {
		return nil
	}
	if !waitingReview(all).ID.IsZero() {
		return fault.New(fault.Invalid, "fault.review.twice")
	}
	now, from := d.Now(), one.Status
	one.Version = c.Version
	if one, err = one.askReview(); err != nil {
		return err
	}
	x := Review{ID: c.ID, Case: one.ID, Owner: one.Owner, State: ReviewAsked, By: w.Account, At: now, Asker: c.Asker, Why: vault.Clear(c.Why)}
	change := Change{Reviews: []Review{x}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "review_asked", c.Asker)},
		Tasks: []Task{d.Rules.task(one.ID, reviewDue, now)}, Identifications: d.movedBy(one, from, x.ID, w, now)}
	if change.Alerts, err = d.tellLeads(ctx, one.Owner, w.Account, one.ID.UUID); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("asker", c.Asker), change)
}

// askReview is the pure part: what was not confirmed is under review, and the state of
// the case stays.
func (c Case) askReview() (Case, error) {
	if !c.reviewable() {
		return c, notNow()
	}
	if c.Status.May(UnderReview) {
		c.Status = UnderReview
	}
	return c, nil
}

// movedBy is the line of machine B that a review leaves when it moved a status.
func (d *Desk) movedBy(c Case, from Status, review ids.Review, w access.Who, at time.Time) []Identification {
	if c.Status == from {
		return nil
	}
	return []Identification{{ID: ids.New[ids.Decision](), Case: c.ID, From: from, To: c.Status, At: at, By: w.Account,
		Org: w.Post.Org, OrgType: d.orgType(w.Post.Org), Basis: "INTERVIEW", Review: review}}
}

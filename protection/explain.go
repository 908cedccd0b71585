package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Explain notes that she was told what was decided, and that she may ask for a
// review: what a person needs to be able to say no to it (A6).
type Explain struct {
	ID          ids.Explanation
	Case        ids.Case
	Told        bool // what was decided, and why
	Right       bool // that she may ask for a review, and how
	Language    string
	Interpreter string
}

// Check finds what the person can correct. One without the other is not enough, and
// whoever came with her does not say it to her.
func (c Explain) Check(r *Rules) error {
	errs := []error{r.need("language", "language", c.Language), r.need("interpreter", "interpreter", c.Interpreter),
		notThe("interpreter", c.Interpreter, "COMPANION", "fault.screening.companion")}
	if !c.Told {
		errs = append(errs, fault.Field("told", "fault.explain.told"))
	}
	if !c.Right {
		errs = append(errs, fault.Field("right", "fault.explain.right"))
	}
	return fault.Join(errs...)
}

// Explain keeps it and ends its clock. Keeping it again is the same act.
func (d *Desk) Explain(ctx context.Context, w access.Who, c Explain) error {
	g, err := d.may(ctx, w, access.DecisionExplain, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	before, err := d.Store.Explanations(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(x Explanation) bool { return x.ID == c.ID && x.By == w.Account }) {
		return nil
	}
	if !one.explainable() {
		return notNow()
	}
	now := d.Now()
	x := Explanation{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Told: one.told(), Language: c.Language, Interpreter: c.Interpreter}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Explanations: []Explanation{x}, Done: []Done{{one.ID, explainDue}},
		Events: []Event{d.event(g, one.ID, "explained", c.Language)}})
}

// told is what was decided. "Not trafficking" is said as NOT_CONFIRMED also while a
// second person still looks at it.
func (c Case) told() Status {
	if c.State == NotTIP || c.Verdict == NotIndicated && c.Ratification == Waiting {
		return NotConfirmed
	}
	return c.Status
}

// unexplained says whether nobody told her since a moment.
func unexplained(all []Explanation, since time.Time) bool {
	return !slices.ContainsFunc(all, func(x Explanation) bool { return !x.At.Before(since) })
}

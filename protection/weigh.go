package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Weigh keeps how the best interests of a child were weighed.
type Weigh struct {
	ID     ids.Interests
	Case   ids.Case
	About  string
	Heard  Answer
	Views  string
	With   []string
	For    string
	Risks  string
	Result string
}

// Check finds what the person can correct. The child's own view, or why nobody
// could ask her, is never left out (Convention on the Rights of the Child, art. 12 [M]).
func (c Weigh) Check(r *Rules) error {
	errs := []error{r.need("about", "interests_about", c.About), r.codes("with", "interests_with", c.With), needed("views", c.Views), needed("result", c.Result)}
	switch c.Heard {
	case Yes, No:
	case NotAsked:
		errs = append(errs, fault.Field("heard", "fault.choice.missing"))
	default:
		errs = append(errs, fault.Field("heard", "fault.code.unknown"))
	}
	for _, text := range []struct{ field, words string }{{"views", c.Views}, {"for", c.For}, {"risks", c.Risks}, {"result", c.Result}} {
		errs = append(errs, short(text.field, text.words, wordsLimit))
	}
	return fault.Join(errs...)
}

// Weigh keeps it.
func (d *Desk) Weigh(ctx context.Context, w access.Who, c Weigh) error {
	g, err := d.may(ctx, w, access.InterestsWeigh, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	if !one.Child {
		return fault.New(fault.Invalid, "fault.interests.adult")
	}
	if err := one.plannable(); err != nil {
		return err
	}
	now := d.Now()
	x := Interests{ID: c.ID, Case: one.ID, Owner: one.Owner, At: now, By: w.Account, About: c.About, Heard: c.Heard, Views: vault.Clear(c.Views),
		With: c.With, For: vault.Clear(c.For), Risks: vault.Clear(c.Risks), Result: vault.Clear(c.Result)}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.InterestsKind, c.ID.UUID).With("about", c.About),
		Change{Interests: []Interests{x}, Events: []Event{d.event(g, one.ID, "interests_weighed", c.About)}})
}

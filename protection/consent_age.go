package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// WhoConsents gives the band of the rule that holds for this person's age now,
// and whether the rules for children hold. A page shows it before it asks; the
// verb checks the answer against the same band ([AskConsent.Check]).
func (r *Rules) WhoConsents(of Case, now time.Time) (band ConsentAge, child bool, err error) {
	return r.consentBand(of, now)
}

// Unasked says whether nobody has said yet that she is a child or an adult: that
// comes before her first consent, for the rule hangs on it.
func (c Case) Unasked() bool { return c.Age.IsZero() && !c.Child && c.Adult != Yes }

// Fits says whether a yes was given as the rule wants it for who she is now. One
// that was taken under another rule, before she was treated as a child, does
// not: she is asked again.
func (r *Rules) Fits(k Consent, of Case, now time.Time) bool {
	if k.State != Given {
		return true
	}
	c := AskConsent{Purpose: k.Purpose, Mode: k.Mode, GivenBy: k.GivenBy, Guardian: k.Guardian, Involved: No, Assent: k.Assent, CarerAway: k.CarerAway}
	return c.whoSaidYes(r, of, now) == nil
}

// SayAge says whether she is a child, before her first consent.
type SayAge struct {
	Case    ids.Case
	Version int
	Child   Answer   // in doubt she is one (PROCESS.md §2.9.1)
	Age     date.Age // when it is known
}

// Check finds what the person can correct.
func (c SayAge) Check(r *Rules, today date.Day) error {
	errs := []error{answered("child", c.Child), aged("age", c.Age)}
	if c.Child == No && !c.Age.IsZero() && c.Age.MayBeUnder(r.Majority, today) {
		errs = append(errs, fault.Field("child", "fault.age.child"))
	}
	return fault.Join(errs...)
}

// SayAge keeps it, whoever asks for consent. It takes no protection away.
func (d *Desk) SayAge(ctx context.Context, w access.Who, c SayAge) error {
	g, err := d.may(ctx, w, access.ConsentAsk, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if !one.Unasked() {
		return nil // somebody said it already
	}
	before := one
	one.Version, one.Age = c.Version, c.Age
	if one.Child = c.Child != No; !one.Child {
		one.Adult = Yes
	}
	one = one.recount(d.Rules, now)
	change := Change{Cases: []Case{one}, Events: d.aged(g, before, one)}
	change.clocks(d.Rules, before, one, now)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

// aged are the lines of the timeline for what was said of her age.
func (d *Desk) aged(g access.Grant, before, after Case) (all []Event) {
	if before.Age != after.Age {
		all = append(all, d.event(g, after.ID, "aged", before.Age.String()))
	}
	switch {
	case after.Child && !before.Child:
		all = append(all, d.event(g, after.ID, "treated_child", ""))
	case before.Child && !after.Child:
		all = append(all, d.event(g, after.ID, "treated_adult", ""))
	case after.Adult == Yes && before.Adult != Yes:
		all = append(all, d.event(g, after.ID, "said_adult", ""))
	}
	return all
}

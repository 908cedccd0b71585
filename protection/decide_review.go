package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// DecideReview answers a review: what was decided stands, or it is decided anew.
type DecideReview struct {
	Case        ids.Case
	Version     int    // of the review
	CaseVersion int    // of the case
	Outcome     Status // NOT_CONFIRMED: what was decided stands
	Words       string // why, to be said to her
	Formal             // with CONFIRMED: who decided, under which law
}

// Outcomes lists what a review can end with.
func Outcomes() []Status { return []Status{StatusPresumed, Undetermined, Confirmed, NotConfirmed} }

// Check finds what the person can correct. She is owed the reason of a no.
func (c DecideReview) Check(r *Rules, today date.Day) error {
	errs := []error{short("words", c.Words, wordsLimit)}
	switch {
	case c.Outcome == "":
		errs = append(errs, fault.Field("outcome", "fault.choice.missing"))
	case !slices.Contains(Outcomes(), c.Outcome):
		errs = append(errs, fault.Field("outcome", "fault.code.unknown"))
	case c.Outcome == NotConfirmed:
		errs = append(errs, needed("words", c.Words))
	case c.Outcome == Confirmed:
		errs = append(errs, c.Formal.Check(r, today))
	}
	return fault.Join(errs...)
}

// DecideReview keeps the answer. Whoever had a part in what is reviewed, or asked for
// it, does not decide. Deciding again the same is the same act.
func (d *Desk) DecideReview(ctx context.Context, w access.Who, c DecideReview) error {
	g, err := d.may(ctx, w, access.ReviewDecide, access.CaseKind, c.Case.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	x, all, err := d.openReview(ctx, g, c.Case)
	if slices.ContainsFunc(all, func(x Review) bool {
		return x.DecidedBy == w.Account && x.Outcome == c.Outcome && x.Version > c.Version && x.State != ReviewAsked
	}) && x.ID.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	decided, err := d.Store.Identifications(ctx, g, c.Case)
	if err != nil {
		return err
	}
	before := one
	x.Version, one.Version = c.Version, c.CaseVersion
	if x, err = x.decide(c, one, decided, w.Account, now); err != nil {
		return err
	}
	if one, err = one.reviewed(x, now); err != nil {
		return err
	}
	change := Change{Reviews: []Review{x}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "review_decided", string(c.Outcome))},
		Done: []Done{{one.ID, reviewDue}}, Tasks: []Task{d.Rules.task(one.ID, explainDue, now)}}
	change.Identifications = d.movedBy(one, before.Status, x.ID, w, now)
	if c.Outcome == Confirmed && one.Status != before.Status {
		line := c.Formal.decision(one, before.Status, w, now)
		line.Review = x.ID
		change.Identifications = []Identification{line}
	}
	if err := d.opensAgain(ctx, g, &change, before, one, now); err != nil {
		return err
	}
	change.Alerts = append(change.Alerts, d.tellOther(x.By, w, one.ID)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("review", string(x.State)), change)
}

// opensAgain sets the clocks of a case to which somebody comes back.
func (d *Desk) opensAgain(ctx context.Context, g access.Grant, change *Change, before, one Case, now time.Time) error {
	if !before.State.Over() || one.State.Over() {
		return nil
	}
	change.clocks(d.Rules, before, one, now)
	if one.State.Served() {
		change.Tasks = append(change.Tasks, Task{Case: one.ID, Key: reassessDue, From: now, Due: d.Rules.Due(RiskKey(one.Level), now)})
	}
	if one.Child {
		if err := d.unguarded(ctx, g, change, one.ID, now); err != nil {
			return err
		}
	}
	change.Alerts = append(d.tell(one.Screener, "alert.assigned", one.ID.UUID), d.tell(one.Manager, "alert.assigned", one.ID.UUID)...)
	return nil
}

// decide is the pure part of a review: one who had a part in it answers nothing.
func (x Review) decide(c DecideReview, of Case, decided []Identification, by ids.Account, at time.Time) (Review, error) {
	if x.State != ReviewAsked {
		return x, notNow()
	}
	last := slices.ContainsFunc(decided, func(i Identification) bool { return i.To == NotConfirmed && i.By == by })
	if x.By == by || of.PresumedBy == by || of.RatifiedBy == by || last {
		return x, fault.New(fault.Denied, "fault.review.self")
	}
	x.State, x.Outcome, x.DecidedBy, x.DecidedAt, x.Words = Overturned, c.Outcome, by, at, vault.Clear(c.Words)
	if c.Outcome == NotConfirmed {
		x.State = Upheld
	}
	return x, nil
}

// reviewed is the pure part of a case. Who was sent away comes back to where services
// are open, presumed by who asked and by who decided (A5); or to be heard again, where
// not enough is known. Who was not sent away stays where she is.
func (c Case) reviewed(x Review, at time.Time) (Case, error) {
	if c.State == Joined || c.State == Erased || c.State != NotTIP && c.Status != UnderReview {
		return c, notNow()
	}
	if c.Status.May(x.Outcome) {
		c.Status = x.Outcome
	}
	if c.State != NotTIP && c.State != InTriage && c.State != InScreening || x.Outcome == NotConfirmed {
		return c, nil
	}
	c.Since, c.Reason = at, ""
	if x.Outcome == Undetermined {
		c.State, c.Verdict, c.Ratification = InScreening, NoVerdict, NoRatification
		c.PresumedBy, c.PresumedAt, c.RatifyBy = ids.Account{}, time.Time{}, time.Time{}
		c.RatifiedBy, c.RatifiedAt = ids.Account{}, time.Time{}
		return c, nil
	}
	c.State, c.Verdict, c.Ratification = Presumed, Presume, Ratified
	c.PresumedBy, c.PresumedAt, c.RatifyBy = x.By, x.At, at
	c.RatifiedBy, c.RatifiedAt = x.DecidedBy, at
	return c, nil
}

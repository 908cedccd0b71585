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

// Judge ends a screening with a human decision. The suggestion is kept beside
// it, apart; departing from it needs a reason (PROCESS.md §3.6).
type Judge struct {
	Screening   ids.Screening
	Version     int
	CaseVersion int
	Verdict     Verdict
	Reason      string // code list "not_tip_reason" or "override_reason"
	Words       string
	Child       bool   // treated as a child from here on
	Seen        string // mark of the suggestion that was on the screen ([Suggestion.Mark]); "" where none is shown
}

// Check finds what the person can correct, given what the rule suggested.
func (c Judge) Check(r *Rules, s Suggestion) error {
	errs := []error{short("words", c.Words, 4000)}
	switch c.Verdict {
	case Presume:
		if !s.Presume && !s.Silent {
			errs = append(errs, chosen("reason", c.Reason))
		}
		errs = append(errs, r.code("reason", "override_reason", c.Reason))
	case NotIndicated:
		errs = append(errs, r.need("reason", "not_tip_reason", c.Reason))
		if s.Presume {
			errs = append(errs, needed("words", c.Words))
		}
	case Insufficient:
	default:
		errs = append(errs, fault.Field("verdict", "fault.choice.missing"))
	}
	return fault.Join(errs...)
}

// Judge keeps the decision. A presumption is provisional and opens services at
// once; a supervisor ratifies or returns it within 24 h (A5). "Not indicated"
// waits for the same second pair of eyes before the case moves (A6).
func (d *Desk) Judge(ctx context.Context, w access.Who, c Judge) error {
	g, s, err := d.screening(ctx, w, access.ScreeningDecide, c.Screening)
	if err != nil {
		return err
	}
	if s.State == ScreeningDecided && s.DecidedBy == w.Account && s.Version > c.Version {
		return nil
	}
	gc, err := d.may(ctx, w, access.PresumptionPresume, access.CaseKind, s.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, gc, s.Case)
	if err != nil {
		return err
	}
	before := one
	one.Child = one.Child || c.Child
	s.Suggestion = d.Rules.Suggest(s, one.Child)
	if c.Seen != "" && c.Seen != s.Suggestion.Mark() { // nobody answers to what was not seen
		return fault.Field("verdict", "fault.suggestion.changed")
	}
	if err := c.Check(d.Rules, s.Suggestion); err != nil {
		return err
	}
	now := d.Now()
	s.Version, one.Version = c.Version, c.CaseVersion
	if s, err = s.judge(c, w.Account, now); err != nil {
		return err
	}
	from := one.Status
	if one, err = one.judged(c, w.Account, now, d.Rules.Due("presumption.ratify", now)); err != nil {
		return err
	}
	change := Change{Screenings: []Screening{s}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "judged", string(c.Verdict))},
		Identifications: d.identified(one, from, w, now)}
	change.clocks(d.Rules, before, one, now)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("verdict", string(c.Verdict)), change)
}

func (s Screening) judge(c Judge, by ids.Account, at time.Time) (Screening, error) {
	if s.State != ScreeningOpen {
		return s, notNow()
	}
	s.State, s.Ended = ScreeningDecided, at
	if c.Verdict == Insufficient { // it needs no reason
		c.Reason = ""
	}
	s.Verdict, s.Reason, s.Words = c.Verdict, c.Reason, vault.Clear(c.Words)
	s.DecidedBy, s.DecidedAt = by, at
	return s, nil
}

// judged moves the case by a verdict. What two persons presumed, or an authority
// confirmed, one more conversation does not undo; "not enough is known" moves nothing,
// and a status under review waits for who decides the review.
func (c Case) judged(j Judge, by ids.Account, at, ratify time.Time) (Case, error) {
	if err := c.still(); err != nil {
		return c, err
	}
	switch {
	case c.State.Over():
		return c, notNow()
	case j.Verdict == Insufficient, c.State.Served() && (c.Ratification == Ratified || c.Status == Confirmed):
		return c, nil
	case j.Verdict == Presume:
		if !c.State.Served() {
			c.State, c.Since = Presumed, at
		}
		if c.Status != UnderReview && c.Status.May(StatusPresumed) {
			c.Status = StatusPresumed
		}
		c.Reason = ""
	default:
		c.Reason = j.Reason
	}
	c.Verdict, c.Ratification, c.PresumedBy, c.PresumedAt, c.RatifyBy = j.Verdict, Waiting, by, at, ratify
	c.RatifiedBy, c.RatifiedAt = ids.Account{}, time.Time{}
	return c, nil
}

// identified is the decision on record when a status changed (machine B).
func (d *Desk) identified(c Case, from Status, w access.Who, at time.Time) []Identification {
	if c.Status == from {
		return nil
	}
	return []Identification{{ID: ids.New[ids.Decision](), Case: c.ID, From: from, To: c.Status, At: at, By: w.Account,
		Org: w.Post.Org, OrgType: d.orgType(w.Post.Org), Basis: "SCREENING_TOOL"}}
}

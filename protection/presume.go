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
	Child       bool // treated as a child from here on
}

// Check finds what the person can correct, given what the rule suggested.
func (c Judge) Check(r *Rules, s Suggestion) error {
	errs := []error{short("words", c.Words, 4000)}
	switch c.Verdict {
	case Presume:
		if !s.Presume && !s.Silent {
			errs = append(errs, r.need("reason", "override_reason", c.Reason))
		}
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
	one.Child = one.Child || c.Child
	s.Suggestion = d.Rules.Suggest(s, one.Child)
	if err := c.Check(d.Rules, s.Suggestion); err != nil {
		return err
	}
	now := d.Now()
	s.Version, one.Version = c.Version, c.CaseVersion
	if s, err = s.judge(c, w.Account, now); err != nil {
		return err
	}
	change := Change{Screenings: []Screening{s}}
	if one, err = one.judged(c.Verdict, w.Account, now, d.Rules.Due("presumption.ratify", now)); err != nil {
		return err
	}
	change.Cases = []Case{one}
	change.Events = []Event{d.event(g, one.ID, "judged", string(c.Verdict))}
	if c.Verdict == Presume && !gc.Who().Account.IsZero() {
		change.Identifications = []Identification{{ID: ids.New[ids.Decision](), Case: one.ID, From: Potential, To: StatusPresumed,
			At: now, By: w.Account, Org: w.Post.Org, OrgType: d.orgType(w.Post.Org), Basis: "SCREENING_TOOL"}}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("verdict", string(c.Verdict)), change)
}

func (s Screening) judge(c Judge, by ids.Account, at time.Time) (Screening, error) {
	if s.State != ScreeningOpen {
		return s, notNow()
	}
	s.State, s.Ended = ScreeningDecided, at
	s.Verdict, s.Reason, s.Words = c.Verdict, c.Reason, vault.Clear(c.Words)
	s.DecidedBy, s.DecidedAt = by, at
	return s, nil
}

func (c Case) judged(v Verdict, by ids.Account, at, ratify time.Time) (Case, error) {
	if c.State != InTriage && c.State != InScreening && c.State != Presumed {
		return c, notNow()
	}
	switch v {
	case Presume:
		if c.State != Presumed {
			c.State, c.Since = Presumed, at
		}
		if c.Status.May(StatusPresumed) {
			c.Status = StatusPresumed
		}
	case Insufficient:
		return c, nil
	}
	c.Ratification, c.PresumedBy, c.PresumedAt, c.RatifyBy = Waiting, by, at, ratify
	c.RatifiedBy, c.RatifiedAt = ids.Account{}, time.Time{}
	return c, nil
}

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

// Ratify keeps the supervisor's answer. Services stay open either way.
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
	one.Version = c.Version
	now := d.Now()
	if one, err = one.ratify(c, w.Account, now); err != nil {
		return err
	}
	verb := "ratified"
	if c.Return {
		verb = "returned"
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, verb, "")}}
	change.Alerts = d.tell(one.Screener, "alert.answer", one.ID.UUID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

func (c Case) ratify(r Ratify, by ids.Account, at time.Time) (Case, error) {
	if c.Ratification != Waiting {
		return c, notNow()
	}
	if c.PresumedBy == by { // A5: two persons
		return c, fault.New(fault.Denied, "fault.ratify.self")
	}
	c.RatifiedBy, c.RatifiedAt = by, at
	if r.Return {
		c.Ratification, c.Returning = Returned, vault.Clear(r.Words)
		return c, nil
	}
	c.Ratification = Ratified
	if c.State != Presumed { // the verdict was "not indicated": A6
		c.State, c.Since = NotTIP, at
		if c.Status.May(NotConfirmed) {
			c.Status = NotConfirmed
		}
	}
	return c, nil
}

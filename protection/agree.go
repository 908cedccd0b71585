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

// Agree notes that she agreed to the plan as it stands (PROCESS.md §2.3 A8), the
// first time and at each review. Of a child the guardian agrees with her, as the
// country's rule for her age says (§2.5).
type Agree struct {
	Case        ids.Case
	Plan        ids.Plan
	Version     int
	Day         date.Day
	Mode        string
	Language    string
	Interpreter string
	GivenBy     string
	Guardian    ids.Guardian // who agrees with a child
	Involved    Answer       // had that person a part in what happened?
	Assent      Answer
	CarerAway   string

	Settling bool  // it covers how she settles anew: the part of reintegration
	Budget   Money // what that may cost
	Funders  []string
}

// carer is who agrees with her.
func (c Agree) carer() Carer { return Carer{c.GivenBy, c.Guardian, c.Involved, c.CarerAway} }

// Check finds what the person can correct, by the age of the person concerned.
func (c Agree) Check(r *Rules, of Case, p Plan, now time.Time) error {
	errs := []error{r.need("mode", "consent_mode", c.Mode), r.need("given_by", "consent_given_by", c.GivenBy), r.need("language", "language", c.Language),
		r.code("interpreter", "interpreter", c.Interpreter), notThe("interpreter", c.Interpreter, "COMPANION", "fault.screening.companion"),
		r.code("carer_away", "carer_away", c.CarerAway), asked("assent", c.Assent)}
	switch {
	case c.Day.IsZero():
		errs = append(errs, fault.Field("day", "fault.date.missing"))
	case c.Day.After(r.Day(now)):
		errs = append(errs, fault.Field("day", "fault.date.future"))
	case c.Day.Before(r.Day(p.At)):
		errs = append(errs, fault.Field("day", "fault.plan.before"))
	}
	if c.Settling {
		errs = append(errs, c.Budget.Check(r), r.codes("funders", "funder", c.Funders))
		if c.Budget.IsZero() || c.Budget.Units == 0 {
			errs = append(errs, fault.Field("cost", "fault.plan.budget"))
		}
		if len(c.Funders) == 0 {
			errs = append(errs, fault.Field("funders", "fault.choice.missing"))
		}
	}
	if c.GivenBy != "" {
		said := AskConsent{Mode: c.Mode, GivenBy: c.GivenBy, Guardian: c.Guardian, Involved: c.Involved, Assent: c.Assent, CarerAway: c.CarerAway}
		errs = append(errs, said.whoSaidYes(r, of, now))
	}
	return fault.Join(errs...)
}

// Lacks says what is missing before she can agree, each with its key: nothing, when it can be.
func (f Footing) Lacks(of Case, p Plan) []string {
	var keys []string
	add := func(missing bool, key string) {
		if missing {
			keys = append(keys, key)
		}
	}
	add(of.State == Presumed || of.Level == Unjudged, "fault.plan.assess")
	add(len(p.Goals) == 0, "fault.plan.goal")
	add(of.State != Presumed && !f.Safety, "fault.plan.safety")
	add(!f.Consent, "fault.plan.consent")
	add(of.Child && !f.Interests, "fault.plan.interests")
	return keys
}

// Agree keeps her agreement and moves the case on. Noting it again is the same act.
func (d *Desk) Agree(ctx context.Context, w access.Who, c Agree) error {
	g, one, err := d.planning(ctx, w, c.Case)
	if err != nil {
		return err
	}
	p, err := d.planned(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if p.ID != c.Plan {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}
	if p.Version > c.Version && p.Agreed.By == w.Account && p.Agreed.Day == c.Day && p.State != Drafted {
		return nil
	}
	now := d.Now()
	if err := c.Check(d.Rules, one, p, now); err != nil {
		return err
	}
	beside, err := d.besides(ctx, g, one.ID, c.carer())
	if err == nil {
		err = c.carer().stands(beside)
	}
	if err != nil {
		return err
	}
	on, err := d.Store.Footing(ctx, g, c.Case)
	if err != nil {
		return err
	}
	var missing []error
	for _, key := range on.Lacks(one, p) {
		missing = append(missing, fault.New(fault.Invalid, key))
	}
	if len(missing) > 0 {
		return fault.Join(missing...)
	}
	p.Version = c.Version
	before := one
	p = p.agree(c, w.Account, now, d.Rules)
	change := Change{Events: []Event{d.event(g, one.ID, "plan_agreed", c.Mode)}, Done: []Done{{one.ID, stoppedDue}}} // she said what goes on
	if one, err = one.plan(on.Served, now); err != nil {
		return err
	}
	if one.State != before.State {
		change.Cases = []Case{one}
		change.clocks(d.Rules, before, one, now)
	}
	change.Plans = []Plan{p.ahead(d.Rules, one.Since)}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.PlanKind, p.ID.UUID).With("track", string(p.Track)), change)
}

// agree is the pure part: what a second person approved already stays approved
// when she agrees to the same again.
func (p Plan) agree(c Agree, by ids.Account, at time.Time, r *Rules) Plan {
	if p.State != Approved {
		p.State = AgreedTo
	}
	p.Agreed = Agreement{Day: c.Day, Mode: c.Mode, Language: c.Language, Interpreter: c.Interpreter, GivenBy: c.GivenBy, Guardian: c.Guardian, Assent: c.Assent,
		CarerAway: c.CarerAway, By: by, At: at}
	if c.Settling {
		p.Agreed.Settling, p.Agreed.Budget, p.Agreed.Funders = true, c.Budget, c.Funders
	}
	p.Review = r.Due(ReviewKey(p.Track), at)
	return p
}

// plan moves a case to where its plan is agreed (A8), and on to assistance when a
// service has begun before (A9): help waited for no plan.
func (c Case) plan(served bool, at time.Time) (Case, error) {
	if err := c.still(); err != nil {
		return c, err
	}
	switch c.State {
	case InAssessment:
		c.State, c.Since = Planned, at
	case Planned, InAssistance, InReturn, InReintegration, InMonitoring:
	default:
		return c, notNow()
	}
	if served {
		c = c.assist(at)
	}
	return c, nil
}

// assist is the first service of a case whose plan is agreed (A9).
func (c Case) assist(at time.Time) Case {
	if c.State == Planned {
		c.State, c.Since = InAssistance, at
	}
	return c
}

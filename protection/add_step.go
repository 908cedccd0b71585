package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// AddStep puts in what somebody does for a goal, and by when. It takes nothing
// away from what others put in meanwhile, and does not ask her to agree again:
// what was added since stands as such, and is looked at with her at the review.
type AddStep struct {
	ID   ids.Step
	Case ids.Case
	Goal ids.Goal
	Need string
	What string
	Who  string
	Due  date.Day
}

// Check finds what the person can correct.
func (c AddStep) Check(r *Rules, today date.Day) error {
	errs := []error{r.need("need", "service", c.Need), r.need("who", "step_who", c.Who), short("what", c.What, wordsLimit), soon("due", c.Due, today)}
	if c.Goal.IsZero() {
		errs = append(errs, fault.Field("goal", "fault.choice.missing"))
	}
	return fault.Join(errs...)
}

// soon wants a day that is not over.
func soon(field string, d, today date.Day) error {
	switch {
	case d.IsZero():
		return fault.Field(field, "fault.date.missing")
	case d.Before(today):
		return fault.Field(field, "fault.date.past")
	}
	return nil
}

// AddStep keeps a step. Keeping it again is the same act.
func (d *Desk) AddStep(ctx context.Context, w access.Who, c AddStep) error {
	g, one, err := d.planning(ctx, w, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	p, err := d.planned(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if _, there := p.step(c.ID); there {
		return nil
	}
	if p, err = p.add(c, w.Account, now); err != nil {
		return err
	}
	return d.keepPlan(ctx, g, one, p, d.event(g, one.ID, "step_added", group(c.Need)))
}

// MostSteps bounds a plan: with more, it is time for another look with her [J].
const MostSteps = 60

// add is the pure part.
func (p Plan) add(c AddStep, by ids.Account, at time.Time) (Plan, error) {
	if !p.has(c.Goal) {
		return p, fault.Field("goal", "fault.code.unknown")
	}
	if len(p.Steps) >= MostSteps {
		return p, fault.FieldArgs("goal", "fault.plan.steps", map[string]any{"Max": MostSteps})
	}
	p.Steps = append(p.Steps[:len(p.Steps):len(p.Steps)], Step{ID: c.ID, Goal: c.Goal, Need: c.Need, What: vault.Clear(c.What), Who: c.Who, Due: c.Due, At: at, By: by})
	return p, nil
}

// step finds one.
func (p Plan) step(id ids.Step) (int, bool) {
	for i, s := range p.Steps {
		if s.ID == id {
			return i, true
		}
	}
	return 0, false
}

// planned reads the plan of a case; without one there is nothing to add to.
func (d *Desk) planned(ctx context.Context, g access.Grant, id ids.Case) (Plan, error) {
	p, err := d.Store.PlanOf(ctx, g, id)
	if fault.Is(err, fault.NotFound) {
		return p, fault.New(fault.Invalid, "fault.plan.none")
	}
	return p, err
}

// keepPlan saves a changed plan with a line of the timeline.
func (d *Desk) keepPlan(ctx context.Context, g access.Grant, of Case, p Plan, line Event) error {
	p = p.ahead(d.Rules, of.Since)
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()).About(access.PlanKind, p.ID.UUID), Change{Plans: []Plan{p}, Events: []Event{line}})
}

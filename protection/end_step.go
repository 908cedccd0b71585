package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// EndStep says what came of a step: done, put off to another day, or given up.
// Nobody is asked why she no longer wants something.
type EndStep struct {
	Case   ids.Case
	Step   ids.Step
	End    string
	Due    date.Day // the new day, when it is put off
	Remark string
}

// putOff is the code of "not yet".
const putOff = "LATER"

// Check finds what the person can correct.
func (c EndStep) Check(r *Rules, today date.Day) error {
	errs := []error{r.need("end", "step_end", c.End), short("remark", c.Remark, wordsLimit)}
	if c.End == putOff {
		errs = append(errs, soon("due", c.Due, today))
	}
	return fault.Join(errs...)
}

// EndStep keeps it. The same answer again is the same act; another one to a step
// that somebody ended meanwhile is Stale.
func (d *Desk) EndStep(ctx context.Context, w access.Who, c EndStep) error {
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
	i, there := p.step(c.Step)
	if !there {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}
	if s := p.Steps[i]; s.End == c.End || c.End == putOff && s.Due == c.Due {
		return nil
	}
	if p, err = p.end(i, c, w.Account, now); err != nil {
		return err
	}
	verb := "step_ended"
	if c.End == putOff {
		verb = "step_moved"
	}
	return d.keepPlan(ctx, g, one, p, d.event(g, one.ID, verb, c.End))
}

// end is the pure part.
func (p Plan) end(i int, c EndStep, by ids.Account, at time.Time) (Plan, error) {
	if !p.Steps[i].Open() {
		return p, fault.New(fault.Stale, "fault.plan.stale")
	}
	steps := append([]Step(nil), p.Steps...)
	s := &steps[i]
	if c.Remark != "" {
		s.Remark = vault.Clear(c.Remark)
	}
	if c.End == putOff {
		s.Due, s.Moves = c.Due, s.Moves+1
	} else {
		s.End, s.EndAt, s.EndBy = c.End, at, by
	}
	p.Steps = steps
	return p, nil
}

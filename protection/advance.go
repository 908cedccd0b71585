package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Advance moves a case on once help has begun: to a return, to reintegration, to
// monitoring (PROCESS.md §2.3 A10–A12). None of it waits for police.
type Advance struct {
	Case    ids.Case
	Version int
	To      CaseState
}

// steps is what follows help, as a table.
func (s CaseState) steps() []CaseState {
	switch s {
	case InAssistance:
		return []CaseState{InReintegration, InReturn}
	case InReturn:
		return []CaseState{InReintegration}
	case InReintegration:
		return []CaseState{InMonitoring}
	}
	return nil
}

// Steps are the moves that a case has from where it stands.
func (c Case) Steps() []CaseState { return c.State.steps() }

// Ground is what a move stands on, as the records of the case say.
type Ground struct {
	Plan       Plan
	Homecoming Homecoming
	Tasks      []Task
	Lacks      []string // what is missing for a return, as keys of faults
}

// Lacks says what is missing before a case moves on, as keys of faults.
func (c Case) Lacks(to CaseState, on Ground) []string {
	var keys []string
	add := func(missing bool, key string) {
		if missing {
			keys = append(keys, key)
		}
	}
	switch to {
	case InReturn:
		return on.Lacks
	case InReintegration:
		add(on.Plan.State != AgreedTo && on.Plan.State != Approved, "fault.advance.plan")
		arrived := on.Homecoming.Arrived
		add(c.State == InReturn && arrived.IsZero(), "fault.advance.arrived")
		// How she settles anew is agreed where she lives then, with what it may cost (A11).
		add(!on.Plan.Agreed.Settling || c.State == InReturn && on.Plan.Agreed.Day.Before(arrived), "fault.advance.settling")
	case InMonitoring:
		done := false
		for _, s := range on.Plan.Steps {
			done = done || s.End == "DONE"
		}
		add(!done, "fault.advance.delivered")
	}
	return keys
}

// Advance moves it. Moving it again is the same act.
func (d *Desk) Advance(ctx context.Context, w access.Who, c Advance) error {
	g, err := d.may(ctx, w, access.CaseAdvance, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if one.State == c.To && one.Version > c.Version {
		return nil
	}
	now, before := d.Now(), one
	one.Version = c.Version
	if one, err = one.advance(c.To, now); err != nil {
		return err
	}
	on, err := d.ground(ctx, g, before)
	if err != nil {
		return err
	}
	var missing []error
	for _, key := range before.Lacks(c.To, on) {
		missing = append(missing, fault.New(fault.Invalid, key))
	}
	if len(missing) > 0 {
		return fault.Join(missing...)
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "advanced", string(c.To))}}
	change.clocks(d.Rules, before, one, now)
	if c.To == InReintegration {
		for _, key := range monitoring {
			change.Tasks = append(change.Tasks, d.Rules.task(one.ID, key, now))
		}
		if t, ok := d.Rules.termOf(one.ID, d.Rules.Day(now), now); ok && one.Child {
			change.Tasks = append(change.Tasks, t)
		}
		change.Done = append(change.Done, Done{one.ID, settleDue})
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("to", string(c.To)), change)
}

func (c Case) advance(to CaseState, at time.Time) (Case, error) {
	if err := c.still(); err != nil {
		return c, err
	}
	for _, next := range c.State.steps() {
		if next == to {
			c.State, c.Since = to, at
			return c, nil
		}
	}
	if to == "" {
		return c, fault.Field("to", "fault.choice.missing")
	}
	return c, notNow()
}

// ground reads what a move stands on.
func (d *Desk) ground(ctx context.Context, g access.Grant, one Case) (Ground, error) {
	var on Ground
	var err error
	if on.Plan, err = d.Store.PlanOf(ctx, g, one.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return on, err
	}
	if on.Homecoming, err = d.Store.Homecoming(ctx, g, one.ID); err != nil && !fault.Is(err, fault.NotFound) {
		return on, err
	}
	if on.Tasks, err = d.Store.CaseTasks(ctx, g, one.ID); err != nil || one.State != InAssistance {
		return on, err
	}
	on.Lacks, err = d.unready(ctx, g, one, on.Homecoming)
	return on, err
}

// Ahead reads where a case may go next, and what is missing for it.
func (d *Desk) Ahead(ctx context.Context, w access.Who, id ids.Case) (Case, Ground, access.Grant, error) {
	g, err := d.may(ctx, w, access.CaseAdvance, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return Case{}, Ground{}, g, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return one, Ground{}, g, err
	}
	on, err := d.ground(ctx, g, one)
	return one, on, g, err
}

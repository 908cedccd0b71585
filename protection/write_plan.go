package protection

import (
	"context"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// WritePlan keeps what she wants, in her order and her own words, and how long
// it may take. Version 0 begins the plan of the case. A goal without words is
// taken out. What she agreed to before she agrees to again.
type WritePlan struct {
	ID      ids.Plan
	Case    ids.Case
	Version int
	Goals   []Wish
	Track   Track
	Why     string
}

// Wish is a goal as it is typed.
type Wish struct {
	ID    ids.Goal
	Words string
}

// MostGoals is how many goals a plan holds at most: with more nobody says what matters first [J].
const MostGoals = 6

// goalField is the field of the nth goal.
func goalField(n int) string { return "goal_" + strconv.Itoa(n+1) }

// Check finds what the person can correct.
func (c WritePlan) Check() error {
	var errs []error
	said := false
	for n, g := range c.Goals {
		said = said || strings.TrimSpace(g.Words) != ""
		errs = append(errs, short(goalField(n), g.Words, wordsLimit))
	}
	if !said {
		errs = append(errs, fault.Field(goalField(0), "fault.plan.goal"))
	}
	if len(c.Goals) > MostGoals {
		errs = append(errs, fault.FieldArgs(goalField(MostGoals), "fault.number.range", map[string]any{"Min": 1, "Max": MostGoals}))
	}
	switch c.Track {
	case Standard:
	case Extended:
		if strings.TrimSpace(c.Why) == "" {
			errs = append(errs, fault.Field("why", "fault.plan.extended"))
		}
	case "":
		errs = append(errs, fault.Field("track", "fault.choice.missing"))
	default:
		errs = append(errs, fault.Field("track", "fault.code.unknown"))
	}
	return fault.Join(append(errs, short("why", c.Why, wordsLimit))...)
}

// WritePlan keeps the plan.
func (d *Desk) WritePlan(ctx context.Context, w access.Who, c WritePlan) error {
	g, one, err := d.planning(ctx, w, c.Case)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	p, err := d.Store.PlanOf(ctx, g, c.Case)
	switch {
	case fault.Is(err, fault.NotFound) && c.Version == 0:
		p = Plan{ID: c.ID, Case: one.ID, Owner: one.Owner}
	case fault.Is(err, fault.NotFound):
		return fault.New(fault.Stale, "fault.plan.stale")
	case err != nil:
		return err
	case c.Version == 0 && p.ID == c.ID && p.By == w.Account: // the same request again
		return nil
	case c.Version == 0: // somebody began it meanwhile
		return fault.New(fault.Stale, "fault.plan.stale")
	}
	same, err := p.says(c, g)
	if err != nil || same && p.Version == c.Version { // what she agreed to stands
		return err
	}
	p.Version = c.Version
	now := d.Now()
	if p, err = p.write(c, w.Account, now); err != nil {
		return err
	}
	p = p.ahead(d.Rules, one.Since)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.PlanKind, p.ID.UUID).With("track", string(p.Track)),
		Change{Plans: []Plan{p}, Events: []Event{d.event(g, one.ID, "plan_written", string(p.Track))}})
}

// planning decides about a plan of a case and reads the case. A closed case takes
// nothing more, and before services are open there is nothing to plan yet.
func (d *Desk) planning(ctx context.Context, w access.Who, id ids.Case) (access.Grant, Case, error) {
	g, err := d.may(ctx, w, access.PlanWrite, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return g, Case{}, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err == nil {
		err = one.plannable()
	}
	return g, one, err
}

// plannable says whether a plan may be written or a step put in.
func (c Case) plannable() error {
	switch {
	case c.State.Over():
		return fault.New(fault.Invalid, "fault.plan.closed")
	case c.State == Suspended:
		return c.still()
	case !c.State.Served():
		return fault.New(fault.Invalid, "fault.plan.early")
	}
	return nil
}

// says whether a plan holds what is written, word for word: then she need not
// agree to it again.
func (p Plan) says(c WritePlan, g access.Grant) (bool, error) {
	var wishes []Wish
	for _, w := range c.Goals {
		if strings.TrimSpace(w.Words) != "" {
			wishes = append(wishes, w)
		}
	}
	why, err := p.Why.Open(g)
	if err != nil || len(wishes) != len(p.Goals) || c.Track != p.Track || c.Track == Extended && c.Why != why {
		return false, err
	}
	for i, kept := range p.Goals {
		words, err := kept.Words.Open(g)
		if err != nil || kept.ID != wishes[i].ID || words != wishes[i].Words {
			return false, err
		}
	}
	return true, nil
}

// write is the pure part. A goal keeps its name, and the day it was first said.
func (p Plan) write(c WritePlan, by ids.Account, at time.Time) (Plan, error) {
	known := map[ids.Goal]time.Time{}
	for _, g := range p.Goals {
		known[g.ID] = g.At
	}
	p.Goals = nil
	for n, w := range c.Goals {
		if strings.TrimSpace(w.Words) == "" {
			if p.busy(w.ID) {
				return p, fault.Field(goalField(n), "fault.plan.goal.steps")
			}
			continue
		}
		g := Goal{ID: w.ID, Words: vault.Clear(w.Words), At: at}
		if was, old := known[w.ID]; old {
			g.At = was
		}
		p.Goals = append(p.Goals, g)
	}
	for id := range known {
		if !p.has(id) && p.busy(id) { // left out of the form
			return p, fault.Field(goalField(0), "fault.plan.goal.steps")
		}
	}
	p.State, p.By, p.At = Drafted, by, at
	p.Track, p.Why = c.Track, vault.Text{}
	if c.Track == Extended {
		p.Why = vault.Clear(c.Why)
	}
	return p, nil
}

// busy says whether somebody still does something for a goal, or did: what was
// done for her stays under what she wanted.
func (p Plan) busy(id ids.Goal) bool {
	for _, s := range p.Steps {
		if s.Goal == id {
			return true
		}
	}
	return false
}

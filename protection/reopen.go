package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Reopen opens a case again (A17). Somebody who was trafficked again has a new
// case, one for each episode, which says which one it follows.
type Reopen struct {
	Case    ids.Case
	Version int
	Reason  string   // code list "reopen_reason"
	Next    ids.Case // the new case, when she was trafficked again
}

const again = "RETRAFFICKED"

// Check finds what the person can correct.
func (c Reopen) Check(r *Rules) error { return r.need("reason", "reopen_reason", c.Reason) }

// Reopen keeps it. Saying it again is the same act.
func (d *Desk) Reopen(ctx context.Context, w access.Who, c Reopen) error {
	g, err := d.may(ctx, w, access.CaseReopen, access.CaseKind, c.Case.UUID, access.ForSupervision)
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
	now := d.Now()
	if c.Reason == again {
		return d.anew(ctx, g, one, c, now)
	}
	if !one.State.Over() && one.Version > c.Version {
		return nil
	}
	one.Version = c.Version
	before := one
	if one, err = one.reopen(now); err != nil {
		return err
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "reopened", c.Reason)}}
	x, err := d.Store.Closure(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil && x.State != Reopened {
		x.State = Reopened
		change.Closures = []Closure{x}
	}
	p, err := d.Store.PlanOf(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil { // what is due in it stands in lists again
		change.Plans = []Plan{p.ahead(d.Rules, one.Since)}
	}
	// The danger is looked at anew at every change of state [J PROCESS.md §2.8].
	if one.State.Served() {
		change.Tasks = append(change.Tasks, Task{Case: one.ID, Key: reassessDue, From: now, Due: d.Rules.Due(RiskKey(one.Level), now)})
	}
	if one.Child {
		if err := d.unguarded(ctx, g, &change, one.ID, now); err != nil {
			return err
		}
	}
	if before.unheld() != one.unheld() {
		change.Tasks = append(change.Tasks, d.Rules.task(one.ID, "owner.assigned", now))
	}
	change.Alerts = d.tell(one.Manager, "alert.assigned", one.ID.UUID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("reason", c.Reason), change)
}

// unguarded sets the clocks of a child beside whom nobody stands.
func (d *Desk) unguarded(ctx context.Context, g access.Grant, change *Change, id ids.Case, now time.Time) error {
	beside, err := d.Store.Guardians(ctx, g, id)
	if err != nil {
		return err
	}
	for _, kind := range GuardianKinds {
		if !slices.ContainsFunc(beside, func(x Guardian) bool { return x.Kind == kind && x.Standing() }) {
			change.Tasks = append(change.Tasks, d.Rules.task(id, kind.deadline(), now))
		}
	}
	return nil
}

// reopen is the pure part: to where help goes on, whatever was decided on a status
// since; whoever was never presumed begins where everybody begins.
func (c Case) reopen(at time.Time) (Case, error) {
	if !c.State.Over() || c.State == NotTIP || c.State == Joined || c.State == Erased { // not trafficking: a review (DecideReview); joined: taking that back is
		return c, notNow()
	}
	c.State, c.Since, c.Reason = InAssistance, at, ""
	if !c.presumed() {
		c.State = InTriage
	}
	return c, nil
}

// presumed says whether she was presumed once, whatever was decided formally since.
func (c Case) presumed() bool {
	switch c.Status {
	case StatusPresumed, Confirmed, NotConfirmed, UnderReview:
		return true
	case Undetermined:
		return c.Verdict == Presume
	}
	return false
}

// anew opens the next episode of the same person (PROCESS.md §2.2: one case per
// person per episode). What was before stays closed, and stays hers.
func (d *Desk) anew(ctx context.Context, g access.Grant, old Case, c Reopen, now time.Time) error {
	next, err := old.anew(c, g.Who().Account, now)
	if err != nil {
		return err
	}
	next.Code = ids.NewCode(d.Random)
	change := Change{Cases: []Case{next}, Events: []Event{d.event(g, next.ID, "episode_opened", ""), d.event(g, old.ID, "reopened", c.Reason)}}
	change.clocks(d.Rules, Case{}, next, now)
	change.Alerts = append(d.tell(next.Manager, "alert.assigned", next.ID.UUID), d.tell(next.Screener, "alert.assigned", next.ID.UUID)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.CaseKind, next.ID.UUID).With("reason", c.Reason), change)
}

// anew is the pure part. Nobody has judged the danger yet.
func (c Case) anew(r Reopen, by ids.Account, at time.Time) (Case, error) {
	if !c.State.Over() || c.State == NotTIP || c.State == Joined || c.State == Erased {
		return c, notNow()
	}
	if r.Next.IsZero() {
		return c, fault.New(fault.Invalid, "fault.state.not_now")
	}
	return Case{ID: r.Next, Owner: c.Owner, Person: c.Person, Signal: c.Signal, Prior: c.ID, State: InTriage, Since: at, Opened: at, OpenedBy: by, Status: Potential, Level: Red,
		Reasons: nil, Screener: c.Screener, Manager: c.Manager, Sex: c.Sex, Age: c.Age, Child: c.Child, Adult: c.Adult, Language: c.Language, Where: c.Where,
		Internal: NotAsked, Conflicts: c.Conflicts}, nil
}

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

// Halt is what a case that is suspended goes back to (PROCESS.md §2.3 A16); the
// zero value is a case that is not.
type Halt struct {
	From CaseState // where it stood
	Why  string    // code list "suspend_reason"
	Held []Task    // what would have meant a contact with her, as it was due then
}

// suspendedDue is the clock of a supervisor who looks again whether the case must
// stay so.
const suspendedDue = "safety.review"

// contacts are the clocks that ask for a contact with her: they are held back while
// a contact is a danger, and go on where they were. Clocks of danger, of somebody
// beside a child and of a search are not: they ask for no word of hers.
var contacts = append([]string{nextVisitDue, lostDue, settleDue, schoolDue, "presumption.max", "safety_plan.red", "assessment.max", "plan.max", "service.first"}, monitoring[:]...)

// standing is the state whose rules hold for what needs no contact: of a suspended
// case, the one it came from.
func (c Case) standing() CaseState {
	if c.State == Suspended {
		return c.Halt.From
	}
	return c.State
}

// still refuses what would mean a contact with her.
func (c Case) still() error {
	if c.State == Suspended {
		return fault.New(fault.Invalid, "fault.suspended")
	}
	return nil
}

// Suspend says that contact itself endangers her (A16). Said of a case that is
// suspended, it says that it stays so, and the clock of the review begins anew;
// Lift ends it.
type Suspend struct {
	Case    ids.Case
	Version int
	Lift    bool
	Reason  string // code list "suspend_reason", or "suspend_lift" for the end
}

// Check finds what the person can correct.
func (c Suspend) Check(r *Rules) error {
	if c.Lift {
		return r.need("lifted", "suspend_lift", c.Reason)
	}
	return r.need("reason", "suspend_reason", c.Reason)
}

// Suspend keeps it, and tells who holds the case. Saying it again is the same act.
// Nothing of hers ends by it, and nothing closes while it lasts.
func (d *Desk) Suspend(ctx context.Context, w access.Who, c Suspend) error {
	g, err := d.may(ctx, w, access.CaseSuspend, access.CaseKind, c.Case.UUID, access.ForSupervision)
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
	if one.Version > c.Version && c.Lift != (one.State == Suspended) {
		return nil
	}
	now, before := d.Now(), one
	one.Version = c.Version
	change := Change{}
	if c.Lift {
		one, err = one.lift(now)
		change = Change{Tasks: before.Halt.resumed(before.Since, now), Done: []Done{{one.ID, suspendedDue}}, Events: []Event{d.event(g, one.ID, "suspension_lifted", c.Reason)}}
		if one.State.Served() { // the danger is looked at anew at every change of state (PROCESS.md §2.8)
			change.Tasks = append(change.Tasks, d.Rules.task(one.ID, changedDue, now))
		}
	} else {
		var tasks []Task
		if tasks, err = d.Store.CaseTasks(ctx, g, c.Case); err != nil {
			return err
		}
		change.Events = []Event{d.event(g, one.ID, suspendedVerb[one.State == Suspended], c.Reason)}
		if one, err = one.suspend(c.Reason, tasks, now); err == nil {
			change.halted(one.Halt)
			change.Tasks = []Task{d.Rules.task(one.ID, suspendedDue, now)}
		}
	}
	if err != nil {
		return err
	}
	change.Cases = []Case{one}
	for _, to := range []ids.Account{one.Manager, one.Screener} {
		if to != w.Account && !(to == one.Screener && to == one.Manager && len(change.Alerts) > 0) {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.red", one.ID.UUID)...)
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("reason", c.Reason), change)
}

var suspendedVerb = map[bool]string{false: "suspended", true: "suspension_kept"}

// halted takes the clocks that are held back off the lists.
func (c *Change) halted(h Halt) {
	for _, t := range h.Held {
		c.Done = append(c.Done, Done{t.Case, t.Key})
	}
}

// resumed are the clocks that go on, each later by as long as nobody could act.
func (h Halt) resumed(since, now time.Time) (all []Task) {
	for _, t := range h.Held {
		t.Due = t.Due.Add(now.Sub(since))
		all = append(all, t)
	}
	return all
}

// suspend is the pure part. Of a case that is suspended already it changes why it
// stays so, and holds back what came up meanwhile.
func (c Case) suspend(why string, tasks []Task, at time.Time) (Case, error) {
	if c.State.Over() {
		return c, notNow()
	}
	if c.State != Suspended {
		c.Halt = Halt{From: c.State}
		c.State, c.Since = Suspended, at
	}
	c.Halt.Why, c.Halt.Held = why, slices.Clone(c.Halt.Held)
	for _, t := range tasks {
		if slices.Contains(contacts, t.Key) {
			c.Halt.Held = slices.DeleteFunc(c.Halt.Held, func(old Task) bool { return old.Key == t.Key })
			c.Halt.Held = append(c.Halt.Held, t)
		}
	}
	return c, nil
}

// lift gives back the state that the case came from.
func (c Case) lift(at time.Time) (Case, error) {
	if c.State != Suspended {
		return c, notNow()
	}
	c.State, c.Since, c.Halt = c.Halt.From, at, Halt{}
	return c, nil
}

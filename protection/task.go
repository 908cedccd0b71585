package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Task is what must be done for somebody by a moment (PROCESS.md §2.11). A verb
// sets it and a verb ends it: nothing closes by itself, what is late stays until
// it is done. It holds a deadline's key and no word about anybody.
type Task struct {
	Case ids.Case
	Key  string    // a deadline of the country; each at most once a case
	From time.Time // when the clock began
	Due  time.Time
}

// Done is a task that was done, or that nobody need do any more.
type Done struct {
	Case ids.Case
	Key  string
}

// TaskLine is a task in a list.
type TaskLine struct {
	Task
	Code     ids.Code
	Level    Danger
	Child    bool
	Screener ids.Account
	Manager  ids.Account
}

// TaskFilter narrows a list of tasks. The order is what is due first.
type TaskFilter struct {
	Mine  bool      // of the cases the reader is on the team of
	Until time.Time // due by then; zero is whenever
}

// task starts a clock of the country.
func (r *Rules) task(c ids.Case, key string, from time.Time) Task {
	return Task{Case: c, Key: key, From: from, Due: r.Due(key, from)}
}

// The clocks of a child begin when somebody is treated as one (PROCESS.md §2.9.2).
const (
	trustedDue    = "trusted.adult"
	guardianDue   = "guardian.target"
	reassessDue   = "risk.reassess"
	reflectionDue = "reflection.rec"
	approvalDue   = "approval.confirm"
	panelDue      = "panel.review"
	changedDue    = "risk.change"
	againDue      = "consent.again"   // a yes is over: ask again
	unawareDue    = "return.stopped"  // whoever was told of a return is told that it ended
	stoppedDue    = "consent.stopped" // she took a yes back: what now?
)

// ahead are the clocks of what is to come, by the moment of the assessment that
// must stand before it and that ends them (PROCESS.md §2.8).
var ahead = map[string]string{"COURT_DATE": "before.hearing", "MEDIA": "before.media", "BEFORE_RETURN": "before.return"}

// Foreseen are the moments that can be announced.
func Foreseen() []string { return []string{"COURT_DATE", "MEDIA", "BEFORE_RETURN"} }

// tasks are what a move of a case sets and ends: the clocks of a child, of the
// decision after a conversation, of who is in danger without a safety plan, of an
// open case without a manager, of the first assessment, the plan and the first
// service.
func (r *Rules) tasks(before, after Case, now time.Time) (set []Task, done []Done) {
	start := func(was, is bool, key string) {
		switch {
		case is && !was:
			set = append(set, r.task(after.ID, key, now))
		case was && !is:
			done = append(done, Done{after.ID, key})
		}
	}
	start(before.Child, after.Child, trustedDue)
	start(before.Child, after.Child, guardianDue)
	if before.Child && !after.Child {
		done = append(done, Done{after.ID, escalateDue})
	}
	was, is := before.standing(), after.standing()
	start(was == InScreening, is == InScreening, "presumption.max")
	start(before.unplanned(), after.unplanned(), "safety_plan.red")
	start(before.unheld(), after.unheld(), "owner.assigned")
	start(was == Presumed, is == Presumed, "assessment.max")
	start(was == InAssessment, is == InAssessment, "plan.max")
	start(was == Planned, is == Planned, "service.first")
	if before.moved(after) {
		set = append(set, r.task(after.ID, changedDue, now))
	}
	return set, done
}

// moved says whether the danger must be looked at because a case goes to a return,
// to reintegration, to monitoring (PROCESS.md §2.8). A plan and the first service
// stand on the assessment before them; a reopened case has a clock of its own.
func (c Case) moved(to Case) bool {
	return c.State != to.State && c.State.Served() && to.State.After()
}

// unplanned says whether somebody in immediate danger waits for a safety plan: the
// first assessment, which keeps one, has seven days otherwise (PROCESS.md §2.3 A8).
func (c Case) unplanned() bool { return c.Level == Red && c.standing() == Presumed }

// unheld says whether services are open and nobody holds the case.
func (c Case) unheld() bool { return c.standing().Served() && c.Manager.IsZero() }

// Vacant says whether somebody is missing who talks with her, or who follows her.
func (c Case) Vacant() bool {
	return c.unheld() || c.Screener.IsZero() && !c.standing().Served()
}

// clocks adds the tasks of a case's move to a change.
func (c *Change) clocks(r *Rules, before, after Case, now time.Time) {
	set, done := r.tasks(before, after, now)
	c.Tasks, c.Done = append(c.Tasks, set...), append(c.Done, done...)
}

// Tasks lists what must be done for the cases the reader may know of.
func (d *Desk) Tasks(ctx context.Context, w access.Who, f TaskFilter, p Page) (Cut[TaskLine], error) {
	g, err := d.mayAll(ctx, w, access.TaskList, access.Object{Kind: access.CaseKind}, access.ForProtection)
	if err != nil {
		return Cut[TaskLine]{}, err
	}
	return d.Store.Tasks(ctx, g, f, p)
}

// Task finds one of a view's tasks.
func (v CaseView) Task(key string) (Task, bool) {
	at := slices.IndexFunc(v.Tasks, func(t Task) bool { return t.Key == key })
	if at < 0 {
		return Task{}, false
	}
	return v.Tasks[at], true
}

package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// escalateDue is the clock of a child of whom too long nobody was guardian; it takes
// the place of the one that ran out (PROCESS.md §2.9 2).
const escalateDue = "guardian.escalate"

// UnguardedSince is the moment before which a guardian was asked for too long ago.
func (r *Rules) UnguardedSince(now time.Time) time.Time {
	return now.Add(-r.Due(escalateDue, now).Sub(now))
}

// Escalate lets the program's clock say that a child still has no guardian: the task
// says so from now on, and everybody who leads the organisation, who follows the
// child and the child authority of the place are rung, without content.
func (d *Desk) Escalate(ctx context.Context, w access.Who, id ids.Case) error {
	g, err := d.may(ctx, w, access.GuardianEscalate, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	tasks, err := d.Store.CaseTasks(ctx, g, id)
	if err != nil {
		return err
	}
	now := d.Now()
	asked, waits := CaseView{Tasks: tasks}.Task(guardianDue)
	if !waits || now.Before(d.Rules.Due(escalateDue, asked.From)) {
		return notNow()
	}
	o := g.Object()
	change := Change{Done: []Done{{id, guardianDue}}, Tasks: []Task{d.Rules.task(id, escalateDue, asked.From)}, Events: []Event{d.event(g, id, "guardian_escalated", "")}}
	if change.Alerts, err = d.alarm(ctx, g, o.Owner, id.UUID, o.Team...); err != nil {
		return err
	}
	authorities, err := d.Store.Authorities(ctx, now)
	if err != nil {
		return err
	}
	var reached []ids.Account
	for _, one := range authorities {
		if (one.Province == "" || slices.Contains(o.Places, one.Province)) && !slices.Contains(o.ExcludedOrgs, one.Org) {
			reached = append(reached, one.Account)
		}
	}
	change.Alerts = append(change.Alerts, d.ringAll(g, "alert.signal", id.UUID, reached)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

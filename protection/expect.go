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

// Expect says that a moment comes before which the danger must be looked at anew:
// a hearing, a return, the media (PROCESS.md §2.8). Where and of whom it is, is not
// said.
type Expect struct {
	Case   ids.Case
	Moment string // of Foreseen
	Day    date.Day
}

// Check finds what the person can correct.
func (c Expect) Check(today date.Day) error {
	var errs []error
	switch {
	case c.Moment == "":
		errs = append(errs, fault.Field("moment", "fault.choice.missing"))
	case ahead[c.Moment] == "":
		errs = append(errs, fault.Field("moment", "fault.code.unknown"))
	}
	switch {
	case c.Day.IsZero():
		errs = append(errs, fault.Field("day", "fault.expect.missing"))
	case c.Day.Before(today):
		errs = append(errs, fault.Field("day", "fault.expect.past"))
	}
	return fault.Join(errs...)
}

// Expect sets the clock. The moment that comes first counts; a second hearing is
// said after the assessment before the first.
func (d *Desk) Expect(ctx context.Context, w access.Who, c Expect) error {
	g, err := d.may(ctx, w, access.CaseExpect, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules.Day(now)); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if !one.standing().Served() {
		return notNow()
	}
	all, err := d.Store.CaseTasks(ctx, g, one.ID)
	if err != nil {
		return err
	}
	next := d.Rules.before(one.ID, c.Moment, c.Day, now)
	for _, t := range all {
		if t.Key == next.Key && t.Due.Before(next.Due) {
			next.Due = t.Due
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("moment", c.Moment),
		Change{Tasks: []Task{next}, Events: []Event{d.event(g, one.ID, "expected", c.Moment)}})
}

// before is the clock that runs out ahead of a day, by the length that the country
// gives; at once when the day is nearer than that.
func (r *Rules) before(c ids.Case, moment string, day date.Day, now time.Time) Task {
	key := ahead[moment]
	due := r.endOf(day.Add(-1)).Add(-r.Due(key, now).Sub(now))
	if due.Before(now) {
		due = now
	}
	return Task{Case: c, Key: key, From: now, Due: due}
}

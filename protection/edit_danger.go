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

// rape72 is the danger that is one only while it can still be answered in time.
const rape72 = "RAPE_72H"

// assault checks a moment against what is said of it: not in the future, and
// within the window when the window is the reason (PROCESS.md §2.3 A2) [M WHO].
func (r *Rules) assault(reasons []string, from, now time.Time) error {
	switch {
	case from.After(now):
		return fault.Field("health", "fault.date.future")
	case !from.IsZero() && slices.Contains(reasons, rape72) && !r.Due("pep.window", from).After(now):
		return fault.Field("health", "fault.triage.window")
	}
	return nil
}

// EditDanger corrects what triage said of a danger: its level, its reasons, when
// the assault was. What was said before stays in the course of the case.
type EditDanger struct {
	Case       ids.Case
	Version    int
	Level      Danger
	Reasons    []string
	HealthFrom time.Time // zero: no assault known
}

// Check finds what the person can correct. A reason that no longer holds today
// may stay, for it held when it was given; a new one must hold now.
func (c EditDanger) Check(r *Rules, before Case, now time.Time) error {
	errs := []error{Triage{Level: c.Level, Reasons: c.Reasons}.level(r)}
	if since := before.Opened; slices.Contains(before.Reasons, rape72) && !since.IsZero() {
		errs = append(errs, r.assault(c.Reasons, c.HealthFrom, since))
	} else {
		errs = append(errs, r.assault(c.Reasons, c.HealthFrom, now))
	}
	return fault.Join(errs...)
}

// EditDanger keeps the correction, and a line of the timeline for each part of it.
func (d *Desk) EditDanger(ctx context.Context, w access.Who, c EditDanger) error {
	g, err := d.may(ctx, w, access.CaseEdit, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, one, now); err != nil {
		return err
	}
	before := one
	one.Version = c.Version
	if one, err = one.endanger(c); err != nil {
		return err
	}
	change := Change{Cases: []Case{one}}
	change.clocks(d.Rules, before, one, now)
	for _, line := range dangerChanged(before, one) {
		change.Events = append(change.Events, d.event(g, one.ID, line[0], line[1]))
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("level", string(c.Level)), change)
}

func (c Case) endanger(to EditDanger) (Case, error) {
	if c.State.Over() {
		return c, notNow()
	}
	c.Level, c.Reasons, c.HealthFrom = to.Level, to.Reasons, to.HealthFrom
	return c, nil
}

// dangerChanged are the lines of the timeline: what was said before, or what was added.
func dangerChanged(before, after Case) (lines [][2]string) {
	if before.Level != after.Level {
		lines = append(lines, [2]string{"danger_changed", string(before.Level)})
	}
	for _, one := range before.Reasons {
		if !slices.Contains(after.Reasons, one) {
			lines = append(lines, [2]string{"reason_dropped", one})
		}
	}
	for _, one := range after.Reasons {
		if !slices.Contains(before.Reasons, one) {
			lines = append(lines, [2]string{"reason_added", one})
		}
	}
	if was := before.HealthFrom; !was.Equal(after.HealthFrom) {
		said := ""
		if !was.IsZero() {
			said = was.UTC().Format(time.RFC3339)
		}
		lines = append(lines, [2]string{"assault_changed", said})
	}
	return lines
}

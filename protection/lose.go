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

// Lose says that contact is lost (PROCESS.md §2.3 A15): three attempts by the safe
// channel over thirty days. Somebody in great danger, or a child, is searched for
// from the first day, and who was asked is said.
type Lose struct {
	Case    ids.Case
	Version int
	Asked   []string // code list "search_step"
}

// Check finds what the person can correct.
func (c Lose) Check(r *Rules, of Case, s Search, now time.Time) error {
	errs := []error{r.codes("asked", "search_step", c.Asked)}
	from := r.LostFrom(s)
	switch {
	case r.Attempts == 0 || s.Days < r.Attempts:
		errs = append(errs, fault.FieldArgs("asked", "fault.lose.attempts", map[string]any{"Most": r.Attempts, "Count": s.Days}))
	case from.IsZero() || now.Before(from):
		errs = append(errs, fault.FieldArgs("asked", "fault.lose.soon", map[string]any{"Day": r.Day(from)}))
	}
	if missing(of.Level, of.Child) == missingSoon && !slices.Contains(c.Asked, "SUPERVISOR") {
		errs = append(errs, fault.Field("asked", "fault.lose.supervisor"))
	}
	if of.Child && !slices.Contains(c.Asked, "CHILD_AUTHORITY") {
		errs = append(errs, fault.Field("asked", "fault.lose.child"))
	}
	return fault.Join(errs...)
}

// Lose keeps it. Who is found again is a case that is opened again ([Reopen]).
func (d *Desk) Lose(ctx context.Context, w access.Who, c Lose) error {
	g, err := d.may(ctx, w, access.CaseClose, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if one.State == LostContact && one.Version > c.Version {
		return nil
	}
	visits, err := d.Store.Visits(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	one.Version = c.Version
	next, err := one.lose(now)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules, one, SearchOf(visits), now); err != nil {
		return err
	}
	lines, err := d.Store.CaseReferrals(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(lines, func(l ReferralLine) bool { return l.State.Live() }) {
		return fault.New(fault.Invalid, "fault.close.referrals")
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Cases: []Case{next}, Events: []Event{d.event(g, one.ID, "lost", "")}})
}

func (c Case) lose(at time.Time) (Case, error) {
	if err := c.still(); err != nil { // nobody was allowed to reach her
		return c, err
	}
	if c.State.Over() {
		return c, notNow()
	}
	c.State, c.Since, c.Reason = LostContact, at, ""
	return c, nil
}

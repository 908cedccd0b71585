package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Hold says why a file may not be erased yet, and until when (PROCESS.md §11.2 8):
// a procedure, a complaint. It ends by itself, or when it is lifted. A day, not for
// ever: whoever still needs it says so again.
type Hold struct {
	ID      ids.Hold
	Version int
	Case    ids.Case
	Owner   ids.Org
	Why     string // code list "hold_reason"
	Until   time.Time
	By      ids.Account
	At      time.Time

	LiftedBy ids.Account
	LiftedAt time.Time
}

// Stands says whether it forbids an erasure at a moment.
func (h Hold) Stands(at time.Time) bool { return h.LiftedAt.IsZero() && at.Before(h.Until) }

// longestHold is how far ahead a hold may reach before somebody looks again [J].
const longestHold = 5 * 366

// PlaceHold says that a file may not be erased before a day.
type PlaceHold struct {
	ID    ids.Hold
	Case  ids.Case
	Why   string
	Until date.Day // the last day
}

// Check finds what the person can correct.
func (c PlaceHold) Check(r *Rules, today date.Day) error {
	errs := []error{r.need("why", "hold_reason", c.Why)}
	switch {
	case c.Until.IsZero():
		errs = append(errs, fault.Field("until", "fault.choice.missing"))
	case c.Until.Before(today), today.Add(longestHold).Before(c.Until):
		errs = append(errs, fault.Field("until", "fault.hold.until"))
	}
	return fault.Join(errs...)
}

// PlaceHold keeps it.
func (d *Desk) PlaceHold(ctx context.Context, w access.Who, c PlaceHold) error {
	g, err := d.may(ctx, w, access.HoldKeep, access.CaseKind, c.Case.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	h := Hold{ID: c.ID, Case: one.ID, Owner: one.Owner, Why: c.Why, Until: d.Rules.endOf(c.Until), By: w.Account, At: now}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("why", c.Why), Change{Holds: []Hold{h}, Events: []Event{d.event(g, one.ID, "hold_placed", c.Why)}})
}

// LiftHold says that a file may be erased again.
type LiftHold struct {
	Case    ids.Case
	Hold    ids.Hold
	Version int
}

// LiftHold keeps it. Lifting it again is the same act.
func (d *Desk) LiftHold(ctx context.Context, w access.Who, c LiftHold) error {
	g, err := d.may(ctx, w, access.HoldKeep, access.CaseKind, c.Case.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	s, err := d.Store.Standing(ctx, g, c.Case)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(s.Holds, func(h Hold) bool { return h.ID == c.Hold && h.Case == c.Case })
	if i < 0 {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}
	h, now := s.Holds[i], d.Now()
	if h.LiftedBy == w.Account {
		return nil
	}
	h.Version = c.Version
	if h, err = h.lift(w.Account, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Holds: []Hold{h}, Events: []Event{d.event(g, c.Case, "hold_lifted", h.Why)}})
}

func (h Hold) lift(by ids.Account, at time.Time) (Hold, error) {
	if !h.Stands(at) {
		return h, notNow()
	}
	h.LiftedBy, h.LiftedAt = by, at
	return h, nil
}

// Holds reads those of a case and of the other cases of the same person, the newest first.
func (d *Desk) Holds(ctx context.Context, w access.Who, id ids.Case) (Case, []Hold, error) {
	g, err := d.may(ctx, w, access.HoldKeep, access.CaseKind, id.UUID, access.ForSupervision)
	if err != nil {
		return Case{}, nil, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return Case{}, nil, err
	}
	s, err := d.Store.Standing(ctx, g, id)
	return one, s.Holds, err
}

package prosecution

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// SetHearing sets a day in court.
type SetHearing struct {
	ID     ids.Hearing
	File   ids.File
	On     date.Day
	Closed bool
}

// SetHearing keeps it. No day lies before the file reached the court.
func (d *Desk) SetHearing(ctx context.Context, w access.Who, c SetHearing) error {
	g, f, err := d.begin(ctx, w, access.FileHear, SetsHearing, c.File)
	if err != nil {
		return err
	}
	switch {
	case c.On.IsZero():
		return fault.Field("on", "fault.day.missing")
	case c.On.Before(f.First(Fixed)):
		return fault.Field("on", "fault.hearing.before")
	}
	x := Hearing{ID: c.ID, File: f.ID, Owner: f.Bench[f.Level], Level: f.Level, On: c.On, Closed: c.Closed, State: HearingSet, By: w.Account, At: d.Now()}
	return d.save(ctx, g, f.File, Change{Hearings: []Hearing{x}})
}

// EndHearing says what came of a day in court: held, or put off to another day with the reason.
type EndHearing struct {
	File    ids.File
	Hearing ids.Hearing
	Version int
	State   HearingState
	Reason  string // code list "postponement"
	Next    date.Day
	NextID  ids.Hearing // of the next day
	Harmed  Answer
}

// EndHearing keeps it.
func (d *Desk) EndHearing(ctx context.Context, w access.Who, c EndHearing) error {
	g, f, err := d.begin(ctx, w, access.FileHear, EndsHearing, c.File)
	if err != nil {
		return err
	}
	var x Hearing
	for _, one := range f.Hearings {
		if one.ID == c.Hearing {
			x = one
		}
	}
	if x.ID.IsZero() {
		return fault.Field("hearing", "fault.choice.missing")
	}
	now := d.Now()
	x, next, err := x.end(c, d.Rules, w.Account, now)
	if err != nil {
		return err
	}
	change := Change{Hearings: []Hearing{x}}
	if !next.On.IsZero() {
		change.Hearings = append(change.Hearings, next)
	}
	return d.save(ctx, g, f.File, change)
}

// end is the hearing with what came of it, and the next day if it was put off.
func (x Hearing) end(c EndHearing, r *Rules, by ids.Account, now time.Time) (Hearing, Hearing, error) {
	errs := []error{one("state", c.State, []HearingState{HearingHeld, HearingPostponed})}
	if x.State != HearingSet {
		return x, Hearing{}, notNow()
	}
	if x.On.After(r.Day(now)) {
		errs = append(errs, fault.Field("state", "fault.hearing.future"))
	}
	next := Hearing{}
	switch c.State {
	case HearingHeld:
		errs = append(errs, one("harmed", c.Harmed, []Answer{Yes, No, Unknown}))
	case HearingPostponed:
		errs = append(errs, r.need("reason", "postponement", c.Reason))
		switch {
		case c.Next.IsZero():
		case !c.Next.After(x.On):
			errs = append(errs, fault.Field("next", "fault.hearing.next"))
		default:
			next = Hearing{ID: c.NextID, File: x.File, Owner: x.Owner, Level: x.Level, On: c.Next, Closed: x.Closed, State: HearingSet, By: by, At: now}
		}
	}
	x.Version, x.State, x.HeldBy, x.HeldAt = c.Version, c.State, by, now
	if c.State == HearingHeld {
		x.Harmed = c.Harmed
	} else {
		x.Reason = c.Reason
	}
	return x, next, fault.Join(errs...)
}

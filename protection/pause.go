package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// PauseService interrupts a service, with a reason, or goes on with it (Resume).
type PauseService struct {
	Episode ids.Episode
	Version int
	Resume  bool
	Day     date.Day
	Reason  string // not for going on
}

// Check finds what the person can correct.
func (c PauseService) Check(r *Rules, e Episode, today date.Day) error {
	var errs []error
	if !c.Resume {
		errs = append(errs, r.need("reason", "service_pause", c.Reason))
	}
	least := e.From
	if c.Resume && len(e.Pauses) > 0 {
		least = e.Pauses[len(e.Pauses)-1].From
	}
	return fault.Join(append(errs, within("day", c.Day, least, today))...)
}

// within wants a day that is neither before another nor after today.
func within(field string, d, least, today date.Day) error {
	switch {
	case d.IsZero():
		return fault.Field(field, "fault.date.missing")
	case d.After(today):
		return fault.Field(field, "fault.date.future")
	case d.Before(least):
		return fault.FieldArgs(field, "fault.episode.order", map[string]any{"Day": least})
	}
	return nil
}

// PauseService keeps an interruption, or its end.
func (d *Desk) PauseService(ctx context.Context, w access.Who, c PauseService) error {
	verb := "service_paused"
	if c.Resume {
		verb = "service_resumed"
	}
	return d.serving(ctx, w, c.Episode, c.Version, verb,
		func(e Episode) bool { return (e.State == Paused) != c.Resume && e.State != Ended },
		func(e Episode, today date.Day, _ time.Time) (Episode, error) {
			if err := e.State.pauses(c.Resume); err != nil {
				return e, err
			}
			if err := c.Check(d.Rules, e, today); err != nil {
				return e, err
			}
			return e.pause(c), nil
		})
}

// pauses says whether a service can be interrupted, or gone on with.
func (s EpisodeState) pauses(resume bool) error {
	if s == Running && !resume || s == Paused && resume {
		return nil
	}
	return notNow()
}

func (e Episode) pause(c PauseService) Episode {
	all := append([]Pause(nil), e.Pauses...)
	if c.Resume {
		all[len(all)-1].Until, e.State = c.Day, Running
	} else {
		all, e.State = append(all, Pause{From: c.Day, Reason: c.Reason}), Paused
	}
	e.Pauses = all
	return e
}

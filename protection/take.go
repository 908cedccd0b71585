package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Take says "I am on it": the alerts of the signal fall silent.
type Take struct {
	Signal  ids.Signal
	Version int
}

// Take gives a received signal to the duty officer who asks. Taking it again is the same act.
func (d *Desk) Take(ctx context.Context, w access.Who, c Take) error {
	g, err := d.may(ctx, w, access.SignalTake, access.SignalKind, c.Signal.UUID, access.ForIntake)
	if err != nil {
		return err
	}
	s, err := d.Store.Signal(ctx, g, c.Signal)
	if err != nil {
		return err
	}
	if s.State == Taken && s.TakenBy == w.Account {
		return nil
	}
	s.Version = c.Version
	if s, err = s.take(w.Account, d.Now()); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Signals: []Signal{s}, Hush: []ids.UUID{s.ID.UUID}})
}

func (s Signal) take(by ids.Account, at time.Time) (Signal, error) {
	if s.State == Triaged {
		return s, notNow()
	}
	s.State, s.TakenBy, s.TakenAt = Taken, by, at
	return s, nil
}

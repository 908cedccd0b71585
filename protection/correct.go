package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// Correct changes what was reported. The older words stay readable in the
// signal's history for whoever may read it.
type Correct struct {
	Signal   ids.Signal
	Version  int
	Now      Answer
	Where    place.Given
	Spot     string
	When     date.Date
	Seen     string
	People   int
	Children Answer
}

// Check finds what the person can correct.
func (c Correct) Check(r *Rules, today date.Day) error {
	return fault.Join(answered("now", c.Now), r.event("where", c.Where, c.When, today), asked("children", c.Children),
		between("people", c.People, 0, 500), short("spot", c.Spot, 300), short("seen", c.Seen, 4000))
}

// Correct keeps the corrected signal and its history.
func (d *Desk) Correct(ctx context.Context, w access.Who, c Correct) error {
	g, err := d.may(ctx, w, access.SignalCorrect, access.SignalKind, c.Signal.UUID, access.ForIntake)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules, d.Rules.Day(d.Now())); err != nil {
		return err
	}
	s, err := d.Store.Signal(ctx, g, c.Signal)
	if err != nil {
		return err
	}
	before := s
	s.Version = c.Version
	s.Now, s.Where, s.When, s.People, s.Children = c.Now, c.Where, c.When, c.People, c.Children
	s.Spot, s.Seen = vault.Clear(c.Spot), vault.Clear(c.Seen)
	alerts, err := d.again(ctx, before, s)
	if err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Signals: []Signal{s}, Alerts: alerts})
}

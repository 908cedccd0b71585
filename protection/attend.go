package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Attend notes whether she came on a day.
type Attend struct {
	ID      ids.Attendance
	Episode ids.Episode
	Day     date.Day
	Came    string
}

// Check finds what the person can correct.
func (c Attend) Check(r *Rules, e Episode, today date.Day) error {
	last := today
	if !e.Until.IsZero() {
		last = e.Until
	}
	return fault.Join(r.need("came", "attendance", c.Came), within("day", c.Day, e.From, last))
}

// Attend keeps it. A later word about the same day stands beside the first, and counts.
func (d *Desk) Attend(ctx context.Context, w access.Who, c Attend) error {
	g, err := d.may(ctx, w, access.EpisodeKeep, access.EpisodeKind, c.Episode.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	e, err := d.Store.Episode(ctx, g, c.Episode)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, e, d.Rules.Day(now)); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("came", c.Came),
		Change{Attendances: []Attendance{{ID: c.ID, Episode: e.ID, Day: c.Day, Came: c.Came, By: w.Account, At: now}}})
}

package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// AgreeService takes over what the provider said of a service: that it stopped, went
// on, ended, and how. Nobody types it again; who sees it otherwise corrects it with
// PauseService or EndService instead.
type AgreeService struct {
	Episode ids.Episode
	Version int
}

// AgreeService keeps it. Agreeing again is the same act.
func (d *Desk) AgreeService(ctx context.Context, w access.Who, c AgreeService) error {
	g, err := d.may(ctx, w, access.EpisodeKeep, access.EpisodeKind, c.Episode.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	e, err := d.Store.Episode(ctx, g, c.Episode)
	if err != nil {
		return err
	}
	said, err := d.Store.Progress(ctx, g, e.Referral)
	if err != nil {
		return err
	}
	if len(e.Waiting(said)) == 0 {
		if e.Version > c.Version && !e.Heard.IsZero() {
			return nil
		}
		return fault.New(fault.Invalid, "fault.episode.nothing")
	}
	e.Version = c.Version
	now := d.Now()
	e = e.take(said, now)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(e.State)), Change{Episodes: []Episode{e}, Events: []Event{d.event(g, e.Case, "service_agreed", group(e.Need))}})
}

package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Resume opens the conversation of a decision that a supervisor sent back, so
// that its notes and its decision are completed where they stand. The person is
// not asked again; what was decided stays in the timeline (PROCESS.md §2.3 A5).
type Resume struct {
	Screening ids.Screening
	Version   int
}

// Resume takes the conversation up again. Saying it again is the same act.
func (d *Desk) Resume(ctx context.Context, w access.Who, c Resume) error {
	g, s, err := d.screening(ctx, w, access.ScreeningSave, c.Screening)
	if err != nil {
		return err
	}
	if s.State == ScreeningOpen {
		return nil
	}
	gc, err := d.may(ctx, w, access.CaseRead, access.CaseKind, s.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, gc, s.Case)
	if err != nil {
		return err
	}
	s.Version = c.Version
	if s, err = s.resume(one); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Screenings: []Screening{s}, Events: []Event{d.event(g, s.Case, "screening_resumed", "")}})
}

func (s Screening) resume(of Case) (Screening, error) {
	if !of.SentBack(s) {
		return s, notNow()
	}
	s.State = ScreeningOpen
	return s, nil
}

// SentBack says whether the decision of this conversation is the one that a
// supervisor returned.
func (c Case) SentBack(s Screening) bool {
	return c.Ratification == Returned && !c.State.Over() && s.State == ScreeningDecided && s.DecidedAt.Equal(c.PresumedAt)
}

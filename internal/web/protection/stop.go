package protection

import (
	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// stop ends the conversation from the page that lists its questions.
func (r *Rooms) stop(c *shell.Context) error {
	f := c.Form()
	v, err := r.talk(c)
	if err != nil {
		return err
	}
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	return r.stopAt(c, v.S, version)
}

// stopAt ends the conversation and leads back to the case. Stopping is always
// possible: somebody who saved meanwhile does not stand in its way.
func (r *Rooms) stopAt(c *shell.Context, s protection.Screening, version int) error {
	err := r.Desk.Stop(c, c.Who, protection.Stop{Screening: s.ID, Version: version})
	if fault.Is(err, fault.Stale) {
		now, _, failed := r.Desk.Screening(c, c.Who, s.ID)
		if failed != nil {
			return failed
		}
		err = r.Desk.Stop(c, c.Who, protection.Stop{Screening: s.ID, Version: now.Version})
	}
	if err != nil {
		return err
	}
	c.Notice("screening.stopped")
	return c.Redirect("/cases/" + s.Case.String())
}

package protection

import (
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// take says "I am on it". When somebody was faster, the page shows who.
func (r *Rooms) take(c *shell.Context) error {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return err
	}
	f := c.Form()
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	switch err = r.Desk.Take(c, c.Who, protection.Take{Signal: id, Version: version}); {
	case fault.Is(err, fault.Stale):
		c.Notice("duty.take.faster")
	case err != nil:
		return err
	default:
		c.Notice("duty.taken")
	}
	return c.Redirect("/signals/" + id.String())
}

package protection

import (
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// resume opens the conversation of a decision that came back; the pages are
// filled with what is noted.
func (r *Rooms) resume(c *shell.Context) error {
	f := c.Form()
	v, err := r.talk(c)
	if err != nil {
		return err
	}
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	if err := r.Desk.Resume(c, c.Who, protection.Resume{Screening: v.S.ID, Version: version}); err != nil {
		return err
	}
	c.Notice("screening.resumed")
	return c.Redirect(v.href(""))
}

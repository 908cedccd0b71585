package protection

import (
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// absent says that she did not come; whoever sent her looks for her.
func (r *Rooms) absent(c *shell.Context) error {
	f := c.Form()
	v, err := r.requestOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("referral.absent.title"), Body: absentPage(v), Back: v.href(""), Section: navReferrals}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Absent{Referral: v.ID, Version: f.Version()}
	if err = f.Err(); err == nil {
		err = r.Desk.Absent(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.absent.done")
	return c.Redirect("/requests")
}

package protection

import (
	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// accept says "we take her", and when she is expected.
func (r *Rooms) accept(c *shell.Context) error {
	f := c.Form()
	v, err := r.requestOf(c)
	if err != nil {
		return err
	}
	s, err := r.Desk.Service(c, c.Who, v.Service)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	page := shell.Page{Title: v.T("referral.accept.title"), Body: acceptPage(v, s.Capacity > 0 && s.Free == 0), Back: v.href(""), Section: navReferrals, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Accept{Referral: v.ID, Version: f.Version(), Arrival: f.Moment("arrival"), Extra: f.Bool("extra")}
	if cmd.Arrival.IsZero() && f.Err() == nil {
		f.Fail("arrival", "fault.date.missing")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Accept(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.accept.done")
	return c.Redirect(v.href(""))
}

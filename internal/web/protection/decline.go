package protection

import (
	"inkingi/countries"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// decline says "we cannot", with a reason; nothing of the packet stays.
func (r *Rooms) decline(c *shell.Context) error {
	f := c.Form()
	v, err := r.requestOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("referral.decline.title"), Body: declinePage(v), Back: v.href(""), Section: navReferrals, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Decline{Referral: v.ID, Version: f.Version(), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ReferralDecline)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Decline(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.decline.done")
	return c.Redirect("/requests")
}

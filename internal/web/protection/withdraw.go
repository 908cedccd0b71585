package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// withdraw notes that a consent was taken back, and says first what that stops.
func (r *Rooms) withdraw(c *shell.Context) error {
	f := c.Form()
	v, err := r.consentOf(c, access.ConsentWithdraw)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("consent.withdraw.title"), Body: withdrawPage(v), Back: "/consents/" + v.ID.String(), Section: navCases}
	if !c.Posted() {
		return c.Page(page)
	}
	version := f.Version()
	if err = f.Err(); err == nil {
		err = r.Desk.Withdraw(c, c.Who, protection.Withdraw{Consent: v.ID, Version: version})
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("consent.withdraw.done")
	return c.Redirect("/cases/" + v.Case.String() + "#consents")
}

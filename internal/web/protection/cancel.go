package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// cancel takes a request back. Her own no and the other reasons are two things.
func (r *Rooms) cancel(c *shell.Context) error {
	f := c.Form()
	v, err := r.referralOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("referral.cancel.title"), Body: cancelPage(v), Back: v.href(""), Section: navReferrals}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Cancel{Referral: v.ID, Version: f.Version(), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ReferralCancel)...)}
	cmd.ClientRefused = slices.Contains(hers(), cmd.Reason)
	if err = f.Err(); err == nil {
		err = r.Desk.Cancel(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.cancel.done")
	return c.Redirect(v.href(""))
}

// hers are the reasons that are the person's own no.
func hers() []string { return []string{"CLIENT_REFUSED", "CONSENT_WITHDRAWN"} }

// reasons are the reasons to cancel: hers first, the others after.
func (v referralView) reasons() []govuk.Choice {
	own := v.some(countries.ReferralCancel, hers()...)
	others := slices.DeleteFunc(v.choices(countries.ReferralCancel), func(c govuk.Choice) bool { return slices.Contains(hers(), c.Value) })
	return slices.Concat(own, []govuk.Choice{{Divider: v.T("referral.cancel.or")}}, others)
}

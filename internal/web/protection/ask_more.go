package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// askMore asks for one more field: "more, please".
func (r *Rooms) askMore(c *shell.Context) error {
	f := c.Form()
	v, err := r.requestOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("referral.ask.title"), Body: askMorePage(v), Back: v.href(""), Section: navReferrals}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.AskMore{Referral: v.ID, Version: f.Version(), Field: f.Choice("field", r.Desk.Rules.Codes(countries.PacketField)...),
		Why: f.Choice("why", r.Desk.Rules.Codes(countries.AskReason)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.AskMore(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.ask.done")
	return c.Redirect(v.href(""))
}

// fields are those that may be asked for: none that was given or asked already.
func (v requestView) fields() []govuk.Choice {
	return slices.DeleteFunc(v.choices(countries.PacketField), func(c govuk.Choice) bool {
		return c.Value == "minimum" || slices.ContainsFunc(v.Asks, func(a protection.Ask) bool { return a.Field == c.Value })
	})
}

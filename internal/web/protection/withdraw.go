package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
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
	cmd := protection.Withdraw{Consent: v.ID, Version: f.Version()}
	if len(v.Serves) > 0 {
		cmd.Kept = f.Choice("kept", r.Desk.Rules.Codes(countries.PacketKept)...)
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Withdraw(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("consent.withdraw.done")
	return c.Redirect("/cases/" + v.Case.String() + "#consents")
}

// kept are why a service keeps what it was sent; the first is that it does not.
func (v consentView) kept() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("consent.withdraw.kept.no")}}
	for _, k := range v.rooms.Country.List(countries.PacketKept) {
		all = append(all, govuk.SelectItem{Value: k.Code, Text: k.Label(v.Lang()) + v.mark(k.Fact)})
	}
	return all
}

// follows says what the end of this consent stops, by its purpose; "" where the page says it already.
func (v consentView) follows() string {
	switch v.Purpose {
	case protection.P1CaseManagement, protection.P4Justice, protection.P5Abroad, protection.P6Family, protection.P9Afterwards:
		return v.T("consent.withdraw." + v.Purpose)
	}
	return ""
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// addParty notes who outside has a part in a return, and what they were told.
func (r *Rooms) addParty(c *shell.Context) error {
	f := c.Form()
	v, err := r.returnView(c)
	if err != nil {
		return err
	}
	id := shell.KeepID[ids.Party](f, "id")
	page := shell.Page{Title: v.T("party.title"), Body: partyPage(v, id), Back: v.href("/return"), Section: navCases, Answers: v.prepares()}
	if !c.Posted() {
		return c.Page(page)
	}
	rules := r.Desk.Rules
	cmd := protection.AddParty{ID: id, Case: v.Of.ID, Version: f.Version(), Kind: f.Choice("kind", rules.Codes(countries.PartyKind)...), Where: f.Choice("country", rules.Codes(countries.Nation)...),
		Name: f.Text("name", 200), Phone: f.Text("phone", 40), Told: f.Choices("told", rules.Codes(countries.PartyTold)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.AddParty(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("party.saved")
	return c.Redirect(v.href("/return#parties"))
}

// kept is the return as it stands, when somebody was faster.
func (v returnView) kept() []string {
	return []string{v.T("return.kept") + v.T("case.colon") + v.when(v.At) + " · " + v.account(v.By)}
}

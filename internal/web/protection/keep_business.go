package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// businessView asks what she is helped to start.
type businessView struct {
	voice
	Case protection.Case
	ID   ids.Business
}

func (r *Rooms) keepBusiness(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := businessView{voice: r.voice(c), Case: one.Case, ID: shell.KeepID[ids.Business](f, "id")}
	back := "/cases/" + one.Case.ID.String() + "/visits#business"
	page := shell.Page{Title: v.T("business.title"), Body: businessPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	rules := r.Desk.Rules
	cmd := protection.KeepBusiness{ID: v.ID, Case: v.Case.ID, Kind: f.Choice("kind", rules.Codes(countries.BusinessKind)...), From: f.Day("from"), Cost: v.cost(f),
		Funders: f.Choices("funders", rules.Codes(countries.Funder)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.KeepBusiness(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("business.saved")
	return c.Redirect(back)
}

func (v businessView) from() map[string]string { return v.DateValues("from", date.Of(v.Today())) }

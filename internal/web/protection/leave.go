package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

type leaveView struct {
	voice
	Case  protection.Case
	Print bool // the reader may give her the numbers on paper
}

func (r *Rooms) leave(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := leaveView{voice: r.voice(c), Case: one.Case, Print: c.May(access.CasePrint, one.Grant.Object())}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("case.leave.title"), Body: leavePage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Leave{Case: one.Case.ID, Version: f.Version(), Told: f.Bool("told"),
		Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ClientDecline)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Leave(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("case.leave.done")
	return c.Redirect(back)
}

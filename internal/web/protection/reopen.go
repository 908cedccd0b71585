package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// reopenView asks why a case is opened again.
type reopenView struct {
	voice
	Case protection.Case
	Next ids.Case
}

func (r *Rooms) reopen(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := reopenView{voice: r.voice(c), Case: one.Case, Next: shell.KeepID[ids.Case](f, "next")}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("reopen.title"), Body: reopenPage(v), Back: back, Section: navCases, Answers: v.over()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Reopen{Case: v.Case.ID, Version: f.Version(), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ReopenReason)...), Next: v.Next}
	if err = f.Err(); err == nil {
		err = r.Desk.Reopen(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	if cmd.Reason == "RETRAFFICKED" {
		c.Notice("reopen.done.anew")
		return c.Redirect("/cases/" + v.Next.String())
	}
	c.Notice("reopen.done")
	return c.Redirect(back)
}

// over says whether there is something to open again.
func (v reopenView) over() bool {
	return v.Case.State.Over() && v.Case.State != protection.NotTIP && v.Case.State != protection.Joined
}

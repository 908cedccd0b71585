package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// signView is a closure as a second person reads it.
type signView struct{ closeView }

func (r *Rooms) signOff(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.ToSign(c, c.Who, id)
	if err != nil {
		return err
	}
	v := signView{}
	if v.closeView, err = r.closeView(c, read); err != nil {
		return err
	}
	back := "/cases/" + id.String()
	page := shell.Page{Title: v.T("sign_off.title"), Body: signPage(v), Back: back, Section: navCases, Answers: v.waits()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.SignOff{Case: id, Version: f.Version(), Words: f.Prose("words", 2000)}
	answer := f.Choice("answer", "close", "return")
	if answer == "" {
		f.Fail("answer", "fault.choice.missing")
	}
	cmd.Return = answer == "return"
	if err = f.Err(); err == nil {
		err = r.Desk.SignOff(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("sign_off.done." + answer)
	return c.Redirect(back)
}

// waits says whether it still waits for a second person.
func (v signView) waits() bool { return v.Closure.State == protection.Asked && !v.Case.State.Over() }

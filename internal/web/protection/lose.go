package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// loseView asks whether contact is lost, after honest attempts.
type loseView struct{ followView }

func (r *Rooms) lose(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return err
	}
	v := loseView{}
	if v.followView, err = r.followView(c, id); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("lose.title"), Body: losePage(v), Back: v.href("/visits"), Section: navCases, Answers: !v.Case.State.Over()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Lose{Case: id, Version: f.Version(), Asked: f.Choices("asked", r.Desk.Rules.Codes(countries.SearchStep)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Lose(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("lose.done")
	return c.Redirect(v.href(""))
}

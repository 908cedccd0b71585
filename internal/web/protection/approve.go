package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// approveView is the plan as a second person reads it.
type approveView struct{ planView }

func (r *Rooms) approve(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Plan](c, "plan")
	if err != nil {
		return err
	}
	read, err := r.Desk.PlanAsked(c, c.Who, id)
	if err != nil {
		return err
	}
	v := approveView{}
	if v.planView, err = r.planView(c, read); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("plan.approve.title"), Body: approvePage(v), Back: v.href(""), Section: navCases, Wide: true, Answers: v.waits()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Approve{Plan: id, Version: f.Version(), Words: f.Prose("words", 2000)}
	answer := f.Choice("answer", "approve", "return")
	if answer == "" {
		f.Fail("answer", "fault.choice.missing")
	}
	cmd.Return = answer == "return"
	if err = f.Err(); err == nil {
		err = r.Desk.Approve(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("plan.approve.done." + answer)
	return c.Redirect(v.href(""))
}

// waits says whether the plan still waits for a second person.
func (v approveView) waits() bool {
	return v.Plan.State == protection.AgreedTo && !v.Case.State.Over()
}

// kept is the plan as it stands, when it was written anew meanwhile.
func (v approveView) kept() []string {
	return []string{v.T("plan.written") + v.T("case.colon") + v.when(v.Plan.At) + " · " + v.account(v.Plan.By)}
}

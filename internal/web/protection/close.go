package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// closeView asks whether the case may end, with the checklist.
type closeView struct {
	voice
	protection.ClosureView
	Why, Remarks string
}

// closeView opens a closure.
func (r *Rooms) closeView(c *shell.Context, read protection.ClosureView) (closeView, error) {
	v := closeView{voice: r.voice(c), ClosureView: read}
	w := words{grant: read.Grant}
	v.Why, v.Remarks = w.open(read.Closure.Why), w.open(read.Closure.Remarks)
	return v, w.err
}

func (r *Rooms) closeCase(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.Closing(c, c.Who, id)
	if err != nil {
		return err
	}
	v, err := r.closeView(c, read)
	if err != nil {
		return err
	}
	back := "/cases/" + id.String()
	page := shell.Page{Title: v.T("close.title"), Body: closePage(v), Back: back, Section: navCases, Answers: v.asks()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Close{Case: id, Version: f.Version(), Reason: f.Choice("reason", r.Desk.Rules.ClosureReasons()...),
		Checks: f.Choices("checks", r.Desk.Rules.Codes(countries.ClosureCheck)...), Why: f.Prose("why", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.Close(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("close.asked")
	return c.Redirect(back)
}

// asks says whether it can be asked now.
func (v closeView) asks() bool { return !v.Case.State.Over() && v.Closure.State != protection.Asked }

// reasons are those of the checklist.
func (v closeView) reasons() []govuk.Choice {
	return v.some(countries.ClosureReason, v.rooms.Desk.Rules.ClosureReasons()...)
}

// missing is what the records say is not done.
func (v closeView) missing() []lack {
	var all []lack
	for _, key := range v.Lacks {
		all = append(all, lack{v.T(key), v.fixes(v.Case.ID, key)})
	}
	return all
}

// asked is what was asked for, by whom.
func (v closeView) asked() []govuk.SummaryRow {
	x := v.Closure
	rows := []govuk.SummaryRow{v.row(v.T("close.reason"), v.label(countries.ClosureReason, x.Reason)), v.row(v.T("close.checks"), v.labels(countries.ClosureCheck, x.Checks)),
		v.rowIf(v.T("close.why"), v.Why), v.row(v.T("close.by"), v.when(x.At)+" · "+v.account(x.By))}
	if !x.AnsweredAt.IsZero() {
		rows = append(rows, v.row(v.T("close.answered"), v.when(x.AnsweredAt)+" · "+v.account(x.AnsweredBy)))
	}
	return append(rows, v.rowIf(v.T("close.remarks"), v.Remarks))
}

package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// expectView asks for a moment before which the danger is looked at anew.
type expectView struct {
	voice
	protection.CaseView
}

func (r *Rooms) expect(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := expectView{voice: r.voice(c), CaseView: one}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("expect.title"), Body: expectPage(v), Back: back, Section: navCases}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Expect{Case: v.Case.ID, Moment: f.Choice("moment", protection.Foreseen()...), Day: f.Day("day")}
	if err = f.Err(); err == nil {
		err = r.Desk.Expect(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("expect.saved")
	return c.Redirect(back)
}

// moments are those that can be foreseen.
func (v expectView) moments() []govuk.Choice {
	return slices.DeleteFunc(v.choices(countries.AssessmentMoment), func(k govuk.Choice) bool { return !slices.Contains(protection.Foreseen(), k.Value) })
}

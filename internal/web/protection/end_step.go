package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// endStepView asks what came of a step.
type endStepView struct {
	planView
	Step stepView
}

func (r *Rooms) endStep(c *shell.Context) error {
	f := c.Form()
	v := endStepView{}
	var err error
	if v.planView, err = r.planning(c); err != nil {
		return err
	}
	asked := c.Query("step")
	if f.Given() {
		asked = f.Value("step")
	}
	id, _ := ids.Parse[ids.Step](asked)
	if id.IsZero() && !c.Posted() && len(v.Steps) > 0 { // nothing was chosen: what is due first
		id = v.Steps[0].ID
	}
	if !v.find(id) && !c.Posted() {
		return c.Redirect(v.href("#steps"))
	}
	page := shell.Page{Title: v.T("plan.end.title"), Body: endStepPage(v), Back: v.href("#steps"), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.EndStep{Case: v.Case.ID, Step: id, End: f.Choice("end", v.rooms.Desk.Rules.Codes(countries.StepEnd)...), Due: f.Day("due"), Remark: f.Prose("remark", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.EndStep(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("plan.end.saved")
	return c.Redirect(v.href("#steps"))
}

func (v *endStepView) find(id ids.Step) bool {
	for _, s := range append(v.Steps[:len(v.Steps):len(v.Steps)], v.Past...) {
		if s.ID == id {
			v.Step = s
			return true
		}
	}
	return false
}

// about is the step as it stands.
func (v endStepView) about() []govuk.SummaryRow {
	s := v.Step
	return []govuk.SummaryRow{v.row(v.T("plan.step.need"), v.stepName(s)), v.rowIf(v.T("plan.step.what"), s.Text), v.row(v.T("plan.step.who"), v.label(countries.StepWho, s.Who)),
		v.row(v.T("plan.step.due"), v.Day(s.Due))}
}

// kept is what somebody else said meanwhile.
func (v endStepView) kept() []string {
	if v.Step.Open() {
		return []string{v.T("plan.step.due") + v.T("case.colon") + v.Day(v.Step.Due)}
	}
	return []string{v.label(countries.StepEnd, v.Step.End) + " · " + v.when(v.Step.EndAt) + " · " + v.account(v.Step.EndBy)}
}

func (v endStepView) ends() []govuk.Choice {
	all := v.choices(countries.StepEnd)
	for i := range all {
		if all[i].Value == "LATER" {
			all[i].Conditional = govuk.DateInput{ID: "due", NamePrefix: "due", Values: v.DateValues("due", date.Date{}),
				Fieldset: govuk.Fieldset{Legend: govuk.Legend{Text: v.T("plan.end.due")}}, ErrorMessage: v.wrong("due")}
		}
	}
	return all
}

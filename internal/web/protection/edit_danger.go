package protection

import (
	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

type editDangerView struct {
	voice
	Case protection.Case
}

// editDanger corrects what triage said of a danger.
func (r *Rooms) editDanger(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := editDangerView{voice: r.voice(c), Case: one.Case}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("case.danger.title"), Body: editDangerPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.EditDanger{Case: one.Case.ID, Version: f.Version(), HealthFrom: f.Moment("health"),
		Level: protection.Danger(f.Choice("level", r.Desk.Rules.Codes(countries.Danger)...)), Reasons: f.Choices("reasons", r.Desk.Rules.Codes(countries.DangerReason)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.EditDanger(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("case.danger.done")
	return c.Redirect(back)
}

// compared is what is stored, when somebody was faster.
func (v editDangerView) compared() []string {
	return []string{v.label(countries.Danger, string(v.Case.Level)), v.labels(countries.DangerReason, v.Case.Reasons), v.when(v.Case.HealthFrom)}
}

func (v editDangerView) reasons() govuk.Fieldset {
	return govuk.Fieldset{Legend: govuk.Legend{Text: v.T("duty.level.why"), Classes: "govuk-fieldset__legend--s"}}
}

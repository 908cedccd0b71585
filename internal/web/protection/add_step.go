package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// addStepView asks who does what for a goal, and by when.
type addStepView struct {
	planView
	ID ids.Step
}

func (r *Rooms) addStep(c *shell.Context) error {
	f := c.Form()
	v := addStepView{ID: shell.KeepID[ids.Step](f, "id")}
	var err error
	if v.planView, err = r.planning(c); err != nil {
		return err
	}
	if !v.written() && !c.Posted() { // first what she wants
		return c.Redirect(v.href(""))
	}
	page := shell.Page{Title: v.T("plan.step.title"), Body: addStepPage(v), Back: v.href(""), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.AddStep(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("plan.step.saved")
	return c.Redirect(v.href("#steps"))
}

func (v addStepView) form(f *shell.Form) protection.AddStep {
	rules := v.rooms.Desk.Rules
	return protection.AddStep{ID: v.ID, Case: v.Case.ID, Goal: shell.FormID[ids.Goal](f, "goal"), Need: f.Choice("need", rules.Codes(countries.Service)...),
		What: f.Prose("what", 2000), Who: f.Choice("who", rules.Codes(countries.StepWho)...), Due: f.Day("due")}
}

// goals are the choices; the only one is chosen.
func (v addStepView) goals() []govuk.Choice {
	var all []govuk.Choice
	for _, g := range v.Goals {
		all = append(all, govuk.Choice{Value: g.ID.String(), Text: v.T("plan.said", "Words", cut(g.Words, 140))})
	}
	return all
}

func (v addStepView) goal() string {
	if len(v.Goals) == 1 {
		return v.Goals[0].ID.String()
	}
	return ""
}

// dayOf fills the three boxes with what was typed, or a day.
func (v addStepView) due() map[string]string { return v.DateValues("due", date.Date{}) }

// cut shortens a text to so many characters.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

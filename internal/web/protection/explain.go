package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// explainView asks whether she was told, and in which language.
type explainView struct {
	identificationView
	ID ids.Explanation
}

func (r *Rooms) explain(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.ToExplain(c, c.Who, id)
	if err != nil {
		return err
	}
	v := explainView{ID: shell.KeepID[ids.Explanation](f, "id")}
	if v.identificationView, err = r.identificationView(c, read); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("explain.title"), Body: explainPage(v), Back: v.href("/identification"), Section: navCases, Answers: v.Explainable()}
	if !c.Posted() {
		return c.Page(page)
	}
	said, rules := f.Choices("said", "told", "right"), r.Desk.Rules
	cmd := protection.Explain{ID: v.ID, Case: id, Told: slices.Contains(said, "told"), Right: slices.Contains(said, "right"),
		Language: f.Choice("language", rules.Codes(countries.Language)...), Interpreter: f.Choice("interpreter", rules.Codes(countries.InterpreterKind)...)}
	if !cmd.Told || !cmd.Right {
		f.Fail("said", "fault.explain.both")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Explain(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("explain.done")
	return c.Redirect(v.href("/identification"))
}

func (v explainView) said() []govuk.Choice {
	return []govuk.Choice{{Value: "told", Text: v.T("explain.told")}, {Value: "right", Text: v.T("explain.right")}}
}

// language is the one she speaks, when it is known.
func (v explainView) language() string {
	if typed := v.Value("language"); typed != "" {
		return typed
	}
	return v.Case.Language
}

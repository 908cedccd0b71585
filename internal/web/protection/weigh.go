package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// weighView asks what is best for a child, and what she thinks herself.
type weighView struct {
	voice
	protection.CaseView
	ID ids.Interests
}

func (r *Rooms) weigh(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := weighView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Interests](f, "id")}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("interests.title"), Body: weighPage(v), Back: back, Section: navCases, Answers: one.Case.Child}
	if !c.Posted() {
		return c.Page(page)
	}
	rules := v.rooms.Desk.Rules
	cmd := protection.Weigh{ID: v.ID, Case: v.Case.ID, About: f.Choice("about", rules.Codes(countries.InterestsAbout)...),
		Heard: protection.Answer(f.Choice("heard", string(protection.Yes), string(protection.No))), Views: f.Prose("views", 2000),
		With: f.Choices("with", rules.Codes(countries.InterestsWith)...), For: f.Prose("for", 2000), Risks: f.Prose("risks", 2000), Result: f.Prose("result", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.Weigh(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("interests.saved")
	return c.Redirect(back)
}

// yesOrNo are the two answers to "was she heard".
func (v weighView) yesOrNo() []govuk.Choice {
	return []govuk.Choice{{Value: string(protection.Yes), Text: v.T("common.yes")}, {Value: string(protection.No), Text: v.T("common.no")}}
}

// interestsView is one weighing, as it was made.
type interestsView struct {
	voice
	protection.Interests
	Code string
}

func (r *Rooms) showInterests(c *shell.Context) error {
	id, err := shell.ID[ids.Interests](c, "interests")
	if err != nil {
		return err
	}
	x, g, err := r.Desk.Interests(c, c.Who, id)
	if err != nil {
		return err
	}
	one, err := r.Desk.Case(c, c.Who, x.Case, protection.Page{Limit: 1})
	if err != nil {
		return err
	}
	v := interestsView{voice: r.voice(c), Interests: x, Code: one.Case.Code.String()}
	w := words{grant: g}
	rows := []govuk.SummaryRow{
		v.row(v.T("interests.result"), w.open(x.Result)),
		v.row(v.T("interests.heard"), v.answer(x.Heard)),
		v.row(v.T("interests.views"), w.open(x.Views)),
		v.rowIf(v.T("panel.options"), w.open(x.Options)),
		v.rowIf(v.T("interests.for"), w.open(x.For)),
		v.rowIf(v.T("interests.risks"), w.open(x.Risks)),
		v.rowIf(v.T("interests.with"), v.labels(countries.InterestsWith, x.With)),
		v.rowIf(v.T("panel.dissent"), w.open(x.Dissent)),
		v.rowIf(v.T("panel.sat"), v.labels(countries.PanelMember, x.Sat)),
		v.row(v.T("interests.about"), v.label(countries.InterestsAbout, x.About)),
		v.row(v.T("assess.when"), v.when(x.At)+" · "+v.account(x.By)),
	}
	if w.err != nil {
		return w.err
	}
	if x.ByPanel() {
		rows = append([]govuk.SummaryRow{v.row(v.T("panel.decision"), v.T("panel.decision."+string(x.Decision)))}, rows...)
		rows = append(rows, v.row(v.T("panel.guardian"), v.answer(x.Guardian)), v.rowIf(v.T("panel.review"), v.Day(x.Review)))
	}
	return c.Page(shell.Page{Title: v.T("interests.one"), Body: interestsPage(v, rows), Back: "/cases/" + x.Case.String(), Section: navCases})
}

// weighed are those of a case, the newest first.
func (v caseView) weighed() govuk.Queue {
	var q govuk.Queue
	for _, x := range v.Weighed {
		o := v.facts
		o.Kind, o.ID, o.By = access.InterestsKind, x.ID.UUID, x.By
		row := govuk.QueueRow{Title: v.label(countries.InterestsAbout, x.About),
			Facts: []govuk.Fact{{Name: v.T("assess.when"), Value: v.when(x.At)}, {Name: v.T("assess.by"), Value: v.account(x.By)}}}
		if x.ByPanel() {
			row.Facts = append([]govuk.Fact{{Name: v.T("panel.decision"), Value: v.T("panel.decision." + string(x.Decision))}}, row.Facts...)
		}
		if v.may(access.InterestsRead, o) {
			row.Href = "/interests/" + x.ID.String()
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

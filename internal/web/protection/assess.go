package protection

import (
	"maps"
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// assessView asks what she needs, what led here and what threatens her. What
// stands since the last time stands in the fields: it is said anew, not typed
// anew. What threatens her and how dangerous it is, is asked again each time, with
// her last words above.
type assessView struct {
	voice
	protection.CaseView
	ID    ids.Assessment
	Told  []earlierLine // hides the method of the same name: here it is opened
	Stood stood
}

// stood is what was found the last time, opened.
type stood struct {
	At, Own                             string
	Steps, Signs, Places, People, Phone string
	Now, Later, Led                     []string
}

func (r *Rooms) assess(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := assessView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Assessment](f, "id")}
	if v.Told, err = r.earlier(c, one); err != nil {
		return err
	}
	if v.Stood, err = r.stood(c, one); err != nil {
		return err
	}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("assess.title"), Body: assessPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.Assess(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("assess.saved")
	return c.Redirect(back)
}

// stood opens the last assessment, for who may read it.
func (r *Rooms) stood(c *shell.Context, one protection.CaseView) (stood, error) {
	if len(one.Assessments) == 0 {
		return stood{}, nil
	}
	v, last := r.voice(c), one.Assessments[0]
	o := one.Grant.Object()
	o.Kind, o.ID, o.By = access.AssessmentKind, last.ID.UUID, last.By
	if !v.may(access.AssessmentRead, o) {
		return stood{}, nil
	}
	a, g, err := r.Desk.Assessment(c, c.Who, last.ID)
	if err != nil {
		return stood{}, err
	}
	w := words{grant: g}
	s := stood{At: v.when(a.At), Own: w.open(a.Own), Steps: w.open(a.Plan.Steps), Signs: w.open(a.Plan.Signs), Places: w.open(a.Plan.Places),
		People: w.open(a.Plan.People), Phone: w.open(a.Plan.Phone), Led: a.Led}
	for _, need := range slices.Sorted(maps.Keys(a.Needs)) {
		switch a.Needs[need] {
		case protection.Urgent:
			s.Now = append(s.Now, need)
		case protection.Later:
			s.Later = append(s.Later, need)
		}
	}
	return s, w.err
}

func (v assessView) form(f *shell.Form) protection.Assess {
	rules := v.rooms.Desk.Rules
	cmd := protection.Assess{ID: v.ID, Case: v.Case.ID, Version: f.Version(), Moment: f.Choice("moment", rules.Codes(countries.AssessmentMoment)...),
		Led: f.Choices("led", rules.Codes(countries.Vulnerability)...), Needs: map[string]protection.Pressing{}, Risks: map[string]protection.Answer{},
		Own: f.Prose("own", 2000), Level: protection.Danger(f.Choice("level", rules.Codes(countries.Danger)...)), Why: f.Prose("why", 2000),
		Signs: f.Prose("signs", 2000), Places: f.Prose("places", 2000), People: f.Prose("people", 2000), Phone: f.Prose("phone", 2000), Steps: f.Prose("steps", 2000)}
	for _, need := range f.Choices("later", rules.Codes(countries.Service)...) {
		cmd.Needs[need] = protection.Later
	}
	for _, need := range f.Choices("now", rules.Codes(countries.Service)...) {
		cmd.Needs[need] = protection.Urgent
	}
	for _, factor := range rules.Risks {
		if a := answerOf(f, riskField(factor.Code)); a != protection.NotAsked {
			cmd.Risks[factor.Code] = a
		}
	}
	if v.first() {
		cmd.Reflect = v.reflectForm(f)
	}
	return cmd
}

// first says whether nothing was said yet of her time to think.
func (v assessView) first() bool {
	return v.Reflection.State == "" && v.Case.State == protection.Presumed
}

func riskField(code string) string { return "risk_" + code }

// moments are why she is assessed again.
func (v assessView) moments() []govuk.Choice {
	return slices.DeleteFunc(v.choices(countries.AssessmentMoment), func(c govuk.Choice) bool { return c.Value == "FIRST" })
}

// folded is the legend of a group whose name stands on the fold around it.
func folded(text string) govuk.Fieldset {
	return govuk.Fieldset{Legend: govuk.Legend{Text: text, Classes: "govuk-visually-hidden"}}
}

// needs are the groups of needs; what exactly is asked for is the plan's.
func (v assessView) needs() []govuk.Choice {
	var all []govuk.Choice
	for _, k := range v.rooms.Country.Codes(countries.Service, v.rooms.Country.Day(v.c.At)) {
		if k.Parent == "" {
			all = append(all, govuk.Choice{Value: k.Code, Text: v.label(countries.Service, k.Code)})
		}
	}
	return all
}

// assessmentView is one assessment, as it was made.
type assessmentView struct {
	voice
	protection.Assessment
	Case protection.Case
	open words
}

func (r *Rooms) showAssessment(c *shell.Context) error {
	id, err := shell.ID[ids.Assessment](c, "assessment")
	if err != nil {
		return err
	}
	a, g, err := r.Desk.Assessment(c, c.Who, id)
	if err != nil {
		return err
	}
	one, err := r.Desk.Case(c, c.Who, a.Case, protection.Page{Limit: 1})
	if err != nil {
		return err
	}
	v := assessmentView{voice: r.voice(c), Assessment: a, Case: one.Case, open: words{grant: g}}
	view := assessmentPage(v, v.danger(a.Level), v.about(), v.threats(), v.plan())
	if v.open.err != nil {
		return v.open.err
	}
	return c.Page(shell.Page{Title: v.T("assess.one"), Body: view, Back: "/cases/" + a.Case.String(), Section: navCases})
}

// about says when, why, what she needs and what led here.
func (v *assessmentView) about() []govuk.SummaryRow {
	var now, later []string
	for _, need := range v.rooms.Desk.Rules.Codes(countries.Service) {
		switch v.Needs[need] {
		case protection.Urgent:
			now = append(now, need)
		case protection.Later:
			later = append(later, need)
		}
	}
	return []govuk.SummaryRow{
		v.row(v.T("assess.when"), v.when(v.At)+" · "+v.account(v.By)),
		v.row(v.T("assess.moment"), v.label(countries.AssessmentMoment, v.Moment)),
		v.rowIf(v.T("assess.now"), v.labels(countries.Service, now)),
		v.rowIf(v.T("assess.later"), v.labels(countries.Service, later)),
		v.rowIf(v.T("assess.led"), v.labels(countries.Vulnerability, v.Led)),
		v.rowIf(v.T("assess.own"), v.open.open(v.Own)),
		v.row(v.T("assess.suggestion"), v.label(countries.Danger, string(v.Suggestion))),
		v.rowIf(v.T("assess.why"), v.open.open(v.Why)),
		v.row(v.T("assess.respond"), v.when(v.rooms.Desk.Rules.Due(protection.RiskKey(v.Level), v.At))),
		v.rowIf(v.T("assess.next"), v.until(v.Next)),
	}
}

// threatsView is the questions that got one answer.
type threatsView struct {
	Answer    string
	Questions []string
}

// threats are the questions by their answer, yes before "I don't know" before no.
func (v *assessmentView) threats() []threatsView {
	var all []threatsView
	for _, answer := range []protection.Answer{protection.Yes, protection.Unknown, protection.Skipped, protection.No} {
		one := threatsView{Answer: v.answer(answer)}
		for _, f := range v.rooms.Desk.Rules.Risks {
			if v.Risks[f.Code] == answer {
				one.Questions = append(one.Questions, v.label(countries.RiskFactor, f.Code))
			}
		}
		if len(one.Questions) > 0 {
			all = append(all, one)
		}
	}
	return all
}

func (v *assessmentView) plan() []govuk.SummaryRow {
	p := v.Plan
	return slices.DeleteFunc([]govuk.SummaryRow{
		v.rowIf(v.T("assess.plan.signs"), v.open.open(p.Signs)), v.rowIf(v.T("assess.plan.places"), v.open.open(p.Places)),
		v.rowIf(v.T("assess.plan.people"), v.open.open(p.People)), v.rowIf(v.T("assess.plan.phone"), v.open.open(p.Phone)),
		v.rowIf(v.T("assess.plan.steps"), v.open.open(p.Steps)),
	}, func(r govuk.SummaryRow) bool { return r.Key.Text == "" })
}

// assessments are those of a case, the newest first.
func (v caseView) assessments() govuk.Queue {
	var q govuk.Queue
	for _, a := range v.Assessments {
		o := v.facts
		o.Kind, o.ID, o.By = access.AssessmentKind, a.ID.UUID, a.By
		row := govuk.QueueRow{Title: v.label(countries.AssessmentMoment, a.Moment), Danger: v.danger(a.Level),
			Facts: []govuk.Fact{{Name: v.T("assess.when"), Value: v.when(a.At)}, {Name: v.T("assess.by"), Value: v.account(a.By)}}}
		if v.may(access.AssessmentRead, o) {
			row.Href = "/assessments/" + a.ID.String()
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// standView names who stands by a child.
type standView struct {
	voice
	Case protection.Case
	ID   ids.Guardian
	Kind protection.GuardianKind
}

func (r *Rooms) stand(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := standView{voice: r.voice(c), Case: one.Case, ID: shell.KeepID[ids.Guardian](f, "id"), Kind: protection.Trusted}
	if c.Query("kind") == string(protection.Appointed) || f.Text("kind", 20) == string(protection.Appointed) {
		v.Kind = protection.Appointed
	}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.title(), Body: standPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	rules := r.Desk.Rules
	cmd := protection.Stand{ID: v.ID, Case: one.Case.ID, CaseVersion: f.Version(), Kind: v.Kind,
		Relation: f.Choice("relation", rules.Codes(countries.GuardianRelation)...), Agreed: answerOf(f, "agreed"), Involved: answerOf(f, "involved"),
		Authority: f.Choice("authority", rules.Codes(countries.GuardianAuthority)...), Act: f.Text("act", 120), Name: f.Text("name", 120),
		Phone: f.Text("phone", 40), Why: f.Prose("why", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.Stand(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("guardian.saved." + string(v.Kind))
	return c.Redirect(back)
}

func (v standView) title() string { return v.T("guardian.title." + string(v.Kind)) }

// guardianView is who stands by a child, with the number, for who may open it.
type guardianView struct {
	voice
	protection.Guardian
	facts access.Object
}

func (r *Rooms) guardianOf(c *shell.Context) (v guardianView, g access.Grant, err error) {
	id, err := shell.ID[ids.Guardian](c, "guardian")
	if err != nil {
		return v, g, err
	}
	v.voice = r.voice(c)
	v.Guardian, g, err = r.Desk.Guardian(c, c.Who, id)
	v.facts = g.Object()
	return v, g, err
}

func (r *Rooms) showGuardian(c *shell.Context) error {
	v, g, err := r.guardianOf(c)
	if err != nil {
		return err
	}
	w := words{grant: g}
	rows := []govuk.SummaryRow{
		v.row(v.T("guardian.name"), w.open(v.Name)),
		v.rowIf(v.T("guardian.phone"), w.open(v.Phone)),
		v.row(v.T("guardian.relation"), v.label(countries.GuardianRelation, v.Relation)),
		v.rowIf(v.T("guardian.agreed"), v.answer(v.Agreed)),
		v.rowIf(v.T("guardian.authority"), v.label(countries.GuardianAuthority, v.Authority)),
		v.rowIf(v.T("guardian.act"), w.open(v.Act)),
		v.rowIf(v.T("guardian.why"), w.open(v.Why)),
		v.row(v.T("guardian.from"), v.when(v.From)+" · "+v.account(v.By)),
		v.rowIf(v.T("guardian.until"), v.when(v.Until)),
		v.rowIf(v.T("guardian.end"), v.label(countries.GuardianEnd, v.End)),
	}
	if w.err != nil {
		return w.err
	}
	return c.Page(shell.Page{Title: v.T("guardian.kind." + string(v.Kind)), Body: guardianPage(v, rows), Back: "/cases/" + v.Case.String(), Section: navCases})
}

// standDown ends it, with the reason.
func (r *Rooms) standDown(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Guardian](c, "guardian")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return err
	}
	v, _, err := r.guardianOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("guardian.down"), Body: standDownPage(v), Back: "/guardians/" + v.ID.String(), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.StandDown{Guardian: v.ID, Version: f.Version(), Why: f.Choice("why", r.Desk.Rules.Codes(countries.GuardianEnd)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.StandDown(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("guardian.down.done")
	return c.Redirect("/cases/" + v.Case.String())
}

// guardians are who stands or stood by the child, who stands there now first.
func (v caseView) guardians() govuk.Queue {
	var now, past []govuk.QueueRow
	for _, g := range v.Guardians {
		row := govuk.QueueRow{Title: v.T("guardian.kind." + string(g.Kind)), Facts: []govuk.Fact{
			{Name: v.T("guardian.relation.short"), Value: v.label(countries.GuardianRelation, g.Relation)}, {Name: v.T("guardian.from"), Value: v.when(g.From)}}}
		o := v.facts
		o.Kind, o.ID, o.By = access.GuardianKind, g.ID.UUID, g.By
		if v.may(access.GuardianRead, o) {
			row.Href = "/guardians/" + g.ID.String()
		}
		if g.Standing() {
			now = append(now, row)
			continue
		}
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("guardian.until"), Value: v.when(g.Until)})
		row.Tags = []govuk.Tag{{Text: v.label(countries.GuardianEnd, g.End), Classes: "govuk-tag--grey"}}
		past = append(past, row)
	}
	return govuk.Queue{Rows: append(now, past...)}
}

// lacks says whether nobody of a kind stands by the child.
func (v caseView) lacks(kind protection.GuardianKind) bool {
	for _, g := range v.Guardians {
		if g.Kind == kind && g.Standing() {
			return false
		}
	}
	return v.Case.Child && v.opened()
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

type editCaseView struct {
	voice
	Case protection.Case
}

func (r *Rooms) editCase(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := editCaseView{voice: r.voice(c), Case: one.Case}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("case.edit.title"), Body: editCasePage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := r.caseForm(f, one.Case)
	if err = f.Err(); err == nil {
		err = r.Desk.EditCase(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect(back)
}

// gate decides about the record of the address by the action that the route
// names, before a form is shown.
func (r *Rooms) gate(c *shell.Context, id ids.UUID) error {
	p := access.ForProtection
	if k := c.Route.Of(); k == access.ReferralKind || k == access.PacketKind {
		p = access.ForReferral
	}
	_, err := r.Desk.May(c, c.Who, c.Route.Action, c.Route.Of(), id, p)
	return err
}

// caseOf reads the case of the address and what hangs on it, for who may do
// what the route is for.
func (r *Rooms) caseOf(c *shell.Context) (protection.CaseView, error) {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return protection.CaseView{}, err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return protection.CaseView{}, err
	}
	return r.Desk.Case(c, c.Who, id, protection.Page{Limit: 1})
}

// caseForm reads the facts of routing.
func (r *Rooms) caseForm(f *shell.Form, of protection.Case) protection.EditCase {
	return protection.EditCase{Case: of.ID, Version: f.Version(),
		Sex: f.Choice("sex", r.Desk.Rules.Codes(countries.Sex)...), Age: r.ageForm(f, "", of.Age),
		Child: f.Bool("child"), Language: f.Choice("language", r.Desk.Rules.Codes(countries.Language)...),
		Internal: answerOf(f, "internal")}
}

// ageForm reads an age with its basis. It was said today, unless it is the one
// that was known before.
func (r *Rooms) ageForm(f *shell.Form, at string, known date.Age) date.Age {
	if f.Value(at+"years") == "" && f.Value(at+"months") == "" {
		return date.Age{}
	}
	a := date.Age{Years: f.Int(at+"years", 0, date.MaxAge), Months: f.Int(at+"months", 0, 11),
		Basis: date.Basis(f.Choice(at+"basis", r.Desk.Rules.Codes(countries.AgeBasis)...)), Said: r.Desk.Rules.Day(r.Desk.Now())}
	if a.Years == known.Years && a.Months == known.Months && a.Basis == known.Basis {
		return known
	}
	if a.Basis == "" {
		f.Fail(at+"basis", "fault.age.basis")
	}
	return a
}

// compared are the facts as they are stored, when somebody was faster.
func (v editCaseView) compared() []string {
	age := v.T("common.unknown")
	if !v.Case.Age.IsZero() {
		age = v.Age(v.Case.Age)
	}
	colon := v.T("case.colon")
	return []string{v.T("common.sex") + colon + v.label(countries.Sex, v.Case.Sex), v.T("common.age") + colon + age,
		v.T("common.language") + colon + v.label(countries.Language, v.Case.Language)}
}

// typed is what the fields for an age show first.
func typed(a date.Age, months bool) string {
	switch {
	case a.IsZero():
		return ""
	case months && a.Months == 0:
		return ""
	case months:
		return digits(a.Months)
	}
	return digits(a.Years)
}

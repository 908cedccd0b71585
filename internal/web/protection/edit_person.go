package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

type editPersonView struct {
	voice
	Stored  identity
	ID      ids.Person
	Present int // the version that is stored
}

func (r *Rooms) editPerson(c *shell.Context) error {
	id, err := shell.ID[ids.Person](c, "person")
	if err != nil {
		return err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return err
	}
	f := c.Form() // before the view: it reads what was typed
	p, g, err := r.Desk.Person(c, c.Who, id)
	if err != nil {
		return err
	}
	v := editPersonView{voice: r.voice(c), ID: id, Present: p.Version}
	if v.Stored, err = identityOf(p, g); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("case.edit_person.title"), Body: editPersonPage(v), Back: "/persons/" + id.String(), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := r.personForm(f, id)
	if err = f.Err(); err == nil {
		err = r.Desk.EditPerson(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect("/persons/" + id.String())
}

// personForm reads who she says she is. Everything may stay empty.
func (r *Rooms) personForm(f *shell.Form, id ids.Person) protection.EditPerson {
	return protection.EditPerson{Person: id, Version: f.Version(),
		Name: f.Text("name", 120), Called: f.Text("called", 120), Other: f.Text("other", 200), Born: f.Date("born"),
		Document: f.Text("document", 80), From: f.Text("from", 200), Phone: f.Text("phone", 40),
		Hours: f.Choice("hours", r.Desk.Rules.Codes(countries.SafeHours)...), Phrase: f.Text("phrase", 200),
		Avoid: f.Text("avoid", 200), May: answerOf(f, "may")}
}

// compared are the lines that differ from what is stored, when somebody was faster.
func (v editPersonView) compared() []string {
	if !v.Stale() {
		return nil
	}
	var lines []string
	for _, one := range [][3]string{
		{"name", v.T("common.name"), v.Stored.Name}, {"called", v.T("case.called"), v.Stored.Called},
		{"other", v.T("case.other"), v.Stored.Other}, {"document", v.T("case.document"), v.Stored.Document},
		{"from", v.T("case.home"), v.Stored.From}, {"phone", v.T("common.phone"), v.Stored.Contact.Phone},
		{"phrase", v.T("case.contact.phrase"), v.Stored.Contact.Phrase}, {"avoid", v.T("case.contact.avoid"), v.Stored.Contact.Avoid}} {
		if v.Value(one[0]) != one[2] {
			lines = append(lines, one[1]+v.T("case.colon")+one[2])
		}
	}
	return lines
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// identity is who she says she is, opened on purpose.
type identity struct {
	Name, Called, Other, Document, From string
	Born                                date.Date
	Contact                             contact
}

// contact is how she may be reached, opened.
type contact struct {
	Phone, Hours, Phrase, Avoid string
	May                         protection.Answer
}

func openContact(w *words, s protection.SafeContact) contact {
	return contact{Phone: w.open(s.Phone), Hours: s.Hours, Phrase: w.open(s.Phrase), Avoid: w.open(s.Avoid), May: s.May}
}

// identityOf opens an identity under the grant that it was read with.
func identityOf(p protection.Person, g access.Grant) (identity, error) {
	w := words{grant: g}
	one := identity{Name: w.open(p.Name), Called: w.open(p.Called), Other: w.open(p.Other), Document: w.open(p.Document),
		From: w.open(p.From), Contact: openContact(&w, p.Contact)}
	born := w.open(p.Born)
	if w.err != nil || born == "" {
		return one, w.err
	}
	one.Born, w.err = date.Parse(born)
	return one, w.err
}

type personView struct {
	voice
	identity
	ID     ids.Person
	Edit   bool
	Silent bool   // a contact would endanger her
	Doubt  string // where age, birth and the protection of a child do not agree
}

func (r *Rooms) showPerson(c *shell.Context) error {
	id, err := shell.ID[ids.Person](c, "person")
	if err != nil {
		return err
	}
	p, g, err := r.Desk.Person(c, c.Who, id)
	if err != nil {
		return err
	}
	v := personView{voice: r.voice(c), ID: id, Edit: c.May(access.PersonEdit, g.Object()), Silent: g.Object().Stage == string(protection.Suspended)}
	if v.identity, err = identityOf(p, g); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("case.identity.title"), Body: personPage(v), Section: navCases}
	if from, err := ids.Parse[ids.Case](c.Query("case")); err == nil { // where the reader came from
		page.Back = "/cases/" + from.String()
		if err := v.doubts(from); err != nil {
			return err
		}
		page.Body = personPage(v)
	}
	return c.Page(page)
}

// doubts compares her birth with what her case says, for who may read it.
func (v *personView) doubts(from ids.Case) error {
	d := v.rooms.Desk
	if v.Born.IsZero() || !d.Opens(v.c, v.c.Who, access.CaseRead, access.CaseKind, from.UUID, access.ForProtection) {
		return nil
	}
	one, err := d.Case(v.c, v.c.Who, from, protection.Page{Limit: 1})
	if err == nil && one.Case.Person == v.ID {
		v.Doubt = v.doubt(one.Case, v.Born)
	}
	return err
}

// doubt says in words what does not agree, "" when nothing does.
func (v voice) doubt(of protection.Case, born date.Date) string {
	if d := v.rooms.Desk.Rules.Doubts(of, born, v.c.At); d != protection.NoDoubt {
		return v.T("case.doubt." + string(d))
	}
	return ""
}

// reach is the box of safe contact: the rules stand above the number.
func (v personView) reach() govuk.SafeContact {
	if v.Silent {
		return v.silent()
	}
	return v.safe(v.Contact)
}

// safe draws a safe contact. With a "no", or without any number, nobody calls.
func (v voice) safe(k contact) govuk.SafeContact {
	box := govuk.SafeContact{Title: v.T("case.contact.title")}
	if k.May == protection.No {
		box.Title, box.Forbidden = v.T("case.contact.never"), true
		return box
	}
	add := func(name, value string) {
		if value != "" {
			box.Facts = append(box.Facts, govuk.Fact{Name: name, Value: value})
		}
	}
	add(v.T("case.contact.hours"), v.label(countries.SafeHours, k.Hours))
	add(v.T("case.contact.phrase"), k.Phrase)
	add(v.T("case.contact.avoid"), k.Avoid)
	add(v.T("common.phone"), k.Phone)
	if k.Phone == "" {
		box.Text = v.T("case.contact.none")
	} else if k.Phrase == "" {
		box.Text = v.T("case.contact.phrase.none")
	}
	return box
}

func (v personView) rows() []govuk.SummaryRow {
	born := ""
	if !v.Born.IsZero() {
		born = v.Date(v.Born) + " (" + v.AgeOf(v.Born) + ")"
	}
	return []govuk.SummaryRow{
		v.row(v.T("common.name"), v.Name),
		v.row(v.T("case.called"), v.Called),
		v.rowIf(v.T("case.other"), v.Other),
		v.rowIf(v.T("case.born"), born),
		v.rowIf(v.T("case.document"), v.Document),
		v.rowIf(v.T("case.home"), v.From),
	}
}

package protection

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// EditPerson keeps who she says she is. Everything may stay empty.
type EditPerson struct {
	Person   ids.Person
	Version  int
	Name     string
	Called   string
	Other    string
	Born     date.Date
	Document string
	From     string
	Phone    string
	Hours    string
	Phrase   string
	Avoid    string
	May      Answer
}

// Check finds what the person can correct.
func (c EditPerson) Check(r *Rules, today date.Day) error {
	errs := []error{short("name", c.Name, 120), short("called", c.Called, 120), short("other", c.Other, 200),
		short("document", c.Document, 80), short("from", c.From, 200), short("phone", c.Phone, 40), Phone("phone", c.Phone),
		short("phrase", c.Phrase, 200), short("avoid", c.Avoid, 200), r.code("hours", "safe_hours", c.Hours), asked("may", c.May)}
	if !c.Born.IsZero() && c.Born.Earliest().Compare(today) > 0 {
		errs = append(errs, fault.Field("born", "fault.date.future"))
	}
	return fault.Join(errs...)
}

// EditPerson keeps the identity, sealed.
func (d *Desk) EditPerson(ctx context.Context, w access.Who, c EditPerson) error {
	g, err := d.may(ctx, w, access.PersonEdit, access.PersonKind, c.Person.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules, d.Rules.Day(d.Now())); err != nil {
		return err
	}
	p, err := d.Store.Person(ctx, g, c.Person)
	if err != nil {
		return err
	}
	p.Version = c.Version
	p.Name, p.Called, p.Other = vault.Clear(c.Name), vault.Clear(c.Called), vault.Clear(c.Other)
	p.Born, p.Document, p.From = vault.Clear(c.Born.String()), vault.Clear(c.Document), vault.Clear(c.From)
	p.Contact = SafeContact{Phone: vault.Clear(c.Phone), Hours: c.Hours, Phrase: vault.Clear(c.Phrase), Avoid: vault.Clear(c.Avoid), May: c.May}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Persons: []Person{p}})
}

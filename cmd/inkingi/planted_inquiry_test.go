package main

import (
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// asked plants people whom two houses help: questions of the other house that found
// cases of this one, two in each state that a form may be taken from, and one of this
// house that waits and one that was brought together; and cases of this house that may
// be asked about.
func (p *planted) asked(own, other cast) {
	for n := range 6 {
		name := p.text("name of elsewhere")
		here, there := p.helped(own, name), p.helped(other, name)
		m := p.markers[0]
		for _, one := range p.markers {
			if one.full == name {
				m = one
			}
		}
		for _, c := range []ids.Case{here, there} {
			person, err := p.h.store.Facts(p.ctx, access.CaseKind, c.UUID)
			p.ok(err)
			m.by = append(m.by, opener{access.PersonRead, access.PersonKind, person.Subject})
		}
		if n == 5 {
			continue // may be asked about
		}
		d := p.h.protection
		p.ok(d.Inquire(p.ctx, other.manager, protection.Inquire{ID: ids.New[ids.Inquiry](), Case: there, Reason: p.code("inquiry_reason"), Told: true}))
		p.ok(p.h.elsewhere(p.ctx))
		all, err := d.Liaisons(p.ctx, own.manager)
		p.ok(err)
		for _, x := range all {
			if x.Case != here {
				continue
			}
			p.add(access.LiaisonKind, x.ID.UUID, "planted")
			if n > 1 && n < 4 {
				p.ok(d.AgreeLiaison(p.ctx, own.manager, protection.AnswerLiaison{Liaison: x.ID, Version: 1, Asked: true}))
			}
		}
	}
	if n := len(p.records[access.LiaisonKind]); n != 5 {
		p.t.Fatalf("%d liaisons are planted", n)
	}
}

// helped opens a case of a house, with somebody who manages it and her agreement (P2).
func (p *planted) helped(c cast, name string) ids.Case {
	d := p.h.protection
	s := p.signal("elsewhere", access.Visitor(), c, nil)
	p.ok(d.Take(p.ctx, c.duty, protection.Take{Signal: s, Version: 1}))
	one := protection.Newcomer{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), Name: name, Sex: "F", Adult: protection.Yes, Language: "rn", Screener: c.screener.Account,
		Age: date.Age{Years: 30, Basis: date.Declared, Said: p.h.country.Day(p.clock.now())}}
	p.ok(d.Triage(p.ctx, c.duty, protection.Triage{Signal: s, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening, People: []protection.Newcomer{one}}))
	p.add(access.CaseKind, one.Case.UUID, "elsewhere")
	p.add(access.PersonKind, one.Person.UUID, "elsewhere")
	p.openPlace(s, []protection.Newcomer{one})
	p.ok(d.Assign(p.ctx, c.supervisor, protection.Assign{Case: one.Case, Version: 1, Manager: c.manager.Account}))
	p.ok(d.AskConsent(p.ctx, c.manager, protection.AskConsent{ID: ids.New[ids.Consent](), Case: one.Case, Purpose: protection.P2National, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
	return one.Case
}

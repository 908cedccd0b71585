package main

import (
	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/protection"
)

// leaving plants somebody on her way home, who may still change her mind; and a child
// whom a case manager follows and whose interests are still to be weighed.
func (p *planted) leaving(n protection.Newcomer, c cast) {
	p.ok(p.h.protection.Assign(p.ctx, c.supervisor, protection.Assign{Case: n.Case, Version: 4, Manager: c.manager.Account}))
	if n.Child {
		return
	}
	o, err := p.h.store.Facts(p.ctx, access.CaseKind, n.Case.UUID)
	p.ok(err)
	g, err := p.h.policy.Decide(c.manager, access.CaseAdvance, o, access.ForProtection, p.clock.now())
	p.ok(err)
	one, err := p.h.protection.Store.Case(p.ctx, g, n.Case)
	p.ok(err)
	one.State, one.Since = protection.InReturn, p.clock.now()
	p.ok(p.h.protection.Store.SaveProtection(p.ctx, audit.Of(g, p.clock.now()), protection.Change{Cases: []protection.Case{one}}))
}

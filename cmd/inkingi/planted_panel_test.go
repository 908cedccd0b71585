package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// panel plants what was weighed for a trial, and what a panel decided of it.
func (p *planted) panel(label string, n protection.Newcomer, c cast) {
	weighed, decided := ids.New[ids.Interests](), ids.New[ids.Interests]()
	by := opener{access.InterestsRead, access.InterestsKind, decided.UUID}
	p.ok(p.h.protection.Weigh(p.ctx, c.manager, protection.Weigh{ID: weighed, Case: n.Case, About: "JUSTICE", Heard: protection.Yes,
		Views: p.text("view of a trial of "+label, opener{access.InterestsRead, access.InterestsKind, weighed.UUID}), Result: "Elle peut parler, si elle le veut."}))
	p.add(access.InterestsKind, weighed.UUID, "planted")
	p.ok(p.h.protection.Determine(p.ctx, c.supervisor, protection.Determine{ID: decided, Case: n.Case, About: "JUSTICE", Sat: []string{"CHILD_PROTECTION", "LAW", "HEALTH"},
		Heard: protection.Yes, Views: p.text("view before the panel of "+label, by), Guardian: protection.Yes, Options: p.text("options of the panel of "+label, by),
		Result: p.text("decision of the panel of "+label, by), Decision: protection.PanelLater, Dissent: p.text("dissent in the panel of "+label, by),
		Review: p.h.country.Day(p.clock.now()).Add(60)}))
	p.add(access.InterestsKind, decided.UUID, "panel")
}

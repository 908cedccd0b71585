package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// reviews plants what an authority decided, what she was told, and reviews: one that
// waits for the first supervisor, one of another house, and one of a formal decision.
func (p *planted) reviews(own, other cast) {
	d := p.h.protection
	formal := p.caseOf("own ratified")
	read := opener{access.IdentificationRead, access.CaseKind, formal.UUID}
	decide := opener{access.ReviewDecide, access.CaseKind, formal.UUID}
	p.ok(d.Identify(p.ctx, p.as(access.Supervisor, "umuganda", 1), protection.Identify{ID: ids.New[ids.Decision](), Case: formal, Version: p.versionOf(own, formal), To: protection.NotConfirmed,
		Formal: protection.Formal{OrgType: "POLICE", Basis: "POLICE_FILE", Decided: p.h.country.Day(p.clock.now()), Law: p.text("law of a decision", read, decide), Document: p.text("document of a decision", read, decide)}}))
	p.review("own ratified", own, own.manager)
	p.ok(d.Explain(p.ctx, own.screener, protection.Explain{ID: ids.New[ids.Explanation](), Case: p.caseOf("own nottip"), Told: true, Right: true, Language: "rn", Interpreter: "OURS"}))
	p.review("own nottip", own, own.screener)
	p.review("other nottip", other, other.screener)
}

func (p *planted) review(label string, c cast, by access.Who) {
	one := p.caseOf(label)
	why := p.text("why of a review of "+label, opener{access.IdentificationRead, access.CaseKind, one.UUID}, opener{access.ReviewDecide, access.CaseKind, one.UUID})
	p.ok(p.h.protection.AskReview(p.ctx, by, protection.AskReview{ID: ids.New[ids.Review](), Case: one, Version: p.versionOf(c, one), Asker: p.code("review_asker"), Why: why}))
}

// versionOf is where a case stands.
func (p *planted) versionOf(c cast, id ids.Case) int {
	one, err := p.h.store.Case(p.ctx, p.granted(c.supervisor, access.CaseRead, access.CaseKind, id.UUID), id)
	p.ok(err)
	return one.Version
}

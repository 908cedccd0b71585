package main

import (
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// complaints plants what was said of those who help: against a shelter, for the
// supervisor of the house; against the house itself, for oversight; of each two that
// wait and two that are looked into, and one with its answer. In the house of another,
// one that this house may know nothing of.
func (p *planted) complaints(own, other cast) {
	oversight := p.as(access.DataProtection, "", 0)
	for i, stage := range []string{"received", "received", "looked", "looked", "answered"} {
		named := protection.Yes
		if i%2 == 1 {
			named = protection.No
		}
		p.complaint("own "+stage, own.manager, "own ratified", "figuier", named, own.supervisor)
		p.complaint("oversight "+stage, own.manager, "own ratified", "umuganda", named, oversight)
		p.complaint("other "+stage, other.manager, "other ratified", "umuganda", named, other.supervisor)
	}
}

func (p *planted) complaint(label string, by access.Who, of, against string, named protection.Answer, handler access.Who) {
	d, id := p.h.protection, ids.New[ids.Complaint]()
	read := opener{access.ComplaintRead, access.ComplaintKind, id.UUID}
	p.ok(d.Complain(p.ctx, by, protection.Complain{ID: id, Case: p.caseOf(of), Kind: "MONEY", From: "HERSELF", Named: named, Against: p.orgs[against],
		Words: p.text("complaint of "+label, read)}))
	p.add(access.ComplaintKind, id.UUID, label)
	if strings.HasSuffix(label, "received") {
		return
	}
	p.ok(d.LookInto(p.ctx, handler, protection.LookInto{Complaint: id, Version: 1}))
	if strings.HasSuffix(label, "answered") {
		p.ok(d.AnswerComplaint(p.ctx, handler, protection.AnswerComplaint{Complaint: id, Version: 2, Done: p.text("what was done of "+label, read), Told: p.text("what she was told of "+label, read)}))
	}
}

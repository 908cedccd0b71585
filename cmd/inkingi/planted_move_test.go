package main

import (
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// moves plants who stands in, who called, and cases that are offered to another
// organisation: one of the house, one of another house, one of a child.
func (p *planted) moves(own, other cast) {
	d := p.h.protection
	x := protection.Cover{ID: ids.New[ids.Cover](), Org: p.orgs["umuganda"], Away: p.as(access.Screener, "umuganda", 0).Account,
		Cover: p.as(access.Screener, "umuganda", 1).Account, From: p.clock.ago(time.Hour), Until: p.clock.now().Add(20 * 24 * time.Hour)}
	p.ok(d.KeepCover(p.ctx, own.supervisor, protection.KeepCover{Cover: x}))
	p.add(access.CoverKind, x.ID.UUID, "planted")
	for _, who := range []access.Who{own.manager, own.screener} {
		b := ids.New[ids.Backup]()
		_, err := d.Call(p.ctx, who, protection.Call{ID: b})
		p.ok(err)
		p.add(access.BackupKind, b.UUID, "planted")
	}
	for _, one := range []struct {
		label string
		c     cast
		to    string
		offer bool
	}{{"own ratified", own, "inama", true}, {"own referred", own, "inama", false}, {"other ratified", other, "umuganda", true}, {"other referred", other, "umuganda", true}, {"child ratified", own, "inama", true}} {
		c := p.caseOf(one.label)
		child := strings.HasPrefix(one.label, "child")
		ask := protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Recipient: p.orgs[one.to], Said: true, Agreed: protection.Yes,
			Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
		if child {
			p.carer(&ask, c)
		}
		p.ok(d.AskConsent(p.ctx, one.c.screener, ask))
		p.add(access.ConsentKind, ask.ID.UUID, one.label)
		if !one.offer {
			continue
		}
		t := ids.New[ids.Transfer]()
		p.ok(d.Offer(p.ctx, one.c.supervisor, protection.Offer{ID: t, Case: c, To: p.orgs[one.to], Reason: p.code("transfer_reason")}))
		p.add(access.TransferKind, t.UUID, strings.Fields(one.label)[0])
	}
}

// caseOf is the planted case of a label.
func (p *planted) caseOf(label string) ids.Case {
	i := slices.IndexFunc(p.records[access.CaseKind], func(r record) bool { return r.label == label })
	if i < 0 {
		p.t.Fatalf("no case is %s", label)
	}
	return ids.Case{UUID: p.records[access.CaseKind][i].id}
}

// away is who could be away, and who could stand in.
func (p *planted) away() map[string]string {
	return map[string]string{"away": p.as(access.Screener, "umuganda", 0).Account.String(), "cover": p.as(access.Screener, "umuganda", 1).Account.String()}
}

// codeOf is what people read aloud of a planted case.
func (p *planted) codeOf(label string) string {
	for _, code := range p.column("SELECT code FROM protection_case WHERE id = ?", p.caseOf(label).String()) {
		return code
	}
	return ""
}

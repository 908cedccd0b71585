package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// stays plants who lives in the shelter: of each plantation two that live there, for
// the two verbs that end a stay, and one that left. Where she arrived and has no bed
// yet stays as it is, for the form that gives one.
func (p *planted) stays(casts map[string]cast) {
	host := p.as(access.ServiceProvider, "figuier", 0)
	for _, label := range []string{"own", "other", "child", "barred"} {
		for _, stage := range []string{"waiting", "returned"} {
			p.lodge(label, stage, casts[label], host)
		}
		if label != "own" {
			p.bed(label, p.arrivedOf(label), host)
		}
	}
}

// lodge asks the shelter for somebody, who arrives and has a bed.
func (p *planted) lodge(label, stage string, c cast, host access.Who) {
	p.request(label, "arrived", protection.Newcomer{Case: p.caseOf(label + " " + stage), Child: label == "child"}, c)
	all := p.records[access.ReferralKind]
	s := p.bed(label, ids.Referral{UUID: all[len(all)-1].id}, host)
	if label == "child" && stage == "returned" {
		p.ok(p.h.protection.Depart(p.ctx, host, protection.Depart{Stay: s, Version: 1, On: p.h.country.Day(p.clock.now()), Reason: p.code("stay_left")}))
	}
}

// arrivedOf is the request of a plantation on which she arrived first.
func (p *planted) arrivedOf(label string) ids.Referral {
	for _, r := range p.records[access.ReferralKind] {
		if r.label == label+" arrived" {
			return ids.Referral{UUID: r.id}
		}
	}
	p.t.Fatalf("nobody of %s arrived", label)
	return ids.Referral{}
}

func (p *planted) bed(label string, on ids.Referral, host access.Who) ids.Stay {
	s, unit := ids.New[ids.Stay](), protection.WomenUnit
	if label == "child" {
		unit = protection.ChildrenUnit
	}
	p.ok(p.h.protection.Settle(p.ctx, host, protection.Settle{ID: s, Referral: on, Bed: protection.Bed{Unit: unit}, From: p.h.country.Day(p.clock.now())}))
	p.add(access.StayKind, s.UUID, label)
	return s
}

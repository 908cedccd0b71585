package main

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// provided plants what the shelter says of a service: of each plantation two requests
// in each state that a verb is taken from, with what was said back; and one whose
// packet is destroyed, of which nothing is left to read.
func (p *planted) provided(casts map[string]cast) {
	host := p.as(access.ServiceProvider, "figuier", 0)
	p.ok(p.h.protection.Inspect(p.ctx, p.as(access.Coordinator, "comite", 0), protection.Inspect{ID: ids.New[ids.Inspection](), Service: p.services["shelter"].ID,
		Day: p.h.country.Day(p.clock.now()), Met: p.standards(), Right: p.h.country.Day(p.clock.now()).Add(9)}))
	for _, label := range []string{"own", "other", "child", "barred"} {
		for _, end := range []string{"in service", "stopped", "stopped", "over", "over", "fed back", "fed back"} {
			p.provide(label, end, casts[label], host)
		}
	}
}

// standards answers every standard of the shelter: one is not met.
func (p *planted) standards() map[string]protection.Answer {
	met := map[string]protection.Answer{}
	for _, code := range p.h.protection.Rules.StandardsOf(p.services["shelter"].Need) {
		met[code] = protection.Yes
	}
	met["ALL.LANGUAGE"] = protection.No
	return met
}

func (p *planted) provide(label, end string, c cast, host access.Who) {
	d, today := p.h.protection, p.h.country.Day(p.clock.now())
	n := protection.Newcomer{Case: p.caseOf(label + " ratified"), Child: label == "child"}
	p.request(label, "arrived", n, c)
	all := p.records[access.ReferralKind]
	r := ids.Referral{UUID: all[len(all)-1].id}
	for _, kind := range []access.Kind{access.ReferralKind, access.PacketKind} { // named after where it comes to stand
		p.records[kind][len(p.records[kind])-1].label = label + " " + end
	}
	p.ok(d.NoteDay(p.ctx, host, protection.NoteDay{ID: ids.New[ids.Progress](), Referral: r, Day: today, Came: p.code("attendance")}))
	switch end {
	case "stopped":
		p.ok(d.Interrupt(p.ctx, host, protection.Interrupt{ID: ids.New[ids.Progress](), Referral: r, Version: 3, Day: today, Reason: p.code("service_pause")}))
	case "over", "fed back":
		p.ok(d.Complete(p.ctx, host, protection.Complete{ID: ids.New[ids.Progress](), Referral: r, Version: 3, Day: today, Outcome: p.code("service_outcome")}))
	}
	if end == "fed back" {
		by := opener{access.EpisodeRead, access.CaseKind, n.Case.UUID}
		p.ok(d.FeedBack(p.ctx, host, protection.FeedBack{ID: ids.New[ids.Progress](), Referral: r, Version: 4, Next: []string{p.code("service_feedback")},
			Words: p.text("what was said back of "+label, by)}))
	}
	if end == "over" && label == "own" { // waits to be agreed with
		e := ids.New[ids.Episode]()
		p.ok(d.Serve(p.ctx, c.manager, protection.Serve{ID: e, Case: n.Case, Service: p.services["shelter"].ID, Referral: r, Funders: []string{"NGO"}, From: today}))
		p.add(access.EpisodeKind, e.UUID, label+" ratified")
	}
}

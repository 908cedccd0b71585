package main

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// rights plants holds and erasures in every state that a form may be taken from,
// several of each: one for every verb that ends it. They are of people who left, and
// of signals that led to none.
func (p *planted) rights(own, other cast) {
	d := p.h.protection
	told := d.Rules.Codes("erasure_told")
	for label, c := range map[string]cast{"own": own, "other": other} {
		id := ids.New[ids.Erasure]()
		p.ok(d.AskErasure(p.ctx, c.screener, protection.AskErasure{ID: id, Case: p.caseOf(label + " left"), Reason: p.code("erasure_reason"), Given: "SELF", Told: told}))
		p.add(access.ErasureKind, id.UUID, label)
	}
	// Of the house that is walked: three that wait for the second person, by who
	// could withdraw them, and two that wait for the first.
	for i := range 5 {
		s := p.aside(own)
		x := protection.Erasure{ID: ids.New[ids.Erasure](), Signal: s.Signal, Code: s.Receipt, Owner: p.orgs["umuganda"], State: protection.ErasureProposed, Ground: protection.OnTime, Rule: "retain.signal", At: p.clock.now()}
		if i > 1 {
			x.State, x.By, x.Ground, x.Rule, x.Reason, x.Given = protection.ErasureAsked, own.screener.Account, protection.OnRequest, "", p.code("erasure_reason"), "SELF"
		}
		g, err := p.h.policy.Decide(access.Itself(), access.SystemRetain, access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}, access.ForOperation, p.clock.now())
		p.ok(err)
		p.ok(d.Store.SaveProtection(p.ctx, audit.Of(g, p.clock.now()), protection.Change{Erasures: []protection.Erasure{x}}))
		p.add(access.ErasureKind, x.ID.UUID, "planted")
	}
	// Asked for from the other house, of a case of this one: two to open, two to
	// refuse, one that is open; and one of the other's.
	for i, who := range []access.Who{other.screener, other.manager, other.duty, other.supervisor, other.screener} {
		id := ids.New[ids.Glass]()
		p.ok(d.AskGlass(p.ctx, who, protection.AskGlass{ID: id, Code: p.codeOf([]string{"own referred", "own waiting"}[i%2]), Reason: p.code("glass_reason")}))
		p.add(access.GlassKind, id.UUID, "planted")
		if i == 4 {
			p.ok(d.GrantGlass(p.ctx, own.supervisor, protection.AnswerGlass{Glass: id, Version: 1}))
		}
	}
	id := ids.New[ids.Glass]()
	p.ok(d.AskGlass(p.ctx, own.screener, protection.AskGlass{ID: id, Code: p.codeOf("other referred"), Reason: p.code("glass_reason")}))
	p.add(access.GlassKind, id.UUID, "other")
	p.removals(own)
	p.ok(d.PlaceHold(p.ctx, own.supervisor, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: p.caseOf("own nottip"), Why: p.code("hold_reason"), Until: p.h.country.Day(p.clock.now()).Add(40)}))
}

// removals plants files that may be taken out: of each kind two, by who attached them.
func (p *planted) removals(own cast) {
	for range 2 {
		for _, w := range []access.Who{own.manager, own.screener} {
			a := protection.Attach{ID: ids.New[ids.Attachment](), Case: p.caseOf("own ratified"), Kind: "MEDICAL", Face: protection.No, Name: "papier.txt", Content: []byte("papier")}
			p.ok(p.h.protection.Attach(p.ctx, w, a))
			p.add(access.AttachmentKind, a.ID.UUID, "planted")
		}
	}
}

// aside plants a signal that is not trafficking.
func (p *planted) aside(c cast) protection.Receipt {
	p.clock.move(time.Minute)
	s := p.signal("aside", access.Visitor(), c, nil)
	p.ok(p.h.protection.Take(p.ctx, c.duty, protection.Take{Signal: s, Version: 1}))
	p.ok(p.h.protection.Triage(p.ctx, c.duty, protection.Triage{Signal: s, Version: 2, Level: protection.Green, Checked: true, Outcome: protection.OtherNeed, Need: p.code("other_need")}))
	read, err := p.h.store.Signal(p.ctx, p.granted(c.duty, access.SignalRead, access.SignalKind, s.UUID), s)
	p.ok(err)
	return protection.Receipt{Signal: s, Receipt: read.Receipt}
}

// granted is the grant of somebody who may.
func (p *planted) granted(w access.Who, a access.Action, k access.Kind, id ids.UUID) access.Grant {
	o, err := p.h.store.Facts(p.ctx, k, id)
	p.ok(err)
	g, err := p.h.policy.Decide(w, a, o, access.ForProtection, p.clock.now())
	p.ok(err)
	return g
}

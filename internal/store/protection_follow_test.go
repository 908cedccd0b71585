package store_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// Every field of what follows help comes back as it was kept, new and changed.
func TestEveryFieldOfFollowingComesBack(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		visit, closure, home, business := filled[protection.Visit](h, 1), filled[protection.Closure](h, 40), filled[protection.Homecoming](h, 80), filled[protection.Business](h, 160)
		visit.Case, visit.Owner, closure.Case, closure.Owner, home.Case, home.Owner, business.Case, business.Owner = c, h.care, c, h.care, c, h.care, c, h.care
		change := func() protection.Change {
			return protection.Change{Closures: []protection.Closure{closure}, Homecomings: []protection.Homecoming{home}, Businesses: []protection.Business{business}}
		}
		first := change()
		first.Visits = []protection.Visit{visit}
		h.must(h.save(first))
		back := func(version int) {
			t.Helper()
			g := h.grant(h.supervisor, access.VisitRead, access.CaseKind, c.UUID, access.ForProtection)
			visits, err := h.store.Visits(h.ctx, g, c)
			h.must(err)
			x, err := h.store.Closure(h.ctx, g, c)
			h.must(err)
			r, err := h.store.Homecoming(h.ctx, g, c)
			h.must(err)
			all, err := h.store.Businesses(h.ctx, g, c)
			h.must(err)
			closure.Version, home.Version, business.Version = version, version, version
			h.check("visits", g, []protection.Visit{visit}, visits)
			h.check("closure", g, closure, x)
			h.check("homecoming", g, home, r)
			h.check("businesses", g, []protection.Business{business}, all)
		}
		back(1)
		next, other, trade := filled[protection.Closure](h, 340), filled[protection.Homecoming](h, 380), filled[protection.Business](h, 460)
		next.Case, next.Owner, other.Case, other.Owner, trade.ID, trade.Case, trade.Owner = c, h.care, c, h.care, business.ID, c, h.care
		closure, home, business = next, other, trade
		closure.Version, home.Version, business.Version = 1, 1, 1
		h.must(h.save(change()))
		back(2)
		closure.Version, home.Version, business.Version = 1, 1, 1
		for name, c := range map[string]protection.Change{"closure": {Closures: []protection.Closure{closure}}, "homecoming": {Homecomings: []protection.Homecoming{home}}, "business": {Businesses: []protection.Business{business}}} {
			if err := h.save(c); !fault.Is(err, fault.Stale) {
				t.Errorf("an older %s: %v", name, err)
			}
		}
		if _, err := h.store.Visits(h.ctx, access.Grant{}, c); !fault.Is(err, fault.Internal) {
			t.Errorf("contacts without a grant: %v", err)
		}
		if _, err := h.store.Businesses(h.ctx, access.Grant{}, c); !fault.Is(err, fault.Internal) {
			t.Errorf("businesses without a grant: %v", err)
		}
	})
}

// helped brings a case to where help has begun and one step of her plan is done.
func (h *hut) helped() ids.Case {
	h.t.Helper()
	c, line, today := h.said(), h.line(), h.desk.Rules.Day(h.now)
	write := wishes(c, 0, "A trade.")
	h.must(h.desk.WritePlan(h.ctx, h.manager, write))
	step := protection.AddStep{ID: ids.New[ids.Step](), Case: c, Goal: write.Goals[0].ID, Need: "VOC", Who: "US", Due: today}
	h.must(h.desk.AddStep(h.ctx, h.manager, step))
	h.must(h.desk.Agree(h.ctx, h.manager, settling(h.agrees(c, write.ID, 2))))
	h.must(h.desk.EndStep(h.ctx, h.manager, protection.EndStep{Case: c, Step: step.ID, End: "DONE"}))
	h.must(h.desk.Serve(h.ctx, h.manager, protection.Serve{ID: ids.New[ids.Episode](), Case: c, Service: line.ID, Funders: []string{"NGO"}, From: today}))
	return c
}

// settling is her yes to the part of reintegration, with its budget.
func settling(a protection.Agree) protection.Agree {
	a.Settling, a.Budget, a.Funders = true, protection.Money{Units: 90_000, Currency: "BIF"}, []string{"NGO"}
	return a
}

func (h *hut) one(c ids.Case) protection.Case {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	return v.Case
}

func (h *hut) on(c ids.Case, to protection.CaseState) {
	h.t.Helper()
	h.must(h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: to}))
}

func (h *hut) seen(c ids.Case, moment, result string) protection.KeepVisit {
	v := protection.KeepVisit{ID: ids.New[ids.Visit](), Case: c, Moment: moment, Day: h.desk.Rules.Day(h.now), Mode: "SAFE_PLACE", Result: result}
	if result == "REACHED" {
		v.Scores, v.Words, v.Satisfaction = map[string]int{"HOME": 3}, "Wezombra is far.", 4
	}
	return v
}

func (h *hut) yes(c ids.Case, purpose string, agreed protection.Answer) {
	h.t.Helper()
	h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: purpose, Said: true, Agreed: agreed,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
}

func faultKeys(err error) (all []string) {
	for _, f := range fault.Fields(err) {
		all = append(all, f.Key)
	}
	return all
}

// A year after help: contacts are tasks that a contact ends, the business lives until
// she says that it does not, two persons close, and nothing closes by a clock.
func TestAYearAfterHelp(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		h.on(c, protection.InReintegration)
		h.waits(c, "in reintegration", "monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4", "risk.change", "risk.reassess")
		entry := h.seen(c, "ENTRY", "REACHED")
		h.must(h.desk.KeepVisit(h.ctx, h.manager, entry))
		h.must(h.desk.KeepVisit(h.ctx, h.manager, entry)) // the same form again
		b := protection.KeepBusiness{ID: ids.New[ids.Business](), Case: c, Kind: "SEWING", From: h.desk.Rules.Day(h.now), Funders: []string{"NGO"}, Cost: protection.Money{Units: 250_000, Currency: "BIF"}}
		h.must(h.desk.KeepBusiness(h.ctx, h.manager, b))
		h.must(h.desk.KeepBusiness(h.ctx, h.manager, b))
		for _, column := range []string{"body", "words"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM visit WHERE id = ?`, entry.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("HOME")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		if err := h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "M12", "REACHED")); !slices.Equal(faultKeys(err), []string{"fault.visit.soon"}) {
			t.Errorf("a year in a day: %v", err)
		}
		h.on(c, protection.InMonitoring)
		begun := h.now
		for n, moment := range []string{"M1", "M3", "M6", "M12"} {
			h.now = begun.AddDate(0, []int{1, 3, 6, 12}[n], 0)
			v := h.seen(c, moment, "REACHED")
			if v.Business = protection.Yes; moment == "M6" {
				v.Business, v.BusinessEnd = protection.No, "NO_SALES"
			}
			if moment == "M12" {
				v.Business = protection.NotAsked
			}
			if moment == "M3" { // she does not answer at first
				h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "M3", "NO_ANSWER")))
				h.waits(c, "unanswered", "lost.contact", "monitoring.2", "monitoring.3", "monitoring.4", "risk.change", "risk.reassess")
				v.ID = ids.New[ids.Visit]()
			}
			h.must(h.desk.KeepVisit(h.ctx, h.manager, v))
		}
		h.waits(c, "after a year", "risk.change", "risk.reassess")
		f, err := h.desk.Follow(h.ctx, h.supervisor, c)
		h.must(err)
		if len(f.Visits) != 6 || f.Visits[0].Moment != "M12" || f.Person.ID.IsZero() || f.Businesses[0].End != "NO_SALES" || f.Businesses[0].Months(h.desk.Rules.Day(h.now)) != 6 {
			t.Errorf("%d contacts, %+v", len(f.Visits), f.Businesses)
		}
		h.now = h.now.AddDate(3, 0, 0)
		if got := h.one(c); got.State != protection.InMonitoring {
			t.Errorf("three years later %s", got.State)
		}
		close := protection.Close{Case: c, Reason: "GOALS_MET", Checks: h.desk.Rules.Codes("closure_check")}
		if err := h.desk.Close(h.ctx, h.manager, close); !slices.Equal(faultKeys(err), []string{"fault.close.afterwards"}) {
			t.Errorf("she was not asked: %v", err)
		}
		h.yes(c, protection.P9Afterwards, protection.Yes)
		h.must(h.desk.Close(h.ctx, h.manager, close))
		h.must(h.desk.Close(h.ctx, h.manager, close))
		h.waits(c, "asked to close", "closure.answer", "risk.change", "risk.reassess")
		sent := protection.SignOff{Case: c, Version: 1, Return: true, Words: "What does Wezombra say?"}
		h.must(h.desk.SignOff(h.ctx, h.supervisor, sent))
		h.must(h.desk.SignOff(h.ctx, h.supervisor, sent))
		h.waits(c, "sent back", "risk.change", "risk.reassess")
		close.Version = 2
		h.must(h.desk.Close(h.ctx, h.manager, close))
		if err := h.desk.SignOff(h.ctx, h.supervisor, protection.SignOff{Case: c, Version: 1}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older page: %v", err)
		}
		h.must(h.desk.SignOff(h.ctx, h.supervisor, protection.SignOff{Case: c, Version: 3}))
		h.must(h.desk.SignOff(h.ctx, h.supervisor, protection.SignOff{Case: c, Version: 3}))
		if got := h.one(c); got.State != protection.Closed || got.Reason != "GOALS_MET" {
			t.Errorf("%s, %s", got.State, got.Reason)
		}
		h.waits(c, "closed")
		h.closed(t, c)
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "REACHED"))) // she said yes to P9
		h.waits(c, "closed, and asked how she is")
	})
}

// closed tries what a closed case does not take.
func (h *hut) closed(t *testing.T, c ids.Case) {
	t.Helper()
	today := h.desk.Rules.Day(h.now)
	for name, err := range map[string]error{
		"a step of the plan": h.desk.AddStep(h.ctx, h.manager, protection.AddStep{ID: ids.New[ids.Step](), Case: c, Goal: ids.New[ids.Goal](), Need: "VOC", Who: "US", Due: today}),
		"a plan":             h.desk.WritePlan(h.ctx, h.manager, wishes(c, 1, "More.")),
		"a business":         h.desk.KeepBusiness(h.ctx, h.manager, protection.KeepBusiness{ID: ids.New[ids.Business](), Case: c, Kind: "SEWING", From: today, Funders: []string{"NGO"}}),
		"a return":           h.desk.PrepareReturn(h.ctx, h.manager, protection.PrepareReturn{Case: c}),
		"an assessment":      h.desk.Assess(h.ctx, h.manager, found(c, h.one(c).Version, "")),
		"a move":             h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InMonitoring}),
		"an end":             h.desk.Lose(h.ctx, h.manager, protection.Lose{Case: c, Version: h.one(c).Version}),
		"a seat":             h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: h.one(c).Version, Manager: h.manager.Account}),
		"a planned contact":  h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "M12", "REACHED")),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a closed case takes %s: %v", name, err)
		}
	}
}

// Contact is lost after three days of trying over thirty days, and found again the
// day she gives a sign; trafficked again is a new case that says what it follows.
func TestLostAndFoundAgain(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		lose := func() error {
			return h.desk.Lose(h.ctx, h.manager, protection.Lose{Case: c, Version: h.one(c).Version})
		}
		for n := range 3 {
			if err := lose(); !fault.Is(err, fault.Invalid) {
				t.Errorf("lost after %d attempts: %v", n, err)
			}
			h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "NO_ANSWER")))
			h.waits(c, "looked for", "lost.contact", "risk.reassess")
			h.now = h.now.Add(11 * 24 * time.Hour)
		}
		h.must(lose())
		h.must(h.desk.Lose(h.ctx, h.manager, protection.Lose{Case: c, Version: h.one(c).Version - 1})) // the same form again
		h.waits(c, "lost")
		if err := h.desk.Reopen(h.ctx, h.manager, protection.Reopen{Case: c, Version: h.one(c).Version, Reason: "FOUND"}); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
			t.Errorf("opened again by one person: %v", err)
		}
		found := protection.Reopen{Case: c, Version: h.one(c).Version, Reason: "FOUND"}
		h.must(h.desk.Reopen(h.ctx, h.supervisor, found))
		h.must(h.desk.Reopen(h.ctx, h.supervisor, found))
		if got := h.one(c); got.State != protection.InAssistance || !got.Since.Equal(h.now) {
			t.Errorf("found again: %s since %s", got.State, got.Since)
		}
		h.waits(c, "found again", "risk.reassess")
		h.must(h.desk.Leave(h.ctx, h.manager, protection.Leave{Case: c, Version: h.one(c).Version, Reason: "NOT_NOW", Told: true}))
		again := protection.Reopen{Case: c, Version: h.one(c).Version, Reason: "RETRAFFICKED", Next: ids.New[ids.Case]()}
		h.must(h.desk.Reopen(h.ctx, h.supervisor, again))
		h.must(h.desk.Reopen(h.ctx, h.supervisor, again))
		next, old := h.one(again.Next), h.one(c)
		if next.State != protection.InTriage || next.Prior != c || next.Person != old.Person || next.Code == old.Code || old.State != protection.Declined {
			t.Errorf("%+v", next)
		}
		p, _, err := h.desk.Person(h.ctx, h.manager, next.Person)
		if h.must(err); p.ID != old.Person {
			t.Error("she is another person now")
		}
	})
}

// A child who does not answer is searched for the same day; a call is refused to
// somebody who said that nobody may call.
func TestAChildIsSearchedForTheSameDay(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, _ := h.child()
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "NO_ANSWER")))
		h.waits(c, "not reached", "trusted.adult", "guardian.target", "safety_plan.red", "assessment.max", "missing.red", "lost.contact")
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "REACHED")))
		h.waits(c, "reached", "trusted.adult", "guardian.target", "safety_plan.red", "assessment.max")
		p, _, err := h.desk.Person(h.ctx, h.manager, h.one(c).Person)
		h.must(err)
		h.must(h.desk.EditPerson(h.ctx, h.manager, protection.EditPerson{Person: p.ID, Version: p.Version, May: protection.No}))
		call := h.seen(c, "OTHER", "NO_ANSWER")
		call.Mode = "PHONE"
		if err := h.desk.KeepVisit(h.ctx, h.manager, call); !slices.Equal(faultKeys(err), []string{"fault.visit.forbidden"}) {
			t.Errorf("called: %v", err)
		}
		for name, w := range map[string]access.Who{"elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "the shelter": h.host,
			"a manager of others": accesstest.Somebody(access.CaseManager, h.care), "the police": accesstest.Somebody(access.Police, h.care)} {
			if _, err := h.desk.Follow(h.ctx, w, c); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A return waits for her decision, her yes, and a look at the danger; who is told
// what stands there, sealed.
func TestAReturnFromDecisionToArrival(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, today := h.helped(), h.desk.Rules.Day(h.now)
		leave := func() error {
			return h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InReturn})
		}
		want := []string{"fault.return.freely", "fault.return.informed", "fault.return.receiving", "fault.return.checks", "fault.return.consent", "fault.return.assess"}
		if err := leave(); !slices.Equal(faultKeys(err), want) {
			t.Errorf("nothing is prepared: %v", faultKeys(err))
		}
		party := protection.AddParty{ID: ids.New[ids.Party](), Case: c, Kind: "EMBASSY", Name: "Embassy of Wezombra", Phone: "79 333 444", Told: []string{"NATIONALITY"}}
		if err := h.desk.AddParty(h.ctx, h.manager, party); !slices.Equal(faultKeys(err), []string{"fault.return.consent"}) {
			t.Errorf("told without her yes: %v", err)
		}
		h.yes(c, protection.P5Abroad, protection.Yes)
		h.must(h.desk.AddParty(h.ctx, h.manager, party))
		h.must(h.desk.AddParty(h.ctx, h.manager, party))
		checks := map[string]protection.Answer{}
		for _, k := range h.desk.Rules.Codes("return_check") {
			checks[k] = protection.Yes
		}
		checks["ESCORT"] = protection.No
		prepare := protection.PrepareReturn{Case: c, Version: 1, Freely: protection.Yes, Informed: protection.Yes, Decided: today, Abroad: protection.Yes, Checks: checks,
			Risks: "Wezombra lives two hills away.", Receiving: h.shelter, Contact: "An aunt of Wezombra"}
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		if err := h.desk.PrepareReturn(h.ctx, h.manager, prepare); !fault.Is(err, fault.Stale) {
			t.Errorf("an older page: %v", err)
		}
		for _, column := range []string{"body", "texts"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM homecoming WHERE id = ?`, c)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("EMBASSY")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		if err := leave(); !slices.Equal(faultKeys(err), []string{"fault.return.assess"}) {
			t.Errorf("nobody looked at the danger: %v", faultKeys(err))
		}
		h.now = h.now.Add(time.Hour)
		before := found(c, h.one(c).Version, "")
		before.Moment = "BEFORE_RETURN"
		h.must(h.desk.Assess(h.ctx, h.manager, before))
		h.must(leave())
		if err := h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InReintegration}); !slices.Equal(faultKeys(err), []string{"fault.advance.arrived"}) {
			t.Errorf("nobody knows that she arrived: %v", err)
		}
		h.now = h.now.Add(48 * time.Hour)
		prepare.Version, prepare.Arrived = 2, h.desk.Rules.Day(h.now)
		h.must(h.desk.PrepareReturn(h.ctx, h.manager, prepare))
		h.waits(c, "arrived", "reintegration.start", "risk.change", "risk.reassess")
		move := protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InReintegration}
		if err := h.desk.Advance(h.ctx, h.manager, move); !slices.Equal(faultKeys(err), []string{"fault.advance.settling"}) {
			t.Errorf("what was agreed before she left counts where she arrived: %v", err)
		}
		p := h.plan(c).Plan
		h.must(h.desk.Agree(h.ctx, h.manager, settling(h.agrees(c, p.ID, p.Version))))
		if a := h.plan(c).Plan.Agreed; !a.Settling || a.Budget.Units != 90_000 || a.Budget.Currency != "BIF" || !slices.Equal(a.Funders, []string{"NGO"}) {
			t.Errorf("the budget line: %+v", a)
		}
		h.on(c, protection.InReintegration)
		h.waits(c, "in reintegration", "monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4", "risk.change", "risk.reassess")
		_, r, _, g, err := h.desk.Homecoming(h.ctx, h.supervisor, c)
		h.must(err)
		if name, err := r.Parties[0].Name.Open(g); name != party.Name || err != nil || len(r.Parties) != 1 || r.Checks["ESCORT"] != protection.No {
			t.Errorf("%+v: %v", r, err)
		}
	})
}

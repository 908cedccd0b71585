package store_test

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// halts is a question to suspend a case, or to lift it.
func (h *hut) halts(c ids.Case, lift bool, reason string) protection.Suspend {
	return protection.Suspend{Case: c, Version: h.one(c).Version, Lift: lift, Reason: reason}
}

// A contact would endanger her: nobody reaches out, no clock of a contact runs, nothing
// closes, and a supervisor gives back the case where it stood, later by as long.
func TestNobodyContactsHerWhileSuspended(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		h.on(c, protection.InReintegration)
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "NO_ANSWER")))
		h.waits(c, "before", "lost.contact", "monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4", "risk.change", "risk.reassess")
		dues := h.dues(c)
		if err := h.desk.Suspend(h.ctx, h.manager, h.halts(c, false, "WATCHED")); !fault.Is(err, fault.Denied) {
			t.Errorf("her case manager suspends: %v", err)
		}
		ask := h.halts(c, false, "WATCHED")
		h.must(h.desk.Suspend(h.ctx, h.supervisor, ask))
		h.must(h.desk.Suspend(h.ctx, h.supervisor, ask)) // the same form again
		h.waits(c, "suspended", "risk.change", "risk.reassess", "safety.review")
		if got := h.one(c); got.State != protection.Suspended || got.Halt.From != protection.InReintegration || got.Halt.Why != "WATCHED" || len(got.Halt.Held) != 5 {
			t.Errorf("%+v", got.Halt)
		}
		h.heldStill(t, c)
		h.now = h.now.Add(7 * 24 * time.Hour)
		h.must(h.desk.Suspend(h.ctx, h.supervisor, h.halts(c, false, "THREAT"))) // reviewed, and it stays
		if due := h.dues(c)["safety.review"]; !due.Equal(h.now.Add(7 * 24 * time.Hour)) {
			t.Errorf("the next review is due %s", due)
		}
		h.now = h.now.AddDate(1, 0, 0)
		if got := h.one(c); got.State != protection.Suspended || got.Halt.Why != "THREAT" {
			t.Errorf("a year later %s, %+v", got.State, got.Halt)
		}
		lift := h.halts(c, true, "SAFE_WAY")
		h.must(h.desk.Suspend(h.ctx, h.supervisor, lift))
		h.must(h.desk.Suspend(h.ctx, h.supervisor, lift))
		if got := h.one(c); got.State != protection.InReintegration || got.Halt.From != "" || got.Halt.Held != nil {
			t.Errorf("lifted: %s, %+v", got.State, got.Halt)
		}
		h.waits(c, "lifted", "lost.contact", "monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4", "risk.change", "risk.reassess")
		later := h.now.Sub(dues["from"])
		for key, due := range h.dues(c) {
			if was := dues[key]; slices.Contains([]string{"lost.contact", "monitoring.1", "monitoring.4"}, key) && !due.Equal(was.Add(later)) {
				t.Errorf("%s goes on at %s, was %s", key, due, was)
			}
		}
		if err := h.desk.Suspend(h.ctx, h.supervisor, h.halts(c, true, "SAFE_WAY")); !fault.Is(err, fault.Invalid) {
			t.Errorf("lifted twice: %v", err)
		}
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "REACHED")))
	})
}

// dues are the moments by key; "from" is now.
func (h *hut) dues(c ids.Case) map[string]time.Time {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
	h.must(err)
	all := map[string]time.Time{"from": h.now}
	for _, x := range v.Tasks {
		all[x.Key] = x.Due
	}
	return all
}

// heldStill tries everything that would mean a contact, or an end.
func (h *hut) heldStill(t *testing.T, c ids.Case) {
	t.Helper()
	today, line := h.desk.Rules.Day(h.now), h.line()
	for name, err := range map[string]error{
		"a contact":      h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "REACHED")),
		"an attempt":     h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "NO_ANSWER")),
		"a step":         h.desk.AddStep(h.ctx, h.manager, protection.AddStep{ID: ids.New[ids.Step](), Case: c, Goal: ids.New[ids.Goal](), Need: "VOC", Who: "US", Due: today}),
		"a service":      h.desk.Serve(h.ctx, h.manager, protection.Serve{ID: ids.New[ids.Episode](), Case: c, Service: line.ID, Funders: []string{"NGO"}, From: today}),
		"a return":       h.desk.PrepareReturn(h.ctx, h.manager, protection.PrepareReturn{Case: c}),
		"a move":         h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InMonitoring}),
		"a loss":         h.desk.Lose(h.ctx, h.manager, protection.Lose{Case: c, Version: h.one(c).Version}),
		"a leave":        h.desk.Leave(h.ctx, h.manager, protection.Leave{Case: c, Version: h.one(c).Version, Reason: "FEAR", Told: true}),
		"an end":         h.desk.Close(h.ctx, h.manager, protection.Close{Case: c, Reason: "TRANSFERRED", Checks: h.desk.Rules.Codes("closure_check")}),
		"a conversation": h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: ids.New[ids.Screening](), Case: c, Version: h.one(c).Version, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED"}),
	} {
		if !fault.Is(err, fault.Invalid) || !slices.Contains(faultKeys(err), "fault.suspended") {
			t.Errorf("while suspended, %s: %v", name, err)
		}
	}
	h.must(h.desk.Assess(h.ctx, h.manager, found(c, h.one(c).Version, "")))
	if got := h.one(c); got.State != protection.Suspended {
		t.Errorf("weighed without her: %s", got.State)
	}
}

// rung counts the alerts of a key to an account about a record.
func (h *hut) rung(to access.Who, key string, about ids.UUID) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT count(*) FROM alert WHERE to_account = ? AND key = ? AND about = ?`, to.Account, key, about)
	h.must(err)
	return n
}

// A child of whom too long nobody is guardian: the task says so, once, who leads the
// house is rung, and naming a guardian ends it.
func TestNoGuardianForTooLong(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, _ := h.child()
		h.led()
		itself := access.Itself()
		late := func() []ids.Case {
			t.Helper()
			all, err := h.store.LateGuardians(h.ctx, h.desk.Rules.UnguardedSince(h.now), 10)
			h.must(err)
			return all
		}
		if all := late(); len(all) != 0 {
			t.Errorf("late at once: %v", all)
		}
		if err := h.desk.Escalate(h.ctx, itself, c); !fault.Is(err, fault.Invalid) {
			t.Errorf("too early: %v", err)
		}
		h.now = h.now.Add(72 * time.Hour)
		if all := late(); !slices.Equal(all, []ids.Case{c}) {
			t.Fatalf("late after 72 hours: %v", all)
		}
		if err := h.desk.Escalate(h.ctx, h.supervisor, c); !fault.Is(err, fault.Denied) {
			t.Errorf("a person escalates: %v", err)
		}
		h.must(h.desk.Escalate(h.ctx, itself, c))
		if err := h.desk.Escalate(h.ctx, itself, c); !fault.Is(err, fault.Invalid) {
			t.Errorf("twice: %v", err)
		}
		if all := late(); len(all) != 0 {
			t.Errorf("late again: %v", all)
		}
		due := h.dues(c)
		if _, waits := due["guardian.target"]; waits || !due["guardian.escalate"].Equal(h.now) {
			t.Errorf("due %v", due)
		}
		if n := h.rung(h.supervisor, "alert.red", c.UUID); n != 1 {
			t.Errorf("who leads the house is rung %d times", n)
		}
		h.must(h.desk.Stand(h.ctx, h.manager, protection.Stand{ID: ids.New[ids.Guardian](), Case: c, CaseVersion: h.one(c).Version, Kind: protection.Appointed, Relation: "OTHER",
			Agreed: protection.Yes, Involved: protection.No, Authority: h.desk.Rules.Codes("guardian_authority")[0], Name: "Zamura"}))
		if _, waits := h.dues(c)["guardian.escalate"]; waits {
			t.Error("somebody is guardian, and the alert stands")
		}
	})
}

// What happened sets the clock of looking at the danger, rings who leads when it is as
// RED, and keeps its words sealed.
func TestSomethingHappened(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		h.led()
		c := h.helped()
		said := protection.Happened{ID: ids.New[ids.Jotting](), Case: c, What: "MEDIA"}
		before := h.dues(c)["risk.reassess"]
		h.must(h.desk.Happened(h.ctx, h.manager, said))
		h.must(h.desk.Happened(h.ctx, h.manager, said))
		level := h.one(c).Level
		if level == protection.Red || h.rung(h.supervisor, "alert.red", c.UUID) != 0 {
			t.Errorf("%s: the media ring who leads", level)
		}
		if due := h.dues(c)["risk.reassess"]; !due.Before(before) || !due.Equal(h.desk.Rules.Due(protection.RiskKey(level), h.now)) {
			t.Errorf("%s: due %s, before %s", level, due, before)
		}
		threat := protection.Happened{ID: ids.New[ids.Jotting](), Case: c, What: "THREAT", Words: "Wezombra stood at the gate."}
		h.must(h.desk.Happened(h.ctx, h.manager, threat))
		h.must(h.desk.Happened(h.ctx, h.manager, threat))
		if n := h.rung(h.supervisor, "alert.red", c.UUID); n != 1 {
			t.Errorf("who leads is rung %d times", n)
		}
		if due := h.dues(c)["risk.reassess"]; !due.Equal(h.now.Add(24 * time.Hour)) {
			t.Errorf("due %s", due)
		}
		v, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{Limit: 50})
		h.must(err)
		n := 0
		for _, e := range v.Timeline.Lines {
			if e.Verb == "happened" {
				n++
			}
		}
		if n != 2 || len(v.Jottings) != 1 {
			t.Errorf("%d lines, %d notes", n, len(v.Jottings))
		}
		if err := h.desk.Happened(h.ctx, h.manager, protection.Happened{ID: ids.New[ids.Jotting](), Case: c}); !slices.Equal(faultKeys(err), []string{"fault.choice.missing"}) {
			t.Errorf("nothing said: %v", err)
		}
		if err := h.desk.Happened(h.ctx, h.somebody(access.FocalPoint), threat); err == nil {
			t.Error("a focal point says it")
		}
	})
}

// Somebody in great danger who vanishes is searched for the same day, and everybody
// who leads her house is rung.
func TestWhoVanishesRingsWhoLeads(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		h.led()
		c := h.helped()
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "OTHER", "NO_ANSWER")))
		if n := h.rung(h.supervisor, "alert.red", c.UUID); n != 0 {
			t.Errorf("an unanswered call rings %d times", n)
		}
		h.must(h.desk.EditDanger(h.ctx, h.manager, protection.EditDanger{Case: c, Version: h.one(c).Version, Level: protection.Red, Reasons: []string{h.desk.Rules.Codes("danger_reason")[0]}}))
		gone := h.seen(c, "OTHER", "VANISHED")
		h.must(h.desk.KeepVisit(h.ctx, h.manager, gone))
		h.must(h.desk.KeepVisit(h.ctx, h.manager, gone))
		if n := h.rung(h.supervisor, "alert.red", c.UUID); n != 1 {
			t.Errorf("who leads is rung %d times", n)
		}
		if due := h.dues(c)["missing.red"]; !due.Equal(h.now.Add(4 * time.Hour)) {
			t.Errorf("searched for by %s", due)
		}
	})
}

// A child who goes on to reintegration is asked at the next school term, too.
func TestASchoolTermIsPlanned(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		h.must(h.desk.EditCase(h.ctx, h.manager, protection.EditCase{Case: c, Version: h.one(c).Version, Sex: "F", Child: true, Language: "rn"}))
		h.on(c, protection.InReintegration)
		due, planned := h.dues(c)["monitoring.school"]
		if !planned || due.Before(h.now) || due.After(h.now.AddDate(0, 6, 0)) {
			t.Fatalf("planned %t, due %s", planned, due)
		}
		h.now = due.Add(-7 * 24 * time.Hour)
		h.must(h.desk.KeepVisit(h.ctx, h.manager, h.seen(c, "SCHOOL", "REACHED")))
		if next := h.dues(c)["monitoring.school"]; !next.After(due) {
			t.Errorf("the next is due %s", next)
		}
	})
}

package store_test

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

func (h *hut) held(who ids.Account) protection.Held {
	h.t.Helper()
	held, err := h.desk.Held(h.ctx, h.supervisor, who)
	h.must(err)
	return held
}

// withheld says whether somebody learns nothing of a record.
func withheld(err error) bool { return fault.Is(err, fault.Withheld) || fault.Is(err, fault.NotFound) }

// Who leaves hands everything on, and nothing is left with nobody: cases in both
// seats, their tasks, a signal that was taken, a request that waits, a line of the
// roster, a promise to stand in.
func TestNothingIsLeftWithNobody(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		managed, talked := h.followed(), ids.Case{}
		_, talked, _ = h.taken()
		waits := h.refers(h.screener, managed, h.house(), h.says(managed, protection.Yes, "minimum"))
		other, second, officer := accesstest.Somebody(access.CaseManager, h.care), accesstest.Somebody(access.Screener, h.care), accesstest.Somebody(access.DutyOfficer, h.care)
		duty := protection.Duty{ID: ids.New[ids.Duty](), Org: h.care, Account: h.screener.Account, Rank: 1, From: h.now, Until: h.now.AddDate(0, 0, 2)}
		h.must(h.desk.KeepDuty(h.ctx, h.supervisor, protection.KeepDuty{Duty: duty}))
		x := protection.Cover{ID: ids.New[ids.Cover](), Org: h.care, Away: officer.Account, Cover: h.screener.Account, From: h.now, Until: h.now.AddDate(0, 0, 2)}
		h.must(h.desk.KeepCover(h.ctx, h.supervisor, protection.KeepCover{Cover: x}))
		r := h.raise()
		h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))

		if held := h.held(h.screener.Account); len(held.Cases) != 2 || len(held.Requests) != 1 || len(held.Duties) != 1 || len(held.Covers) != 1 {
			t.Fatalf("the screener holds %+v", held)
		}
		all := protection.HandOn{From: h.screener.Account, Whole: true, Screener: second.Account}
		if _, err := h.desk.HandOn(h.ctx, h.supervisor, all); !fault.Is(err, fault.Invalid) {
			t.Errorf("a duty with nobody: %v", err)
		}
		all.Duty = officer.Account
		n, err := h.desk.HandOn(h.ctx, h.supervisor, all)
		h.must(err)
		if held := h.held(h.screener.Account); n != 2 || !held.Empty() {
			t.Errorf("%d moved, and this is left with nobody: %+v", n, held)
		}
		if held := h.held(second.Account); len(held.Cases) != 2 || len(held.Covers) != 1 {
			t.Errorf("the next holds %+v", held)
		}
		if held := h.held(officer.Account); len(held.Duties) != 1 {
			t.Errorf("the officer holds %+v", held)
		}
		if by := h.held(h.manager.Account).Requests; len(by) != 1 || by[0].ID != waits {
			t.Errorf("the answer goes to %+v", by)
		}
		if _, err := h.desk.Case(h.ctx, h.screener, talked, protection.Page{}); !withheld(err) {
			t.Errorf("who left still reads: %v", err)
		}
		if _, err := h.desk.Case(h.ctx, second, talked, protection.Page{}); err != nil {
			t.Errorf("who follows cannot read: %v", err)
		}
		if held := h.held(h.duty.Account); len(held.Signals) != 1 {
			t.Fatalf("on duty holds %+v", held)
		}
		_, err = h.desk.HandOn(h.ctx, h.supervisor, protection.HandOn{From: h.duty.Account, Whole: true, Duty: officer.Account})
		h.must(err)
		if !h.held(h.duty.Account).Empty() || len(h.held(officer.Account).Signals) != 1 {
			t.Error("the signal that was taken is with nobody")
		}

		// Some cases only: the tasks follow, the rest stays.
		before, err := h.desk.Caseloads(h.ctx, h.supervisor)
		h.must(err)
		_, err = h.desk.HandOn(h.ctx, h.supervisor, protection.HandOn{From: h.manager.Account, Cases: []ids.Case{managed}, Manager: other.Account})
		h.must(err)
		after, err := h.desk.Caseloads(h.ctx, h.supervisor)
		h.must(err)
		of := func(all []protection.Caseload, who ids.Account) (l protection.Caseload) {
			for _, one := range all {
				if one.Worker == who {
					l = one
				}
			}
			return l
		}
		if b, a := of(before, h.manager.Account), of(after, other.Account); b.Open() != 1 || b.Red != a.Red || b.Late != a.Late || of(after, h.manager.Account).Open() != 0 {
			t.Errorf("before %+v, after %+v", before, after)
		}
		tasks, err := h.desk.Tasks(h.ctx, other, protection.TaskFilter{Mine: true}, protection.Page{})
		h.must(err)
		if len(tasks.Lines) == 0 {
			t.Error("the tasks did not follow")
		}
		h.now = h.now.AddDate(0, 1, 0)
		late, err := h.desk.Caseloads(h.ctx, h.supervisor)
		h.must(err)
		if of(late, other.Account).Late == 0 {
			t.Errorf("nothing is late after a month: %+v", late)
		}
		store.MustHold(t, h.store)
	})
}

// Hand-overs stay inside an organisation, and nobody is seated who is barred.
func TestWhoMayNotHandOn(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		elsewhere := accesstest.Somebody(access.Supervisor, h.shelter)
		if held, err := h.desk.Held(h.ctx, elsewhere, h.manager.Account); err != nil || !held.Empty() {
			t.Errorf("elsewhere: %+v, %v", held, err)
		}
		other := accesstest.Somebody(access.CaseManager, h.care)
		cmd := protection.HandOn{From: h.manager.Account, Cases: []ids.Case{c}, Manager: other.Account}
		for name, w := range map[string]access.Who{"a manager": h.manager, "on duty": h.duty, "the police": accesstest.Somebody(access.Police, h.care),
			"an administrator": accesstest.Somebody(access.Administrator, h.care), "data protection": accesstest.Somebody(access.DataProtection, h.care)} {
			if _, err := h.desk.HandOn(h.ctx, w, cmd); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := h.desk.Caseloads(h.ctx, w); !fault.Is(err, fault.Denied) {
				t.Errorf("%s counts: %v", name, err)
			}
		}
		if n, err := h.desk.HandOn(h.ctx, elsewhere, cmd); err != nil && !fault.Is(err, fault.Invalid) || n != 0 {
			t.Errorf("another organisation moves %d: %v", n, err)
		}
		if len(h.held(h.manager.Account).Cases) != 1 {
			t.Error("it moved")
		}
	})
}

// While it lasts, who stands in reads and hears what the other would; before and
// after, nothing; and never what they are barred from.
func TestCoverHasDates(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		cover := accesstest.Somebody(access.CaseManager, h.care)
		x := protection.Cover{ID: ids.New[ids.Cover](), Org: h.care, Away: h.manager.Account, Cover: cover.Account, From: h.now.Add(24 * time.Hour), Until: h.now.Add(72 * time.Hour)}
		h.must(h.desk.KeepCover(h.ctx, h.supervisor, protection.KeepCover{Cover: x}))
		start := h.now
		for _, at := range []struct {
			hours int
			reads bool
		}{{0, false}, {23, false}, {24, true}, {71, true}, {72, false}, {100, false}} {
			h.now = start.Add(time.Duration(at.hours) * time.Hour)
			_, err := h.desk.Case(h.ctx, cover, c, protection.Page{})
			if (err == nil) != at.reads || err != nil && !withheld(err) {
				t.Errorf("after %d hours: %v", at.hours, err)
			}
			lines, err := h.desk.Covered(h.ctx, cover)
			h.must(err)
			if (len(lines) == 1) != at.reads {
				t.Errorf("after %d hours: %d lines", at.hours, len(lines))
			}
		}
		h.now = start.Add(30 * time.Hour)
		rings := func(to ids.Account) int {
			n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM alert WHERE to_account = ? AND about = ?`, to, c)
			h.must(err)
			return n
		}
		before := rings(cover.Account)
		h.must(h.desk.Assign(h.ctx, h.supervisor, protection.Assign{Case: c, Version: 5, Manager: h.manager.Account}))
		if rings(cover.Account) != before+1 {
			t.Error("who stands in hears nothing")
		}
		x.Version, x.Until = 1, h.now
		h.must(h.desk.KeepCover(h.ctx, h.supervisor, protection.KeepCover{Cover: x}))
		if _, err := h.desk.Case(h.ctx, cover, c, protection.Page{}); !withheld(err) {
			t.Errorf("ended early: %v", err)
		}
		if err := h.desk.KeepCover(h.ctx, h.supervisor, protection.KeepCover{Cover: x}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version: %v", err)
		}
		for name, w := range map[string]access.Who{"himself": cover, "elsewhere": accesstest.Somebody(access.Supervisor, h.shelter)} {
			y := x
			y.Version = 2
			if err := h.desk.KeepCover(h.ctx, w, protection.KeepCover{Cover: y}); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		// Another organisation's cover opens nothing here.
		far := protection.Cover{ID: ids.New[ids.Cover](), Org: h.shelter, Away: h.manager.Account, Cover: cover.Account, From: h.now, Until: h.now.Add(time.Hour)}
		h.must(h.desk.KeepCover(h.ctx, accesstest.Somebody(access.Supervisor, h.shelter), protection.KeepCover{Cover: far}))
		if _, err := h.desk.Case(h.ctx, cover, c, protection.Page{}); !withheld(err) {
			t.Errorf("a cover made elsewhere opens: %v", err)
		}
		store.MustHold(t, h.store)
	})
}

// One tap rings who is on call; more taps are the same call; who goes silences it.
func TestBackupInOneTap(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		duty := protection.Duty{ID: ids.New[ids.Duty](), Org: h.care, Account: h.duty.Account, Rank: 1, From: h.now, Until: h.now.AddDate(0, 0, 2)}
		h.must(h.desk.KeepDuty(h.ctx, h.supervisor, protection.KeepDuty{Duty: duty}))
		call := protection.Call{ID: ids.New[ids.Backup]()}
		for range 3 {
			n, err := h.desk.Call(h.ctx, h.manager, call)
			if h.must(err); n != 1 {
				t.Errorf("%d are told", n)
			}
			call.ID = ids.New[ids.Backup]()
			h.now = h.now.Add(time.Minute)
		}
		calls, err := h.desk.Backups(h.ctx, h.duty)
		h.must(err)
		if len(calls) != 1 || calls[0].By != h.manager.Account || h.waiting(calls[0].ID.UUID) != 1 {
			t.Fatalf("%+v", calls)
		}
		own, err := h.desk.Backups(h.ctx, h.manager)
		if h.must(err); len(own) != 1 {
			t.Errorf("one's own: %+v", own)
		}
		for name, w := range map[string]access.Who{"elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "a colleague": h.screener} {
			if err := h.desk.Come(h.ctx, w, protection.Come{Backup: calls[0].ID, Version: 1}); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
			if all, err := h.desk.Backups(h.ctx, w); err != nil || len(all) != 0 {
				t.Errorf("%s sees %+v, %v", name, all, err)
			}
		}
		h.must(h.desk.Come(h.ctx, h.duty, protection.Come{Backup: calls[0].ID, Version: 1}))
		h.must(h.desk.Come(h.ctx, h.duty, protection.Come{Backup: calls[0].ID, Version: 1}))
		if err := h.desk.Come(h.ctx, h.supervisor, protection.Come{Backup: calls[0].ID, Version: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a second who goes: %v", err)
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM alert WHERE about = ? AND to_account = ? AND state = 'WAITING'`, calls[0].ID, h.duty.Account); err != nil || n != 0 {
			t.Errorf("it still rings %d times: %v", n, err)
		}
		if _, err := h.desk.Call(h.ctx, h.manager, protection.Call{ID: ids.New[ids.Backup]()}); err != nil {
			t.Errorf("a new call: %v", err)
		}
		keys, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM alert WHERE key NOT IN ('alert.red', 'alert.answer', 'alert.assigned', 'alert.signal')`)
		if h.must(err); keys != 0 {
			t.Error("a message says something")
		}
	})
}

// Her whole file goes over with the yes of the other side, and hers: what was
// written opens there, nothing opens here, and she is found there by her name.
func TestAFileGoesOver(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.said()
		v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
		h.must(err)
		a := v.Assessments[0].ID
		waits := h.refers(h.manager, c, h.house(), h.says(c, protection.Yes, "minimum"))
		elsewhere := ids.New[ids.Org]()
		lead, next := accesstest.Somebody(access.Supervisor, elsewhere), accesstest.Somebody(access.CaseManager, elsewhere)
		offer := protection.Offer{ID: ids.New[ids.Transfer](), Case: c, To: elsewhere, Reason: "MOVED_AWAY"}
		if err := h.desk.Offer(h.ctx, h.supervisor, offer); fault.Of(err).Key != "fault.transfer.consent" {
			t.Fatalf("without her yes: %v", err)
		}
		h.now = h.now.Add(time.Second)
		yes := protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Recipient: elsewhere, Said: true, Agreed: protection.Yes,
			Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
		h.must(h.desk.AskConsent(h.ctx, h.screener, yes))
		h.must(h.desk.Offer(h.ctx, h.supervisor, offer))
		h.must(h.desk.Offer(h.ctx, h.supervisor, offer)) // the same form again
		twice := offer
		twice.ID = ids.New[ids.Transfer]()
		if err := h.desk.Offer(h.ctx, h.supervisor, twice); fault.Of(err).Key != "fault.transfer.twice" {
			t.Errorf("offered twice: %v", err)
		}
		if _, err := h.desk.Case(h.ctx, lead, c, protection.Page{}); !withheld(err) {
			t.Errorf("read before it is taken: %v", err)
		}
		shown, err := h.desk.Transfers(h.ctx, lead)
		if h.must(err); len(shown) != 1 || shown[0].Code != v.Case.Code {
			t.Fatalf("the other side sees %+v", shown)
		}
		take := protection.Receive{Transfer: offer.ID, Version: 1, Manager: next.Account}
		for name, w := range map[string]access.Who{"who offered": h.supervisor, "a manager there": next, "a third": accesstest.Somebody(access.Supervisor, h.shelter)} {
			if err := h.desk.Receive(h.ctx, w, take); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := h.desk.Receive(h.ctx, lead, protection.Receive{Transfer: offer.ID, Version: 1}); fault.Of(err).Field != "manager" {
			t.Errorf("with nobody: %v", err)
		}
		h.must(h.desk.Receive(h.ctx, lead, take))
		h.must(h.desk.Receive(h.ctx, lead, take)) // the same form again

		for name, w := range map[string]access.Who{"who led": h.supervisor, "who followed her": h.manager, "who talked with her": h.screener} {
			if _, err := h.desk.Case(h.ctx, w, c, protection.Page{}); !withheld(err) {
				t.Errorf("%s still reads the case: %v", name, err)
			}
			if _, _, err := h.desk.Person(h.ctx, w, v.Case.Person); !withheld(err) {
				t.Errorf("%s still reads who she is: %v", name, err)
			}
			if _, _, err := h.desk.Assessment(h.ctx, w, a); !withheld(err) {
				t.Errorf("%s still reads what was found: %v", name, err)
			}
		}
		after, err := h.desk.Case(h.ctx, next, c, protection.Page{})
		h.must(err)
		if after.Case.Owner != elsewhere || after.Case.Manager != next.Account || !after.Case.Screener.IsZero() || len(after.Consents) < 2 || len(after.Tasks) == 0 {
			t.Errorf("%+v", after.Case)
		}
		p, g, err := h.desk.Person(h.ctx, next, v.Case.Person)
		h.must(err)
		if name, err := p.Name.Open(g); name != "Invented Mugisha" || err != nil {
			t.Errorf("her name opens as %q: %v", name, err)
		}
		assessed, g, err := h.desk.Assessment(h.ctx, next, a)
		h.must(err)
		if why, err := assessed.Why.Open(g); why != "A reason of Wezombra." || err != nil {
			t.Errorf("what was found opens as %q: %v", why, err)
		}
		for _, one := range []struct {
			who  access.Who
			want int
		}{{lead, 1}, {h.supervisor, 0}} {
			for _, words := range []string{"mugisha", "79 222 333"} {
				found, err := h.desk.Find(h.ctx, one.who, words, protection.Page{})
				if h.must(err); len(found.Lines) != one.want {
					t.Errorf("%s finds %d by %q, want %d", one.who.Post.Role, len(found.Lines), words, one.want)
				}
			}
			tasks, err := h.desk.Tasks(h.ctx, one.who, protection.TaskFilter{}, protection.Page{})
			if h.must(err); (len(tasks.Lines) > 0) != (one.want == 1) {
				t.Errorf("%d tasks", len(tasks.Lines))
			}
			out, err := h.desk.Referrals(h.ctx, one.who, protection.ReferralFilter{Out: true}, protection.Page{})
			if h.must(err); slices.ContainsFunc(out.Lines, func(l protection.ReferralLine) bool { return l.ID == waits }) != (one.want == 1) {
				t.Errorf("the request that waits: %+v", out.Lines)
			}
		}
		h.must(h.desk.EditPerson(h.ctx, next, protection.EditPerson{Person: p.ID, Version: p.Version, Name: "Invented Mugisha", Called: "Mimi"}))
		h.must(h.desk.Assign(h.ctx, lead, protection.Assign{Case: c, Version: after.Case.Version, Manager: next.Account}))
		store.MustHold(t, h.store)
	})
}

// A no, a yes that is taken back by either side, and her consent withdrawn before it is answered.
func TestAFileStays(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, elsewhere := h.said(), ids.New[ids.Org]()
		lead, next := accesstest.Somebody(access.Supervisor, elsewhere), accesstest.Somebody(access.CaseManager, elsewhere)
		yes := protection.AskConsent{ID: ids.New[ids.Consent](), Case: c, Purpose: protection.P1CaseManagement, Recipient: elsewhere, Said: true, Agreed: protection.Yes,
			Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}
		h.now = h.now.Add(time.Second)
		h.must(h.desk.AskConsent(h.ctx, h.screener, yes))
		offer := func() ids.Transfer {
			h.now = h.now.Add(time.Second)
			id := ids.New[ids.Transfer]()
			h.must(h.desk.Offer(h.ctx, h.supervisor, protection.Offer{ID: id, Case: c, To: elsewhere, Reason: "SAFETY"}))
			return id
		}
		first := offer()
		if err := h.desk.Refuse(h.ctx, lead, protection.Refuse{Transfer: first, Version: 1}); fault.Of(err).Field != "why" {
			t.Errorf("without a reason: %v", err)
		}
		if err := h.desk.Refuse(h.ctx, h.supervisor, protection.Refuse{Transfer: first, Version: 1}); !fault.Is(err, fault.Denied) {
			t.Errorf("who offered declines: %v", err)
		}
		h.must(h.desk.Refuse(h.ctx, lead, protection.Refuse{Transfer: first, Version: 1, Why: "NO_CAPACITY"}))
		second := offer()
		if err := h.desk.TakeBack(h.ctx, lead, protection.TakeBack{Transfer: second, Version: 1}); !fault.Is(err, fault.Denied) {
			t.Errorf("the other side takes it back: %v", err)
		}
		h.must(h.desk.TakeBack(h.ctx, h.supervisor, protection.TakeBack{Transfer: second, Version: 1}))
		for _, id := range []ids.Transfer{first, second} {
			if err := h.desk.Receive(h.ctx, lead, protection.Receive{Transfer: id, Version: 2, Manager: next.Account}); !fault.Is(err, fault.Invalid) {
				t.Errorf("taken after its end: %v", err)
			}
		}
		third := offer()
		h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: yes.ID, Version: 1}))
		if err := h.desk.Receive(h.ctx, lead, protection.Receive{Transfer: third, Version: 1, Manager: next.Account}); fault.Of(err).Key != "fault.transfer.consent" {
			t.Errorf("she took her yes back: %v", err)
		}
		if _, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{}); err != nil {
			t.Errorf("it stays where it is: %v", err)
		}
		store.MustHold(t, h.store)
	})
}

// Whoever leaves and still holds something: where is known, never what, and who leads
// there is rung by the program alone.
func TestWhereSomebodyWhoLeavesHoldsSomething(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		h.followed()
		h.led()
		if orgs, err := h.store.Carries(h.ctx, h.manager.Account, h.now); err != nil || !slices.Equal(orgs, []ids.Org{h.care}) {
			t.Errorf("who follows her carries %v, %v", orgs, err)
		}
		if orgs, err := h.store.Carries(h.ctx, h.somebody(access.CaseManager).Account, h.now); err != nil || len(orgs) != 0 {
			t.Errorf("who holds nothing carries %v, %v", orgs, err)
		}
		h.must(h.desk.Left(h.ctx, access.Itself(), h.manager.Account, []ids.Org{h.care}))
		if n := h.rung(h.supervisor, "alert.assigned", h.manager.Account.UUID); n != 1 {
			t.Errorf("who leads is rung %d times", n)
		}
		if err := h.desk.Left(h.ctx, h.supervisor, h.manager.Account, []ids.Org{h.care}); err == nil {
			t.Error("a person speaks as the program")
		}
	})
}

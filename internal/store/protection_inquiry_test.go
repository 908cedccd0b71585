package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// cared is a person whom a house helps: who manages her case there.
type cared struct {
	Case    ids.Case
	Person  ids.Person
	manager access.Who
	consent ids.Consent
}

// caresFor brings somebody to a house, where she agrees (P2) when agreed says so.
func (h *hut) caresFor(org ids.Org, name string, agreed protection.Answer) cared {
	h.t.Helper()
	home := h.desk.Home
	h.desk.Home = org
	defer func() { h.desk.Home = home }()
	duty, lead, screener := accesstest.Somebody(access.DutyOfficer, org), accesstest.Somebody(access.Supervisor, org), accesstest.Somebody(access.Screener, org)
	x := cared{Case: ids.New[ids.Case](), Person: ids.New[ids.Person](), manager: accesstest.Somebody(access.CaseManager, org), consent: ids.New[ids.Consent]()}
	r := h.raise()
	h.must(h.desk.Take(h.ctx, duty, protection.Take{Signal: r.Signal, Version: 1}))
	h.must(h.desk.Triage(h.ctx, duty, protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: x.Case, Person: x.Person, Name: name, Sex: "F", Adult: protection.Yes, Language: "rn", Screener: screener.Account,
			Age: date.Age{Years: 26, Basis: date.Declared, Said: h.desk.Rules.Day(h.now)}}}}))
	h.must(h.desk.Assign(h.ctx, lead, protection.Assign{Case: x.Case, Version: 1, Manager: x.manager.Account}))
	if agreed != protection.NotAsked {
		h.agreesAbroad(x, agreed, time.Time{})
	}
	return x
}

func (h *hut) agreesAbroad(x cared, agreed protection.Answer, until time.Time) {
	h.t.Helper()
	h.must(h.desk.AskConsent(h.ctx, x.manager, protection.AskConsent{ID: x.consent, Case: x.Case, Purpose: protection.P2National, Said: true, Agreed: agreed,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF", Expires: until}))
}

func (h *hut) tokensOf(c ids.Case) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM pseudonym WHERE case_id = ?`, c)
	h.must(err)
	return n
}

// inquires asks about a case, as who manages it.
func (h *hut) inquires(x cared) (ids.Inquiry, error) {
	id := ids.New[ids.Inquiry]()
	return id, h.desk.Inquire(h.ctx, x.manager, protection.Inquire{ID: id, Case: x.Case, Reason: "SHE_SAYS", Told: true})
}

// compares lets the program compare, and gives what the coordinator is shown.
func (h *hut) compares() []protection.LiaisonLine {
	h.t.Helper()
	open, err := h.store.OpenInquiries(h.ctx, 50)
	h.must(err)
	for _, id := range open {
		h.must(h.desk.FindElsewhere(h.ctx, access.Itself(), id))
	}
	all, err := h.desk.Liaisons(h.ctx, accesstest.Somebody(access.Coordinator, h.care))
	h.must(err)
	return all
}

// shown is what whoever asked reads of a question, without what differs between any two.
func (h *hut) shown(x cared) protection.InquiryView {
	h.t.Helper()
	v, err := h.desk.Inquiries(h.ctx, x.manager, x.Case)
	h.must(err)
	v.Case = protection.Case{}
	for i := range v.All {
		v.All[i].ID, v.All[i].Case, v.All[i].By = ids.Inquiry{}, ids.Case{}, ids.Account{}
	}
	return v
}

// Two houses help one woman, and one asks. Who asked reads the same as of a woman whom
// nobody knows, until the other side asked her and said yes and the coordinator gave the
// contact. The coordinator reads which houses, and nobody's case.
func TestTwoHousesAreBroughtTogether(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		here, there := h.caresFor(h.care, "Ndayizeye Claudine", protection.Yes), h.caresFor(h.shelter, "Claudine DAYIZEYE", protection.Yes)
		alone := h.caresFor(h.care, "Irakoze Bella", protection.Yes)
		if h.tokensOf(here.Case) == 0 || h.tokensOf(there.Case) == 0 {
			t.Fatal("no tokens were made")
		}
		_, err := h.inquires(here)
		h.must(err)
		_, err = h.inquires(alone)
		h.must(err)
		if all := h.compares(); len(all) != 1 {
			t.Fatalf("%d liaisons", len(all))
		}
		if found, lone := h.shown(here), h.shown(alone); !reflect.DeepEqual(found.All, lone.All) {
			t.Errorf("it shows: %+v, %+v", found.All, lone.All)
		}
		line := h.compares()[0]
		if line.Asker != h.care || line.Owner != h.shelter || !line.Case.IsZero() || line.Code != (ids.Code{}) || !line.Inquiry.IsZero() {
			t.Errorf("the coordinator reads %+v", line)
		}
		mine, err := h.desk.Liaisons(h.ctx, there.manager)
		h.must(err)
		if len(mine) != 1 || mine[0].Case != there.Case || !mine[0].Asker.IsZero() || !mine[0].Inquiry.IsZero() {
			t.Errorf("the side that was found reads %+v", mine)
		}
		if h.waiting(line.ID.UUID) == 0 || h.desk.Rules.Due("liaison.answer", h.now) != line.Due {
			t.Error("nobody is told, or it is never due")
		}
		coordinator, asker := accesstest.Somebody(access.Coordinator, h.care), here.manager
		answer := protection.AnswerLiaison{Liaison: line.ID, Version: 1, Asked: true}
		for name, one := range map[string]struct {
			who access.Who
			do  func(access.Who) error
		}{
			"who asked agrees":       {asker, func(w access.Who) error { return h.desk.AgreeLiaison(h.ctx, w, answer) }},
			"her lead agrees":        {h.supervisor, func(w access.Who) error { return h.desk.AgreeLiaison(h.ctx, w, answer) }},
			"a colleague declines":   {accesstest.Somebody(access.CaseManager, h.shelter), func(w access.Who) error { return h.desk.DeclineLiaison(h.ctx, w, answer) }},
			"the coordinator agrees": {coordinator, func(w access.Who) error { return h.desk.AgreeLiaison(h.ctx, w, answer) }},
			"the side shares":        {there.manager, func(w access.Who) error { return h.desk.ShareLiaison(h.ctx, w, answer) }},
			"who asked shares":       {asker, func(w access.Who) error { return h.desk.ShareLiaison(h.ctx, w, answer) }},
			"the police close":       {accesstest.Somebody(access.Police, h.shelter), func(w access.Who) error { return h.desk.CloseLiaison(h.ctx, w, answer) }},
		} {
			if err := one.do(one.who); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if list, err := h.desk.Liaisons(h.ctx, asker); err != nil || len(list) != 0 {
			t.Errorf("who asked lists %+v, %v", list, err)
		}
		if err := h.desk.ShareLiaison(h.ctx, coordinator, answer); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Stale) {
			t.Errorf("shared before a yes: %v", err)
		}
		if err := h.desk.AgreeLiaison(h.ctx, there.manager, protection.AnswerLiaison{Liaison: line.ID, Version: 1}); !slices.Contains(faultKeys(err), "fault.liaison.asked") {
			t.Errorf("a yes without hers: %v", err)
		}
		h.must(h.desk.AgreeLiaison(h.ctx, there.manager, answer))
		h.must(h.desk.AgreeLiaison(h.ctx, there.manager, answer)) // the same form again
		if found, lone := h.shown(here), h.shown(alone); !reflect.DeepEqual(found.All, lone.All) {
			t.Errorf("after the yes it shows: %+v", found.All)
		}
		answer.Version = 2
		h.must(h.desk.ShareLiaison(h.ctx, coordinator, answer))
		h.must(h.desk.ShareLiaison(h.ctx, coordinator, answer))
		if v := h.shown(here); v.All[0].Org != h.shelter || v.All[0].Who != there.manager.Account || v.All[0].Introduction.Code != line.Reference {
			t.Errorf("the contact: %+v", v.All[0])
		}
		asked, _, err := h.desk.AskedOf(h.ctx, asker, here.Case)
		h.must(err)
		_, met, err := h.desk.AskedOf(h.ctx, there.manager, there.Case)
		h.must(err)
		if len(asked) != 1 || len(met) != 1 || met[0].State != protection.LiaisonShared {
			t.Errorf("she is told: %+v, %+v", asked, met)
		}
		store.MustHold(t, h.store)
	})
}

// Nobody is compared without a yes that holds, on both sides; nor where one side is kept
// out of the other's case; nor within one house. Her no, a withdrawal, an end and an
// erasure take her tokens away.
func TestNobodyIsComparedWithoutHerYes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		n := 0
		for name, one := range map[string]func(here, there cared){
			"in the same house": func(_, there cared) {
				h.must(h.desk.Withdraw(h.ctx, there.manager, protection.Withdraw{Consent: there.consent, Version: 1}))
			},
			"withdrawn there": func(_, there cared) {
				h.must(h.desk.Withdraw(h.ctx, there.manager, protection.Withdraw{Consent: there.consent, Version: 1}))
			},
			"withdrawn here, after it was asked": func(here, _ cared) {
				h.must(h.desk.Withdraw(h.ctx, here.manager, protection.Withdraw{Consent: here.consent, Version: 1}))
			},
			"she says no there": func(_, there cared) {
				there.consent = ids.New[ids.Consent]()
				h.agreesAbroad(there, protection.No, time.Time{})
			},
			"past its time there": func(_, there cared) {
				there.consent = ids.New[ids.Consent]()
				h.agreesAbroad(there, protection.Yes, h.now.Add(time.Hour))
				h.now = h.now.Add(time.Hour)
			},
			"who asks is kept out there": func(here, there cared) {
				h.bars(there, protection.Conflict{Account: here.manager.Account, Why: "ACCUSED"})
			},
			"the house is kept out there": func(_, there cared) { h.bars(there, protection.Conflict{Org: h.care, Why: "ACCUSED"}) },
			"who follows her is kept out here": func(here, there cared) {
				h.bars(here, protection.Conflict{Account: there.manager.Account, Why: "ACCUSED"})
			},
			"that house is kept out here": func(here, _ cared) { h.bars(here, protection.Conflict{Org: h.shelter, Why: "ACCUSED"}) },
		} {
			h.now = h.now.Add(25 * time.Hour)
			n++
			who := "Ndayizeye " + string(rune('A'+n)) + "laudine" + string(rune('a'+n))
			here, there := h.caresFor(h.care, who, protection.Yes), h.caresFor(h.shelter, who, protection.Yes)
			if name == "in the same house" {
				_ = h.caresFor(h.care, who, protection.Yes)
			}
			_, err := h.inquires(here)
			h.must(err)
			one(here, there)
			if all := h.compares(); len(all) != 0 {
				t.Errorf("%s: %+v", name, all)
				h.must(h.desk.CloseLiaison(h.ctx, accesstest.Somebody(access.Coordinator, h.care), protection.AnswerLiaison{Liaison: all[0].ID, Version: 1}))
			}
			h.must(h.store.ForgetPseudonyms(h.ctx))
			if kept := h.tokensOf(there.Case); (name == "withdrawn there" || name == "she says no there" || name == "past its time there") && kept != 0 {
				t.Errorf("%s: %d tokens are left", name, kept)
			}
		}
		silent := h.caresFor(h.care, "Irakoze Bella", protection.NotAsked)
		if h.tokensOf(silent.Case) != 0 {
			t.Error("tokens of somebody who was not asked")
		}
		if _, err := h.inquires(silent); fault.Of(err).Key != "fault.inquiry.consent" {
			t.Errorf("without her yes: %v", err)
		}
		h.agreesAbroad(silent, protection.No, time.Time{})
		if _, err := h.inquires(silent); fault.Of(err).Key != "fault.inquiry.consent" {
			t.Errorf("after her no: %v", err)
		}
		half := h.caresFor(h.care, "Bella", protection.Yes)
		if _, err := h.inquires(half); fault.Of(err).Key != "fault.inquiry.unknown" {
			t.Errorf("half a name: %v", err)
		}
	})
}

// bars keeps somebody out of a case.
func (h *hut) bars(x cared, who protection.Conflict) {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, x.manager, x.Case, protection.Page{})
	h.must(err)
	v.Case.Conflicts = []protection.Conflict{who}
	h.must(h.save(protection.Change{Cases: []protection.Case{v.Case}}))
}

// A worker asks so many times in a day and once a case in so many days; a no is not
// asked again, silence lapses, and the yes of both must hold when the contact is given.
func TestQuestionsAreFew(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		here, there := h.caresFor(h.care, "Ndayizeye Claudine", protection.Yes), h.caresFor(h.shelter, "Ndayizeye Claudine", protection.Yes)
		coordinator := accesstest.Somebody(access.Coordinator, h.care)
		again := func() []protection.LiaisonLine {
			t.Helper()
			_, err := h.inquires(here)
			h.must(err)
			return slices.DeleteFunc(h.compares(), func(l protection.LiaisonLine) bool { return !l.State.Waits() })
		}
		first := again()
		if len(first) != 1 {
			t.Fatalf("%+v", first)
		}
		if _, err := h.inquires(here); fault.Of(err).Key != "fault.inquiry.again" {
			t.Errorf("again at once: %v", err)
		}
		if err := h.desk.LapseLiaison(h.ctx, access.Itself(), first[0].ID); err == nil {
			t.Error("it lapses before its time")
		}
		h.now = h.now.AddDate(0, 0, h.desk.Rules.Pause)
		late, err := h.store.LateLiaisons(h.ctx, h.now, 10)
		h.must(err)
		if !slices.Equal(late, []ids.Liaison{first[0].ID}) {
			t.Fatalf("late: %v", late)
		}
		h.must(h.desk.LapseLiaison(h.ctx, access.Itself(), late[0]))
		second := again()
		if len(second) != 1 {
			t.Fatalf("after silence: %+v", second)
		}
		h.must(h.desk.AgreeLiaison(h.ctx, there.manager, protection.AnswerLiaison{Liaison: second[0].ID, Version: 1, Asked: true}))
		h.must(h.desk.Withdraw(h.ctx, here.manager, protection.Withdraw{Consent: here.consent, Version: 1}))
		if err := h.desk.ShareLiaison(h.ctx, coordinator, protection.AnswerLiaison{Liaison: second[0].ID, Version: 2}); fault.Of(err).Key != "fault.liaison.consent" {
			t.Errorf("shared after she took her yes back: %v", err)
		}
		h.must(h.desk.DeclineLiaison(h.ctx, there.manager, protection.AnswerLiaison{Liaison: second[0].ID, Version: 2}))
		here.consent = ids.New[ids.Consent]()
		h.agreesAbroad(here, protection.Yes, time.Time{})
		h.now = h.now.AddDate(0, 0, h.desk.Rules.Pause)
		if third := again(); len(third) != 0 {
			t.Errorf("a no is asked again: %+v", third)
		}
		// The same request twice is one; so many in a day.
		h.now = h.now.Add(25 * time.Hour)
		for n := 0; n <= h.desk.Rules.Inquiries; n++ {
			one := h.caresFor(h.care, "Irakoze "+string(rune('A'+n))+"bella", protection.Yes)
			v, err := h.desk.Case(h.ctx, one.manager, one.Case, protection.Page{})
			h.must(err)
			v.Case.Manager = here.manager.Account
			h.must(h.save(protection.Change{Cases: []protection.Case{v.Case}}))
			id := ids.New[ids.Inquiry]()
			for range 2 {
				err := h.desk.Inquire(h.ctx, here.manager, protection.Inquire{ID: id, Case: one.Case, Reason: "COORDINATE", Told: true})
				if n < h.desk.Rules.Inquiries {
					h.must(err)
				} else if fault.Of(err).Key != "fault.inquiry.often" {
					t.Errorf("one too many: %v", err)
				}
			}
		}
	})
}

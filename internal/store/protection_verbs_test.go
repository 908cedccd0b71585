package store_test

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// presumed brings a case to a ratified presumption.
func (h *hut) presumed() ids.Case {
	h.t.Helper()
	_, c, _ := h.taken()
	s := ids.New[ids.Screening]()
	h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED"}))
	h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: s, Version: 1, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 3}))
	return c
}

func (h *hut) house() ids.Service {
	h.t.Helper()
	svc := ids.New[ids.Service]()
	h.must(h.desk.KeepService(h.ctx, accesstest.Somebody(access.Coordinator, ids.New[ids.Org]()), protection.KeepService{Service: protection.Service{ID: svc,
		Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "House", Active: true, Free: 2, Capacity: 10}}))
	return svc
}

func (h *hut) says(c ids.Case, answer protection.Answer, scope ...string) ids.Consent {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	k := ids.New[ids.Consent]()
	h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: k, Case: c, Purpose: "P3", Recipient: h.shelter, Scope: scope, Said: true,
		Agreed: answer, Mode: "ORAL_WITNESSED", Witness: "N. I.", GivenBy: "SELF"}))
	return k
}

func (h *hut) refers(by access.Who, c ids.Case, svc ids.Service, k ids.Consent) ids.Referral {
	h.t.Helper()
	r := ids.New[ids.Referral]()
	h.must(h.desk.Refer(h.ctx, by, protection.Refer{ID: r, Case: c, Service: svc, Need: "SAFE.EMERGENCY", Consent: k, Packet: protection.Parcel{Contact: "through us"}}))
	return r
}

func (h *hut) state(r ids.Referral) protection.ReferralState {
	h.t.Helper()
	n, err := h.store.Bytes(h.ctx, `SELECT state FROM referral WHERE id = ?`, r)
	h.must(err)
	return protection.ReferralState(n)
}

// keyOf counts the keys that still open a subject.
func (h *hut) keyOf(subject ids.UUID) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM subject_key WHERE subject = ? AND LENGTH(wrapped) > 0`, subject)
	h.must(err)
	return n
}

func (h *hut) waiting(about ids.UUID) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM alert WHERE about = ? AND state = 'WAITING'`, about)
	h.must(err)
	return n
}

// Her word stops what runs, whoever sent it: withdrawn, a later no, a free departure.
func TestHerWordStopsReferrals(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc := h.house()
		for name, stop := range map[string]func(c ids.Case, k ids.Consent){
			"withdrawn": func(_ ids.Case, k ids.Consent) {
				h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: k, Version: 1}))
				h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: k, Version: 1})) // said twice
			},
			"withdrawn after a wider yes": func(c ids.Case, _ ids.Consent) {
				k := h.says(c, protection.Yes, "minimum", "arrival")
				h.must(h.desk.Withdraw(h.ctx, h.screener, protection.Withdraw{Consent: k, Version: 1}))
			},
			"a later no": func(c ids.Case, _ ids.Consent) { h.says(c, protection.No) },
			"she leaves": func(c ids.Case, _ ids.Consent) {
				h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: 4, Reason: "FEAR", Told: true}))
				h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: c, Version: 4, Reason: "FEAR", Told: true}))
			},
		} {
			c := h.presumed()
			k := h.says(c, protection.Yes, "minimum")
			first, second := h.refers(h.screener, c, svc, k), h.refers(h.supervisor, c, svc, k)
			h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: second, Version: 1, Arrival: h.now.Add(time.Hour), Extra: true}))
			stop(c, k)
			for _, r := range []ids.Referral{first, second} {
				if got := h.state(r); got != protection.Cancelled {
					t.Errorf("%s: a request is %s", name, got)
				}
				if h.keyOf(r.UUID) != 0 {
					t.Errorf("%s: the key of a packet is there", name)
				}
				if _, _, err := h.desk.Packet(h.ctx, h.host, r); err == nil {
					t.Errorf("%s: the receiver still reads a packet", name)
				}
			}
		}
	})
}

// What rests on vital interest, or was asked of another house, runs on.
func TestWithdrawalStopsNoMore(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc, c := h.house(), h.presumed()
		k := h.says(c, protection.Yes, "minimum")
		r := ids.New[ids.Referral]()
		override := &protection.Override{ID: ids.New[ids.Consent](), Why: "VITAL_INTEREST", ApprovedBy: h.supervisor.Account, PersonTold: protection.Yes}
		emergency := protection.Refer{ID: r, Case: c, Service: svc, Need: "SAFE.EMERGENCY", Emergency: true, Override: override}
		h.must(h.desk.Refer(h.ctx, h.screener, emergency))
		h.must(h.desk.Refer(h.ctx, h.screener, emergency)) // sent twice
		h.must(h.desk.Withdraw(h.ctx, h.supervisor, protection.Withdraw{Consent: k, Version: 1}))
		if got := h.state(r); got != protection.Sent {
			t.Errorf("a request on vital interest is %s", got)
		}
		own := *override
		own.ID, own.ApprovedBy = ids.New[ids.Consent](), h.screener.Account
		err := h.desk.Refer(h.ctx, h.screener, protection.Refer{ID: ids.New[ids.Referral](), Case: c, Service: svc, Need: "SAFE.EMERGENCY", Emergency: true, Override: &own})
		if f := fault.Of(err); err == nil || f.Field != "approved_by" {
			t.Errorf("somebody approved of himself: %v", err)
		}
	})
}

// An answer on an older page is Stale, and never passes for the newest; the same answer twice is one.
func TestAnswersOnAnOlderPage(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc, c := h.house(), h.presumed()
		r := h.refers(h.screener, c, svc, h.says(c, protection.Yes, "minimum"))
		arrival := h.now.Add(2*time.Hour + 123456*time.Nanosecond)
		for range 2 {
			h.must(h.desk.Acknowledge(h.ctx, h.host, protection.Acknowledge{Referral: r, Version: 1}))
		}
		for range 2 {
			h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 2, Arrival: arrival}))
		}
		if err := h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: r, Version: 2, Reason: "NO_CAPACITY"}); err == nil {
			t.Error("a no on an older page passed for done")
		}
		if err := h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 1, Arrival: arrival.Add(time.Hour)}); err == nil {
			t.Error("another arrival on an older page passed for done")
		}
		if err := h.desk.AskMore(h.ctx, h.host, protection.AskMore{Referral: r, Version: 2, Field: "diet", Why: "CARE"}); !fault.Is(err, fault.Stale) {
			t.Errorf("a question on an older page: %v", err)
		}
		for range 2 {
			h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: r, Version: 3}))
		}
		if h.state(r) != protection.Arrived || h.keyOf(r.UUID) != 1 {
			t.Errorf("she is %s", h.state(r))
		}
	})
}

// A decision that came back is completed in the conversation it was made in; a
// yes that she gave in it is noted with it.
func TestSentBackIsCompletedInPlace(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		s, k := ids.New[ids.Screening](), ids.New[ids.Consent]()
		h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED"}))
		for range 2 {
			h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: k, Case: c, Screening: s, Purpose: protection.P1CaseManagement, Said: true,
				Agreed: protection.Yes, Mode: "ORAL_WITNESSED", Witness: "N. I.", GivenBy: "SELF"}))
		}
		_, another, _ := h.taken()
		if err := h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: another, Screening: s, Purpose: protection.P1CaseManagement,
			Said: true, Agreed: protection.No}); !fault.Is(err, fault.NotFound) {
			t.Errorf("an answer noted with somebody else's conversation: %v", err)
		}
		h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: s, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
		back := protection.Resume{Screening: s, Version: 3}
		if err := h.desk.Resume(h.ctx, h.screener, back); err == nil {
			t.Error("reopened while a second person reads it")
		}
		h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 3, Return: true, Words: "Who took her papers?"}))
		if err := h.desk.Resume(h.ctx, h.host, back); !fault.Is(err, fault.Withheld) {
			t.Errorf("somebody of another house: %v", err)
		}
		if err := h.desk.Resume(h.ctx, h.screener, protection.Resume{Screening: s, Version: 1}); !fault.Is(err, fault.Stale) {
			t.Errorf("on an older page: %v", err)
		}
		for range 2 {
			h.must(h.desk.Resume(h.ctx, h.screener, back))
		}
		h.now = h.now.Add(time.Minute)
		for range 2 { // left for now: it is still the decision that came back
			h.must(h.desk.Stop(h.ctx, h.screener, protection.Stop{Screening: s, Version: 4}))
		}
		h.must(h.desk.Resume(h.ctx, h.screener, protection.Resume{Screening: s, Version: 5}))
		h.must(h.desk.Listen(h.ctx, h.screener, protection.Listen{Screening: s, Version: 6, Profile: protection.Labour, Heard: []string{"D1_WAGE"}}))
		h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: s, Version: 7, CaseVersion: 4, Verdict: protection.Presume, Reason: "DOUBT"}))
		h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 5}))
		v, err := h.desk.Case(h.ctx, h.screener, c, protection.Page{})
		h.must(err)
		if len(v.Screenings) != 1 || v.Screenings[0].Consent != k || v.Case.Ratification != protection.Ratified || v.Case.State != protection.Presumed {
			t.Errorf("%+v %+v", v.Case, v.Screenings)
		}
	})
}

// "More, please": what she agreed to since may be given, and nothing else.
func TestMoreAfterANewYes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc, c := h.house(), h.presumed()
		r := h.refers(h.screener, c, svc, h.says(c, protection.Yes, "minimum"))
		for range 2 {
			h.must(h.desk.AskMore(h.ctx, h.host, protection.AskMore{Referral: r, Version: 1, Field: "diet", Why: "CARE"}))
		}
		give := protection.AnswerMore{Referral: r, Version: 2, Field: "diet", Agreed: true, Value: "no groundnuts"}
		if err := h.desk.AnswerMore(h.ctx, h.screener, give); fault.Of(err).Key != "fault.consent.scope" {
			t.Errorf("given without her yes: %v", err)
		}
		h.says(c, protection.Yes, "minimum", "diet")
		for range 2 {
			h.must(h.desk.AnswerMore(h.ctx, h.screener, give))
		}
		got, g, err := h.desk.Packet(h.ctx, h.host, r)
		h.must(err)
		if len(got.Asks) != 1 || !got.Asks[0].Agreed {
			t.Fatalf("%+v", got.Asks)
		}
		if words, err := got.Asks[0].Value.Open(g); err != nil || words != "no groundnuts" {
			t.Errorf("%q %v", words, err)
		}
	})
}

// Taking a signal silences the ring; nobody barred is seated; a child by age is a child.
func TestTriageSeatsNobodyBarred(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		h.must(h.desk.KeepDuty(h.ctx, h.supervisor, protection.KeepDuty{Duty: protection.Duty{ID: ids.New[ids.Duty](), Org: h.care, Account: h.duty.Account, Rank: 1,
			From: h.now.Add(-time.Hour), Until: h.now.Add(12 * time.Hour)}}))
		r := h.raise()
		if n := h.waiting(r.Signal.UUID); n != 2 {
			t.Errorf("%d alerts wait for RED and one on call, want two rounds", n)
		}
		h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
		h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
		if n := h.waiting(r.Signal.UUID); n != 0 {
			t.Errorf("%d alerts wait after it was taken", n)
		}
		c := ids.New[ids.Case]()
		age := h.desk.Rules.Day(h.now)
		triage := protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
			Conflicts: []protection.Conflict{{Account: h.screener.Account, Why: "RELATIVE"}},
			People:    []protection.Newcomer{{Case: c, Person: ids.New[ids.Person](), Adult: protection.Yes, Screener: h.screener.Account}}}
		triage.People[0].Age.Years, triage.People[0].Age.Basis, triage.People[0].Age.Said = 16, "declared", age
		if err := h.desk.Triage(h.ctx, h.duty, triage); fault.Of(err).Field != "person0_screener" {
			t.Fatalf("a relative was seated: %v", err)
		}
		triage.People[0].Screener = ids.Account{}
		for range 2 {
			h.must(h.desk.Triage(h.ctx, h.duty, triage))
		}
		view, err := h.desk.Case(h.ctx, h.duty, c, protection.Page{})
		h.must(err)
		if !view.Case.Child || len(view.Timeline.Lines) != 1 {
			t.Errorf("16 is a child: %v; %d events of a triage sent twice", view.Case.Child, len(view.Timeline.Lines))
		}
		if err := h.desk.Assign(h.ctx, h.duty, protection.Assign{Case: c, Version: 1, Screener: h.screener.Account}); fault.Of(err).Key != "fault.conflict" {
			t.Errorf("a relative was assigned: %v", err)
		}
		if _, err := h.desk.Case(h.ctx, h.screener, c, protection.Page{}); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.NotFound) {
			t.Errorf("a relative reads it: %v", err)
		}
		if err := h.desk.Leave(h.ctx, h.supervisor, protection.Leave{Case: c, Version: 1, Reason: "FEAR", Told: true}); fault.Of(err).Key != "fault.leave.child" {
			t.Errorf("a child left by a form: %v", err)
		}
	})
}

// Corrections keep what was said before, for whoever may read it.
func TestCorrectionsKeepTheirHistory(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		signal, _, _ := h.taken()
		said := []string{"first words", "second words"}
		for i, words := range said {
			h.must(h.desk.Correct(h.ctx, h.duty, protection.Correct{Signal: signal, Version: 3 + i, Now: protection.No, Where: place.Given{Code: h.hill, Written: "the old mill"}, Seen: words, People: i + 2}))
		}
		if err := h.desk.Correct(h.ctx, h.duty, protection.Correct{Signal: signal, Version: 3, Now: protection.No, Where: place.Given{Code: h.hill}}); !fault.Is(err, fault.Stale) {
			t.Errorf("a correction of an older version: %v", err)
		}
		older, g, err := h.desk.History(h.ctx, h.duty, signal)
		h.must(err)
		if len(older) != 4 {
			t.Fatalf("%d older versions, want 4", len(older))
		}
		for i, want := range []string{"first words", "a girl is kept in a house", "a girl is kept in a house", "a girl is kept in a house"} {
			if words, err := older[i].Seen.Open(g); err != nil || words != want || older[i].Version != 4-i {
				t.Errorf("version %d: %q %v", older[i].Version, words, err)
			}
		}
		if older[0].Where.Written != "the old mill" || older[0].People != 2 || older[3].State != protection.Received {
			t.Errorf("history: %+v", older[0])
		}
		if _, _, err := h.desk.History(h.ctx, h.screener, ids.New[ids.Signal]()); err == nil {
			t.Error("a history of nothing")
		}
	})
}

// A burnt packet cannot be read again from what was in the database before.
func TestBurntPacketStaysShut(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		svc, c := h.house(), h.presumed()
		r := h.refers(h.screener, c, svc, h.says(c, protection.Yes, "minimum"))
		sealed, err := h.store.Bytes(h.ctx, `SELECT packet FROM referral WHERE id = ?`, r)
		h.must(err)
		if len(sealed) == 0 || h.keyOf(r.UUID) != 1 {
			t.Fatal("there was no packet to burn")
		}
		before, g, err := h.desk.Packet(h.ctx, h.host, r)
		h.must(err)
		h.must(h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: r, Version: 1, Reason: "NO_CAPACITY"}))
		h.must(h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: r, Version: 1, Reason: "NO_CAPACITY"}))
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM referral WHERE id = ? AND packet IS NULL`, r); err != nil || n != 1 || h.keyOf(r.UUID) != 0 {
			t.Errorf("the packet is there: %v", err)
		}
		_, _ = before, g
		// The older version, with its sealed packet, is kept; its key is not.
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM history WHERE record = ?`, r); err != nil || n != 1 {
			t.Errorf("history: %d %v", n, err)
		}
	})
}

// Nothing is read or listed without a grant.
func TestZeroGrantReadsNothing(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, p := h.taken()
		g := access.Grant{}
		_, err1 := h.store.Case(h.ctx, g, c)
		_, err2 := h.store.Person(h.ctx, g, p)
		_, err3 := h.store.Cases(h.ctx, g, protection.CaseFilter{}, protection.Page{})
		_, err4 := h.store.Find(h.ctx, g, "mugisha", protection.Page{})
		_, err5 := h.store.Timeline(h.ctx, g, c, protection.Page{})
		for i, err := range []error{err1, err2, err4, err5} {
			if !fault.Is(err, fault.Internal) {
				t.Errorf("%d: %v", i, err)
			}
		}
		cases, _ := h.store.Cases(h.ctx, g, protection.CaseFilter{}, protection.Page{})
		if len(cases.Lines) != 0 {
			t.Errorf("%d lines, %v", len(cases.Lines), err3)
		}
		if err := h.store.SaveProtection(h.ctx, audit.Entry{}, protection.Change{}); !fault.Is(err, fault.Internal) {
			t.Errorf("a change without an entry: %v", err)
		}
	})
}

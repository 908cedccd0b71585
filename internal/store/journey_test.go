package store_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// hut is a small invented country programme: two organisations and whoever the journey needs.
type hut struct {
	t                                         testing.TB
	ctx                                       context.Context
	store                                     *store.Store
	desk                                      *protection.Desk
	now                                       time.Time
	care, shelter                             ids.Org
	duty, screener, supervisor, host, manager access.Who
	hill                                      place.Code
	master                                    *vault.Master
	options                                   store.Options
}

func newHut(t testing.TB, address string) *hut {
	t.Helper()
	h := &hut{t: t, ctx: context.Background(), now: accesstest.Now(), care: ids.New[ids.Org](), shelter: ids.New[ids.Org]()}
	clock := func() time.Time { return h.now }
	bdi, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	h.master = vault.NewMaster(h.now)
	safe, err := vault.New(h.master, clock)
	if err != nil {
		t.Fatal(err)
	}
	h.options = store.Options{Clock: clock, Vault: safe, Places: bdi.Places}
	h.store, err = store.Open(h.ctx, address, h.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	if _, _, err := h.store.Migrate(h.ctx); err != nil {
		t.Fatal(err)
	}
	h.desk = &protection.Desk{Store: h.store, Policy: accesstest.Policy(t), Rules: protection.RulesOf(bdi, clock), Now: clock, Random: rand.Reader, Home: h.care}
	h.duty, h.screener = accesstest.Somebody(access.DutyOfficer, h.care), accesstest.Somebody(access.Screener, h.care)
	h.supervisor, h.manager = accesstest.Somebody(access.Supervisor, h.care), accesstest.Somebody(access.CaseManager, h.care)
	h.host = accesstest.Somebody(access.ServiceProvider, h.shelter)
	h.hill = bdi.Places.Find("Bisinde", bdi.Day(h.now), 1)[0].Code
	return h
}

func (h *hut) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hut) raise() protection.Receipt {
	h.t.Helper()
	r, err := h.desk.Raise(h.ctx, access.Visitor(), protection.Raise{ID: ids.New[ids.Signal](), Channel: "FAMILY_OR_NEIGHBOUR", Now: protection.Yes,
		Where: place.Given{Code: h.hill}, Spot: "behind the mill", Seen: "a girl is kept in a house", People: 1, Children: protection.Unknown,
		Reporter: ids.New[ids.Reporter](), Name: "Invented Reporter", Phone: "79 000 111", May: protection.Yes})
	h.must(err)
	return r
}

// taken brings a signal to a case in triage, with a screener.
func (h *hut) taken() (ids.Signal, ids.Case, ids.Person) {
	h.t.Helper()
	r := h.raise()
	h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
	c, p := ids.New[ids.Case](), ids.New[ids.Person]()
	h.must(h.desk.Triage(h.ctx, h.duty, protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Red, Reasons: []string{"TRAFFICKER_NEAR"},
		Checked: true, Outcome: protection.ToScreening, People: []protection.Newcomer{{Case: c, Person: p, Name: "Invented Mugisha", Called: "Mimi",
			Phone: "+257 79 222 333", Sex: "F", Adult: protection.Yes, Language: "rn", Screener: h.screener.Account}}}))
	return r.Signal, c, p
}

func TestJourneyFromSignalToArrival(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()

		queue, err := h.desk.Cases(h.ctx, h.screener, protection.CaseFilter{}, protection.Page{})
		h.must(err)
		if len(queue.Lines) != 1 || queue.Lines[0].ID != c || queue.Lines[0].State != protection.InTriage {
			t.Fatalf("the screener's list: %+v", queue.Lines)
		}
		s := ids.New[ids.Screening]()
		h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
		h.must(h.desk.Listen(h.ctx, h.screener, protection.Listen{Screening: s, Version: 1, LimitsSaid: true, Account: "She was promised a shop.",
			Heard: []string{"D1_JOB", "D1_WAGE", "D4_HOURS", "D5_DOCS", "D5_ISOL"}, Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes}))
		view, err := h.desk.Case(h.ctx, h.screener, c, protection.Page{})
		h.must(err)
		h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: s, Version: 2, CaseVersion: view.Case.Version, Verdict: protection.Presume, Reason: "HEARD_MORE"}))
		if err := h.desk.Ratify(h.ctx, h.screener, protection.Ratify{Case: c, Version: 3}); err == nil {
			t.Error("the screener ratified her own presumption")
		}
		h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 3}))

		svc := ids.New[ids.Service]()
		coordinator := accesstest.Somebody(access.Coordinator, ids.New[ids.Org]())
		h.must(h.desk.KeepService(h.ctx, coordinator, protection.KeepService{Service: protection.Service{ID: svc, Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "House of the hill", Active: true, Free: 2, Capacity: 10}}))
		k := ids.New[ids.Consent]()
		h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: k, Case: c, Purpose: "P3", Recipient: h.shelter, Scope: []string{"minimum", "arrival"}, Said: true,
			Agreed: protection.Yes, Mode: "ORAL_WITNESSED", Witness: "N. I.", GivenBy: "SELF", Language: "rn", Interpreter: "NOT_NEEDED"}))
		r := ids.New[ids.Referral]()
		refer := protection.Refer{ID: r, Case: c, Service: svc, Need: "SAFE.EMERGENCY", Consent: k,
			Packet: protection.Parcel{Needs: []string{"SAFE.EMERGENCY"}, DoNot: []string{"DO_NOT_ASK_STORY"}, Contact: "through us", Arrival: "tonight by car"}}
		h.must(h.desk.Refer(h.ctx, h.screener, refer))
		h.must(h.desk.Refer(h.ctx, h.screener, refer)) // the same form twice

		in, err := h.desk.Referrals(h.ctx, h.host, protection.ReferralFilter{In: true}, protection.Page{})
		h.must(err)
		if len(in.Lines) != 1 || !in.Lines[0].Case.IsZero() {
			t.Fatalf("the shelter's list: %+v", in.Lines)
		}
		got, g, err := h.desk.Packet(h.ctx, h.host, r)
		h.must(err)
		if words, err := got.Packet.Arrival.Open(g); err != nil || words != "tonight by car" {
			t.Errorf("packet: %q, %v", words, err)
		}
		h.must(h.desk.AskMore(h.ctx, h.host, protection.AskMore{Referral: r, Version: 1, Field: "disability", Why: "CARE"}))
		if err := h.desk.AnswerMore(h.ctx, h.screener, protection.AnswerMore{Referral: r, Version: 2, Field: "disability", Agreed: true, Value: "none"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a field outside the consent was given: %v", err)
		}
		h.must(h.desk.AnswerMore(h.ctx, h.screener, protection.AnswerMore{Referral: r, Version: 2, Field: "disability"}))
		h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 3, Arrival: h.now.Add(3 * time.Hour)}))
		h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: r, Version: 4}))

		view, err = h.desk.Case(h.ctx, h.screener, c, protection.Page{})
		h.must(err)
		if len(view.Referrals) != 1 || view.Referrals[0].State != protection.Arrived || view.Case.Ratification != protection.Ratified {
			t.Errorf("the case at the end: %+v %v", view.Referrals, view.Case.Ratification)
		}
	})
}

func TestDeclineDestroysThePacket(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		svc := ids.New[ids.Service]()
		coordinator := accesstest.Somebody(access.Coordinator, ids.New[ids.Org]())
		h.must(h.desk.KeepService(h.ctx, coordinator, protection.KeepService{Service: protection.Service{ID: svc, Org: h.shelter, Need: "SAFE.EMERGENCY", Name: "House", Active: true}}))
		r := ids.New[ids.Referral]()
		h.must(h.desk.Refer(h.ctx, h.duty, protection.Refer{ID: r, Case: c, Service: svc, Need: "SAFE.EMERGENCY", Emergency: true,
			Override: &protection.Override{ID: ids.New[ids.Consent](), Why: "VITAL_INTEREST", ApprovedBy: h.supervisor.Account, PersonTold: protection.Yes},
			Packet:   protection.Parcel{Arrival: "by car"}}))
		before, g, err := h.desk.Packet(h.ctx, h.host, r)
		h.must(err)
		h.must(h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: r, Version: 1, Reason: "NO_CAPACITY"}))
		if _, _, err := h.desk.Packet(h.ctx, h.host, r); err == nil {
			t.Error("the shelter still reads the packet")
		}
		_ = before
		_ = g
		view, err := h.desk.Case(h.ctx, h.duty, c, protection.Page{})
		h.must(err)
		if view.Referrals[0].State != protection.Turned {
			t.Errorf("state %s", view.Referrals[0].State)
		}
	})
}

func TestFindByNameSoundAndPhone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		for _, words := range []string{"mugisha", "MUGISHA", "invented mugisha", "79222333", "+25779222333", "Mugiisha"} {
			cut, err := h.desk.Find(h.ctx, h.screener, words, protection.Page{})
			h.must(err)
			if len(cut.Lines) != 1 || cut.Lines[0].ID != c {
				t.Errorf("%q: %d found", words, len(cut.Lines))
			}
		}
		other := accesstest.Somebody(access.Screener, ids.New[ids.Org]())
		if cut, err := h.desk.Find(h.ctx, other, "mugisha", protection.Page{}); err == nil && len(cut.Lines) > 0 {
			t.Error("another organisation found her")
		}
	})
}

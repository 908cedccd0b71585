package store_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// burns lets the clock of the program do its work.
func (h *hut) burns() (n int) {
	h.t.Helper()
	all, err := h.store.Spent(h.ctx, 50)
	h.must(err)
	for _, one := range all {
		if h.desk.Burns(one) {
			h.must(h.desk.Burn(h.ctx, access.Itself(), one))
			n++
		}
	}
	return n
}

// The house that has her says what becomes of the service; who follows her takes it
// over without typing it again; the packet is destroyed, and the facts stay.
func TestProvide(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, svc := h.followed(), h.shelterOf(h.shelter, 2)
		r := h.arrived(c, svc)
		today := h.desk.Rules.Day(h.now)
		day := protection.NoteDay{ID: ids.New[ids.Progress](), Referral: r, Day: today, Came: "CAME"}
		if err := h.desk.NoteDay(h.ctx, accesstest.Somebody(access.ServiceProvider, ids.New[ids.Org]()), day); !withheld(err) {
			t.Errorf("another house: %v", err)
		}
		for range 2 { // said twice
			h.must(h.desk.NoteDay(h.ctx, h.host, day))
		}
		stop := protection.Interrupt{ID: ids.New[ids.Progress](), Referral: r, Version: 3, Day: today, Reason: "HEALTH"}
		for range 2 {
			h.must(h.desk.Interrupt(h.ctx, h.host, stop))
		}
		h.must(h.desk.GoOn(h.ctx, h.host, protection.GoOn{ID: ids.New[ids.Progress](), Referral: r, Version: 4, Day: today}))
		if n := h.burns(); n != 0 {
			t.Errorf("%d packets of services that run", n)
		}

		e := ids.New[ids.Episode]()
		h.must(h.desk.Serve(h.ctx, h.manager, protection.Serve{ID: e, Case: c, Service: svc, Referral: r, Funders: []string{"NGO"}, From: today}))
		if err := h.desk.Complete(h.ctx, h.host, protection.Complete{ID: ids.New[ids.Progress](), Referral: r, Version: 4, Day: today, Outcome: "REACHED"}); !fault.Is(err, fault.Stale) {
			t.Errorf("on an older page: %v", err)
		}
		h.must(h.desk.Complete(h.ctx, h.host, protection.Complete{ID: ids.New[ids.Progress](), Referral: r, Version: 5, Day: today, Outcome: "REACHED"}))
		h.must(h.desk.FeedBack(h.ctx, h.host, protection.FeedBack{ID: ids.New[ids.Progress](), Referral: r, Version: 6, Next: []string{"COMES_BACK"}, Words: "Jeudi."}))

		one, days, _, err := h.desk.Episode(h.ctx, h.manager, e)
		h.must(err)
		if len(days) != 1 || days[0].Came != "CAME" || days[0].Org != h.shelter || one.State != protection.Running || len(one.Waiting(one.Said)) != 3 {
			t.Errorf("days %+v, %s, %d words wait", days, one.State, len(one.Waiting(one.Said)))
		}
		for range 2 {
			h.must(h.desk.AgreeService(h.ctx, h.manager, protection.AgreeService{Episode: e, Version: 1}))
		}
		one, _, _, err = h.desk.Episode(h.ctx, h.manager, e)
		h.must(err)
		if one.State != protection.Ended || one.Outcome != "REACHED" || len(one.Pauses) != 1 || len(one.Waiting(one.Said)) != 0 {
			t.Errorf("taken over as %+v", one)
		}

		got, _, err := h.desk.Referral(h.ctx, h.manager, r)
		h.must(err)
		p, g, err := h.desk.FedBack(h.ctx, h.manager, got)
		h.must(err)
		if words, err := p.Words.Open(g); err != nil || words != "Jeudi." || p.Codes[0] != "COMES_BACK" {
			t.Errorf("%q, %v, %v", words, p.Codes, err)
		}
		if _, _, err := h.desk.FedBack(h.ctx, h.host, got); !withheld(err) {
			t.Errorf("the words are read at the house: %v", err)
		}
		if _, _, err := h.desk.Packet(h.ctx, h.host, r); err != nil {
			t.Errorf("the packet ended before its days: %v", err)
		}
		h.must(h.desk.Conclude(h.ctx, h.manager, protection.Conclude{Referral: r, Version: 7}))
		if _, _, err := h.desk.Packet(h.ctx, h.host, r); err == nil {
			t.Error("the packet of a closed request is read")
		}
		if h.keyOf(r.UUID) != 1 || h.burns() != 0 {
			t.Error("burnt before its days")
		}
		h.now = h.now.AddDate(0, 0, 31)
		if n := h.burns(); n != 1 || h.keyOf(r.UUID) != 0 {
			t.Errorf("%d packets burnt", n)
		}
		if n := h.burns(); n != 0 {
			t.Errorf("burnt once more: %d", n)
		}
		got, _, err = h.desk.Referral(h.ctx, h.manager, r)
		h.must(err)
		if got.State != protection.Concluded || got.ArrivedAt.IsZero() || got.BurntAt.IsZero() || got.SentAt.IsZero() {
			t.Errorf("the facts are %+v", got)
		}
		p, g, err = h.desk.FedBack(h.ctx, h.manager, got)
		h.must(err)
		if words, err := p.Words.Open(g); err != nil || words != "Jeudi." {
			t.Errorf("what was said back went with the packet: %q, %v", words, err)
		}
		store.MustHold(t, h.store)
	})
}

// A case that ends begins the last days of every packet that is still there; one that is
// opened again stops them.
func TestPacketsEndWithTheCase(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c, svc := h.followed(), h.shelterOf(h.shelter, 2)
		r := h.arrived(c, svc)
		spent := func() int {
			all, err := h.store.Spent(h.ctx, 50)
			h.must(err)
			return len(all)
		}
		end := func() {
			one, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
			h.must(err)
			h.must(h.desk.Leave(h.ctx, h.manager, protection.Leave{Case: c, Version: one.Case.Version, Reason: "NOT_NOW", Told: true}))
		}
		end()
		if n := spent(); n != 1 {
			t.Fatalf("%d packets wait for their end", n)
		}
		one, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{})
		h.must(err)
		h.must(h.desk.Reopen(h.ctx, h.supervisor, protection.Reopen{Case: c, Version: one.Case.Version, Reason: "MISTAKE"}))
		if n := spent(); n != 0 {
			t.Errorf("%d packets of a case that is open", n)
		}
		end()
		h.now = h.now.AddDate(0, 0, 31)
		if n := h.burns(); n != 1 || h.keyOf(r.UUID) != 0 {
			t.Errorf("%d packets burnt", n)
		}
		store.MustHold(t, h.store)
	})
}

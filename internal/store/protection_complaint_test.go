package store_test

import (
	"bytes"
	"context"
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

const bitter = "He asks for it each evening."

// led is a store in which somebody leads the house.
type led struct {
	protection.Store
	house ids.Org
	leads []ids.Account
}

func (s led) Leads(_ context.Context, org ids.Org, _ time.Time) ([]ids.Account, error) {
	if org == s.house {
		return s.leads, nil
	}
	return nil, nil
}

func (h *hut) led() { h.desk.Store = led{h.store, h.care, []ids.Account{h.supervisor.Account}} }

func (h *hut) complains(w access.Who, c ids.Case, against ids.Org, named protection.Answer) ids.Complaint {
	h.t.Helper()
	id := ids.New[ids.Complaint]()
	cmd := protection.Complain{ID: id, Case: c, Kind: protection.PSEA, From: "HERSELF", Named: named, Against: against, Words: bitter}
	for range 2 { // sent twice
		h.must(h.desk.Complain(h.ctx, w, cmd))
	}
	return id
}

// A complaint against a shelter is looked into by who leads the house of her case; the
// shelter neither reads it nor learns of it.
func TestComplaintAgainstAShelter(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		h.led()
		id := h.complains(h.manager, c, h.shelter, protection.Yes)
		for name, w := range map[string]access.Who{"the shelter": h.host, "who leads it": accesstest.Somebody(access.Supervisor, h.shelter), "the screener": h.screener,
			"oversight": accesstest.Somebody(access.DataProtection, ids.New[ids.Org]()), "another house": accesstest.Somebody(access.Supervisor, ids.New[ids.Org]())} {
			if _, _, err := h.desk.Complaint(h.ctx, w, id); !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
			if all, err := h.desk.Complaints(h.ctx, w); err == nil && len(all) != 0 {
				t.Errorf("%s lists %+v", name, all)
			}
		}
		x, g, err := h.desk.Complaint(h.ctx, h.supervisor, id)
		h.must(err)
		words, err := x.Words.Open(g)
		h.must(err)
		if words != bitter || x.Case != c || x.Owner != h.care || x.Due.Sub(x.At) != 24*time.Hour || x.State != protection.ComplaintReceived {
			t.Errorf("%q in %+v", words, x)
		}
		raw, err := h.store.Bytes(h.ctx, `SELECT words FROM complaint WHERE id = ?`, id)
		h.must(err)
		if len(raw) == 0 || bytes.Contains(raw, []byte("evening")) {
			t.Error("the words are not sealed")
		}
		if err := h.desk.AnswerComplaint(h.ctx, h.manager, protection.AnswerComplaint{Complaint: id, Version: 1, End: "WITHDRAWN"}); !fault.Is(err, fault.Denied) {
			t.Errorf("who wrote it down ends it: %v", err)
		}
		for range 2 {
			h.must(h.desk.LookInto(h.ctx, h.supervisor, protection.LookInto{Complaint: id, Version: 1}))
		}
		end := protection.AnswerComplaint{Complaint: id, Version: 2, Done: "He works there no more.", Told: "That he is gone, and that she did right."}
		for range 2 {
			h.must(h.desk.AnswerComplaint(h.ctx, h.supervisor, end))
		}
		x, g, err = h.desk.Complaint(h.ctx, h.manager, id)
		h.must(err)
		told, err := x.Told.Open(g)
		h.must(err)
		if x.State != protection.ComplaintAnswered || told != end.Told || h.waiting(id.UUID) != 1 {
			t.Errorf("%s, %q, %d wait to be told", x.State, told, h.waiting(id.UUID))
		}
		store.MustHold(t, h.store)
	})
}

// A complaint against the house of her case goes to oversight: nobody of the house
// reads it, not even who wrote it down, and without her name nothing leads to her.
func TestComplaintAgainstTheHouse(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		h.led()
		id := h.complains(h.manager, c, h.care, protection.No)
		for name, w := range map[string]access.Who{"who wrote it": h.manager, "who leads": h.supervisor, "the screener": h.screener, "oversight of the same house": accesstest.Somebody(access.DataProtection, h.care),
			"a supervisor elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "an administrator": accesstest.Somebody(access.Administrator, ids.New[ids.Org]())} {
			if _, _, err := h.desk.Complaint(h.ctx, w, id); !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		oversight := accesstest.Somebody(access.DataProtection, ids.New[ids.Org]())
		x, g, err := h.desk.Complaint(h.ctx, oversight, id)
		h.must(err)
		words, err := x.Words.Open(g)
		h.must(err)
		if words != bitter || !x.Case.IsZero() || !x.Code.IsZero() || !x.Owner.IsZero() {
			t.Errorf("%q in %+v", words, x)
		}
		all, err := h.desk.Complaints(h.ctx, oversight)
		h.must(err)
		if len(all) != 1 || all[0].ID != id {
			t.Errorf("oversight lists %+v", all)
		}
		h.must(h.desk.AnswerComplaint(h.ctx, oversight, protection.AnswerComplaint{Complaint: id, Version: 1, End: "NOT_REACHED", Done: "Spoken with the house."}))
		store.MustHold(t, h.store)
	})
}

// A shelter that hears her say something of the house that follows her writes it down.
func TestComplaintHeardInAShelter(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		r := h.arrived(h.followed(), h.shelterOf(h.shelter, 3))
		id := ids.New[ids.Complaint]()
		h.must(h.desk.Complain(h.ctx, h.host, protection.Complain{ID: id, Referral: r, Kind: "CONFIDENCE", From: "HERSELF", Named: protection.No, Against: h.care, Words: bitter}))
		if _, _, err := h.desk.Complaint(h.ctx, h.host, id); err != nil {
			t.Errorf("who wrote it down: %v", err)
		}
		if _, _, err := h.desk.Complaint(h.ctx, h.supervisor, id); !withheld(err) {
			t.Errorf("who leads the house: %v", err)
		}
		if err := h.desk.Complain(h.ctx, accesstest.Somebody(access.ServiceProvider, ids.New[ids.Org]()), protection.Complain{ID: ids.New[ids.Complaint](), Referral: r}); !withheld(err) {
			t.Errorf("a house that knows nothing of her: %v", err)
		}
	})
}

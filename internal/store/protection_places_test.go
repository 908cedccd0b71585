package store_test

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// asked sends a request for a bed to a house with so many free places.
func (h *hut) asked(c ids.Case, free, capacity int) (ids.Referral, ids.Service) {
	h.t.Helper()
	svc, r, k := ids.New[ids.Service](), ids.New[ids.Referral](), ids.New[ids.Consent]()
	coordinator := accesstest.Somebody(access.Coordinator, ids.New[ids.Org]())
	h.must(h.desk.KeepService(h.ctx, coordinator, protection.KeepService{Service: protection.Service{ID: svc, Org: h.shelter, Need: "SAFE.EMERGENCY",
		Name: "House of the hill", Active: true, Free: free, Capacity: capacity}}))
	h.must(h.desk.AskConsent(h.ctx, h.supervisor, protection.AskConsent{ID: k, Case: c, Purpose: "P3", Recipient: h.shelter, Scope: []string{"minimum"}, Said: true,
		Agreed: protection.Yes, Mode: "WRITTEN", GivenBy: "SELF", Language: "rn", Interpreter: "NOT_NEEDED"}))
	h.must(h.desk.Refer(h.ctx, h.supervisor, protection.Refer{ID: r, Case: c, Service: svc, Need: "SAFE.EMERGENCY", Consent: k,
		Packet: protection.Parcel{Needs: []string{"SAFE.EMERGENCY"}, Contact: "through us"}}))
	return r, svc
}

func (h *hut) free(s ids.Service, when string, want int) {
	h.t.Helper()
	x, err := h.desk.Service(h.ctx, h.host, s)
	h.must(err)
	if x.Free != want {
		h.t.Errorf("%s: %d free places, want %d", when, x.Free, want)
	}
}

// A promised place is no free place; it is given back when she does not come, and
// whoever sent her has a clock for looking for her.
func TestAPlaceIsPromisedOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		r, s := h.asked(c, 1, 2)
		h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: r, Version: 1, Arrival: h.now.Add(time.Hour)}))
		h.free(s, "promised", 0)
		full, s2 := h.asked(c, 0, 2)
		yes := protection.Accept{Referral: full, Version: 1, Arrival: h.now.Add(time.Hour)}
		if err := h.desk.Accept(h.ctx, h.host, yes); !fault.Is(err, fault.Invalid) {
			t.Errorf("a full house: %v", err)
		}
		yes.Extra = true
		h.must(h.desk.Accept(h.ctx, h.host, yes))
		h.must(h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: full, Version: 2, Reason: "NO_CAPACITY"})) // a pipe broke
		h.free(s2, "given back", 1)
		if err := h.desk.Absent(h.ctx, h.host, protection.Absent{Referral: r, Version: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("missed before she was expected: %v", err)
		}
		h.now = h.now.Add(2 * time.Hour)
		missed := protection.Absent{Referral: r, Version: 2}
		h.must(h.desk.Absent(h.ctx, h.host, missed))
		h.must(h.desk.Absent(h.ctx, h.host, missed))
		h.free(s, "she did not come", 1)
		h.waits(c, "she did not come", "assessment.max", "missing.red", "safety_plan.red")
		if _, _, err := h.desk.Packet(h.ctx, h.host, r); err == nil {
			t.Error("the packet is still there")
		}
		again, _ := h.asked(c, 1, 1)
		h.waits(c, "somebody sends her on", "assessment.max", "safety_plan.red")
		h.must(h.desk.Accept(h.ctx, h.host, protection.Accept{Referral: again, Version: 1, Arrival: h.now.Add(time.Hour)}))
		h.must(h.desk.Arrive(h.ctx, h.host, protection.Arrive{Referral: again, Version: 2}))
	})
}

package store_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// What she said of those who help does not lead to her once she is erased: an answered
// complaint loses its words, one that is looked into goes on without her.
func TestErasedComplaints(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.left()
		h.led()
		answered, waits := h.complains(h.screener, c, h.shelter, protection.Yes), h.complains(h.screener, c, h.shelter, protection.Yes)
		h.must(h.desk.LookInto(h.ctx, h.supervisor, protection.LookInto{Complaint: answered, Version: 1}))
		h.must(h.desk.AnswerComplaint(h.ctx, h.supervisor, protection.AnswerComplaint{Complaint: answered, Version: 2, Done: "Wezombra was sent away.", Told: "That he is gone."}))
		h.must(h.desk.ApproveErasure(h.ctx, officerOf(h), protection.AnswerErasure{Erasure: h.asksErasure(c), Version: 1}))

		x, _, err := h.desk.Complaint(h.ctx, h.supervisor, answered)
		h.must(err)
		if !x.Words.IsZero() || !x.Done.IsZero() || !x.Told.IsZero() || !x.Case.IsZero() || !x.Code.IsZero() || x.State != protection.ComplaintAnswered || x.Kind != protection.PSEA {
			t.Errorf("what was answered: %+v", x)
		}
		if h.keyOf(answered.UUID) != 0 {
			t.Error("its key is still there")
		}
		y, g, err := h.desk.Complaint(h.ctx, h.supervisor, waits)
		h.must(err)
		if words, err := y.Words.Open(g); words != bitter || err != nil || !y.Case.IsZero() || !y.Code.IsZero() {
			t.Errorf("what is looked into: %q of %s, %v", words, y.Case, err)
		}
		for _, id := range []ids.Complaint{answered, waits} {
			if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM history WHERE record = ?`, id); err != nil || n != 0 {
				t.Errorf("%d older versions say of whom it was: %v", n, err)
			}
		}
		if _, _, err := h.desk.Complaint(h.ctx, access.Who{}, waits); err == nil {
			t.Error("anybody reads it")
		}
		store.MustHold(t, h.store)
	})
}

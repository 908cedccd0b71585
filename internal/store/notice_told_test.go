package store_test

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// TestToldAlertsNameTheKindOfRecord: whoever is told of a conversation and of an
// answer is led to a case and to a request.
func TestToldAlertsNameTheKindOfRecord(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.presumed()
		r := h.refers(h.screener, c, h.house(), h.says(c, "yes", "minimum"))
		board := &notice.Board{Records: h.store, Policy: h.desk.Policy, Now: h.desk.Now}
		told := func(who access.Who) map[ids.UUID]access.Kind {
			lines, _, err := board.Told(h.ctx, who, notice.Mark{}, 50)
			h.must(err)
			all := map[ids.UUID]access.Kind{}
			for _, l := range lines {
				all[l.About] = l.Kind
			}
			return all
		}
		if all := told(h.screener); len(all) != 1 || all[c.UUID] != access.CaseKind {
			t.Errorf("the screener: %v", all)
		}
		h.now = h.now.Add(time.Minute)
		h.must(h.desk.Decline(h.ctx, h.host, protection.Decline{Referral: r, Version: 1, Reason: "NO_CAPACITY"}))
		if all := told(h.screener); len(all) != 2 || all[r.UUID] != access.ReferralKind {
			t.Errorf("the screener, of an answer: %v", all)
		}
		if all := told(h.duty); len(all) != 0 {
			t.Errorf("the duty officer, who is on no roster: %v", all)
		}
	})
}

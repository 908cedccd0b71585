package store_test

import (
	"testing"

	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// TestEveryChangeOfARecordIsFound walks a signal to a judged case and a
// referral that was declined, and then alters every column of every table.
func TestEveryChangeOfARecordIsFound(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		s := ids.New[ids.Screening]()
		h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
		h.must(h.desk.Listen(h.ctx, h.screener, protection.Listen{Screening: s, Version: 1, LimitsSaid: true, Account: "She was promised a shop.",
			Heard: []string{"D1_JOB"}, Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes}))
		store.MustHold(t, h.store)
		t.Log("walked", store.FindsEveryChange(t, h.store))
		store.MustHold(t, h.store)
	})
}

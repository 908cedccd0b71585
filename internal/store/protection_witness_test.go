package store_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// Who witnessed a consent is sealed under the key of the person, and stays with
// it when another answer takes its place.
func TestAWitnessStaysWithTheConsent(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.presumed()
		first := h.says(c, protection.Yes, "minimum")
		h.says(c, protection.Yes, "minimum", "arrival")
		raw, err := h.store.Bytes(h.ctx, `SELECT witness FROM consent WHERE id = ?`, first)
		h.must(err)
		if len(raw) == 0 || string(raw) == "N. I." {
			t.Errorf("kept as %q", raw)
		}
		g := h.grant(h.screener, access.ConsentRead, access.ConsentKind, first.UUID, access.ForProtection)
		k, err := h.store.Consent(h.ctx, g, first)
		h.must(err)
		if words, err := k.Witness.Open(g); err != nil || words != "N. I." || k.State != protection.Superseded {
			t.Errorf("%s, witnessed by %q: %v", k.State, words, err)
		}
	})
}

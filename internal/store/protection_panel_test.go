package store_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// A panel decides on what was weighed; what it said is sealed, and its day comes
// back in the list of deadlines until it has decided anew.
func TestAPanelDetermines(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		h.must(h.desk.EditCase(h.ctx, h.screener, protection.EditCase{Case: c, Version: 5, Sex: "F", Child: true}))
		today := h.desk.Rules.Day(h.now)
		d := protection.Determine{ID: ids.New[ids.Interests](), Case: c, About: "RETURN", Sat: []string{"CHILD_PROTECTION", "LAW", "HEALTH"}, Heard: protection.Yes,
			Views: "She misses Wezombra.", Guardian: protection.Yes, Options: "Wezombra or the aunt.", Result: "Wezombra, later.", Decision: protection.PanelLater, Dissent: "Health: Wezombra now.", Review: today.Add(30)}
		if err := h.desk.Determine(h.ctx, h.supervisor, d); fault.Of(err).Key != "fault.panel.unweighed" {
			t.Errorf("nothing was weighed: %v", err)
		}
		h.must(h.desk.Weigh(h.ctx, h.manager, protection.Weigh{ID: ids.New[ids.Interests](), Case: c, About: "RETURN", Heard: protection.Yes, Views: "x", Result: "y"}))
		if err := h.desk.Determine(h.ctx, h.manager, d); !fault.Is(err, fault.Denied) {
			t.Errorf("who weighed it decides too: %v", err)
		}
		h.must(h.desk.Determine(h.ctx, h.supervisor, d))
		h.must(h.desk.Determine(h.ctx, h.supervisor, d)) // sent twice
		x, g, err := h.desk.Interests(h.ctx, h.supervisor, d.ID)
		h.must(err)
		for words, of := range map[string]interface {
			Open(access.Grant) (string, error)
		}{"Wezombra or the aunt.": x.Options, "Health: Wezombra now.": x.Dissent, "Wezombra, later.": x.Result} {
			if got, err := of.Open(g); got != words || err != nil {
				t.Errorf("%q: %v", got, err)
			}
		}
		if len(x.Sat) != 3 || x.Guardian != protection.Yes || x.Decision != protection.PanelLater || x.Review != today.Add(30) {
			t.Errorf("%+v", x)
		}
		for _, column := range []string{"sitting", "options", "dissent"} {
			kept, err := h.store.Bytes(h.ctx, `SELECT `+column+` FROM interests WHERE id = ?`, d.ID)
			h.must(err)
			if len(kept) == 0 || bytes.Contains(kept, []byte("Wezombra")) || bytes.Contains(kept, []byte("HEALTH")) {
				t.Errorf("%s is not sealed", column)
			}
		}
		if h.due(c, "panel.review").IsZero() {
			t.Error("the panel's day is in no list")
		}
		again := d
		again.ID, again.Decision, again.Review = ids.New[ids.Interests](), protection.PanelFor, date.Day{}
		h.must(h.desk.Determine(h.ctx, h.supervisor, again))
		if !h.due(c, "panel.review").IsZero() {
			t.Error("the panel has decided, and is still waited for")
		}
		for name, w := range map[string]access.Who{"elsewhere": accesstest.Somebody(access.Supervisor, h.shelter), "the police": accesstest.Somebody(access.Police, h.care), "on duty": h.duty} {
			if err := h.desk.Determine(h.ctx, w, d); !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A hearing sets a clock before it; the nearest counts, and an assessment before it ends it.
func TestAMomentIsExpected(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		today := h.desk.Rules.Day(h.now)
		due := func() time.Time { return h.due(c, "before.hearing") }
		expect := func(days int) {
			h.must(h.desk.Expect(h.ctx, h.manager, protection.Expect{Case: c, Moment: "COURT_DATE", Day: today.Add(days)}))
		}
		expect(20)
		first := due()
		expect(40)
		if !due().Equal(first) || first.IsZero() {
			t.Errorf("a second hearing hides the first: %s, %s", first, due())
		}
		expect(10)
		if !due().Equal(first.Add(-10 * 24 * time.Hour)) {
			t.Errorf("a nearer hearing: by %s", due())
		}
		if err := h.desk.Expect(h.ctx, accesstest.Somebody(access.CaseManager, h.shelter), protection.Expect{Case: c, Moment: "COURT_DATE", Day: today}); err == nil {
			t.Error("somebody else sets a clock")
		}
	})
}

// A child does not return before a panel has said yes, and its newest word counts.
func TestAChildReturnsAfterAPanelsYes(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.helped()
		h.must(h.desk.EditCase(h.ctx, h.manager, protection.EditCase{Case: c, Version: h.one(c).Version, Sex: "F", Child: true, Language: "rn"}))
		lacks := func() bool {
			_, _, missing, _, err := h.desk.Homecoming(h.ctx, h.manager, c)
			h.must(err)
			return slices.Contains(missing, "fault.return.panel")
		}
		decide := func(yes protection.PanelDecision) {
			h.now = h.now.Add(time.Hour)
			h.must(h.desk.Determine(h.ctx, h.supervisor, protection.Determine{ID: ids.New[ids.Interests](), Case: c, About: "RETURN", Sat: []string{"CHILD_PROTECTION", "LAW", "HEALTH"},
				Heard: protection.Yes, Views: "x", Guardian: protection.Yes, Options: "x", Result: "x", Decision: yes}))
		}
		h.must(h.desk.Weigh(h.ctx, h.manager, protection.Weigh{ID: ids.New[ids.Interests](), Case: c, About: "RETURN", Heard: protection.Yes, Views: "x", Result: "y"}))
		if !lacks() {
			t.Error("what was only weighed is a panel's yes")
		}
		err := h.desk.Advance(h.ctx, h.manager, protection.Advance{Case: c, Version: h.one(c).Version, To: protection.InReturn})
		if !slices.Contains(faultKeys(err), "fault.return.panel") {
			t.Errorf("the child left: %v", err)
		}
		decide(protection.PanelFor)
		if lacks() {
			t.Error("a panel said yes, and is waited for")
		}
		decide(protection.PanelAgainst)
		if !lacks() {
			t.Error("a panel said no after its yes")
		}
	})
}

package store_test

import (
	"bytes"
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// Every field of a review, and of what she was told, comes back as it was kept.
func TestEveryFieldOfAReviewComesBack(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.followed()
		review, told := filled[protection.Review](h, 1), filled[protection.Explanation](h, 40)
		review.Case, review.Owner, told.Case, told.Owner = c, h.care, c, h.care
		h.must(h.save(protection.Change{Reviews: []protection.Review{review}, Explanations: []protection.Explanation{told}}))
		g := h.grant(h.supervisor, access.IdentificationRead, access.CaseKind, c.UUID, access.ForProtection)
		back := func(version int) {
			t.Helper()
			all, err := h.store.Reviews(h.ctx, g, c)
			h.must(err)
			said, err := h.store.Explanations(h.ctx, g, c)
			h.must(err)
			review.Version = version
			h.check("reviews", g, []protection.Review{review}, all)
			h.check("explanations", g, []protection.Explanation{told}, said)
		}
		back(1)
		next := filled[protection.Review](h, 300)
		next.ID, next.Case, next.Owner, next.Version = review.ID, c, h.care, 1
		review = next
		h.must(h.save(protection.Change{Reviews: []protection.Review{review}}))
		back(2)
		review.Version = 1
		if err := h.save(protection.Change{Reviews: []protection.Review{review}}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older review: %v", err)
		}
		if _, err := h.store.Reviews(h.ctx, access.Grant{}, c); !fault.Is(err, fault.Internal) {
			t.Errorf("reviews without a grant: %v", err)
		}
		if _, err := h.store.Explanations(h.ctx, access.Grant{}, c); !fault.Is(err, fault.Internal) {
			t.Errorf("explanations without a grant: %v", err)
		}
	})
}

// sentAway brings somebody to where two persons judged that it is not trafficking.
func (h *hut) sentAway() ids.Case {
	h.t.Helper()
	_, c, _ := h.taken()
	s := ids.New[ids.Screening]()
	h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	h.must(h.desk.Listen(h.ctx, h.screener, protection.Listen{Screening: s, Version: 1, LimitsSaid: true, Profile: protection.Labour, Exploited: protection.No, Act: protection.No}))
	h.must(h.desk.Judge(h.ctx, h.screener, protection.Judge{Screening: s, Version: 2, CaseVersion: 2, Verdict: protection.NotIndicated, Reason: "NO_INDICATION", Words: "A matter of wages."}))
	h.must(h.desk.Ratify(h.ctx, h.supervisor, protection.Ratify{Case: c, Version: 3}))
	return c
}

// She is told, asks for a review, and one who had no part in the decision lets her
// in: what stood before stays in the history, and one act is kept once.
func TestAReviewLetsHerIn(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.sentAway()
		h.waits(c, "sent away", "decision.explain")
		told := protection.Explain{ID: ids.New[ids.Explanation](), Case: c, Told: true, Right: true, Language: "rn", Interpreter: "NOT_NEEDED"}
		h.must(h.desk.Explain(h.ctx, h.screener, told))
		h.must(h.desk.Explain(h.ctx, h.screener, told))
		h.waits(c, "told")
		ask := protection.AskReview{ID: ids.New[ids.Review](), Case: c, Version: 4, Asker: "PERSON", Why: "Wezombra says that he kept her papers."}
		h.must(h.desk.AskReview(h.ctx, h.screener, ask))
		h.must(h.desk.AskReview(h.ctx, h.screener, ask))
		h.waits(c, "asked for", "review.answer")
		ask.ID = ids.New[ids.Review]()
		if err := h.desk.AskReview(h.ctx, h.supervisor, ask); fault.Of(err).Key != "fault.review.twice" {
			t.Errorf("a second review at once: %v", err)
		}
		kept, err := h.store.Bytes(h.ctx, `SELECT why FROM review WHERE case_id = ?`, c)
		h.must(err)
		if bytes.Contains(kept, []byte("Wezombra")) {
			t.Error("the words of a review stand open")
		}
		yes := protection.DecideReview{Case: c, Version: 1, CaseVersion: 5, Outcome: protection.StatusPresumed, Words: "Two say the same."}
		if err := h.desk.DecideReview(h.ctx, h.supervisor, yes); fault.Of(err).Key != "fault.review.self" {
			t.Errorf("decided by who ratified: %v", err)
		}
		other := accesstest.Somebody(access.Supervisor, h.care)
		h.must(h.desk.DecideReview(h.ctx, other, yes))
		h.must(h.desk.DecideReview(h.ctx, other, yes))
		h.waits(c, "let in", "assessment.max", "decision.explain", "owner.assigned", "risk.reassess", "safety_plan.red")
		v, err := h.desk.Identified(h.ctx, h.supervisor, c)
		h.must(err)
		var moves []protection.Status
		for _, x := range v.Decisions {
			moves = append(moves, x.To)
		}
		if v.Case.State != protection.Presumed || !slices.Equal(moves, []protection.Status{protection.NotConfirmed, protection.UnderReview, protection.StatusPresumed}) {
			t.Errorf("%s, %v", v.Case.State, moves)
		}
		if len(v.Explanations) != 1 || v.Explanations[0].Told != protection.NotConfirmed || len(v.Reviews) != 1 || v.Reviews[0].State != protection.Overturned || v.Reviews[0].Version != 2 {
			t.Errorf("%+v, %+v", v.Explanations, v.Reviews)
		}
		// An authority confirms later, and help is where it was.
		id := protection.Identify{ID: ids.New[ids.Decision](), Case: c, Version: 6, To: protection.Confirmed, Formal: protection.Formal{OrgType: "COURT_PROSECUTION", Basis: "COURT_DECISION",
			Decided: h.desk.Rules.Day(h.now), Law: "An invented court, article 4", Document: "Register 9"}}
		h.must(h.desk.Identify(h.ctx, h.supervisor, id))
		h.must(h.desk.Identify(h.ctx, h.supervisor, id))
		v, err = h.desk.Identified(h.ctx, h.supervisor, c)
		h.must(err)
		last := v.Decisions[len(v.Decisions)-1]
		if text, err := last.Document.Open(v.Grant); err != nil || text != "Register 9" || v.Case.Status != protection.Confirmed || v.Case.State != protection.Presumed || len(v.Decisions) != 4 {
			t.Errorf("%s, %s, %q, %v, %d decisions", v.Case.State, v.Case.Status, text, err, len(v.Decisions))
		}
	})
}

// While a review waits, no file is joined or erased.
func TestAReviewIsWaitedFor(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		c := h.sentAway()
		h.must(h.desk.AskReview(h.ctx, h.screener, protection.AskReview{ID: ids.New[ids.Review](), Case: c, Version: 4, Asker: "HOUSE"}))
		ask := protection.AskErasure{ID: ids.New[ids.Erasure](), Case: c, Reason: "AFRAID", Given: "SELF", Told: h.desk.Rules.Codes("erasure_told")}
		if err := h.desk.AskErasure(h.ctx, h.screener, ask); fault.Of(err).Key != "fault.erasure.review" {
			t.Errorf("erased under review: %v", err)
		}
	})
}

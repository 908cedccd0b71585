package store_test

import (
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

// pairOf is the pair that two files make.
func (h *hut) pairOf(a, b ids.Case) ids.Likeness {
	h.t.Helper()
	for _, x := range h.pairs() {
		if x.First == a && x.Second == b || x.First == b && x.Second == a {
			return x.ID
		}
	}
	h.t.Fatalf("no pair: %+v", h.pairs())
	return ids.Likeness{}
}

// twice brings one person to two files, the first open again and the second left.
func (h *hut) twice() (kept, gone ids.Case, person, other ids.Person, join protection.JoinFiles) {
	h.t.Helper()
	_, kept, person = h.left()
	h.must(h.desk.Reopen(h.ctx, h.supervisor, protection.Reopen{Case: kept, Version: h.seenBy(kept).Version, Reason: "FOUND"}))
	_, gone, other = h.left()
	return kept, gone, person, other, protection.JoinFiles{Likeness: h.pairOf(kept, gone), Version: 1, Kept: kept}
}

// What is hers is erased, in whichever file it stayed: after a join no key of hers is
// left, nothing is found, and the join cannot be taken back.
func TestErasureAfterAJoin(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone, person, other, join := h.twice()
		code := h.seenBy(gone).Code
		first := h.asksErasure(gone)
		if err := h.desk.JoinFiles(h.ctx, h.supervisor, join); fault.Of(err).Key != "fault.join.erasure" {
			t.Fatalf("joined while an erasure waits: %v", err)
		}
		h.must(h.desk.WithdrawErasure(h.ctx, h.screener, protection.AnswerErasure{Erasure: first, Version: 1}))
		hold := protection.PlaceHold{ID: ids.New[ids.Hold](), Case: gone, Why: "CRIMINAL_FILE", Until: h.desk.Rules.Day(h.now).Add(20)}
		h.must(h.desk.PlaceHold(h.ctx, h.supervisor, hold))
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		ask := protection.AskErasure{ID: ids.New[ids.Erasure](), Case: gone, Reason: "AFRAID", Given: "SELF", Told: h.desk.Rules.Codes("erasure_told")}
		if err := h.desk.AskErasure(h.ctx, h.screener, ask); fault.Of(err).Key != "fault.erasure.joined" {
			t.Errorf("asked of a file that went on elsewhere: %v", err)
		}
		h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: kept, Version: h.seenBy(kept).Version, Reason: "NOT_NOW", Told: true}))
		yes := protection.AnswerErasure{Erasure: h.asksErasure(kept), Version: 1}
		if err := h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}); fault.Of(err).Key != "fault.join.erasure" {
			t.Errorf("parted while an erasure waits: %v", err)
		}
		if err := h.desk.ApproveErasure(h.ctx, officerOf(h), yes); fault.Of(err).Key != "fault.erasure.held" {
			t.Errorf("a hold on the joined file: %v", err)
		}
		if err := h.save(protection.Change{Erase: []protection.Erasure{{Case: kept}}}); fault.Of(err).Key != "fault.erasure.held" {
			t.Errorf("a hold on the joined file, in the act: %v", err)
		}
		h.must(h.desk.LiftHold(h.ctx, h.supervisor, protection.LiftHold{Case: kept, Hold: hold.ID, Version: 2})) // it went over
		if h.keyOf(person.UUID) != 1 || h.keyOf(other.UUID) != 1 {
			t.Fatal("erased all the same")
		}
		h.must(h.desk.ApproveErasure(h.ctx, officerOf(h), yes))

		for _, one := range []ids.Person{person, other} {
			if h.keyOf(one.UUID) != 0 {
				t.Errorf("the key of %s is still there", one)
			}
			if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM index_token WHERE subject = ?`, one); err != nil || n != 0 {
				t.Errorf("%d tokens: %v", n, err)
			}
		}
		for _, c := range []ids.Case{kept, gone} {
			if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM protection_case WHERE id = ? AND state = 'ERASED'`, c); err != nil || n != 1 {
				t.Errorf("it is not counted among the erased: %d, %v", n, err)
			}
			if _, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{}); !withheld(err) {
				t.Errorf("read: %v", err)
			}
			if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM subject_key k JOIN referral r ON r.id = k.subject WHERE r.case_id = ? AND LENGTH(k.wrapped) > 0`, c); err != nil || n != 0 {
				t.Errorf("%d packets open: %v", n, err)
			}
		}
		if err := h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}); !withheld(err) {
			t.Errorf("parted after all: %v", err)
		}
		if _, err := h.desk.Likeness(h.ctx, h.supervisor, join.Likeness); !withheld(err) || len(h.pairs()) != 0 {
			t.Errorf("the pair is shown: %+v, %v", h.pairs(), err)
		}
		again, err := h.desk.AlikeNewcomer(h.ctx, h.duty, protection.Signal{}, protection.Newcomer{Name: "Markername", Phone: "79 222 334", Sex: "F"})
		if h.must(err); len(again) != 0 {
			t.Errorf("somebody is like her: %+v", again)
		}
		if found, err := h.desk.Find(h.ctx, h.supervisor, code.String(), protection.Page{}); err == nil && len(found.Lines) != 0 {
			t.Errorf("found by the code of the joined file: %+v", found.Lines)
		}
		store.MustHold(t, h.store)
		noPlaintext(t, h, address)
	})
}

// After a join was taken back, an erasure is of one of the two only, and no older
// version of what is hers stays under the key of the other.
func TestErasureAfterAJoinWasUndone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone, person, other, join := h.twice()
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}))
		older := `SELECT COUNT(*) FROM history h JOIN screening s ON s.id = h.record WHERE s.case_id = ?`
		if n, err := h.store.Count(h.ctx, older, gone); err != nil || n == 0 {
			t.Fatalf("nothing older: %d, %v", n, err)
		}
		h.must(h.desk.ApproveErasure(h.ctx, officerOf(h), protection.AnswerErasure{Erasure: h.asksErasure(gone), Version: 1}))
		if h.keyOf(other.UUID) != 0 || h.keyOf(person.UUID) != 1 || h.seenBy(kept).State == protection.Erased {
			t.Error("not one of the two")
		}
		if n, err := h.store.Count(h.ctx, older, gone); err != nil || n != 0 {
			t.Errorf("%d older versions stay: %v", n, err)
		}
		store.MustHold(t, h.store)
	})
}

// By the code of a file that was joined nobody opens anything in an emergency: it is
// not followed to where it went.
func TestAJoinedFileIsNotOpenedByItsCode(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, gone, _, _, join := h.twice()
		code := h.seenBy(gone).Code
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		asker := accesstest.Somebody(access.DutyOfficer, h.shelter)
		g := h.grantAll(asker)
		if id, owner, err := h.store.GlassCase(h.ctx, g, code); err != nil || !id.IsZero() || !owner.IsZero() {
			t.Errorf("%s of %s: %v", id, owner, err)
		}
	})
}

func (h *hut) grantAll(w access.Who) access.Grant {
	h.t.Helper()
	o := access.Object{Kind: access.GlassKind, Owner: w.Post.Org, By: w.Account, Zone: access.ZoneOf(access.GlassKind)}
	g, err := h.desk.Policy.Decide(w, access.GlassAsk, o, access.ForProtection, h.now)
	h.must(err)
	return g
}

// A bed goes over with her, and nobody has two: files that each say where she sleeps
// are not joined.
func TestJoinAndTheBed(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone, third := h.followed(), h.followed(), h.followed()
		svc := h.shelterOf(h.shelter, 4)
		bed, err := h.settles(h.host, h.arrived(gone, svc), protection.WomenUnit)
		h.must(err)
		_, err = h.settles(h.host, h.arrived(third, svc), protection.WomenUnit)
		h.must(err)
		join := protection.JoinFiles{Likeness: h.pairOf(kept, gone), Version: 1, Kept: kept}
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		code := h.seenBy(kept).Code
		at := `SELECT COUNT(*) FROM stay WHERE id = ? AND case_id = ? AND code = ? AND state = 'OPEN'`
		if n, err := h.store.Count(h.ctx, at, bed, kept, code); err != nil || n != 1 || h.beds(svc) != 2 {
			t.Errorf("her bed did not go over: %d, %v", n, err)
		}
		if err := h.desk.JoinFiles(h.ctx, h.supervisor, protection.JoinFiles{Likeness: h.pairOf(kept, third), Version: 1, Kept: kept}); fault.Of(err).Key != "fault.join.stays" {
			t.Errorf("two beds: %v", err)
		}
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, protection.UndoJoin{Likeness: join.Likeness, Version: 2}))
		if n, err := h.store.Count(h.ctx, at, bed, gone, h.seenBy(gone).Code); err != nil || n != 1 {
			t.Errorf("her bed is not back: %d, %v", n, err)
		}
		store.MustHold(t, h.store)
	})
}

// A file that goes to another organisation takes along those that were joined to it.
func TestTransferTakesJoinedFilesAlong(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone := h.said(), h.said()
		other := h.one(gone).Person
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, protection.JoinFiles{Likeness: h.pairOf(kept, gone), Version: 1, Kept: kept}))
		elsewhere := ids.New[ids.Org]()
		lead, next := accesstest.Somebody(access.Supervisor, elsewhere), accesstest.Somebody(access.CaseManager, elsewhere)
		h.now = h.now.Add(time.Second)
		h.must(h.desk.AskConsent(h.ctx, h.screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: kept, Purpose: protection.P1CaseManagement, Recipient: elsewhere, Said: true,
			Agreed: protection.Yes, Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
		offer := protection.Offer{ID: ids.New[ids.Transfer](), Case: kept, To: elsewhere, Reason: "MOVED_AWAY"}
		h.must(h.desk.Offer(h.ctx, h.supervisor, offer))
		h.must(h.desk.Receive(h.ctx, lead, protection.Receive{Transfer: offer.ID, Version: 1, Manager: next.Account}))
		for _, c := range []ids.Case{kept, gone} {
			if v, err := h.desk.Case(h.ctx, lead, c, protection.Page{}); err != nil || v.Case.Owner != elsewhere {
				t.Errorf("it stayed behind: %v", err)
			}
			if _, err := h.desk.Case(h.ctx, h.supervisor, c, protection.Page{}); !withheld(err) {
				t.Errorf("still read here: %v", err)
			}
		}
		p, g, err := h.desk.Person(h.ctx, lead, other)
		h.must(err)
		if name, err := p.Name.Open(g); name != "Invented Mugisha" || err != nil {
			t.Errorf("the name in the joined file opens as %q: %v", name, err)
		}
		store.MustHold(t, h.store)
	})
}

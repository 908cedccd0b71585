package access_test

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestDoor(t *testing.T) {
	org := ids.New[ids.Org]()
	who := accesstest.Somebody(access.Supervisor, org)
	o := access.Object{Kind: access.CaseKind, ID: ids.New[ids.Case]().UUID, Owner: org}
	page := access.Object{Kind: access.CaseKind}
	for _, c := range []struct {
		name    string
		change  func(*access.Who)
		action  access.Action
		object  access.Object
		purpose access.Purpose
		kind    fault.Kind // Internal: allowed
		key     string
	}{
		{"nothing wrong", nil, access.CaseRead, o, access.ForSupervision, fault.Internal, ""},
		{"closed account, list", closed, access.CaseList, page, access.ForSupervision, fault.Denied, "access.refused.disabled"},
		{"closed account, record", closed, access.CaseRead, o, access.ForSupervision, fault.Withheld, "access.refused.disabled"},
		{"closed account raises", closed, access.SignalRaise, access.Object{Kind: access.SignalKind}, access.ForIntake, fault.Internal, ""},
		{"post ended, list", ended, access.CaseList, page, access.ForSupervision, fault.Denied, "access.refused.post_ended"},
		{"post ended, record", ended, access.CaseRead, o, access.ForSupervision, fault.Withheld, "access.refused.post_ended"},
		{"post ended, signs out", ended, access.SessionClose, access.Object{Kind: access.SessionKind}, access.ForOperation, fault.Internal, ""},
		{"post not begun", early, access.CaseList, page, access.ForSupervision, fault.Denied, "access.refused.post_ended"},
		{"no purpose", nil, access.CaseRead, o, "", fault.Denied, "access.refused.purpose"},
		{"invented purpose", nil, access.CaseRead, o, "curiosity", fault.Denied, "access.refused.purpose"},
		{"statistics from records", nil, access.CaseRead, o, access.ForStatistics, fault.Denied, "access.refused.purpose"},
		{"no role", roleless, access.CaseRead, o, access.ForSupervision, fault.Withheld, "access.refused.no_stories"},
		{"not her function", nil, access.ScreeningStart, o, access.ForProtection, fault.Denied, "access.refused.role"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := who
			if c.change != nil {
				c.change(&w)
			}
			g, err := accesstest.Policy(t).Decide(w, c.action, c.object, c.purpose, now())
			if c.key == "" {
				if err != nil || !g.Allows() {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			if g.Allows() || !fault.Is(err, c.kind) || fault.Of(err).Key != c.key {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func closed(w *access.Who)   { w.Disabled = true }
func ended(w *access.Who)    { w.Post.Until = now() }
func early(w *access.Who)    { w.Post.From = now().Add(time.Millisecond) }
func roleless(w *access.Who) { w.Post.Role = "" }

func TestWhatTheProgrammerGotWrongIsInternal(t *testing.T) {
	w := accesstest.Somebody(access.Supervisor, ids.New[ids.Org]())
	for key, ask := range map[string]struct {
		action access.Action
		object access.Object
	}{
		"access.unknown_action": {"case.burn", access.Object{Kind: access.CaseKind}},
		"access.wrong_kind":     {access.FigureRead, access.Object{Kind: access.PersonKind}},
		"access.wrong_zone":     {access.CaseRead, access.Object{Kind: access.CaseKind, Zone: "Z9"}},
	} {
		_, err := accesstest.Policy(t).Decide(w, ask.action, ask.object, access.ForProtection, now())
		if !fault.Is(err, fault.Internal) || fault.Of(err).Key != key {
			t.Errorf("%s: got %v", key, err)
		}
	}
}

func TestTwoPersonsPresume(t *testing.T) {
	org := ids.New[ids.Org]()
	w := accesstest.Somebody(access.Supervisor, org)
	o := access.Object{Kind: access.CaseKind, ID: ids.New[ids.Case]().UUID, Owner: org, Presumer: w.Account}
	for _, a := range []access.Action{access.PresumptionRatify, access.PresumptionReturn} {
		if _, err := accesstest.Policy(t).Decide(w, a, o, access.ForSupervision, now()); !fault.Is(err, fault.Denied) || fault.Of(err).Key != "access.refused.two_persons" {
			t.Errorf("%s: %v", a, err)
		}
	}
}

func TestNobodyGivesHimselfAPost(t *testing.T) {
	w := accesstest.Somebody(access.Administrator, ids.New[ids.Org]())
	o := access.Object{Kind: access.Accounts, ID: w.Account.UUID}
	if _, err := accesstest.Policy(t).Decide(w, access.AccountPost, o, access.ForOperation, now()); !fault.Is(err, fault.Denied) {
		t.Errorf("got %v", err)
	}
	o.ID = ids.New[ids.Account]().UUID
	accesstest.Grant(t, w, access.AccountPost, o, access.ForOperation)
}

func TestDraftsOpenToTheirAuthorOnly(t *testing.T) {
	w := accesstest.Somebody(access.Screener, ids.New[ids.Org]())
	other := access.Object{Kind: access.SessionKind, Subject: ids.New[ids.Account]().UUID}
	if _, err := accesstest.Policy(t).Decide(w, access.SessionDraft, other, access.ForOperation, now()); err == nil {
		t.Error("somebody else's draft opens")
	}
	mine := access.Object{Kind: access.SessionKind, Subject: w.Account.UUID}
	if g := accesstest.Grant(t, w, access.SessionDraft, mine, access.ForOperation); !g.Opens(w.Account.UUID) {
		t.Error("one's own draft stays closed")
	}
}

// Nothing is never equal to nothing: a record without owner, author, receiver
// or subject belongs to nobody who has none.
func TestNothingIsNotEqualToNothing(t *testing.T) {
	p := accesstest.Policy(t)
	for _, about := range access.Actions() {
		for _, role := range access.Roles() {
			w := access.Who{Post: access.Post{Role: role, Place: "BI-01"}, SecondFactor: true}
			if about.Zone != access.Protection && about.Zone != access.Sealed || about.Action == access.SignalRaise {
				continue
			}
			o := access.Object{Kind: about.Kind, ID: ids.New[ids.Case]().UUID, Team: []ids.Account{{}}, Excluded: []ids.Account{{}}}
			if g, err := p.Decide(w, about.Action, o, access.ForProtection, now()); err == nil && !g.Scope().Orgless {
				t.Errorf("%s %s", role, about.Action)
			}
			if about.List && !about.Fresh {
				if g, err := p.Decide(w, about.Action, access.Object{Kind: about.Kind}, access.ForProtection, now()); err == nil && !g.Scope().Orgless && g.Scope().Admits(o) {
					t.Errorf("%s lists %s", role, about.Action)
				}
			}
		}
	}
}

func TestZeroGrantsAllowNothing(t *testing.T) {
	var g access.Grant
	id := ids.New[ids.Person]().UUID
	if g.Allows() || g.Identity() || g.Opens(id) || g.Opens(ids.UUID{}) || g.Scope().Admits(access.Object{}) {
		t.Error("a zero grant allows something")
	}
	if text, args := g.Scope().Where(access.Columns{Owner: "owner"}); text != "(1 = 0)" || args != nil {
		t.Errorf("a zero scope filters by %s %v", text, args)
	}
}

func TestHidden(t *testing.T) {
	same := access.Hidden(fault.New(fault.Withheld, "access.refused.reach"))
	if f := fault.Of(same); f.Kind != fault.NotFound || f.Key != access.NotFoundKey {
		t.Errorf("got %v", same)
	}
	denied := fault.New(fault.Denied, "access.refused.role")
	if access.Hidden(denied) != denied || access.Hidden(nil) != nil {
		t.Error("what is not withheld changed")
	}
}

package store_test

import (
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// comes brings somebody who says her name to triage, with the answers about files that
// look like hers.
func (h *hut) comes(name, phone string, looked ...protection.Looked) (ids.Signal, ids.Case) {
	h.t.Helper()
	r := h.raise()
	h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
	c := ids.New[ids.Case]()
	h.must(h.desk.Triage(h.ctx, h.duty, protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening, Looked: looked,
		People: []protection.Newcomer{{Case: c, Person: ids.New[ids.Person](), Name: name, Phone: phone, Sex: "F", Adult: protection.Yes, Language: "rn", Screener: h.screener.Account}}}))
	return r.Signal, c
}

func (h *hut) pairs() []protection.LikenessLine {
	h.t.Helper()
	all, err := h.desk.Likenesses(h.ctx, h.supervisor)
	h.must(err)
	return all
}

// Before a second file is opened she is found: by her name as it sounds, by one word of it,
// by her telephone; in her own organisation, and by nobody who is kept out.
func TestFoundBeforeAFileIsOpened(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c := h.comes("Ndayizeye Klaudine", "79 333 444")
		_, _ = h.comes("Hakizimana Odette", "79 555 666")
		look := func(w access.Who, name, phone string) []protection.Alike {
			t.Helper()
			all, err := h.desk.AlikeNewcomer(h.ctx, w, protection.Signal{}, protection.Newcomer{Name: name, Phone: phone, Sex: "F"})
			h.must(err)
			return all
		}
		for _, one := range []struct{ name, phone string }{{"NDAYIZEYE Claudine", ""}, {"Claudine Ndayizeye", "79 333 444"}, {"Dayizeye", "+257 79 33 34 44"}, {"", "79333444"}} {
			all := look(h.duty, one.name, one.phone)
			if len(all) != 1 || all[0].ID != c || len(all[0].Findings) != len(protection.AlikeFields) {
				t.Errorf("%q, %q: %+v", one.name, one.phone, all)
			}
		}
		for _, one := range []struct{ name, phone string }{{"Irakoze Bella", ""}, {"", ""}, {"", "79 000 999"}} {
			if all := look(h.duty, one.name, one.phone); len(all) != 0 {
				t.Errorf("%q: %+v", one.name, all)
			}
		}
		elsewhere := accesstest.Somebody(access.DutyOfficer, h.shelter)
		if all := look(elsewhere, "Ndayizeye Claudine", "79 333 444"); len(all) != 0 {
			t.Errorf("another organisation learns that she is known: %+v", all)
		}
		colleague := accesstest.Somebody(access.Screener, h.care)
		if all := look(colleague, "Ndayizeye Claudine", "79 333 444"); len(all) != 0 {
			t.Errorf("who may not read her file finds it: %+v", all)
		}
		for _, role := range []access.Role{access.Police, access.Administrator, access.Coordinator, access.ServiceProvider} {
			if _, err := h.desk.AlikeNewcomer(h.ctx, accesstest.Somebody(role, h.care), protection.Signal{}, protection.Newcomer{Name: "Ndayizeye Claudine"}); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", role, err)
			}
		}
		barred := accesstest.Somebody(access.Supervisor, h.care)
		one := h.one(c)
		one.Conflicts = []protection.Conflict{{Account: barred.Account, Why: "RELATIVE"}}
		h.must(h.save(protection.Change{Cases: []protection.Case{one}}))
		if all := look(barred, "Ndayizeye Claudine", "79 333 444"); len(all) != 0 {
			t.Errorf("who is kept out finds her: %+v", all)
		}
	})
}

// Each answer is kept: hers, and no second file; not hers, and nobody asks again; no
// answer, and a supervisor looks. Nobody is held up.
func TestWhatIsSaidOfAFile(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		first, c := h.comes("Ndayizeye Claudine", "79 333 444")
		again, none := h.comes("Claudine Ndayizeye", "", protection.Looked{Case: c, Answer: protection.Her})
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM protection_case WHERE id = ?`, none); err != nil || n != 0 {
			t.Errorf("a second file was opened: %d, %v", n, err)
		}
		s, _, err := h.desk.Signal(h.ctx, h.supervisor, again)
		h.must(err)
		if s.Outcome != protection.Duplicate || s.SameAs != first || h.waiting(c.UUID) < 2 {
			t.Errorf("%s, same as %s; %d are told", s.Outcome, s.SameAs, h.waiting(c.UUID))
		}
		if len(h.pairs()) != 0 {
			t.Errorf("%+v", h.pairs())
		}
		_, sister := h.comes("Ndayizeye Claudette", "79 333 444", protection.Looked{Case: c, Answer: protection.NotHer})
		if all := h.pairs(); len(all) != 1 || all[0].State != protection.Apart || all[0].Other(c) != sister {
			t.Fatalf("%+v", all)
		}
		v, err := h.desk.LookAlike(h.ctx, h.supervisor, sister)
		h.must(err)
		if len(v.All) != 0 || len(v.Pairs) != 1 {
			t.Errorf("it is asked again: %+v", v.All)
		}
		_, third := h.comes("Klaudine Ndayizeye", "")
		waits := slices.DeleteFunc(h.pairs(), func(x protection.LikenessLine) bool { return x.State != protection.Suspected })
		if !slices.ContainsFunc(waits, func(x protection.LikenessLine) bool { return x.Other(third) == c && x.Unsure }) || len(waits) == 0 {
			t.Fatalf("%+v", waits)
		}
		for name, w := range map[string]access.Who{"a screener": h.screener, "on duty": h.duty, "the police": accesstest.Somebody(access.Police, h.care)} {
			if _, err := h.desk.Likenesses(h.ctx, w); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s lists pairs: %v", name, err)
			}
			if _, err := h.desk.Likeness(h.ctx, w, waits[0].ID); !withheld(err) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s reads a pair: %v", name, err)
			}
		}
		if all, err := h.desk.Likenesses(h.ctx, accesstest.Somebody(access.Supervisor, h.shelter)); err != nil || len(all) != 0 {
			t.Errorf("elsewhere: %+v, %v", all, err)
		}
		x, err := h.desk.Likeness(h.ctx, h.supervisor, waits[0].ID)
		h.must(err)
		if len(x.Findings) != len(protection.AlikeFields) || x.Sides[0].Case.ID != x.First {
			t.Errorf("%+v", x.Findings)
		}
		say := protection.SayApart{Likeness: x.ID, Version: 1}
		h.must(h.desk.SayApart(h.ctx, h.supervisor, say))
		h.must(h.desk.SayApart(h.ctx, h.supervisor, say)) // the same form again
		if err := h.desk.JoinFiles(h.ctx, h.supervisor, protection.JoinFiles{Likeness: x.ID, Version: 2, Kept: c}); err == nil {
			t.Error("two people became one")
		}
		store.MustHold(t, h.store)
	})
}

// Two who cannot read each other's files write the same name down: nobody is told, and a
// supervisor finds the pair.
func TestArrivesAlike(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c := h.comes("Ndayizeye Claudine", "")
		_, other := h.comes("", "")
		if len(h.pairs()) != 0 {
			t.Fatal("nobody is alike yet")
		}
		p := h.one(other).Person
		h.must(h.desk.EditPerson(h.ctx, h.screener, protection.EditPerson{Person: p, Version: 1, Name: "CLAUDINE Dayizeye"}))
		h.must(h.desk.EditPerson(h.ctx, h.screener, protection.EditPerson{Person: p, Version: 2, Name: "Claudine Dayizeye", Phone: "79 777 888"}))
		if all := h.pairs(); len(all) != 1 || all[0].Other(c) != other || all[0].State != protection.Suspected {
			t.Errorf("%+v", all)
		}
		store.MustHold(t, h.store)
	})
}

// One file of two: what was written in the other is read in the one that goes on, by who
// follows her; undone, everything is back where it was, and what came since stays.
func TestTwoFilesBecomeOne(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone := h.said(), h.said()
		waits := h.refers(h.manager, gone, h.house(), h.says(gone, protection.Yes, "minimum"))
		h.must(h.desk.Jot(h.ctx, h.manager, protection.Jot{ID: ids.New[ids.Jotting](), Case: gone, Words: "She walked from Wezombra.", Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
		write := wishes(gone, 0, "A room in Wezombra.", "")
		h.must(h.desk.WritePlan(h.ctx, h.manager, write))
		all := h.pairs()
		at := slices.IndexFunc(all, func(x protection.LikenessLine) bool {
			return x.State == protection.Suspected && x.Other(kept) == gone && (x.First == kept || x.Second == kept)
		})
		if at < 0 {
			t.Fatalf("the pair was not found: %+v", all)
		}
		before, after := h.hangs(gone), h.hangs(kept)
		was := h.one(gone)
		join := protection.JoinFiles{Likeness: all[at].ID, Version: 1, Kept: kept}
		for name, w := range map[string]access.Who{"who follows her": h.manager, "another organisation": accesstest.Somebody(access.Supervisor, h.shelter)} {
			if err := h.desk.JoinFiles(h.ctx, w, join); !fault.Is(err, fault.Denied) && !withheld(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join))
		h.must(h.desk.JoinFiles(h.ctx, h.supervisor, join)) // the same form again

		one := h.one(gone)
		if one.State != protection.Joined || one.Joined != kept {
			t.Fatalf("%+v", one)
		}
		for table, n := range before {
			left, now := h.hangs(gone)[table], h.hangs(kept)[table]
			if table == "event" { // each file tells that it was joined
				left, now = left-1, now-1
			}
			if left != 0 || now != after[table]+n {
				t.Errorf("%s: %d stay behind, %d are there, want %d", table, left, now, after[table]+n)
			}
		}
		cases, err := h.desk.Cases(h.ctx, h.manager, protection.CaseFilter{}, protection.Page{})
		h.must(err)
		if len(cases.Lines) != 1 || cases.Lines[0].ID != kept {
			t.Errorf("the list: %+v", cases.Lines)
		}
		h.reads(kept, "A reason of Wezombra.", "She walked from Wezombra.", "A room in Wezombra.")
		h.must(h.desk.Cancel(h.ctx, h.manager, protection.Cancel{Referral: waits, Version: h.version("referral", waits.UUID), Reason: "NO_LONGER_NEEDED"})) // her request is led from here
		h.must(h.desk.Jot(h.ctx, h.manager, protection.Jot{ID: ids.New[ids.Jotting](), Case: kept, Words: "Written since.", Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
		store.MustHold(t, h.store)

		undo := protection.UndoJoin{Likeness: join.Likeness, Version: 2}
		if err := h.desk.UndoJoin(h.ctx, h.manager, undo); !fault.Is(err, fault.Denied) && !withheld(err) {
			t.Errorf("who follows her takes it back: %v", err)
		}
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, undo))
		h.must(h.desk.UndoJoin(h.ctx, h.supervisor, undo))
		back := h.one(gone)
		if back.State != was.State || !back.Joined.IsZero() || back.Manager != was.Manager || !back.Since.Equal(was.Since) {
			t.Errorf("it stands otherwise: %+v", back)
		}
		for table, n := range before {
			if got := h.hangs(gone)[table]; table != "event" && got != n {
				t.Errorf("%s: %d are back, want %d", table, got, n)
			}
		}
		if n := h.hangs(kept)["jotting"]; n != after["jotting"]+1 {
			t.Errorf("what was written since: %d", n)
		}
		h.reads(gone, "A reason of Wezombra.", "She walked from Wezombra.", "A room in Wezombra.")
		h.reads(kept, "A reason of Wezombra.", "Written since.")
		cases, err = h.desk.Cases(h.ctx, h.manager, protection.CaseFilter{}, protection.Page{})
		if h.must(err); len(cases.Lines) != 2 {
			t.Errorf("the list: %+v", cases.Lines)
		}
		if x := h.pairs()[len(h.pairs())-1]; x.State != protection.Apart {
			t.Errorf("%+v", x)
		}
		if len(h.keysIn(gone)) == 0 {
			t.Error("what is still to be done for her is gone")
		}
		store.MustHold(t, h.store)
	})
}

// After its time a join stays; and nothing is torn that runs.
func TestWhenAJoinCannotBeUndone(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		kept, gone := h.followed(), h.followed()
		all := h.pairs()
		if len(all) == 0 {
			t.Fatal("no pair")
		}
		join := protection.JoinFiles{Likeness: all[0].ID, Version: 1, Kept: kept}
		h.must(h.desk.Begin(h.ctx, h.screener, protection.Begin{ID: ids.New[ids.Screening](), Case: gone, Version: h.version("protection_case", gone.UUID), Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn", Again: h.desk.Rules.Codes("heard_again")[0]}))
		if err := h.desk.JoinFiles(h.ctx, h.supervisor, join); fault.Of(err).Key != "fault.join.talk" {
			t.Fatalf("while somebody talks with her: %v", err)
		}
	})
}

// hangs counts what hangs on a case, by table.
func (h *hut) hangs(c ids.Case) map[string]int {
	h.t.Helper()
	all := map[string]int{}
	for _, table := range store.Carried() {
		n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM `+table+` WHERE case_id = ?`, c)
		h.must(err)
		if n > 0 {
			all[table] = n
		}
	}
	return all
}

// reads opens what was written, as who follows her does.
func (h *hut) reads(c ids.Case, words ...string) {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
	h.must(err)
	var found []string
	keep := func(s string, err error) {
		h.t.Helper()
		h.must(err)
		found = append(found, s)
	}
	for _, a := range v.Assessments {
		x, g, err := h.desk.Assessment(h.ctx, h.manager, a.ID)
		h.must(err)
		keep(x.Why.Open(g))
	}
	for _, j := range v.Jottings {
		x, g, err := h.desk.Jotting(h.ctx, h.manager, j.ID)
		h.must(err)
		keep(x.Words.Open(g))
	}
	for _, s := range v.Screenings {
		x, g, err := h.desk.Screening(h.ctx, h.manager, s.ID)
		h.must(err)
		keep(x.Account.Open(g))
	}
	for _, k := range v.Consents {
		g := h.grant(h.manager, access.ConsentRead, access.ConsentKind, k.ID.UUID, access.ForProtection)
		x, err := h.store.Consent(h.ctx, g, k.ID)
		h.must(err)
		keep(x.Witness.Open(g))
	}
	if p, err := h.desk.Plan(h.ctx, h.manager, c); err == nil {
		for _, goal := range p.Plan.Goals {
			keep(goal.Words.Open(p.Grant))
		}
	}
	for _, one := range words {
		if !slices.Contains(found, one) {
			h.t.Errorf("%q is not read: %q", one, found)
		}
	}
}

func (h *hut) version(table string, id ids.UUID) int {
	h.t.Helper()
	n, err := h.store.Count(h.ctx, `SELECT version FROM `+table+` WHERE id = ?`, id)
	h.must(err)
	return n
}

// keysIn are the tasks of a case.
func (h *hut) keysIn(c ids.Case) []protection.Task {
	h.t.Helper()
	v, err := h.desk.Case(h.ctx, h.manager, c, protection.Page{})
	h.must(err)
	return v.Tasks
}

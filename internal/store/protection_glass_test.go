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

// Two persons open a case for an hour, to be read and no more; it ends by itself,
// and whoever did not ask reads nothing.
func TestTwoOpenACaseForAnHour(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, person := h.taken()
		code := h.seenBy(c).Code.String()
		away := accesstest.Somebody(access.CaseManager, h.shelter)
		officer, lead := officerOf(h), accesstest.Somebody(access.Supervisor, h.shelter)
		ask := func(w access.Who, code string) ids.Glass {
			t.Helper()
			id := ids.New[ids.Glass]()
			h.must(h.desk.AskGlass(h.ctx, w, protection.AskGlass{ID: id, Code: code, Reason: "LIFE"}))
			return id
		}
		reads := func(w access.Who) error {
			_, err := h.desk.Case(h.ctx, w, c, protection.Page{})
			if err == nil {
				_, _, err = h.desk.Person(h.ctx, w, person)
			}
			return err
		}
		for name, w := range map[string]access.Who{"the police": accesstest.Somebody(access.Police, h.care), "immigration": accesstest.Somebody(access.Immigration, h.care),
			"a donor": accesstest.Somebody(access.Donor, h.care), "an administrator": accesstest.Somebody(access.Administrator, h.care), "a shelter": h.host} {
			if err := h.desk.AskGlass(h.ctx, w, protection.AskGlass{ID: ids.New[ids.Glass](), Code: code, Reason: "LIFE"}); !fault.Is(err, fault.Denied) {
				t.Errorf("%s asks: %v", name, err)
			}
		}
		id := ask(away, code)
		yes := protection.AnswerGlass{Glass: id, Version: 1}
		if err := reads(away); !withheld(err) {
			t.Fatalf("asked, and reads: %v", err)
		}
		for name, w := range map[string]access.Who{"who asked": away, "her own lead": lead, "a screener": h.screener, "the police": accesstest.Somebody(access.Police, h.care)} {
			if err := h.desk.GrantGlass(h.ctx, w, yes); err == nil {
				t.Fatalf("%s opened it", name)
			}
		}
		h.must(h.desk.GrantGlass(h.ctx, h.supervisor, yes))
		if err := reads(away); err != nil {
			t.Errorf("opened, and cannot read: %v", err)
		}
		if err := reads(lead); !withheld(err) {
			t.Errorf("her lead reads: %v", err)
		}
		for name, err := range map[string]error{
			"an edit":  h.desk.EditCase(h.ctx, away, protection.EditCase{Case: c, Version: 1, Sex: "F", Language: "rn"}),
			"a note":   h.desk.Jot(h.ctx, away, protection.Jot{ID: ids.New[ids.Jotting](), Case: c, Words: "x", Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}),
			"a person": h.desk.EditPerson(h.ctx, away, protection.EditPerson{Person: person, Version: 1}),
			"a paper":  second(h.desk.Print(h.ctx, away, protection.Print{Case: c, Paper: protection.SummaryPaper, Language: "fr", Chosen: true})),
			"a copy":   second(h.desk.CopyFile(h.ctx, away, protection.CopyFile{Case: c, Language: "fr", Checked: true, Safe: true})),
			"a hold":   h.desk.PlaceHold(h.ctx, away, protection.PlaceHold{ID: ids.New[ids.Hold](), Case: c, Why: "COMPLAINT", Until: h.desk.Rules.Day(h.now)}),
		} {
			if !fault.Is(err, fault.Denied) {
				t.Errorf("%s was taken: %v", name, err)
			}
		}
		if found, err := h.desk.Cases(h.ctx, away, protection.CaseFilter{}, protection.Page{}); err != nil || len(found.Lines) != 0 {
			t.Errorf("it is in a list: %+v, %v", found.Lines, err)
		}
		opened, err := h.desk.Opened(h.ctx, h.screener, c)
		h.must(err)
		if len(opened) != 1 || opened[0].Org != h.shelter || opened[0].Role != access.CaseManager {
			t.Errorf("she is told: %+v", opened)
		}
		h.now = h.now.Add(time.Hour)
		if err := reads(away); !withheld(err) {
			t.Errorf("after the hour: %v", err)
		}
		// Stopped before its time, by either; data protection may ask, and is opened to by the house.
		for _, stops := range []access.Who{officer, h.supervisor} {
			id := ask(officer, code)
			if err := h.desk.GrantGlass(h.ctx, officer, protection.AnswerGlass{Glass: id, Version: 1}); err == nil {
				t.Fatal("data protection opened its own")
			}
			h.must(h.desk.GrantGlass(h.ctx, h.supervisor, protection.AnswerGlass{Glass: id, Version: 1}))
			if err := reads(officer); err != nil {
				t.Errorf("opened to data protection: %v", err)
			}
			h.must(h.desk.EndGlass(h.ctx, stops, protection.AnswerGlass{Glass: id, Version: 2}))
			if err := reads(officer); !withheld(err) {
				t.Errorf("stopped, and reads: %v", err)
			}
		}
		store.MustHold(t, h.store)
	})
}

func second[T any](_ T, err error) error { return err }

// Of a code that no case has, the asker hears what she hears of any; guessing ends
// after three; who is in conflict opens nothing and is opened nothing.
func TestACodeIsNotGuessed(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		_, c, _ := h.taken()
		away, officer := accesstest.Somebody(access.CaseManager, h.shelter), officerOf(h)
		nobodys := ids.NewCode(h.desk.Random).String()
		unknown := ids.New[ids.Glass]()
		h.must(h.desk.AskGlass(h.ctx, away, protection.AskGlass{ID: unknown, Code: nobodys, Reason: "LIFE"}))
		h.must(h.desk.AskGlass(h.ctx, away, protection.AskGlass{ID: unknown, Code: nobodys, Reason: "LIFE"})) // the same form twice
		if err := h.desk.GrantGlass(h.ctx, officer, protection.AnswerGlass{Glass: unknown, Version: 1}); fault.Of(err).Key != "fault.glass.code" {
			t.Errorf("nobody's code: %v", err)
		}
		h.must(h.desk.EndGlass(h.ctx, officer, protection.AnswerGlass{Glass: unknown, Version: 1}))
		for range 2 {
			h.must(h.desk.AskGlass(h.ctx, away, protection.AskGlass{ID: ids.New[ids.Glass](), Code: nobodys, Reason: "LIFE"}))
		}
		often := protection.AskGlass{ID: ids.New[ids.Glass](), Code: h.seenBy(c).Code.String(), Reason: "LIFE"}
		if err := h.desk.AskGlass(h.ctx, away, often); fault.Of(err).Key != "fault.glass.often" {
			t.Errorf("a fourth time: %v", err)
		}
		h.now = h.now.Add(25 * time.Hour)
		h.must(h.desk.AskGlass(h.ctx, away, often))
		one := h.seenBy(c)
		one.Conflicts = []protection.Conflict{{Account: away.Account, Why: "ACCUSED"}}
		h.must(h.save(protection.Change{Cases: []protection.Case{one}}))
		h.must(h.desk.GrantGlass(h.ctx, officer, protection.AnswerGlass{Glass: often.ID, Version: 1}))
		if _, err := h.desk.Case(h.ctx, away, c, protection.Page{}); !withheld(err) {
			t.Errorf("in conflict, and reads: %v", err)
		}
	})
}

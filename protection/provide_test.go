package protection

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// providedShelf holds one request, and what was said of it.
type providedShelf struct {
	*shelf
	one  Referral
	said []Progress
	aid  Episode
}

func (s *providedShelf) Referral(context.Context, access.Grant, ids.Referral) (Referral, error) {
	return s.one, nil
}
func (s *providedShelf) Progress(context.Context, access.Grant, ids.Referral) ([]Progress, error) {
	return s.said, nil
}
func (s *providedShelf) Episode(context.Context, access.Grant, ids.Episode) (Episode, error) {
	return s.aid, nil
}
func (s *providedShelf) Service(context.Context, access.Grant, ids.Service) (Service, error) {
	return Service{}, nil
}

func TestProvideChecks(t *testing.T) {
	r := burundi(t)
	of := Referral{State: Arrived, ArrivedAt: noon().AddDate(0, 0, -3)}
	first := today().Add(-3)
	refuses(t, NoteDay{Day: today(), Came: "CAME"}, func(c NoteDay) error { return c.Check(r, of, today()) }, []bad[NoteDay]{
		{"nothing of whether she came", func(c *NoteDay) { c.Came = "" }, "came", "fault.choice.missing"},
		{"a word of no list", func(c *NoteDay) { c.Came = "MAYBE" }, "came", "fault.code.unknown"},
		{"no day", func(c *NoteDay) { c.Day = date.Day{} }, "day", "fault.date.missing"},
		{"tomorrow", func(c *NoteDay) { c.Day = today().Add(1) }, "day", "fault.date.future"},
		{"before she arrived", func(c *NoteDay) { c.Day = first.Add(-1) }, "day", "fault.episode.order"},
	})
	refuses(t, Interrupt{Day: today(), Reason: "HEALTH"}, func(c Interrupt) error { return c.Check(r, of, today()) }, []bad[Interrupt]{
		{"no reason", func(c *Interrupt) { c.Reason = "" }, "reason", "fault.choice.missing"},
		{"a reason of no list", func(c *Interrupt) { c.Reason = "LAZY" }, "reason", "fault.code.unknown"},
		{"before she arrived", func(c *Interrupt) { c.Day = first.Add(-1) }, "day", "fault.episode.order"},
	})
	refuses(t, GoOn{Day: today()}, func(c GoOn) error { return c.Check(r, of, today()) }, []bad[GoOn]{
		{"tomorrow", func(c *GoOn) { c.Day = today().Add(1) }, "day", "fault.date.future"},
	})
	refuses(t, Complete{Day: today(), Outcome: "REACHED"}, func(c Complete) error { return c.Check(r, of, today()) }, []bad[Complete]{
		{"no outcome", func(c *Complete) { c.Outcome = "" }, "outcome", "fault.choice.missing"},
		{"tomorrow", func(c *Complete) { c.Day = today().Add(1) }, "day", "fault.date.future"},
	})
	refuses(t, FeedBack{Next: []string{"NOTHING"}, Words: "Jeudi, 9 h."}, func(c FeedBack) error { return c.Check(r) }, []bad[FeedBack]{
		{"nothing", func(c *FeedBack) { c.Next = nil }, "next", "fault.choice.missing"},
		{"a code of no list", func(c *FeedBack) { c.Next = []string{"STORY"} }, "next", "fault.code.unknown"},
		{"a story", func(c *FeedBack) { c.Words = long(301) }, "words", "fault.text.long"},
	})
}

// Each verb of a service, from each state of the request, as each role of the house
// that was asked and of the house that asked: who may not changes nothing.
func TestProvideByStateVerbAndRole(t *testing.T) {
	d, base := desk(t)
	from, to := ids.New[ids.Org](), ids.New[ids.Org]()
	receiver := []access.Role{access.ServiceProvider, access.CaseManager, access.Supervisor}
	sender := []access.Role{access.CaseManager, access.Supervisor, access.Screener, access.DutyOfficer}
	next := ids.New[ids.Progress]
	verbs := []struct {
		name  string
		org   ids.Org
		roles []access.Role
		do    func(w access.Who, r ids.Referral) error
	}{
		{"a day", to, receiver, func(w access.Who, r ids.Referral) error {
			return d.NoteDay(t.Context(), w, NoteDay{ID: next(), Referral: r, Day: today(), Came: "CAME"})
		}},
		{"interrupt", to, receiver, func(w access.Who, r ids.Referral) error {
			return d.Interrupt(t.Context(), w, Interrupt{ID: next(), Referral: r, Version: 7, Day: today(), Reason: "HEALTH"})
		}},
		{"go on", to, receiver, func(w access.Who, r ids.Referral) error {
			return d.GoOn(t.Context(), w, GoOn{ID: next(), Referral: r, Version: 7, Day: today()})
		}},
		{"complete", to, receiver, func(w access.Who, r ids.Referral) error {
			return d.Complete(t.Context(), w, Complete{ID: next(), Referral: r, Version: 7, Day: today(), Outcome: "REACHED"})
		}},
		{"feed back", to, receiver, func(w access.Who, r ids.Referral) error {
			return d.FeedBack(t.Context(), w, FeedBack{ID: next(), Referral: r, Version: 7, Next: []string{"NOTHING"}})
		}},
		{"conclude", from, sender, func(w access.Who, r ids.Referral) error {
			return d.Conclude(t.Context(), w, Conclude{Referral: r, Version: 7})
		}},
		{"burn", from, []access.Role{access.Program}, func(w access.Who, r ids.Referral) error {
			return d.Burn(t.Context(), w, Spent{Referral: r, Over: noon().AddDate(0, 0, -31)})
		}},
	}
	rows := [][]string{{"referral"}}
	for _, v := range verbs {
		rows[0] = append(rows[0], v.name)
	}
	for _, state := range ReferralStates {
		row := []string{string(state)}
		for _, v := range verbs {
			said := map[string]bool{}
			for _, org := range []ids.Org{from, to} {
				for _, role := range append(access.Roles(), access.Program) {
					w := accesstest.Somebody(role, org)
					if role == access.Program {
						w = access.Itself()
					}
					one := Referral{ID: ids.New[ids.Referral](), Version: 7, Case: ids.New[ids.Case](), From: from, To: to, State: state, By: ids.New[ids.Account](),
						ArrivedAt: noon().AddDate(0, 0, -3), AckBy: noon(), Arrival: noon(), Packet: Packet{Sex: "F"}}
					s := &providedShelf{shelf: base, one: one}
					s.facts = map[ids.UUID]access.Object{one.ID.UUID: {Kind: access.ReferralKind, ID: one.ID.UUID, Subject: one.ID.UUID, Zone: access.Protection, Owner: from, To: to,
						Team: []ids.Account{w.Account}, By: w.Account, Stage: string(state)}}
					s.saved, s.noted = nil, 0
					d.Store = s
					err := v.do(w, one.ID)
					may := false
					for _, r := range v.roles {
						may = may || r == role && (org == v.org || role == access.Program)
					}
					switch {
					case !may:
						if !fault.Is(err, fault.Denied) && !fault.Is(err, fault.Withheld) || len(s.saved) > 0 || s.noted != 1 {
							t.Errorf("%s, %s by %s: %v, %d changes, %d entries", state, v.name, role, err, len(s.saved), s.noted)
						}
					case (err == nil) != (len(s.saved) == 1):
						t.Errorf("%s, %s by %s: %v, %d changes", state, v.name, role, err, len(s.saved))
					case err == nil && len(s.saved[0].Referrals) > 0:
						said[string(s.saved[0].Referrals[0].State)] = true
						if burnt := !s.saved[0].Referrals[0].BurntAt.IsZero(); burnt != (len(s.saved[0].Burn) == 1) {
							t.Errorf("%s, %s: the key of the packet", state, v.name)
						}
					case err == nil:
						said["kept"] = true
					default:
						said[outcome("", err)] = true
					}
				}
			}
			if len(said) != 1 {
				t.Errorf("%s, %s: not one answer but %v", state, v.name, said)
			}
			for one := range said {
				row = append(row, one)
			}
		}
		rows = append(rows, row)
	}
	golden(t, "machine_provide.txt", rows)
}

// The days of a packet are counted from the first end, and going on counts them anew.
func TestPacketDays(t *testing.T) {
	r := Referral{State: Arrived}
	stopped, err := r.interrupt(Interrupt{Reason: "HEALTH"}, noon())
	if err != nil || !stopped.OverAt.Equal(noon()) {
		t.Fatalf("%v, %v", stopped.OverAt, err)
	}
	later := noon().AddDate(0, 0, 5)
	if over, err := stopped.complete(Complete{Outcome: "PARTLY"}, later); err != nil || !over.OverAt.Equal(noon()) {
		t.Errorf("an end after an interruption gives the packet more days: %v, %v", over.OverAt, err)
	}
	again, err := stopped.goOn()
	if err != nil || !again.OverAt.IsZero() {
		t.Errorf("%v, %v", again.OverAt, err)
	}
	burnt, err := stopped.burn(noon(), later)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := burnt.goOn(); refusal(err) != "fault.referral.burnt" {
		t.Errorf("goes on without a packet: %v", err)
	}
	if _, err := burnt.complete(Complete{Outcome: "PARTLY"}, later); err != nil {
		t.Errorf("its outcome cannot be said any more: %v", err)
	}
}

// What the provider said becomes the record of whoever follows her in one word, once.
func TestTakeOver(t *testing.T) {
	at := func(h int) time.Time { return noon().Add(time.Duration(h) * time.Hour) }
	pause := Progress{Kind: OfPause, Day: today().Add(-5), Codes: []string{"HEALTH"}, At: at(1)}
	resume := Progress{Kind: OfResume, Day: today().Add(-4), At: at(2)}
	end := Progress{Kind: OfEnd, Day: today().Add(-1), Codes: []string{"REACHED"}, At: at(3)}
	day := Progress{Kind: OfDay, Day: today(), Codes: []string{"CAME"}, At: at(4)}
	e := Episode{State: Running, From: today().Add(-10)}
	got := e.take([]Progress{pause, resume, end, day}, at(5))
	if got.State != Ended || got.Outcome != "REACHED" || got.Until != end.Day || len(got.Pauses) != 1 || got.Pauses[0] != (Pause{From: pause.Day, Until: resume.Day, Reason: "HEALTH"}) {
		t.Errorf("%+v", got)
	}
	if len(e.Pauses) != 0 {
		t.Error("the older record changed too")
	}
	if n := len(got.Waiting([]Progress{pause, resume, end})); n != 0 {
		t.Errorf("%d words wait still", n)
	}
	e.Heard = at(1)
	if w := e.Waiting([]Progress{pause, resume, day}); len(w) != 1 || w[0].Kind != OfResume {
		t.Errorf("%+v", w)
	}
	if got = e.take([]Progress{resume}, at(5)); got.State != Running || len(got.Pauses) != 0 || !got.Heard.Equal(at(5)) {
		t.Errorf("a word that does not fit: %+v", got)
	}
	late := Episode{State: Running, From: today().Add(-2)}
	if got = late.take([]Progress{{Kind: OfEnd, Day: today().Add(-9), Codes: []string{"REACHED"}, At: at(1)}}, at(2)); got.Until != late.From {
		t.Errorf("over before it began: %v", got.Until)
	}
}

// About one day the last word counts, whoever says it.
func TestDaysOfBothSides(t *testing.T) {
	org, e := ids.New[ids.Org](), ids.New[ids.Episode]()
	ours := []Attendance{{Day: today(), Came: "ABSENT", At: noon()}, {Day: today().Add(-2), Came: "CAME", At: noon().Add(2 * time.Hour)}}
	said := []Progress{{Kind: OfDay, Day: today(), Codes: []string{"CAME"}, Org: org, At: noon().Add(time.Hour)},
		{Kind: OfDay, Day: today().Add(-2), Codes: []string{"ABSENT"}, Org: org, At: noon()}, {Kind: OfPause, Day: today(), At: noon()}}
	got := together(ours, e, said)
	if len(got) != 2 || got[0].Day != today() || got[0].Came != "CAME" || got[0].Org != org || got[0].Episode != e || got[1].Came != "CAME" || !got[1].Org.IsZero() {
		t.Errorf("%+v", got)
	}
	if len(ours) != 2 || ours[0].Came != "ABSENT" {
		t.Error("the list of the caller changed")
	}
}

package protection

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

func TestJotChecks(t *testing.T) {
	r := burundi(t)
	good := Jot{ID: ids.New[ids.Jotting](), Words: "Ameze neza. Hakuna simu.", Safe: Yes, Next: "CALL", Consent: Yes}
	refuses(t, good, func(c Jot) error { return c.Check(r) }, []bad[Jot]{
		{"nobody asked whether she is safe", func(c *Jot) { c.Safe = NotAsked }, "safe", "fault.choice.missing"},
		{"a safety of no list", func(c *Jot) { c.Safe = "maybe" }, "safe", "fault.code.unknown"},
		{"no next step", func(c *Jot) { c.Next = "" }, "next", "fault.choice.missing"},
		{"a step of no list", func(c *Jot) { c.Next = "x" }, "next", "fault.code.unknown"},
		{"not safe, and nothing next", func(c *Jot) { c.Safe, c.Next = No, "NOTHING" }, "next", "fault.jotting.unsafe"},
		{"nobody said whether she agrees", func(c *Jot) { c.Consent = NotAsked }, "consent", "fault.choice.missing"},
		{"her words, though she said no", func(c *Jot) { c.Consent = No }, "words", "fault.jotting.refused"},
		{"something else, and no word", func(c *Jot) { c.Next, c.Words = "OTHER", " \n" }, "words", "fault.text.missing"},
		{"words too long", func(c *Jot) { c.Words = long(20001) }, "words", "fault.text.long"},
	})
	for name, c := range map[string]Jot{
		"without a word":                  {Safe: Unknown, Next: "NOTHING", Consent: Unknown},
		"not safe, with a step":           {Safe: No, Next: "SHELTER", Consent: Yes},
		"she said no, and is helped":      {Safe: No, Next: "SHELTER", Consent: No},
		"she said no to another step too": {Safe: Yes, Next: "OTHER", Consent: No},
	} {
		if err := c.Check(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSortChecks(t *testing.T) {
	r := burundi(t)
	good := Sort{Topics: []string{"WORK", "FAMILY"}, To: "POLICE", On: today()}
	refuses(t, good, func(c Sort) error { return c.Check(r, today()) }, []bad[Sort]{
		{"about nothing", func(c *Sort) { c.Topics = nil }, "topics", "fault.choice.missing"},
		{"a topic of no list", func(c *Sort) { c.Topics = []string{"x"} }, "topics", "fault.code.unknown"},
		{"told to somebody of no list", func(c *Sort) { c.To = "x" }, "to", "fault.code.unknown"},
		{"told tomorrow", func(c *Sort) { c.On = today().Add(1) }, "on", "fault.date.future"},
	})
	if err := (Sort{Topics: []string{"OTHER"}, On: date.Day{}}).Check(r, today()); err != nil {
		t.Errorf("nothing she told, on no day: %v", err)
	}
}

// What counts as an interview: every conversation of ours, whatever became of it, and
// every time somebody else heard her. From the third on a reason is asked.
func TestInterviewsAreCounted(t *testing.T) {
	r, this := burundi(t), ids.New[ids.Screening]()
	talk := func(s ScreeningState) Screening { return Screening{ID: ids.New[ids.Screening](), State: s} }
	for _, one := range []struct {
		what  string
		view  CaseView
		count int
		often bool
	}{
		{"nobody heard her", CaseView{}, 0, false},
		{"once", CaseView{Screenings: []Screening{talk(ScreeningDecided)}}, 1, false},
		{"a note about nothing she told", CaseView{Screenings: []Screening{talk(ScreeningDecided)}, Jottings: []Jotting{{}, {To: ""}}}, 1, false},
		{"told us by the way", CaseView{Screenings: []Screening{talk(ScreeningDecided)}, Jottings: []Jotting{{To: "US"}}}, 1, false},
		{"stopped counts", CaseView{Screenings: []Screening{talk(ScreeningStopped), talk(ScreeningOpen)}}, 2, true},
		{"the police heard her", CaseView{Screenings: []Screening{talk(ScreeningDecided)}, Jottings: []Jotting{{To: "POLICE"}}}, 2, true},
		{"others only", CaseView{Jottings: []Jotting{{To: "POLICE"}, {To: "HEALTH"}, {To: "MEDIA"}}}, 3, true},
	} {
		if got := one.view.Interviews(); got != one.count || r.HeardOften(got) != one.often {
			t.Errorf("%s: %d, often %v", one.what, got, r.HeardOften(got))
		}
	}
	if n := interviews([]Screening{{ID: this}, talk(ScreeningStopped)}, nil, this); n != 1 {
		t.Errorf("the one that is asked for again counts: %d", n)
	}
	if (&Rules{}).HeardOften(9) {
		t.Error("a country without the limit asks for a reason")
	}
}

// Told lists conversations and what she told, and never a note about something else.
func TestToldBefore(t *testing.T) {
	s := Screening{ID: ids.New[ids.Screening](), Started: noon(), By: ids.New[ids.Account]()}
	j := Jotting{ID: ids.New[ids.Jotting](), At: noon(), By: ids.New[ids.Account](), To: "POLICE", On: today().Add(-3), Topics: []string{"WORK"}}
	v := CaseView{Screenings: []Screening{s}, Jottings: []Jotting{j, {ID: ids.New[ids.Jotting](), Topics: []string{"FAMILY"}}}}
	all := v.Told()
	if len(all) != 2 || all[0].Screening != s.ID || all[0].To != "US" || all[0].By != s.By {
		t.Fatalf("%+v", all)
	}
	if got := all[1]; got.Jotting != j.ID || got.Day != j.On || !got.At.IsZero() || !got.By.IsZero() || got.To != "POLICE" || len(got.Topics) != 1 {
		t.Errorf("who heard her elsewhere is nobody of ours, on the day she says: %+v", got)
	}
}

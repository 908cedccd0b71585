package protection

import (
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestDetermineChecks(t *testing.T) {
	r := burundi(t)
	today := r.Day(noon())
	good := Determine{About: "RETURN", Sat: []string{"CHILD_PROTECTION", "LAW", "HEALTH"}, Heard: Yes, Views: "x", Guardian: Yes, Options: "x", Result: "x", Decision: PanelFor}
	if err := good.Check(r, today); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		change func(*Determine)
		field  string
		key    string
	}{
		"of no decision":                 {func(c *Determine) { c.About = "" }, "about", "fault.choice.missing"},
		"of what no panel is needed for": {func(c *Determine) { c.About = "SCHOOL" }, "about", "fault.code.unknown"},
		"nobody sat":                     {func(c *Determine) { c.Sat = nil }, "sat", "fault.panel.protection"},
		"two people":                     {func(c *Determine) { c.Sat = []string{"CHILD_PROTECTION", "LAW"} }, "sat", "fault.panel.few"},
		"without child protection":       {func(c *Determine) { c.Sat = []string{"LAW", "HEALTH", "SCHOOL"} }, "sat", "fault.panel.protection"},
		"the child was not asked for":    {func(c *Determine) { c.Views = "" }, "views", "fault.text.missing"},
		"nothing else was looked at":     {func(c *Determine) { c.Options = "" }, "options", "fault.text.missing"},
		"no decision":                    {func(c *Determine) { c.Decision = "" }, "decision", "fault.choice.missing"},
		"an unknown decision":            {func(c *Determine) { c.Decision = "MAYBE" }, "decision", "fault.code.unknown"},
		"later, and never again":         {func(c *Determine) { c.Decision = PanelLater }, "review", "fault.panel.review"},
		"looks again yesterday":          {func(c *Determine) { c.Review = today.Add(-1) }, "review", "fault.panel.past"},
	} {
		c := good
		row.change(&c)
		if got := fault.Of(c.Check(r, today)); got.Field != row.field || got.Key != row.key {
			t.Errorf("%s: %s %s", name, got.Field, got.Key)
		}
	}
	if err := good.Check(&Rules{Codes: r.Codes}, today); err == nil {
		t.Error("a panel without a number is one of nobody")
	}
}

// The newest word of a panel counts, and what was only weighed is no yes.
func TestDetermined(t *testing.T) {
	yes, no, weighed := Interests{About: "RETURN", Decision: PanelFor}, Interests{About: "RETURN", Decision: PanelAgainst}, Interests{About: "RETURN"}
	for name, row := range map[string]struct {
		newest []Interests
		is     bool
	}{
		"nothing":               {nil, false},
		"weighed":               {[]Interests{weighed}, false},
		"yes":                   {[]Interests{weighed, yes, weighed}, true},
		"yes, then no":          {[]Interests{no, yes}, false},
		"no, then yes":          {[]Interests{yes, no}, true},
		"not yet":               {[]Interests{{About: "RETURN", Decision: PanelLater}, yes}, false},
		"yes to something else": {[]Interests{{About: "JUSTICE", Decision: PanelFor}}, false},
	} {
		if got := determined(row.newest, "RETURN"); got != row.is {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestExpect(t *testing.T) {
	r := burundi(t)
	today := r.Day(noon())
	for name, row := range map[string]struct {
		c     Expect
		field string
	}{
		"a hearing today":     {Expect{Moment: "COURT_DATE", Day: today}, ""},
		"yesterday":           {Expect{Moment: "MEDIA", Day: today.Add(-1)}, "day"},
		"no day":              {Expect{Moment: "MEDIA"}, "day"},
		"nothing":             {Expect{Day: today}, "moment"},
		"what nobody foresaw": {Expect{Moment: "RELEASE", Day: today}, "moment"},
	} {
		if got := fault.Of(row.c.Check(today)); row.field == "" && row.c.Check(today) != nil || row.field != "" && got.Field != row.field {
			t.Errorf("%s: %v", name, row.c.Check(today))
		}
	}
	for name, row := range map[string]struct {
		moment string
		in     int // days
		before time.Duration
	}{"a hearing": {"COURT_DATE", 10, 48 * time.Hour}, "the media": {"MEDIA", 10, 24 * time.Hour}, "a return": {"BEFORE_RETURN", 10, 72 * time.Hour}} {
		task := r.before(ids.Case{}, row.moment, today.Add(row.in), noon())
		if want := r.endOf(today.Add(row.in - 1)).Add(-row.before); !task.Due.Equal(want) || task.Key != ahead[row.moment] {
			t.Errorf("%s: %s by %s, not %s", name, task.Key, task.Due, want)
		}
	}
	if task := r.before(ids.Case{}, "COURT_DATE", today.Add(1), noon()); !task.Due.Equal(noon()) {
		t.Errorf("a hearing tomorrow: by %s", task.Due)
	}
	for _, moment := range Foreseen() {
		if ahead[moment] == "" || r.before(ids.Case{}, moment, date.Day{Year: 2040, Month: 1, Day: 1}, noon()).Due.IsZero() {
			t.Errorf("%s has no clock", moment)
		}
	}
}

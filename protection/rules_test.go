package protection

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

var update = flag.Bool("update", false, "rewrite the golden tables")

// noon is the moment of every test: Wednesday, 25 November 2026.
func noon() time.Time { return time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC) }

func today() date.Day { return date.Day{Year: 2026, Month: 11, Day: 25} }

// burundi gives the rules of the country whose data we hold.
func burundi(t testing.TB) *Rules {
	t.Helper()
	c, err := countries.Load("bdi")
	if err != nil {
		t.Fatal(err)
	}
	return RulesOf(c, noon)
}

// here is a place of today, and of today only; once is one that is no more.
func here(r *Rules) place.Given {
	return place.Given{Code: r.Places.Children(r.Places.Home(), today())[0].Code}
}

func once(r *Rules) place.Given {
	then := date.Day{Year: 2020, Month: 1, Day: 1}
	for _, p := range r.Places.Children(r.Places.Home(), then) {
		if !p.On(today()) {
			return place.Given{Code: p.Code}
		}
	}
	return place.Given{}
}

func declared(years int) date.Age {
	return date.Age{Years: years, Basis: date.Declared, Said: today()}
}

func papers(years int) date.Age {
	return date.Age{Years: years, Basis: date.Documented, Said: today()}
}

// refusal is a fault in a few words: "field: key", or "ok".
func refusal(err error) string {
	if err == nil {
		return "ok"
	}
	f := fault.Of(err)
	if f.Field != "" {
		return f.Field + ": " + f.Key
	}
	return f.Key
}

// says whether one of the faults in err is this one.
func says(err error, field, key string) bool {
	for _, f := range fault.Fields(err) {
		if f.Field == field && f.Key == key {
			return true
		}
	}
	var f *fault.Fault
	return field == "" && errors.As(err, &f) && f.Key == key
}

// golden compares a table with testdata/name, which is read in review like code.
func golden(t *testing.T, name string, rows [][]string) {
	t.Helper()
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-len(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("%s is not what the rules say now; read the difference, then run with -update:\n%s", path, b.String())
	}
}

func TestDeadlines(t *testing.T) {
	r := burundi(t)
	for key, after := range map[string]time.Duration{
		TriageKey(Red): 2 * time.Hour, TriageKey(Unjudged): 2 * time.Hour, TriageKey(Orange): 24 * time.Hour, TriageKey(Green): 24 * time.Hour,
		AckKey(Red): 4 * time.Hour, AckKey(Unjudged): 4 * time.Hour, AckKey(Orange): 24 * time.Hour, AckKey(Green): 72 * time.Hour,
		"presumption.ratify": 24 * time.Hour, "alert.next": 15 * time.Minute,
	} {
		if got := r.Due(key, noon()); !got.Equal(noon().Add(after)) {
			t.Errorf("%s ends at %s, want %s later", key, got, after)
		}
	}
	if got := (&Rules{}).Due("triage.red", noon()); !got.Equal(noon()) {
		t.Errorf("without rules a deadline is late at once, not at %s", got)
	}
	clocks := r.Health(noon())
	if !clocks.PEP.Equal(noon().Add(72*time.Hour)) || !clocks.Contraception.Equal(noon().Add(120*time.Hour)) {
		t.Errorf("the health windows end at %v", clocks)
	}
	if r.Health(time.Time{}) != (HealthClocks{}) {
		t.Error("a clock runs though nothing is known")
	}
}

func TestDangerOrders(t *testing.T) {
	order := []Danger{Red, Unjudged, Orange, Green}
	for i := 1; i < len(order); i++ {
		if order[i-1].Rank() >= order[i].Rank() {
			t.Errorf("%q does not come before %q", order[i-1], order[i])
		}
	}
}

// A country without data refuses everything that needs a fact.
func TestZeroRulesRefuse(t *testing.T) {
	r := &Rules{}
	if err := r.code("sex", "sex", "F"); err == nil {
		t.Error("a code of no list was taken")
	}
	if s := r.Suggest(Screening{Heard: []string{"D1_JOB"}}, false); !s.Silent || s.Presume {
		t.Errorf("without indicators: %+v", s)
	}
	if _, _, err := r.consentBand(Case{}, noon()); err == nil {
		t.Error("somebody may consent without a rule")
	}
}

func TestChildIsRecounted(t *testing.T) {
	r := burundi(t)
	for name, c := range map[string]struct {
		before bool
		age    date.Age
		after  bool
	}{
		"nothing known":                       {false, date.Age{}, false},
		"said to be a child":                  {true, date.Age{}, true},
		"says 17":                             {false, declared(17), true},
		"says 18":                             {false, declared(18), false},
		"says 24, treated as a child":         {true, declared(24), true},
		"was 17 a year ago, may still be":     {false, date.Age{Years: 17, Basis: date.Declared, Said: today().AddMonths(-11)}, true},
		"was 17 two years ago":                {false, date.Age{Years: 17, Basis: date.Declared, Said: today().AddMonths(-24)}, false},
		"papers of a child, said to be adult": {false, papers(15), true},
	} {
		if got := (Case{Child: c.before, Age: c.age}).recount(r, noon()).Child; got != c.after {
			t.Errorf("%s: child %v, want %v", name, got, c.after)
		}
	}
}

func TestAgeBand(t *testing.T) {
	r := burundi(t)
	for name, c := range map[string]struct {
		of   Case
		band string
	}{
		"unknown":                         {Case{}, "UNKNOWN"},
		"unknown, treated as a child":     {Case{Child: true}, "CHILD"},
		"infant":                          {Case{Age: declared(0), Child: true}, "0-5"},
		"16":                              {Case{Age: declared(16), Child: true}, "15-17"},
		"19 said, treated as a child":     {Case{Age: declared(19), Child: true}, "CHILD"},
		"19":                              {Case{Age: declared(19)}, "18-24"},
		"61":                              {Case{Age: declared(61)}, "60-"},
		"24 or 25: the youngest protects": {Case{Age: date.Age{Years: 24, Basis: date.Declared, Said: today().AddMonths(-6)}}, "18-24"},
	} {
		if got := r.AgeBand(c.of, noon()); got != c.band {
			t.Errorf("%s: %s, want %s", name, got, c.band)
		}
	}
}

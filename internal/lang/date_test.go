package lang

import (
	"testing"

	"inkingi/internal/date"
)

func TestDatesArePrintedAsTheyWereSaid(t *testing.T) {
	l := loaded(t)
	for _, c := range []struct{ said, fr, en string }{
		{"", "", ""},
		{"2026", "2026", "2026"},
		{"2026-11", "novembre 2026", "November 2026"},
		{"2026-11-25", "25 novembre 2026", "25 November 2026"},
		{"2026-08-01", "1er août 2026", "1 August 2026"},
		{"2026~", "vers 2026", "about 2026"},
		{"2026-11?", "novembre 2026 (pas sûr)", "November 2026 (not sure)"},
		{"2026%", "vers 2026 (pas sûr)", "about 2026 (not sure)"},
		{"201X", "années 2010", "the 2010s"},
		{"20XX", "entre 2000 et 2099", "between 2000 and 2099"},
		{"2026-XX", "2026, mois inconnu", "2026, month unknown"},
		{"2026-11-XX", "novembre 2026, jour inconnu", "November 2026, day unknown"},
		{"2019/2021-03", "entre 2019 et mars 2021", "between 2019 and March 2021"},
	} {
		d, err := date.Parse(c.said)
		if err != nil {
			t.Fatalf("%s: %v", c.said, err)
		}
		if got := l.Printer("fr").Date(d); got != c.fr {
			t.Errorf("%s: %q, want %q", c.said, got, c.fr)
		}
		if got := l.Printer("en").Date(d); got != c.en {
			t.Errorf("%s: %q, want %q", c.said, got, c.en)
		}
	}
}

func TestDaysInFourLanguages(t *testing.T) {
	l, d := loaded(t), date.Day{Year: 2026, Month: 11, Day: 25}
	for code, want := range map[string]string{
		"fr": "25 novembre 2026", "en": "25 November 2026", "rn": "25 Munyonyo 2026", "sw": "25 Novemba 2026",
	} {
		if got := l.Printer(code).Day(d); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if got := l.Printer("fr").T("lang.about", "Date", d); got != "vers 25 novembre 2026" {
		t.Errorf("as an argument: %q", got)
	}
	if l.Printer("fr").Day(date.Day{}) != "" {
		t.Error("no day says something")
	}
}

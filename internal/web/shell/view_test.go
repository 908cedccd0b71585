package shell

import (
	"net/netip"
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
)

func prefixes(t *testing.T, all ...string) []netip.Prefix {
	t.Helper()
	var out []netip.Prefix
	for _, one := range all {
		p, err := netip.ParsePrefix(one)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// voiceOf is a view in French, at noon UTC.
func voiceOf(t *testing.T) View {
	t.Helper()
	places, err := place.New([]place.Place{
		{Code: "XX", Name: "Pays", Kind: place.Country}, {Code: "XX-1", Name: "Ruvubu", Kind: place.Province, Parent: "XX"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, func(o *Options) { o.Places, o.Zone = places, time.FixedZone("CAT", 2*3600) })
	h.get("/raise", "")
	return h.seen.View()
}

func TestDeadlines(t *testing.T) {
	v := voiceOf(t)
	from := noon.Add(-2 * time.Hour)
	cases := []struct {
		due   time.Time
		state govuk.ClockState
		text  string
	}{
		{noon.Add(4 * time.Hour), govuk.ClockRuns, "reste 4\u00a0h"},
		{noon.Add(130 * time.Minute), govuk.ClockRuns, "reste 2\u00a0h 10\u00a0min"},
		{noon.Add(20 * time.Minute), govuk.ClockSoon, "reste 20\u00a0min"},
		{noon, govuk.ClockLate, "c’est maintenant"},
		{noon.Add(-35 * time.Minute), govuk.ClockLate, "en retard de 35\u00a0min"},
		{time.Time{}, govuk.ClockStill, ""},
	}
	for _, one := range cases {
		if got := v.Due("Triage", from, one.due); got.State != one.state || got.Text != one.text {
			t.Errorf("due %v: %v %q, want %v %q", one.due, got.State, got.Text, one.state, one.text)
		}
	}
	if got := v.Met("Triage", noon, noon.Add(-time.Hour)).Text; got != "à temps" {
		t.Error(got)
	}
	if got := v.Met("Triage", noon, noon.Add(time.Hour)).Text; got != "avec 1\u00a0h de retard" {
		t.Error(got)
	}
	if a, b := v.Ago(noon.Add(-5*time.Hour)), v.Ago(noon); a != "il y a 5\u00a0h" || b != "à l’instant" {
		t.Error(a, b)
	}
}

func TestAgesAndPlaces(t *testing.T) {
	v := voiceOf(t)
	said := date.Day{Year: 2025, Month: 6, Day: 1}
	for _, one := range []struct {
		age  date.Age
		want string
	}{
		{date.Age{}, "Inconnu"},
		{date.Age{Years: 16, Basis: date.Declared, Said: said}, "entre 17 et 18 ans (dit le 1er juin 2025)"},
		{date.Age{Years: 16, Basis: date.Assessed, Said: date.Day{Year: 2026, Month: 11, Day: 25}}, "16 ans (estimé le 25 novembre 2026)"},
		{date.Age{Months: 4, Basis: date.Documented, Said: date.Day{Year: 2026, Month: 11, Day: 25}}, "4 mois (d’après un document, le 25 novembre 2026)"},
	} {
		if got := v.Age(one.age); got != one.want {
			t.Errorf("%v: %q, want %q", one.age, got, one.want)
		}
	}
	born, err := date.Parse("2010")
	if err != nil {
		t.Fatal(err)
	}
	if got := v.AgeOf(born); got != "entre 15 et 16 ans" {
		t.Error(got)
	}
	for _, one := range []struct {
		given place.Given
		want  string
	}{
		{place.Given{}, "Lieu non précisé"},
		{place.Given{Code: "XX-1"}, "Ruvubu"},
		{place.Given{Written: "près du pont"}, "près du pont"},
		{place.Given{Code: "XX-1", Written: "près du pont"}, "près du pont (Ruvubu)"},
	} {
		if got := v.Place(one.given); got != one.want {
			t.Errorf("%v: %q, want %q", one.given, got, one.want)
		}
	}
	if got := v.DayOf(time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC)); got.Day != 26 {
		t.Error("the day is not the country's", got)
	}
}

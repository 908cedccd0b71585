package lang

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"inkingi/internal/fault"
)

func loaded(t *testing.T) *Lang {
	t.Helper()
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func invented(t *testing.T, content map[string]string) (*Lang, error) {
	t.Helper()
	source := fstest.MapFS{}
	for name, text := range content {
		source["messages/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return load(source)
}

func TestLoadRefusesEveryError(t *testing.T) {
	for name, content := range map[string]map[string]string{
		"not TOML":               {"a.fr.toml": `"a" = `},
		"a number":               {"a.fr.toml": `"a" = 3`},
		"an empty sentence":      {"a.fr.toml": `"a" = " "`},
		"an unknown language":    {"a.de.toml": `"a" = "x"`},
		"a wrong file name":      {"afr.toml": `"a" = "x"`},
		"the same key twice":     {"a.fr.toml": `"a" = "x"`, "b.fr.toml": `"a" = "y"`},
		"a broken placeholder":   {"a.fr.toml": `"a" = "x {{.Name"`},
		"an unknown plural form": {"a.fr.toml": "[a]\none=\"x\"\nother=\"y\"\nfew=\"z\""},
		"no form for one":        {"a.fr.toml": "[a]\nother=\"y\""},
	} {
		if _, err := invented(t, content); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

func TestEveryLanguageSpeaksItsOwnPlural(t *testing.T) {
	forms := "[\"files\"]\none = \"{{.Count}} one\"\nother = \"{{.Count}} other\"\n"
	l, err := invented(t, map[string]string{"a.fr.toml": forms, "a.en.toml": forms, "a.rn.toml": forms, "a.sw.toml": forms})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		code string
		n    int
		want string
	}{
		{"fr", 0, "0 one"}, {"fr", 1, "1 one"}, {"fr", 2, "2 other"}, {"fr", 1000000, "1\u00a0000\u00a0000 other"},
		{"en", 0, "0 other"}, {"en", 1, "1 one"},
		{"rn", 1, "1 one"}, {"rn", 1234, "1.234 other"},
		{"sw", 1, "1 one"}, {"sw", 1234, "1,234 other"},
	} {
		if got := l.Printer(c.code).T("files", "Count", c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.code, c.n, got, c.want)
		}
	}
}

func TestDraftLanguagesFallBackToFrenchAndAreCounted(t *testing.T) {
	l, err := invented(t, map[string]string{
		"a.fr.toml": "\"a\" = \"un\"\n\"b\" = \"deux {{.N}}\"", "a.en.toml": "\"a\" = \"one\"\n\"b\" = \"two {{.N}}\"", "a.rn.toml": `"a" = "rimwe"`,
	})
	if err != nil {
		t.Fatal(err)
	}
	rn := l.Printer("rn")
	if rn.T("a") != "rimwe" || rn.T("b", "N", 2000) != "deux 2.000" || rn.T("c") != "c" {
		t.Errorf("got %q %q %q", rn.T("a"), rn.T("b", "N", 2000), rn.T("c"))
	}
	if said, all := l.Coverage("rn"); said != 1 || all != 2 {
		t.Errorf("coverage %d of %d", said, all)
	}
	if rn.Has("c") || !rn.Has("b") {
		t.Error("Has is wrong")
	}
}

func TestLanguages(t *testing.T) {
	var codes, drafts []string
	for _, one := range loaded(t).Languages() {
		codes = append(codes, one.Code)
		if one.Draft {
			drafts = append(drafts, one.Code)
		}
	}
	if !slices.Equal(codes, []string{"fr", "en", "rn", "sw"}) || !slices.Equal(drafts, []string{"rn", "sw"}) {
		t.Errorf("languages %v, drafts %v", codes, drafts)
	}
}

func TestMatch(t *testing.T) {
	l := loaded(t)
	for _, c := range []struct{ chosen, accept, want string }{
		{"", "", "fr"},
		{"sw", "en", "sw"},
		{"xx", "en-GB,en;q=0.9", "en"},
		{"", "fr-BI,fr;q=0.9,en;q=0.8", "fr"},
		{"", "rn,fr;q=0.5", "rn"},
		{"", "rn-BI", "rn"},
		{"", "sw-TZ", "sw"},
		{"", "de-DE,de;q=0.9", "fr"},
		{"", "de,en;q=0.3", "en"},
		{"", "rw", "fr"},
		{"", ";;;", "fr"},
		{"", strings.Repeat("en,", 500), "fr"},
	} {
		if got := l.Match(c.chosen, c.accept); got != c.want {
			t.Errorf("Match(%q, %.20q) = %s, want %s", c.chosen, c.accept, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	l := loaded(t)
	for _, c := range []struct {
		code string
		n    int
		want string
	}{
		{"fr", 0, "0"}, {"fr", 999, "999"}, {"fr", 1000, "1\u00a0000"}, {"fr", 1234567, "1\u00a0234\u00a0567"}, {"fr", -1234, "\u22121\u00a0234"},
		{"en", 1234567, "1,234,567"}, {"rn", 1234567, "1.234.567"}, {"sw", 1234567, "1,234,567"},
	} {
		if got := l.Printer(c.code).Number(c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
	fr := l.Printer("fr")
	if got := fr.Decimal(-1234.56, 1); got != "\u22121\u00a0234,6" {
		t.Errorf("decimal %q", got)
	}
	if got := fr.Percent(0.256); got != "26\u00a0%" {
		t.Errorf("percent %q", got)
	}
}

func TestTimes(t *testing.T) {
	l, at := loaded(t), time.Date(2026, 11, 30, 22, 5, 0, 0, time.UTC)
	bujumbura := time.FixedZone("CAT", 2*3600)
	for code, want := range map[string]string{
		"fr": "1er décembre 2026, 00\u00a0h\u00a005", "en": "1 December 2026, 00:05",
		"rn": "1 Kigarama 2026, 00:05", "sw": "1 Desemba 2026, 00:05",
	} {
		if got := l.Printer(code).In(bujumbura).Time(at); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	fr := l.Printer("fr")
	if fr.Time(time.Time{}) != "" || fr.Clock(at) != "22\u00a0h\u00a005" {
		t.Errorf("%q %q", fr.Time(time.Time{}), fr.Clock(at))
	}
	for d, want := range map[time.Duration]string{
		0: "moins d’une minute", 59 * time.Second: "moins d’une minute", 4 * time.Minute: "4\u00a0min", -90 * time.Minute: "1\u00a0h 30\u00a0min",
		2 * time.Hour: "2\u00a0h", 72 * time.Hour: "3\u00a0j", 73*time.Hour + time.Minute: "3\u00a0j 1\u00a0h",
	} {
		if got := fr.Span(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestListsAndFaults(t *testing.T) {
	fr := loaded(t).Printer("fr")
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a et b": {"a", "b"}, "a, b et c": {"a", "b", "c"}} {
		if got := fr.List(words); got != want {
			t.Errorf("%v: %q", words, got)
		}
	}
	limit := fault.FieldArgs("story", "fault.too-long", map[string]any{"Max": 2000})
	if got := fr.Fault(limit); got != "Ce texte est trop long\u00a0: 2\u00a0000 caractères au plus." {
		t.Errorf("%q", got)
	}
	if got := fr.Fault(fault.New(fault.Internal, "id.scan")); got != fr.T("fault.internal") {
		t.Errorf("%q", got)
	}
	if fr.Fault(nil) != "" {
		t.Error("no fault says something")
	}
}

func TestZeroPrinterAnswersWithKeys(t *testing.T) {
	var p Printer
	if p.T("a.b") != "a.b" || p.Number(1000) != "1000" || p.Lang() != "" || p.Draft() || p.Has("a.b") || p.Time(time.Unix(0, 0)) == "" {
		t.Error("the zero printer does not answer with keys")
	}
}

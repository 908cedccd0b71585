package place_test

import (
	"strings"
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

var change = date.Day{Year: 2025, Month: 7, Day: 1}

// An invented country, "Urwejo", whose provinces were redrawn on 1 July 2025.
func invented() ([]place.Place, []place.Hint) {
	before := func(code, parent string, kind place.Kind, name string) place.Place {
		return place.Place{Code: place.Code(code), Parent: place.Code(parent), Kind: kind, Name: name, Until: change, Unofficial: true}
	}
	since := func(code, parent string, kind place.Kind, name string) place.Place {
		p := before(code, parent, kind, name)
		p.From, p.Until = change, date.Day{}
		return p
	}
	return []place.Place{
			{Code: "UR", Name: "Urwejo", Kind: place.Country},
			{Code: "ZZ", Name: "Zézélande", Kind: place.Abroad},
			before("UR-A", "UR", place.Province, "Amahoro"),
			before("UR-A-KARUSI", "UR-A", place.Commune, "Karuzi"),
			before("UR-A-MPINGA", "UR-A", place.Commune, "Mpinga-Kayove"),
			before("UR-A-LOST", "UR-A", place.Commune, "Mutanwe"),
			since("UR-P1", "UR", place.Province, "Amahoro"),
			since("UR-P2", "UR", place.Province, "Iburasirazuba"),
			since("UR-C1", "UR-P1", place.Commune, "Karuzi"),
			since("UR-C2", "UR-P1", place.Commune, "Nyabisika"),
			since("UR-C3", "UR-P2", place.Commune, "Éclair"),
			since("UR-Z1", "UR-C1", place.Zone, "Gasenyi"),
			since("UR-Z2", "UR-C2", place.Zone, "Rugari"),
			since("UR-Q1", "UR-Z1", place.Colline, "Gasenyi"),
			since("UR-Q2", "UR-Z2", place.Colline, "Gasenyi"),
			since("UR-Q3", "UR-Z2", place.Colline, "Gasenyi ya Kabiri"),
			since("UR-Q4", "UR-Z2", place.Colline, "Bu'mbwa"),
			since("UR-Q5", "UR-Z1", place.Colline, "Nyagasenyi"),
		}, []place.Hint{
			{Old: "UR-A-KARUSI", New: "UR-C1", Match: place.Exact},
			{Old: "UR-A-MPINGA", New: "UR-C2", Match: place.Ambiguous},
			{Old: "UR-A-MPINGA", New: "UR-C3", Match: place.Ambiguous},
			{Old: "UR-A-LOST", Match: place.NoMatch},
		}
}

func urwejo(t testing.TB) *place.Gazetteer {
	t.Helper()
	g, err := place.New(invented())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var then, now = date.Day{Year: 2019, Month: 3, Day: 1}, date.Day{Year: 2026, Month: 11, Day: 25}

func codes(places []place.Place) string {
	var list []string
	for _, p := range places {
		list = append(list, string(p.Code))
	}
	return strings.Join(list, " ")
}

func TestTheSameNameIsTwoPlacesInTwoFrames(t *testing.T) {
	g := urwejo(t)
	if got := codes(g.Find("karuzi", then, 5)); got != "UR-A-KARUSI" {
		t.Errorf("in 2019: %s", got)
	}
	if got := codes(g.Find("karuzi", now, 5)); got != "UR-C1" {
		t.Errorf("in 2026: %s", got)
	}
	if got := codes(g.Find("karuzi", date.Day{}, 5)); got != "UR-A-KARUSI UR-C1" {
		t.Errorf("on no day in particular: %s", got)
	}
}

func TestTheFirstDayOfAFrameIsInIt(t *testing.T) {
	g := urwejo(t)
	old, _ := g.Place("UR-A-KARUSI")
	young, _ := g.Place("UR-C1")
	if !old.On(change.Add(-1)) || old.On(change) || young.On(change.Add(-1)) || !young.On(change) {
		t.Error("the day of the change belongs to the new frame alone")
	}
	if !old.During(change.Add(-1), change) || old.During(change, now) || !young.During(then, change) || young.During(then, change.Add(-1)) {
		t.Error("a stretch of days")
	}
	if !old.During(date.Day{}, date.Day{}) || !old.During(then, date.Day{}) || old.During(change, date.Day{}) || young.During(date.Day{}, then) {
		t.Error("a stretch with an open side")
	}
}

func TestTree(t *testing.T) {
	g := urwejo(t)
	for _, c := range []struct{ got, want string }{
		{codes(g.Children("UR", then)), "UR-A"},
		{codes(g.Children("UR", now)), "UR-P1 UR-P2"},
		{codes(g.Children("UR-P1", now)), "UR-C1 UR-C2"},
		{codes(g.Children("UR-P1", then)), ""},
		{codes(g.Children("UR-Q1", now)), ""},
		{codes(g.Children("NOWHERE", now)), ""},
		{codes(g.Path("UR-Q1")), "UR UR-P1 UR-C1 UR-Z1 UR-Q1"},
		{codes(g.Path("ZZ")), "ZZ"},
		{codes(g.Path("NOWHERE")), ""},
		{strings.Join(g.Codes("UR-C1"), " "), "UR UR-P1 UR-C1"},
		{g.Label("UR-Q1"), "Gasenyi (Gasenyi, Karuzi, Amahoro)"},
		{g.Label("UR-P1"), "Amahoro"},
		{g.Label("UR"), "Urwejo"},
		{g.Label("NOWHERE"), ""},
		{string(g.Home()), "UR"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if !g.Within("UR-Q1", "UR-P1") || !g.Within("UR-Q1", "UR-Q1") || g.Within("UR-Q1", "UR-P2") ||
		g.Within("UR-Q1", "UR-A") || g.Within("UR-Q1", "") || g.Within("", "") || g.Within("NOWHERE", "NOWHERE") {
		t.Error("within")
	}
	if n := g.Len(place.Colline, now); n != 5 || g.Len(place.Colline, then) != 0 || g.Len(place.Commune, date.Day{}) != 6 {
		t.Errorf("%d collines", n)
	}
}

func TestWhatIsReturnedCannotChangeTheGazetteer(t *testing.T) {
	g := urwejo(t)
	g.Children("UR", now)[0].Name = "X"
	g.Path("UR-P1")[0].Name = "X"
	g.Hints("UR-A-KARUSI")[0].New = "X"
	g.Find("amahoro", now, 5)[0].Name = "X"
	if g.Label("UR-P1") != "Amahoro" || g.Label("UR") != "Urwejo" || g.Hints("UR-A-KARUSI")[0].New != "UR-C1" {
		t.Error("the gazetteer changed")
	}
}

func TestFind(t *testing.T) {
	g := urwejo(t)
	for words, want := range map[string]string{
		"gasenyi":            "UR-Z1 UR-Q1 UR-Q2 UR-Q3", // whole names, wide first; not inside a word
		"GASENYI  ":          "UR-Z1 UR-Q1 UR-Q2 UR-Q3",
		"gas rug":            "UR-Q2 UR-Q3", // the second word is of the path
		"rugari gasenyi":     "UR-Q2 UR-Q3",
		"gasenyi kabiri":     "UR-Q3",
		"gasenyi (rugari, n": "UR-Q2 UR-Q3",
		"eclair":             "UR-C3",
		"É́clair":            "UR-C3", // with a combining accent too many
		"bumbwa":             "UR-Q4",
		"BU’MBWA":            "UR-Q4",
		"zezelande":          "ZZ",
		"karusi":             "UR-C1", // the other spelling
		"carou":              "",
		"nyabisica":          "UR-C2",       // one slip: a letter changed
		"nyabsika":           "UR-C2",       // missed
		"nyabbosika":         "UR-C2",       // changed, and the double letter is one
		"nyabisikan":         "UR-C2",       // added
		"nyaibsika":          "UR-C2",       // exchanged
		"nyaibsiak":          "",            // two slips
		"wyabisika":          "",            // not in the first letter
		"rugri gasnyi":       "UR-Q2 UR-Q3", // one in each word
		"karouzi":            "UR-C1",
		"kalusi amahoro":     "UR-C1",
		"":                   "",
		" - ' ":              "",
		"xyz":                "",
		"gasenyi xyz":        "",
		"iburasirazuba":      "UR-P2",
		"amahoro":            "UR-P1",
		"u\u200brwejo":       "UR",
		"mpinga kayove":      "", // of the old frame
	} {
		if got := codes(g.Find(words, now, 10)); got != want {
			t.Errorf("%q: %s, want %s", words, got, want)
		}
	}
	for _, words := range []string{"mpinga kayove", "Mpinga-Kayove", "mpingakayove", "kayove", "MPINGA–KAYOVE"} {
		if got := codes(g.Find(words, then, 10)); got != "UR-A-MPINGA" {
			t.Errorf("%q in 2019: %s", words, got)
		}
	}
	if got := g.Find("gasenyi", now, 2); len(got) != 2 {
		t.Errorf("%d answers, want 2", len(got))
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"Mpinga-Kayove": "mpinga kayove", "N'Djamena": "ndjamena", "N’Djaména": "ndjamena", "ÉÈÊË": "eeee",
		"  a  b ": "a b", "Cœur Æ ß": "coeur ae ss", "e\u0301": "e", "\u200ba\u202eb": "ab", "Ø1": "o1", "": "", "--": "",
		"Київ": "київ",
	} {
		if got := place.Fold(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestCheck(t *testing.T) {
	g := urwejo(t)
	for _, c := range []struct {
		name       string
		given      place.Given
		on         date.Day
		field, key string
	}{
		{"an old commune with a written colline", place.Given{Code: "UR-A-KARUSI", Written: "Rwahi, près de l'école"}, then, "", ""},
		{"a new colline", place.Given{Code: "UR-Q1"}, now, "", ""},
		{"the country alone", place.Given{Code: "UR"}, now, "", ""},
		{"a town abroad", place.Given{Code: "ZZ", Written: "Muscat"}, now, "", ""},
		{"an old place on no day in particular", place.Given{Code: "UR-A"}, date.Day{}, "", ""},
		{"nothing", place.Given{}, now, "place", "place.missing"},
		{"only words", place.Given{Written: "Rwahi"}, now, "place", "place.missing"},
		{"nowhere", place.Given{Code: "UR-X"}, now, "place", "place.unknown"},
		{"an attack", place.Given{Code: "UR'; --"}, now, "place", "place.code.malformed"},
		{"small letters", place.Given{Code: "ur"}, now, "place", "place.code.malformed"},
		{"an old commune today", place.Given{Code: "UR-A-KARUSI"}, now, "place", "place.not.then"},
		{"a new colline in 2019", place.Given{Code: "UR-Q1"}, then, "place", "place.not.then"},
		{"a long text", place.Given{Code: "UR", Written: strings.Repeat("é", 101)}, now, "written", "place.written.long"},
		{"just short enough", place.Given{Code: "UR", Written: strings.Repeat("é", 100)}, now, "", ""},
		{"a zero-width space", place.Given{Code: "UR", Written: "a\u200bb"}, now, "written", "place.written.characters"},
		{"two lines", place.Given{Code: "UR", Written: "a\nb"}, now, "written", "place.written.characters"},
		{"broken text", place.Given{Code: "UR", Written: "\xff"}, now, "written", "place.written.characters"},
		{"text turned round", place.Given{Code: "UR", Written: "\u202eabc"}, now, "written", "place.written.characters"},
	} {
		err := g.Check(c.given, c.on)
		if c.key == "" {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		} else if f := fault.Of(err); f.Kind != fault.Invalid || f.Field != c.field || f.Key != c.key {
			t.Errorf("%s: %v, want %s at %s", c.name, err, c.key, c.field)
		}
	}
	// "In 2025": before or after the change, nobody knows; both frames serve.
	first, last := date.Day{Year: 2025, Month: 1, Day: 1}, date.Day{Year: 2025, Month: 12, Day: 31}
	for _, code := range []place.Code{"UR-A-KARUSI", "UR-C1"} {
		if err := g.CheckDuring(place.Given{Code: code}, first, last); err != nil {
			t.Errorf("%s during 2025: %v", code, err)
		}
	}
}

func TestHintsSayHowTheyWereFound(t *testing.T) {
	g := urwejo(t)
	if h := g.Hints("UR-A-KARUSI"); len(h) != 1 || h[0].Match != place.Exact || h[0].New != "UR-C1" {
		t.Errorf("%v", h)
	}
	if h := g.Hints("UR-A-MPINGA"); len(h) != 2 || h[0].Match != place.Ambiguous {
		t.Errorf("%v", h)
	}
	if h := g.Hints("UR-A-LOST"); len(h) != 1 || h[0].Match != place.NoMatch || h[0].New != "" {
		t.Errorf("%v", h)
	}
	if h := g.Formerly("UR-C3"); len(h) != 1 || h[0].Old != "UR-A-MPINGA" {
		t.Errorf("%v", h)
	}
	if g.Hints("UR-C1") != nil || g.Formerly("") != nil {
		t.Error("hints out of nothing")
	}
}

func TestGazetteersThatDoNotHoldTogether(t *testing.T) {
	for name, spoil := range map[string]func([]place.Place, []place.Hint) ([]place.Place, []place.Hint){
		"a code twice":     func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { return append(p, p[5]), h },
		"a malformed code": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { p[5].Code = "a b"; return p, h },
		"no name":          func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { p[9].Name = " "; return p, h },
		"an unknown kind":  func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { p[9].Kind = "hill"; return p, h },
		"no parent":        func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { p[9].Parent = ""; return p, h },
		"a parent of the same level": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) {
			p[9].Parent = "UR-C1"
			return p, h
		},
		"a parent that began later": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) {
			p[9].From = then
			return p, h
		},
		"a parent that ended": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { p[9].Parent = "UR-A"; return p, h },
		"an end before the beginning": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) {
			p[9].Until = p[9].From
			return p, h
		},
		"two countries": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) {
			return append(p, place.Place{Code: "UU", Name: "U", Kind: place.Country}), h
		},
		"no country": func([]place.Place, []place.Hint) ([]place.Place, []place.Hint) { return nil, nil },
		"a hint from nowhere": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) {
			return p, append(h, place.Hint{Old: "X", New: "UR-C1", Match: place.Exact})
		},
		"a hint to nowhere": func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { h[0].New = ""; return p, h },
		"a match unknown":   func(p []place.Place, h []place.Hint) ([]place.Place, []place.Hint) { h[0].Match = "sure"; return p, h },
	} {
		if _, err := place.New(spoil(invented())); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestParseCode(t *testing.T) {
	for _, s := range []string{"BI", "BI-QT-01-01-01-01", "BI-RT-MPINGA-KAYOVE", strings.Repeat("A", 40)} {
		if c, err := place.ParseCode(s); err != nil || string(c) != s {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range []string{"", "-", "BI-", "-BI", "BI--A", "bi", "B I", "BÏ", "BI\x00", strings.Repeat("A", 41)} {
		if c, err := place.ParseCode(s); !fault.Is(err, fault.Invalid) || c != "" {
			t.Errorf("%q: %v %v", s, c, err)
		}
	}
}

func TestTheZeroGazetteerKnowsNothing(t *testing.T) {
	var g place.Gazetteer
	if _, ok := g.Place("UR"); ok || g.Find("a", now, 5) != nil || g.Path("UR") != nil || g.Within("UR", "UR") {
		t.Error("it knows something")
	}
	if err := g.Check(place.Given{Code: "UR"}, now); fault.Of(err).Key != "place.unknown" {
		t.Errorf("%v", err)
	}
}

func FuzzPlace(f *testing.F) {
	for _, s := range []string{"gasenyi", "gas rug", "UR-A-KARUSI", "ÉCLAIR", "a\u200b", "\xff\xfe", "' OR 1=1", strings.Repeat("a ", 500)} {
		f.Add(s, "Rwahi", 20)
	}
	g, err := place.New(invented())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words, written string, limit int) {
		found := g.Find(words, now, limit)
		if len(found) > place.MaxFound || limit > 0 && len(found) > limit {
			t.Fatalf("%q: %d answers for %d", words, len(found), limit)
		}
		for _, p := range found {
			if !p.On(now) || g.Check(place.Given{Code: p.Code}, now) != nil {
				t.Fatalf("%q found %s, which cannot be given", words, p.Code)
			}
		}
		folded := place.Fold(words)
		if place.Fold(folded) != folded {
			t.Fatalf("%q folds to %q, and again to %q", words, folded, place.Fold(folded))
		}
		code, err := place.ParseCode(words)
		if (err == nil) != (code != "") || err == nil && string(code) != words {
			t.Fatalf("%q: %q %v", words, code, err)
		}
		given := place.Given{Code: place.Code(words), Written: written}
		if err := g.Check(given, now); err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("%v: %v", given, err)
		} else if _, known := g.Place(given.Code); err == nil && !known {
			t.Fatalf("%v passes", given)
		}
	})
}

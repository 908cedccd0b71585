package countries

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

func on(t testing.TB, s string) date.Day {
	t.Helper()
	d, err := date.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// PROCESS.md §4.3, line by line: every value that was seen stands, and none is chosen.
func TestEveryReadingOfAPenaltyStands(t *testing.T) {
	c := burundi(t)
	for _, x := range []struct {
		code     string
		min, max int
		life     bool
		low, top int64
		source   string
	}{
		{"TIP", 5, 10, false, 100_000, 500_000, "S:YAGA"},
		{"TIP_CHILD", 10, 15, false, 500_000, 2_000_000, "S:WIKI"},
		{"TIP_AGGRAVATED", 15, 20, false, 500_000, 10_000_000, "S:IWACU20"},
		{"TIP_CHILD", 0, 0, true, 0, 0, "S:IWACU20"},
		{"TIP_2009", 5, 10, false, 0, 0, "S:SHERLOC"},
		{"TIP_CHILD_2009", 20, 20, false, 0, 0, "S:SHERLOC"},
	} {
		o, ok := c.Offence(x.code)
		if !ok || !slices.ContainsFunc(o.Readings, func(r Reading) bool {
			return r.MinYears == x.min && r.MaxYears == x.max && r.Life == x.life && r.MinFine == x.low && r.MaxFine == x.top && strings.Contains(r.Source, x.source)
		}) {
			t.Errorf("%s: no reading of %s: %+v", x.code, x.source, o.Readings)
		}
	}
	child, _ := c.Offence("TIP_CHILD")
	if !child.Disputed() || len(child.Standing(on(t, "2026-11-28"))) != len(child.Readings) {
		t.Error("a penalty about which sources differ must show every reading")
	}
	base, _ := c.Offence("TIP")
	unseen, _ := c.Offence("TIP_2017")
	if base.Disputed() || unseen.Disputed() || len(unseen.Readings) != 0 {
		t.Error("one reading, or none, is no dispute")
	}
}

func TestAJuristsReadingStandsAlone(t *testing.T) {
	o := Offence{Readings: []Reading{{MaxYears: 10}, {Life: true, Fact: Fact{Validated: true}}, {MaxYears: 9, Fact: Fact{Until: on(t, "2020-01-01")}}}}
	if got := o.Standing(on(t, "2026-01-01")); len(got) != 1 || !got[0].Life || o.Disputed() {
		t.Errorf("%+v", got)
	}
	o.Readings[1].Validated = false
	if got := o.Standing(on(t, "2026-01-01")); len(got) != 2 || !o.Disputed() {
		t.Errorf("%+v", got)
	}
}

func TestOffencesByTheirDay(t *testing.T) {
	c := burundi(t)
	for day, want := range map[string]string{"2009-04-21": "", "2012-01-01": "TIP_2009 TIP_CHILD_2009", "2014-10-29": "TIP TIP_AGGRAVATED TIP_CHILD",
		"2026-11-28": "TIP TIP_AGGRAVATED TIP_CHILD TIP_2017"} {
		var got []string
		for _, k := range c.Codes(OffenceList, on(t, day)) {
			if k.Attr["trafficking"] == string(IsTrafficking) {
				got = append(got, k.Code)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", day, got, want)
		}
	}
}

// The offences that lie beside trafficking, by PROCESS.md §4.3.
func TestRelatedOffencesAreHeld(t *testing.T) {
	c := burundi(t)
	for code, traf := range map[string]Trafficking{"PIMPING": NearTrafficking, "CHILD_PROSTITUTION": NearTrafficking, "ABDUCTION": NearTrafficking,
		"SEQUESTRATION": NearTrafficking, "FORGERY": NotTrafficking, "CORRUPTION": NotTrafficking, "SMUGGLING": NearTrafficking,
		"CHILD_LABOUR": NearTrafficking, "SEXUAL_VIOLENCE": NearTrafficking, "ILLEGAL_RECRUITMENT": NearTrafficking, "MONEY_LAUNDERING": NotTrafficking} {
		if o, ok := c.Offence(code); !ok || o.Trafficking != traf {
			t.Errorf("%s: %q", code, o.Trafficking)
		}
	}
	for element, code := range map[string]string{"PURPOSE": "SMUGGLING", "MEANS": "SMUGGLING", "ACT": "LABOUR_LAW"} {
		offered := c.OfferedFor(element, on(t, "2026-11-28"))
		if !slices.ContainsFunc(offered, func(o Offence) bool { return o.Code == code }) {
			t.Errorf("without %s: %v", element, offered)
		}
		if slices.ContainsFunc(offered, func(o Offence) bool { return o.Trafficking == IsTrafficking }) {
			t.Errorf("trafficking is offered in its own place")
		}
	}
}

func TestCourts(t *testing.T) {
	c := burundi(t)
	first := 0
	for _, x := range c.Courts(date.Day{}) {
		if x.Kind != FirstCourt {
			continue
		}
		first++
		appeal, _ := c.Court(x.Appeal)
		if top, _ := c.Court(appeal.Appeal); top.Kind != SupremeCourt {
			t.Errorf("%s leads to no Supreme Court", x.Code)
		}
		if !slices.ContainsFunc(c.PoliceServices(date.Day{}), func(u PoliceService) bool { return u.Kind == Prosecution && u.Court == x.Code }) {
			t.Errorf("no prosecutor at %s", x.Code)
		}
	}
	if first != 20 { // 17 provinces outside the city, and three communes in it
		t.Errorf("%d courts of first instance", first)
	}
	for _, x := range []struct{ at, court, appeal string }{
		{"BI-BB", "TGI_BUBANZA", "CA_NTAHANGWA"}, {"BI-BM-MUHA", "TGI_MUHA", "CA_MUHA"}, {"BI-RT", "TGI_RUTANA", "CA_MAKAMBA"},
	} {
		got := c.CourtsFor(place.Code(x.at), on(t, "2026-11-28"))
		if len(got) != 1 || got[0].Code != x.court || got[0].Appeal != x.appeal {
			t.Errorf("%s: %v", x.at, got)
		}
	}
	if got := c.CourtsFor("BI-PR-05", on(t, "2026-11-28")); len(got) < 2 || len(got) > 10 {
		t.Errorf("Gitega of today: %d courts", len(got))
	}
	if got := c.CourtsFor("BI-PR-05-99", on(t, "2026-11-28")); len(got) != 0 {
		t.Errorf("a place that is none: %v", got)
	}
}

// Every place of the frame before 2025 has a court, and only one.
func TestEveryProvinceHasACourt(t *testing.T) {
	c := burundi(t)
	before := on(t, "2025-06-30")
	for _, p := range c.Places.Children(c.Places.Home(), before) {
		courts := c.CourtsFor(p.Code, before)
		if p.Code == "BI-BM" && len(courts) == 3 {
			continue
		}
		if len(courts) != 1 {
			t.Errorf("%s: %d courts", p.Name, len(courts))
		}
	}
}

func TestSpoiledLawIsRefused(t *testing.T) {
	for _, c := range []struct{ name, file, old, new string }{
		{"trafficking unsaid", "bdi/offences.toml", `trafficking = "yes"`, `trafficking = "perhaps"`},
		{"an offence twice", "bdi/offences.toml", `code = "TIP_AGGRAVATED"`, `code = "TIP"`},
		{"a penalty that ends before it begins", "bdi/offences.toml", "min_years = 5", "min_years = 50"},
		{"validated by nobody", "bdi/offences.toml", "validated = false", "validated = true"},
		{"a jurist without a validation", "bdi/offences.toml", "validated = false", "validated = false\nvalidated_by = \"X\""},
		{"a reading without a source", "bdi/offences.toml", `source = "[S:YAGA][S:WIKI] art. 10; years also [S:CEACR17]"`, `source = "art. 10"`},
		{"trafficking offered in its own place", "bdi/offences.toml", `trafficking = "related"`, `trafficking = "yes"`},
		{"offered for what is no element", "bdi/offences.toml", `offered_for = ["PURPOSE"]`, `offered_for = ["MOTIVE"]`},
		{"no article", "bdi/offences.toml", `article = "4, 10"`, `article = ""`},
		{"a court that leads nowhere", "bdi/courts.toml", `appeal = "CA_MUHA"`, `appeal = "CA_MUHAX"`},
		{"a court of first instance that serves nothing", "bdi/courts.toml", `places = ["BI-BB"]`, `places = []`},
		{"a court of an unknown place", "bdi/courts.toml", `places = ["BI-BB"]`, `places = ["BI-XX"]`},
		{"a court of an unknown frame", "bdi/courts.toml", `frame = "before-2025"`, `frame = "before"`},
		{"a prosecutor at no court", "bdi/units.toml", `court = "CS"`, `court = "CSS"`},
		{"a kind unknown", "bdi/units.toml", `kind = "minors"`, `kind = "minor"`},
	} {
		files := copied(t)
		text := string(files[c.file].Data)
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s: %s no longer says %q", c.name, c.file, c.old)
		}
		files[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
		if _, err := load(files, "bdi"); !fault.Is(err, fault.Internal) {
			t.Errorf("%s was accepted", c.name)
		}
	}
}

func TestNoLawIsValidatedYet(t *testing.T) {
	c := burundi(t)
	for _, o := range c.Offences() {
		for _, r := range o.Readings {
			if r.Validated {
				t.Errorf("%s: a reading is said to be validated", o.Code)
			}
		}
		if o.Validated {
			t.Errorf("%s is said to be validated", o.Code)
		}
	}
	for _, x := range c.Courts(date.Day{}) {
		if x.Validated {
			t.Errorf("%s is said to be validated", x.Code)
		}
	}
	for _, x := range c.PoliceServices(date.Day{}) {
		if x.Validated {
			t.Errorf("%s is said to be validated", x.Code)
		}
	}
}

// The checklists of a criminal file speak the words of screening and of HTCDS, so that
// a jurist and a screener mean the same thing; a name that is nobody's is a mistake.
func TestElementsShareTheWordsOfScreening(t *testing.T) {
	c := burundi(t)
	indicators := map[string]bool{}
	for _, i := range c.Indicators() {
		indicators[i.Code] = true
	}
	reached := map[string]bool{}
	for _, k := range c.List(ElementMeans) {
		for _, m := range strings.Fields(k.Maps["means"]) {
			reached[m] = true
			if _, ok := c.Find(Means, m); !ok {
				t.Errorf("%s: no means %q", k.Code, m)
			}
		}
		for _, i := range strings.Fields(k.Maps["ilo"]) {
			if !indicators[i] {
				t.Errorf("%s: no indicator %q", k.Code, i)
			}
		}
	}
	for _, m := range c.List(Means) {
		if !reached[m.Code] && m.Code != "Other" {
			t.Errorf("no element means %s", m.Code)
		}
	}
	for _, k := range c.List(ElementPurpose) {
		reached[k.Maps["exploitation"]] = true
	}
	for _, k := range c.List(Exploitation) {
		if !reached[k.Code] {
			t.Errorf("no purpose for %s", k.Code)
		}
	}
	if n := len(c.List(ElementAct)); n != 5 {
		t.Errorf("%d acts, the Protocol has 5", n)
	}
}

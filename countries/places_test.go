package countries

import (
	"testing"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

var in2019, in2026 = date.Day{Year: 2019, Month: 3, Day: 1}, date.Day{Year: 2026, Month: 11, Day: 25}

func TestBothFramesAreWhole(t *testing.T) {
	g := burundi(t).Places
	for _, c := range []struct {
		kind place.Kind
		on   date.Day
		want int
	}{
		{place.Province, in2019, 18}, {place.Commune, in2019, 119}, {place.Zone, in2019, 0}, {place.Colline, in2019, 0},
		{place.Province, in2026, 5}, {place.Commune, in2026, 42}, {place.Zone, in2026, 451}, {place.Colline, in2026, 3044},
		{place.Country, in2019, 1}, {place.Country, in2026, 1},
	} {
		if got := g.Len(c.kind, c.on); got != c.want {
			t.Errorf("%d of kind %s on %s, want %d", got, c.kind, c.on, c.want)
		}
	}
	for _, c := range []struct {
		code string
		on   date.Day
		want int
	}{{"BI", in2019, 18}, {"BI", in2026, 5}} {
		if got := len(g.Children(place.Code(c.code), c.on)); got != c.want {
			t.Errorf("%d provinces on %s", got, c.on)
		}
	}
}

func TestEveryPlaceIsMarkedUnofficial(t *testing.T) {
	g := burundi(t).Places
	n := 0
	var walk func(place.Code)
	walk = func(c place.Code) {
		for _, p := range g.Children(c, date.Day{}) {
			if n++; !p.Unofficial {
				t.Errorf("%s is said to be official", p.Code)
			}
			walk(p.Code)
		}
	}
	walk("BI")
	if n != 18+119+5+42+451+3044 {
		t.Errorf("%d places", n)
	}
}

// The change happens on one day, which is data; on it the new frame holds.
func TestTheDayOfTheChange(t *testing.T) {
	c := burundi(t)
	change := c.ChangeDay()
	if change != (date.Day{Year: 2025, Month: 7, Day: 1}) {
		t.Errorf("%v", change)
	}
	before, _ := c.FrameOn(change.Add(-1))
	after, _ := c.FrameOn(change)
	if before.Code != "before-2025" || after.Code != "2025" || before.Validated || after.Validated {
		t.Errorf("%v, %v", before, after)
	}
}

// PROCESS.md §13: commune "Karusi" 2019 against 2026 resolves to the right unit.
func TestKarusiThenAndNow(t *testing.T) {
	g := burundi(t).Places
	first := func(words string, on date.Day) place.Code {
		if found := g.Find(words, on, 1); len(found) > 0 {
			return found[0].Code
		}
		return ""
	}
	if got := first("Karusi", in2019); got != "BI-KR" {
		t.Errorf("in 2019: %s", got)
	}
	if got, _ := g.Place(first("karusi", in2026)); got.Kind != place.Commune || got.Name != "Karusi" && got.Name != "Karuzi" {
		t.Errorf("in 2026: %v", got)
	}
}

func TestOlderEventsTakeACommuneAndAWrittenColline(t *testing.T) {
	g := burundi(t).Places
	if err := g.Check(place.Given{Code: "BI-RT-MPINGA-KAYOVE", Written: "Colline de l'école"}, in2019); err != nil {
		t.Error(err)
	}
	if err := g.Check(place.Given{Code: "BI-RT-MPINGA-KAYOVE"}, in2026); fault.Of(err).Key != "place.not.then" {
		t.Errorf("%v", err)
	}
	if err := g.Check(place.Given{Code: "BI-QT-01-01-01-01"}, in2019); fault.Of(err).Key != "place.not.then" {
		t.Errorf("%v", err)
	}
}

func TestEveryOldCommuneHasAHintOrSaysThereIsNone(t *testing.T) {
	g := burundi(t).Places
	matches := map[place.Match]int{}
	for _, province := range g.Children("BI", in2019) {
		for _, commune := range g.Children(province.Code, in2019) {
			hints := g.Hints(commune.Code)
			if len(hints) == 0 {
				t.Errorf("%s has no hint", commune.Code)
				continue
			}
			matches[hints[0].Match]++
			for _, h := range hints {
				if to, ok := g.Place(h.New); h.New != "" && (!ok || to.Kind != place.Commune || !to.On(in2026)) {
					t.Errorf("%s leads to %s", commune.Code, h.New)
				}
			}
		}
	}
	if matches[place.Exact] != 110 || matches[place.Ambiguous] != 4 || matches[place.OtherProvince] != 2 || matches[place.NoMatch] != 3 {
		t.Errorf("%v", matches)
	}
}

func TestCollinesOfTheSameNameHaveDifferentLabels(t *testing.T) {
	g := burundi(t).Places
	found := g.Find("Muyange", in2026, 100)
	labels, whole := map[string]bool{}, 0
	for _, p := range found {
		label := g.Label(p.Code)
		if p.Kind == place.Colline && labels[label] {
			t.Errorf("%s twice", label)
		}
		labels[label] = true
		if p.Kind == place.Colline && p.Name == "Muyange" {
			whole++
		}
	}
	if whole != 17 {
		t.Errorf("%d collines called Muyange, want 17", whole)
	}
}

func TestEveryCollineIsFoundByItsNameAndPath(t *testing.T) {
	g := burundi(t).Places
	n := 0
	for _, p := range g.Children("BI", in2026) {
		for _, c := range g.Children(p.Code, in2026) {
			for _, z := range g.Children(c.Code, in2026) {
				for _, q := range g.Children(z.Code, in2026) {
					n++
					if !holds(g.Find(q.Name+" "+z.Name+" "+c.Name, in2026, 20), q.Code) {
						t.Errorf("%s is not found", g.Label(q.Code))
					}
				}
			}
		}
	}
	if n != 3044 {
		t.Errorf("%d collines", n)
	}
}

func holds(found []place.Place, c place.Code) bool {
	for _, p := range found {
		if p.Code == c {
			return true
		}
	}
	return false
}

func TestPlacesAbroad(t *testing.T) {
	g := burundi(t).Places
	if found := g.Find("arabie", in2026, 3); len(found) != 1 || found[0].Code != "SA" || found[0].Kind != place.Abroad {
		t.Errorf("%v", found)
	}
	if err := g.Check(place.Given{Code: "OM", Written: "Muscat"}, in2026); err != nil {
		t.Error(err)
	}
	if g.Within("SA", g.Home()) {
		t.Error("abroad lies inside")
	}
}

func BenchmarkFind(b *testing.B) {
	g := burundi(b).Places
	for _, words := range []string{"m", "gas", "gasenyi", "muyange ngozi", "karouzi", "nowhere at all"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				g.Find(words, in2026, 20)
			}
		})
	}
}

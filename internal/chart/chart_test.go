package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"inkingi/internal/fault"
)

var words = Words{Title: "Links of the file", Text: "The list below says the same in words.",
	Kinds: map[Kind]string{File: "File", Person: "Person, presumed innocent", Company: "Company", Phone: "Telephone", Vehicle: "Vehicle", Place: "Place"}}

// An invented file: who is named is nobody.
func invented(t testing.TB) Chart {
	t.Helper()
	b2, d4 := Grade{'B', 2}, Grade{'D', 4}
	c, err := New([]Spot{{"f", File, "RMP 45/2026"}, {"p1", Person, "Ndayizigamiye Alias <Kaze> & co"}, {"p2", Person, "Unknown, a tall man with a motorcycle"},
		{"t1", Phone, "+257 00 000 000"}, {"t2", Phone, "+257 00 000 001"}, {"c", Company, "Agence Inyenyeri"}, {"v", Vehicle, "X 0000 A"}, {"l", Place, "Kobero, border"}},
		[]Line{{"p1", "f", "alleged recruiter", []Fact{{"Statement of a traveller", "PV 12/2026", b2}}},
			{"p2", "f", "alleged transporter", []Fact{{"Seen at the border", "PV 12/2026", d4}, {"Ticket", "seizure 2", b2}}},
			{"p1", "t1", "uses", []Fact{{"Card in the telephone", "seizure 1", Grade{'A', 1}}}},
			{"p2", "t2", "uses", []Fact{{"Said by a neighbour", "PV 13/2026", Grade{}}}},
			{"t1", "t2", "call of 3 minutes", []Fact{{"Bill of the operator", "requisition 1", Grade{'A', 1}}}},
			{"p1", "c", "manages", []Fact{{"Register", "document 4", Grade{'A', 2}}}},
			{"p2", "v", "drives", []Fact{{"Seen at the border", "PV 12/2026", d4}}},
			{"v", "l", "was there", []Fact{{"Seen at the border", "PV 12/2026", d4}}}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawn(t testing.TB, c Chart) string {
	t.Helper()
	var s strings.Builder
	if ok, err := c.Draw(&s, words); !ok || err != nil {
		t.Fatal(ok, err)
	}
	return s.String()
}

func TestThePictureIsWellFormedAndTheSame(t *testing.T) {
	c := invented(t)
	svg := drawn(t, c)
	if svg != drawn(t, invented(t)) {
		t.Error("the same links give another picture")
	}
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{`role="img"`, "<title id=\"chart-title\">", "&lt;Kaze&gt; &amp; co", "1 · B2", "2 · B2", "4 · ?", "Person, presumed innocent"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %q", want)
		}
	}
	for _, bad := range []string{"<script", "style=", "href", "onload"} {
		if strings.Contains(svg, bad) {
			t.Errorf("the picture holds %q", bad)
		}
	}
	if n := strings.Count(svg, "stroke-dasharray"); n != 3 {
		t.Errorf("%d broken lines, want those that are not firm", n)
	}
}

// No box lies on another, and no line runs behind one: lines join columns side by side.
func TestNothingLiesOnAnything(t *testing.T) {
	for _, n := range []int{1, 2, 7, 30, Most} {
		var spots []Spot
		var lines []Line
		for i := range n {
			spots = append(spots, Spot{fmt.Sprint(i), Kinds[i%len(Kinds)], "L"})
			if i > 0 {
				lines = append(lines, Line{fmt.Sprint(i), fmt.Sprint((i * i) % i), "x", []Fact{{}}}, Line{fmt.Sprint(i), fmt.Sprint(i / 2), "x", []Fact{{}}})
			}
		}
		c, err := New(spots, lines)
		if err != nil {
			t.Fatal(err)
		}
		at, width, height := c.boxes()
		if n == 7 && width > 1280 {
			t.Errorf("a small chart is %d wide", width)
		}
		for i, a := range at {
			if a.x < 0 || a.y < 0 || a.x+boxWidth > width || a.y+boxHeight > height {
				t.Errorf("%d spots: %d is outside", n, i)
			}
			for j, b := range at[:i] {
				if abs(a.x-b.x) < boxWidth && abs(a.y-b.y) < boxHeight {
					t.Errorf("%d spots: %d lies on %d", n, i, j)
				}
			}
		}
		for _, l := range c.lines {
			if d := abs(at[c.at[l.From]].x - at[c.at[l.To]].x); d > boxWidth+gutter {
				t.Errorf("%d spots: a line runs %d wide, behind a box", n, d)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

func TestNumbersOfLinesStandApart(t *testing.T) {
	c := invented(t)
	at, _, _ := c.boxes()
	var curves [][4]point
	for _, l := range c.lines {
		curves = append(curves, curve(at[c.at[l.From]], at[c.at[l.To]]))
	}
	placed := badges(curves)
	for i, p := range placed {
		for _, q := range placed[:i] {
			if math.Abs(p.x-q.x) < 60 && math.Abs(p.y-q.y) < 20 {
				t.Errorf("two numbers at %v and %v", p, q)
			}
		}
	}
}

// Whoever hears the page or holds a telephone gets all that is drawn.
func TestTheListSaysEverything(t *testing.T) {
	c := invented(t)
	list := c.List()
	if len(list) != 8 || list[0].Spot.Kind != File {
		t.Fatalf("%d items", len(list))
	}
	seen := map[int]int{}
	for _, item := range list {
		for _, l := range item.Links {
			seen[l.Number]++
			if len(l.Facts) == 0 || l.Says == "" || l.Other.ID == item.Spot.ID {
				t.Errorf("%s: %+v", item.Spot.ID, l)
			}
		}
	}
	for n := 1; n <= 8; n++ {
		if seen[n] != 2 {
			t.Errorf("line %d is said %d times", n, seen[n])
		}
	}
	if l := list[2].Links[0]; l.Facts[0].Grade != (Grade{'B', 2}) || l.Grade != (Grade{'B', 2}) || l.Facts[1].Grade != (Grade{'D', 4}) {
		t.Errorf("the best fact is not first: %+v", l)
	}
}

func TestGrades(t *testing.T) {
	for s, want := range map[string]Grade{"B2": {'B', 2}, "f6": {'F', 6}, "": {}} {
		if g, err := ReadGrade(s); err != nil || g != want {
			t.Errorf("%q: %v %v", s, g, err)
		}
	}
	for _, s := range []string{"G1", "A0", "A7", "2B", "B", "B22", "é2"} {
		if _, err := ReadGrade(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q was read", s)
		}
	}
	if (Grade{}).Valid() || (Grade{}).String() != "?" || (Grade{}).firm() || !(Grade{'B', 2}).firm() || (Grade{'C', 1}).firm() {
		t.Error("what is not graded is trusted")
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	fact := []Fact{{}}
	for name, c := range map[string]struct {
		spots []Spot
		lines []Line
	}{
		"a spot twice":        {[]Spot{{"a", Person, ""}, {"a", Person, ""}}, nil},
		"no id":               {[]Spot{{"", Person, ""}}, nil},
		"a kind unknown":      {[]Spot{{"a", "dog", ""}}, nil},
		"a line to nowhere":   {[]Spot{{"a", Person, ""}}, []Line{{"a", "b", "", fact}}},
		"a line to itself":    {[]Spot{{"a", Person, ""}}, []Line{{"a", "a", "", fact}}},
		"a line without fact": {[]Spot{{"a", Person, ""}, {"b", Person, ""}}, []Line{{"a", "b", "", nil}}},
	} {
		if _, err := New(c.spots, c.lines); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	var many []Spot
	for i := range Most + 1 {
		many = append(many, Spot{fmt.Sprint(i), Person, "x"})
	}
	c, err := New(many, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := c.Draw(io.Discard, words); ok || err != nil || len(c.List()) != Most+1 {
		t.Error("a chart of too many is drawn, or not listed")
	}
	if ok, _ := (Chart{}).Draw(io.Discard, words); ok {
		t.Error("nothing is drawn")
	}
}

func BenchmarkDraw(b *testing.B) {
	c := invented(b)
	for b.Loop() {
		if _, err := c.Draw(io.Discard, words); err != nil {
			b.Fatal(err)
		}
	}
}

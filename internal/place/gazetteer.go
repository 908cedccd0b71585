package place

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// Gazetteer holds the places of a country in memory. It does not change once
// made, and many may read it at once. The zero Gazetteer knows no place.
type Gazetteer struct {
	places   []Place // sorted by code
	at       map[Code]int
	children map[Code][]int // sorted by name, then code
	hints    map[Code][]Hint
	former   map[Code][]Hint
	index    index
	home     Code
}

// New builds a gazetteer. It refuses, with a plain error for whoever edits the
// data: a code twice or malformed, no name, an unknown kind, a parent that is
// missing, not wider, or that does not exist all the time its child does, not
// exactly one country, and a hint about a place that is not there.
func New(places []Place, hints []Hint) (*Gazetteer, error) {
	g := &Gazetteer{
		places:   slices.Clone(places),
		at:       make(map[Code]int, len(places)),
		children: map[Code][]int{},
		hints:    map[Code][]Hint{},
		former:   map[Code][]Hint{},
	}
	slices.SortFunc(g.places, func(a, b Place) int { return cmp.Compare(a.Code, b.Code) })
	for i, p := range g.places {
		if _, twice := g.at[p.Code]; twice {
			return nil, fmt.Errorf("place %s: code given twice", p.Code)
		}
		g.at[p.Code] = i
	}
	for i, p := range g.places {
		if err := g.admit(i, p); err != nil {
			return nil, fmt.Errorf("place %s: %w", p.Code, err)
		}
	}
	if g.home == "" {
		return nil, fmt.Errorf("place: no country")
	}
	folded := make([]string, len(g.places))
	for i, p := range g.places {
		folded[i] = Fold(p.Name)
	}
	for _, list := range g.children {
		slices.SortFunc(list, func(a, b int) int {
			return cmp.Or(strings.Compare(folded[a], folded[b]), cmp.Compare(a, b))
		})
	}
	if err := g.hint(hints); err != nil {
		return nil, err
	}
	g.index = newIndex(g, folded)
	return g, nil
}

func (g *Gazetteer) admit(i int, p Place) error {
	if _, err := ParseCode(string(p.Code)); err != nil {
		return err
	}
	if strings.TrimSpace(p.Name) == "" || !p.Kind.Valid() {
		return fmt.Errorf("no name, or unknown kind %q", p.Kind)
	}
	if !p.Until.IsZero() && !p.From.Before(p.Until) {
		return fmt.Errorf("ends before it begins")
	}
	if p.Kind == Country || p.Kind == Abroad {
		if p.Parent != "" || p.Kind == Country && g.home != "" {
			return fmt.Errorf("a second country, or a country inside another")
		}
		if p.Kind == Country {
			g.home = p.Code
		}
		return nil
	}
	up, ok := g.Place(p.Parent)
	if !ok || up.Kind.rank() >= p.Kind.rank() {
		return fmt.Errorf("parent %q is missing or not wider", p.Parent)
	}
	if p.From.Before(up.From) || !up.Until.IsZero() && (p.Until.IsZero() || p.Until.After(up.Until)) {
		return fmt.Errorf("exists when its parent %s does not", p.Parent)
	}
	g.children[p.Parent] = append(g.children[p.Parent], i)
	return nil
}

// Home is the code of the country itself.
func (g *Gazetteer) Home() Code { return g.home }

// Len counts the places of a kind that exist on a day; the zero Day counts all.
func (g *Gazetteer) Len(k Kind, on date.Day) int {
	n := 0
	for _, p := range g.places {
		if p.Kind == k && p.On(on) {
			n++
		}
	}
	return n
}

// Place gives the place of a code.
func (g *Gazetteer) Place(c Code) (Place, bool) {
	i, ok := g.at[c]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// Children gives the places directly inside another on a day, by name. The
// zero Day gives those of all time.
func (g *Gazetteer) Children(parent Code, on date.Day) []Place {
	var list []Place
	for _, i := range g.children[parent] {
		if g.places[i].On(on) {
			list = append(list, g.places[i])
		}
	}
	return list
}

// Path gives the way from the country down to the place, itself included; an
// unknown code gives none.
func (g *Gazetteer) Path(c Code) []Place {
	var path []Place
	for p, ok := g.Place(c); ok; p, ok = g.Place(p.Parent) {
		path = append(path, p)
	}
	slices.Reverse(path)
	return path
}

// Codes is Path as codes, for the facts of a decision.
func (g *Gazetteer) Codes(c Code) []string {
	path := g.Path(c)
	codes := make([]string, len(path))
	for i, p := range path {
		codes[i] = string(p.Code)
	}
	return codes
}

// Within says whether a place is another or lies inside it. An unknown or zero
// ancestor holds nothing.
func (g *Gazetteer) Within(c, ancestor Code) bool {
	for p, ok := g.Place(c); ok; p, ok = g.Place(p.Parent) {
		if p.Code == ancestor {
			return true
		}
	}
	return false
}

// Label is the name with everything above it except the country: "Gasenyi
// (Kiganda, Kiganda, Gitega)". Seventeen collines may share a name; their
// labels differ. An unknown code gives "".
func (g *Gazetteer) Label(c Code) string {
	path := g.Path(c)
	if len(path) == 0 {
		return ""
	}
	name := path[len(path)-1].Name
	var above []string
	for i := len(path) - 2; i > 0; i-- {
		above = append(above, path[i].Name)
	}
	if len(above) == 0 {
		return name
	}
	return name + " (" + strings.Join(above, ", ") + ")"
}

// Check says whether a place could be given for a day: Invalid with the field
// "place" (place.missing, place.code.malformed, place.unknown, place.not.then)
// or "written". The zero Day accepts every frame. Something written needs a
// code above it: the commune, or the country abroad.
func (g *Gazetteer) Check(given Given, on date.Day) error {
	return g.CheckDuring(given, on, on)
}

// CheckDuring is Check for an event remembered as a stretch of days: the place
// must have existed on one of them.
func (g *Gazetteer) CheckDuring(given Given, first, last date.Day) error {
	if given.Code == "" {
		return fault.Field("place", "place.missing")
	}
	if _, err := ParseCode(string(given.Code)); err != nil {
		return fault.Field("place", "place.code.malformed")
	}
	p, ok := g.Place(given.Code)
	if !ok {
		return fault.Field("place", "place.unknown")
	}
	if !p.During(first, last) {
		return fault.FieldArgs("place", "place.not.then",
			map[string]any{"From": p.From.String(), "Until": p.Until.String()})
	}
	return checkWritten(given.Written)
}

package place

import (
	"fmt"
)

// Match says how a hint was found.
type Match string

// The matches. None of them is an authority's word.
const (
	Exact         Match = "exact"          // one candidate, in the province that was expected
	Ambiguous     Match = "ambiguous"      // several candidates
	OtherProvince Match = "other_province" // candidates where they were not expected
	NoMatch       Match = "none"           // nothing was found: ask
)

// Valid says whether m is one of the matches.
func (m Match) Valid() bool {
	return m == Exact || m == Ambiguous || m == OtherProvince || m == NoMatch
}

// Hint says that an old place may be, or lie in, a new one. It helps somebody
// choose; it never replaces what was given, and no figure is counted by it
// without saying so.
type Hint struct {
	Old   Code
	New   Code // "" when Match is none
	Match Match
}

func (g *Gazetteer) hint(hints []Hint) error {
	for _, h := range hints {
		_, oldOK := g.Place(h.Old)
		_, newOK := g.Place(h.New)
		if !oldOK || !h.Match.Valid() || newOK == (h.Match == NoMatch) {
			return fmt.Errorf("hint %s to %q: unknown place or match %q", h.Old, h.New, h.Match)
		}
		g.hints[h.Old] = append(g.hints[h.Old], h)
		if h.New != "" {
			g.former[h.New] = append(g.former[h.New], h)
		}
	}
	return nil
}

// Hints gives what is hinted about an old place; none is possible.
func (g *Gazetteer) Hints(old Code) []Hint { return append([]Hint(nil), g.hints[old]...) }

// Formerly gives the hints that lead to a new place.
func (g *Gazetteer) Formerly(now Code) []Hint { return append([]Hint(nil), g.former[now]...) }

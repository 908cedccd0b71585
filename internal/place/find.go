package place

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"inkingi/internal/date"
)

// MaxFound is the greatest number of answers Find gives.
const MaxFound = 100

// maxWords is how many words of a question are read; the rest are ignored.
const maxWords = 6

// index finds places by the beginnings of the words of their names.
type index struct {
	folded []string   // by place: the folded name
	words  [][]string // by place: the words of the folded name
	paths  [][]string // by place: the words of everything above it
	strict []entry    // sorted by word
	loose  []entry    // sorted by word, in the loose form
}

type entry struct {
	word string
	at   int // the place
}

func newIndex(g *Gazetteer) index {
	x := index{
		folded: make([]string, len(g.places)),
		words:  make([][]string, len(g.places)),
		paths:  make([][]string, len(g.places)),
	}
	for i, p := range g.places {
		x.folded[i] = Fold(p.Name)
		x.words[i] = strings.Fields(x.folded[i])
		for _, w := range x.words[i] {
			x.strict = append(x.strict, entry{w, i})
			x.loose = append(x.loose, entry{loose(w), i})
		}
		if len(x.words[i]) > 1 {
			joined := strings.Join(x.words[i], "")
			x.strict = append(x.strict, entry{joined, i})
			x.loose = append(x.loose, entry{loose(joined), i})
		}
	}
	for i, p := range g.places {
		for up, ok := g.at[p.Parent]; ok; up, ok = g.at[g.places[up].Parent] {
			x.paths[i] = append(x.paths[i], x.words[up]...)
		}
	}
	for _, list := range [][]entry{x.strict, x.loose} {
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(strings.Compare(a.word, b.word), cmp.Compare(a.at, b.at))
		})
	}
	return x
}

// Find gives the places on a day whose name, or path, begins with the words:
// "gas ngo" finds Gasenyi in Ngozi. One word at least must be of the place's
// own name. Exact names come first, then wide places before small ones, then
// by name. When nothing is found, the words are tried again in the spellings
// that sound the same. limit is at most [MaxFound]; 0 means 20. The zero Day
// searches every frame.
func (g *Gazetteer) Find(words string, on date.Day, limit int) []Place {
	if limit <= 0 {
		limit = 20
	}
	asked := strings.Fields(Fold(cut(words)))
	if len(asked) == 0 || len(g.places) == 0 {
		return nil
	}
	asked = asked[:min(len(asked), maxWords)]
	found := g.search(g.index.strict, asked, on, func(s string) string { return s })
	if len(found) == 0 {
		for i := range asked {
			asked[i] = loose(asked[i])
		}
		found = g.search(g.index.loose, asked, on, loose)
	}
	list := make([]Place, 0, min(limit, MaxFound, len(found)))
	for _, f := range found[:min(limit, MaxFound, len(found))] {
		list = append(list, g.places[f])
	}
	return list
}

// cut bounds the work a question can ask for.
func cut(words string) string { return words[:min(len(words), 4*MaxWritten)] }

// search gives the places that match every word, best first.
func (g *Gazetteer) search(entries []entry, asked []string, on date.Day, form func(string) string) []int {
	seen := map[int]bool{}
	var found []int
	for _, word := range asked {
		for _, e := range begins(entries, word) {
			if seen[e.at] {
				continue
			}
			seen[e.at] = true
			if g.places[e.at].On(on) && g.index.matches(e.at, asked, form) {
				found = append(found, e.at)
			}
		}
	}
	whole := strings.Join(asked, " ")
	slices.SortFunc(found, func(a, b int) int {
		pa, pb := g.places[a], g.places[b]
		return cmp.Or(
			cmp.Compare(g.index.distance(a, whole, form), g.index.distance(b, whole, form)),
			cmp.Compare(pa.Kind.rank(), pb.Kind.rank()),
			strings.Compare(g.index.folded[a], g.index.folded[b]),
			cmp.Compare(pa.Code, pb.Code))
	})
	return found
}

// begins gives the entries whose word begins with a prefix.
func begins(entries []entry, prefix string) []entry {
	from := sort.Search(len(entries), func(i int) bool { return entries[i].word >= prefix })
	to := from
	for to < len(entries) && strings.HasPrefix(entries[to].word, prefix) {
		to++
	}
	return entries[from:to]
}

// matches says whether every word asked begins a word of the name or the path.
func (x *index) matches(at int, asked []string, form func(string) string) bool {
	joined := ""
	if len(x.words[at]) > 1 {
		joined = form(strings.Join(x.words[at], ""))
	}
	for _, word := range asked {
		begun := func(w string) bool { return strings.HasPrefix(form(w), word) }
		if !slices.ContainsFunc(x.words[at], begun) && !slices.ContainsFunc(x.paths[at], begun) &&
			!strings.HasPrefix(joined, word) {
			return false
		}
	}
	return true
}

// distance is 0 for the whole name, 1 for its beginning, 2 for anything else.
func (x *index) distance(at int, whole string, form func(string) string) int {
	name := form(x.folded[at])
	switch {
	case name == whole:
		return 0
	case strings.HasPrefix(name, whole):
		return 1
	}
	return 2
}

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

// index finds places by the beginnings of the words of their names. It holds
// the names twice: folded, and in the spellings that sound the same.
type index struct {
	strict, loose names
	order         []int // by place: its rank among equals, by kind, name and code
}

// names are the names of all places, by place, in one form.
type names struct {
	whole   []string
	words   [][]string // the words of the name, and the name in one word
	above   [][]string // the words of everything it lies in
	entries []entry    // sorted by word
}

type entry struct {
	word string
	at   int // the place
}

func newIndex(g *Gazetteer, folded []string) index {
	x := index{strict: newNames(g, folded)}
	loosely := make([]string, len(folded))
	for i, name := range folded {
		loosely[i] = loose(name)
	}
	x.loose = newNames(g, loosely)
	ranked := make([]int, len(g.places))
	for i := range ranked {
		ranked[i] = i
	}
	slices.SortFunc(ranked, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.places[a].Kind.rank(), g.places[b].Kind.rank()),
			strings.Compare(folded[a], folded[b]), cmp.Compare(a, b))
	})
	x.order = make([]int, len(ranked))
	for rank, at := range ranked {
		x.order[at] = rank
	}
	return x
}

func newNames(g *Gazetteer, whole []string) names {
	n := names{whole: whole, words: make([][]string, len(whole)), above: make([][]string, len(whole))}
	for i, name := range whole {
		words := strings.Fields(name)
		if len(words) > 1 {
			words = append(words, strings.Join(words, ""))
		}
		n.words[i] = words
		for _, w := range words {
			n.entries = append(n.entries, entry{w, i})
		}
	}
	for i, p := range g.places {
		for up, ok := g.at[p.Parent]; ok; up, ok = g.at[g.places[up].Parent] {
			n.above[i] = append(n.above[i], n.words[up]...)
		}
	}
	slices.SortFunc(n.entries, func(a, b entry) int {
		return cmp.Or(strings.Compare(a.word, b.word), cmp.Compare(a.at, b.at))
	})
	return n
}

// Find gives the places on a day whose name, or path, begins with the words:
// "gas ngo" finds Gasenyi in Ngozi. One word at least must be of the place's
// own name. Exact names come first, then wide places before small ones, then
// by name. When nothing is found, the words are tried again in the spellings
// that sound the same, and then with one slip of the finger in a long word.
// limit is at most [MaxFound]; 0 means 20. The zero Day searches every frame.
func (g *Gazetteer) Find(words string, on date.Day, limit int) []Place {
	if limit <= 0 {
		limit = 20
	}
	words = words[:min(len(words), 4*MaxWritten)] // bounds the work a question can ask for
	asked := strings.Fields(Fold(words))
	if len(asked) == 0 || len(g.places) == 0 {
		return nil
	}
	asked = asked[:min(len(asked), maxWords)]
	found := g.search(&g.index.strict, asked, on, strings.HasPrefix)
	if len(found) == 0 {
		for i := range asked {
			asked[i] = loose(asked[i])
		}
		found = g.search(&g.index.loose, asked, on, strings.HasPrefix)
	}
	if len(found) == 0 {
		found = g.search(&g.index.loose, asked, on, slipped)
	}
	found = found[:min(limit, MaxFound, len(found))]
	list := make([]Place, len(found))
	for i, f := range found {
		list[i] = g.places[f.at]
	}
	return list
}

// match is a place found, and how far down the answers it stands.
type match struct{ rank, at int }

// search gives the places that match every word, best first. begins says
// whether a word of a name begins with a word that was asked.
func (g *Gazetteer) search(n *names, asked []string, on date.Day, begins func(word, asked string) bool) []match {
	seen := make([]bool, len(g.places))
	whole := strings.Join(asked, " ")
	var found []match
	for _, word := range asked {
		for _, e := range n.near(word) {
			if seen[e.at] || !begins(e.word, word) {
				continue
			}
			seen[e.at] = true
			if g.places[e.at].On(on) && n.match(e.at, asked, begins) {
				rank := n.distance(e.at, whole)*len(g.places) + g.index.order[e.at]
				found = append(found, match{rank, e.at})
			}
		}
	}
	slices.SortFunc(found, func(a, b match) int { return a.rank - b.rank })
	return found
}

// near gives the entries that may begin with a word: those with its first
// letter.
func (n *names) near(word string) []entry {
	prefix := word[:1]
	from := sort.Search(len(n.entries), func(i int) bool { return n.entries[i].word >= prefix })
	to := sort.Search(len(n.entries), func(i int) bool { return n.entries[i].word[:1] > prefix })
	return n.entries[from:to]
}

// match says whether every word asked begins a word of the name or the path.
func (n *names) match(at int, asked []string, begins func(word, asked string) bool) bool {
	for _, a := range asked {
		fits := func(w string) bool { return begins(w, a) }
		if !slices.ContainsFunc(n.words[at], fits) && !slices.ContainsFunc(n.above[at], fits) {
			return false
		}
	}
	return true
}

// slipped says whether a word begins with another in which, after the first
// letter, one letter was missed, added, changed or exchanged with the next. Words
// under five letters are too short to guess at.
func slipped(word, asked string) bool {
	if len(asked) < 5 || word == "" || word[0] != asked[0] {
		return strings.HasPrefix(word, asked)
	}
	i := 0
	for i < len(word) && i < len(asked) && word[i] == asked[i] {
		i++
	}
	w, a := word[i:], asked[i:]
	switch {
	case a == "" || len(a) == 1: // all of it, or all but a last letter
		return true
	case strings.HasPrefix(w, a[1:]): // one added
		return true
	case w == "":
		return false
	case strings.HasPrefix(w[1:], a), strings.HasPrefix(w[1:], a[1:]): // one missed, one changed
		return true
	}
	return len(w) > 1 && w[0] == a[1] && w[1] == a[0] && strings.HasPrefix(w[2:], a[2:])
}

// distance is 0 for the whole name, 1 for its beginning, 2 for anything else.
func (n *names) distance(at int, whole string) int {
	switch {
	case n.whole[at] == whole:
		return 0
	case strings.HasPrefix(n.whole[at], whole):
		return 1
	}
	return 2
}

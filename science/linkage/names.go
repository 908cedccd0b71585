package linkage

import (
	_ "embed" // names.csv
	"slices"
	"strings"
	"sync"
)

//go:embed names.csv
var nameLines string

// equivalents reads names.csv once: every form to the first of its line.
var equivalents = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for line := range strings.Lines(nameLines) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		names := strings.Split(line, ",")
		for _, form := range names {
			if _, taken := forms[Sounds(form)]; !taken {
				forms[Sounds(form)] = Sounds(names[0])
			}
		}
	}
	return forms
})

// Canonical is the sound of the name that a word is a form of: Yohani and Jean
// are one, so are Petero and Pierre. A word that is in no line is its own sound.
func Canonical(word string) string {
	key := Sound(word)
	if first, ok := equivalents()[key]; ok {
		return first
	}
	return key
}

// titled are words before a name that are not part of it.
var titled = []string{"dr", "mr", "mrs", "ms", "mme", "mlle", "hon", "rev", "pere", "soeur", "mgr", "sir"}

// Words are the words of a name, or of several fields of it, folded, in the
// order written, without titles.
func Words(fields ...string) []string {
	var all []string
	for _, f := range fields {
		words := strings.Fields(Fold(f))
		for len(words) > 1 && slices.Contains(titled, words[0]) {
			words = words[1:]
		}
		all = append(all, words...)
	}
	return all
}

// NameKey is what all spellings of a name have in common: the canonical sounds of
// its words in alphabetical order, each once. Jean-Baptiste and Baptiste Yohani
// have one key.
func NameKey(fields ...string) string {
	words := Words(fields...)
	for i, w := range words {
		words[i] = Canonical(w)
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

// Shared compares two names as sets of words, whatever field each word stands
// in: the share of the shorter name's words that the other name has too, by
// canonical sound or as an initial (J for Jean, worth half), 0 to 1, and how
// many words that is at most. Names in pieces are joined too: Bazirahomponyo ye
// is Bazirahomponyoye.
//
// Kirundi surnames are personal: brothers do not share one. So a shared surname
// is strong evidence for a person and weak for a household.
func Shared(a, b []string) (share float64, words int) {
	one := len(a) != len(b) && Sound(strings.Join(a, "")) == Sound(strings.Join(b, ""))
	return shared(a, b, canonicals(a), canonicals(b), one)
}

func canonicals(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = Canonical(w)
	}
	return all
}

// shared is Shared for those who know the canonical sounds ka and kb already, and
// whether the two are one when written without spaces.
func shared(a, b, ka, kb []string, one bool) (share float64, words int) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	if one {
		return 1, max(len(a), len(b))
	}
	if len(a) > len(b) {
		a, b, ka, kb = b, a, kb, ka
	}
	var room [16]bool
	taken := room[:]
	if len(b) > len(room) {
		taken = make([]bool, len(b))
	}
	var sum float64
	for i, w := range a {
		best, worth := -1, 0.0
		for j, v := range b {
			if taken[j] {
				continue
			}
			if now := sameWord(w, v, ka[i], kb[j]); now > worth {
				best, worth = j, now
			}
		}
		if best >= 0 {
			taken[best] = true
			sum += worth
			words++
		}
	}
	return sum / float64(len(a)), words
}

// sameWord is 1 for one name, 1/2 for an initial of it, else 0.
func sameWord(a, b, ka, kb string) float64 {
	switch {
	case ka == kb:
		return 1
	case len(a) == 1 && strings.HasPrefix(b, a), len(b) == 1 && strings.HasPrefix(a, b):
		return 0.5
	}
	return 0
}

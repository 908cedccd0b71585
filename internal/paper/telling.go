package paper

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"inkingi/internal/fault"
)

// Telling are the words that would say why somebody is helped. They may stand on
// nothing that she carries.
type Telling [][]string

// NewTelling reads words and phrases, separated by commas.
func NewTelling(lists ...string) Telling {
	var all Telling
	for _, one := range strings.Split(strings.Join(lists, ","), ",") {
		if words := plainWords(one); len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}

// In says whether one of the words stands in a text, whole, in any case and with
// or without its accents: "traite" stands in "la Traite", not in "traitement".
func (t Telling) In(text string) bool {
	words := plainWords(text)
	for _, phrase := range t {
		for i := range words {
			if i+len(phrase) <= len(words) && slices.Equal(words[i:i+len(phrase)], phrase) {
				return true
			}
		}
	}
	return false
}

// Hide gives the text, or other words in place of one that tells.
func (t Telling) Hide(text, instead string) string {
	if t.In(text) {
		return instead
	}
	return text
}

// Silent refuses a paper on which one of the words stands: the fault is Internal
// and names no word, because whoever made the paper should have hidden it.
func (p Paper) Silent(t Telling) error {
	if slices.ContainsFunc(p.texts(), t.In) {
		return fault.New(fault.Internal, "paper.telling")
	}
	return nil
}

// plainWords are the words of a text in small letters without accents.
func plainWords(text string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

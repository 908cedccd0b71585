package invent

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Names are put together from syllables, so that they sound like names and are
// nobody's.
var (
	firsts  = []string{"Ma", "Ke", "Jo", "Li", "Ne", "Sa", "Ro", "Te", "Do", "Vi"}
	seconds = []string{"ri", "lu", "na", "ze", "mo", "ki", "ba", "ndo", "ti", "sha"}
	lasts   = []string{"ne", "la", "tte", "ra", "line", "so", "mi", "da"}
	roots   = []string{"Nka", "Bi", "Ha", "Mu", "Ru", "Ga", "Si", "Ndu"}
	middles = []string{"ranzo", "veku", "tomba", "sazi", "bondwe", "temu", "ganzi", "lovu"}
	ends    = []string{"ri", "ka", "ndo", "mba", "zi", "ye"}
)

func forename(r *rand.Rand) string {
	return pick(r, firsts...) + pick(r, seconds...) + pick(r, lasts...)
}

func surname(r *rand.Rand) string { return pick(r, roots...) + pick(r, middles...) + pick(r, ends...) }

func fullName(r *rand.Rand) string { return surname(r) + " " + forename(r) }

// phone gives a number of the form a mobile has, in a range kept for invention.
func phone(r *rand.Rand) string { return fmt.Sprintf("79 0%02d %03d", r.IntN(100), r.IntN(1000)) }

// passphrase is easy to type from a table on a screen.
func passphrase(r *rand.Rand) string {
	words := []string{"pilier", "colline", "figuier", "lampe", "panier", "source", "tambour", "sentier", "racine", "rivage"}
	return fmt.Sprintf("%s-%s-%04d", pick(r, words...), pick(r, words...), r.IntN(10000))
}

// login is a short name to sign in with.
func login(shown string, n int) string {
	first, _, _ := strings.Cut(strings.ToLower(shown), " ")
	return fmt.Sprintf("%s.%02d", first, n)
}

package vault

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a name to the form in which it is compared: words in lower case,
// one space between, without accents, apostrophes or invisible characters.
// O'Brien, OBRIEN and O’brien are one; so are Jean-Baptiste and JEAN BAPTISTE,
// Bénédicte and benedicte. Digits of every script become 0 to 9. Folding what
// is folded changes nothing.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	s = strings.ReplaceAll(s, "\u00b4", "") // an accent typed as an apostrophe; decomposed, it would leave a space
	s = strings.ToValidUTF8(s, "\ufffd")    // broken bytes part words, and keep what follows them from being decomposed
	for _, r := range norm.NFKD.String(s) {
		switch {
		case vanishes(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		writeFolded(&b, r)
	}
	return b.String()
}

// vanishes says whether a character joins what stands on both sides of it:
// accents, zero-width and other format characters, and what people type for an
// apostrophe (N'dayi is Ndayi).
func vanishes(r rune) bool {
	if r < 0x80 {
		return r == '\'' || r == '`'
	}
	switch r {
	case '\u2018', '\u2019', '\u201b', '\u2032', '\u2035', // quotes and primes
		'\u02b9', '\u02bb', '\u02bc', '\u02bd', '\u02be', '\u02bf', '\u02c8', '\u02ca', '\u02cb', // modifier letters
		'\u05f3', '\ua78b', '\ua78c':
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// writeFolded writes one letter or number of a decomposed text.
func writeFolded(b *strings.Builder, r rune) {
	switch {
	case r < 0x80:
		b.WriteRune(unicode.ToLower(r))
		return
	case unicode.Is(unicode.Nd, r):
		b.WriteByte('0' + byte(digit(r)))
		return
	}
	// By way of the capital: final sigma and dotless i have one, and only one, partner.
	r = unicode.ToLower(unicode.ToUpper(r))
	if plain := withoutStroke(r); plain != "" {
		b.WriteString(plain)
		return
	}
	b.WriteRune(r)
}

// withoutStroke gives the Latin letters that Unicode does not decompose.
func withoutStroke(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'þ':
		return "th"
	case 'ŋ':
		return "ng"
	case 'ı':
		return "i"
	}
	return ""
}

// digit is the value of a decimal digit of any script. Unicode lays each
// script's ten digits out in order; its tables join neighbours into one range
// that still begins with a zero.
func digit(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if lo, hi := rune(span.Lo), rune(span.Hi); lo <= r && r <= hi {
			return (r - lo) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if lo, hi := rune(span.Lo), rune(span.Hi); lo <= r && r <= hi {
			return (r - lo) % 10
		}
	}
	return 0
}

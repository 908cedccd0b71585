package linkage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text to the form in which it is compared: lower case, one space
// between words, accents and apostrophes gone, hyphens and points a space.
// N’Dayi, NDAYI and ndayi are one; so are Jean-Baptiste and JEAN BAPTISTE.
// Folding what is folded changes nothing.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd")) {
		switch {
		case joins(r):
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

// folded says whether a text is plain lower case with single spaces: most are,
// the second time.
func folded(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			continue
		}
		if c != ' ' || i == 0 || i == len(s)-1 || s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// joins says whether a character joins what stands on its two sides: accents,
// invisible marks, and what people type for an apostrophe.
func joins(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ':
		return true
	}
	return r >= 0x80 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// writeFolded writes one letter or digit of a decomposed text.
func writeFolded(b *strings.Builder, r rune) {
	if r < 0x80 {
		b.WriteRune(unicode.ToLower(r))
		return
	}
	r = unicode.ToLower(unicode.ToUpper(r)) // final sigma and dotless i have one partner only
	switch r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	case 'ø':
		b.WriteByte('o')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ł':
		b.WriteByte('l')
	case 'ŋ':
		b.WriteString("ng")
	case 'ı':
		b.WriteByte('i')
	default:
		b.WriteRune(r)
	}
}

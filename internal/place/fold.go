package place

import (
	"strings"
	"unicode"
)

// Fold brings a name to the form in which names are compared: small letters
// without accents, apostrophes gone, every other sign a single space. "Mpinga-
// Kayove" and "mpinga  kayove" are the same; so are "N'Djamena" and "ndjamena".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´',
			unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			plain(&b, unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// plain writes a small letter without its accent. Only Latin letters have one
// here; other scripts pass as they are.
func plain(b *strings.Builder, r rune) {
	if r < 0x80 {
		b.WriteByte(byte(r))
		return
	}
	for _, line := range [...]struct{ accented, base string }{
		{"àáâãäåāăąǎ", "a"}, {"çćĉċč", "c"}, {"ďđð", "d"}, {"èéêëēĕėęě", "e"},
		{"ĝğġģ", "g"}, {"ĥħ", "h"}, {"ìíîïĩīĭįıǐ", "i"}, {"ĵ", "j"}, {"ķ", "k"},
		{"ĺļľŀł", "l"}, {"ñńņňŋ", "n"}, {"òóôõöøōŏőǒ", "o"}, {"ŕŗř", "r"},
		{"śŝşšș", "s"}, {"ţťŧț", "t"}, {"ùúûüũūŭůűųǔ", "u"}, {"ŵ", "w"},
		{"ýÿŷ", "y"}, {"źżž", "z"}, {"æ", "ae"}, {"œ", "oe"}, {"ß", "ss"}, {"þ", "th"},
	} {
		if strings.ContainsRune(line.accented, r) {
			b.WriteString(line.base)
			return
		}
	}
	b.WriteRune(r)
}

// loose brings folded words to a form in which the usual spellings of one
// sound agree: French and Kirundi orthography write r or l, z or s, ou or u,
// ch, tch or c, and double vowels freely (PROCESS.md §12.1) [J]. Karusi and
// Karuzi meet here.
func loose(words string) string {
	var b strings.Builder
	b.Grow(len(words))
	var last byte
	for i := 0; i < len(words); i++ {
		c := words[i]
		rest := words[i:]
		switch {
		case strings.HasPrefix(rest, "tch"):
			c, i = 'c', i+2
		case strings.HasPrefix(rest, "ch"):
			c, i = 'c', i+1
		case strings.HasPrefix(rest, "ou"):
			c, i = 'u', i+1
		case strings.HasPrefix(rest, "qu"):
			c, i = 'k', i+1
		case c == 'l':
			c = 'r'
		case c == 'z':
			c = 's'
		case c == 'j':
			c = 'y'
		}
		if c != last {
			b.WriteByte(c)
		}
		last = c
	}
	return b.String()
}

package paper

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// lacking stands for a letter that the font does not have.
const lacking = '□'

// fonts are the two faces, read once: only their list of letters is used here.
var fonts = sync.OnceValue(func() []*sfnt.Font {
	var all []*sfnt.Font
	for _, file := range [][]byte{goregular.TTF, gobold.TTF} {
		one, err := sfnt.Parse(file)
		if err != nil {
			panic("paper: the font that is built in cannot be read: " + err.Error())
		}
		all = append(all, one)
	}
	return all
})

// drawable says whether both faces have a letter.
func drawable(r rune) bool {
	if r > 0xFFFF { // the PDF writer has two bytes a letter
		return false
	}
	for _, one := range fonts() {
		if i, err := one.GlyphIndex(nil, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// legible makes a text of letters that the font has, on lines: accents are
// composed, what cannot be seen is left out, what cannot be drawn is a square.
func legible(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, string(lacking)), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u00a0':
			return r
		case r == '\u202f' || r == '\u2007': // unbreakable spaces of other widths
			return '\u00a0'
		case r == '\u2011': // an unbreakable hyphen: lines are never broken at one
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
			return -1
		}
		return nearest(r)
	}, norm.NFC.String(text))
}

// nearest is the letter itself, the same without its accent, or the square.
func nearest(r rune) rune {
	if drawable(r) {
		return r
	}
	if bare, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r))); drawable(bare) {
		return bare
	}
	return lacking
}

// wrap breaks a legible text into lines that are at most as wide as given: at
// spaces, and inside a word only where the word alone is wider than a line. No
// letter is lost; a letter wider than the line stands alone.
func wrap(text string, width float64, measure func(string) float64) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' }) {
			longer := word
			if line != "" {
				longer = line + " " + word
			}
			if measure(longer) <= width {
				line = longer
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			var whole []string
			whole, line = cut(word, width, measure)
			lines = append(lines, whole...)
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// cut breaks one word into full lines and what is left of it.
func cut(word string, width float64, measure func(string) float64) (whole []string, rest string) {
	for _, r := range word {
		if rest != "" && measure(rest+string(r)) > width {
			whole, rest = append(whole, rest), ""
		}
		rest += string(r)
	}
	return whole, rest
}

package shell

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean takes out what cannot be seen: control characters, zero-width
// characters, marks that turn the direction of a text round, private and
// unassigned ones. Two names that look alike must be alike. With lines, line
// breaks and tabs stay.
func clean(s string, lines bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return hidden(r, lines) }) && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if hidden(r, lines) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

func hidden(r rune, lines bool) bool {
	switch {
	case r == '\n' || r == '\t' || r >= 0xfe00 && r <= 0xfe0f: // line breaks; the colour of a pictogram
		return !lines
	case r < 0x7f:
		return r < 0x20
	case r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800: // fillers that print as nothing
		return true
	case r == 0x034f || r >= 0xe0100 && r <= 0xe01ef: // joiners and variants
		return true
	case r == 0x2028 || r == 0x2029:
		return true
	}
	return unicode.Is(unicode.C, r)
}

// control finds what no password holds on purpose.
func control(r rune) bool { return r < 0x20 || r == 0x7f || r == utf8.RuneError }

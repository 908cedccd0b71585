package account

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"

	"inkingi/internal/fault"
)

// blocked holds passwords that are tried first: from public lists of the most
// common ones, and what people here would choose [J].
//
//go:embed blocked.txt
var blocked string

// enough is the least score of zxcvbn: "safely unguessable", 10^8 guesses [J].
const enough = 3

// scored is how much of a password is judged: zxcvbn takes quadratic time.
const scored = 64

// CheckPassword says whether a new password is good: long enough, not on the
// list of those tried first, and hard to guess for somebody who knows the
// account and the country (words: the name, the organisation, places).
// Composition is not asked. Faults at the field "password".
func CheckPassword(s Secret, words []string) error {
	text := string(s)
	length := utf8.RuneCountInString(text)
	switch {
	case length < minSecret:
		return fault.FieldArgs("password", "account.password.short", map[string]any{"Min": minSecret})
	case length > maxSecret:
		return fault.FieldArgs("password", "fault.too-long", map[string]any{"Max": maxSecret})
	case !printable(text):
		return fault.Field("password", "fault.characters")
	}
	folded := strings.ToLower(text)
	for _, line := range strings.Split(blocked, "\n") {
		if line != "" && (folded == line || strings.Trim(folded, "0123456789!?.*#@ -_") == line) {
			return fault.Field("password", "account.password.common")
		}
	}
	known := knownWords(words)
	judged := []rune(text)
	if len(judged) > scored {
		judged = judged[:scored]
	}
	if zxcvbn.PasswordStrength(string(judged), known).Score < enough {
		return fault.Field("password", "account.password.weak")
	}
	return nil
}

// knownWords gives the words somebody who knows the account would try, alone
// and written together.
func knownWords(words []string) []string {
	var known []string
	for _, word := range append([]string{"inkingi", "traite", "victime", "protection"}, words...) {
		parts := strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return strings.ContainsRune(" ._@-’'", r) })
		for _, part := range append(parts, strings.Join(parts, "")) {
			if len(part) > 2 {
				known = append(known, part)
			}
		}
	}
	return known
}

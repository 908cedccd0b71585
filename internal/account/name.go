package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"inkingi/internal/fault"
)

// Lengths of what people type here.
const (
	maxName   = 60
	maxShown  = 80
	minSecret = 10 // [J]; length, not composition: NIST SP 800-63B 5.1.1.2 [M]
	maxSecret = 200
)

// FoldName gives the one form of a sign-in name: lower case, without spaces
// around it.
func FoldName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// CheckName says whether a folded name can be one: letters a–z, digits and
// ._@- , 3 to 60 of them. It need not be an e-mail address.
func CheckName(name string) error {
	if len(name) < 3 || len(name) > maxName {
		return fault.FieldArgs("name", "account.name.length", map[string]any{"Min": 3, "Max": maxName})
	}
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("._@-", c) >= 0) {
			return fault.Field("name", "account.name.characters")
		}
	}
	return nil
}

// checkShown holds for names of people and organisations alike.
func checkShown(field, text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fault.Field(field, "account.shown.missing")
	case utf8.RuneCountInString(text) > maxShown:
		return fault.FieldArgs(field, "fault.too-long", map[string]any{"Max": maxShown})
	case !printable(text):
		return fault.Field(field, "fault.characters")
	}
	return nil
}

// printable refuses control, format and private characters: what cannot be seen
// cannot be told apart.
func printable(text string) bool {
	if !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if r == utf8.RuneError || unicode.In(r, unicode.C) {
			return false
		}
	}
	return true
}

// checkPhone takes the international form only: + and 8 to 15 digits (E.164).
func checkPhone(text string) error {
	if len(text) < 9 || len(text) > 16 || text[0] != '+' || strings.Trim(text[1:], "0123456789") != "" || text[1] == '0' {
		return fault.Field("address", "account.channel.phone")
	}
	return nil
}

// checkMail is deliberately simple: only the answer of a server proves an address.
func checkMail(text string) error {
	local, domain, found := strings.Cut(text, "@")
	if !found || local == "" || len(text) > 254 || !printable(text) || strings.ContainsAny(text, " <>,;\"\\") ||
		strings.Contains(domain, "@") || !strings.Contains(strings.Trim(domain, "."), ".") {
		return fault.Field("address", "account.channel.mail")
	}
	return nil
}

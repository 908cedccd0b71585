package vault

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A telephone number is compared by its last eight digits: 079 12 34 56,
// 79123456, +257 79 12 34 56 and 00257… are one, and so is a neighbour's
// nine-digit number with and without its prefix, without any country's plan in
// the code. Two countries may share eight last digits; a person looks at what
// is found. [J]
const (
	phoneKept = 8
	phoneMin  = 6  // below that it is a short number or a house: not indexed
	phoneMax  = 15 // ITU-T E.164; more digits are two numbers run together
)

// numbers finds the telephone numbers of a text. A number goes on over spaces,
// points, hyphens and brackets; a plus sign, a slash, a comma, a new line or a
// word begins another.
func numbers(text string) []string {
	var all []string
	var run strings.Builder
	end := func() {
		all = append(all, runOf(run.String())...)
		run.Reset()
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Nd, r):
			run.WriteByte('0' + byte(digit(r)))
		case r == ' ':
			run.WriteByte(' ')
		case vanishes(r) || r == '.' || r == '(' || r == ')' || unicode.Is(unicode.Pd, r):
		default:
			end()
		}
	}
	end()
	return all
}

// runOf cuts one run of digits and spaces into numbers.
func runOf(run string) []string {
	whole := strings.ReplaceAll(run, " ", "")
	if len(whole) <= phoneMax {
		return oneNumber(whole)
	}
	var all []string
	for _, group := range strings.Fields(run) {
		all = append(all, oneNumber(group)...)
	}
	if all == nil {
		return oneNumber(whole)
	}
	return all
}

func oneNumber(digits string) []string {
	digits = strings.TrimLeft(digits, "0")
	if len(digits) < phoneMin {
		return nil
	}
	return []string{digits[max(0, len(digits)-phoneKept):]}
}

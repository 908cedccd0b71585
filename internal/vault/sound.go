package vault

import "strings"

// Sound gives the Kirundi sound of each word, for names that are heard and
// spelt as one hears them.
func Sound(s string) []string {
	return strings.Fields(Fold(s))
}

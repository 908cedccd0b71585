package vault

import (
	"fmt"
	"io"
	"log/slog"
	"unicode/utf8"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// dots is all that a Text ever prints.
const dots = "•••"

// Text is something about a person: clear as somebody just typed it, or sealed
// as the store read it. It prints as dots in every verb, and no encoder takes
// it. Two Texts cannot be compared: the code does not compile. The zero Text is
// empty.
//
// The content stands in a closure, because fmt prints the unexported fields of
// other structs without asking Format, and with a verb it does not know it
// follows even pointers. A closure has nothing to follow.
type Text struct {
	content func() content // nil: empty
}

type content struct {
	clear  string
	sealed *sealed // nil: clear
}

// opener is what opening needs to know of an [access.Grant].
type opener interface {
	Allows() bool
	Opens(subject ids.UUID) bool
}

// Clear takes what somebody typed. From here on it opens only with a grant.
func Clear(s string) Text {
	if s == "" {
		return Text{}
	}
	return textOf(content{clear: s})
}

func textOf(c content) Text { return Text{func() content { return c }} }

// IsZero says whether there is nothing in it.
func (t Text) IsZero() bool { return t.content == nil }

// Sealed says whether the text came sealed from the store.
func (t Text) Sealed() bool { return t.content != nil && t.content().sealed != nil }

// Fits says whether the text is valid UTF-8 of at most max characters, for the
// Check of a command. What is sealed was checked before and fits.
func (t Text) Fits(max int) bool {
	if t.content == nil {
		return true
	}
	c := t.content()
	return c.sealed != nil || utf8.ValidString(c.clear) && utf8.RuneCountInString(c.clear) <= max
}

// Open gives the text to the holder of a grant. A sealed text needs the grant
// of its own subject; a clear one has no subject yet and needs any grant that
// came from a decision.
//
// Faults: Withheld "vault.withheld" without the right grant; NotFound
// "vault.erased" when the subject's key was destroyed; Unavailable
// "vault.locked" when the organisation holds its own key and has not unlocked
// it; Internal "vault.broken" when the value was altered or moved.
func (t Text) Open(g access.Grant) (string, error) { return t.open(g) }

func (t Text) open(o opener) (string, error) {
	if !o.Allows() {
		return "", fault.New(fault.Withheld, "vault.withheld")
	}
	if t.content == nil {
		return "", nil
	}
	c := t.content()
	if c.sealed == nil {
		return c.clear, nil
	}
	if !o.Opens(c.sealed.key.Subject) {
		return "", fault.New(fault.Withheld, "vault.withheld")
	}
	return c.sealed.open()
}

// Format prints dots, whatever the verb.
func (t Text) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, dots) }

// String gives dots.
func (t Text) String() string { return dots }

// LogValue gives dots.
func (t Text) LogValue() slog.Value { return slog.StringValue(dots) }

// MarshalText refuses: what leaves must have been opened with a grant. It
// answers for XML and every format built on text as well.
func (t Text) MarshalText() ([]byte, error) { return nil, refuse() }

// MarshalJSON refuses, like MarshalText.
func (t Text) MarshalJSON() ([]byte, error) { return nil, refuse() }

// MarshalBinary refuses, like MarshalText.
func (t Text) MarshalBinary() ([]byte, error) { return nil, refuse() }

// GobEncode refuses, like MarshalText.
func (t Text) GobEncode() ([]byte, error) { return nil, refuse() }

func refuse() error { return fault.New(fault.Internal, "vault.unwritable") }

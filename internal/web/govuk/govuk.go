// Package govuk draws the components of the GOV.UK Design System for pages that
// must work on an old phone, without script, for a tired or frightened person.
//
// The promise: every component we use gives the same HTML as govuk-frontend's
// own template for the same options. A test renders every fixture that
// govuk-frontend ships and compares; what differs is listed there with a reason.
// Beside them stand components of our own (file names begin with ink_), which
// no fixture knows, and the built style sheet and script (see [Asset]).
//
// A component is a struct that implements [templ.Component]; its fields mirror
// the options of the Nunjucks macro of the same name. In a template:
//
//	@govuk.Input{
//		Name:         "phone",
//		Label:        govuk.Label{Text: v.T("signal.phone.label")},
//		Hint:         govuk.Hint{Text: v.T("signal.phone.hint")},
//		ErrorMessage: govuk.ErrorMessage{Text: v.Fault("phone")},
//		Value:        v.Phone,
//	}
//
// Empty nested params draw nothing: a Hint or an ErrorMessage without text is
// as good as absent, so a page need not ask. Where a component takes HTML, the
// slot is a templ.Component, never a string; HTML wins over Text. Words that a
// component needs and the page did not give ("Error:", "Menu") come from the
// context (see [WithWords]); without them they are govuk-frontend's English.
//
// What the room does not do: it knows no route, no session, no translation file
// and no record. It uses no crown, no GDS typeface and no image of theirs.
package govuk

import (
	"context"
	"strings"

	"github.com/a-h/templ"
)

// Maybe is a choice that may be left open, where the design system tells apart
// "not said" from "no".
type Maybe uint8

// The choices. The zero value is left open.
const (
	Unset Maybe = iota
	Yes
	No
)

// Is turns a known answer into a Maybe: Yes or No, never Unset.
func Is(b bool) Maybe {
	if b {
		return Yes
	}
	return No
}

func (m Maybe) String() string {
	return [...]string{"", "true", "false"}[min(m, No)]
}

// Slot is a piece of a page given as plain text or as a component.
type Slot struct {
	Text string
	HTML templ.Component
}

func (s Slot) given() bool { return s.Text != "" || s.HTML != nil }

// Text makes a component of plain text, escaped, for slots that only take HTML.
func Text(s string) templ.Component { return text(s) }

// Join draws components one after the other.
func Join(parts ...templ.Component) templ.Component { return templ.Join(parts...) }

// classes joins class lists, leaving the empty ones out.
func classes(lists ...string) string { return join(lists) }

// describe joins the ids of the elements that describe a field.
func describe(ids ...string) string { return join(ids) }

func join(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w = strings.TrimSpace(w); w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// or gives the first of its words that is not empty.
func or(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// when gives the class only if the condition holds.
func when(cond bool, class string) string {
	if cond {
		return class
	}
	return ""
}

// suffixed gives the id of a helper element, or nothing if there is no helper.
func suffixed(cond bool, id, suffix string) string {
	if !cond {
		return ""
	}
	return id + suffix
}

type wordsKey struct{}

// WithWords puts the reader's words for the components into the context. The
// shell calls it once a request.
func WithWords(ctx context.Context, w Words) context.Context {
	return context.WithValue(ctx, wordsKey{}, w)
}

// words gives the reader's words, or govuk-frontend's English.
func words(ctx context.Context) Words {
	if w, ok := ctx.Value(wordsKey{}).(Words); ok {
		return w
	}
	return English()
}

// Package fault says what went wrong, once, in a way that a page, the API and
// the log each understand.
//
// A fault carries a kind, a translation key and, where a person can mend it,
// the field. It never carries a name, a place or a story: the key is looked up
// in the reader's language, and identifiers are the only detail a log may hold.
package fault

import (
	"errors"
	"strings"
)

// Kind decides how a fault is answered.
type Kind uint8

// The kinds. The zero kind is Internal: what nobody classified is our failure.
const (
	Internal    Kind = iota // our failure
	Invalid                 // the person can correct it; has a field
	Denied                  // may know, may not do
	Withheld                // may not know whether it exists
	NotFound                // does not exist
	Stale                   // someone changed it first
	Unavailable             // a partner or an engine is away
)

var kinds = [...]string{"internal", "invalid", "denied", "withheld", "not found", "stale", "unavailable"}

func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k]
	}
	return kinds[Internal]
}

// Fault is one thing that went wrong.
type Fault struct {
	Kind  Kind
	Field string         // the form field, for Invalid
	Key   string         // translation key
	Args  map[string]any // numbers and codes for the translation; never personal
	cause error
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Kind.String() + ": " + f.Key)
	if f.Field != "" {
		b.WriteString(" (" + f.Field + ")")
	}
	if f.cause != nil {
		b.WriteString(": " + f.cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.cause }

// New makes a fault of a kind.
func New(kind Kind, key string) error { return &Fault{Kind: kind, Key: key} }

// Field makes an Invalid fault that stands at a form field.
func Field(field, key string) error { return &Fault{Kind: Invalid, Field: field, Key: key} }

// FieldArgs is Field with values for the translation, such as a limit.
func FieldArgs(field, key string, args map[string]any) error {
	return &Fault{Kind: Invalid, Field: field, Key: key, Args: args}
}

// At moves an Invalid fault to a form field, so that a rule which knows no form
// can stand at the right input. Any other error, and nil, come back unchanged.
func At(field string, err error) error {
	f, ok := err.(*Fault)
	if !ok || f.Kind != Invalid {
		return err
	}
	moved := *f
	moved.Field = field
	return &moved
}

// Wrap gives cause a kind and a key. A nil cause gives nil.
func Wrap(kind Kind, key string, cause error) error {
	if cause == nil {
		return nil
	}
	return &Fault{Kind: kind, Key: key, cause: cause}
}

// Join gathers the faults of a form; nils are dropped, and none gives nil.
func Join(errs ...error) error { return errors.Join(errs...) }

// Of finds the first fault in err's tree; an error nobody classified comes back as Internal.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return &Fault{Kind: Internal, Key: "fault.internal", cause: err}
}

// Is says whether err's first fault is of this kind. A nil error is of no kind.
func Is(err error, kind Kind) bool { return err != nil && Of(err).Kind == kind }

// Fields lists the Invalid faults in err's tree, in order, for an error summary.
func Fields(err error) []*Fault {
	switch e := err.(type) {
	case nil:
		return nil
	case *Fault:
		if e.Kind == Invalid {
			return []*Fault{e}
		}
		return Fields(e.cause)
	case interface{ Unwrap() []error }:
		var all []*Fault
		for _, one := range e.Unwrap() {
			all = append(all, Fields(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		return Fields(e.Unwrap())
	}
	return nil
}

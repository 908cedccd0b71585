// Package audit keeps the promise that what was done can be shown, and that
// nothing was altered since.
//
// Every write, every reading of identity and every refusal is an [Entry]. An
// Entry is made from a Grant ([Of]) or from a refusal ([Refused]) and from
// nothing else; the zero Entry is refused by whoever stores it. Stored, it is
// a [Line] with the hashes of the rows it touched ([Row]), encoded in one
// canonical way ([Encode]), and a leaf of a Merkle tree (RFC 6962) whose size
// and root are signed ([Key.Sign], C2SP tlog-checkpoint) so that an outsider can
// verify it with public tools. [Verify] finds what was altered.
//
// The room holds no content: identifiers, codes and kinds only. It reads no
// record and writes none; store brings both. A hash of a row stays in the log
// after the row is erased: it says nothing to whoever cannot guess every
// column of that row, its random ciphertexts and its times included.
package audit

import (
	"crypto/rand"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Line is what an entry says, for whoever reads the log. Making a Line makes
// no Entry: only decisions do.
type Line struct {
	ID      ids.Entry
	Part    int       // an act that touches very many rows has several leaves
	At      time.Time // UTC, milliseconds
	Account ids.Account
	Session ids.Session
	Post    ids.Post
	Role    access.Role
	Org     ids.Org
	Action  access.Action
	Purpose access.Purpose
	Kind    access.Kind
	Object  ids.UUID
	Subject ids.UUID
	Refusal string // "" when granted, else the kind of the fault
	About   []Ref
	Codes   []Code
}

// Ref names another record that the act was about.
type Ref struct {
	Kind access.Kind
	ID   ids.UUID
}

// Code is one circumstance of the act: a state, a danger level, a channel.
type Code struct{ Key, Code string }

// Entry is the proof that an act will be recorded. The zero Entry is refused.
type Entry struct {
	line   Line
	made   bool
	spoilt bool // something was added that is no code
}

// Of makes the entry of an act that was granted. A Grant that allows nothing
// gives the zero Entry.
func Of(g access.Grant, at time.Time) Entry {
	if !g.Allows() {
		return Entry{}
	}
	return entry(g.Who(), g.Action(), g.Object(), g.Purpose(), "", at)
}

// Refused makes the entry of a refusal: kind is that of the fault the decision
// gave, Denied or Withheld; another kind gives the zero Entry.
func Refused(w access.Who, a access.Action, o access.Object, p access.Purpose, kind fault.Kind, at time.Time) Entry {
	if kind != fault.Denied && kind != fault.Withheld {
		return Entry{}
	}
	return entry(w, a, o, p, kind.String(), at)
}

func entry(w access.Who, a access.Action, o access.Object, p access.Purpose, refusal string, at time.Time) Entry {
	at = at.UTC().Truncate(time.Millisecond)
	return Entry{made: true, line: Line{
		ID: ids.At[ids.Entry](at, rand.Reader), At: at,
		Account: w.Account, Session: w.Session, Post: w.Post.ID, Role: w.Post.Role, Org: w.Post.Org,
		Action: a, Purpose: p, Kind: o.Kind, Object: o.ID, Subject: o.Subject, Refusal: refusal,
	}}
}

// About gives the entry one more record that the act is about.
func (e Entry) About(kind access.Kind, id ids.UUID) Entry {
	if id.IsZero() || !isCode(string(kind)) {
		e.spoilt = true
		return e
	}
	e.line.About = append(slices.Clip(e.line.About), Ref{kind, id})
	return e
}

// With gives the entry one circumstance. Both are codes: letters, digits and
// ._:+-/ up to 64; anything else, a sentence for instance, spoils the entry.
func (e Entry) With(key, code string) Entry {
	if !isCode(key) || !isCode(code) {
		e.spoilt = true
		return e
	}
	e.line.Codes = append(slices.Clip(e.line.Codes), Code{key, code})
	return e
}

// Valid says whether the entry may be stored.
func (e Entry) Valid() bool {
	l := e.line
	return e.made && !e.spoilt && !l.ID.IsZero() && !l.At.IsZero() && isCode(string(l.Action)) &&
		isCode(string(l.Role)) && isCode(string(l.Kind)) && (l.Purpose == "" || isCode(string(l.Purpose)))
}

// ID is the identifier of the entry.
func (e Entry) ID() ids.Entry { return e.line.ID }

// At is the moment of the act.
func (e Entry) At() time.Time { return e.line.At }

// Line is what the entry says.
func (e Entry) Line() Line { return e.line }

// Mentions lists every record and account the line names, each once: by these
// the log is searched ("who read what about whom").
func (l Line) Mentions() []ids.UUID {
	var all []ids.UUID
	add := func(u ids.UUID) {
		if !u.IsZero() && !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	add(l.Account.UUID)
	add(l.Object)
	add(l.Subject)
	for _, r := range l.About {
		add(r.ID)
	}
	return all
}

func isCode(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '.', c == '_', c == ':', c == '+', c == '-', c == '/':
		default:
			return false
		}
	}
	return true
}

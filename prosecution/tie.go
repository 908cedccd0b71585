package prosecution

import (
	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// TieKind is how one file came of another.
type TieKind string

// The kinds of tie.
const (
	JoinedInto  TieKind = "JOINED"  // From goes on in To, and is no file of its own from then
	SeveredFrom TieKind = "SEVERED" // To was taken out of From; both go on
)

// Tie says that two files are one investigation, or were. It is what counting needs so
// that neither joining nor severing makes a figure grow.
type Tie struct {
	Kind     TieKind
	From, To ids.File
	On       date.Day
	Same     map[ids.Suspect]ids.Suspect // who of To is who of From: the same person has a record in each
}

// ties answers what counting asks about them.
type ties struct {
	joined  map[ids.File][]Tie // by From
	severed map[ids.File]Tie   // by To
	first   map[ids.Suspect]ids.Suspect
}

func tiesOf(all []Tie) ties {
	t := ties{map[ids.File][]Tie{}, map[ids.File]Tie{}, map[ids.Suspect]ids.Suspect{}}
	for _, one := range all {
		switch one.Kind {
		case JoinedInto:
			t.joined[one.From] = append(t.joined[one.From], one)
		case SeveredFrom:
			t.severed[one.To] = one
		}
		for to, from := range one.Same {
			if to != from {
				t.first[to] = from
			}
		}
	}
	return t
}

// goesOn is the file in which another goes on at the end of a day; itself when it was
// not joined by then. A circle, which nobody should have written, ends where it began.
func (t ties) goesOn(f ids.File, on date.Day) ids.File {
	at := f
	for range len(t.joined) {
		next := at
		for _, one := range t.joined[at] {
			if !one.On.After(on) {
				next = one.To
			}
		}
		if next == at || next == f {
			return next
		}
		at = next
	}
	return at
}

// person is one record for everybody: of several of the same person, that of the oldest file.
func (t ties) person(s ids.Suspect) ids.Suspect {
	at := s
	for range len(t.first) {
		from, ok := t.first[at]
		if !ok || from == s {
			return at
		}
		at = from
	}
	return at
}

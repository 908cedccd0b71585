package prosecution

import (
	"slices"

	"inkingi/internal/access"
)

// Move is one way from a state to the next: machine F as a table (PROCESS.md §4.4).
type Move struct {
	From, To State
	By       []access.Role
	Needs    Need
	Book     Register // in which it must have a number by then; "" for none
}

// Need is what a move asks for beside its day.
type Need uint

// The needs of moves.
const (
	NeedsOffice    Need = 1 << iota // the prosecutor's office it goes to
	NeedsCourt                      // the court it goes to
	NeedsFirstDay                   // the first day in court
	NeedsReason                     // why it is dismissed, or opened again
	NeedsAppellant                  // who appeals
)

var (
	officers = []access.Role{access.Police, access.Immigration}
	finders  = []access.Role{access.Police, access.Immigration, access.Prosecutor}
	pursuers = []access.Role{access.Prosecutor}
	clerks   = []access.Role{access.Court}
)

// moves is machine F. OPJ act under the prosecutor and hand the file over [S:CPP art.
// 1–5]; who registers what at the court is [J].
var moves = []Move{
	{Received, Investigation, finders, 0, ""},
	{Investigation, Transmitted, finders, NeedsOffice, ""},
	{Investigation, Dismissed, pursuers, NeedsReason, ""},
	{Transmitted, Dismissed, pursuers, NeedsReason, RMP},
	{Transmitted, Instruction, pursuers, 0, RMP},
	{Dismissed, Instruction, pursuers, NeedsReason, RMP},
	{Instruction, Dismissed, pursuers, NeedsReason, ""},
	{Instruction, Fixed, pursuers, NeedsCourt | NeedsFirstDay, ""},
	{Fixed, InHearings, clerks, 0, RP},
	{InHearings, Deliberation, clerks, 0, ""},
	{Deliberation, OnAppeal, clerks, NeedsAppellant | NeedsCourt, ""},
	{Deliberation, Final, clerks, 0, ""},
	{OnAppeal, Ruling, clerks, 0, RPA},
	{Ruling, InCassation, clerks, NeedsAppellant | NeedsCourt, ""},
	{Ruling, Final, clerks, 0, ""},
	{InCassation, Final, clerks, 0, RPC},
	{InCassation, InHearings, clerks, 0, RPC},
	{InCassation, OnAppeal, clerks, 0, RPC},
	{Final, Execution, pursuers, 0, ""},
	{Execution, Archived, pursuers, 0, ""},
}

// MovesOf lists where a file may go from a state, by somebody of a role.
func MovesOf(from State, role access.Role) []Move {
	var all []Move
	for _, m := range moves {
		if m.From == from && slices.Contains(m.By, role) {
			all = append(all, m)
		}
	}
	return all
}

// move finds one.
func move(from, to State, role access.Role) (Move, bool) {
	for _, m := range MovesOf(from, role) {
		if m.To == to {
			return m, true
		}
	}
	return Move{}, false
}

// Has says whether the move needs this.
func (m Move) Has(n Need) bool { return m.Needs&n != 0 }

// Reasons is the code list of the move's reasons, "" where it needs none.
func (m Move) Reasons() string {
	switch {
	case !m.Has(NeedsReason):
		return ""
	case m.To == Dismissed:
		return dismissal
	}
	return reopening
}

// The code lists of a move.
const (
	dismissal = "dismissal"
	reopening = "reopening"
	appellant = "appellant"
)

// Verb is what else is done with a file, beside moving it on.
type Verb string

// The verbs of a file.
const (
	AddsSuspect  Verb = "suspect"
	Stands       Verb = "standing"
	Charges      Verb = "charge"
	Requalifying Verb = "requalify"
	Acts         Verb = "act"
	Holds        Verb = "custody"
	Extends      Verb = "extend"
	SetsHearing  Verb = "hearing"
	EndsHearing  Verb = "heard"
	Judges       Verb = "judgment"
)

// Verbs lists them.
var Verbs = [...]Verb{AddsSuspect, Stands, Charges, Requalifying, Acts, Holds, Extends, SetsHearing, EndsHearing, Judges}

// May says whether a verb is done from a state by somebody of a role: who has the
// file adds to it. A prosecutor follows each person to the end; police go on by
// delegation once the prosecutor is seised [S:CPP art. 1–5], and bring or change no charge then.
func May(s State, v Verb, role access.Role) bool {
	police, prosecutor, court := slices.Contains(officers, role), role == access.Prosecutor, role == access.Court
	first := s == Received || s == Investigation
	inCourt := s == Fixed || s == InHearings || s == OnAppeal
	switch v {
	case AddsSuspect, Acts:
		return s.Investigated() && (police || prosecutor)
	case Stands:
		return police && s.Investigated() || prosecutor && s.Number() > 0 && s != Archived
	case Holds, Extends: // a prosecutor grants an extension; before the file is there, the police write down that it was [M: PROCESS.md §4.4]
		return s.Investigated() && (police || prosecutor)
	case Charges:
		return police && first || prosecutor && s.Investigated()
	case Requalifying:
		return police && first || prosecutor && (s.Investigated() || s == Fixed) || court && (s == InHearings || s == OnAppeal)
	case SetsHearing:
		return court && inCourt
	case EndsHearing:
		return court && (s == InHearings || s == OnAppeal)
	case Judges:
		return court && (s == Deliberation || s == Ruling)
	}
	return false
}

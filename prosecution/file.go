package prosecution

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// File is a criminal file (zone Z5). What it says in words is sealed under a key
// of its own, which the unit that opened it wraps.
type File struct {
	ID      ids.File
	Version int
	Code    ids.Code // our own reference, read aloud; it says nothing
	State   State
	Since   date.Day // the day it came there
	Source  Source

	Unit  string                // code of the police unit in the country's data, or ""
	Court [Cassation + 1]string // code of the court in the country's data, by instance, or ""

	Owner  ids.Org                // the unit that opened it
	Office ids.Org                // the prosecutor's office that has it, or had it
	Bench  [Cassation + 1]ids.Org // the courts that have it, or had it, by instance
	Level  Instance               // where it is now, or was last

	Numbers map[Register]Number

	On      date.Day // of the minutes
	Where   place.Given
	Words   vault.Text // what is alleged, in a few lines
	Reason  string     // code list "dismissal", while it is dismissed
	FirstOn date.Day   // the first day set in court
	Child   bool       // somebody it is about is under 18, or may be
	By      ids.Account
	At      time.Time
	Changed time.Time // the last act of anybody

	Stages []Stage // how it came here, in order
}

// Round is the number of the stage it is at: what a court decides belongs to one round.
func (f File) Round() int { return len(f.Stages) }

// Seised says whether somebody may act in the file now: of the courts only the one
// that has it; the others go on reading.
func (f File) Seised(w access.Who) bool {
	return w.Post.Role != access.Court || f.Level.Valid() && f.Bench[f.Level] == w.Post.Org
}

// Seat is the office whose register holds a number of the file.
func (f File) Seat(r Register) ids.Org {
	switch r {
	case PV:
		return f.Owner
	case RMP:
		return f.Office
	case RP:
		return f.Bench[FirstInstance]
	case RPA:
		return f.Bench[Appeal]
	}
	return f.Bench[Cassation]
}

// Stage is one step of a file's way: append only, so that no file vanishes between
// two offices (PROCESS.md §11.1 "cases vanish").
type Stage struct {
	File   ids.File
	N      int // 1 for the first
	State  State
	On     date.Day  // as the paper says
	At     time.Time // when it was written here
	By     ids.Account
	Org    ids.Org
	Number Number // what it got there
	Reason string // of a dismissal, of opening again, of an appeal: a code
	Who    string // who appealed: code list "appellant"
	Level  Instance
}

// First is the first day the file came to a state; zero when it never did.
func (f File) First(s State) date.Day {
	for _, one := range f.Stages {
		if one.State == s {
			return one.On
		}
	}
	return date.Day{}
}

// Reached says whether the file ever stood there.
func (f File) Reached(s State) bool { return !f.First(s).IsZero() }

package prosecution

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Change is what one verb writes, all or nothing, under one entry. A record with
// Version 0 is new; one with Version n replaces version n, and when somebody was
// faster the whole change is fault.Stale. When the first new record exists already,
// made by the same account, the change is a repeat and the answer is nil.
type Change struct {
	File      *File // as it is after the verb
	Stages    []Stage
	Numbers   []Register // of the file's numbers, those that are new
	Suspects  []Suspect
	Charges   []Charge
	Custodies []Custody
	Acts      []Act
	Hearings  []Hearing
	Judgments []Judgment
}

// Store keeps the records of prosecution. Methods that read take the Grant, refuse a
// zero one, and leave the reading in the audit log before they answer; writes take an
// Entry and keep both in one transaction. What does not exist is fault.NotFound.
type Store interface {
	// Facts are what a decision about one record needs, and no content.
	Facts(ctx context.Context, kind access.Kind, id ids.UUID) (access.Object, error)
	// Note keeps an entry that goes with no change: a refusal.
	Note(ctx context.Context, e audit.Entry) error
	// SaveProsecution writes a change.
	SaveProsecution(ctx context.Context, e audit.Entry, c Change) error
	// Dossier reads a file with everything in it.
	Dossier(ctx context.Context, g access.Grant, id ids.File) (Dossier, error)
	// Files lists files, filtered in SQL by the facts of the grant's scope: open ones
	// first, and of these the one where nothing was done for longest. No name is in it.
	Files(ctx context.Context, g access.Grant, p Page) (Cut, error)
	// FindFiles lists the files that the unit opened and that hold a name or a telephone.
	FindFiles(ctx context.Context, g access.Grant, words string, p Page) (Cut, error)
	// Numbered says whether a number stands in a register already: in the same office's,
	// and in another's, of any file but one.
	Numbered(ctx context.Context, r Register, plain string, office ids.Org, but ids.File) (same, elsewhere bool, err error)
	// Offices lists the organisations in which somebody holds one of the roles, by name.
	Offices(ctx context.Context, roles ...access.Role) ([]ids.Org, error)
}

// Page asks for a part of a list: at most Limit lines after the mark of the last line
// of the page before ("" for the first).
type Page struct {
	After string
	Limit int
}

// Cut is a part of a list; Next is "" at its end.
type Cut struct {
	Lines []Line
	Next  string
}

// Line is a file in a list: its numbers and where it stands, no name and no words.
type Line struct {
	ID      ids.File
	Code    ids.Code
	State   State
	Since   date.Day
	On      date.Day
	Source  Source
	Child   bool
	Owner   ids.Org
	Office  ids.Org
	Number  Number // the newest
	Written Register
	Changed time.Time // of the last act
}

// Package ids names things without saying anything about them.
//
// Every record carries a UUIDv7 made by whoever creates it, a phone included:
// repeating a request with the same identifier is the same request. Each kind
// of record has its own Go type, so that a case can never be passed where an
// organisation is meant. What people read aloud is a case code ([Code]).
//
// The room does not know which record stands behind an identifier.
package ids

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"io"
	"time"

	"github.com/google/uuid"

	"inkingi/internal/fault"
)

// UUID is the value inside every typed identifier. The zero UUID names nothing.
type UUID [16]byte

// String gives the canonical 36-character form; the zero UUID gives "".
func (u UUID) String() string {
	if u.IsZero() {
		return ""
	}
	return uuid.UUID(u).String()
}

// IsZero says whether u names nothing.
func (u UUID) IsZero() bool { return u == UUID{} }

// Time is the moment the identifier was made, to the millisecond, in UTC.
func (u UUID) Time() time.Time {
	return time.UnixMilli(int64(binary.BigEndian.Uint64(u[:8]) >> 16)).UTC()
}

// MarshalText gives the form of String.
func (u UUID) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads the canonical form; "" gives the zero UUID.
func (u *UUID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*u = UUID{}
		return nil
	}
	v, err := parse(string(b))
	if err != nil {
		return err
	}
	*u = v
	return nil
}

// Value stores the canonical text; the zero UUID is stored as NULL.
func (u UUID) Value() (driver.Value, error) {
	if u.IsZero() {
		return nil, nil
	}
	return u.String(), nil
}

// Scan reads what Value wrote.
func (u *UUID) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*u = UUID{}
		return nil
	case string:
		return u.UnmarshalText([]byte(v))
	case []byte:
		return u.UnmarshalText(v)
	}
	return fault.New(fault.Internal, "id.scan")
}

// Raw gives the identifier without its type, for rooms that hold many kinds.
func (u UUID) Raw() UUID { return u }

// The kinds of record. A new kind is a line here.
type (
	Account    struct{ UUID } // somebody who signs in
	Org        struct{ UUID } // an organisation
	Session    struct{ UUID } // one sign-in
	Post       struct{ UUID } // role × organisation × place × time
	Person     struct{ UUID } // the person concerned
	Reporter   struct{ UUID } // who reported, sealed apart
	Signal     struct{ UUID } // a report that somebody may be in danger
	Group      struct{ UUID } // people met together
	Case       struct{ UUID } // a protection case
	Screening  struct{ UUID } // one guided conversation
	Assessment struct{ UUID } // what she needs and what threatens her, at one moment
	Guardian   struct{ UUID } // somebody who stands by a child
	Task       struct{ UUID } // a line of what is due
	Consent    struct{ UUID } // one purpose × recipient × scope
	Referral   struct{ UUID } // a request from one organisation to another
	Service    struct{ UUID } // a line of the referral directory
	Duty       struct{ UUID } // a line of the on-call roster
	Alert      struct{ UUID } // a content-free message in the outbox
	Draft      struct{ UUID } // what was typed before the lock fell
	Entry      struct{ UUID } // a line of the audit log
	Event      struct{ UUID } // a line of a timeline
	Decision   struct{ UUID } // a decision on a status
	Review     struct{ UUID } // a decision that is looked at again

	Explanation struct{ UUID } // what was decided, and her right to a review, said to her
)

// The kinds of historic record.
type (
	List struct{ UUID } // a historic list that was imported
	Row  struct{ UUID } // one record of such a list
)

// The kinds of record of a plan and what comes of it.
type (
	Visit      struct{ UUID } // one contact with her, or an attempt
	Business   struct{ UUID } // what she was helped to start
	Party      struct{ UUID } // somebody outside who has a part in a return
	Plan       struct{ UUID } // the plan of assistance of one case
	Goal       struct{ UUID } // one thing she wants
	Step       struct{ UUID } // one thing that somebody does for it
	Interests  struct{ UUID } // the best interests of a child, weighed once
	Episode    struct{ UUID } // one service that she receives
	Attendance struct{ UUID } // whether she came on one day
	Inspection struct{ UUID } // one look at a service against its minimum standards
)

// The kinds of record of people who move.
type (
	Cover    struct{ UUID } // who stands in for somebody who is away
	Backup   struct{ UUID } // somebody who works here asked for help
	Transfer struct{ UUID } // a case offered to another organisation
	Likeness struct{ UUID } // two files that may be of one person
)

// The kinds of record of what organisations ask each other.
type (
	Inquiry struct{ UUID } // whether another organisation helps somebody too
	Liaison struct{ UUID } // two organisations that may speak with each other
)

// The kinds of record of what somebody has a right to.
type (
	Erasure struct{ UUID } // a file that is to be erased, and who agreed
	Hold    struct{ UUID } // why a file may not be erased yet
	Glass   struct{ UUID } // a case that two persons opened in an emergency
)

// The kinds of record of a shelter, and of what she says of those who help.
type (
	Progress  struct{ UUID } // one thing that a receiver says of a service
	Stay      struct{ UUID } // where she lives in a shelter, from a day to a day
	Complaint struct{ UUID } // what she says was done to her by those who help
)

// The kinds of what is written and enclosed beside a case.
type (
	Jotting    struct{ UUID } // a quick note, put in order later
	SealedNote struct{ UUID } // a note for its author and those it names
	Attachment struct{ UUID } // a file that goes with a case or a sealed note
)

// The kinds of record of a criminal file.
type (
	File     struct{ UUID } // a criminal file
	Suspect  struct{ UUID } // somebody, or a company, whom a file is about: presumed innocent
	Charge   struct{ UUID } // what a suspect is charged with
	Hearing  struct{ UUID } // a day in court
	Custody  struct{ UUID } // a time that a suspect is held
	Judgment struct{ UUID } // what a court decided of one charge
	Act      struct{ UUID } // an act of the investigation
)

// Typed is any identifier of this package.
type Typed interface{ ~struct{ UUID } }

// New makes an identifier now.
func New[T Typed]() T { return At[T](time.Now(), rand.Reader) }

// At makes an identifier for a given moment and source of randomness. It
// panics when the source runs dry: without randomness nothing may be named.
func At[T Typed](now time.Time, random io.Reader) T {
	var u UUID
	if _, err := io.ReadFull(random, u[6:]); err != nil {
		panic("ids: no randomness: " + err.Error())
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli())<<16)
	copy(u[:6], ms[:6])
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return T{u}
}

// Parse reads a typed identifier; the fault is Invalid with key "id.malformed".
func Parse[T Typed](s string) (T, error) {
	u, err := parse(s)
	if err != nil {
		return T{}, err
	}
	return T{u}, nil
}

func parse(s string) (UUID, error) {
	if len(s) != 36 {
		return UUID{}, fault.New(fault.Invalid, "id.malformed")
	}
	v, err := uuid.Parse(s)
	if err != nil || v == uuid.Nil {
		return UUID{}, fault.New(fault.Invalid, "id.malformed")
	}
	return UUID(v), nil
}

package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Service is a line of the referral directory: one organisation, one service.
// Addresses of shelters are not in it; contact goes through the program.
type Service struct {
	ID      ids.Service
	Version int
	Org     ids.Org
	Need    string // code list "service"
	Name    string // how the organisation calls it, without an address
	Active  bool

	Sexes        []string // who is taken; empty is everybody
	AgeFrom      int
	AgeTo        int // 0: no upper limit
	WithChildren bool
	Disability   bool
	Languages    []string
	Places       []string // place codes it covers; empty is the whole country
	Hours        string   // code list "service_hours"
	FormalID     bool     // asks for formal identification (Q27): shown, never required by the program
	Hidden       bool     // address hidden (shelters)

	Free        int          // free places, as the organisation last said
	Capacity    int          // 0: no limit
	ConfirmedAt time.Time    // when it last said so
	Units       map[Unit]int // of a shelter: places by unit; a unit that is not there has no number of its own
	CheckedAt   time.Time    // quality check
	Checked     date.Day     // of the last inspection
	Points      int          // standards it found not met
	Right       date.Day     // until when they are put right
}

// Freshness of what a service said about its free places: over 90 days amber,
// over 180 hidden from routing (PROCESS.md §10, referral directory).
type Freshness string

// The degrees of freshness.
const (
	FreshWord Freshness = "FRESH"
	AmberWord Freshness = "AMBER"
	StaleWord Freshness = "STALE"
)

// Fresh says how old the last word on free places is.
func (s Service) Fresh(now time.Time) Freshness {
	switch age := now.Sub(s.ConfirmedAt); {
	case age > 180*24*time.Hour:
		return StaleWord
	case age > 90*24*time.Hour:
		return AmberWord
	}
	return FreshWord
}

// Duty is a line of the on-call roster: who is alerted for a province.
type Duty struct {
	ID       ids.Duty
	Version  int
	Org      ids.Org
	Province string // place code; "" is the whole country
	Account  ids.Account
	Rank     int // 1 is called first, 2 covers, …
	From     time.Time
	Until    time.Time
}

// Alert is a content-free message to somebody on call: it says "open
// Inkingi", never what waits there.
type Alert struct {
	ID    ids.Alert
	To    ids.Account
	Key   string    // translation key of the message: "alert.signal", "alert.red", …
	About ids.UUID  // the record, for escalation; never in the message
	At    time.Time // when to send
	Rank  int       // which step of the roster
	Seen  time.Time // when somebody took the record, so that no more is sent
}

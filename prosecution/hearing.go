package prosecution

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Hearing is one day in court (F7).
type Hearing struct {
	ID      ids.Hearing
	Version int
	File    ids.File
	Owner   ids.Org // the court
	Level   Instance
	On      date.Day
	Closed  bool // huis clos
	State   HearingState
	Reason  string // code list "postponement"
	Harmed  Answer // did whoever was harmed come? Yes or no: never who
	By      ids.Account
	At      time.Time
	HeldBy  ids.Account // who wrote the outcome
	HeldAt  time.Time
}

// HearingState says what came of a day in court.
type HearingState string

// The states of a hearing.
const (
	HearingSet       HearingState = "SET"
	HearingHeld      HearingState = "HELD"      // tenue
	HearingPostponed HearingState = "POSTPONED" // remise, with the reason
)

// HearingStates lists them.
var HearingStates = [...]HearingState{HearingSet, HearingHeld, HearingPostponed}

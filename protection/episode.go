package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Episode is one service that she receives, from a first day to a last
// (PROCESS.md §2.8). That she was referred to it is another fact, which stays
// with the request: referred and received are counted apart (§2.7).
type Episode struct {
	ID      ids.Episode
	Version int
	Case    ids.Case
	Owner   ids.Org
	State   EpisodeState
	By      ids.Account
	At      time.Time // when it was noted

	Need        string       // code list "service"
	Service     ids.Service  // the line of the directory
	Provider    ids.Org      // whose line it is
	Deliverer   ids.Org      // who delivered it, most often the same
	DeliveredBy string       // what kind of organisation that is, code list "decided_by" (TIP question 25)
	Funders     []string     // who pays, code list "funder"
	FormalID    bool         // it asks for formal identification (question 27)
	Referral    ids.Referral // the request that led to it, or zero
	Track       Track        // of the plan on the day it began; "" without one

	From, Until  date.Day
	Cost         Money
	Pauses       []Pause
	Outcome      string // code list "service_outcome"
	Satisfaction int    // what she says of it, 1 to 5; 0 when she was not asked
	Remark       vault.Text
	Said         []Progress // what the provider said on the request, for who reads one service
	Heard        time.Time  // up to when what the provider said was agreed with, or corrected
}

// EpisodeState says where a service stands.
type EpisodeState string

// The states of a service.
const (
	Running EpisodeState = "RUNNING"
	Paused  EpisodeState = "PAUSED"
	Ended   EpisodeState = "ENDED"
)

// EpisodeStates lists the states of a service in order.
var EpisodeStates = [...]EpisodeState{Running, Paused, Ended}

// Pause is a time without the service, with its reason.
type Pause struct {
	From, Until date.Day // Until is zero while it lasts
	Reason      string   // code list "service_pause"
}

// Attendance is whether she came on one day. It is never changed: a later word
// about the same day counts.
type Attendance struct {
	ID      ids.Attendance
	Episode ids.Episode
	Day     date.Day
	Came    string  // code list "attendance"
	Org     ids.Org // the provider that said so; zero: who follows her
	By      ids.Account
	At      time.Time
}

// ByGovernment says whether the government pays, alone or with others (question 25).
func (e Episode) ByGovernment() bool {
	for _, f := range e.Funders {
		if f == "GOVERNMENT" {
			return true
		}
	}
	return false
}

package prosecution

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Suspect is somebody, or a company, whom a file is about: an alleged trafficker,
// presumed innocent until a decision is final (PROCESS.md §4.4, §11.1: false
// accusation, stigma; what is kept of a suspect is personal too).
type Suspect struct {
	ID      ids.Suspect
	Version int
	File    ids.File
	Owner   ids.Org
	N       int  // 1 for the first of the file
	Company bool // a legal person
	State   Standing
	Since   date.Day // the day it came there

	Name    vault.Text
	Aliases vault.Text
	Phone   vault.Text

	Role     string // code list "suspect_role" (HTCDS and PROCESS.md §4.4)
	Relation string // code list "suspect_relation": to the person harmed
	Official Answer // is it a public official?
	Service  string // code list "official_service", of an official
	Sex      string // code list "sex"; "" of a company
	Band     string // code list "age_band"; "" of a company
	Citizen  string // code list "country"
	Path     string // code list "child_justice": what was done for a suspect under 18

	By ids.Account
	At time.Time
}

// Standing is the state of one person in a file (PROCESS.md §4.4 "Defendant state").
type Standing string

// The standings, in the order of PROCESS.md §4.4.
const (
	NotKnown       Standing = "UNKNOWN"
	Identified     Standing = "IDENTIFIED"
	Summoned       Standing = "SUMMONED"
	Wanted         Standing = "WANTED"
	Arrested       Standing = "ARRESTED"
	PoliceCustody  Standing = "GARDE_A_VUE"
	Detained       Standing = "DETENTION_PREVENTIVE"
	Released       Standing = "LIBERTE_PROVISOIRE"
	OnTrial        Standing = "ON_TRIAL"
	ConvictedFirst Standing = "CONVICTED_1ST"
	ConvictedFinal Standing = "CONVICTED_FINAL"
	AcquittedFirst Standing = "ACQUITTED_1ST"
	AcquittedFinal Standing = "ACQUITTED_FINAL"
	ChargesDropped Standing = "DISMISSED"
	Deceased       Standing = "DECEASED"
	Extradited     Standing = "EXTRADITED"
)

// Standings lists them.
var Standings = [...]Standing{NotKnown, Identified, Summoned, Wanted, Arrested, PoliceCustody, Detained, Released, OnTrial,
	ConvictedFirst, ConvictedFinal, AcquittedFirst, AcquittedFinal, ChargesDropped, Deceased, Extradited}

// Over says whether nothing more is decided about this person.
func (s Standing) Over() bool {
	switch s {
	case ConvictedFinal, AcquittedFinal, ChargesDropped, Deceased, Extradited:
		return true
	}
	return false
}

// Held says whether the person is not free.
func (s Standing) Held() bool { return s == Arrested || s == PoliceCustody || s == Detained }

// Innocent says that the law presumes it: everybody but who is finally convicted.
func (s Standing) Innocent() bool { return s != ConvictedFinal }

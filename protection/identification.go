package protection

import (
	"time"

	"inkingi/internal/ids"
)

// Status is machine B, identification, independent of the case's state
// (PROCESS.md §2.4): formal identification may never come and the case still
// runs to its end.
type Status string

// The statuses.
const (
	StatusUnknown  Status = "UNKNOWN"
	Potential      Status = "POTENTIAL"
	StatusPresumed Status = "PRESUMED"
	Confirmed      Status = "CONFIRMED"
	NotConfirmed   Status = "NOT_CONFIRMED"
	Undetermined   Status = "UNDETERMINED"
	UnderReview    Status = "UNDER_REVIEW"
)

// Identification is one decision about a status: who, with what authority, on what basis.
type Identification struct {
	ID         ids.Decision
	Case       ids.Case
	From, To   Status
	At         time.Time
	By         ids.Account
	Org        ids.Org
	OrgType    string // code list "decided_by": POLICE, NGO, COURT_PROSECUTION, GOV_NON_POLICE, IO, OTHER [S:HTCDS]
	Basis      string // code list "basis": SCREENING_TOOL, INTERVIEW, POLICE_FILE, COURT_DECISION, FOREIGN_AUTHORITY
	LegalBasis string
}

// statusMoves is machine B as a table.
var statusMoves = map[Status][]Status{
	StatusUnknown:  {Potential, StatusPresumed},
	Potential:      {StatusPresumed, NotConfirmed, Undetermined},
	StatusPresumed: {Confirmed, NotConfirmed, Undetermined},
	Undetermined:   {StatusPresumed, Confirmed, NotConfirmed},
	NotConfirmed:   {UnderReview},
	UnderReview:    {StatusPresumed, Confirmed, NotConfirmed, Undetermined},
	Confirmed:      nil,
}

// May says whether machine B has this move.
func (s Status) May(to Status) bool {
	for _, one := range statusMoves[s] {
		if one == to {
			return true
		}
	}
	return false
}

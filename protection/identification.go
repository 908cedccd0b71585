package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Status is machine B, identification, independent of the case's state
// (PROCESS.md §2.4): formal identification may never come and the case still
// runs to its end. No service waits for it, and no decision on it ends one.
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
	ID       ids.Decision
	Case     ids.Case
	From, To Status
	At       time.Time
	By       ids.Account
	Org      ids.Org
	OrgType  string // code list "decided_by": POLICE, NGO, COURT_PROSECUTION, GOV_NON_POLICE, IO, OTHER [S:HTCDS]
	Basis    string // code list "identification_basis"

	Decided  date.Day   // the day of the authority's decision; zero where it is that of At
	Law      vault.Text // which authority, under which law
	Document vault.Text // in which document, by its reference: never the document
	Review   ids.Review // the review that it answers, or zero
}

// Formal says whether a status is one that an authority or an organisation decided,
// not one that a screening presumed. She is told of each.
func (s Status) Formal() bool { return s == Confirmed || s == NotConfirmed || s == Undetermined }

// Statuses lists machine B's states in order.
var Statuses = [...]Status{StatusUnknown, Potential, StatusPresumed, Confirmed, NotConfirmed, Undetermined, UnderReview}

// next is machine B as a table: nothing follows a confirmation.
func (s Status) next() []Status {
	switch s {
	case StatusUnknown:
		return []Status{Potential, StatusPresumed}
	case Potential:
		return []Status{StatusPresumed, NotConfirmed, Undetermined}
	case StatusPresumed:
		return []Status{Confirmed, NotConfirmed, Undetermined}
	case Undetermined:
		return []Status{StatusPresumed, Confirmed, NotConfirmed}
	case NotConfirmed:
		return []Status{UnderReview}
	case UnderReview:
		return []Status{StatusPresumed, Confirmed, NotConfirmed, Undetermined}
	}
	return nil
}

// May says whether machine B has this move.
func (s Status) May(to Status) bool { return slices.Contains(s.next(), to) }

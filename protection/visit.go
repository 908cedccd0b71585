package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Visit is one contact with a person after services, or one attempt at it
// (PROCESS.md §2.10 visit fields). A row is never changed: a later word stands
// beside it. What she says, scores included, is sealed.
type Visit struct {
	ID     ids.Visit
	Case   ids.Case
	Owner  ids.Org
	By     ids.Account
	At     time.Time // when it was noted
	Moment string    // code list "visit_moment": which of the planned ones
	Day    date.Day
	Mode   string // code list "visit_mode"
	Result string // code list "visit_result"

	Present      []string       // who else was there, code list "visit_present"
	HomeSafe     Answer         // a visit at home was safe: she said so before
	Scores       map[string]int // outcome domain → 1 (very hard) to 5 (very well); what was not asked is not there
	Business     Answer         // does what she was helped to start still run?
	Income       string         // code list "income_band"
	School       Answer         // do she, or her children, go to school?
	Threat       Answer         // something new that frightens her
	Satisfaction int            // with the help, 1 to 5; 0 when she was not asked
	Words        vault.Text
	Next         date.Day // agreed with her
}

// byOthers is the mode of a visit that whoever received her made and told us of.
const byOthers = "RECEIVING"

// The results of a contact that rules know.
const (
	reached  = "REACHED"
	vanished = "VANISHED" // nobody around her knows where she is
)

// The moments of a contact that rules know: at the beginning of reintegration,
// then after 1, 3, 6 and 12 months [M IOM-style schedule; PROCESS.md §2.3 A13].
const (
	AtEntry   = "ENTRY"
	otherwise = "OTHER"
)

// Moments lists those at which the domains are scored, in order.
var Moments = [...]string{AtEntry, "M1", "M3", "M6", "M12"}

// The clocks of the planned contacts, the nth of them for the moment after entry.
var monitoring = [...]string{"monitoring.1", "monitoring.2", "monitoring.3", "monitoring.4"}

// The clocks of following somebody.
const (
	lostDue      = "lost.contact"
	nextVisitDue = "visit.next"
	settleDue    = "reintegration.start"
)

// planned says which of the planned contacts a moment is, from 1; 0 is none of them.
func planned(moment string) int { return max(0, slices.Index(Moments[:], moment)) }

// Reached says whether somebody spoke with her.
func (v Visit) Reached() bool { return v.Result == reached }

// Search says how it stands with reaching somebody.
type Search struct {
	First date.Day // of the first attempt since she was reached; zero when none failed
	Days  int      // on how many days it was tried
}

// SearchOf counts the attempts since she was last reached, by days: three calls
// on one afternoon are one attempt [J PROCESS.md §2.3 A15]. The order of visits
// does not matter.
func SearchOf(visits []Visit) Search {
	var last date.Day
	for _, v := range visits {
		if v.Reached() && v.Day.After(last) {
			last = v.Day
		}
	}
	var s Search
	days := map[date.Day]bool{}
	for _, v := range visits {
		if v.Reached() || !last.IsZero() && !v.Day.After(last) {
			continue
		}
		if days[v.Day] = true; s.First.IsZero() || v.Day.Before(s.First) {
			s.First = v.Day
		}
	}
	s.Days = len(days)
	return s
}

// LostFrom is the moment from which contact may count as lost, when enough was tried.
func (r *Rules) LostFrom(s Search) time.Time {
	if s.First.IsZero() || r.Midnight == nil {
		return time.Time{}
	}
	return r.Due(lostDue, r.Midnight(s.First))
}

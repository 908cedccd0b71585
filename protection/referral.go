package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ReferralState is machine E (PROCESS.md §2.7).
type ReferralState string

// The states of a referral. "Referred" and "received" stay two facts. What is written
// and not sent is no request yet: a draft is kept by whoever writes it, sealed under her
// account, and stands in no list (PROCESS.md §2.7 DRAFT).
const (
	Sent         ReferralState = "SENT"
	Acknowledged ReferralState = "ACKNOWLEDGED"
	Accepted     ReferralState = "ACCEPTED"
	Turned       ReferralState = "DECLINED"  // by the provider; the person's own no is Cancelled with CLIENT_REFUSED
	Lapsed       ReferralState = "EXPIRED"   // nobody answered in time; re-route
	Cancelled    ReferralState = "CANCELLED" // by the sender, with a reason
	Arrived      ReferralState = "IN_SERVICE"
	Missed       ReferralState = "NOT_ARRIVED" // she did not come: nobody knows yet why
	Interrupted  ReferralState = "INTERRUPTED" // for a time, or for good; nobody knows yet
	Completed    ReferralState = "COMPLETED"
	FedBack      ReferralState = "FEEDBACK" // the receiver said in short how it ended
	Concluded    ReferralState = "CLOSED"   // by the sender, who has read it
)

// Pending says whether the one who asked still waits for a yes or a no: a
// request that was read is not answered.
func (s ReferralState) Pending() bool { return s == Sent || s == Acknowledged }

// ReferralStates lists machine E's states in order.
var ReferralStates = [...]ReferralState{Sent, Acknowledged, Accepted, Turned, Lapsed, Cancelled, Arrived, Missed,
	Interrupted, Completed, FedBack, Concluded}

// Live says whether somebody still waits for an answer or an arrival.
func (s ReferralState) Live() bool {
	return s == Sent || s == Acknowledged || s == Accepted
}

// Received says whether she came, whatever became of the service since.
func (s ReferralState) Received() bool {
	return s == Arrived || s == Interrupted || s == Completed || s == FedBack || s == Concluded
}

// Over says whether the request came to nothing: nothing of its packet stays with the receiver.
func (s ReferralState) Over() bool { return s.Stuck() || s == Cancelled }

// Stuck says whether it ended without a service, and not by the sender: another
// one must be asked.
func (s ReferralState) Stuck() bool { return s == Turned || s == Lapsed || s == Missed }

// Referral is a request from one organisation to another: "will you take her?"
type Referral struct {
	ID        ids.Referral
	Version   int
	Case      ids.Case
	Code      ids.Code // the case's code: what the two sides say on the phone
	From      ids.Org
	To        ids.Org
	Service   ids.Service // the line of the directory
	Need      string      // code list "service"
	State     ReferralState
	Level     Danger
	Child     bool         // treated as a child when it was sent
	Emergency bool         // straight from triage, on vital interest
	Consent   ids.Consent  // P3 for that recipient
	Previous  ids.Referral // re-routed from

	By            ids.Account
	SentAt        time.Time
	AckBy         time.Time // RED 4 h, ORANGE 24 h, GREEN 72 h [J]
	AckedAt       time.Time
	AnsweredAt    time.Time
	AnsweredBy    ids.Account
	Arrival       time.Time // when she is expected, said on acceptance
	ArrivedAt     time.Time
	Reason        string    // code list "referral_decline", "referral_cancel", "service_pause" or "service_outcome", by its state
	ClientRefused bool      // the person said no; never mixed with a provider's no
	OverAt        time.Time // when the service was interrupted or over: from then on the packet's days are counted
	BurntAt       time.Time // when they were over: nothing of the packet is left

	UnsharedAt time.Time // when her consent to the sharing ended, while she is helped
	Kept       string    // why the packet stays all the same, code list "packet_kept"

	Packet Packet
	Asks   []Ask
}

// Packet is the minimum the receiver needs, and never the story. What it holds
// differs by service (Rules.Fields). It is sealed under a key of its own that
// a decline destroys: nothing persists with a receiver who says no.
type Packet struct {
	Sex             string
	AgeBand         string // code list "age_band"
	Child           bool
	Language        string
	Interpreter     bool
	Needs           []string   // code list "service"
	DoNot           []string   // code list "do_not"
	DoNotWords      vault.Text // in words
	Contact         vault.Text // safe contact rule
	Arrival         vault.Text // how and when she could come
	Escort          Answer
	Dependants      int
	DependantsWords vault.Text // ages, needs
	Pregnancy       Answer
	Medication      vault.Text
	Disability      vault.Text
	HealthFrom      time.Time  // PEP clock
	CallName        vault.Text // how she wants to be called
	Age             date.Age
}

// Ask is one field the receiver asks for and the owner approves or not: "more, please".
type Ask struct {
	Field    string // code list "packet_field"
	Why      string // code list "ask_reason"
	At       time.Time
	By       ids.Account
	Answered time.Time
	Agreed   bool
	Value    vault.Text
}

// Burnt says whether nothing of the packet stays, because the service is long over
// or because her consent to it ended.
func (r Referral) Burnt() bool {
	return !r.BurntAt.IsZero() || !r.UnsharedAt.IsZero() && r.Kept == ""
}

// ReferralLine is a referral in a list: who waits for whom, no story.
type ReferralLine struct {
	ID         ids.Referral
	Case       ids.Case // zero for readers who may not open the case
	Code       ids.Code
	From, To   ids.Org
	Need       string
	State      ReferralState
	Level      Danger
	Child      bool
	Emergency  bool
	SentAt     time.Time
	AckBy      time.Time
	AnsweredAt time.Time
	Arrival    time.Time
	OpenAsks   int
	HealthFrom time.Time
	Burnt      bool // nothing of the packet is left
}

package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ReferralState is machine E (PROCESS.md §2.7).
type ReferralState string

// The states of a referral. "Referred" and "received" stay two facts.
const (
	Draft        ReferralState = "DRAFT"
	Sent         ReferralState = "SENT"
	Acknowledged ReferralState = "ACKNOWLEDGED"
	Accepted     ReferralState = "ACCEPTED"
	Turned       ReferralState = "DECLINED"  // by the provider; the person's own no is Cancelled with CLIENT_REFUSED
	Lapsed       ReferralState = "EXPIRED"   // nobody answered in time; re-route
	Cancelled    ReferralState = "CANCELLED" // by the sender, with a reason
	Arrived      ReferralState = "IN_SERVICE"
	Missed       ReferralState = "NOT_ARRIVED" // she did not come: nobody knows yet why
)

// Pending says whether the one who asked still waits for a yes or a no: a
// request that was read is not answered.
func (s ReferralState) Pending() bool { return s == Sent || s == Acknowledged }

// ReferralStates lists machine E's states in order.
var ReferralStates = [...]ReferralState{Draft, Sent, Acknowledged, Accepted, Turned, Lapsed, Cancelled, Arrived, Missed}

// Live says whether somebody still waits for an answer or an arrival.
func (s ReferralState) Live() bool {
	return s == Draft || s == Sent || s == Acknowledged || s == Accepted
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
	Reason        string // code list "referral_decline" or "referral_cancel"
	ClientRefused bool   // the person said no; never mixed with a provider's no

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

// Burnt says whether her consent to it ended and nothing of the packet stays.
func (r Referral) Burnt() bool { return !r.UnsharedAt.IsZero() && r.Kept == "" }

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
}

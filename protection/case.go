package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// CaseState is machine A (PROCESS.md §2.3).
type CaseState string

// The states of a case.
const (
	InTriage     CaseState = "TRIAGE"
	InScreening  CaseState = "SCREENING"
	Presumed     CaseState = "PRESUMED" // services are open
	InAssessment CaseState = "ASSESSMENT"
	Planned      CaseState = "PLAN_AGREED"
	InAssistance CaseState = "ASSISTANCE" // the first service has begun (A9)

	InReturn        CaseState = "RETURN"        // on her way home, by her own decision (A10)
	InReintegration CaseState = "REINTEGRATION" // building a life where she is (A11)
	InMonitoring    CaseState = "MONITORING"    // what was planned is delivered; she is asked how she is (A12)

	Suspended CaseState = "SUSPENDED_SAFETY" // a contact would endanger her: it goes back to where it stood (A16, Case.Halt)

	Closed      CaseState = "CLOSED"       // with a checklist and two persons (A13)
	LostContact CaseState = "LOST_CONTACT" // after honest attempts, and it can be opened again (A15)
	NotTIP      CaseState = "NOT_TIP_REFERRED"
	Declined    CaseState = "DECLINED" // the person said no; the door stays open, no penalty (A14)
	Joined      CaseState = "MERGED"   // a second file of one person: it goes on in another (Case.Joined)

	Erased CaseState = "ERASED" // its key is destroyed: it is counted, and nobody finds it any more
)

// CaseStates lists machine A's states in order, but for Erased, which nobody sees.
var CaseStates = [...]CaseState{InTriage, InScreening, Presumed, InAssessment, Planned, InAssistance, InReturn, InReintegration, InMonitoring, Suspended,
	Closed, LostContact, NotTIP, Declined, Joined}

// Over says whether nobody works on the case any more.
func (s CaseState) Over() bool {
	return s == Closed || s == LostContact || s == NotTIP || s == Declined || s == Joined || s == Erased
}

// Served says whether services are open: from the presumption on, and they never
// wait for a confirmation (PROCESS.md §0 2). While a contact would endanger her
// nothing new begins.
func (s CaseState) Served() bool {
	return s == Presumed || s == InAssessment || s == Planned || s == InAssistance || s.After()
}

// After says whether the first help is behind her: on the way home, building a
// life, asked how she is.
func (s CaseState) After() bool { return s == InReturn || s == InReintegration || s == InMonitoring }

// Ratification is the second pair of eyes on a provisional presumption: a
// screener presumes and services open at once; a supervisor ratifies or
// returns within 24 h (A5 asks for two persons).
type Ratification string

// The states of a ratification.
const (
	NoRatification Ratification = ""
	Waiting        Ratification = "WAITING"
	Ratified       Ratification = "RATIFIED"
	Returned       Ratification = "RETURNED"
)

// Case is one protection case: one person, one episode.
type Case struct {
	ID      ids.Case
	Version int
	Code    ids.Code // what people read aloud
	Owner   ids.Org
	Person  ids.Person
	Signal  ids.Signal
	Group   ids.Group
	Prior   ids.Case // the episode before this one, when she was trafficked again
	Joined  ids.Case // the file in which this one goes on

	State    CaseState
	Since    time.Time // in this state
	Opened   time.Time
	OpenedBy ids.Account
	Reason   string // code, for NotTIP ("not_tip_reason"), Declined ("decline_reason") and Closed ("closure_reason")

	Status Status // machine B, independent

	Level      Danger
	Reasons    []string
	HealthFrom time.Time

	Screener ids.Account // who is to talk with her
	Manager  ids.Account // who holds the case

	Ratification Ratification
	Verdict      Verdict     // what the second person answers to
	PresumedBy   ids.Account // who judged first
	PresumedAt   time.Time
	RatifyBy     time.Time // when the ratification is late
	RatifiedBy   ids.Account
	RatifiedAt   time.Time
	Returning    vault.Text // the supervisor's words on return

	// What routing needs, and no more.
	Sex      string   // code list "sex"
	Age      date.Age // declared, assessed or documented, with the day it was said
	Child    bool     // treated as a child: presumption of minority, PROCESS.md §2.9.1
	Adult    Answer   // Yes: somebody said that she is an adult, whether or not an age is known
	Language string   // code list "language"
	Where    place.Given
	Internal Answer // exploited inside the country?

	Halt Halt // while it is suspended

	Conflicts []Conflict
}

// Person is the identity of the person concerned, in a record of its own,
// sealed under a key of its own.
type Person struct {
	ID       ids.Person
	Version  int
	Owner    ids.Org
	Name     vault.Text // one full name, as she says it
	Called   vault.Text // how she wants to be called
	Other    vault.Text // other names, spellings
	Born     vault.Text // a partial date, as said
	Document vault.Text
	From     vault.Text // where home is, in her words
	Contact  SafeContact
}

// CaseLine is a case in a list: no name, no story.
type CaseLine struct {
	ID           ids.Case
	Code         ids.Code
	State        CaseState
	Status       Status
	Level        Danger
	Sex          string
	Age          date.Age
	Child        bool
	Where        place.Given
	Since        time.Time
	Opened       time.Time
	OpenedBy     ids.Account
	Owner        ids.Org
	Screener     ids.Account
	Manager      ids.Account
	Ratification Ratification
	RatifyBy     time.Time
	HealthFrom   time.Time
	Referral     ReferralState // the newest referral's state, or empty
}

// Event is one line of a case's timeline.
type Event struct {
	ID   ids.Event
	Case ids.Case
	At   time.Time
	By   ids.Account
	Org  ids.Org
	Verb string // translation key "event.<verb>"
	Code string // one code that completes the sentence, or empty
}

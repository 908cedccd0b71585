package protection

import (
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// SignalState is where a signal stands before it becomes cases (machine A: SIGNAL, TRIAGE).
type SignalState string

// The states of a signal. A triaged signal has an Outcome.
const (
	Received SignalState = "RECEIVED" // A1: nobody has it yet
	Taken    SignalState = "TAKEN"    // a duty officer has it
	Triaged  SignalState = "TRIAGED"  // A2–A4 done

	SignalErased SignalState = "ERASED" // its key is destroyed: nobody sees it any more
)

// Outcome is what triage made of a signal.
type Outcome string

// The outcomes of triage. Nobody is "released" by a button.
const (
	ToScreening Outcome = "SCREENING"        // A3: a private conversation is offered to each person
	OtherNeed   Outcome = "NOT_TIP_REFERRED" // A4: another need, another referral offered
	Duplicate   Outcome = "DUPLICATE"        // the same event, already known here
	NothingMore Outcome = "INSUFFICIENT"     // kept, nobody to reach yet
)

// Signal is a report that somebody may be in danger. It may hold no person and
// no name; only danger, place and channel are mandatory (A1).
type Signal struct {
	ID      ids.Signal
	Version int
	State   SignalState

	// As reported.
	Channel    string // code list "signal_channel"
	Now        Answer // is someone in danger now?
	Where      place.Given
	Spot       vault.Text // the precise spot, in the reporter's words
	When       date.Date
	Seen       vault.Text // what was seen or heard
	People     int        // how many persons; 0 is "not known"
	Children   Answer
	Reporter   ids.Reporter // zero: anonymous
	RaisedBy   ids.Account  // zero: somebody without an account
	RaisedOrg  ids.Org
	RaisedAt   time.Time // the reporter's own time; on paper, the time written on the form
	Hour       Answer    // Unknown where the paper gives a day and no hour; RaisedAt is then when the day began
	ReceivedAt time.Time
	Paper      bool     // entered later from the printable form
	Receipt    ids.Code // what the bearer of the signal gets: nothing flows back but "received"

	// Held by.
	Owner   ids.Org // the organisation on duty
	TakenBy ids.Account
	TakenAt time.Time

	// Triage.
	Level      Danger
	Reasons    []string  // code list "danger_reason"
	HealthFrom time.Time // when the assault happened; zero: no health clock
	TriagedBy  ids.Account
	TriagedAt  time.Time
	Outcome    Outcome
	Need       string // code list "other_need", for OtherNeed
	SameAs     ids.Signal
	Group      ids.Group
	Conflicts  []Conflict
}

// Conflict bars an account or an organisation from reading and routing a
// record: somebody accused, or too close (an official, a colleague, an
// interpreter, a relative). [S:FORUM89] insiders in the services; PROCESS.md §11.1.
type Conflict struct {
	Account ids.Account
	Org     ids.Org
	Why     string // code list "conflict_relation"
}

// SafeContact is how somebody may be reached without harm. It stands above any number shown.
type SafeContact struct {
	Phone  vault.Text
	Hours  string     // code list "safe_hours" or empty
	Phrase vault.Text // what to say first, so that a call looks harmless
	Avoid  vault.Text // who must not pick up
	May    Answer     // may we call back?
}

// Reporter is who reported, sealed apart from what was reported.
type Reporter struct {
	ID       ids.Reporter
	Version  int
	Signal   ids.Signal
	Owner    ids.Org
	Name     vault.Text
	Relation string // code list "reporter_relation"
	Contact  SafeContact
}

// SignalLine is a signal in a queue: no words of the report.
type SignalLine struct {
	ID         ids.Signal
	State      SignalState
	Now        Answer
	Level      Danger
	Channel    string
	Where      place.Given
	People     int
	Children   Answer
	RaisedAt   time.Time
	ReceivedAt time.Time
	TakenBy    ids.Account
	HealthFrom time.Time
	Due        time.Time // when triage is late
}

// Group is people met together: one signal, a private conversation offered to
// each. An adult who leaves freely is an outcome, not a failure (PROCESS.md §0.3, §3.5).
type Group struct {
	ID      ids.Group
	Version int
	Signal  ids.Signal
	Owner   ids.Org
	Size    int
	Where   place.Given
	Met     time.Time
	Handler Answer // travelling with one handler?
}

// Facts are what a decision about the signal needs.
func (s Signal) Facts(g *place.Gazetteer) access.Object {
	o := access.Object{Kind: access.SignalKind, ID: s.ID.UUID, Subject: s.ID.UUID, Zone: access.Protection,
		Owner: s.Owner, By: s.RaisedBy, Stage: string(s.State), Child: s.Children == Yes, Places: above(g, s.Where)}
	if !s.TakenBy.IsZero() {
		o.Team = []ids.Account{s.TakenBy}
	}
	o.Excluded, o.ExcludedOrgs = barred(s.Conflicts)
	return o
}

func barred(conflicts []Conflict) (accounts []ids.Account, orgs []ids.Org) {
	for _, c := range conflicts {
		if !c.Account.IsZero() {
			accounts = append(accounts, c.Account)
		}
		if !c.Org.IsZero() {
			orgs = append(orgs, c.Org)
		}
	}
	return accounts, orgs
}

// barredAccount says whether somebody is kept out of a record.
func barredAccount(conflicts []Conflict, account ids.Account) bool {
	return !account.IsZero() && slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Account == account })
}

// barredOrg says whether an organisation is kept out of a record.
func barredOrg(conflicts []Conflict, org ids.Org) bool {
	return !org.IsZero() && slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Org == org })
}

func above(g *place.Gazetteer, at place.Given) []string {
	var codes []string
	for _, p := range g.Path(at.Code) {
		codes = append(codes, string(p.Code))
	}
	return codes
}

// Package access decides who may do what to which record, and for what purpose.
//
// No reading of a person without a [Grant]. Rights come from a post (role ×
// organisation × place × time), never from a person's name. The rules are text
// (policies/*.cedar) that a jurist can read; this room turns facts into their
// words and their answer into a Grant or a fault. Lists filter in SQL by the
// same facts ([Grant.Scope]).
//
// The room reads no record: whoever asks brings the facts of the object.
package access

import (
	"time"

	"inkingi/internal/ids"
)

// Role is a function a post can have (PROCESS.md §5).
type Role string

// The roles. Each has lines in policies/matrix.csv; the rules are in policies/*.cedar.
const (
	Anyone          Role = "anyone"      // somebody without an account, raising a signal
	FocalPoint      Role = "focal_point" // colline or NGO focal point
	HotlineOperator Role = "hotline_operator"
	DutyOfficer     Role = "duty_officer" // on call for a province
	Screener        Role = "screener"
	CaseManager     Role = "case_manager"
	Supervisor      Role = "supervisor"
	ServiceProvider Role = "service_provider" // shelter, clinic, lawyer
	Coordinator     Role = "referral_coordinator"
	ChildAuthority  Role = "child_authority"
	Police          Role = "police"
	Immigration     Role = "immigration"
	Prosecutor      Role = "prosecutor"
	Court           Role = "court"
	Secretariat     Role = "secretariat"
	CommitteeMember Role = "committee_member"
	Donor           Role = "donor"
	Evaluator       Role = "evaluator"       // M&E
	DataProtection  Role = "data_protection" // data-protection officer, auditor
	Administrator   Role = "administrator"   // sysadmin: no content
	Program         Role = "program"         // the program itself, when a clock runs out; no post has it
)

// Zone is where a record lives (DESIGN.md §3).
type Zone string

// The zones.
const (
	Public     Zone = "Z0"
	Programme  Zone = "Z1"
	Figures    Zone = "Z2"
	Protection Zone = "Z3"
	Sealed     Zone = "Z4"
	Criminal   Zone = "Z5"
	Bridge     Zone = "Z6"
)

// Kind is the kind of object a decision is about.
type Kind string

// The kinds of object.
const (
	System         Kind = "system"    // the program itself: settings, health, code lists
	SessionKind    Kind = "session"   // one's own sign-in, second factor, drafts
	Work           Kind = "work"      // one's own page of the day
	Accounts       Kind = "account"   // who signs in, posts
	Directory      Kind = "directory" // the referral directory and its services
	Roster         Kind = "roster"    // who is on call
	SignalKind     Kind = "signal"
	ReporterKind   Kind = "reporter" // identity of who reported, sealed apart
	GroupKind      Kind = "group"    // people met together
	CaseKind       Kind = "case"     // a protection case and its timeline
	PersonKind     Kind = "person"   // identity of the person concerned
	ScreeningKind  Kind = "screening"
	AssessmentKind Kind = "assessment" // needs, risks, safety plan
	GuardianKind   Kind = "guardian"   // who stands by a child
	ConsentKind    Kind = "consent"
	ReferralKind   Kind = "referral" // the request: who waits for whom
	PacketKind     Kind = "packet"   // what the receiver may read
	Queue          Kind = "queue"    // who waits for whom, since when: no story
	Log            Kind = "log"      // the audit log
	Figure         Kind = "figure"   // published tables
)

// The kinds of historic record.
const (
	LegacyKind      Kind = "legacy"       // a historic list: what it is called, and its counts
	LegacyDraftKind Kind = "legacy_draft" // a file on its way in, and what its columns mean: sealed, for who brought it
	LegacyRowKind   Kind = "legacy_row"   // what a row of such a list says about a person, as given
)

// The kinds of record of a plan and what comes of it.
const (
	PlanKind      Kind = "plan"      // what she wants, and who does what
	InterestsKind Kind = "interests" // the best interests of a child, weighed once
	EpisodeKind   Kind = "episode"   // one service that she receives
)

// The kinds of record of people who move.
const (
	CoverKind    Kind = "cover"    // who stands in for whom
	BackupKind   Kind = "backup"   // who asked for help, and who went
	TransferKind Kind = "transfer" // a case offered to another organisation
	LikenessKind Kind = "likeness" // two files that may be of one person
)

// LiaisonKind is two organisations that may speak with each other about one person:
// which they are is the coordinator's, whom it is about each side's own.
const LiaisonKind Kind = "liaison"

// The kinds of record of what somebody has a right to.
const (
	ErasureKind Kind = "erasure" // who asks that which file is erased, and why: never what it holds
	GlassKind   Kind = "glass"   // who asks to open which case in an emergency
)

// The kinds of record of a shelter, and of what she says of those who help.
const (
	StayKind      Kind = "stay"      // where somebody lives
	ComplaintKind Kind = "complaint" // who looks into it and who wrote it down
)

// The kinds of what is written and enclosed beside a case.
const (
	JottingKind    Kind = "jotting"     // a quick note
	SealedNoteKind Kind = "sealed_note" // health, psychosocial, legal: its author and those it names
	AttachmentKind Kind = "attachment"  // a file of a case or of a sealed note
)

// FileKind is a criminal file with everything in it: suspects, charges, custody, hearings.
const FileKind Kind = "criminal_file"

// Action is what somebody wants to do: "<kind>.<verb>", for instance "signal.triage".
type Action string

// Purpose is why (IOM data-protection principle 2: specified, legitimate purpose).
type Purpose string

// The purposes.
const (
	ForProtection   Purpose = "protection" // helping the person concerned
	ForIntake       Purpose = "intake"     // receiving and routing a signal
	ForReferral     Purpose = "referral"   // passing somebody on, or taking somebody in
	ForSupervision  Purpose = "supervision"
	ForOversight    Purpose = "oversight" // data protection, audit
	ForCoordination Purpose = "coordination"
	ForStatistics   Purpose = "statistics"
	ForOperation    Purpose = "operation"   // running the program
	ForProsecution  Purpose = "prosecution" // finding out who did it, and judging it
)

// Post is one line of somebody's rights: a role in an organisation, in a place
// (empty: everywhere the organisation works), for a time.
type Post struct {
	ID    ids.Post
	Role  Role
	Org   ids.Org
	Place string // place code: country, province or commune; "" is everywhere
	From  time.Time
	Until time.Time // zero: open
}

// Holds says whether the post is held at that moment.
func (p Post) Holds(at time.Time) bool {
	return !at.Before(p.From) && (p.Until.IsZero() || at.Before(p.Until))
}

// Who is somebody at the door: an account with one of its posts in force, or
// nobody in particular ([Visitor]). A person with several posts chooses one.
type Who struct {
	Account      ids.Account
	Post         Post
	SecondFactor bool // this session passed a second factor
	Disabled     bool // the account was closed while the session ran
	Session      ids.Session
}

// Visitor is somebody without an account.
func Visitor() Who { return Who{Post: Post{Role: Anyone}} }

// Itself is the program acting when no person does: a deadline that passed, a
// message to send, the operator's console. Doors for people never use it.
func Itself() Who { return Who{Post: Post{Role: Program}} }

// Object carries the facts a decision needs about one record, and no content.
// Without an ID it stands for a whole list, or for a record not yet made.
type Object struct {
	Kind         Kind
	ID           ids.UUID
	Subject      ids.UUID      // whose key seals the content: the person, the reporter, the signal, the packet
	Zone         Zone          // "": the zone of the kind ([ZoneOf])
	Owner        ids.Org       // the organisation that owns the record; of a signal, the one whose duty roster took it
	To           ids.Org       // the organisation a referral or a packet is addressed to; of a criminal file, the prosecutor's office
	Bench        []ids.Org     // the courts that a criminal file was sent to
	By           ids.Account   // who made it
	Presumer     ids.Account   // who took the decision that waits for a second person
	Team         []ids.Account // who is assigned; of a signal, who took it or was alerted
	Places       []string      // codes of the place and everything above it
	Stage        string        // the state of the record's machine, in any case
	Child        bool          // treated as a child
	Opened       []ids.Account // for whom two persons opened it, for an hour
	Excluded     []ids.Account // accused, or in conflict of interest
	ExcludedOrgs []ids.Org     // likewise, a whole organisation
}

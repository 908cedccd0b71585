package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Change is what one verb writes, all or nothing, under one entry.
//
// A record with Version 0 is new; one with Version n replaces version n and
// becomes n+1, and when somebody was faster the whole change is fault.Stale.
// When the first new record of the change already exists, made by the same
// account, the change is a repeat of the same request: nothing is written and
// the answer is nil.
type Change struct {
	Signals         []Signal
	Reporters       []Reporter
	Groups          []Group
	Persons         []Person
	Cases           []Case
	Screenings      []Screening
	Assessments     []Assessment
	Guardians       []Guardian
	Reflections     []Reflection
	Tasks           []Task // set, or begun anew
	Done            []Done
	Consents        []Consent
	Referrals       []Referral
	Identifications []Identification
	Reviews         []Review
	Explanations    []Explanation
	Services        []Service
	Duties          []Duty
	Events          []Event
	Alerts          []Alert
	Hush            []ids.UUID     // records whose pending alerts are answered
	Burn            []ids.Referral // packets whose key is destroyed
	Unshared        []Unshared     // requests whose sharing ended while she is helped

	Visits      []Visit
	Closures    []Closure
	Homecomings []Homecoming
	Businesses  []Business

	Plans       []Plan
	Interests   []Interests
	Episodes    []Episode
	Attendances []Attendance
	Progress    []Progress
	Inspections []Inspection

	Covers      []Cover
	Backups     []Backup
	Transfers   []Transfer
	Complaints  []Complaint
	Stays       []Stay // those that end stand before the one that begins
	Moves       []Move // whole files that change their owner
	Erasures    []Erasure
	Holds       []Hold
	Glasses     []Glass
	Erase       []Erasure // whose key is destroyed in this act
	Jottings    []Jotting
	SealedNotes []SealedNote
	Attachments []Attachment
	Removals    []Removal // attached files whose key is destroyed

	Inquiries  []Inquiry
	Liaisons   []Liaison
	Likenesses []Likeness
	Joins      []Join         // files that go on in another
	Partings   []ids.Likeness // joins that are undone
}

// Page asks for a part of a list: at most Limit lines after the mark of the
// last line of the page before ("" for the first).
type Page struct {
	After string
	Limit int
}

// Cut is a part of a list; Next is "" at its end.
type Cut[T any] struct {
	Lines []T
	Next  string
}

// Store keeps the records of protection. Methods that read what identifies
// somebody take the Grant, refuse a zero one, and leave the reading in the
// audit log before they answer; writes take an Entry and keep both in one
// transaction. What does not exist is fault.NotFound.
type Store interface {
	// Facts are what a decision about one record needs, and no content.
	Facts(ctx context.Context, kind access.Kind, id ids.UUID) (access.Object, error)
	// Note keeps an entry that goes with no change: a refusal, or a paper that was printed.
	Note(ctx context.Context, e audit.Entry) error
	// SaveProtection writes a change.
	SaveProtection(ctx context.Context, e audit.Entry, c Change) error

	Signal(ctx context.Context, g access.Grant, id ids.Signal) (Signal, error)
	Reporter(ctx context.Context, g access.Grant, id ids.Reporter) (Reporter, error)
	Group(ctx context.Context, g access.Grant, id ids.Group) (Group, error)
	Person(ctx context.Context, g access.Grant, id ids.Person) (Person, error)
	Case(ctx context.Context, g access.Grant, id ids.Case) (Case, error)
	Screening(ctx context.Context, g access.Grant, id ids.Screening) (Screening, error)
	Assessment(ctx context.Context, g access.Grant, id ids.Assessment) (Assessment, error)
	Guardian(ctx context.Context, g access.Grant, id ids.Guardian) (Guardian, error)
	Consent(ctx context.Context, g access.Grant, id ids.Consent) (Consent, error)
	Referral(ctx context.Context, g access.Grant, id ids.Referral) (Referral, error)
	Service(ctx context.Context, g access.Grant, id ids.Service) (Service, error)

	// What hangs on a case, for a reader who holds a grant on that case.
	Timeline(ctx context.Context, g access.Grant, id ids.Case, p Page) (Cut[Event], error)
	Screenings(ctx context.Context, g access.Grant, id ids.Case) ([]Screening, error)
	// Assessments lists when, by whom, how dangerous: nothing of what was found.
	Assessments(ctx context.Context, g access.Grant, id ids.Case) ([]Assessment, error)
	// Guardians lists who stands or stood by a child, the newest first, without names.
	Guardians(ctx context.Context, g access.Grant, id ids.Case) ([]Guardian, error)
	// Reflection is the reflection period of a case; NotFound while nothing was said of it.
	Reflection(ctx context.Context, g access.Grant, id ids.Case) (Reflection, error)
	// CaseTasks lists what must be done for a case, what is due first.
	CaseTasks(ctx context.Context, g access.Grant, id ids.Case) ([]Task, error)
	Consents(ctx context.Context, g access.Grant, id ids.Case) ([]Consent, error)
	CaseReferrals(ctx context.Context, g access.Grant, id ids.Case) ([]ReferralLine, error)
	Identifications(ctx context.Context, g access.Grant, id ids.Case) ([]Identification, error)
	// Reviews and Explanations list what was asked and what she was told, the oldest first.
	Reviews(ctx context.Context, g access.Grant, id ids.Case) ([]Review, error)
	Explanations(ctx context.Context, g access.Grant, id ids.Case) ([]Explanation, error)

	// PlanOf reads the plan of a case, fault.NotFound when none is written; Plan reads it by its name.
	PlanOf(ctx context.Context, g access.Grant, id ids.Case) (Plan, error)
	Plan(ctx context.Context, g access.Grant, id ids.Plan) (Plan, error)
	// Footing says what an agreement stands on, and opens nothing.
	Footing(ctx context.Context, g access.Grant, id ids.Case) (Footing, error)
	Plans(ctx context.Context, g access.Grant, f PlanFilter, p Page) (Cut[PlanLine], error)
	Interests(ctx context.Context, g access.Grant, id ids.Interests) (Interests, error)
	// Weighed lists when and by whom: nothing of what was found.
	Weighed(ctx context.Context, g access.Grant, id ids.Case) ([]Interests, error)

	Episode(ctx context.Context, g access.Grant, id ids.Episode) (Episode, error)
	// Episodes lists the services of a case, the newest first, without the words about them.
	Episodes(ctx context.Context, g access.Grant, id ids.Case) ([]Episode, error)
	// Attended lists on which days she came, the newest first; the last word about a day counts.
	Attended(ctx context.Context, g access.Grant, id ids.Episode) ([]Attendance, error)

	// Progress lists what the receiver of a request said of the service, the oldest
	// first, without words; FedBack reads the words of what was said back, sealed.
	Progress(ctx context.Context, g access.Grant, id ids.Referral) ([]Progress, error)
	FedBack(ctx context.Context, g access.Grant, id ids.Referral) (Progress, error)
	// Spent lists packets that wait for their end, whose days are counted longest first.
	Spent(ctx context.Context, limit int) ([]Spent, error)

	Inspections(ctx context.Context, g access.Grant, id ids.Service) ([]Inspection, error)

	// Visits reads the contacts and attempts of a case, the newest first.
	Visits(ctx context.Context, g access.Grant, id ids.Case) ([]Visit, error)
	// Closure reads why a case is to be closed; NotFound while nobody asked for it.
	Closure(ctx context.Context, g access.Grant, id ids.Case) (Closure, error)
	// Homecoming reads the return of a case; NotFound while nothing was prepared.
	Homecoming(ctx context.Context, g access.Grant, id ids.Case) (Homecoming, error)
	// Businesses lists what she was helped to start, the newest first. It holds no word of hers.
	Businesses(ctx context.Context, g access.Grant, id ids.Case) ([]Business, error)
	Jotting(ctx context.Context, g access.Grant, id ids.Jotting) (Jotting, error)
	// Jottings lists the notes of a case, the newest first, without their words.
	Jottings(ctx context.Context, g access.Grant, id ids.Case) ([]Jotting, error)
	SealedNote(ctx context.Context, g access.Grant, id ids.SealedNote) (SealedNote, error)
	// SealedNotes lists those that name the holder of the grant, of a case or of
	// all, the newest first, without their words.
	SealedNotes(ctx context.Context, g access.Grant, id ids.Case, p Page) (Cut[SealedNote], error)
	// Attachment reads a file without its content.
	Attachment(ctx context.Context, g access.Grant, id ids.Attachment) (Attachment, error)
	AttachmentContent(ctx context.Context, g access.Grant, id ids.Attachment) (Attachment, error)
	// Attachments lists those that go with a case, not with a sealed note, the
	// newest first, without name and content; NoteAttachments those of a sealed note.
	Attachments(ctx context.Context, g access.Grant, id ids.Case) ([]Attachment, error)
	NoteAttachments(ctx context.Context, g access.Grant, id ids.SealedNote) ([]Attachment, error)

	// History gives the older versions of a signal, for whoever may read it.
	History(ctx context.Context, g access.Grant, id ids.Signal) ([]Signal, error)

	// Lists, filtered in SQL by the facts of the grant's scope, keyset-paged,
	// without any identity.
	Signals(ctx context.Context, g access.Grant, f SignalFilter, p Page) (Cut[SignalLine], error)
	Cases(ctx context.Context, g access.Grant, f CaseFilter, p Page) (Cut[CaseLine], error)
	Referrals(ctx context.Context, g access.Grant, f ReferralFilter, p Page) (Cut[ReferralLine], error)
	Tasks(ctx context.Context, g access.Grant, f TaskFilter, p Page) (Cut[TaskLine], error)
	GroupCases(ctx context.Context, g access.Grant, id ids.Group) ([]CaseLine, error)
	Receipts(ctx context.Context, g access.Grant, p Page) (Cut[Receipt], error)
	// Similar lists signals of the same organisation and place within the days around.
	Similar(ctx context.Context, g access.Grant, s Signal, days int) ([]SignalLine, error)
	// Find lists the organisation's own cases by blind index: name words, phonetic keys or phone digits.
	Find(ctx context.Context, g access.Grant, words string, p Page) (Cut[CaseLine], error)
	// ByCode finds a case of the organisation by what people read aloud.
	ByCode(ctx context.Context, g access.Grant, code ids.Code) (CaseLine, error)

	Services(ctx context.Context, g access.Grant, f ServiceFilter) ([]Service, error)
	Duties(ctx context.Context, g access.Grant, from, until time.Time) ([]Duty, error)
	// OnCall lists who is on duty for a province at a moment, by rank, the
	// country-wide lines last. It holds nothing about anybody's case.
	OnCall(ctx context.Context, province string, at time.Time) ([]Duty, error)

	// Standby lists every duty officer, for when nobody is on the roster. Province
	// is the place of the post, of any level; Rank and the times are zero.
	Standby(ctx context.Context, at time.Time) ([]Duty, error)

	// Hosts lists who answers requests in an organisation at a moment.
	Hosts(ctx context.Context, org ids.Org, at time.Time) ([]ids.Account, error)

	// What each worker carries, and everything that one of them holds.
	Caseloads(ctx context.Context, g access.Grant, now time.Time) ([]Caseload, error)
	Held(ctx context.Context, g access.Grant, worker ids.Account, now time.Time) (Held, error)
	// Covers lists those of an organisation that are not over; Covered the open
	// cases of those the reader stands in for at a moment.
	Covers(ctx context.Context, g access.Grant, org ids.Org, now time.Time) ([]Cover, error)
	Covered(ctx context.Context, g access.Grant, now time.Time) ([]CaseLine, error)
	BackupCall(ctx context.Context, g access.Grant, id ids.Backup) (Backup, error)
	Backups(ctx context.Context, g access.Grant) ([]Backup, error)
	// LastBackup is the newest call of an account, zero when there is none.
	LastBackup(ctx context.Context, by ids.Account) (Backup, error)
	// Leads lists who leads an organisation at a moment.
	Leads(ctx context.Context, org ids.Org, at time.Time) ([]ids.Account, error)

	Transfer(ctx context.Context, g access.Grant, id ids.Transfer) (Transfer, error)
	Transfers(ctx context.Context, g access.Grant) ([]Transfer, error)
	// CaseTransfers lists those of a case, the newest first.
	CaseTransfers(ctx context.Context, g access.Grant, id ids.Case) ([]Transfer, error)

	// Candidates lists cases of the reader's organisation, within the grant's scope, whose
	// person is called like, or reached like, what is asked for: by blind index, the newest
	// first, at most limit of them, and opens nobody.
	Candidates(ctx context.Context, g access.Grant, names []string, phone string, limit int) ([]Candidate, error)
	// Abroad says whether a case may be compared with those of other organisations, and
	// whether enough is known of her for it; it opens nobody.
	Abroad(ctx context.Context, g access.Grant, id ids.Case) (Abroad, error)
	// Inquiry reads a question; Inquiries lists those of a case, the newest first;
	// InquiriesBy what the holder asked since a moment.
	Inquiry(ctx context.Context, g access.Grant, id ids.Inquiry) (Inquiry, error)
	Inquiries(ctx context.Context, g access.Grant, id ids.Case) ([]Inquiry, error)
	InquiriesBy(ctx context.Context, g access.Grant, since time.Time) ([]ids.Inquiry, error)
	// Elsewhere finds by keyed tokens, at most limit of them, the open cases of other
	// organisations that may be of the person of a question, and opens nobody: only where
	// both agreed to it (P2) and it still holds, where neither side is kept out of the
	// other's case, and where the other side did not say no before.
	Elsewhere(ctx context.Context, g access.Grant, id ids.Inquiry, limit int) ([]Counterpart, error)
	// Liaison reads one; Liaisons lists those of the grant's scope, what waits first;
	// CaseLiaisons those by which a case was found.
	Liaison(ctx context.Context, g access.Grant, id ids.Liaison) (Liaison, error)
	Liaisons(ctx context.Context, g access.Grant) ([]LiaisonLine, error)
	CaseLiaisons(ctx context.Context, g access.Grant, id ids.Case) ([]Liaison, error)
	// Agreed says whether both persons' agreement (P2) still holds.
	Agreed(ctx context.Context, g access.Grant, id ids.Liaison) (bool, error)
	// Coordinators lists who brings organisations together.
	Coordinators(ctx context.Context, at time.Time) ([]Duty, error)
	Likeness(ctx context.Context, g access.Grant, id ids.Likeness) (Likeness, error)
	// Likenesses lists those of an organisation, what waits first; CaseLikenesses those of a case.
	Likenesses(ctx context.Context, g access.Grant) ([]LikenessLine, error)
	CaseLikenesses(ctx context.Context, g access.Grant, id ids.Case) ([]Likeness, error)
	// Erasure reads one; Erasures lists those of the grant's scope, what waits first.
	Erasure(ctx context.Context, g access.Grant, id ids.Erasure) (Erasure, error)
	Erasures(ctx context.Context, g access.Grant) ([]Erasure, error)
	// Glass reads one; Glasses lists those of the grant's scope, CaseGlasses those
	// that opened a case, GlassesBy what the holder asked for since a moment.
	Glass(ctx context.Context, g access.Grant, id ids.Glass) (Glass, error)
	Glasses(ctx context.Context, g access.Grant) ([]Glass, error)
	CaseGlasses(ctx context.Context, g access.Grant, id ids.Case) ([]Glass, error)
	GlassesBy(ctx context.Context, g access.Grant, since time.Time) ([]ids.Glass, error)
	// GlassCase finds the one case that has a code, and GlassHolder who holds a case.
	GlassCase(ctx context.Context, g access.Grant, code ids.Code) (ids.Case, ids.Org, error)
	GlassHolder(ctx context.Context, g access.Grant, id ids.Case) (ids.Account, error)
	// Officers lists who keeps data protection.
	Officers(ctx context.Context, at time.Time) ([]ids.Account, error)
	// Standing says what an erasure of a case stands on, and opens nothing.
	Standing(ctx context.Context, g access.Grant, id ids.Case) (Standing, error)
	Complaint(ctx context.Context, g access.Grant, id ids.Complaint) (Complaint, error)
	// Complaints lists those the reader looks into or wrote down, without their words.
	Complaints(ctx context.Context, g access.Grant) ([]Complaint, error)
	// Overseers lists who looks into what an organisation may not look into itself.
	Overseers(ctx context.Context, at time.Time) ([]Duty, error)

	// Lodger is what a place in a shelter stands on, and opens nothing.
	Lodger(ctx context.Context, g access.Grant, id ids.Case) (Lodger, error)
	Stay(ctx context.Context, g access.Grant, id ids.Stay) (Stay, error)
	// CaseStays lists where she lives and lived, the newest first.
	CaseStays(ctx context.Context, g access.Grant, id ids.Case) ([]Stay, error)
	// Staying counts who lives in a shelter now.
	Staying(ctx context.Context, g access.Grant, id ids.Service) (int, error)
	// Tonight lists who lives in the shelters of an organisation, by shelter and unit.
	Tonight(ctx context.Context, g access.Grant) ([]Stay, error)

	// Readings lists from the log who opened anything about the persons of cases;
	// the entry of the question is kept before the answer. Coded finds cases by what
	// people read aloud, for a grant on the log only.
	Readings(ctx context.Context, e audit.Entry, cases []ids.Case) ([]Reading, error)
	Coded(ctx context.Context, g access.Grant, code ids.Code) ([]ids.Case, error)

	// Late work of the program's own clock, each at most limit lines.
	LateReferrals(ctx context.Context, now time.Time, limit int) ([]ids.Referral, error)
	// LateGuardians lists the cases of children whose clock of a guardian began before a moment.
	LateGuardians(ctx context.Context, before time.Time, limit int) ([]ids.Case, error)
	// Authorities lists who answers for children, with the place of the post.
	Authorities(ctx context.Context, at time.Time) ([]Duty, error)
	OpenInquiries(ctx context.Context, limit int) ([]ids.Inquiry, error)
	LateLiaisons(ctx context.Context, now time.Time, limit int) ([]ids.Liaison, error)
}

// SignalFilter narrows the queue of signals. The order is: RED and unjudged
// danger first, then the oldest.
type SignalFilter struct {
	Open bool // only what is not yet triaged
	Mine bool // only what the reader holds
}

// CaseFilter narrows a list of cases. The order is danger, then the oldest in its state.
type CaseFilter struct {
	State        CaseState    // "" is every open state
	Served       bool         // services are open, whatever comes next
	Mine         bool         // assigned to the reader
	Ratification Ratification // only those
	Unassigned   bool         // nobody to screen, or nobody to manage
}

// ReferralFilter narrows a list of referrals. The order is danger, then the reply deadline.
type ReferralFilter struct {
	In         bool          // addressed to the reader's organisation
	Out        bool          // sent by it
	State      ReferralState // "" is every live one
	Unanswered bool          // sent or read, neither accepted nor declined
	Stuck      bool          // declined or lapsed, and nobody was asked for the same need since
}

// ServiceFilter asks the directory who could take somebody in.
type ServiceFilter struct {
	Need  string
	Sex   string
	Years int    // completed years; -1 is unknown
	Place string // place code
	Org   ids.Org
	All   bool // inactive and stale ones too, for those who keep the directory
}

// Receipt is all that flows back to whoever raised a signal: that it was received.
type Receipt struct {
	Signal     ids.Signal
	Receipt    ids.Code
	RaisedAt   time.Time
	Hour       Answer // Unknown: RaisedAt is a day
	ReceivedAt time.Time
}

package protection

import (
	"slices"
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ConsentState is machine C (PROCESS.md §2.5).
type ConsentState string

// The states of a consent. Overridden needs a vital interest or a legal duty.
const (
	NotAskedYet ConsentState = "NOT_ASKED"
	Given       ConsentState = "GIVEN"
	Refused     ConsentState = "REFUSED"
	Withdrawn   ConsentState = "WITHDRAWN"
	Expired     ConsentState = "EXPIRED"
	Superseded  ConsentState = "SUPERSEDED"
	Overridden  ConsentState = "OVERRIDDEN"
)

// The purposes this journey asks for; the whole list is country data.
const (
	P1CaseManagement = "P1"
	P2National       = "P2" // pseudonymous record in the national system
	P3ShareReferral  = "P3"
	P4Justice        = "P4" // police or prosecution
	P5Abroad         = "P5" // an embassy or an authority abroad, for a return
	P6Family         = "P6" // tracing or contacting the family
	P8Media          = "P8"
	P9Afterwards     = "P9" // contact after closure
	P10Research      = "P10"
)

// Consent is one purpose × recipient × scope.
type Consent struct {
	ID        ids.Consent
	Version   int
	Case      ids.Case
	Owner     ids.Org
	State     ConsentState
	Purpose   string   // P1…P10
	Recipient ids.Org  // zero for purposes inside the organisation
	Scope     []string // packet fields, code list "packet_field"

	Language    string
	Interpreter string
	Mode        string       // WRITTEN, THUMBPRINT, ORAL_WITNESSED
	Witness     vault.Text   // who saw or heard it
	GivenBy     string       // SELF, GUARDIAN, AUTHORITY
	Guardian    ids.Guardian // who said yes for a child: somebody who stands by her and had no part in it
	Assent      Answer       // the child's own word
	Capacity    vault.Text   // what bears on how she understands, and what was done about it
	Ethics      string       // reference of the ethics committee, for P10
	CarerAway   string       // why no carer's consent: ABSENT, SUSPECTED (code list "carer_away")
	AskedBy     ids.Account
	At          time.Time
	Expires     time.Time

	WithdrawnAt time.Time
	WithdrawnBy ids.Account

	// Overriding (vital interest, legal duty) is never silent.
	Override   string // code list "consent_override": VITAL_INTEREST, LEGAL_DUTY
	LegalBasis string
	ApprovedBy ids.Account
	PersonTold Answer
	Approval   Approval // of ApprovedBy, who is named by somebody else
	ApprovalAt time.Time
}

// Approval is what the one who is said to have approved says about it.
type Approval string

// The answers of whoever is said to have approved.
const (
	Unconfirmed Approval = ""
	Confirms    Approval = "CONFIRMED"
	Denies      Approval = "DENIED"
)

// Stands says whether a yes, or what stands in for one, holds now: not taken back,
// not past its end. Everything that rests on a consent asks this.
func (c Consent) Stands(now time.Time) bool {
	return (c.State == Given || c.State == Overridden) && (c.Expires.IsZero() || now.Before(c.Expires))
}

// stands says whether somebody said yes to a purpose, and that yes holds now.
func stands(consents []Consent, purpose string, now time.Time) bool {
	return slices.ContainsFunc(consents, func(k Consent) bool { return k.Purpose == purpose && k.State == Given && k.Stands(now) })
}

// takenBack says whether she took a yes to a purpose back, and none holds since.
func takenBack(consents []Consent, purpose string, now time.Time) bool {
	here := slices.DeleteFunc(slices.Clone(consents), Consent.elsewhere)
	return !stands(here, purpose, now) && slices.ContainsFunc(here, func(k Consent) bool { return k.Purpose == purpose && k.State == Withdrawn })
}

// elsewhere says whether it is about being followed by another organisation, which
// may take the case over.
func (c Consent) elsewhere() bool {
	return c.Purpose == P1CaseManagement && !c.Recipient.IsZero() && c.Recipient != c.Owner
}

// Covers says whether this consent lets these fields go to that organisation
// for that purpose, now.
func (c Consent) Covers(purpose string, to ids.Org, fields []string, now time.Time) bool {
	if !c.Stands(now) || c.Purpose != purpose || c.Recipient != to {
		return false
	}
	for _, f := range fields {
		if !slices.Contains(c.Scope, f) {
			return false
		}
	}
	return true
}

// ConsentAge is one band of the rule of who must say yes (PROCESS.md §2.5,
// [M]; ages are country data to be validated by a jurist).
type ConsentAge struct {
	From, Through int // whole years
	Carer         Part
	Child         Part
}

// Part is what somebody has to say before a consent holds.
type Part string

// The parts, of the carer and of the child.
const (
	Nothing       Part = "none"
	Assents       Part = "assent"
	AssentsInInk  Part = "written_assent"
	Agrees        Part = "agreement" // the carer, when the child agrees to asking
	ConsentsFully Part = "consent"
)

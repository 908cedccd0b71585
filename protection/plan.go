package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Plan is the plan of assistance of one case (PROCESS.md §2.2 AssistancePlan →
// PlanItem): what she wants, in her own words, and who does what by when. It is
// hers: it holds once she agreed, and a second person of the organisation reads
// it afterwards. Help never waits for either.
type Plan struct {
	ID      ids.Plan
	Version int
	Case    ids.Case
	Owner   ids.Org
	State   PlanState
	By      ids.Account // who wrote what she agrees to: nobody answers to her own plan
	At      time.Time   // when that was last written

	Goals []Goal // in her order: the first matters most to her
	Steps []Step
	Track Track
	Why   vault.Text // why it takes longer

	Agreed Agreement

	AnsweredBy ids.Account // the second person
	AnsweredAt time.Time
	Remarks    vault.Text // her words to who wrote it

	Review time.Time // to be looked at again with her by then
	Next   Due       // the next thing to do, derived by [Plan.ahead]
	Answer time.Time // until when a second person answers; zero when none is waited for
}

// PlanState says where a plan stands.
type PlanState string

// The states of a plan. Every change of what she wants makes it a draft again.
const (
	Drafted  PlanState = "DRAFT"
	AgreedTo PlanState = "AGREED" // by her; a second person has not read it yet
	Approved PlanState = "APPROVED"
	SentBack PlanState = "RETURNED" // with remarks; everything in it goes on
)

// PlanStates lists the states of a plan in order.
var PlanStates = [...]PlanState{Drafted, AgreedTo, Approved, SentBack}

// Track is how long recovery may take (PROCESS.md §2.3 Rules). Neither ends by a timer.
type Track string

// The tracks. EXTENDED needs a reason, and a review each 90 days.
const (
	Standard Track = "STANDARD"
	Extended Track = "EXTENDED"
)

// Goal is one thing she wants, in her own words.
type Goal struct {
	ID    ids.Goal
	Words vault.Text
	At    time.Time
}

// Step is one thing that somebody does for a goal.
type Step struct {
	ID     ids.Step
	Goal   ids.Goal
	Need   string     // code list "service"
	What   vault.Text // what exactly, where the code does not say it
	Who    string     // code list "step_who": herself, us, a service…
	Due    date.Day
	At     time.Time // when it was put in
	By     ids.Account
	End    string // code list "step_end"; "" while it is open
	EndAt  time.Time
	EndBy  ids.Account
	Moves  int        // how often the day was put off
	Remark vault.Text // what came of it
}

// Open says whether it is still to be done.
func (s Step) Open() bool { return s.End == "" }

// Agreement is her yes to the plan: how she said it, when, in which language,
// and who said it with her when she is a child (PROCESS.md §2.3 A8).
type Agreement struct {
	Day         date.Day // zero: not yet
	Mode        string   // code list "consent_mode"
	Language    string
	Interpreter string
	GivenBy     string       // code list "consent_given_by"
	Guardian    ids.Guardian // who agreed with a child
	Assent      Answer       // the child's own word
	CarerAway   string       // code list "carer_away"
	By          ids.Account
	At          time.Time // when it was noted

	Settling bool     // she agreed to the part of reintegration, too (§2.3 A11)
	Budget   Money    // its budget line
	Funders  []string // code list "funder"
}

// Due is what comes next in a plan, and by when.
type Due struct {
	What DueKind
	At   time.Time // zero: nothing is due
}

// DueKind says what is due.
type DueKind string

// What may be due.
const (
	NothingDue   DueKind = ""
	DueAgreement DueKind = "AGREE"    // she has not agreed to what stands there
	DueStep      DueKind = "STEP"     // a step
	DueReview    DueKind = "REVIEW"   // to be looked at again with her
	DueRemarks   DueKind = "RETURNED" // a second person sent it back
)

// PlanLine is a plan in a list: no goal and no story.
type PlanLine struct {
	ID    ids.Plan
	Case  ids.Case
	Code  ids.Code // of the case
	State PlanState
	Track Track
	Level Danger
	Child bool
	By    ids.Account
	Due   Due // of who works on it, or until when a second person answers
}

// Footing is what an agreement stands on (A8), as the records of the case say.
type Footing struct {
	Safety    bool      // the newest assessment holds a line of a safety plan
	Consent   bool      // P1 was given and stands
	Interests bool      // the best interests of the child were weighed
	Served    bool      // a service has begun (A9)
	Met       time.Time // when somebody first met her: the first conversation, or a request after which she arrived; zero for never
}

// has says whether there is such a goal.
func (p Plan) has(id ids.Goal) bool {
	return slices.ContainsFunc(p.Goals, func(g Goal) bool { return g.ID == id })
}

// ahead works out what comes next: a step, a review, her agreement, remarks.
func (p Plan) ahead(r *Rules, since time.Time) Plan {
	p.Next, p.Answer = Due{}, time.Time{}
	sooner := func(what DueKind, at time.Time) {
		if !at.IsZero() && (p.Next.At.IsZero() || at.Before(p.Next.At)) {
			p.Next = Due{what, at}
		}
	}
	for _, s := range p.Steps {
		if s.Open() {
			sooner(DueStep, r.endOf(s.Due))
		}
	}
	switch p.State {
	case Drafted:
		if p.At.After(since) && !p.Agreed.Day.IsZero() { // changed after she agreed
			since = p.At
		}
		sooner(DueAgreement, r.Due("plan.max", since))
	case SentBack:
		sooner(DueRemarks, p.AnsweredAt)
	case AgreedTo:
		p.Answer = r.Due("plan.answer", p.Agreed.At)
	}
	sooner(DueReview, p.Review)
	return p
}

// ReviewKey is the deadline of the next look at a plan (PROCESS.md §2.11 plan.review).
func ReviewKey(t Track) string {
	if t == Extended {
		return "plan.review.extended"
	}
	return "plan.review"
}

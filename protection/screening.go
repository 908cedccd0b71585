package protection

import (
	"strings"
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// ScreeningState is where one guided conversation stands.
type ScreeningState string

// The states of a screening. Stopping is always possible and never a failure.
const (
	ScreeningOpen    ScreeningState = "OPEN"
	ScreeningStopped ScreeningState = "STOPPED"
	ScreeningDecided ScreeningState = "DECIDED"
)

// Verdict is the human decision of a screening; the suggestion is kept apart.
type Verdict string

// The verdicts. "Insufficient information" is a legal answer (PROCESS.md §3.6).
const (
	NoVerdict    Verdict = ""
	Presume      Verdict = "PRESUME"
	NotIndicated Verdict = "NOT_TIP"
	Insufficient Verdict = "INSUFFICIENT"
)

// Profile chooses the column of weights (PROCESS.md §3.1).
type Profile string

// The profiles. Nobody chooses one for her: while it is not said there is no
// suggestion. The sexual ones give no suggestion until their weights are sourced.
const (
	Unsaid Profile = ""
	Labour Profile = "labour"
	Sexual Profile = "sexual"
)

// Screening is one private conversation, guided and never read out as a
// questionnaire: privacy first, then urgent needs, limits of confidentiality
// and consent, her free account, and only then ticking what was heard.
type Screening struct {
	ID      ids.Screening
	Version int
	Case    ids.Case
	Owner   ids.Org
	By      ids.Account
	State   ScreeningState
	Started time.Time
	Ended   time.Time

	// Before the conversation (A3).
	Private     Answer // safe private place
	Apart       Answer // away from companions
	Interpreter string // code list "interpreter": NOT_NEEDED, OURS, NONE, COMPANION (refused)
	Language    string
	Again       string      // why she was heard once more, code list "heard_again"
	Urgent      []string    // needs handled first, code list "service"
	LimitsSaid  bool        // limits of confidentiality said (PROCESS.md §2.5 P0)
	Consent     ids.Consent // P1, as it was answered in this conversation

	// The conversation.
	Account   vault.Text        // the worker's summary of her free account
	Heard     []string          // indicator codes that were heard
	NotHeard  map[string]Answer // indicators answered no, unknown or skipped
	Profile   Profile
	Exploited Answer     // has exploitation started?
	Act       Answer     // recruited, moved, harboured or received by somebody (the act, Palermo 3(a))
	Purpose   []string   // purpose facts of the interception path, code list "purpose_fact"
	Wants     vault.Text // what she wants

	// The end.
	Suggestion Suggestion
	Verdict    Verdict
	Reason     string     // code, needed when the verdict departs from the suggestion
	Words      vault.Text // the reason in the worker's words
	DecidedBy  ids.Account
	DecidedAt  time.Time
}

// Suggestion is what the rule of §3.3–3.5 suggests, in words: a pattern and
// the dimensions that spoke, never a number. It is never exported to police or court.
type Suggestion struct {
	Pattern    Pattern
	Dimensions []string // D1…D6 that are positive
	Presume    bool     // the suggestion reads "consider presuming"
	Silent     bool     // no suggestion: weights not sourced, or Unsaid
	Unsaid     bool     // nobody said what kind of work it was
}

// Mark is the same for the same suggestion: a page carries it, so that what is
// kept beside a decision is what was seen when it was taken.
func (s Suggestion) Mark() string {
	if s.Silent {
		return "silent"
	}
	return string(s.Pattern) + ":" + strings.Join(s.Dimensions, "+")
}

// Pattern is a reading of the dimensions together (PROCESS.md §3.4).
type Pattern string

// The patterns.
const (
	NoPattern             Pattern = "NO_PATTERN"
	ExploitationOnly      Pattern = "EXPLOITATION_ONLY"
	DeceptionExploitation Pattern = "DECEPTION_EXPLOITATION"
	ForcedLabour          Pattern = "FORCED_LABOUR"
	Trafficking           Pattern = "TRAFFICKING"
	ChildTrafficking      Pattern = "CHILD_TRAFFICKING"
	Intercepted           Pattern = "INTERCEPTED"
)

package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

// Rules are the national facts this pillar works by. They are data of a
// country ([RulesOf]); a nil or empty part refuses rather than guesses.
type Rules struct {
	Places     *place.Gazetteer
	Codes      func(list string) []string // codes of a list that may be chosen today
	DueAt      func(key string, from time.Time) time.Time
	Day        func(time.Time) date.Day // the civil day of a moment, in the country's time
	Midnight   func(date.Day) time.Time // when a civil day begins, in the country's time
	Band       func(years int) string   // code list "age_band"
	Attempts   int                      // to reach somebody before contact counts as lost; 0 refuses
	Majority   int                      // age at which somebody stops being a child
	Consent    []ConsentAge
	Purposes   map[string]PurposeRule // what a consent to a purpose needs; code list "consent_purpose"
	Indicators []Indicator
	Risks      []RiskFactor
	Interviews int                           // at which interview of one person a reason is asked
	Inquiries  int                           // questions of one worker to other organisations in a day; 0 refuses
	Pause      int                           // days between two such questions about one case; 0 refuses
	Quorum     int                           // people of a panel on a child's best interests; 0 refuses
	Term       func(after date.Day) date.Day // the day on which the next school term begins
	Decimals   map[string]int                // currency → digits after the point
	Fields     map[string][]string           // need code → packet fields beyond the minimum
}

// Due gives the end of a deadline that starts at from; without rules it is from
// itself, so that a missing rule shows as late and never as plenty of time.
func (r *Rules) Due(key string, from time.Time) time.Time {
	if r.DueAt == nil {
		return from
	}
	return r.DueAt(key, from)
}

// endOf is the moment when a civil day is over.
func (r *Rules) endOf(d date.Day) time.Time {
	if r.Midnight == nil || d.IsZero() {
		return time.Time{}
	}
	return r.Midnight(d.Add(1))
}

// list gives the codes that may be chosen.
func (r *Rules) list(name string) []string {
	if r.Codes == nil {
		return nil
	}
	return r.Codes(name)
}

// code checks a choice against a list; an empty choice is for the caller to judge.
func (r *Rules) code(field, list, value string) error {
	if value == "" || slices.Contains(r.list(list), value) {
		return nil
	}
	return fault.Field(field, "fault.code.unknown")
}

// need is code for a choice that must be made.
func (r *Rules) need(field, list, value string) error {
	if value == "" {
		return fault.Field(field, "fault.choice.missing")
	}
	return r.code(field, list, value)
}

func (r *Rules) codes(field, list string, values []string) error {
	for _, v := range values {
		if err := r.need(field, list, v); err != nil {
			return err
		}
	}
	return nil
}

// TriageKey is the deadline of the first look at a signal (A2).
func TriageKey(d Danger) string {
	if d == Red || d == Unjudged {
		return "triage.red"
	}
	return "triage.normal"
}

// AckKey is the deadline of a referral's answer by danger (E).
func AckKey(d Danger) string {
	switch d {
	case Red, Unjudged:
		return "referral.ack.red"
	case Orange:
		return "referral.ack.orange"
	}
	return "referral.ack.green"
}

// Indicator is one line of the ILO operational indicators (PROCESS.md §3.2).
type Indicator struct {
	Code      string
	Dimension string            // D1…D6
	Weights   map[string]Weight // profile column → weight
	Assumed   map[string]bool   // columns whose weight is not sourced
}

// Weight is strong, medium, weak or none.
type Weight string

// The weights.
const (
	NoWeight Weight = ""
	Strong   Weight = "S"
	Medium   Weight = "M"
	Weak     Weight = "W"
)

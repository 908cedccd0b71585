package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

// Rules are the national facts this pillar works by. They are data of a
// country, loaded once; a nil or empty part refuses rather than guesses.
type Rules struct {
	Places     *place.Gazetteer
	Codes      map[string][]string // list name → codes valid now
	Deadlines  map[string]Deadline // PROCESS.md §2.11 keys
	Holiday    func(date.Day) bool
	Consent    []ConsentAge
	Indicators []Indicator
	Fields     map[string][]string // service code → packet fields beyond the minimum
	Zone       *time.Location      // where "today" is
}

// Deadline is a length of time with what it rests on.
type Deadline struct {
	Length      time.Duration
	WorkingDays int    // counted instead of Length when not zero
	Source      string // shown to the reader
	Validated   bool   // false: marked "to be validated" on the screen
}

// Due gives the end of a deadline that starts at from; an unknown key gives
// from itself, so that a missing rule shows as late and never as plenty of time.
func (r *Rules) Due(key string, from time.Time) time.Time {
	d, ok := r.Deadlines[key]
	if !ok {
		return from
	}
	if d.WorkingDays == 0 {
		return from.Add(d.Length)
	}
	at := from
	for left := d.WorkingDays; left > 0; {
		at = at.AddDate(0, 0, 1)
		if !r.rest(at) {
			left--
		}
	}
	return at
}

func (r *Rules) rest(at time.Time) bool {
	if r.Zone != nil {
		at = at.In(r.Zone)
	}
	if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
		return true
	}
	return r.Holiday != nil && r.Holiday(date.DayOf(at))
}

// code checks a choice against a list; an empty choice is for the caller to judge.
func (r *Rules) code(field, list, value string) error {
	if value == "" || slices.Contains(r.Codes[list], value) {
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

package protection

import (
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Assessment is what she needs, what led here and what threatens her, at one
// moment (PROCESS.md §2.8). It is never changed: what is otherwise later is
// another assessment, so that the change itself can be read.
type Assessment struct {
	ID     ids.Assessment
	Case   ids.Case
	Owner  ids.Org
	At     time.Time
	By     ids.Account
	Moment string // why now, code list "assessment_moment"

	Needs map[string]Pressing // need, code list "service" → how pressing; what is not in it was not spoken of
	Led   []string            // what led here, code list "vulnerability"
	Risks map[string]Answer   // what threatens her, code list "risk_factor"
	Own   vault.Text          // her own view of the danger: she knows it best (WHO principle 7, PROCESS.md §2.12)

	Suggestion Danger     // what the answers suggest, see [SuggestRisk]
	Level      Danger     // what the worker decided
	Why        vault.Text // why less than suggested

	Plan SafetyPlan
	Next time.Time // to be made again by then at the latest
}

// SafetyPlan is what she does when it comes to it, agreed with her. Each part
// may be empty but not all of them where the danger is RED (PROCESS.md §2.3 A8).
type SafetyPlan struct {
	Signs  vault.Text // how she notices danger
	Places vault.Text // where she can go at once
	People vault.Text // whom she can call, and what to say
	Phone  vault.Text // telephone, accounts, photographs
	Steps  vault.Text // what was agreed for today
}

// Pressing says how soon a need must be met.
type Pressing string

// How pressing a need is.
const (
	NoNeed Pressing = "NONE"
	Later  Pressing = "LATER"
	Urgent Pressing = "NOW"
)

// RiskFactor is one question about what threatens her, with the least danger
// that a yes stands for. The questions are country data, their weight [J].
type RiskFactor struct {
	Code  string
	Least Danger // of a yes
}

// SuggestRisk is the danger that the answers stand for: the highest of what was
// answered with yes; ORANGE where something that would be RED is not known, for
// nobody is safe because nobody asked. GREEN otherwise [J].
func SuggestRisk(factors []RiskFactor, answers map[string]Answer) Danger {
	worst := Green
	for _, f := range factors {
		level := Green
		switch answers[f.Code] {
		case Yes:
			level = f.Least
		case No:
		default:
			if f.Least == Red {
				level = Orange
			}
		}
		if level.Rank() < worst.Rank() {
			worst = level
		}
	}
	return worst
}

package protection

import "time"

// Danger is the level set at triage (PROCESS.md §2.3, rules of A2).
type Danger string

// The levels. The zero Danger is "not yet judged" and sorts as the worst.
const (
	Unjudged Danger = ""
	Red      Danger = "RED" // life or limb, trafficker near, child with trafficker, suicidal, rape ≤ 72 h
	Orange   Danger = "ORANGE"
	Green    Danger = "GREEN"
)

// Rank orders queues: the lower, the sooner.
func (d Danger) Rank() int {
	switch d {
	case Red:
		return 0
	case Unjudged:
		return 1
	case Orange:
		return 2
	default:
		return 3
	}
}

// Answer is what somebody said, or did not say. "I don't know" and "skipped"
// are answers: no question of this program demands another.
type Answer string

// The answers. The zero Answer is "not asked yet".
const (
	NotAsked Answer = ""
	Yes      Answer = "yes"
	No       Answer = "no"
	Unknown  Answer = "unknown"
	Skipped  Answer = "skipped"
)

// HealthClocks are the windows that close after a rape: post-exposure
// prophylaxis within 72 h, emergency contraception within 120 h [M WHO].
// They are shown from triage on and never wait for a screening.
type HealthClocks struct{ PEP, Contraception time.Time }

// Health gives the ends of the windows that open at that moment; a zero moment has none.
func (r *Rules) Health(from time.Time) HealthClocks {
	if from.IsZero() {
		return HealthClocks{}
	}
	return HealthClocks{PEP: r.Due("pep.window", from), Contraception: r.Due("ec.window", from)}
}

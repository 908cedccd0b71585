package protection

import (
	"time"

	"inkingi/internal/date"
)

// Doubt is where what is known of an age does not agree.
type Doubt string

// The doubts. None of them is corrected by the program: people are asked.
const (
	NoDoubt      Doubt = ""
	ChildOfAge   Doubt = "child" // an adult by her age, treated as a child
	AdultOfAge   Doubt = "adult" // a child by her birth, not treated as one
	BirthAndAge  Doubt = "birth" // the year of birth gives another age
	ChildByBirth Doubt = "born"  // an adult by her birth, treated as a child
)

// Doubts compares age, birth and the protection of a child; born may be zero,
// for a reader who may not open it (PROCESS.md §0.5: a declared age is unreliable).
func (r *Rules) Doubts(of Case, born date.Date, now time.Time) Doubt {
	today := r.Day(now)
	if !born.IsZero() {
		low, high := date.AgeAt(born, today)
		if !of.Age.IsZero() {
			if least, most := of.Age.At(today); high < least || low > most {
				return BirthAndAge
			}
		}
		switch {
		case high < r.Majority && !of.Child:
			return AdultOfAge
		case low >= r.Majority && of.Child:
			return ChildByBirth
		}
	}
	if of.Child && !of.Age.IsZero() && !of.Age.MayBeUnder(r.Majority, today) {
		return ChildOfAge
	}
	return NoDoubt
}

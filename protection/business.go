package protection

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Business is what she was helped to start: a grant, and how long it lived
// (PROCESS.md §2.8 IGA, §2.10 "IGA alive?"). It holds no word of hers.
type Business struct {
	ID      ids.Business
	Version int
	Case    ids.Case
	Owner   ids.Org
	By      ids.Account
	At      time.Time
	Kind    string // code list "business_kind"
	From    date.Day
	Cost    Money
	Funders []string // code list "funder"
	Until   date.Day // the day she said that it runs no more; zero while it does
	End     string   // code list "business_end"; "" when nobody knows
}

// Months is how long it has run, in whole months, up to a day.
func (b Business) Months(today date.Day) int {
	last := today
	if !b.Until.IsZero() {
		last = b.Until
	}
	n := 0
	for !b.From.AddMonths(n + 1).After(last) {
		n++
	}
	return n
}

package protection

import (
	"slices"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// A child who is followed is asked how it goes at the beginning of each school term
// too, beside the planned contacts of everybody (PROCESS.md §2.9 7).
const (
	atSchool  = "SCHOOL"            // code of "visit_moment"
	schoolDue = "monitoring.school" // counts from the day on which a term begins
)

// termOf is the clock of the first term that begins after a day; false where the
// country says nothing of terms.
func (r *Rules) termOf(c ids.Case, after date.Day, now time.Time) (Task, bool) {
	if r.Term == nil || r.Midnight == nil {
		return Task{}, false
	}
	begins := r.Term(after)
	if begins.IsZero() {
		return Task{}, false
	}
	return Task{Case: c, Key: schoolDue, From: now, Due: r.Due(schoolDue, r.Midnight(begins))}, true
}

// TermBegins is the day on which the term begins that a clock of school is about.
func (r *Rules) TermBegins(t Task) date.Day {
	return r.Day(t.Due.Add(-r.Due(schoolDue, t.Due).Sub(t.Due)))
}

// asksSchool refuses a contact of a term that is not planned, or long before it: as
// long before the term as there is time after it.
func (r *Rules) asksSchool(v KeepVisit, waiting []Task) error {
	t, planned := CaseView{Tasks: waiting}.Task(schoolDue)
	if !planned {
		return fault.Field("moment", "fault.visit.school")
	}
	window := r.Due(schoolDue, t.Due).Sub(t.Due)
	if least := r.Day(t.Due.Add(-2 * window)); v.Day.Before(least) {
		return fault.FieldArgs("moment", "fault.visit.soon", map[string]any{"Day": least})
	}
	return nil
}

// schooled ends the clock of a term when a child was asked, and sets that of the next
// one within the planned year. Nobody who is grown is asked any more.
func (c *Change) schooled(r *Rules, of Case, v Visit, waiting []Task, now time.Time) {
	t, planned := CaseView{Tasks: waiting}.Task(schoolDue)
	if !planned || of.Child && v.Moment != atSchool {
		return
	}
	c.Done = append(c.Done, Done{of.ID, schoolDue})
	last := slices.IndexFunc(waiting, func(t Task) bool { return t.Key == monitoring[len(monitoring)-1] })
	if !of.Child || last < 0 {
		return
	}
	after := r.Day(t.Due)
	if v.Day.After(after) {
		after = v.Day
	}
	if next, ok := r.termOf(of.ID, after, now); ok && !next.Due.After(waiting[last].Due) {
		c.Tasks = append(c.Tasks, next)
	}
}

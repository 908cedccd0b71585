package protection

import (
	"slices"
	"testing"
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// A child is asked at the beginning of each term within the planned year; whoever is
// grown is not.
func TestAChildIsAskedAtEachTerm(t *testing.T) {
	r := burundi(t)
	day := func(year int, month time.Month, d int) date.Day {
		return date.Day{Year: year, Month: int(month), Day: d}
	}
	now := r.Midnight(day(2026, time.November, 2)).Add(9 * time.Hour)
	c := Case{ID: ids.New[ids.Case](), State: InMonitoring, Child: true}
	task, ok := r.termOf(c.ID, r.Day(now), now)
	if begins := day(2027, time.January, 6); !ok || r.TermBegins(task) != begins || r.Day(task.Due) != begins.Add(14) {
		t.Fatalf("the first is about %s, due %s", r.TermBegins(task), r.Day(task.Due))
	}
	year := r.task(c.ID, "monitoring.4", now)
	visit := func(d date.Day) KeepVisit { return KeepVisit{Moment: atSchool, Day: d} }
	for name, row := range map[string]struct {
		of    Case
		day   date.Day
		tasks []Task
		want  string
	}{
		"in the weeks after":    {c, day(2027, time.January, 12), []Task{task}, "ok"},
		"in the weeks before":   {c, day(2026, time.December, 28), []Task{task}, "ok"},
		"long before":           {c, day(2026, time.November, 20), []Task{task}, "moment: fault.visit.soon"},
		"where none is planned": {c, day(2027, time.January, 12), []Task{year}, "moment: fault.visit.school"},
	} {
		if got := refusal(row.of.visitable(visit(row.day), row.tasks, nil, r, noon())); got != row.want && !(row.want == "ok" && got == refusal(nil)) {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
	var terms []date.Day
	waiting := []Task{task, year}
	for len(terms) < 9 {
		cur, planned := CaseView{Tasks: waiting}.Task(schoolDue)
		if !planned {
			break
		}
		begins := r.TermBegins(cur)
		terms = append(terms, begins)
		var change Change
		change.visited(r, c, Visit{Moment: atSchool, Result: reached, Day: begins.Add(3)}, waiting, r.Midnight(begins.Add(3)))
		if !slices.Contains(change.Done, Done{c.ID, schoolDue}) {
			t.Errorf("%s: asked, and the clock runs", begins)
		}
		waiting = append(change.Tasks, year)
	}
	if want := []date.Day{day(2027, time.January, 6), day(2027, time.April, 15), day(2027, time.September, 15)}; !slices.Equal(terms, want) {
		t.Errorf("asked at %v, want %v", terms, want)
	}
	grown := c
	grown.Child = false
	var change Change
	change.visited(r, grown, Visit{Moment: "M1", Result: reached, Day: r.Day(now)}, []Task{task, year}, now)
	if !slices.Contains(change.Done, Done{c.ID, schoolDue}) || len(change.Tasks) > 0 {
		t.Errorf("grown, and still asked at school: %+v", change)
	}
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// deadlinesView is every deadline of the country: how long it is, from when it
// counts, where it comes from and who has yet to validate it (PROCESS.md §2.11).
type deadlinesView struct{ voice }

func (r *Rooms) deadlines(c *shell.Context) error {
	v := deadlinesView{r.voice(c)}
	return c.Page(shell.Page{Title: v.T("task.deadlines"), Body: deadlinesPage(v), Back: "/work", Wide: true})
}

func (v deadlinesView) rows() (rows [][]govuk.Slot) {
	for _, d := range v.rooms.Country.Deadlines() {
		rows = append(rows, []govuk.Slot{{Text: d.Label(v.Lang())}, {Text: v.length(d)}, {Text: d.Source + v.mark(d.Fact)}})
	}
	return rows
}

// length is how long a deadline is, in words.
func (v voice) length(d countries.Deadline) string {
	if span, fixed := d.Duration(); fixed {
		return v.Span(span)
	}
	return v.T("task.length."+string(d.Unit), "Count", d.Amount)
}

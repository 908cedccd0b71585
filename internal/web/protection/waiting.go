package protection

import (
	"slices"
	"time"

	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// waitingView lists decisions that wait for a second person: late RED and
// children first.
type waitingView struct {
	voice
	Lines []protection.CaseLine
	Next  string
}

// maxWaiting is how many are read to be sorted; one organisation has fewer.
const maxWaiting = 100

func (r *Rooms) waiting(c *shell.Context) error {
	v := waitingView{voice: r.voice(c)}
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Ratification: protection.Waiting}, protection.Page{After: c.Query("after"), Limit: maxWaiting})
	if err != nil {
		return err
	}
	v.Lines, v.Next = urgentFirst(cut.Lines, c.At), cut.Next
	return c.Page(shell.Page{Title: v.T("case.waiting.title"), Body: waitingPage(v), Section: navCases, Wide: true})
}

// urgentFirst sorts what waits: RED or child and late, RED or child, late, the rest.
func urgentFirst(lines []protection.CaseLine, now time.Time) []protection.CaseLine {
	rank := func(l protection.CaseLine) int {
		n := 3
		if l.Level == protection.Red || l.Child {
			n -= 2
		}
		if !l.RatifyBy.After(now) {
			n--
		}
		return n
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b protection.CaseLine) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return a.RatifyBy.Compare(b.RatifyBy)
	})
	return lines
}

// ratifying draws what waits; each leads to its summary.
func (v voice) ratifying(lines []protection.CaseLine, level int) govuk.Queue {
	q := govuk.Queue{HeadingLevel: level}
	for _, l := range lines {
		row := v.caseRow(l)
		row.Href = "/cases/" + l.ID.String() + "/ratify"
		row.Next = v.T("case.next.ratify")
		q.Rows = append(q.Rows, row)
	}
	return q
}

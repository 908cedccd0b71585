package protection

import (
	"time"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navTasks = "task.nav"

// soonDays is how far "soon" reaches.
const soonDays = 7

// tasksView lists what must be done by when: late, within seven days, later.
type tasksView struct {
	voice
	Cut  protection.Cut[protection.TaskLine]
	Mine bool
}

// tasksPerPage keeps a page light on a slow line.
const tasksPerPage = 20

func (r *Rooms) listTasks(c *shell.Context) error {
	v := tasksView{voice: r.voice(c), Mine: c.Query("mine") == "yes"}
	cut, err := r.Desk.Tasks(c, c.Who, protection.TaskFilter{Mine: v.Mine}, protection.Page{After: c.Query("after"), Limit: tasksPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	return c.Page(shell.Page{Title: v.T("task.title"), Body: tasksPage(v), Section: navTasks, Wide: true})
}

// taskGroup is the tasks of one urgency.
type taskGroup struct {
	Title string
	Rows  govuk.Queue
}

// groups puts late before soon before later; the lines come in that order.
func (v tasksView) groups() []taskGroup {
	soon := v.c.At.AddDate(0, 0, soonDays)
	all := []taskGroup{{Title: v.T("task.late")}, {Title: v.T("task.soon")}, {Title: v.T("task.later")}}
	for _, l := range v.Cut.Lines {
		at := 2
		switch {
		case !l.Due.After(v.c.At):
			at = 0
		case !l.Due.After(soon):
			at = 1
		}
		all[at].Rows.Rows = append(all[at].Rows.Rows, v.taskRow(l))
	}
	shown := all[:0]
	for _, g := range all {
		if g.Rows.HeadingLevel = 3; len(g.Rows.Rows) > 0 {
			shown = append(shown, g)
		}
	}
	return shown
}

// taskRow is one task, in the words of the country's deadline.
func (v voice) taskRow(l protection.TaskLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/cases/" + l.Case.String(), Title: l.Code.String(), Danger: v.danger(l.Level), Clocks: []govuk.Clock{v.Due(v.T("task.due"), l.From, l.Due)}, Next: v.taskName(l.Key)}
	if l.Child {
		row.Tags = append(row.Tags, v.childTag())
	}
	if who := l.Manager; !who.IsZero() {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("case.manager"), Value: v.seat(who)})
	} else {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("case.screener"), Value: v.seat(l.Screener)})
	}
	return row
}

func (v voice) taskName(key string) string {
	return v.rooms.Country.Deadline(countries.DeadlineKey(key)).Label(v.Lang())
}

// taskClock is when it is due.
func (v voice) taskClock(t protection.Task) govuk.Clock {
	return v.Due(v.taskName(t.Key), t.From, t.Due)
}

// sources say where the deadlines on this page come from.
func (v tasksView) sources() (lines []string) {
	seen := map[string]bool{}
	for _, l := range v.Cut.Lines {
		if seen[l.Key] {
			continue
		}
		seen[l.Key] = true
		d := v.rooms.Country.Deadline(countries.DeadlineKey(l.Key))
		lines = append(lines, v.taskName(l.Key)+v.T("case.colon")+v.Span(l.Due.Sub(l.From))+" · "+d.Source+v.mark(d.Fact))
	}
	return lines
}

// more is the address of the next page, with the same filter.
func (v tasksView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	to := "/tasks?after=" + v.Cut.Next
	if v.Mine {
		to += "&mine=yes"
	}
	return to
}

// due are the reader's tasks that are late or due within seven days.
func (r *Rooms) due(mine bool) sectionOf {
	return func(c *shell.Context) (Section, error) {
		v := r.voice(c)
		cut, err := r.Desk.Tasks(c, c.Who, protection.TaskFilter{Mine: mine, Until: c.At.Add(soonDays * 24 * time.Hour)}, protection.Page{Limit: workCount})
		if err != nil {
			return Section{}, err
		}
		var rows []govuk.QueueRow
		late := 0
		for _, l := range cut.Lines {
			if !l.Due.After(c.At) {
				late++
			}
		}
		for _, l := range shown(cut.Lines) {
			rows = append(rows, v.taskRow(l))
		}
		more := "/tasks"
		if mine {
			more += "?mine=yes"
		}
		return v.caseSection("tasks", "task.work", "task.work.none", rows, len(cut.Lines), late, cut.Next, more), nil
	}
}

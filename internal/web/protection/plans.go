package protection

import (
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// plansView lists what is due in plans: no goal, no story.
type plansView struct {
	voice
	Cut     protection.Cut[protection.PlanLine]
	Answers bool // plans that wait for a second person
}

func (r *Rooms) listPlans(c *shell.Context) error {
	v := plansView{voice: r.voice(c), Answers: c.Query("answers") == "yes"}
	var err error
	f := protection.PlanFilter{Mine: c.Query("mine") == "yes", Answers: v.Answers}
	if v.Cut, err = r.Desk.Plans(c, c.Who, f, protection.Page{After: c.Query("after"), Limit: casesPerPage}); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T(v.title()), Body: plansPage(v), Section: navCases, Wide: true})
}

func (v plansView) title() string {
	if v.Answers {
		return "plan.list.answers"
	}
	return "plan.list.title"
}

// planRow is a plan in a list, with what comes next.
func (v voice) planRow(l protection.PlanLine, answers bool) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/cases/" + l.Case.String() + "/plan", Title: l.Code.String(), Danger: v.danger(l.Level), Tags: []govuk.Tag{v.planTag(l.State)},
		Facts: []govuk.Fact{{Name: v.T("plan.by"), Value: v.account(l.By)}}}
	if l.Child {
		row.Tags = append(row.Tags, v.childTag())
	}
	if answers {
		row.Href, row.Next = "/plans/"+l.ID.String()+"/approve", v.T("plan.work.answer")
		row.Clocks = []govuk.Clock{v.Due(v.T("plan.clock.answer"), l.Due.At.AddDate(0, 0, -3), l.Due.At)}
		return row
	}
	row.Next = v.T("plan.work.next." + string(l.Due.What))
	row.Clocks = []govuk.Clock{v.dueClock(l.Due)}
	return row
}

func (v plansView) queue() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 2}
	for _, l := range v.Cut.Lines {
		q.Rows = append(q.Rows, v.planRow(l, v.Answers))
	}
	return q
}

func (v plansView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	to := "/plans?after=" + v.Cut.Next
	if v.Answers {
		to += "&answers=yes"
	}
	if v.c.Query("mine") == "yes" {
		to += "&mine=yes"
	}
	return to
}

// plansDue are what is due in the plans of those the reader follows: what is
// late, and what comes within a week.
func (r *Rooms) plansDue(c *shell.Context) (Section, error) {
	return r.planSection(c, "plans", "plan.work.due", protection.PlanFilter{Mine: true}, "/plans?mine=yes")
}

// plansToAnswer are plans that wait for a second person: not for who wrote them.
func (r *Rooms) plansToAnswer(c *shell.Context) (Section, error) {
	return r.planSection(c, "answers", "plan.work.answers", protection.PlanFilter{Answers: true}, "/plans?answers=yes")
}

func (r *Rooms) planSection(c *shell.Context, id, title string, f protection.PlanFilter, more string) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Plans(c, c.Who, f, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	late := 0
	for _, l := range cut.Lines {
		switch {
		case f.Answers && l.By == c.Who.Account:
			continue
		case !f.Answers && l.Due.At.After(c.At.AddDate(0, 0, 7)):
			continue
		}
		if !l.Due.At.After(c.At) {
			late++
		}
		rows = append(rows, v.planRow(l, f.Answers))
	}
	return v.caseSection(id, title, title+".none", rows, len(rows), late, cut.Next, more), nil
}

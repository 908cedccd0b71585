package protection

import (
	"cmp"
	"slices"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// planView is what she wants, in her own words; what comes next; what is late.
type planView struct {
	voice
	protection.PlanView
	Goals []goalView
	Steps []stepView // open ones, the earliest first
	Past  []stepView
	Why   string
	Words string // of the second person
	facts access.Object
}

// goalView is one thing she wants.
type goalView struct {
	ID    ids.Goal
	Words string
}

// stepView is one step, opened.
type stepView struct {
	protection.Step
	Goal   string
	Text   string
	Remark string
}

func (r *Rooms) showPlan(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	read, err := r.Desk.Plan(c, c.Who, id)
	if err != nil {
		return err
	}
	v, err := r.planView(c, read)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("plan.title"), Body: planPage(v), Back: "/cases/" + id.String(), Section: navCases, Wide: true})
}

// planView opens a plan.
func (r *Rooms) planView(c *shell.Context, read protection.PlanView) (planView, error) {
	v := planView{voice: r.voice(c), PlanView: read, facts: read.Grant.Object()}
	w := words{grant: read.Grant}
	name := map[ids.Goal]string{}
	for _, g := range read.Plan.Goals {
		one := goalView{g.ID, w.open(g.Words)}
		v.Goals, name[g.ID] = append(v.Goals, one), one.Words
	}
	for _, s := range read.Plan.Steps {
		one := stepView{Step: s, Goal: name[s.Goal], Text: w.open(s.What), Remark: w.open(s.Remark)}
		if s.Open() {
			v.Steps = append(v.Steps, one)
		} else {
			v.Past = append(v.Past, one)
		}
	}
	slices.SortStableFunc(v.Steps, func(a, b stepView) int { return a.Due.Compare(b.Due) })
	slices.SortStableFunc(v.Past, func(a, b stepView) int { return cmp.Compare(b.EndAt.UnixMilli(), a.EndAt.UnixMilli()) })
	v.Why, v.Words = w.open(read.Plan.Why), w.open(read.Plan.Remarks)
	return v, w.err
}

func (v planView) href(rest string) string { return "/cases/" + v.Case.ID.String() + "/plan" + rest }

// written says whether there is a plan.
func (v planView) written() bool { return !v.Plan.ID.IsZero() }

// lacks are what is missing before she can agree.
func (v planView) lacks() []string {
	if v.Case.State.Over() || v.Plan.State == protection.Approved {
		return nil
	}
	return v.Footing.Lacks(v.Case, v.Plan)
}

// signs are danger, child, and the clock of what is next.
func (v planView) signs() []templ.Component {
	all := v.chips(v.Case.Level, time.Time{}, v.Case.Child)
	if v.written() {
		all = append(all, v.planTag(v.Plan.State))
		if v.Plan.Track == protection.Extended {
			all = append(all, govuk.Tag{Text: v.label(countries.PlanTrack, string(v.Plan.Track)), Classes: "govuk-tag--grey"})
		}
	}
	if d := v.Plan.Next; !d.At.IsZero() && !v.Case.State.Over() {
		all = append(all, v.dueClock(d))
	}
	if v.Case.State == protection.Planned {
		all = append(all, v.Due(v.T("plan.clock.service"), v.Case.Since, v.rooms.Desk.Rules.Due("service.first", v.Case.Since)))
	}
	if !v.Plan.Answer.IsZero() && !v.Case.State.Over() {
		all = append(all, v.Due(v.T("plan.clock.answer"), v.Plan.Agreed.At, v.Plan.Answer))
	}
	return all
}

// dueClock is the clock of what is due next.
func (v voice) dueClock(d protection.Due) govuk.Clock {
	return v.Due(v.T("plan.clock."+string(d.What)), d.At.AddDate(0, 0, -7), d.At)
}

func (v voice) planTag(s protection.PlanState) govuk.Tag {
	t := govuk.Tag{Text: v.T("plan.state." + string(s))}
	switch s {
	case protection.Approved:
		t.Classes = "govuk-tag--green"
	case protection.AgreedTo:
		t.Classes = "govuk-tag--blue"
	case protection.SentBack:
		t.Classes = "govuk-tag--orange"
	default:
		t.Classes = "govuk-tag--grey"
	}
	return t
}

// next says what should happen now, in one line: one thing, however tired who reads it.
func (v planView) next() string {
	p := v.Plan
	late := !p.Next.At.IsZero() && !p.Next.At.After(v.c.At)
	switch {
	case v.Case.State.Over():
		return v.T("plan.next.closed")
	case !v.written():
		return v.T("plan.next.write")
	case p.State == protection.SentBack:
		return v.T("plan.next.returned")
	case late && p.Next.What == protection.DueStep && len(v.Steps) > 0:
		return v.T("plan.next.late", "Step", v.stepName(v.Steps[0]))
	case p.State == protection.Drafted && len(v.lacks()) > 0:
		return v.T(v.lacks()[0])
	case p.State == protection.Drafted && len(v.Steps) == 0:
		return v.T("plan.next.first")
	case p.State == protection.Drafted:
		return v.T("plan.next.agree")
	case v.Case.State == protection.Planned && !v.rooms.Desk.Rules.Due("service.first", v.Case.Since).After(v.c.At):
		return v.T("plan.next.service")
	case v.reviews():
		return v.T("plan.next.review")
	case len(v.Steps) > 0:
		return v.T("plan.next.step", "Step", v.stepName(v.Steps[0]), "Day", v.Day(v.Steps[0].Due))
	}
	return v.T("plan.next.more")
}

// reviews says whether it is time to look at the plan with her.
func (v planView) reviews() bool {
	due := v.Plan.Next
	return due.What == protection.DueReview && !due.At.IsZero() && !due.At.After(v.c.At)
}

// stepName is what a step is called.
func (v planView) stepName(s stepView) string { return v.label(countries.Service, s.Need) }

// verbs are what the reader may do with the plan; the first is the next step.
func (v planView) verbs() []act {
	if v.Case.State.Over() || !v.Case.State.Served() {
		return nil
	}
	var all []act
	if o := v.facts; v.Plan.State == protection.AgreedTo {
		o.Kind, o.ID, o.By = access.PlanKind, v.Plan.ID.UUID, v.Plan.By
		if v.may(access.PlanApprove, o) {
			all = append(all, act{"/plans/" + v.Plan.ID.String() + "/approve", v.T("plan.do.approve"), ""})
		}
	}
	if !v.may(access.PlanWrite, v.facts) {
		return all
	}
	if !v.written() {
		return append(all, act{v.href("/write"), v.T("plan.do.write"), ""})
	}
	agree := act{v.href("/agree"), v.T("plan.do.agree"), second}
	step := act{v.href("/step"), v.T("plan.do.step"), second}
	switch {
	case v.Plan.State == protection.Drafted && len(v.Steps) > 0, v.Plan.State == protection.SentBack:
		agree.Class = ""
		all = append(all, agree, step)
	default:
		if v.Plan.State != protection.Drafted {
			agree.Text = v.T("plan.do.review")
		}
		if v.reviews() {
			agree.Class = ""
			all = append(all, agree, step)
			break
		}
		if len(v.Steps) == 0 {
			step.Class = ""
		}
		all = append(all, step, agree)
	}
	return append(all, act{v.href("/write"), v.T("plan.do.rewrite"), second})
}

// queue are steps in a list; each open one leads to what came of it.
func (v planView) queue(steps []stepView) govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	writes := !v.Case.State.Over() && v.may(access.PlanWrite, v.facts)
	for _, s := range steps {
		row := govuk.QueueRow{Title: v.stepName(s)}
		add := func(name, value string) {
			if value != "" {
				row.Facts = append(row.Facts, govuk.Fact{Name: name, Value: value})
			}
		}
		add(v.T("plan.step.what"), s.Text)
		add(v.T("plan.step.who"), v.label(countries.StepWho, s.Who))
		if len(v.Goals) > 1 {
			add(v.T("plan.step.goal"), s.Goal)
		}
		if s.Open() {
			end := v.c.Midnight(s.Due.Add(1))
			row.Clocks = []govuk.Clock{v.Due(v.Day(s.Due), end.AddDate(0, 0, -7), end)}
			if writes {
				row.Href = v.href("/end?step=" + s.ID.String())
			}
			if s.Moves > 0 {
				add(v.T("plan.step.moves"), v.Number(s.Moves))
			}
			if !v.Plan.Agreed.At.IsZero() && s.At.After(v.Plan.Agreed.At) {
				row.Tags = append(row.Tags, govuk.Tag{Text: v.T("plan.step.since"), Classes: "govuk-tag--grey"})
			}
		} else {
			add(v.T("plan.step.end"), v.label(countries.StepEnd, s.End)+" · "+v.when(s.EndAt))
		}
		add(v.T("plan.step.remark"), s.Remark)
		q.Rows = append(q.Rows, row)
	}
	return q
}

// agreement says how she agreed, who answered, and when it is looked at again.
func (v planView) agreement() []govuk.SummaryRow {
	a, p := v.Plan.Agreed, v.Plan
	rows := []govuk.SummaryRow{v.row(v.T("plan.track"), v.label(countries.PlanTrack, string(p.Track))), v.rowIf(v.T("plan.why"), v.Why)}
	if a.Day.IsZero() {
		rows = append(rows, v.row(v.T("plan.agreed"), v.T("plan.agreed.not")))
	} else {
		by := v.label(countries.ConsentGivenBy, a.GivenBy)
		if a.CarerAway != "" {
			by += " · " + v.label(countries.CarerAway, a.CarerAway)
		}
		if a.Settling {
			rows = append(rows, v.row(v.T("plan.settling"), v.money(a.Budget)+" · "+v.labels(countries.Funder, a.Funders)))
		}
		rows = append(rows, v.row(v.T("plan.agreed"), v.Day(a.Day)+" · "+v.label(countries.ConsentMode, a.Mode)),
			v.rowIf(v.T("consent.given_by"), by), v.rowIf(v.T("consent.assent"), v.answer(a.Assent)),
			v.row(v.T("common.language"), v.label(countries.Language, a.Language)), v.rowIf(v.T("common.interpreter"), v.label(countries.InterpreterKind, a.Interpreter)))
	}
	rows = append(rows, v.row(v.T("plan.written"), v.when(p.At)+" · "+v.account(p.By)))
	if !p.AnsweredAt.IsZero() {
		rows = append(rows, v.row(v.T("plan.answered"), v.when(p.AnsweredAt)+" · "+v.account(p.AnsweredBy)))
	}
	return append(rows, v.rowIf(v.T("plan.review"), v.until(p.Review)))
}

// fixes are where what is missing is put right, each for who may.
func (v planView) fix(key string) string {
	one := "/cases/" + v.Case.ID.String()
	switch key {
	case "fault.plan.assess", "fault.plan.safety":
		if v.may(access.AssessmentMake, v.facts) {
			return one + "/assess"
		}
	case "fault.plan.consent":
		if v.may(access.ConsentAsk, v.facts) {
			return one + "/consent?for=P1"
		}
	case "fault.plan.interests":
		if v.may(access.InterestsWeigh, v.facts) {
			return one + "/interests"
		}
	case "fault.plan.goal":
		if v.may(access.PlanWrite, v.facts) {
			return v.href("/write")
		}
	}
	return ""
}

// line is a step in one line, to be read to her.
func (v planView) line(s stepView) string {
	text := v.stepName(s)
	if s.Text != "" {
		text += v.T("case.colon") + s.Text
	}
	return text + " · " + v.label(countries.StepWho, s.Who) + " · " + v.Day(s.Due)
}

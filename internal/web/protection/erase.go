package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navErasures = "erasure.nav"

// eraseView writes down that she asks for her file to be erased, after all of it
// was explained.
type eraseView struct {
	voice
	protection.Standing
	Case   protection.Case
	Beside []protection.Guardian
	ID     ids.Erasure
}

func (r *Rooms) askErasure(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	v := eraseView{voice: r.voice(c), ID: shell.KeepID[ids.Erasure](f, "id")}
	if v.Case, v.Standing, v.Beside, err = r.Desk.ErasureOf(c, c.Who, id); err != nil {
		return err
	}
	back := "/cases/" + id.String()
	page := shell.Page{Title: v.T("erasure.title"), Body: erasePage(v), Section: navCases, Back: back, Answers: v.asks()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.AskErasure{ID: v.ID, Case: id, Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ErasureReason)...), Given: "SELF",
		Told: f.Choices("told", r.Desk.Rules.Codes(countries.ErasureTold)...)}
	if v.Case.Child {
		cmd.Given, cmd.Assent = f.Choice("given", r.Desk.Rules.Codes(countries.ConsentGivenBy)...), answerOf(f, "assent")
		cmd.CarerAway = f.Choice("carer_away", r.Desk.Rules.Codes(countries.CarerAway)...)
		cmd.Guardian, cmd.Involved = carerOf(f, cmd.Given)
	}
	if err = f.Err(); err == nil {
		err = r.Desk.AskErasure(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("erasure.asked")
	return c.Redirect("/erasures/" + cmd.ID.String())
}

// asks says whether it can be asked now.
func (v eraseView) asks() bool { return v.Case.State.Over() && v.Waits.IsZero() }

// given are those who may ask for a child.
func (v eraseView) given() []govuk.Choice {
	return slices.DeleteFunc(v.choices(countries.ConsentGivenBy), func(c govuk.Choice) bool { return c.Value == "SELF" })
}

// erasuresView lists what waits for an answer, and what was answered.
type erasuresView struct {
	voice
	Waiting, Answered []protection.Erasure
}

func (r *Rooms) listErasures(c *shell.Context) error {
	v := erasuresView{voice: r.voice(c)}
	all, err := r.Desk.Erasures(c, c.Who)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.State.Waits() {
			v.Waiting = append(v.Waiting, x)
		} else {
			v.Answered = append(v.Answered, x)
		}
	}
	return c.Page(shell.Page{Title: v.T("erasure.list.title"), Body: erasuresPage(v), Section: navErasures, Wide: true})
}

func (v erasuresView) queue(all []protection.Erasure) govuk.Queue {
	var q govuk.Queue
	for _, x := range all {
		row := govuk.QueueRow{Href: "/erasures/" + x.ID.String(), Title: x.Code.String(), Tags: []govuk.Tag{v.erasureTag(x.State)},
			Facts: []govuk.Fact{{Name: v.T("erasure.ground"), Value: v.ground(x)}, {Name: v.T("erasure.at"), Value: v.Ago(x.At)}}}
		if x.State.Waits() {
			row.Next = v.T("erasure.next")
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

func (v voice) erasureTag(s protection.ErasureState) govuk.Tag {
	t := govuk.Tag{Text: v.T("erasure.state." + string(s)), Classes: "govuk-tag--grey"}
	switch s {
	case protection.ErasureProposed, protection.ErasureAsked:
		t.Classes = "govuk-tag--blue"
	case protection.ErasureDeclined:
		t.Classes = "govuk-tag--orange"
	}
	return t
}

// ground says why at all: she asked, or the rule of the country whose time is over.
func (v voice) ground(x protection.Erasure) string {
	if x.Ground == protection.OnTime {
		d := v.rooms.Country.Deadline(countries.DeadlineKey(x.Rule))
		return v.T("erasure.ground.SCHEDULE", "Rule", d.Label(v.Lang()))
	}
	return v.T("erasure.ground.REQUEST")
}

// erasureView is one, with what the reader may do.
type erasureView struct {
	voice
	protection.Erasure
	protection.Standing
	facts access.Object
}

func (r *Rooms) erasureOf(c *shell.Context) (v erasureView, err error) {
	id, err := shell.ID[ids.Erasure](c, "erasure")
	if err == nil && c.Posted() {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	if v.Erasure, v.Standing, err = r.Desk.Erasure(c, c.Who, id); err != nil {
		return v, err
	}
	v.facts = access.Object{Kind: access.ErasureKind, ID: v.Erasure.ID.UUID, Owner: v.Owner, By: v.By, Stage: string(v.State)}
	return v, nil
}

func (v erasureView) page() shell.Page {
	back := "/erasures"
	if !v.voice.may(access.ErasureList, access.Object{Kind: access.ErasureKind}) {
		back = "/work"
	}
	return shell.Page{Title: v.T("erasure.one"), Body: erasurePage(v), Section: navErasures, Back: back}
}

func (v erasureView) may(a access.Action) bool { return v.State.Waits() && v.voice.may(a, v.facts) }

// withdraws says whether whoever wrote it down may take it back.
func (v erasureView) withdraws() bool {
	return v.State == protection.ErasureAsked && v.may(access.ErasureWithdraw)
}

// standing are the holds that forbid it now.
func (v erasureView) standing() []protection.Hold {
	return slices.DeleteFunc(slices.Clone(v.Holds), func(h protection.Hold) bool { return !h.Stands(v.c.At) })
}

// reopened says whether a case of hers is open.
func (v erasureView) reopened() bool {
	return slices.ContainsFunc(v.Cases, func(s protection.CaseState) bool { return !s.Over() })
}

func (v erasureView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{v.row(v.T("erasure.ground"), v.ground(v.Erasure))}
	if v.Ground == protection.OnRequest {
		rows = append(rows, v.row(v.T("erasure.reason"), v.label(countries.ErasureReason, v.Reason)), v.row(v.T("erasure.given"), v.label(countries.ConsentGivenBy, v.Given)),
			v.row(v.T("erasure.told"), v.labels(countries.ErasureTold, v.Told)))
	}
	rows = append(rows, v.row(v.T("erasure.house"), v.orgName(v.Owner)), v.row(v.T("erasure.at"), v.when(v.At)), v.rowIf(v.T("erasure.by"), v.account(v.By)))
	if v.Why != "" {
		rows = append(rows, v.row(v.T("erasure.why"), v.label(countries.ErasureDecline, v.Why)))
	}
	if v.AnsweredAt.IsZero() {
		return rows
	}
	return append(rows, v.row(v.T("erasure.answered"), v.when(v.AnsweredAt)+" · "+v.account(v.AnsweredBy)))
}

func (r *Rooms) showErasure(c *shell.Context) error {
	v, err := r.erasureOf(c)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

// answerErasure reads the form of one of the three answers, and gives it.
func (r *Rooms) answerErasure(give func(erasureView, *shell.Form) error, notice string) shell.Handler {
	return func(c *shell.Context) error {
		v, err := r.erasureOf(c)
		if err != nil {
			return err
		}
		if err := give(v, c.Form()); err != nil {
			return c.Again(err, v.page())
		}
		c.Notice(notice)
		return c.Redirect("/erasures/" + v.Erasure.ID.String())
	}
}

func (r *Rooms) approveErasure() shell.Handler {
	return r.answerErasure(func(v erasureView, f *shell.Form) error {
		cmd := protection.AnswerErasure{Erasure: v.Erasure.ID, Version: f.Version()}
		if !f.Bool("sure") {
			f.Fail("sure", "fault.erasure.sure")
		}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.ApproveErasure(v.c, v.c.Who, cmd)
	}, "erasure.approved")
}

func (r *Rooms) declineErasure() shell.Handler {
	return r.answerErasure(func(v erasureView, f *shell.Form) error {
		cmd := protection.AnswerErasure{Erasure: v.Erasure.ID, Version: f.Version(), Why: f.Choice("why", r.Desk.Rules.Codes(countries.ErasureDecline)...)}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.DeclineErasure(v.c, v.c.Who, cmd)
	}, "erasure.declined")
}

func (r *Rooms) withdrawErasure() shell.Handler {
	return r.answerErasure(func(v erasureView, f *shell.Form) error {
		cmd := protection.AnswerErasure{Erasure: v.Erasure.ID, Version: f.Version()}
		if err := f.Err(); err != nil {
			return err
		}
		return r.Desk.WithdrawErasure(v.c, v.c.Who, cmd)
	}, "erasure.withdrawn")
}

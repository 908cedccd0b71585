package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// screenView is the page before a conversation: privacy first (A3).
type screenView struct {
	voice
	protection.CaseView
	ID   ids.Screening
	Told []earlierLine // hides the method of the same name: here it is opened
}

func (r *Rooms) screen(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := screenView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Screening](f, "id")}
	if v.Told, err = r.earlier(c, one); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("screening.begin.title"), Body: screenPage(v), Back: "/cases/" + one.Case.ID.String(), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Begin{ID: v.ID, Case: one.Case.ID, Version: f.Version(), Private: answerOf(f, "private"), Apart: answerOf(f, "apart"),
		Interpreter: f.Choice("interpreter", r.Desk.Rules.Codes(countries.InterpreterKind)...),
		Language:    f.Choice("language", r.Desk.Rules.Codes(countries.Language)...),
		Again:       f.Choice("again", r.Desk.Rules.Codes(countries.HeardAgain)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.Begin(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect("/screenings/" + v.ID.String() + "/urgent")
}

// needsFirst says whether the way to urgent help stands before the conversation.
func (v screenView) needsFirst() bool {
	return v.Case.Level == protection.Red && v.may(access.SignalReferNow, v.Grant.Object())
}

// earlier are the conversations before this one.
func (v screenView) earlier() int { return v.Interviews() }

// often says whether she was asked to tell so often that the page warns.
func (v screenView) often() bool {
	return v.rooms.Desk.Rules.HeardOften(v.Interviews())
}

// principles are WHO's ten for talking with somebody in danger (2003)
// [1-7 S:WHO7] [8-10 M]; PROCESS.md §2.12.
func (v voice) principles() govuk.Details {
	return govuk.Details{SummaryText: v.T("screening.who.title"), HTML: principlesList([]string{
		v.T("screening.who.1"), v.T("screening.who.2"), v.T("screening.who.3"), v.T("screening.who.4"), v.T("screening.who.5"),
		v.T("screening.who.6"), v.T("screening.who.7"), v.T("screening.who.8"), v.T("screening.who.9"), v.T("screening.who.10")})}
}

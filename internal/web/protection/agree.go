package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// agreeView asks how she agreed to the plan as it stands, which is read to her first.
type agreeView struct {
	planView
	Band   protection.ConsentAge
	Minor  bool
	Beside []protection.Guardian
}

func (r *Rooms) agree(c *shell.Context) error {
	f := c.Form()
	v := agreeView{}
	var err error
	if v.planView, err = r.planning(c); err != nil {
		return err
	}
	if !v.written() && !c.Posted() {
		return c.Redirect(v.href(""))
	}
	if v.Band, v.Minor, err = r.Desk.Rules.WhoConsents(v.Case, r.Desk.Now()); err != nil {
		return err
	}
	if v.Beside, err = r.Desk.Beside(c, v.Grant, v.Case); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("plan.agree.title"), Body: agreePage(v), Back: v.href(""), Section: navCases, Answers: v.asks()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.Agree(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("plan.agree.saved")
	return c.Redirect(v.href(""))
}

func (v agreeView) form(f *shell.Form) protection.Agree {
	rules := v.rooms.Desk.Rules
	cmd := protection.Agree{Case: v.Case.ID, Plan: shell.FormID[ids.Plan](f, "plan"), Version: f.Version(), Day: f.Day("day"), Mode: f.Choice("mode", rules.Codes(countries.ConsentMode)...),
		Language: f.Choice("language", rules.Codes(countries.Language)...), Interpreter: f.Choice("interpreter", rules.Codes(countries.InterpreterKind)...),
		GivenBy: f.Choice("given_by", rules.Codes(countries.ConsentGivenBy)...), Assent: answerOf(f, "assent"), CarerAway: f.Choice("carer_away", rules.Codes(countries.CarerAway)...)}
	if !v.Minor && cmd.GivenBy == "" {
		cmd.GivenBy = "SELF"
	}
	cmd.Guardian, cmd.Involved = carerOf(f, cmd.GivenBy)
	if cmd.Settling = f.Bool("settling"); cmd.Settling {
		cmd.Budget, cmd.Funders = v.cost(f), f.Choices("funders", rules.Codes(countries.Funder)...)
	}
	return cmd
}

// lacking are what is missing, at a review too.
func (v agreeView) lacking() []string { return v.Footing.Lacks(v.Case, v.Plan) }

// asks says whether the questions stand on the page: what was typed is never taken away.
func (v agreeView) asks() bool { return len(v.lacking()) == 0 || v.c.Posted() }

// rule is the country's text on who agrees at this age, with its mark.
func (v agreeView) rule() (text, mark string) {
	r := v.rooms.Country.ConsentRule(v.Band.From)
	return r.Label(v.Lang()), v.unvalidated(r.Fact)
}

// givers are those who may agree at this age.
func (v agreeView) givers() []govuk.Choice {
	if v.Band.Carer == protection.ConsentsFully {
		return v.some(countries.ConsentGivenBy, "GUARDIAN", "AUTHORITY")
	}
	return v.choices(countries.ConsentGivenBy)
}

// today is what the boxes hold first.
func (v agreeView) today() map[string]string { return v.DateValues("day", date.Of(v.Today())) }

// kept is the plan as it stands, when somebody wrote it meanwhile.
func (v agreeView) kept() []string {
	return []string{v.T("plan.written") + v.T("case.colon") + v.when(v.Plan.At) + " · " + v.account(v.Plan.By)}
}

// settles says whether the part of reintegration can be agreed: once help goes on.
func (v agreeView) settles() bool {
	return v.Case.State == protection.InAssistance || v.Case.State.After()
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// prepareView asks what is known of a return.
type prepareView struct {
	returnView
	Orgs []ids.Org
}

func (r *Rooms) prepareReturn(c *shell.Context) error {
	f := c.Form()
	v := prepareView{}
	var err error
	if v.returnView, err = r.returnView(c); err != nil {
		return err
	}
	if v.Orgs, err = r.People.Orgs(c); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("return.prepare.title"), Body: preparePage(v), Back: v.href("/return"), Section: navCases, Answers: v.prepares()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.PrepareReturn(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("return.saved")
	return c.Redirect(v.href("/return"))
}

func (v prepareView) form(f *shell.Form) protection.PrepareReturn {
	cmd := protection.PrepareReturn{Case: v.Of.ID, Version: f.Version(), Freely: answerOf(f, "freely"), Informed: answerOf(f, "informed"), Decided: f.Day("decided"),
		Abroad: answerOf(f, "abroad"), Risks: f.Prose("risks", 2000), Receiving: shell.FormID[ids.Org](f, "receiving"), Host: f.Text("host", 200),
		Contact: f.Text("contact", 200), Leaves: f.Day("leaves"), Arrived: f.Day("arrived"), Early: f.Prose("early", 2000), Checks: map[string]protection.Answer{}}
	for _, k := range v.checks() {
		if a := answerOf(f, "check_"+k.Value); a != protection.NotAsked {
			cmd.Checks[k.Value] = a
		}
	}
	if v.Of.Child {
		rules := v.rooms.Desk.Rules
		cmd.Into, cmd.Traced = f.Choice("into", rules.Codes(countries.ReturnInto)...), f.Choice("traced", rules.Codes(countries.TracingResult)...)
		cmd.TracedBy, cmd.TracedOn, cmd.Safe = f.Text("traced_by", 200), f.Day("traced_on"), answerOf(f, "safe")
	}
	var told []string
	for _, p := range v.unaware() {
		told = append(told, p.Value)
	}
	for _, id := range f.Choices("released", told...) {
		if party, err := ids.Parse[ids.Party](id); err == nil {
			cmd.Released = append(cmd.Released, party)
		}
	}
	return cmd
}

func (v prepareView) checks() []govuk.Choice { return v.choices(countries.ReturnCheck) }

// check is the stored answer to a check.
func (v prepareView) check(code string) string { return string(v.Checks[code]) }

// orgs are those that may receive her.
func (v prepareView) orgs() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("return.receiving.none")}}
	for _, id := range v.Orgs {
		all = append(all, govuk.SelectItem{Value: id.String(), Text: v.orgName(id)})
	}
	return all
}

// days are the three boxes of a day as it is kept.
func (v prepareView) days(name string, d date.Day) map[string]string {
	if d.IsZero() {
		return v.dayValues(name)
	}
	return v.DateValues(name, date.Of(d))
}

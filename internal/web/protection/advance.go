package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// advanceView asks what follows, and says what is missing for it.
type advanceView struct {
	voice
	Case protection.Case
	On   protection.Ground
}

func (r *Rooms) advance(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	one, on, _, err := r.Desk.Ahead(c, c.Who, id)
	if err != nil {
		return err
	}
	v := advanceView{voice: r.voice(c), Case: one, On: on}
	back := "/cases/" + id.String()
	page := shell.Page{Title: v.T("advance.title"), Body: advancePage(v), Back: back, Section: navCases, Answers: len(one.Steps()) > 0}
	if !c.Posted() {
		return c.Page(page)
	}
	var states []string
	for _, s := range protection.CaseStates {
		states = append(states, string(s))
	}
	cmd := protection.Advance{Case: id, Version: f.Version(), To: protection.CaseState(f.Choice("to", states...))}
	if cmd.To == "" {
		f.Fail("to", "fault.choice.missing")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Advance(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("advance.done." + string(cmd.To))
	return c.Redirect(back)
}

// steps are what may follow.
func (v advanceView) steps() []govuk.Choice {
	var all []govuk.Choice
	for _, s := range v.Case.Steps() {
		all = append(all, govuk.Choice{Value: string(s), Text: v.T("advance.to." + string(s)), Hint: govuk.Hint{Text: v.T("advance.to." + string(s) + ".hint")}})
	}
	return all
}

// lack is something that is missing for a step, with the way to it.
type lack struct{ Text, Href string }

func (v advanceView) lacks(to protection.CaseState) []lack {
	var all []lack
	for _, key := range v.Case.Lacks(to, v.On) {
		all = append(all, lack{v.T(key), v.fixes(v.Case.ID, key)})
	}
	return all
}

// fixes is where what is missing is put right.
func (v voice) fixes(id ids.Case, key string) string {
	rest, a := "", access.Action("")
	switch key {
	case "fault.return.consent":
		rest, a = "/consent?for=P5", access.ConsentAsk
	case "fault.return.family":
		rest, a = "/consent?for=P6", access.ConsentAsk
	case "fault.close.afterwards":
		rest, a = "/consent?for=P9", access.ConsentAsk
	case "fault.return.backed":
		rest, a = "/return/back", access.ReturnBack
	case "fault.return.assess":
		rest, a = "/assess", access.AssessmentMake
	case "fault.return.interests":
		rest, a = "/interests", access.InterestsWeigh
	case "fault.return.panel":
		rest, a = "/panel", access.InterestsDetermine
	case "fault.return.guardian":
		rest, a = "/guardian?kind=APPOINTED", access.GuardianName
	case "fault.advance.plan", "fault.advance.delivered", "fault.advance.settling":
		rest, a = "/plan", access.PlanRead
	case "fault.advance.arrived", "fault.return.freely", "fault.return.informed", "fault.return.receiving", "fault.return.checks", "fault.return.risks",
		"fault.return.reflection", "fault.return.tracing", "fault.return.unsafe", "fault.return.contact", "fault.close.received":
		rest, a = "/return/prepare", access.ReturnKeep
	case "fault.close.early":
		rest, a = "/visits", access.VisitRead
	case "fault.close.referrals":
		rest, a = "", access.CaseRead
	default:
		return ""
	}
	if !v.rooms.Desk.Opens(v.c, v.c.Who, a, access.CaseKind, id.UUID, access.ForProtection) {
		return ""
	}
	return "/cases/" + id.String() + rest
}

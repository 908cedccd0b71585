package protection

import (
	"github.com/a-h/templ"

	"inkingi/internal/date"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// thenAge is the button of the question that comes before the first consent.
const thenAge = "age"

// sayAge asks whether she is a child, and leads back to the consent that waits.
func (r *Rooms) sayAge(c *shell.Context, v askConsentView) error {
	f := c.Form()
	page := shell.Page{Title: v.T("consent.age.title"), Body: sayAgePage(v), Back: v.back(), Section: navCases, Plain: !v.Screening.IsZero()}
	if !c.Posted() {
		return c.Page(page)
	}
	if f.Value("then") == thenStop && !v.Screening.IsZero() {
		return r.stopTalk(c, v.Screening)
	}
	cmd := protection.SayAge{Case: v.Case.ID, Version: f.Version(), Child: readAnswer(f, "child"), Age: r.ageForm(f, "", date.Age{})}
	err := f.Err()
	if err == nil {
		err = r.Desk.SayAge(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	return c.Redirect(v.self())
}

// grown are the answers, in the words of the question.
func (v askConsentView) grown() []govuk.Choice {
	return []govuk.Choice{
		{Value: string(protection.Yes), Text: v.T("consent.age.child")},
		{Value: string(protection.No), Text: v.T("consent.age.adult")},
		{Value: string(protection.Unknown), Text: v.T("consent.age.unsure"), Hint: govuk.Hint{Text: v.T("consent.age.unsure.hint")}},
	}
}

// consentTags say where an answer stands, and whether it must be asked anew.
func (v voice) consentTags(k protection.Consent, of protection.Case) templ.Component {
	all := []templ.Component{v.consentTag(k.State)}
	if !v.rooms.Desk.Rules.Fits(k, of, v.c.At) {
		all = append(all, govuk.Tag{Text: v.T("consent.misfit"), Classes: "govuk-tag--red"})
	}
	if k.Unconfirmed() {
		all = append(all, govuk.Tag{Text: v.T("consent.unconfirmed"), Classes: "govuk-tag--yellow"})
	}
	return govuk.Chips(all...)
}

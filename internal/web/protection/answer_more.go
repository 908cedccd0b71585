package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// answerView answers "more, please" one field at a time.
type answerView struct {
	referralView
	Field   string // that is answered now
	Why     string
	Covered bool // by a consent of hers that stands
}

func (r *Rooms) answerMore(c *shell.Context) error {
	f := c.Form()
	one, err := r.referralOf(c)
	if err != nil {
		return err
	}
	v := answerView{referralView: one}
	if err := v.question(c, f); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("referral.answer.title"), Body: answerMorePage(v), Back: v.href(""), Section: navReferrals}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.AnswerMore{Referral: v.ID, Version: f.Version(), Field: f.Choice("field", r.Desk.Rules.Codes(countries.PacketField)...),
		Value: f.Text("value", 1000)}
	agreed := f.Choice("agreed", "yes", "no")
	if agreed == "" {
		f.Fail("agreed", "fault.choice.missing")
	}
	if cmd.Agreed = agreed == "yes"; !cmd.Agreed {
		cmd.Value = ""
	}
	if err = f.Err(); err == nil {
		err = r.Desk.AnswerMore(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("referral.answer.done")
	return c.Redirect(v.href(""))
}

// question chooses the first question that waits, or the one of the form, and
// looks whether her consent covers it.
func (v *answerView) question(c *shell.Context, f *shell.Form) error {
	for _, a := range v.Asks {
		if a.Answered.IsZero() && (v.Field == "" || f.Given() && a.Field == f.Value("field")) {
			v.Field, v.Why = a.Field, a.Why
		}
	}
	if v.Field == "" {
		return nil
	}
	one, err := v.rooms.Desk.Case(c, c.Who, v.Case, protection.Page{Limit: 1})
	if err != nil {
		return err
	}
	v.Covered = slices.ContainsFunc(one.Consents, func(k protection.Consent) bool {
		return k.Covers(protection.P3ShareReferral, v.To, []string{v.Field}, c.At)
	})
	return nil
}

// consentHref asks her for what the receiver wants to know, and comes back here.
func (v answerView) consentHref() string {
	return "/cases/" + v.Case.String() + "/consent?for=" + protection.P3ShareReferral + "&to=" + v.To.String() +
		"&more=" + v.Field + "&answer=" + v.ID.String()
}

package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// confirm asks whoever is said to have approved acting without consent whether
// it is so.
func (r *Rooms) confirm(c *shell.Context) error {
	f := c.Form()
	v, err := r.consentOf(c, access.ConsentConfirm)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("consent.confirm.title"), Body: confirmPage(v), Back: "/consents/" + v.ID.String(), Section: navCases}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Confirm{Consent: v.ID, Version: f.Version(), Agreed: protection.Answer(f.Choice("agreed", string(protection.Yes), string(protection.No)))}
	if err = f.Err(); err == nil {
		err = r.Desk.Confirm(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("consent.confirm.done." + string(cmd.Agreed))
	return c.Redirect("/cases/" + v.Case.String() + "#consents")
}

// approval is who approved acting without consent, and whether they say so.
func (v voice) approval(k protection.Consent) string {
	who := v.account(k.ApprovedBy)
	switch {
	case k.ApprovedBy.IsZero():
		return ""
	case k.Approval == protection.Confirms:
		return v.T("consent.approval.CONFIRMED", "Who", who, "When", k.ApprovalAt)
	case k.Approval == protection.Denies:
		return v.T("consent.approval.DENIED", "Who", who, "When", k.ApprovalAt)
	}
	return v.T("consent.approval.said", "Who", who)
}

// waitsForMe says whether the reader is to say whether she approved.
func (v voice) waitsForMe(k protection.Consent, o access.Object) bool {
	o.Kind, o.ID, o.By = access.ConsentKind, k.ID.UUID, k.AskedBy
	return k.Unconfirmed() && k.ApprovedBy == v.c.Who.Account && v.may(access.ConsentConfirm, o)
}

func (v consentView) confirms() []govuk.Choice {
	return []govuk.Choice{{Value: string(protection.Yes), Text: v.T("consent.confirm.yes")},
		{Value: string(protection.No), Text: v.T("consent.confirm.no"), Hint: govuk.Hint{Text: v.T("consent.confirm.no.hint")}}}
}

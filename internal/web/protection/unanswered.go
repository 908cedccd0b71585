package protection

import (
	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navUnanswered = "referral.unanswered.nav"

// unansweredView says who waits for whom and for how long; no story and no case.
type unansweredView struct {
	voice
	Cut protection.Cut[protection.ReferralLine]
}

func (r *Rooms) unanswered(c *shell.Context) error {
	v := unansweredView{voice: r.voice(c)}
	cut, err := r.Desk.Unanswered(c, c.Who, protection.Page{After: c.Query("after"), Limit: casesPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	return c.Page(shell.Page{Title: v.T("referral.unanswered.title"), Body: unansweredPage(v), Section: navUnanswered, Wide: true})
}

// table is dense, for somebody who looks at many.
func (v unansweredView) table() govuk.CardTable { return v.waits(v.Cut.Lines) }

// waits draws who waits for whom.
func (v voice) waits(lines []protection.ReferralLine) govuk.CardTable {
	t := govuk.CardTable{Columns: []govuk.Column{{Title: v.T("common.case")}, {Title: v.T("referral.unanswered.danger")}, {Title: v.T("referral.need")},
		{Title: v.T("referral.from")}, {Title: v.T("referral.to")}, {Title: v.T("referral.unanswered.since")}, {Title: v.T("referral.clock.reply")}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, []govuk.Slot{{HTML: govuk.Code(l.Code.String())}, {HTML: *v.danger(l.Level)}, {Text: v.label(countries.Service, l.Need)},
			{Text: v.orgName(l.From)}, {Text: v.orgName(l.To)}, {Text: v.Ago(l.SentAt)}, {HTML: v.Due("", l.SentAt, l.AckBy)}})
	}
	return t
}

func (v unansweredView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	return "/unanswered?after=" + v.Cut.Next
}

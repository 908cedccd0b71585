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
	Cut   protection.Cut[protection.ReferralLine]
	Stuck bool // turned away or lapsed, and nobody asked since
}

// stuckPath lists those for whom another service must be found.
const stuckPath = "/unanswered?show=elsewhere"

func (r *Rooms) unanswered(c *shell.Context) error {
	v := unansweredView{voice: r.voice(c), Stuck: c.Query("show") == "elsewhere"}
	list := r.Desk.Unanswered
	if v.Stuck {
		list = r.Desk.Stuck
	}
	cut, err := list(c, c.Who, protection.Page{After: c.Query("after"), Limit: casesPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	return c.Page(shell.Page{Title: v.T(v.key("title")), Body: unansweredPage(v), Section: navUnanswered, Wide: true})
}

// table is dense, for somebody who looks at many.
func (v unansweredView) table() govuk.CardTable {
	if v.Stuck {
		return v.turned(v.Cut.Lines)
	}
	return v.waits(v.Cut.Lines)
}

// key is a message of the list that is shown.
func (v unansweredView) key(rest string) string {
	if v.Stuck {
		return "referral.stuck." + rest
	}
	return "referral.unanswered." + rest
}

// turned draws who could not, or did not answer, and since when.
func (v voice) turned(lines []protection.ReferralLine) govuk.CardTable {
	t := govuk.CardTable{Columns: []govuk.Column{{Title: v.T("common.case")}, {Title: v.T("referral.unanswered.danger")}, {Title: v.T("referral.need")},
		{Title: v.T("referral.from")}, {Title: v.T("referral.to")}, {Title: v.T("referral.state")}, {Title: v.T("referral.unanswered.since")}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, []govuk.Slot{{HTML: govuk.Code(l.Code.String())}, {HTML: *v.danger(l.Level)}, {Text: v.label(countries.Service, l.Need)},
			{Text: v.orgName(l.From)}, {Text: v.orgName(l.To)}, {HTML: v.referralTag(l.State)}, {Text: v.Ago(l.AnsweredAt)}})
	}
	return t
}

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
	if v.Stuck {
		return stuckPath + "&after=" + v.Cut.Next
	}
	return "/unanswered?after=" + v.Cut.Next
}

package protection

import (
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navReferrals = "referral.nav"

// referralsView lists what the reader's organisation asked others.
type referralsView struct {
	voice
	Cut   protection.Cut[protection.ReferralLine]
	State string
}

// unansweredState asks for what nobody has answered yet, read or not.
const unansweredState = "UNANSWERED"

func (r *Rooms) listReferrals(c *shell.Context) error {
	if c.Who.Post.Role == access.ServiceProvider { // sends nothing, is asked
		return c.Redirect("/requests")
	}
	v := referralsView{voice: r.voice(c), State: c.Query("state")}
	f := protection.ReferralFilter{Out: true}
	switch {
	case v.State == unansweredState:
		f.Unanswered = true
	case slices.Contains(protection.ReferralStates[:], protection.ReferralState(v.State)):
		f.State = protection.ReferralState(v.State)
	default:
		v.State = ""
	}
	cut, err := r.Desk.Referrals(c, c.Who, f, protection.Page{After: c.Query("after"), Limit: casesPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	return c.Page(shell.Page{Title: v.T("referral.list.title"), Body: referralsPage(v), Section: navReferrals, Wide: true})
}

// queue are the requests, the code of the person first.
func (v referralsView) queue() govuk.Queue { return v.sent(v.Cut.Lines, 2) }

// sent draws requests of the sender's side.
func (v voice) sent(lines []protection.ReferralLine, level int) govuk.Queue {
	q := govuk.Queue{HeadingLevel: level}
	for _, l := range lines {
		row := v.request(l)
		row.Title, row.Danger = l.Code.String()+" · "+row.Title, v.danger(l.Level)
		if l.Child {
			row.Tags = append(row.Tags, v.childTag())
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

func (v referralsView) states() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("referral.list.live"), Value: ""}, {Value: unansweredState, Text: v.T("referral.list.unanswered")}}
	for _, s := range protection.ReferralStates {
		all = append(all, govuk.SelectItem{Value: string(s), Text: v.T("referral.state." + string(s))})
	}
	return all
}

func (v referralsView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	return "/referrals?after=" + v.Cut.Next + "&state=" + v.State
}

package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// requestsView lists what others ask of the reader's organisation: danger and
// reply deadline first.
type requestsView struct {
	voice
	Cut   protection.Cut[protection.ReferralLine]
	State string
	Stale []protection.Service // whose free places were not confirmed for long
}

func (r *Rooms) listRequests(c *shell.Context) error {
	v := requestsView{voice: r.voice(c)}
	f := protection.ReferralFilter{In: true}
	if s := protection.ReferralState(c.Query("state")); slices.Contains(requestStates(), s) {
		f.State, v.State = s, string(s)
	}
	cut, err := r.Desk.Referrals(c, c.Who, f, protection.Page{After: c.Query("after"), Limit: casesPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	if v.Stale, err = v.unconfirmed(); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("referral.request.list"), Body: requestsPage(v), Section: navReferrals, Wide: true})
}

// requestStates are those a receiver looks for.
func requestStates() []protection.ReferralState {
	return []protection.ReferralState{protection.Sent, protection.Acknowledged, protection.Accepted, protection.Arrived, protection.Interrupted, protection.Completed, protection.FedBack, protection.Concluded}
}

// confirmAfterDays is after how many days the page asks to confirm free places
// again; the directory itself turns amber much later [J].
const confirmAfterDays = 7

// unconfirmed are the reader's own services whose free places should be confirmed.
func (v voice) unconfirmed() ([]protection.Service, error) {
	if !v.may(access.DirectoryConfirm, access.Object{Kind: access.Directory, Owner: v.c.Who.Post.Org}) {
		return nil, nil
	}
	all, err := v.rooms.Desk.Services(v.c, v.c.Who, protection.ServiceFilter{Org: v.c.Who.Post.Org, All: true, Years: -1})
	return slices.DeleteFunc(all, func(s protection.Service) bool {
		return !s.Active || v.c.At.Sub(s.ConfirmedAt).Hours() < 24*confirmAfterDays
	}), err
}

// queue are the requests: who asks, what for, when to answer.
func (v requestsView) queue() govuk.Queue { return v.asking(v.Cut.Lines, 2) }

// asking draws requests of the receiver's side. The story is not there, nor a name.
func (v voice) asking(lines []protection.ReferralLine, level int) govuk.Queue {
	q := govuk.Queue{HeadingLevel: level}
	for _, l := range lines {
		row := govuk.QueueRow{Href: "/requests/" + l.ID.String(), Title: l.Code.String() + " · " + v.label(countries.Service, l.Need), Danger: v.danger(l.Level),
			Facts: []govuk.Fact{{Name: v.T("referral.from"), Value: v.orgName(l.From)}, {Name: v.T("referral.sent"), Value: v.Ago(l.SentAt)}},
			Tags:  []govuk.Tag{v.referralTag(l.State)}}
		if l.State.Pending() {
			row.Clocks = append(row.Clocks, v.Due(v.T("referral.clock.reply"), l.SentAt, l.AckBy))
		}
		row.Clocks = append(row.Clocks, v.health(l.HealthFrom)...)
		if l.Child {
			row.Tags = append(row.Tags, v.childTag())
		}
		if l.State == protection.Accepted && l.Arrival.Before(v.c.At) {
			row.Clocks = append(row.Clocks, v.Due(v.T("referral.clock.arrival"), l.AnsweredAt, l.Arrival))
		}
		if !l.Arrival.IsZero() {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("referral.arrival"), Value: v.when(l.Arrival)})
		}
		if l.Burnt || l.State == protection.Concluded { // nothing of her is read here any more
			row.Href = "/referrals/" + l.ID.String()
		}
		row.Next = v.askingNext(l)
		q.Rows = append(q.Rows, row)
	}
	return q
}

func (v voice) askingNext(l protection.ReferralLine) string {
	switch {
	case l.State == protection.Sent:
		return v.T("referral.next.read")
	case l.State == protection.Acknowledged && l.OpenAsks > 0:
		return v.T("referral.next.waiting")
	case l.State == protection.Acknowledged:
		return v.T("referral.next.answer")
	case l.State == protection.Accepted:
		return v.T("referral.next.welcome")
	case l.State == protection.Interrupted, l.State == protection.Completed:
		return v.T("provide.next.feedback")
	}
	return ""
}

func (v requestsView) states() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("referral.list.live"), Value: ""}}
	for _, s := range requestStates() {
		all = append(all, govuk.SelectItem{Value: string(s), Text: v.T("referral.state." + string(s))})
	}
	return all
}

func (v requestsView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	return "/requests?after=" + v.Cut.Next + "&state=" + v.State
}

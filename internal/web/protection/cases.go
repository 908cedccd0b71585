package protection

import (
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navCases = "case.nav"

// casesView lists cases: codes, danger, clocks, and no name.
type casesView struct {
	voice
	Cut   protection.Cut[protection.CaseLine]
	State string
	Mine  bool
}

// casesPerPage keeps a page light on a slow line.
const casesPerPage = 20

func (r *Rooms) listCases(c *shell.Context) error {
	v := casesView{voice: r.voice(c), Mine: c.Query("mine") == "yes"}
	f := protection.CaseFilter{Mine: v.Mine}
	if i := slices.Index(protection.CaseStates[:], protection.CaseState(c.Query("state"))); i >= 0 && protection.CaseStates[i] != protection.Joined {
		f.State = protection.CaseStates[i]
		v.State = string(f.State)
	}
	cut, err := r.Desk.Cases(c, c.Who, f, protection.Page{After: c.Query("after"), Limit: casesPerPage})
	if err != nil {
		return err
	}
	v.Cut = cut
	return c.Page(shell.Page{Title: v.T("case.list.title"), Body: casesPage(v), Section: navCases, Wide: true})
}

// caseRow is one case in a list.
func (v voice) caseRow(l protection.CaseLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: v.caseHref(l), Title: l.Code.String(), Danger: v.danger(l.Level), Clocks: v.health(l.HealthFrom)}
	if l.Ratification == protection.Waiting {
		row.Clocks = append(row.Clocks, v.Due(v.T("case.clock.ratify"), l.Since, l.RatifyBy))
	}
	if l.Child {
		row.Tags = append(row.Tags, v.childTag())
	}
	row.Tags = append(row.Tags, govuk.Tag{Text: v.T("case.state." + string(l.State) + ".short"), Classes: "govuk-tag--grey"})
	if l.Referral != "" {
		row.Tags = append(row.Tags, v.referralTag(l.Referral))
	}
	add := func(name, value string) {
		if value != "" {
			row.Facts = append(row.Facts, govuk.Fact{Name: name, Value: value})
		}
	}
	if l.Where != (place.Given{}) {
		add(v.T("case.where"), v.Place(l.Where))
	}
	add(v.T("case.since"), v.Ago(l.Since))
	add(v.T("case.screener"), v.seat(l.Screener))
	if !l.Manager.IsZero() {
		add(v.T("case.manager"), v.seat(l.Manager))
	}
	return row
}

// caseHref is where a line of a list leads: to the case, for who may read it; to
// its seats, for who may fill them and no more.
func (v voice) caseHref(l protection.CaseLine) string {
	o := access.Object{Kind: access.CaseKind, ID: l.ID.UUID, Owner: l.Owner, By: l.OpenedBy, Child: l.Child, Stage: string(l.State),
		Places: v.rooms.Desk.Rules.Places.Codes(l.Where.Code)}
	for _, one := range []ids.Account{l.Screener, l.Manager} {
		if !one.IsZero() {
			o.Team = append(o.Team, one)
		}
	}
	switch {
	case v.may(access.CaseRead, o):
		return "/cases/" + l.ID.String()
	case !l.State.Over() && v.may(access.CaseAssign, o):
		return "/cases/" + l.ID.String() + "/assign"
	}
	return ""
}

// seat is who sits there, or that nobody does.
func (v voice) seat(id ids.Account) string {
	if name := v.account(id); name != "" {
		return name
	}
	return v.T("case.nobody")
}

func (v casesView) queue() govuk.Queue {
	var q govuk.Queue
	for _, l := range v.Cut.Lines {
		q.Rows = append(q.Rows, v.caseRow(l))
	}
	q.HeadingLevel = 2
	return q
}

func (v casesView) states() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("case.list.open"), Value: ""}}
	for _, s := range protection.CaseStates {
		if s == protection.Joined { // it goes on in another file, and is in no list
			continue
		}
		all = append(all, govuk.SelectItem{Value: string(s), Text: v.T("case.state." + string(s) + ".short")})
	}
	return all
}

// more is the address of the next page, with the same filter.
func (v casesView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	to := "/cases?after=" + v.Cut.Next
	if v.State != "" {
		to += "&state=" + v.State
	}
	if v.Mine {
		to += "&mine=yes"
	}
	return to
}

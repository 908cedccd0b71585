package protection

import (
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const (
	navCaseloads = "move.nav"
	handOnPath   = "/caseloads/hand-on"
)

// caseloadsView is how much each worker carries, and who is away.
type caseloadsView struct {
	voice
	Loads  []load
	Covers []protection.Cover
}

// load is one worker's, with the days of an absence.
type load struct {
	protection.Caseload
	Here bool // has a post in the organisation
	Away protection.Cover
}

func (r *Rooms) caseloads(c *shell.Context) error {
	v := caseloadsView{voice: r.voice(c)}
	counts, err := r.Desk.Caseloads(c, c.Who)
	if err != nil {
		return err
	}
	if v.Covers, err = r.Desk.Covers(c, c.Who); err != nil {
		return err
	}
	staff, err := r.carriers(c)
	if err != nil {
		return err
	}
	for _, one := range counts {
		v.Loads = append(v.Loads, load{Caseload: one, Here: slices.Contains(staff, one.Worker)})
	}
	for _, id := range staff {
		if !slices.ContainsFunc(counts, func(l protection.Caseload) bool { return l.Worker == id }) {
			v.Loads = append(v.Loads, load{Caseload: protection.Caseload{Worker: id}, Here: true})
		}
	}
	for i, l := range v.Loads {
		for _, x := range v.Covers {
			if x.Away == l.Worker && x.Runs(c.At) {
				v.Loads[i].Away = x
			}
		}
	}
	v.sort()
	return c.Page(shell.Page{Title: v.T("move.title"), Body: caseloadsPage(v), Section: navCaseloads, Wide: true})
}

// carriers are who can hold a case in the reader's organisation.
func (r *Rooms) carriers(c *shell.Context) ([]ids.Account, error) {
	return r.People.Staff(c, c.Who.Post.Org, access.CaseManager, access.Screener)
}

// sort puts first who left and still holds something, then who carries most danger.
func (v caseloadsView) sort() {
	weight := func(l load) int {
		n := l.Red*1_000_000 + l.Orange*1_000 + l.Green
		if !l.Here {
			n += 1 << 40
		}
		return n
	}
	slices.SortStableFunc(v.Loads, func(a, b load) int {
		if d := weight(b) - weight(a); d != 0 {
			return d
		}
		return strings.Compare(v.account(a.Worker), v.account(b.Worker))
	})
}

func (v caseloadsView) table() govuk.CardTable {
	t := govuk.CardTable{Caption: v.T("move.loads"), Columns: []govuk.Column{{Title: v.T("move.worker")}, {Title: v.T("move.red"), Number: true}, {Title: v.T("move.orange"), Number: true},
		{Title: v.T("move.green"), Number: true}, {Title: v.T("move.open"), Number: true}, {Title: v.T("move.late"), Number: true}, {Title: v.T("move.away")}, {Title: v.T("move.act")}}}
	for _, l := range v.Loads {
		away := ""
		switch {
		case !l.Here:
			away = v.T("move.left")
		case !l.Away.ID.IsZero():
			away = v.T("move.away.until", "Day", v.Day(v.last(l.Away)), "Who", v.seat(l.Away.Cover))
		}
		act := govuk.Slot{}
		if l.Open() > 0 {
			act.HTML = link(handOnPath+"?who="+l.Worker.String(), v.T("move.hand_on"))
		}
		t.Rows = append(t.Rows, []govuk.Slot{{Text: v.seat(l.Worker)}, {Text: digits(l.Red)}, {Text: digits(l.Orange)}, {Text: digits(l.Green)}, {Text: digits(l.Open())},
			{Text: digits(l.Late)}, {Text: away}, act})
	}
	return t
}

func (v caseloadsView) covers() govuk.CardTable {
	t := govuk.CardTable{Caption: v.T("cover.lines"), Columns: []govuk.Column{{Title: v.T("cover.away")}, {Title: v.T("cover.cover")}, {Title: v.T("cover.from")},
		{Title: v.T("cover.until")}, {Title: v.T("move.act")}}}
	for _, x := range v.Covers {
		t.Rows = append(t.Rows, []govuk.Slot{{Text: v.seat(x.Away)}, {Text: v.seat(x.Cover)}, {Text: v.Day(v.first(x))}, {Text: v.Day(v.last(x))},
			{HTML: link("/covers/"+x.ID.String(), v.T("common.change"))}})
	}
	return t
}

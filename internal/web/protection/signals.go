package protection

import (
	"net/url"
	"slices"
	"time"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// How many lines stand on a page, how many of a list on the page of the day, and
// how many of it are counted there.
const (
	pageLines = 20
	workLines = 6
	workCount = 30
)

// shown are the first lines of a list, as many as stand on the page of the day.
func shown[T any](lines []T) []T { return lines[:min(len(lines), workLines)] }

const navSignals = "duty.nav.signals"

type signalsView struct {
	voice
	Rows []govuk.QueueRow
	Next string // address of the next page
	All  bool
}

// signals is the queue: danger first, then who waits longest.
func (r *Rooms) signals(c *shell.Context) error {
	v := signalsView{voice: r.voice(c), All: c.Query("all") == "yes"}
	cut, err := r.Desk.Signals(c, c.Who, protection.SignalFilter{Open: !v.All}, protection.Page{After: c.Query("after"), Limit: pageLines})
	if err != nil {
		return err
	}
	v.Rows = v.signalRows(cut.Lines)
	if cut.Next != "" {
		q := url.Values{"after": {cut.Next}}
		if v.All {
			q.Set("all", "yes")
		}
		v.Next = "/signals?" + q.Encode()
	}
	return c.Page(shell.Page{Title: v.T("duty.signals"), Body: signalsPage(v), Section: navSignals, Wide: true})
}

func (v voice) signalRows(lines []protection.SignalLine) []govuk.QueueRow {
	var rows []govuk.QueueRow
	for _, one := range lines {
		rows = append(rows, v.signalRow(one))
	}
	return rows
}

// signalRow is a signal in a list: danger, minutes, place, how many.
func (v voice) signalRow(s protection.SignalLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/signals/" + s.ID.String(), Title: v.Place(s.Where), Danger: v.signalDanger(s.Level, s.Now),
		Clocks: v.health(s.HealthFrom)}
	if s.State != protection.Triaged && !s.Due.IsZero() {
		row.Clocks = append([]govuk.Clock{v.Due(v.T("duty.clock.triage"), s.ReceivedAt, s.Due)}, row.Clocks...)
	}
	if s.Children == protection.Yes {
		row.Tags = append(row.Tags, v.childTag())
	}
	row.Facts = []govuk.Fact{{Name: v.T("duty.received"), Value: v.Ago(s.ReceivedAt)}, {Name: v.T("duty.channel"), Value: v.label(countries.SignalChannel, s.Channel)}}
	if s.People > 0 {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("duty.people"), Value: v.Number(s.People)})
	}
	if !s.TakenBy.IsZero() {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("duty.taken.by"), Value: v.account(s.TakenBy)})
	}
	row.Next = v.signalNext(s)
	return row
}

func (v voice) signalNext(s protection.SignalLine) string {
	switch {
	case s.State == protection.Received:
		return v.T("duty.next.take")
	case s.State == protection.Taken && s.TakenBy == v.c.Who.Account:
		return v.T("duty.next.triage")
	}
	return ""
}

// signalDanger is the level that was judged, or what the report says until somebody judges.
func (v voice) signalDanger(level protection.Danger, now protection.Answer) *govuk.Danger {
	if level == protection.Unjudged && now == protection.Yes {
		return &govuk.Danger{Level: govuk.DangerRed, Text: v.T("duty.danger.said")}
	}
	return v.danger(level)
}

// late counts the signals whose triage is late.
func late(lines []protection.SignalLine, now time.Time) int {
	n := 0
	for _, s := range lines {
		if s.State != protection.Triaged && !s.Due.After(now) {
			n++
		}
	}
	return n
}

// heldSignals are those the reader took and has not yet judged.
func (r *Rooms) heldSignals(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Signals(c, c.Who, protection.SignalFilter{Open: true, Mine: true}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	return v.signalSection("held", "duty.held", "duty.held.empty", cut), nil
}

// waitingSignals are those nobody judged yet.
func (r *Rooms) waitingSignals(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Signals(c, c.Who, protection.SignalFilter{Open: true}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	cut.Lines = slices.DeleteFunc(cut.Lines, func(s protection.SignalLine) bool { return s.TakenBy == c.Who.Account })
	return v.signalSection("waiting", "duty.signals.waiting", "duty.signals.none", cut), nil
}

func (v voice) signalSection(id, title, empty string, cut protection.Cut[protection.SignalLine]) Section {
	s := Section{ID: id, Title: v.T(title), Empty: v.T(empty), Waiting: len(cut.Lines), Over: cut.Next != "", Late: late(cut.Lines, v.c.At)}
	if len(cut.Lines) == 0 {
		return s
	}
	rows := v.signalRows(shown(cut.Lines))
	s.Body = govuk.Queue{Rows: rows}
	if rows[0].Next != "" {
		s.Alarm = cut.Lines[0].Now == protection.Yes || cut.Lines[0].Level == protection.Red
		s.Next = Step{v.T("duty.next.at", "Act", rows[0].Next, "Place", v.nearest(cut.Lines[0])), rows[0].Href}
	}
	s.more(len(rows), "/signals")
	return s
}

// nearest names the place of a signal in one word.
func (v voice) nearest(s protection.SignalLine) string {
	if one, known := v.rooms.Country.Places.Place(s.Where.Code); known {
		return one.Name
	}
	return v.T("shell.place.unknown")
}

// seatless are cases that nobody is to talk with yet.
func (r *Rooms) seatless(c *shell.Context) (Section, error) {
	v := r.voice(c)
	s := Section{ID: "seatless", Title: v.T("duty.seatless"), Empty: v.T("duty.seatless.empty")}
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{State: protection.InTriage, Unassigned: true}, protection.Page{Limit: workCount})
	if err != nil {
		return s, err
	}
	var rows []govuk.QueueRow
	for _, one := range cut.Lines {
		if one.Screener.IsZero() {
			row := v.caseQueueRow(one)
			row.Href, row.Next = "/cases/"+one.ID.String()+"/assign", v.T("duty.next.assign")
			rows = append(rows, row)
		}
	}
	s.Waiting, s.Over = len(rows), cut.Next != ""
	if len(rows) > 0 {
		s.Body = govuk.Queue{Rows: shown(rows)}
		s.more(len(shown(rows)), "/cases?state="+string(protection.InTriage))
	}
	return s, nil
}

// caseQueueRow is a case in a list of intake: code, danger, clocks, place.
func (v voice) caseQueueRow(one protection.CaseLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: v.caseHref(one), Title: one.Code.String(), Danger: v.danger(one.Level), Clocks: v.health(one.HealthFrom),
		Facts: []govuk.Fact{{Name: v.T("duty.place"), Value: v.Place(one.Where)}}}
	if one.Child {
		row.Tags = append(row.Tags, v.childTag())
	}
	if !one.Screener.IsZero() {
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("duty.screener"), Value: v.account(one.Screener)})
	}
	return row
}

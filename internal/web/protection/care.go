package protection

import (
	"cmp"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// careSections are those of screening, supervision and referral.
func (r *Rooms) careSections(role access.Role) []sectionOf {
	switch role {
	case access.Screener:
		return []sectionOf{r.toScreen, r.returned, r.openAsks, r.followed, r.awaited, r.covered}
	case access.CaseManager:
		return []sectionOf{r.incoming, r.openAsks, r.due(true), r.plansDue, r.awaited, r.followed, r.covered}
	case access.Supervisor:
		return []sectionOf{r.complaints, r.toRatify, r.offered, r.resembling, r.incoming, r.plansToAnswer, r.due(false), r.openAsks, r.awaited}
	case access.DutyOfficer:
		return []sectionOf{r.openAsks, r.awaited}
	case access.ServiceProvider:
		return []sectionOf{r.incoming, r.expected, r.inService, r.lodgers}
	case access.DataProtection:
		return []sectionOf{r.complaints}
	case access.Coordinator:
		return []sectionOf{r.waitFor, r.elsewhere}
	}
	return nil
}

// caseSection draws a list as a section: its first rows, with the first of them
// as the next step, how many there are in all, and where the rest is.
func (v voice) caseSection(id, title, empty string, rows []govuk.QueueRow, all, late int, next, more string) Section {
	s := Section{ID: id, Title: v.T(title), Empty: v.T(empty), Waiting: all, Over: next != "", Late: late}
	if len(rows) == 0 {
		return s
	}
	rows = shown(rows)
	s.more(len(rows), more)
	s.Body = govuk.Queue{Rows: rows}
	if first := rows[0]; first.Next != "" && first.Href != "" {
		s.Next = Step{first.Title + v.T("case.colon") + first.Next, first.Href}
	}
	return s
}

// newFirst puts who came to her within the last day before the others.
func newFirst(lines []protection.CaseLine, now time.Time) []protection.CaseLine {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b protection.CaseLine) int { return isNew(b, now) - isNew(a, now) })
	return lines
}

func isNew(l protection.CaseLine, now time.Time) int {
	if now.Sub(l.Since) < 24*time.Hour {
		return 1
	}
	return 0
}

// savable puts requests that can still be answered in time before those that are
// late: within each, what is due first.
func savable(lines []protection.ReferralLine, now time.Time) []protection.ReferralLine {
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b protection.ReferralLine) int {
		late := func(l protection.ReferralLine) int {
			if l.AckBy.After(now) {
				return 0
			}
			return 1
		}
		return cmp.Or(late(a)-late(b), a.AckBy.Compare(b.AckBy))
	})
	return lines
}

// overdue counts those who should have arrived.
func overdue(lines []protection.ReferralLine, now time.Time) int {
	n := 0
	for _, l := range lines {
		if l.Arrival.Before(now) {
			n++
		}
	}
	return n
}

// toScreen are the people the reader is to talk with, and conversations that stopped.
func (r *Rooms) toScreen(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var rows, soon []govuk.QueueRow
	next, late := "", 0
	for _, state := range []protection.CaseState{protection.InTriage, protection.InScreening} {
		cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{State: state, Mine: true}, protection.Page{Limit: workCount})
		if err != nil {
			return Section{}, err
		}
		for _, l := range cut.Lines {
			if l.Ratification == protection.Waiting {
				continue
			}
			row := v.caseRow(l)
			due := r.Desk.Rules.Due("screening.target", l.Opened)
			row.Clocks = append(row.Clocks, v.Due(v.T("case.clock.screen"), l.Opened, due))
			if !due.After(c.At) {
				late++
			}
			row.Next = v.T("case.next.screen")
			if state == protection.InScreening {
				row.Next = v.T("case.next.resume")
			}
			if v.closing(l.HealthFrom) {
				soon = append(soon, row)
				continue
			}
			rows = append(rows, row)
		}
		next += cut.Next
	}
	rows = append(soon, rows...)
	s := v.caseSection("screen", "case.work.screen", "case.work.screen.none", rows, len(rows), late, next, "/cases?mine=yes")
	s.Alarm = len(soon) > 0
	return s, nil
}

// returned are decisions that a supervisor sent back to the reader.
func (r *Rooms) returned(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Ratification: protection.Returned, Mine: true}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, l := range shown(cut.Lines) {
		row := v.caseRow(l)
		row.Next = v.T("case.next.returned")
		rows = append(rows, row)
	}
	return v.caseSection("returned", "case.work.returned", "case.work.returned.none", rows, len(cut.Lines), 0, cut.Next, "/cases?mine=yes"), nil
}

// followed are the people the reader follows whose services are open.
func (r *Rooms) followed(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Served: true, Mine: true}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, l := range shown(newFirst(cut.Lines, c.At)) {
		row := v.caseRow(l)
		if isNew(l, c.At) > 0 {
			row.Tags = append([]govuk.Tag{{Text: v.T("case.work.new"), Classes: "govuk-tag--blue"}}, row.Tags...)
		}
		switch l.Referral {
		case "":
			row.Next = v.T("case.next.refer")
		case protection.Turned, protection.Lapsed, protection.Missed:
			row.Next = v.T("case.next.elsewhere")
		}
		rows = append(rows, row)
	}
	return v.caseSection("followed", "case.work.followed", "case.work.followed.none", rows, len(cut.Lines), 0, cut.Next, "/cases?mine=yes"), nil
}

// toRatify are decisions that wait for a second person: late RED and children first.
func (r *Rooms) toRatify(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Ratification: protection.Waiting}, protection.Page{Limit: maxWaiting})
	if err != nil {
		return Section{}, err
	}
	lines, late := urgentFirst(cut.Lines, c.At), 0
	for _, l := range lines {
		if !l.RatifyBy.After(c.At) {
			late++
		}
	}
	return v.caseSection("ratify", "case.work.ratify", "case.work.ratify.none", v.ratifying(shown(lines), 3).Rows, len(lines), late, cut.Next, "/waiting"), nil
}

// awaited are requests that nobody has answered yet, read or not.
func (r *Rooms) awaited(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{Out: true, Unanswered: true}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	late := 0
	for _, l := range cut.Lines {
		if !l.AckBy.After(c.At) {
			late++
		}
	}
	return v.caseSection("unanswered", "case.work.unanswered", "case.work.unanswered.none", v.sent(shown(savable(cut.Lines, c.At)), 3).Rows, len(cut.Lines), late,
		cut.Next, "/referrals?state="+unansweredState), nil
}

// openAsks are requests in which the receiver asks for one more detail.
func (r *Rooms) openAsks(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var asked []protection.ReferralLine
	for _, state := range []protection.ReferralState{protection.Acknowledged, protection.Accepted} {
		cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{Out: true, State: state}, protection.Page{Limit: maxWaiting})
		if err != nil {
			return Section{}, err
		}
		for _, l := range cut.Lines {
			if l.OpenAsks > 0 {
				asked = append(asked, l)
			}
		}
	}
	rows := v.sent(shown(asked), 3).Rows
	for i := range rows {
		rows[i].Href += "/answer"
	}
	return v.caseSection("asks", "case.work.asks", "case.work.asks.none", rows, len(asked), 0, "", "/referrals"), nil
}

// incoming are requests to the reader's organisation that wait for an answer.
func (r *Rooms) incoming(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var lines []protection.ReferralLine
	next, late := "", 0
	for _, state := range []protection.ReferralState{protection.Sent, protection.Acknowledged} {
		cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{In: true, State: state}, protection.Page{Limit: workCount})
		if err != nil {
			return Section{}, err
		}
		for _, l := range cut.Lines {
			if l.State.Pending() && !l.AckBy.After(c.At) {
				late++
			}
		}
		lines, next = append(lines, cut.Lines...), next+cut.Next
	}
	return v.caseSection("incoming", "case.work.incoming", "case.work.incoming.none", v.asking(shown(savable(lines, c.At)), 3).Rows, len(lines), late, next, "/requests"), nil
}

// expected are those who are on their way.
func (r *Rooms) expected(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{In: true, State: protection.Accepted}, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	return v.caseSection("expected", "case.work.expected", "case.work.expected.none", v.asking(shown(cut.Lines), 3).Rows, len(cut.Lines), overdue(cut.Lines, c.At),
		cut.Next, "/requests?state="+string(protection.Accepted)), nil
}

// waitFor is the coordinator's day: who waits for whom, no stories.
func (r *Rooms) waitFor(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Unanswered(c, c.Who, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	s := Section{ID: "unanswered", Title: v.T("referral.unanswered.title"), Empty: v.T("referral.unanswered.none"), Waiting: len(cut.Lines), Over: cut.Next != ""}
	for _, l := range cut.Lines {
		if !l.AckBy.After(c.At) {
			s.Late++
		}
	}
	if len(cut.Lines) > 0 {
		s.Body = v.waits(shown(cut.Lines))
		s.more(workLines, "/unanswered")
		s.Next = Step{v.T("referral.unanswered.see"), "/unanswered"}
	}
	return s, nil
}

// elsewhere are those for whom the coordinator sees to another service.
func (r *Rooms) elsewhere(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Stuck(c, c.Who, protection.Page{Limit: workCount})
	if err != nil {
		return Section{}, err
	}
	s := Section{ID: "elsewhere", Title: v.T("referral.stuck.title"), Empty: v.T("referral.stuck.none"), Waiting: len(cut.Lines), Over: cut.Next != ""}
	if len(cut.Lines) > 0 {
		s.Body = v.turned(shown(cut.Lines))
		s.more(workLines, stuckPath)
		s.Next = Step{v.T("referral.stuck.see"), stuckPath}
	}
	return s, nil
}

// receives says whether requests are addressed to the reader.
func (v voice) receives() bool {
	return v.may(access.ReferralAccept, access.Object{Kind: access.ReferralKind, ID: ids.New[ids.Referral]().UUID, To: v.c.Who.Post.Org, Stage: string(protection.Sent)})
}

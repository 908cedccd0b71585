package protection

import (
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
		return []sectionOf{r.toScreen, r.returned, r.openAsks, r.followed, r.awaited}
	case access.CaseManager:
		return []sectionOf{r.incoming, r.openAsks, r.plansDue, r.awaited, r.followed}
	case access.Supervisor:
		return []sectionOf{r.toRatify, r.incoming, r.plansToAnswer, r.openAsks, r.awaited}
	case access.DutyOfficer:
		return []sectionOf{r.openAsks, r.awaited}
	case access.ServiceProvider:
		return []sectionOf{r.incoming, r.expected}
	case access.Coordinator:
		return []sectionOf{r.waitFor, r.elsewhere}
	}
	return nil
}

// caseSection draws cases as a section, with the first as the next step.
func (v voice) caseSection(id, title, empty string, rows []govuk.QueueRow, late int, more string) Section {
	s := Section{ID: id, Title: v.T(title), Empty: v.T(empty), Waiting: len(rows), Late: late, More: more}
	if len(rows) == 0 {
		return s
	}
	s.Body = govuk.Queue{Rows: rows}
	if first := rows[0]; first.Next != "" && first.Href != "" {
		s.Next = Step{first.Title + v.T("case.colon") + first.Next, first.Href}
	}
	return s
}

// moreIf is the address of the whole list, when there is more than is shown.
func moreIf(next, href string) string {
	if next == "" {
		return ""
	}
	return href
}

// toScreen are the people the reader is to talk with, and conversations that stopped.
func (r *Rooms) toScreen(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var rows, soon []govuk.QueueRow
	next, late := "", 0
	for _, state := range []protection.CaseState{protection.InTriage, protection.InScreening} {
		cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{State: state, Mine: true}, protection.Page{Limit: workLines})
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
	s := v.caseSection("screen", "case.work.screen", "case.work.screen.none", append(soon, rows...), late, moreIf(next, "/cases?mine=yes"))
	s.Alarm = len(soon) > 0
	return s, nil
}

// returned are decisions that a supervisor sent back to the reader.
func (r *Rooms) returned(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Ratification: protection.Returned, Mine: true}, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	var rows []govuk.QueueRow
	for _, l := range cut.Lines {
		row := v.caseRow(l)
		row.Next = v.T("case.next.returned")
		rows = append(rows, row)
	}
	return v.caseSection("returned", "case.work.returned", "case.work.returned.none", rows, 0, moreIf(cut.Next, "/cases?mine=yes")), nil
}

// followed are the people the reader follows whose services are open.
func (r *Rooms) followed(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Cases(c, c.Who, protection.CaseFilter{Served: true, Mine: true}, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	var rows, late []govuk.QueueRow
	for _, l := range cut.Lines {
		row := v.caseRow(l)
		switch l.Referral {
		case "":
			row.Next = v.T("case.next.refer")
		case protection.Turned, protection.Lapsed:
			row.Next = v.T("case.next.elsewhere")
		}
		next, clocks := v.stage(l)
		row.Clocks = append(row.Clocks, clocks...)
		if len(clocks) > 0 && clocks[0].State == govuk.ClockLate {
			row.Next = next
			late = append(late, row)
			continue
		}
		rows = append(rows, row)
	}
	return v.caseSection("followed", "case.work.followed", "case.work.followed.none", append(late, rows...), len(late), moreIf(cut.Next, "/cases?mine=yes")), nil
}

// stage is what brings a case to its next stage, and until when (A7, A8, A9).
func (v voice) stage(l protection.CaseLine) (next string, clocks []govuk.Clock) {
	key, label, step := "", "", ""
	switch l.State {
	case protection.Presumed:
		key, label, step = "assessment.max", "case.clock.assess", "case.next.assess"
	case protection.InAssessment:
		key, label, step = "plan.max", "plan.clock.AGREE", "case.next.plan"
	case protection.Planned:
		key, label, step = "service.first", "plan.clock.service", "plan.next.service"
	default:
		return "", nil
	}
	return v.T(step), []govuk.Clock{v.Due(v.T(label), l.Since, v.rooms.Desk.Rules.Due(key, l.Since))}
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
	shown := v.ratifying(lines[:min(len(lines), workLines)], 3).Rows
	s := v.caseSection("ratify", "case.work.ratify", "case.work.ratify.none", shown, late, "")
	if s.Waiting = len(lines); len(lines) > workLines {
		s.More = "/waiting"
	}
	return s, nil
}

// awaited are requests that nobody has answered yet, read or not.
func (r *Rooms) awaited(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{Out: true, Unanswered: true}, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	late := 0
	for _, l := range cut.Lines {
		if !l.AckBy.After(c.At) {
			late++
		}
	}
	return v.caseSection("unanswered", "case.work.unanswered", "case.work.unanswered.none", v.sent(cut.Lines, 3).Rows, late,
		moreIf(cut.Next, "/referrals?state="+unansweredState)), nil
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
	rows := v.sent(asked[:min(len(asked), workLines)], 3).Rows
	for i := range rows {
		rows[i].Href += "/answer"
	}
	return v.caseSection("asks", "case.work.asks", "case.work.asks.none", rows, 0, ""), nil
}

// incoming are requests to the reader's organisation that wait for an answer.
func (r *Rooms) incoming(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var lines []protection.ReferralLine
	next, late := "", 0
	for _, state := range []protection.ReferralState{protection.Sent, protection.Acknowledged} {
		cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{In: true, State: state}, protection.Page{Limit: workLines})
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
	return v.caseSection("incoming", "case.work.incoming", "case.work.incoming.none", v.asking(lines, 3).Rows, late, moreIf(next, "/requests")), nil
}

// expected are those who are on their way.
func (r *Rooms) expected(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{In: true, State: protection.Accepted}, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	return v.caseSection("expected", "case.work.expected", "case.work.expected.none", v.asking(cut.Lines, 3).Rows, 0,
		moreIf(cut.Next, "/requests?state="+string(protection.Accepted))), nil
}

// waitFor is the coordinator's day: who waits for whom, no stories.
func (r *Rooms) waitFor(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Unanswered(c, c.Who, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	s := Section{ID: "unanswered", Title: v.T("referral.unanswered.title"), Empty: v.T("referral.unanswered.none"), Waiting: len(cut.Lines),
		More: moreIf(cut.Next, "/unanswered")}
	for _, l := range cut.Lines {
		if !l.AckBy.After(c.At) {
			s.Late++
		}
	}
	if len(cut.Lines) > 0 {
		s.Body = v.waits(cut.Lines)
		s.Next = Step{v.T("referral.unanswered.see"), "/unanswered"}
	}
	return s, nil
}

// elsewhere are those for whom the coordinator sees to another service.
func (r *Rooms) elsewhere(c *shell.Context) (Section, error) {
	v := r.voice(c)
	cut, err := r.Desk.Stuck(c, c.Who, protection.Page{Limit: workLines})
	if err != nil {
		return Section{}, err
	}
	s := Section{ID: "elsewhere", Title: v.T("referral.stuck.title"), Empty: v.T("referral.stuck.none"), Waiting: len(cut.Lines), More: moreIf(cut.Next, stuckPath)}
	if len(cut.Lines) > 0 {
		s.Body = v.turned(cut.Lines)
		s.Next = Step{v.T("referral.stuck.see"), stuckPath}
	}
	return s, nil
}

// receives says whether requests are addressed to the reader.
func (v voice) receives() bool {
	return v.may(access.ReferralAccept, access.Object{Kind: access.ReferralKind, ID: ids.New[ids.Referral]().UUID, To: v.c.Who.Post.Org, Stage: string(protection.Sent)})
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// showScreening is where a conversation is taken up again: its pages, and how
// far each is.
func (r *Rooms) showScreening(c *shell.Context) error {
	v, err := r.talk(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("screening.title"), Body: screeningPage(v), Back: "/cases/" + v.Case.ID.String(), Section: navCases})
}

// open says whether the conversation goes on.
func (v listenView) open() bool { return v.S.State == protection.ScreeningOpen }

// tasks are the pages of the conversation.
func (v listenView) tasks() []govuk.Task {
	var all []govuk.Task
	for _, q := range questions() {
		if q.key == "purpose" && v.S.Exploited != protection.No {
			continue
		}
		t := govuk.Task{Href: v.href("/" + q.key), Title: govuk.TaskTitle{Text: v.T("screening." + q.key + ".title")}, Status: govuk.TaskStatus{Text: v.T("screening.task.open")}}
		if v.noted(q.key) {
			t.Status = govuk.TaskStatus{Text: v.T("screening.task.noted")}
		}
		all = append(all, t)
	}
	return append(all, govuk.Task{Href: v.href("/decide"), Title: govuk.TaskTitle{Text: v.T("screening.decide.title")},
		Status: govuk.TaskStatus{Tag: govuk.Tag{Text: v.T("screening.task.decide"), Classes: "govuk-tag--blue"}}})
}

// noted says whether something stands on a page of the conversation.
func (v listenView) noted(key string) bool {
	s := v.S
	switch key {
	case "urgent":
		return len(s.Urgent) > 0
	case "limits":
		return s.LimitsSaid && v.agreed()
	case "account":
		return v.Account != ""
	case "heard":
		return len(s.Heard)+len(s.NotHeard) > 0
	case "situation":
		return s.Exploited != protection.NotAsked || s.Act != protection.NotAsked
	case "purpose":
		return len(s.Purpose) > 0
	}
	return v.Wants != ""
}

// readView is a conversation as it was kept, for who may read it.
type readView struct {
	listenView
	Words string
}

// readScreening shows what was said, opened on purpose, so that nothing is asked twice.
func (r *Rooms) readScreening(c *shell.Context) error {
	id, err := shell.ID[ids.Screening](c, "screening")
	if err != nil {
		return err
	}
	s, g, err := r.Desk.Screening(c, c.Who, id)
	if err != nil {
		return err
	}
	v, err := r.read(c, s, g)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("screening.read.title"), Body: readPage(v), Back: "/cases/" + s.Case.String(), Section: navCases, Wide: true})
}

// read opens a conversation under the grant that it was read with.
func (r *Rooms) read(c *shell.Context, s protection.Screening, g access.Grant) (readView, error) {
	w := words{grant: g}
	v := readView{listenView: listenView{voice: r.voice(c), S: s, Account: w.open(s.Account), Wants: w.open(s.Wants)}, Words: w.open(s.Words)}
	return v, w.err
}

// before are the circumstances of the conversation.
func (v readView) before() []govuk.SummaryRow {
	return []govuk.SummaryRow{
		v.row(v.T("screening.when"), v.when(v.S.Started)),
		v.row(v.T("screening.by"), v.account(v.S.By)),
		v.rowIf(v.T("common.language"), v.label(countries.Language, v.S.Language)),
		v.rowIf(v.T("common.interpreter"), v.label(countries.InterpreterKind, v.S.Interpreter)),
		v.rowIf(v.T("screening.urgent.title"), v.labels(countries.Service, v.S.Urgent)),
	}
}

// heard are the signs that were heard, by dimension.
func (v readView) heard() []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	for _, part := range dimensions() {
		var codes []string
		for _, code := range v.rooms.signsOf(part) {
			for _, one := range v.S.Heard {
				if one == code {
					codes = append(codes, code)
				}
			}
		}
		rows = append(rows, v.rowIf(v.T("screening.dimension."+part), v.signs(codes)))
	}
	return append(rows,
		v.rowIf(v.T("screening.exploited"), v.answer(v.S.Exploited)), v.rowIf(v.T("screening.act"), v.answer(v.S.Act)),
		v.rowIf(v.T("screening.purpose.title"), v.labels(countries.PurposeFact, v.S.Purpose)))
}

// decided are the decision and its reason.
func (v readView) decided() []govuk.SummaryRow {
	reason := v.label(countries.NotTIPReason, v.S.Reason)
	if v.S.Verdict == protection.Presume {
		reason = v.label(countries.OverrideReason, v.S.Reason)
	}
	return []govuk.SummaryRow{
		v.row(v.T("screening.decision"), v.label(countries.ScreeningDecision, string(v.S.Verdict))),
		v.rowIf(v.T("screening.reason"), reason),
		v.rowIf(v.T("screening.words.read"), v.Words),
		v.row(v.T("screening.decided_by"), v.account(v.S.DecidedBy)),
		v.row(v.T("screening.decided_at"), v.when(v.S.DecidedAt)),
	}
}

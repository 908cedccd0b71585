package notice

import (
	"inkingi/internal/notice"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type outboxView struct {
	shell.View
	Silent bool // nothing leaves
	Rows   []govuk.SummaryRow
	Table  govuk.CardTable
	Failed bool
}

// outbox shows how the outbox stands: counts and codes.
func (p pages) outbox(c *shell.Context) error {
	standing, err := p.board.Standing(c, c.Who)
	if err != nil {
		return err
	}
	mail, sms := p.o.Leaves()
	v := outboxView{View: c.View(), Silent: !mail && !sms, Failed: len(standing.Failures) > 0}
	v.Rows = []govuk.SummaryRow{
		row(v.T("notice.outbox.mail"), v.set(mail)), row(v.T("notice.outbox.sms"), v.set(sms)),
		row(v.T("notice.outbox.waiting"), v.Number(standing.Waiting)), row(v.T("notice.outbox.late"), v.Number(standing.Late)),
	}
	v.Table = govuk.CardTable{Caption: v.T("notice.outbox.failures"), Columns: []govuk.Column{{Title: v.T("notice.outbox.problem")},
		{Title: v.T("notice.outbox.state")}, {Title: v.T("notice.outbox.count"), Number: true}, {Title: v.T("notice.outbox.last")}}}
	for _, f := range standing.Failures {
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{{Text: v.T("notice.problem." + f.Problem)}, {HTML: v.state(f)},
			{Text: v.Number(f.Count)}, {Text: v.Time(f.Last)}})
	}
	return c.Page(shell.Page{Title: v.T("notice.outbox.title"), Body: outbox(v), Section: "notice.outbox.nav", Wide: true})
}

func (v outboxView) set(there bool) string {
	if there {
		return v.T("notice.outbox.set")
	}
	return v.T("notice.outbox.unset")
}

// state says whether another channel took them.
func (v outboxView) state(f notice.Failure) govuk.Tag {
	if f.Partly {
		return govuk.Tag{Text: v.T("notice.outbox.partly"), Classes: "govuk-tag--yellow"}
	}
	return govuk.Tag{Text: v.T("notice.outbox.failed"), Classes: "govuk-tag--red"}
}

func row(name, value string) govuk.SummaryRow {
	return govuk.SummaryRow{Key: govuk.SummaryCell{Text: name}, Value: govuk.SummaryCell{Text: value}}
}

// resend tries again at once.
func (p pages) resend(c *shell.Context) error {
	if err := c.Form().Err(); err != nil { // only looked at again
		return err
	}
	n, err := p.board.Resend(c, c.Who)
	if err != nil {
		return err
	}
	if n == 0 {
		c.Notice("notice.resend.none")
	} else {
		c.Notice("notice.resend.done")
	}
	return c.Redirect(outboxPath)
}

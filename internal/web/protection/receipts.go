package protection

import (
	"net/url"

	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

type receiptsView struct {
	view
	Table govuk.CardTable
	Next  string
}

// receipts lists what the reader raised: received, and nothing else, ever.
func (r *Rooms) receipts(c *shell.Context) error {
	v := receiptsView{view: r.view(c)}
	cut, err := r.Desk.Receipts(c, c.Who, protection.Page{After: c.Query("after"), Limit: pageLines})
	if err != nil {
		return err
	}
	v.Table = govuk.CardTable{Caption: v.T("signal.mine"), Columns: []govuk.Column{
		{Title: v.T("signal.mine.receipt")}, {Title: v.T("signal.mine.raised")}, {Title: v.T("signal.mine.received")}, {Title: v.T("signal.mine.state")}}}
	for _, one := range cut.Lines {
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{{HTML: govuk.Code(one.Receipt.String())}, {Text: v.moment(one.RaisedAt, one.Hour)},
			{Text: v.Time(one.ReceivedAt)}, {Text: v.T("signal.mine.is-received")}})
	}
	if cut.Next != "" {
		v.Next = "/receipts?" + url.Values{"after": {cut.Next}}.Encode()
	}
	return c.Page(shell.Page{Title: v.T("signal.mine"), Body: receiptsPage(v), Section: "signal.nav.mine"})
}

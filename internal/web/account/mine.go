package account

import (
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type mineView struct {
	shell.View
	Rows   []govuk.SummaryRow
	Drafts []link // what was typed and not sent
	Reset  string // who helped, and when
	Other  bool   // there is another post to choose
}

// link is an address and what stands there.
type link struct{ Href, Text string }

func (p pages) minePage(c *shell.Context) error {
	seat := c.Seat
	v := mineView{View: c.View(), Other: len(seat.Candidates()) > 1}
	app, printed := seat.Credential.Factors()
	v.Rows = []govuk.SummaryRow{
		row(v.T("accounts.name"), seat.Account.Name),
		row(v.T("accounts.post"), v.Role(c.Who.Post.Role)),
		row(v.T("common.organisation"), p.where(c, c.Who.Post)),
		row(v.T("sign.mine.factor"), factors(v.View, app, printed)),
	}
	if at := seat.Credential.ResetAt; !at.IsZero() {
		v.Reset = v.T("sign.mine.reset", "When", at)
	}
	drafts, err := p.desk.Drafts(c, seat)
	if err != nil {
		return err
	}
	for _, one := range drafts {
		v.Drafts = append(v.Drafts, link{shell.KeptAt(one.Form), v.T("sign.mine.draft", "When", one.Saved)})
	}
	return c.Page(shell.Page{Title: v.T("sign.mine.title"), Body: mine(v)})
}

func factors(v shell.View, app bool, printed int) string {
	var all []string
	if app {
		all = append(all, v.T("sign.enrol.app"))
	}
	if printed > 0 {
		all = append(all, v.T("sign.mine.printed", "Count", printed))
	}
	if len(all) == 0 {
		return v.T("common.none")
	}
	return v.List(all)
}

func row(name, value string) govuk.SummaryRow {
	return govuk.SummaryRow{Key: govuk.SummaryCell{Text: name}, Value: govuk.SummaryCell{Text: value}}
}

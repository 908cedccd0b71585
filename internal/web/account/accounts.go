package account

import (
	"encoding/base64"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// pageSize is how many lines a list shows.
const pageSize = 50

type accountsView struct {
	shell.View
	Table  govuk.CardTable
	Next   string
	MayAdd bool
	Empty  bool
}

func (p pages) accountsPage(c *shell.Context) error {
	all, err := p.desk.Accounts(c, c.Who, readCursor(c), pageSize+1)
	if err != nil {
		return err
	}
	v := accountsView{View: c.View(), MayAdd: c.May(access.AccountAdd, access.Object{Kind: access.Accounts}), Empty: len(all) == 0}
	if len(all) > pageSize {
		all = all[:pageSize]
		last := all[pageSize-1]
		v.Next = "?after=" + writeCursor(account.Cursor{Name: last.Name, ID: last.ID.UUID})
	}
	v.Table = govuk.CardTable{Caption: v.T("accounts.title"), Columns: []govuk.Column{
		{Title: v.T("accounts.shown")}, {Title: v.T("accounts.name")}, {Title: v.T("common.organisation")}, {Title: v.T("accounts.state")}}}
	for _, one := range all {
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{
			{HTML: anchor(link{accountsPath + "/" + one.ID.String(), one.Shown})}, {Text: one.Name},
			{Text: c.OrgName(one.Org)}, {HTML: state(v.View, one.Open())}})
	}
	return c.Page(shell.Page{Title: v.T("accounts.title"), Body: accounts(v), Section: "accounts.nav", Wide: true})
}

func state(v shell.View, open bool) govuk.Tag {
	if open {
		return govuk.Tag{Text: v.T("accounts.open"), Classes: "govuk-tag--green"}
	}
	return govuk.Tag{Text: v.T("accounts.closed"), Classes: "govuk-tag--grey"}
}

// readCursor reads where the page before ended; anything else is the beginning.
func readCursor(c *shell.Context) account.Cursor {
	text, err := base64.RawURLEncoding.DecodeString(c.Query("after"))
	if err != nil {
		return account.Cursor{}
	}
	id, name, _ := strings.Cut(string(text), " ")
	at, err := ids.Parse[ids.Account](id)
	if err != nil {
		return account.Cursor{}
	}
	return account.Cursor{Name: name, ID: at.UUID}
}

func writeCursor(c account.Cursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.ID.String() + " " + c.Name))
}

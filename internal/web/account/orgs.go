package account

import (
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type orgsView struct {
	shell.View
	ID     string
	Table  govuk.CardTable
	Kinds  []govuk.SelectItem
	Places []govuk.SelectItem
	MayAdd bool
	Next   string
}

func (p pages) orgsPage(c *shell.Context) error {
	page, err := p.orgsList(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) orgsList(c *shell.Context) (shell.Page, error) {
	if err := p.desk.MayAll(c, c.Who, access.AccountList); err != nil {
		return shell.Page{}, err
	}
	all, err := p.desk.Orgs(c, readCursor(c), pageSize+1)
	if err != nil {
		return shell.Page{}, err
	}
	v := orgsView{View: c.View(), ID: shell.KeepID[ids.Org](c.Form(), "id").String(), Places: p.places(c),
		Kinds: []govuk.SelectItem{{Text: c.P.T("accounts.choose")}}, MayAdd: c.May(access.AccountAdd, access.Object{Kind: access.Accounts})}
	if len(all) > pageSize {
		all = all[:pageSize]
		last := all[pageSize-1]
		v.Next = "?after=" + writeCursor(account.Cursor{Name: last.Name, ID: last.ID.UUID})
	}
	v.Table = govuk.CardTable{Caption: v.T("accounts.orgs"), Columns: []govuk.Column{
		{Title: v.T("common.name")}, {Title: v.T("accounts.org.kind")}, {Title: v.T("accounts.place")}}}
	for _, o := range all {
		v.Table.Rows = append(v.Table.Rows, []govuk.Slot{{Text: o.Name}, {Text: p.o.Kind(o.Kind, c.P.Lang())}, {Text: p.placeName(o.Place)}})
	}
	for _, code := range p.o.Kinds {
		v.Kinds = append(v.Kinds, govuk.SelectItem{Value: code, Text: p.o.Kind(code, c.P.Lang())})
	}
	return shell.Page{Title: v.T("accounts.orgs"), Body: orgs(v), Back: accountsPath, Section: "accounts.nav", Wide: true}, nil
}

func (p pages) addOrg(c *shell.Context) error {
	f := c.Form()
	org := account.Org{ID: shell.FormID[ids.Org](f, "id"), Name: f.Text("name", maxWord), Kind: f.Choice("kind", p.o.Kinds...), Place: string(f.Place("place").Code)}
	err := f.Err()
	if err == nil {
		err = p.desk.AddOrg(c, c.Who, org)
	}
	if err == nil {
		c.Notice("accounts.org.added")
		return c.Redirect(orgsPath)
	}
	page, failed := p.orgsList(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

package account

import (
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type editView struct {
	shell.View
	Path          string
	Shown, Lang   string // as stored
	Revision      string
	LanguageItems []govuk.SelectItem
}

func (p pages) editPage(c *shell.Context) error {
	page, err := p.editForm(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) editForm(c *shell.Context) (shell.Page, error) {
	seat, err := p.subjectFor(c, access.AccountEdit)
	if err != nil {
		return shell.Page{}, err
	}
	v := editView{View: c.View(), Path: accountsPath + "/" + seat.Account.ID.String(), Shown: seat.Account.Shown, Lang: seat.Account.Lang,
		Revision: strconv.Itoa(seat.Account.Version), LanguageItems: []govuk.SelectItem{{Text: c.P.T("sign.contact.browser")}}}
	for _, l := range c.P.Languages() {
		v.LanguageItems = append(v.LanguageItems, govuk.SelectItem{Value: l.Code, Text: l.Name})
	}
	return shell.Page{Title: v.T("accounts.edit"), Body: edit(v), Back: v.Path, Section: "accounts.nav"}, nil
}

// revision is the version the form carries: the one it was drawn with, until
// somebody changed the account.
func (v editView) revision() string {
	n, _ := strconv.Atoi(v.Revision)
	return v.Version(n)
}

func (p pages) edit(c *shell.Context) error {
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return err
	}
	f := c.Form()
	cmd := account.Edit{Account: id, Version: f.Version(), Shown: f.Text("shown", maxWord), Lang: f.Choice("lang", "fr", "en", "rn", "sw")}
	if err = f.Err(); err == nil {
		err = p.desk.Edit(c, c.Who, cmd)
	}
	if err == nil {
		c.Notice("accounts.edited")
		return c.Redirect(accountsPath + "/" + id.String())
	}
	page, failed := p.editForm(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

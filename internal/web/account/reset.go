package account

import (
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

type resetView struct {
	shell.View
	Path, Shown string
}

func (p pages) resetPage(c *shell.Context) error {
	page, err := p.resetForm(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) resetForm(c *shell.Context) (shell.Page, error) {
	seat, err := p.subjectFor(c, access.AccountReset)
	if err != nil {
		return shell.Page{}, err
	}
	v := resetView{View: c.View(), Path: accountsPath + "/" + seat.Account.ID.String(), Shown: seat.Account.Shown}
	return shell.Page{Title: v.T("accounts.reset"), Body: reset(v), Back: v.Path, Section: "accounts.nav"}, nil
}

// reset helps somebody who cannot come in, and shows the temporary password
// once.
func (p pages) reset(c *shell.Context) error {
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return err
	}
	f := c.Form()
	what := f.Choices("what", "password", "factor")
	cmd := account.Reset{Account: id, Password: slices.Contains(what, "password"), Factor: slices.Contains(what, "factor"),
		Reason: f.Choice("reason", account.Forgotten, account.LostPhone, account.Suspicion)}
	f.Need("what", "reason")
	var password account.Secret
	if err = f.Err(); err == nil {
		password, err = p.desk.Reset(c, c.Who, cmd)
	}
	switch {
	case err == nil && password == "":
		c.Notice("accounts.reset.done")
		return c.Redirect(accountsPath + "/" + id.String())
	case err == nil:
		seat, failed := p.subject(c)
		if failed != nil {
			return failed
		}
		return c.Page(p.once(c, seat.Account.Shown, password, id))
	}
	page, failed := p.resetForm(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

package account

import (
	"inkingi/internal/account"
	"inkingi/internal/web/shell"
)

type passwordView struct {
	shell.View
	Next   string
	Forced bool   // it was given by somebody else
	Name   string // for the browser's own keeper of passwords
}

func (p pages) passwordPage(c *shell.Context) error { return c.Page(p.passwordForm(c)) }

func (p pages) passwordForm(c *shell.Context) shell.Page {
	v := passwordView{View: c.View(), Next: c.Next(), Forced: c.Seat.Stage == account.AskPassword, Name: c.Seat.Account.Name}
	page := shell.Page{Title: v.T("sign.password.title"), Body: password(v)}
	if !v.Forced {
		page.Back = shell.AccountPath
	}
	return page
}

func (p pages) password(c *shell.Context) error {
	f := c.Form()
	cmd := account.NewPassword{Old: f.Secret("old", maxSecret), New: f.Secret("password", maxSecret)}
	again := f.Secret("again", maxSecret)
	f.Need("password")
	if c.Seat.Stage == account.In {
		f.Need("old")
	}
	if cmd.New != again {
		f.Fail("again", "sign.password.differ")
	}
	err := f.Err()
	if err == nil {
		var step account.Step
		if step, err = p.desk.ChangePassword(c, c.Seat, cmd); err == nil {
			c.Notice("sign.password.changed")
			return c.Onward(step)
		}
	}
	return c.Again(err, p.passwordForm(c))
}

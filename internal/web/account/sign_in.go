package account

import (
	"inkingi/internal/account"
	"inkingi/internal/web/shell"
)

type signInView struct {
	shell.View
	Next string
	Kept bool // what was typed waits behind the door
}

func (p pages) signInPage(c *shell.Context) error {
	if c.Seat.Stage == account.In {
		return c.Onward(account.Step{Seat: c.Seat})
	}
	return c.Page(p.signInForm(c))
}

func (p pages) signInForm(c *shell.Context) shell.Page {
	v := signInView{View: c.View(), Next: c.Next()}
	v.Kept = shell.IsKept(v.Next)
	return shell.Page{Title: v.T("sign.in.title"), Body: signIn(v)}
}

func (p pages) signIn(c *shell.Context) error {
	f := c.Form()
	cmd := account.SignIn{Name: f.Text("name", maxWord), Password: f.Secret("password", maxSecret), Addr: c.Addr(), Device: c.Device()}
	f.Need("name", "password")
	err := f.Err()
	if err != nil {
		return c.Again(err, p.signInForm(c))
	}
	step, err := p.desk.SignIn(c, cmd)
	if err != nil {
		return c.Again(err, p.signInForm(c))
	}
	return c.Onward(step)
}

package account

import (
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
)

type unlockView struct {
	shell.View
	Next string
	Kept bool
}

func (p pages) unlockPage(c *shell.Context) error { return c.Page(p.unlockForm(c)) }

// unlockForm names nobody: whoever finds the telephone learns nothing.
func (p pages) unlockForm(c *shell.Context) shell.Page {
	v := unlockView{View: c.View(), Next: c.Next()}
	v.Kept = shell.IsKept(v.Next)
	return shell.Page{Title: v.T("sign.unlock.title"), Body: unlock(v), Plain: true}
}

func (p pages) unlock(c *shell.Context) error {
	f := c.Form()
	password := f.Secret("password", maxSecret)
	f.Need("password")
	err := f.Err()
	if err == nil {
		var step account.Step
		if step, err = p.desk.Unlock(c, c.Seat, password); err == nil {
			return c.Onward(step)
		}
	}
	return c.Again(err, p.unlockForm(c))
}

// lock locks at the reader's wish: somebody comes in.
func (p pages) lock(c *shell.Context) error {
	step, err := p.desk.Lock(c, c.Seat)
	if fault.Is(err, fault.Stale) { // not far enough in to lock: nothing is open
		return c.Onward(account.Step{Seat: c.Seat})
	}
	if err != nil {
		return err
	}
	return c.Onward(step)
}

func (p pages) signOut(c *shell.Context) error {
	if err := p.desk.SignOut(c, c.Seat); err != nil {
		return err
	}
	return c.Leave(shell.SignInPath)
}

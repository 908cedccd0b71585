package account

import (
	"inkingi/internal/account"
	"inkingi/internal/web/shell"
)

type enrolView struct {
	shell.View
	Next    string
	In      bool // somebody already in proves it is still them
	App     bool
	Printed int
}

func (p pages) enrolPage(c *shell.Context) error { return c.Page(p.enrolForm(c)) }

func (p pages) enrolForm(c *shell.Context) shell.Page {
	v := enrolView{View: c.View(), Next: c.Next(), In: c.Seat.Stage == account.In}
	v.App, v.Printed = c.Seat.Credential.Factors()
	page := shell.Page{Title: v.T("sign.enrol.title"), Body: enrol(v)}
	if v.In {
		page.Back = shell.AccountPath
	}
	return page
}

// enrol begins with the factor that was chosen. A sheet is shown in the answer
// itself: it exists nowhere else.
func (p pages) enrol(c *shell.Context) error {
	f := c.Form()
	how := f.Choice("how", "app", "sheet")
	password := f.Secret("password", maxSecret)
	f.Need("how")
	if c.Seat.Stage == account.In {
		f.Need("password")
	}
	err := f.Err()
	if err == nil && how == "app" {
		if _, err = p.desk.BeginApp(c, c.Seat, password); err == nil {
			return c.Redirect(shell.Then(enrolAppPath, c.Next()))
		}
	}
	if err == nil {
		var sheet []account.Secret
		if sheet, err = p.desk.Print(c, c.Seat, password); err == nil {
			return c.Page(p.sheetShown(c, sheet))
		}
	}
	return c.Again(err, p.enrolForm(c))
}

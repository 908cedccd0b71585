package account

import (
	"inkingi/internal/account"
	"inkingi/internal/web/shell"
)

type enrolSheetView struct {
	shell.View
	Next   string
	Codes  []string // shown once
	Prove  bool     // one of them must be typed before the sheet counts
	Reader string
}

// sheetShown is the one moment a sheet can be read.
func (p pages) sheetShown(c *shell.Context, sheet []account.Secret) shell.Page {
	v := p.sheetView(c)
	for _, code := range sheet {
		v.Codes = append(v.Codes, code.Reveal())
	}
	return shell.Page{Title: v.T("sign.sheet.title"), Body: enrolSheet(v), Plain: true}
}

func (p pages) sheetView(c *shell.Context) enrolSheetView {
	return enrolSheetView{View: c.View(), Next: c.Next(), Prove: c.Seat.Stage == account.AskEnrol, Reader: c.Seat.Account.Shown}
}

func (p pages) enrolSheetPage(c *shell.Context) error {
	if _, printed := c.Seat.Credential.Factors(); printed == 0 || c.Seat.Stage == account.In {
		return c.Redirect(shell.Then(shell.EnrolPath, c.Next()))
	}
	return c.Page(p.enrolSheetForm(c))
}

func (p pages) enrolSheetForm(c *shell.Context) shell.Page {
	v := p.sheetView(c)
	return shell.Page{Title: v.T("sign.sheet.prove"), Body: enrolSheet(v), Back: shell.Then(shell.EnrolPath, v.Next)}
}

func (p pages) enrolSheet(c *shell.Context) error {
	f := c.Form()
	code := f.Secret("code", maxWord)
	f.Need("code")
	err := f.Err()
	if err == nil {
		var step account.Step
		if step, err = p.desk.ConfirmSheet(c, c.Seat, code); err == nil {
			c.Notice("sign.enrolled")
			return c.Onward(step)
		}
	}
	return c.Again(err, p.enrolSheetForm(c))
}

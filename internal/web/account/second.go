package account

import "inkingi/internal/web/shell"

type secondView struct {
	shell.View
	Next    string
	App     bool
	Printed int // codes left on the sheet
}

func (p pages) secondPage(c *shell.Context) error { return c.Page(p.secondForm(c)) }

func (p pages) secondForm(c *shell.Context) shell.Page {
	v := secondView{View: c.View(), Next: c.Next()}
	v.App, v.Printed = c.Seat.Credential.Factors()
	return shell.Page{Title: v.T("sign.second.title"), Body: second(v)}
}

func (p pages) second(c *shell.Context) error {
	f := c.Form()
	code := f.Secret("code", maxWord)
	f.Need("code")
	if err := f.Err(); err != nil {
		return c.Again(err, p.secondForm(c))
	}
	step, err := p.desk.Second(c, c.Seat, code)
	if err != nil {
		return c.Again(err, p.secondForm(c))
	}
	return c.Onward(step)
}

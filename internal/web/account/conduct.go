package account

import (
	"strconv"

	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
)

// promises is how many sentences the code of conduct has: keys
// sign.conduct.1 … [J: to be replaced by the text of the committee].
const promises = 8

type conductView struct {
	shell.View
	Next    string
	Version string
	Newer   bool // it changed while it was read
}

// Promises are the sentences of the code.
func (v conductView) Promises() []string {
	var all []string
	for i := range promises {
		all = append(all, v.T("sign.conduct."+strconv.Itoa(i+1)))
	}
	return all
}

func (p pages) conductPage(c *shell.Context) error { return c.Page(p.conductForm(c, false)) }

func (p pages) conductForm(c *shell.Context, newer bool) shell.Page {
	v := conductView{View: c.View(), Next: c.Next(), Version: p.o.Conduct, Newer: newer}
	return shell.Page{Title: v.T("sign.conduct.title"), Body: conduct(v)}
}

func (p pages) conduct(c *shell.Context) error {
	f := c.Form()
	version := f.Text("edition", maxWord)
	if !f.Bool("accept") {
		f.Fail("accept", "sign.conduct.must")
	}
	if err := f.Err(); err != nil {
		return c.Again(err, p.conductForm(c, false))
	}
	step, err := p.desk.AcceptConduct(c, c.Seat, version)
	if err != nil {
		return c.Again(err, p.conductForm(c, fault.Is(err, fault.Stale)))
	}
	return c.Onward(step)
}

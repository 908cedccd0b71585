package account

import (
	"strings"

	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
)

type enrolAppView struct {
	shell.View
	Next    string
	Picture square
	Secret  string // in groups of four, to type by hand
	Link    string
}

func (p pages) enrolAppPage(c *shell.Context) error {
	page, err := p.enrolAppForm(c)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Stale) {
		return c.Redirect(shell.Then(shell.EnrolPath, c.Next()))
	}
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) enrolAppForm(c *shell.Context) (shell.Page, error) {
	pending, err := p.desk.PendingApp(c, c.Seat)
	if err != nil {
		return shell.Page{}, err
	}
	picture, err := draw(pending.Link.Reveal())
	if err != nil {
		return shell.Page{}, err
	}
	v := enrolAppView{View: c.View(), Next: c.Next(), Picture: picture, Secret: inFours(pending.Secret), Link: pending.Link.Reveal()}
	return shell.Page{Title: v.T("sign.app.title"), Body: enrolApp(v), Back: shell.Then(shell.EnrolPath, v.Next)}, nil
}

func inFours(s account.Secret) string {
	var groups []string
	for text := s.Reveal(); text != ""; {
		n := min(4, len(text))
		groups, text = append(groups, text[:n]), text[n:]
	}
	return strings.Join(groups, " ")
}

func (p pages) enrolApp(c *shell.Context) error {
	f := c.Form()
	code := f.Secret("code", maxWord)
	f.Need("code")
	err := f.Err()
	if err == nil {
		var step account.Step
		if step, err = p.desk.ConfirmApp(c, c.Seat, code); err == nil {
			c.Notice("sign.enrolled")
			return c.Onward(step)
		}
	}
	page, again := p.enrolAppForm(c)
	if again != nil {
		return again
	}
	return c.Again(err, page)
}

package account

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

// verbOnAccount is a verb that asks nothing but whose account.
type verbOnAccount func(ctx context.Context, w access.Who, id ids.Account) error

type giveView struct {
	shell.View
	Path, ID            string
	Shown               string
	Orgs, Roles, Places []govuk.SelectItem
}

func (p pages) givePage(c *shell.Context) error {
	page, err := p.giveForm(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) giveForm(c *shell.Context) (shell.Page, error) {
	seat, err := p.subjectFor(c, access.AccountPost)
	if err != nil {
		return shell.Page{}, err
	}
	v := giveView{View: c.View(), Path: accountsPath + "/" + seat.Account.ID.String(), Shown: seat.Account.Shown,
		ID: shell.KeepID[ids.Post](c.Form(), "post").String(), Roles: p.roles(c), Places: p.places(c)}
	if v.Orgs, err = p.orgItems(c); err != nil {
		return shell.Page{}, err
	}
	return shell.Page{Title: v.T("accounts.post.give"), Body: give(v), Back: v.Path, Section: "accounts.nav"}, nil
}

func (p pages) give(c *shell.Context) error {
	id, err := shell.ID[ids.Account](c, "account")
	if err != nil {
		return err
	}
	f := c.Form()
	post := p.readPost(c)
	post.ID = shell.FormID[ids.Post](f, "post")
	if err = f.Err(); err == nil {
		err = p.desk.Give(c, c.Who, id, post)
	}
	if err == nil {
		c.Notice("accounts.post.given")
		return c.Redirect(accountsPath + "/" + id.String())
	}
	page, failed := p.giveForm(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

// end ends a post now.
func (p pages) end(c *shell.Context) error {
	post := shell.FormID[ids.Post](c.Form(), "post")
	if err := c.Form().Err(); err != nil {
		return err
	}
	return p.parted(c, access.AccountPost, &post, "accounts.post.ended", func(ctx context.Context, w access.Who, id ids.Account) error {
		return p.desk.End(ctx, w, id, post)
	})
}

package account

import (
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
)

type addView struct {
	shell.View
	ID                  string
	Orgs, Roles, Places []govuk.SelectItem
}

// onceView shows a temporary password, once.
type onceView struct {
	shell.View
	Name, Password, Path string
}

func (p pages) addPage(c *shell.Context) error {
	page, err := p.addForm(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p pages) addForm(c *shell.Context) (shell.Page, error) {
	if err := p.desk.MayAll(c, c.Who, access.AccountAdd); err != nil {
		return shell.Page{}, err
	}
	v := addView{View: c.View(), ID: shell.KeepID[ids.Account](c.Form(), "id").String(), Roles: p.roles(c), Places: p.places(c)}
	var err error
	if v.Orgs, err = p.orgItems(c); err != nil {
		return shell.Page{}, err
	}
	return shell.Page{Title: v.T("accounts.add"), Body: add(v), Back: accountsPath, Section: "accounts.nav"}, nil
}

func (p pages) add(c *shell.Context) error {
	f := c.Form()
	post := p.readPost(c)
	cmd := account.Add{ID: shell.FormID[ids.Account](f, "id"), Org: post.Org, Name: f.Text("name", maxWord),
		Shown: f.Text("shown", maxWord), Lang: f.Choice("lang", "fr", "en", "rn", "sw"), Post: post}
	err := f.Err()
	if err == nil {
		var password account.Secret
		if password, err = p.desk.Add(c, c.Who, cmd); err == nil {
			return c.Page(p.once(c, cmd.Shown, password, cmd.ID))
		}
	}
	page, failed := p.addForm(c)
	if failed != nil {
		return failed
	}
	return c.Again(err, page)
}

func (p pages) once(c *shell.Context, shown string, password account.Secret, id ids.Account) shell.Page {
	v := onceView{View: c.View(), Name: shown, Password: password.Reveal(), Path: accountsPath + "/" + id.String()}
	return shell.Page{Title: v.T("accounts.once.title"), Body: once(v)}
}

// readPost reads a role, an organisation, a place and a time.
func (p pages) readPost(c *shell.Context) access.Post {
	f := c.Form()
	var codes []string
	for _, r := range access.Roles() {
		if r.Held() {
			codes = append(codes, string(r))
		}
	}
	post := access.Post{Role: access.Role(f.Choice("role", codes...)), Org: shell.FormID[ids.Org](f, "org"), Place: string(f.Place("place").Code)}
	f.Need("role", "org")
	if last := f.Day("until"); !last.IsZero() {
		post.Until = c.Midnight(last.Add(1))
	}
	return post
}

func (p pages) roles(c *shell.Context) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: c.P.T("accounts.choose")}}
	for _, r := range access.Roles() {
		if r.Held() {
			all = append(all, govuk.SelectItem{Value: string(r), Text: c.RoleName(r)})
		}
	}
	return all
}

// places are the country, its provinces and their communes, as they are today.
func (p pages) places(c *shell.Context) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: c.P.T("accounts.everywhere")}}
	if p.o.Places == nil {
		return all
	}
	today := date.DayOf(c.At)
	for _, province := range p.o.Places.Children(p.o.Places.Home(), today) {
		all = append(all, govuk.SelectItem{Value: string(province.Code), Text: province.Name})
		for _, commune := range p.o.Places.Children(province.Code, today) {
			if commune.Kind == place.Commune {
				all = append(all, govuk.SelectItem{Value: string(commune.Code), Text: province.Name + ", " + commune.Name})
			}
		}
	}
	return all
}

// orgItems are the open organisations. They are some hundreds in a country.
func (p pages) orgItems(c *shell.Context) ([]govuk.SelectItem, error) {
	items := []govuk.SelectItem{{Text: c.P.T("accounts.choose")}}
	var after account.Cursor
	for {
		some, err := p.desk.Orgs(c, after, 500)
		if err != nil {
			return nil, err
		}
		for _, o := range some {
			items = append(items, govuk.SelectItem{Value: o.ID.String(), Text: o.Name})
		}
		if len(some) < 500 || len(items) > 5000 {
			break
		}
		last := some[len(some)-1]
		after = account.Cursor{Name: last.Name, ID: last.ID.UUID}
	}
	slices.SortStableFunc(items[1:], func(a, b govuk.SelectItem) int {
		return strings.Compare(place.Fold(a.Text), place.Fold(b.Text))
	})
	return items, nil
}

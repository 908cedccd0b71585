package shell

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
)

// Page is a page of the program. Body holds the one h1; the layout around it is
// the shell's.
type Page struct {
	Title   string // of the window, in the reader's language
	Body    templ.Component
	Back    string        // a link back to the page before, "" is none
	Keeps   bool          // Back saves the form "answers" first: it is a button named "then" with the value "back"
	Crumbs  []govuk.Crumb // where the page stands, in place of Back
	Section string        // the Nav key of the route it belongs to, to mark it in the navigation
	Wide    bool          // dense tables use the whole screen
	Plain   bool          // no navigation: one question, one page; printing
	Answers bool          // the form with the id "answers" holds what a change of language must keep
	Unnamed bool          // a slip that leaves the house: neither the program, the organisation nor the reader is named
}

const html = "text/html; charset=utf-8"

// Page answers with a page.
func (c *Context) Page(p Page) error { return c.draw(p, http.StatusOK) }

// Again shows a form again with what was typed, when err is something the
// person can correct (Invalid) or compare (Stale). The page must be built from
// the same form ([Context.Form]): its faults stand in it when it is drawn, not
// before. Any other error is given back, for the shell to answer.
//
//	f := c.Form()
//	cmd := read(f)
//	err := f.Err()
//	if err == nil {
//		err = desk.Raise(c, c.Who, cmd)
//	}
//	if err != nil {
//		return c.Again(err, p.page(c, f))
//	}
//	return c.Redirect("/signals/sent")
func (c *Context) Again(err error, p Page) error {
	one := fault.Of(err)
	if one.Kind != fault.Invalid && one.Kind != fault.Stale {
		return err
	}
	f := c.Form()
	if f.speaks { // nobody is told what is missing while still writing
		f.faults, f.whole = nil, nil
		return c.draw(p, http.StatusOK)
	}
	f.take(err)
	if f.review && len(f.faults) == 0 && !f.stale {
		return c.draw(p, http.StatusOK)
	}
	return c.draw(p, status(one))
}

// draw renders a page into the buffer. A page that cannot be rendered whole is
// our failure, and nothing of it is sent.
func (c *Context) draw(p Page, code int) error {
	c.answer(code, html)
	frame := c.frame(p)
	// What is ready is drawn, even when the time of the request is over.
	if err := layout(frame).Render(govuk.WithWords(context.WithoutCancel(c.Context), c.voice.words), &c.body); err != nil {
		c.body.Reset()
		return fault.Wrap(fault.Internal, "shell.render", err)
	}
	return nil
}

// frame is everything the layout shows, chosen here.
type frame struct {
	View
	Page
	Name, Version, Title string
	Org, Reader, Role    string // of who is in
	In                   bool
	Signed               bool // there is a session, perhaps locked
	Demo, Skips          bool
	Exit                 bool
	Away                 string
	Nav                  []govuk.NavItem
	Languages            []govuk.Language
	Keeping              []govuk.Language
	Errors               []govuk.ErrorLink
	Review               bool
	Notice               string
	CSS, JS, Icon        string
}

func (c *Context) frame(p Page) frame {
	s := c.shell
	f := frame{
		View: c.View(), Page: p, Name: s.o.Name, Version: s.o.Version,
		Title: p.Title, Demo: s.o.Demo, Exit: c.Route.Exit, Away: s.o.Away,
		CSS: govuk.Asset(govuk.CSS), JS: govuk.Asset(govuk.JS), Icon: govuk.Asset(govuk.Icon),
		Languages: c.languages(p), Keeping: c.keeping(p),
	}
	if c.in() {
		f.In, f.Skips = true, c.Seat.Skips()
		f.Reader, f.Role, f.Org = c.Seat.Account.Shown, c.RoleName(c.Who.Post.Role), c.OrgName(c.Who.Post.Org)
	}
	if p.Unnamed {
		f.Reader, f.Role, f.Org = "", "", ""
	}
	f.Signed = !c.Seat.Session.ID.IsZero()
	if !p.Plain && (c.in() || !f.Signed) {
		f.Nav = c.nav(p.Section)
	}
	if c.form != nil {
		f.Errors = f.summary()
		f.Review = c.form.review && len(f.Errors) == 0
	}
	if len(f.Errors) > 0 {
		f.Title = f.T("shell.title.error", "Title", p.Title)
	} else {
		f.Notice = c.takeNotice()
	}
	return f
}

// window is the title of the window, which browsers print above a page.
func (f frame) window() string {
	if f.Unnamed {
		return f.Title
	}
	return f.Title + " – " + f.Name
}

// nav lists the links the reader may follow: a link that answers "no" tells
// that there is something.
func (c *Context) nav(section string) []govuk.NavItem {
	var items []govuk.NavItem
	for _, r := range c.shell.routes {
		if r.Nav == "" || r.Public && c.in() && r.Nav == "shell.nav.sign-in" {
			continue
		}
		if !c.in() && !r.Public {
			continue
		}
		o := access.Object{Kind: r.Of(), By: c.Who.Account, Owner: c.Who.Post.Org}
		if !c.May(r.Action, o) {
			continue
		}
		here, text := c.r.URL.Path == fill(r.Pattern, nil), c.P.T(r.Nav)
		if r.Tally != nil {
			if n := r.Tally(c); n > 0 {
				text = c.P.T("shell.nav.counted", "What", text, "Count", n)
			}
		}
		items = append(items, govuk.NavItem{Href: fill(r.Pattern, nil), Text: text,
			Current: here, Active: !here && section != "" && r.Nav == section})
	}
	return items
}

// languages change nothing but the language. They say no path: a page that must
// not tell whether a record exists says it neither here. Where somebody is
// writing they lead to the buttons of [Context.keeping].
func (c *Context) languages(p Page) []govuk.Language {
	var all []govuk.Language
	for _, l := range c.P.Languages() {
		one := govuk.Language{Text: l.Name, Lang: l.Code, Current: l.Code == c.P.Lang()}
		if !one.Current {
			one.Href = "?" + langParam + "=" + l.Code
			if p.Answers {
				one.Href = "#" + fieldLang + "-" + l.Code
			}
		}
		all = append(all, one)
	}
	return all
}

// keeping are buttons that send the form of the page to have it back in another
// language, as it was. They stand after the form: before it, the first of them
// would be what the Enter key presses. A script presses them from the header.
func (c *Context) keeping(p Page) []govuk.Language {
	if !p.Answers {
		return nil
	}
	all := c.languages(Page{})
	for i, l := range all {
		if !l.Current {
			all[i].ID, all[i].Form, all[i].Name, all[i].Value = fieldLang+"-"+l.Lang, "answers", fieldLang, l.Lang
		}
	}
	return all
}

// in says whether a reader sits at the page, past every stage.
func (c *Context) in() bool { return !c.Who.Account.IsZero() }

// RoleName is what a role is called.
func (c *Context) RoleName(r access.Role) string { return c.View().Role(r) }

// OrgName is what an organisation is called, "" when it cannot be known now.
func (c *Context) OrgName(id ids.Org) string { return c.shell.orgs.name(c, id) }

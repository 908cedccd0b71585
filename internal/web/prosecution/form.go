package prosecution

import (
	"github.com/a-h/templ"

	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// formView is a form about one file. Its fields are made when the page is drawn, so
// that they hold what is wrong with them.
type formView struct {
	view
	Code   ids.Code // of the file; zero when it is not there yet
	Name   string   // of the texts: "file.NAME.title", "file.NAME.text", "file.NAME.save"
	Warn   string
	Here   string   // the address it is sent to
	None   string   // why there is nothing to fill in; "" where there is
	Keeps  []string // hidden fields: name, value, name, value
	Fields func() []templ.Component
}

// page is the page of a form.
func (v formView) page(back string) shell.Page {
	return shell.Page{Title: v.T("file." + v.Name + ".title"), Body: formPage(v), Back: back, Section: navFiles, Answers: v.None == ""}
}

// form is a form about a file.
func (v fileView) form(name string, fields func() []templ.Component, keeps ...string) formView {
	return formView{view: v.view, Here: v.c.Path(), Code: v.Dossier.Code, Name: name, Fields: fields, Keeps: keeps}
}

// done ends a form: what is wrong comes back at its field, with all that was typed.
func (v fileView) done(c *shell.Context, page shell.Page, notice string, do func() error) error {
	f := c.Form()
	err := f.Err()
	if err == nil {
		err = do()
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice(notice)
	return c.Redirect(v.here())
}

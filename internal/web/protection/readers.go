package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navReaders = "readers.nav"

// readersView is who opened what is kept about somebody: days, roles,
// organisations and purposes, and nothing more.
type readersView struct {
	voice
	Case  protection.Case
	All   []protection.Readers
	Asked bool

	Opened    []protection.Glass // when two opened it in an emergency
	Inquiries []protection.Inquiry
	Liaisons  []protection.Liaison
}

// readers is for the person herself: shown or read to her by who follows her.
func (r *Rooms) readers(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	v := readersView{voice: r.voice(c)}
	if v.Case, v.All, err = r.Desk.Readers(c, c.Who, id); err != nil {
		return err
	}
	if v.Opened, err = r.Desk.Opened(c, c.Who, id); err != nil {
		return err
	}
	if v.Inquiries, v.Liaisons, err = r.Desk.AskedOf(c, c.Who, id); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("readers.title"), Body: readersPage(v), Section: navCases, Back: "/cases/" + id.String()})
}

// readersOf is for data protection, by what people read aloud.
func (r *Rooms) readersOf(c *shell.Context) error {
	f := c.Form()
	v := readersView{voice: r.voice(c)}
	page := func() shell.Page {
		return shell.Page{Title: v.T("readers.title"), Body: readersOfPage(v), Section: navReaders}
	}
	if !c.Posted() {
		if err := r.Desk.MayList(c, c.Who, c.Route.Action, c.Route.Of(), access.ForOversight); err != nil {
			return err
		}
		return c.Page(page())
	}
	code := f.Text("code", 40)
	f.Need("code")
	err := f.Err()
	if err == nil {
		v.All, err = r.Desk.ReadersOf(c, c.Who, code)
	}
	if err != nil {
		return c.Again(err, page())
	}
	v.Asked = true
	return c.Page(page())
}

func (v readersView) table() govuk.CardTable {
	t := govuk.CardTable{Caption: v.T("readers.lines"), Columns: []govuk.Column{{Title: v.T("readers.day")}, {Title: v.T("readers.role")}, {Title: v.T("readers.org")}, {Title: v.T("readers.purpose")}}}
	for _, one := range v.All {
		role, org := v.Role(one.Role), v.org(one.Org)
		if one.Role == access.Program || one.Role == access.Anyone {
			role = v.T("readers.program")
		}
		if org == "" {
			org = "–"
		}
		t.Rows = append(t.Rows, []govuk.Slot{{Text: v.Day(one.Day)}, {Text: role}, {Text: org}, {Text: v.T("purpose." + string(one.Purpose))}})
	}
	return t
}

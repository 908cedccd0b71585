package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

const navSealed = "sealed.nav"

// sealView is a sealed note being written, with who may be named.
type sealView struct {
	voice
	Case  protection.Case
	ID    ids.SealedNote
	Staff []govuk.Choice
}

func (r *Rooms) sealNote(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := sealView{voice: r.voice(c), Case: one.Case, ID: shell.KeepID[ids.SealedNote](f, "id")}
	if v.Staff, err = r.professionals(c, one.Case.Owner, c.Who.Account); err != nil {
		return err
	}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("sealed.write.title"), Body: sealPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.SealNote{ID: v.ID, Case: one.Case.ID, Kind: f.Choice("kind", r.Desk.Rules.Codes(countries.SealedNoteKind)...), Words: f.Prose("words", 20000),
		Readers: accounts(f.Choices("readers", codesOf(v.Staff)...))}
	if err = f.Err(); err == nil {
		err = r.Desk.SealNote(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("sealed.saved")
	return c.Redirect("/sealed/" + v.ID.String())
}

// professionals are those of an organisation who may be named on a sealed note,
// without its author: who works with persons there, no office and no post that only
// routes.
func (r *Rooms) professionals(c *shell.Context, org ids.Org, author ids.Account) ([]govuk.Choice, error) {
	staff, err := r.People.Staff(c, org, access.CaseManager, access.Screener, access.Supervisor, access.ServiceProvider)
	var all []govuk.Choice
	for _, id := range staff {
		if id != author {
			all = append(all, govuk.Choice{Value: id.String(), Text: r.Names.Account(id)})
		}
	}
	return all, err
}

func codesOf(all []govuk.Choice) (codes []string) {
	for _, one := range all {
		codes = append(codes, one.Value)
	}
	return codes
}

func accounts(codes []string) (all []ids.Account) {
	for _, code := range codes {
		if id, err := ids.Parse[ids.Account](code); err == nil {
			all = append(all, id)
		}
	}
	return all
}

// sealedView is a sealed note, opened for who is named.
type sealedView struct {
	voice
	protection.SealedNote
	Text  string
	Files []protection.Attachment
	Staff []govuk.Choice
	facts access.Object
}

func (r *Rooms) sealedOf(c *shell.Context) (v sealedView, err error) {
	id, err := shell.ID[ids.SealedNote](c, "sealed")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	n, g, err := r.Desk.SealedNote(c, c.Who, id)
	if err != nil {
		return v, err
	}
	w := words{grant: g}
	v.SealedNote, v.Text, v.facts = n, w.open(n.Words), g.Object()
	if w.err == nil {
		v.Files, w.err = r.Desk.Store.NoteAttachments(c, g, id)
	}
	return v, w.err
}

func (r *Rooms) showSealed(c *shell.Context) error {
	v, err := r.sealedOf(c)
	if err != nil {
		return err
	}
	back := "/sealed"
	if r.Desk.Opens(c, c.Who, access.CaseRead, access.CaseKind, v.Case.UUID, access.ForProtection) {
		back = "/cases/" + v.Case.String()
	}
	return c.Page(shell.Page{Title: v.title(), Body: sealedPage(v), Back: back, Section: navSealed})
}

func (v sealedView) title() string {
	return v.T("sealed.one", "Kind", strings.ToLower(v.label(countries.SealedNoteKind, v.Kind)))
}

func (v sealedView) rows() []govuk.SummaryRow {
	var named []string
	for _, id := range v.Readers {
		named = append(named, v.account(id))
	}
	return []govuk.SummaryRow{v.row(v.T("jotting.when"), v.when(v.At)), v.row(v.T("sealed.by"), v.account(v.By)), v.row(v.T("sealed.readers"), strings.Join(named, " · "))}
}

// entrust names anew who reads the note.
func (r *Rooms) entrust(c *shell.Context) error {
	f := c.Form()
	v, err := r.sealedOf(c)
	if err != nil {
		return err
	}
	if v.Staff, err = r.professionals(c, v.Owner, v.By); err != nil {
		return err
	}
	back := "/sealed/" + v.ID.String()
	page := shell.Page{Title: v.T("sealed.readers.title"), Body: entrustPage(v), Back: back, Section: navSealed, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Entrust{Note: v.ID, Version: f.Version(), Readers: accounts(f.Choices("readers", codesOf(v.Staff)...))}
	if err = f.Err(); err == nil {
		err = r.Desk.Entrust(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("sealed.readers.saved")
	return c.Redirect(back)
}

// named are who is ticked: as it stands, or as it was ticked just now.
func (v sealedView) named() []string {
	if v.c.Posted() {
		return v.Values("readers")
	}
	var all []string
	for _, id := range v.Readers {
		all = append(all, id.String())
	}
	return all
}

// sealedListView lists the notes that name the reader.
type sealedListView struct {
	voice
	Cut protection.Cut[protection.SealedNote]
}

func (r *Rooms) listSealed(c *shell.Context) (err error) {
	v := sealedListView{voice: r.voice(c)}
	if v.Cut, err = r.Desk.SealedNotes(c, c.Who, protection.Page{After: c.Query("after"), Limit: casesPerPage}); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T(navSealed), Body: sealedListPage(v), Section: navSealed})
}

func (v voice) sealedRows(all []protection.SealedNote) govuk.Queue {
	q := govuk.Queue{HeadingLevel: 2}
	for _, n := range all {
		q.Rows = append(q.Rows, govuk.QueueRow{Href: "/sealed/" + n.ID.String(), Title: v.label(countries.SealedNoteKind, n.Kind),
			Facts: []govuk.Fact{{Name: v.T("jotting.when"), Value: v.when(n.At)}, {Name: v.T("sealed.by"), Value: v.account(n.By)}}})
	}
	return q
}

func (v sealedListView) more() string {
	if v.Cut.Next == "" {
		return ""
	}
	return "/sealed?after=" + v.Cut.Next
}

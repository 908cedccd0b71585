package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/attachment"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// attachView is a file being added to a case or to a sealed note.
type attachView struct {
	voice
	ID    ids.Attachment
	Child bool
	Code  string // of the case; "" where the reader may not know it
}

// accepts are the files that a browser offers first; what a file is is seen by its
// content.
const accepts = "image/jpeg,image/png,image/gif,application/pdf,text/plain"

func (r *Rooms) attach(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err == nil {
		err = r.gate(c, id.UUID) // before anything of the file is read
	}
	if err != nil {
		return err
	}
	one, err := r.Desk.Case(c, c.Who, id, protection.Page{Limit: 1})
	if err != nil {
		return err
	}
	v := attachView{Child: one.Case.Child, Code: one.Case.Code.String()}
	return r.adds(c, v, protection.Attach{Case: id}, "/cases/"+id.String(), navCases)
}

func (r *Rooms) attachSealed(c *shell.Context) error {
	n, err := r.sealedOf(c)
	if err != nil {
		return err
	}
	return r.adds(c, attachView{Child: n.facts.Child}, protection.Attach{Note: n.ID}, "/sealed/"+n.ID.String(), navSealed)
}

func (r *Rooms) adds(c *shell.Context, v attachView, cmd protection.Attach, back, section string) error {
	f := c.Form()
	v.voice, v.ID = r.voice(c), shell.KeepID[ids.Attachment](f, "id")
	page := shell.Page{Title: v.T("attachment.title"), Body: attachPage(v), Back: back, Section: section, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd.ID, cmd.Kind, cmd.Face = v.ID, f.Choice("kind", r.Desk.Rules.Codes(countries.AttachmentKind)...), answerOf(f, "face")
	cmd.Name, cmd.Content = f.File("file")
	err := f.Err()
	if err == nil {
		err = r.Desk.Attach(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("attachment.saved")
	return c.Redirect(back)
}

// most is the size of a file, in megabytes.
func (v attachView) most() int { return attachment.Most >> 20 }

// attachmentView is the gate before a file: what it is, and what follows when it
// is kept on a machine.
type attachmentView struct {
	voice
	protection.Attachment
	Called string
	facts  access.Object
}

func (r *Rooms) attachmentOf(c *shell.Context, id ids.Attachment) (attachmentView, error) {
	a, g, err := r.Desk.Attachment(c, c.Who, id)
	if err != nil {
		return attachmentView{}, err
	}
	w := words{grant: g}
	return attachmentView{voice: r.voice(c), Attachment: a, Called: w.open(a.Name), facts: g.Object()}, w.err
}

func (r *Rooms) showAttachment(c *shell.Context) error {
	id, err := shell.ID[ids.Attachment](c, "attachment")
	if err != nil {
		return err
	}
	v, err := r.attachmentOf(c, id)
	if err != nil {
		return err
	}
	back := "/cases/" + v.Case.String()
	if !v.Note.IsZero() {
		back = "/sealed/" + v.Note.String()
	}
	return c.Page(shell.Page{Title: v.T("attachment.one"), Body: attachmentPage(v), Back: back, Section: v.section()})
}

func (v attachmentView) section() string {
	if v.Note.IsZero() {
		return navCases
	}
	return navSealed
}

func (v attachmentView) rows() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{
		v.row(v.T("attachment.kind"), v.label(countries.AttachmentKind, v.Kind)),
		v.rowIf(v.T("attachment.name"), v.Called),
		v.row(v.T("attachment.type"), v.fileType(v.Type)),
		v.row(v.T("attachment.size"), v.fileSize(v.Size)),
		v.row(v.T("jotting.when"), v.when(v.At)+" · "+v.account(v.By)),
	}
	if v.Removed() {
		rows = append(rows, v.row(v.T("attachment.removed"), v.when(v.RemovedAt)+" · "+v.account(v.RemovedBy)), v.rowIf(v.T("attachment.removed.why"), v.label(countries.AttachmentRemoval, v.RemovedWhy)))
	}
	return rows
}

// download hands the file out, to be kept and not shown, under a name that says
// nothing: it may stay on the machine.
func (r *Rooms) download(c *shell.Context) error {
	id, err := shell.ID[ids.Attachment](c, "attachment")
	if err != nil {
		return err
	}
	a, g, err := r.Desk.Download(c, c.Who, id)
	if err != nil {
		return err
	}
	content, err := a.Content.Open(g)
	if err != nil {
		return err
	}
	kind := string(a.Type)
	if a.Type == attachment.Text {
		kind += "; charset=utf-8"
	}
	return c.Download("papier"+a.Type.Extension(), kind, []byte(content))
}

func (v voice) fileType(t attachment.Type) string {
	return v.T("attachment.type." + string(t.Extension()[1:]))
}

// fileSize says a size in kilobytes, rounded up.
func (v voice) fileSize(bytes int) string {
	return v.T("attachment.kilobytes", "Size", v.Number((bytes+1023)/1024))
}

// files are attachments in a list, without what they are called.
func (v voice) files(all []protection.Attachment) govuk.Queue {
	q := govuk.Queue{}
	for _, a := range all {
		row := govuk.QueueRow{Href: "/attachments/" + a.ID.String(), Title: v.label(countries.AttachmentKind, a.Kind),
			Facts: []govuk.Fact{{Name: v.T("attachment.type"), Value: v.fileType(a.Type) + " · " + v.fileSize(a.Size)}, {Name: v.T("jotting.when"), Value: v.when(a.At)}, {Name: v.T("attachment.by"), Value: v.account(a.By)}}}
		if a.Removed() {
			row.Tags = []govuk.Tag{{Text: v.T("attachment.removed"), Classes: "govuk-tag--grey"}}
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// attachments are the files of a case, with a way to those the reader may open.
func (v caseView) attachments() govuk.Queue {
	q := v.files(v.Attachments)
	for i, a := range v.Attachments {
		o := v.facts
		o.Kind, o.ID, o.By, o.Stage = access.AttachmentKind, a.ID.UUID, a.By, "CASE"
		if !v.may(access.AttachmentRead, o) {
			q.Rows[i].Href = ""
		}
	}
	return q
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// removable says whether the reader can take the file out now.
func (v attachmentView) removable() bool {
	return v.c.May(access.AttachmentDrop, v.facts) && v.Removable(v.c.Who, v.rooms.Desk.Rules, v.c.At) == nil
}

// removeFile takes out a file that was attached by mistake.
func (r *Rooms) removeFile(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Attachment](c, "attachment")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return err
	}
	v, err := r.attachmentOf(c, id)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("attachment.remove"), Body: removeFilePage(v), Back: "/attachments/" + id.String(), Section: v.section()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.RemoveFile{Attachment: id, Why: f.Choice("why", r.Desk.Rules.Codes(countries.AttachmentRemoval)...)}
	if err = f.Err(); err == nil {
		err = r.Desk.RemoveFile(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("attachment.removed.done")
	return c.Redirect("/attachments/" + id.String())
}

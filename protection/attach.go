package protection

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/attachment"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Attachment is a file that goes with a case, or with a sealed note and then for
// its readers only (zone Z4). It is never changed; a wrong one is taken out.
type Attachment struct {
	ID    ids.Attachment
	Case  ids.Case
	Note  ids.SealedNote // zero: it goes with the case
	Owner ids.Org
	By    ids.Account
	At    time.Time
	Kind  string          // code list "attachment_kind"
	Type  attachment.Type // what it is by its content
	Size  int             // bytes, as kept

	RemovedBy  ids.Account // of one that was taken out: nothing of it can be read
	RemovedAt  time.Time
	RemovedWhy string // code list "attachment_removal"

	Name    vault.Text // as it was called, whatever the alphabet
	Content vault.Text // empty unless it was asked for
}

// Attach adds a file to a case, or to a sealed note when Note says one.
type Attach struct {
	ID      ids.Attachment
	Case    ids.Case
	Note    ids.SealedNote
	Kind    string
	Name    string
	Content []byte
	Face    Answer // does a picture show somebody's face?
}

// nameLimit is the most characters of a file's name.
const nameLimit = 200

// Check finds what the person can correct, and gives the file as it will be kept.
func (c Attach) Check(r *Rules) (attachment.File, error) {
	errs := []error{r.need("kind", "attachment_kind", c.Kind), answered("face", c.Face), short("name", c.Name, nameLimit)}
	f, err := attachment.Clean(c.Content)
	if err != nil {
		errs = append(errs, err)
	}
	return f, fault.Join(errs...)
}

// face refuses a picture of a face: never of a child (PROCESS.md §2.9.8 "no photo
// in the case file by default"), and of nobody while it is not known [J: P8 is
// asked for elsewhere, and is no part of a case].
func (c Attach) face(of Case) error {
	switch {
	case c.Face == No:
		return nil
	case c.Face == Yes && !of.Child && c.Kind == "IDENTITY": // her own paper
		return nil
	case of.Child:
		return fault.Field("face", "fault.attachment.child")
	}
	return fault.Field("face", "fault.attachment.face")
}

// Attach keeps the file: made small, stripped of what a camera writes into it,
// sealed.
func (d *Desk) Attach(ctx context.Context, w access.Who, c Attach) error {
	kind, id := access.CaseKind, c.Case.UUID
	if !c.Note.IsZero() {
		kind, id = access.SealedNoteKind, c.Note.UUID
	}
	g, err := d.may(ctx, w, access.AttachmentAdd, kind, id, access.ForProtection)
	if err != nil {
		return err
	}
	d.turn.Lock()
	f, err := c.Check(d.Rules)
	d.turn.Unlock()
	if err != nil {
		return err
	}
	if !c.Note.IsZero() {
		n, err := d.Store.SealedNote(ctx, g, c.Note)
		if err != nil {
			return err
		}
		c.Case = n.Case
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := c.face(one); err != nil {
		return err
	}
	now := d.Now()
	a := Attachment{ID: c.ID, Case: one.ID, Note: c.Note, Owner: one.Owner, By: w.Account, At: now, Kind: c.Kind, Type: f.Type, Size: len(f.Content),
		Name: vault.Clear(baseName(c.Name)), Content: vault.Clear(string(f.Content))}
	change := Change{Attachments: []Attachment{a}}
	if c.Note.IsZero() { // of a sealed note the case says nothing
		change.Events = []Event{d.event(g, one.ID, "attached", c.Kind)}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.AttachmentKind, c.ID.UUID), change)
}

// baseName is a file's name without the folders before it.
func baseName(name string) string {
	return strings.TrimSpace(name[strings.LastIndexAny(name, `/\`)+1:])
}

// Attachment reads what a file is called and is, without its content.
func (d *Desk) Attachment(ctx context.Context, w access.Who, id ids.Attachment) (Attachment, access.Grant, error) {
	return d.attachment(ctx, w, id, d.Store.Attachment)
}

// Download reads a file with its content.
func (d *Desk) Download(ctx context.Context, w access.Who, id ids.Attachment) (Attachment, access.Grant, error) {
	a, g, err := d.attachment(ctx, w, id, d.Store.AttachmentContent)
	if err == nil && a.Removed() {
		err = fault.New(fault.NotFound, access.NotFoundKey)
	}
	return a, g, err
}

func (d *Desk) attachment(ctx context.Context, w access.Who, id ids.Attachment, read func(context.Context, access.Grant, ids.Attachment) (Attachment, error)) (Attachment, access.Grant, error) {
	g, err := d.may(ctx, w, access.AttachmentRead, access.AttachmentKind, id.UUID, access.ForProtection)
	if err != nil {
		return Attachment{}, g, err
	}
	a, err := read(ctx, g, id)
	return a, g, err
}

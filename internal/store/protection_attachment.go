package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"inkingi/internal/access"
	"inkingi/internal/attachment"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type attachmentRow struct {
	ID     ids.Attachment `db:"id"`
	Case   ids.Case       `db:"case_id"`
	Note   ids.SealedNote `db:"note"`
	Owner  ids.Org        `db:"owner_org"`
	By     ids.Account    `db:"by_account"`
	At     stamp          `db:"at"`
	Kind   string         `db:"kind"`
	Type   string         `db:"type"`
	Size   int64          `db:"size"`
	Digest string         `db:"digest"`
	Name   []byte         `db:"name"`

	Subject    ids.UUID    `db:"subject"` // under whose key it is sealed; none: the person's, before each file had its own
	RemovedAt  stamp       `db:"removed_at"`
	RemovedBy  ids.Account `db:"removed_by"`
	RemovedWhy maybe       `db:"removed_why"`
}

const (
	attachmentHead    = `id, case_id, note, owner_org, by_account, at, kind, type, size, digest, subject, removed_at, removed_by, removed_why`
	attachmentColumns = attachmentHead + `, name`
)

func (r attachmentRow) head() protection.Attachment {
	return protection.Attachment{ID: r.ID, Case: r.Case, Note: r.Note, Owner: r.Owner, By: r.By, At: r.At.Time, Kind: r.Kind,
		Type: attachment.Type(r.Type), Size: int(r.Size), RemovedAt: r.RemovedAt.Time, RemovedBy: r.RemovedBy, RemovedWhy: string(r.RemovedWhy)}
}

// attachment writes a file: what it is in a row of the log, what it holds beside it,
// both sealed for their own place under a key of the file. The digest of the sealed
// bytes ties the two.
func (w *saving) attachment(x protection.Attachment) error {
	var body []byte
	err := w.put("attachment", 0, x.ID.UUID, func() (any, error) {
		s := w.t.sealing(x.Owner, x.ID.UUID, "attachment", x.ID.UUID)
		row := attachmentRow{ID: x.ID, Case: x.Case, Note: x.Note, Owner: x.Owner, By: x.By, At: at(x.At), Kind: x.Kind, Type: string(x.Type),
			Size: int64(x.Size), Subject: x.ID.UUID, Name: s.seal("name", x.Name)}
		s.table = "attachment_body"
		body = s.seal("content", x.Content)
		row.Digest = digestOf(body)
		return row, s.err
	})
	if err != nil {
		return err
	}
	_, err = w.t.exec(`INSERT INTO attachment_body (id, content) VALUES (?, ?)`, x.ID, body)
	return err
}

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Attachment reads what a file is called and is, without what it holds.
func (s *Store) Attachment(ctx context.Context, g access.Grant, id ids.Attachment) (protection.Attachment, error) {
	return s.attachment(ctx, g, id, false)
}

// AttachmentContent reads a file whole. One whose sealed bytes are not those of the
// log is Internal "vault.broken".
func (s *Store) AttachmentContent(ctx context.Context, g access.Grant, id ids.Attachment) (protection.Attachment, error) {
	return s.attachment(ctx, g, id, true)
}

func (s *Store) attachment(ctx context.Context, g access.Grant, id ids.Attachment, whole bool) (x protection.Attachment, err error) {
	if o := g.Object(); g.Allows() && (o.Kind != access.AttachmentKind || o.ID != id.UUID) {
		return x, fault.New(fault.Internal, "store.grant")
	}
	err = s.granted(ctx, g, func(t *tx) error {
		var r attachmentRow
		if err := t.get(&r, `SELECT `+attachmentColumns+` FROM attachment WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.ofAttachment(r)
		if err != nil {
			return err
		}
		x = r.head()
		x.Name = u.text("name", r.Name)
		if !whole || x.Removed() {
			return nil
		}
		var body []byte
		if err := t.get(&body, `SELECT content FROM attachment_body WHERE id = ?`, id); err != nil {
			return err
		}
		if digestOf(body) != r.Digest {
			return fault.New(fault.Internal, "vault.broken")
		}
		x.Content = u.at("attachment_body", r.ID.UUID).text("content", body)
		return nil
	})
	return x, err
}

// Attachments lists the files that go with a case, the newest first, unopened;
// those of sealed notes are no part of it.
func (s *Store) Attachments(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Attachment, error) {
	return s.attachments(ctx, g, `case_id = ? AND note IS NULL`, id)
}

// NoteAttachments lists the files that go with a sealed note, for who may read it.
func (s *Store) NoteAttachments(ctx context.Context, g access.Grant, id ids.SealedNote) ([]protection.Attachment, error) {
	if o := g.Object(); g.Allows() && (o.Kind != access.SealedNoteKind || o.ID != id.UUID) {
		return nil, fault.New(fault.Internal, "store.grant")
	}
	return s.attachments(ctx, g, `note = ?`, id)
}

func (s *Store) attachments(ctx context.Context, g access.Grant, where string, id any) (all []protection.Attachment, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []attachmentRow
		err := t.list(&rows, `SELECT `+attachmentHead+` FROM attachment WHERE `+where+` ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

// ofAttachment is the key of a file: its own, or the person's of whom it was attached
// before each file had one.
func (t *tx) ofAttachment(r attachmentRow) (*unsealer, error) {
	if r.Subject.IsZero() {
		return t.ofCase(r.Case, "attachment", r.ID.UUID)
	}
	return t.unsealing(r.Subject, "attachment", r.ID.UUID)
}

// removals destroys the key of single files. Whether a hold forbids it is asked once
// more here: one that came in between ends the act.
func (w *saving) removals(c protection.Change) error {
	for _, x := range c.Removals {
		family, err := w.t.family(x.Case)
		if err != nil {
			return err
		}
		for _, person := range family {
			if err := w.free(person, "fault.attachment.held"); err != nil {
				return err
			}
		}
		gone, err := w.t.exists(`SELECT id FROM attachment WHERE id = ? AND removed_at IS NOT NULL`, x.Attachment)
		if err != nil {
			return err
		}
		if gone {
			return fault.New(fault.Stale, "record.stale")
		}
		if err := w.shred(x); err != nil {
			return err
		}
	}
	return nil
}

// shred destroys the key of a file and what was sealed under it.
func (w *saving) shred(x protection.Removal) error {
	if _, err := w.t.exec(`DELETE FROM attachment_body WHERE id = ?`, x.Attachment); err != nil {
		return err
	}
	if _, err := w.t.change(`UPDATE attachment SET name = NULL, removed_at = ?, removed_by = ?, removed_why = ? WHERE id = ?`, at(x.At), x.By, maybe(x.Why), x.Attachment); err != nil {
		return err
	}
	return w.t.eraseSubject(x.Attachment.UUID)
}

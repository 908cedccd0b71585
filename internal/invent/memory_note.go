package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// The readings of notes and files that an invention needs.

func (m *memory) Jotting(_ context.Context, _ access.Grant, id ids.Jotting) (protection.Jotting, error) {
	return m.jottings.get(id)
}

// Jottings is empty: an invention hears nobody three times.
func (m *memory) Jottings(context.Context, access.Grant, ids.Case) ([]protection.Jotting, error) {
	return nil, nil
}

func (m *memory) SealedNote(context.Context, access.Grant, ids.SealedNote) (protection.SealedNote, error) {
	return protection.SealedNote{}, fault.New(fault.NotFound, access.NotFoundKey)
}

func (m *memory) SealedNotes(context.Context, access.Grant, ids.Case, protection.Page) (protection.Cut[protection.SealedNote], error) {
	return protection.Cut[protection.SealedNote]{}, nil
}

func (m *memory) Attachment(context.Context, access.Grant, ids.Attachment) (protection.Attachment, error) {
	return protection.Attachment{}, fault.New(fault.NotFound, access.NotFoundKey)
}

func (m *memory) AttachmentContent(context.Context, access.Grant, ids.Attachment) (protection.Attachment, error) {
	return protection.Attachment{}, fault.New(fault.NotFound, access.NotFoundKey)
}

func (m *memory) Attachments(context.Context, access.Grant, ids.Case) ([]protection.Attachment, error) {
	return nil, nil
}

func (m *memory) NoteAttachments(context.Context, access.Grant, ids.SealedNote) ([]protection.Attachment, error) {
	return nil, nil
}

// noted gathers what is written and enclosed beside cases.
func (m *memory) noted(c protection.Change) {
	for _, x := range c.Jottings {
		m.jottings.put(x.ID, &x.Version, func() protection.Jotting { return x })
	}
	m.confided = append(m.confided, c.SealedNotes...) // an invention names nobody anew
	m.enclosed = append(m.enclosed, c.Attachments...)
}

// drainNotes gives them away as new records.
func (m *memory) drainNotes(c *protection.Change) {
	for _, x := range m.jottings.items {
		x.Version = 0
		c.Jottings = append(c.Jottings, x)
	}
	c.SealedNotes, c.Attachments = m.confided, m.enclosed
}

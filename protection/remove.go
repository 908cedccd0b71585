package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// attachmentUndo is how long whoever attached a file can take it out alone.
const attachmentUndo = "attachment.undo"

// RemoveFile takes out one attached file: a wrong upload. Its key is destroyed in that
// act; that it was there, who took it out and why stays, by codes.
type RemoveFile struct {
	Attachment ids.Attachment
	Why        string
}

// Check finds what the person can correct.
func (c RemoveFile) Check(r *Rules) error { return r.need("why", "attachment_removal", c.Why) }

// Removal is a file whose key is destroyed.
type Removal struct {
	Attachment ids.Attachment
	Case       ids.Case
	By         ids.Account
	At         time.Time
	Why        string
}

// Removed says whether it was taken out.
func (a Attachment) Removed() bool { return !a.RemovedAt.IsZero() }

// Removable says who may take it out now: a supervisor at any time, and whoever attached
// it within the time of the country.
func (a Attachment) Removable(w access.Who, r *Rules, now time.Time) error {
	switch {
	case a.Removed():
		return notNow()
	case w.Post.Role == access.Supervisor:
		return nil
	case a.By != w.Account:
		return fault.New(fault.Denied, "fault.attachment.others")
	case !now.Before(r.Due(attachmentUndo, a.At)):
		return fault.New(fault.Invalid, "fault.attachment.late")
	}
	return nil
}

// RemoveFile keeps it. A hold on any file of hers forbids it: what is needed by a
// procedure is not thinned out. Saying it again is the same act.
func (d *Desk) RemoveFile(ctx context.Context, w access.Who, c RemoveFile) error {
	g, err := d.may(ctx, w, access.AttachmentDrop, access.AttachmentKind, c.Attachment.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	a, err := d.Store.Attachment(ctx, g, c.Attachment)
	if err != nil {
		return err
	}
	if a.Removed() && a.RemovedBy == w.Account {
		return nil
	}
	now := d.Now()
	if err := a.Removable(w, d.Rules, now); err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	s, err := d.Store.Standing(ctx, g, a.Case)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(s.Holds, func(h Hold) bool { return h.Stands(now) }) {
		return fault.New(fault.Invalid, "fault.attachment.held")
	}
	change := Change{Removals: []Removal{{Attachment: a.ID, Case: a.Case, By: w.Account, At: now, Why: c.Why}}}
	if a.Note.IsZero() { // of a sealed note the case says nothing
		change.Events = []Event{d.event(g, a.Case, "attachment_removed", c.Why)}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("why", c.Why), change)
}

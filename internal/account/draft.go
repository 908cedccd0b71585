package account

import (
	"context"
	"crypto/rand"
	"time"
	"unicode/utf8"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Draft is what was typed into one form and not sent. Its content is sealed
// under the account: nobody else opens it, the organisation's key-holder apart.
type Draft struct {
	ID      ids.Draft
	Account ids.Account
	Org     ids.Org // whose key seals
	Form    string  // which form: its path
	Content vault.Text
	Saved   time.Time
	Until   time.Time
}

// Limits of a draft.
const (
	maxForm    = 200
	maxContent = 256 * 1024
)

// SaveDraft keeps what was typed, in place of what was kept for the same form.
// A Locked seat may save and not read: the words come before the password.
// Faults: Invalid at "draft" when it is too long.
func (d *Desk) SaveDraft(ctx context.Context, seat Seat, form, content string) error {
	if err := seat.at(In, Locked, AskPost, AskConduct, AskPassword); err != nil {
		return err
	}
	return d.saveDraft(ctx, seat, form, content)
}

// Rescue keeps what came with the token of a session that reached its absolute
// end: the person signs in again and finds it. A session that was ended by
// somebody, or never passed its second factor, rescues nothing ([Desk.Session]'s fault).
func (d *Desk) Rescue(ctx context.Context, token Token, form, content string) error {
	seat, err := d.Store.Sit(ctx, HashToken(token))
	if fault.Is(err, fault.NotFound) {
		return over()
	}
	if err != nil {
		return err
	}
	seat.At = d.now()
	proven := !seat.needsSecond(d.Rules) || seat.Session.Second
	if !seat.Session.Ended.IsZero() || !seat.Account.Open() || !proven || len(seat.inForce()) == 0 ||
		!seat.At.Before(seat.Session.Until.Add(d.Rules.Drafts)) {
		return over()
	}
	return d.saveDraft(ctx, seat, form, content)
}

func (d *Desk) saveDraft(ctx context.Context, seat Seat, form, content string) error {
	now := d.now()
	if len(content) > maxContent || !utf8.ValidString(content) {
		return fault.FieldArgs("draft", "fault.too-long", map[string]any{"Max": maxContent})
	}
	if form == "" || len(form) > maxForm || !printable(form) {
		return fault.Field("draft", "fault.characters")
	}
	_, entry, err := d.own(seat, access.SessionDraft, seat.Account.ID.UUID, now)
	if err != nil {
		return err
	}
	draft := Draft{
		ID: ids.At[ids.Draft](now, rand.Reader), Account: seat.Account.ID, Org: seat.Account.Org, Form: form,
		Content: vault.Clear(content), Saved: now, Until: now.Add(d.Rules.Drafts),
	}
	return d.Store.SaveDraft(ctx, draft, entry.With("draft", "saved"))
}

// Draft gives back what was typed into a form; NotFound when nothing is kept.
func (d *Desk) Draft(ctx context.Context, seat Seat, form string) (string, error) {
	now := d.now()
	if err := seat.at(In); err != nil {
		return "", err
	}
	g, entry, err := d.own(seat, access.SessionDraft, seat.Account.ID.UUID, now)
	if err != nil {
		return "", err
	}
	draft, err := d.Store.Draft(ctx, seat.Account.ID, form, now, entry.With("draft", "restored"))
	if err != nil {
		return "", err
	}
	return draft.Content.Open(g)
}

// Drafts lists the forms for which something is kept, newest first.
func (d *Desk) Drafts(ctx context.Context, seat Seat) ([]Draft, error) {
	if err := seat.at(In); err != nil {
		return nil, err
	}
	return d.Store.Drafts(ctx, seat.Account.ID, d.now())
}

// DropDraft forgets what was kept for a form: it was sent, or is not wanted.
func (d *Desk) DropDraft(ctx context.Context, seat Seat, form string) error {
	now := d.now()
	if err := seat.at(In); err != nil {
		return err
	}
	_, entry, err := d.own(seat, access.SessionDraft, seat.Account.ID.UUID, now)
	if err != nil {
		return err
	}
	return d.Store.DropDraft(ctx, seat.Account.ID, form, entry.With("draft", "dropped"))
}

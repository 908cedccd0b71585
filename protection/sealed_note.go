package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// SealedNote is what a professional writes for oneself and for those one names:
// health, psychosocial, legal (zone Z4, PROCESS.md §11.3). Neither the team of
// the case nor its supervisor reads it unless named, nor learns that it exists
// [S: issue 3 item 8; stricter than PROCESS.md §5 "R org", J].
type SealedNote struct {
	ID      ids.SealedNote
	Version int
	Case    ids.Case
	Owner   ids.Org
	By      ids.Account
	At      time.Time
	Kind    string // code list "sealed_note_kind"
	Words   vault.Text
	Readers []ids.Account // the author first
}

// mostReaders are named at most on one note [J]: a note for everybody is no sealed note.
const mostReaders = 8

// SealNote writes a sealed note. It is never changed: what was wrong is said in
// another one.
type SealNote struct {
	ID      ids.SealedNote
	Case    ids.Case
	Kind    string
	Words   string
	Readers []ids.Account // besides the author
}

// Check finds what the person can correct.
func (c SealNote) Check(r *Rules) error {
	return fault.Join(r.need("kind", "sealed_note_kind", c.Kind), needed("words", strings.TrimSpace(c.Words)), short("words", c.Words, accountLimit),
		between("readers", len(c.Readers), 0, mostReaders))
}

// SealNote keeps the note. The case says nothing of it, not even a line of its
// timeline.
func (d *Desk) SealNote(ctx context.Context, w access.Who, c SealNote) error {
	g, err := d.may(ctx, w, access.SealedNoteWrite, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	n := SealedNote{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Kind: c.Kind, Words: vault.Clear(c.Words)}
	if n, err = n.entrust(c.Readers, one); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.SealedNoteKind, c.ID.UUID), Change{SealedNotes: []SealedNote{n}})
}

// entrust names who reads the note: the author always, nobody who is barred from
// the case, nobody twice.
func (n SealedNote) entrust(readers []ids.Account, of Case) (SealedNote, error) {
	n.Readers = []ids.Account{n.By}
	for _, one := range readers {
		switch {
		case barredAccount(of.Conflicts, one):
			return n, fault.Field("readers", "fault.conflict")
		case !one.IsZero() && !slices.Contains(n.Readers, one):
			n.Readers = append(n.Readers, one)
		}
	}
	return n, nil
}

// Entrust names anew who reads a note besides its author; nobody may be named.
type Entrust struct {
	Note    ids.SealedNote
	Version int
	Readers []ids.Account
}

// Entrust keeps the names. Only the author gives and takes them.
func (d *Desk) Entrust(ctx context.Context, w access.Who, c Entrust) error {
	g, err := d.may(ctx, w, access.SealedNoteName, access.SealedNoteKind, c.Note.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := between("readers", len(c.Readers), 0, mostReaders); err != nil {
		return err
	}
	n, err := d.Store.SealedNote(ctx, g, c.Note)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, n.Case)
	if err != nil {
		return err
	}
	n.Version = c.Version
	if n, err = n.entrust(c.Readers, one); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{SealedNotes: []SealedNote{n}})
}

// SealedNote reads one.
func (d *Desk) SealedNote(ctx context.Context, w access.Who, id ids.SealedNote) (SealedNote, access.Grant, error) {
	g, err := d.may(ctx, w, access.SealedNoteRead, access.SealedNoteKind, id.UUID, access.ForProtection)
	if err != nil {
		return SealedNote{}, g, err
	}
	n, err := d.Store.SealedNote(ctx, g, id)
	return n, g, err
}

// SealedNotes lists those that name the reader, the newest first, unopened.
func (d *Desk) SealedNotes(ctx context.Context, w access.Who, p Page) (Cut[SealedNote], error) {
	g, err := d.mayAll(ctx, w, access.SealedNoteList, access.Object{Kind: access.SealedNoteKind, By: w.Account, Owner: w.Post.Org}, access.ForProtection)
	if err != nil {
		return Cut[SealedNote]{}, err
	}
	return d.Store.SealedNotes(ctx, g, ids.Case{}, p)
}

// caseSealedNotes lists those of a case that name the reader; nobody else learns
// that there are any.
func (d *Desk) caseSealedNotes(ctx context.Context, w access.Who, id ids.Case) ([]SealedNote, error) {
	o := access.Object{Kind: access.SealedNoteKind, Zone: access.ZoneOf(access.SealedNoteKind), By: w.Account, Owner: w.Post.Org}
	g, refused := d.Policy.Decide(w, access.SealedNoteList, o, access.ForProtection, d.Now())
	if refused != nil {
		return nil, nil // a list that the role does not have
	}
	cut, err := d.Store.SealedNotes(ctx, g, id, Page{})
	return cut.Lines, err
}

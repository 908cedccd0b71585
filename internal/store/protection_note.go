package store

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type jottingRow struct {
	ID       ids.Jotting `db:"id"`
	Version  int         `db:"version"`
	Case     ids.Case    `db:"case_id"`
	Owner    ids.Org     `db:"owner_org"`
	By       ids.Account `db:"by_account"`
	At       stamp       `db:"at"`
	Words    []byte      `db:"words"`
	Safe     string      `db:"safe"`
	Next     string      `db:"next_step"`
	Consent  string      `db:"consent"`
	Topics   codes       `db:"topics"`
	To       string      `db:"told_to"`
	On       date.Day    `db:"told_on"`
	SortedBy ids.Account `db:"sorted_by"`
	SortedAt stamp       `db:"sorted_at"`
}

const (
	jottingHead    = `id, version, case_id, owner_org, by_account, at, safe, next_step, consent, topics, told_to, told_on, sorted_by, sorted_at`
	jottingColumns = jottingHead + `, words`
)

func (t *tx) jottingRow(x protection.Jotting) (jottingRow, error) {
	row := jottingRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, By: x.By, At: at(x.At), Safe: string(x.Safe), Next: x.Next,
		Consent: string(x.Consent), Topics: inJSON(x.Topics), To: x.To, On: x.On, SortedBy: x.SortedBy, SortedAt: at(x.SortedAt)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "jotting", x.ID.UUID)
	row.Words = s.seal("words", x.Words)
	return row, s.err
}

// head is a note without its words.
func (r jottingRow) head() protection.Jotting {
	return protection.Jotting{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Safe: protection.Answer(r.Safe), Next: r.Next,
		Consent: protection.Answer(r.Consent), Topics: r.Topics.V, To: r.To, On: r.On, SortedBy: r.SortedBy, SortedAt: r.SortedAt.Time}
}

// Jotting reads a quick note.
func (s *Store) Jotting(ctx context.Context, g access.Grant, id ids.Jotting) (x protection.Jotting, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r jottingRow
		if err := t.get(&r, `SELECT `+jottingColumns+` FROM jotting WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.ofCase(r.Case, "jotting", r.ID.UUID)
		if err != nil {
			return err
		}
		x = r.head()
		x.Words = u.text("words", r.Words)
		return nil
	})
	return x, err
}

// ofCase hands out the texts of a row that hangs on a case.
func (t *tx) ofCase(c ids.Case, table string, row ids.UUID) (*unsealer, error) {
	person, err := t.personOf(c)
	if err != nil {
		return nil, err
	}
	return t.unsealing(person.UUID, table, row)
}

// Jottings lists the quick notes of a case, the newest first, unopened.
func (s *Store) Jottings(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Jotting, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []jottingRow
		err := t.list(&rows, `SELECT `+jottingHead+` FROM jotting WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

type sealedNoteRow struct {
	ID      ids.SealedNote        `db:"id"`
	Version int                   `db:"version"`
	Case    ids.Case              `db:"case_id"`
	Owner   ids.Org               `db:"owner_org"`
	By      ids.Account           `db:"by_account"`
	At      stamp                 `db:"at"`
	Kind    string                `db:"kind"`
	Words   []byte                `db:"words"`
	Readers asJSON[[]ids.Account] `db:"readers"`
}

const sealedNoteColumns = `id, version, case_id, owner_org, by_account, at, kind, words, readers`

func (t *tx) sealedNoteRow(x protection.SealedNote) (sealedNoteRow, error) {
	row := sealedNoteRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, By: x.By, At: at(x.At), Kind: x.Kind, Readers: inJSON(x.Readers)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "sealed_note", x.ID.UUID)
	row.Words = s.seal("words", x.Words)
	return row, s.err
}

// SealedNote reads one. A grant on anything but this note, or on a file that is to
// go with it, does not open it.
func (s *Store) SealedNote(ctx context.Context, g access.Grant, id ids.SealedNote) (x protection.SealedNote, err error) {
	if o := g.Object(); g.Allows() && (o.Kind != access.SealedNoteKind || o.ID != id.UUID) {
		return x, fault.New(fault.Internal, "store.grant")
	}
	err = s.granted(ctx, g, func(t *tx) error {
		var r sealedNoteRow
		if err := t.get(&r, `SELECT `+sealedNoteColumns+` FROM sealed_note WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.ofCase(r.Case, "sealed_note", r.ID.UUID)
		if err != nil {
			return err
		}
		x = protection.SealedNote{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Kind: r.Kind,
			Words: u.text("words", r.Words), Readers: r.Readers.V}
		return nil
	})
	return x, err
}

type sealedLine struct {
	Note  ids.SealedNote `db:"id"`
	Case  ids.Case       `db:"case_id"`
	Owner ids.Org        `db:"owner_org"`
	By    ids.Account    `db:"by_account"`
	At    stamp          `db:"at"`
	Kind  string         `db:"kind"`
}

// SealedNotes lists those that name the holder of the grant, along the index of
// who reads them, the newest first, unopened.
func (s *Store) SealedNotes(ctx context.Context, g access.Grant, id ids.Case, p protection.Page) (cut protection.Cut[protection.SealedNote], err error) {
	sc, limit := g.Scope(), limitOf(p.Limit)
	after, err := readMark(p.After, []string{"at", "id"})
	if err != nil {
		return cut, err
	}
	query := `SELECT n.id AS id, n.case_id AS case_id, n.owner_org AS owner_org, n.by_account AS by_account, r.at AS at, n.kind AS kind
		FROM sealed_reader r JOIN sealed_note n ON n.id = r.note JOIN protection_case c ON c.id = r.case_id WHERE r.account = ?`
	args := []any{sc.Account}
	reach, bound := sealedReach(sc)
	if reach == "" {
		return cut, nil
	}
	query, args = query+" AND "+reach, append(args, bound...)
	if !id.IsZero() {
		query, args = query+" AND r.case_id = ?", append(args, id)
	}
	open, readers := barred("r.case_id", sc)
	query, args = query+open, append(args, readers...)
	if after != nil {
		query, args = query+" AND (r.at, r.note) < (?, ?)", append(args, after...)
	}
	query, args = query+" ORDER BY r.at DESC, r.note DESC LIMIT ?", append(args, limit+1)
	err = s.listed(ctx, g, func(t *tx) error {
		cut = protection.Cut[protection.SealedNote]{}
		var rows []sealedLine
		if err := t.list(&rows, query, args...); err != nil {
			return err
		}
		for _, r := range rows[:min(len(rows), limit)] {
			cut.Lines = append(cut.Lines, protection.SealedNote{ID: r.Note, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Kind: r.Kind})
		}
		if len(rows) > limit {
			last := rows[limit-1]
			cut.Next = markOf(last.At.UTC().Format(stampLayout), last.Note.String())
		}
		return nil
	})
	return cut, err
}

// sealedReach is the text of [access.Scope.Admits] for who is named: of the own
// organisation, or of a child in one's guard.
func sealedReach(sc access.Scope) (string, []any) {
	switch {
	case sc.Account.IsZero():
	case sc.Reach.Has(access.ReachAssigned) && sc.Reach.Has(access.ReachWard):
		return "(r.owner_org = ? OR c.child)", []any{sc.Org}
	case sc.Reach.Has(access.ReachAssigned):
		return "r.owner_org = ?", []any{sc.Org}
	case sc.Reach.Has(access.ReachWard):
		return "c.child", nil
	}
	return "", nil
}

// notes writes quick notes, sealed notes with who reads them, and files.
func (w *saving) notes(c protection.Change) error {
	for _, x := range c.Jottings {
		if err := w.put("jotting", x.Version, x.ID.UUID, func() (any, error) { return w.t.jottingRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.SealedNotes {
		if err := w.put("sealed_note", x.Version, x.ID.UUID, func() (any, error) { return w.t.sealedNoteRow(x) }); err != nil {
			return err
		}
		if err := w.named(x); err != nil {
			return err
		}
	}
	for _, x := range c.Attachments {
		if err := w.attachment(x); err != nil {
			return err
		}
	}
	return nil
}

// named keeps the lines of who reads a sealed note with the note.
func (w *saving) named(x protection.SealedNote) error {
	if x.Version != 0 {
		if _, err := w.t.exec(`DELETE FROM sealed_reader WHERE note = ?`, x.ID); err != nil {
			return err
		}
	}
	for i, one := range x.Readers {
		if slices.Contains(x.Readers[:i], one) {
			continue
		}
		if _, err := w.t.exec(`INSERT INTO sealed_reader (account, note, owner_org, case_id, at) VALUES (?, ?, ?, ?, ?)`, one, x.ID, x.Owner, x.Case, at(x.At)); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/prosecution"
)

// SaveProsecution writes what one verb of prosecution changes, under one entry: see
// prosecution.Change. What is new comes first, so that the same form sent twice ends
// there; the file itself comes last.
func (s *Store) SaveProsecution(ctx context.Context, e audit.Entry, c prosecution.Change) error {
	return s.act(ctx, e, func(t *tx) error {
		w := &saving{t: t}
		steps := []func(prosecution.Change) error{w.refiling, w.filed, w.accused, w.charged, w.investigated, w.heard, w.refiled, w.staged}
		for _, step := range steps {
			if err := step(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// refiling ends a repeated custody or judgment before the person whose standing it
// changed is written again.
func (w *saving) refiling(c prosecution.Change) error {
	switch {
	case len(c.Custodies) > 0 && c.Custodies[0].Version == 0:
		return w.known("custody", c.Custodies[0].ID.UUID)
	case len(c.Judgments) > 0:
		return w.known("judgment", c.Judgments[0].ID.UUID)
	}
	return nil
}

// filed writes a new file.
func (w *saving) filed(c prosecution.Change) error {
	if c.File == nil || c.File.Version != 0 {
		return nil
	}
	return w.file(*c.File)
}

// refiled writes a file that changed.
func (w *saving) refiled(c prosecution.Change) error {
	if c.File == nil || c.File.Version == 0 {
		return nil
	}
	return w.file(*c.File)
}

func (w *saving) file(x prosecution.File) error {
	return w.put("criminal_file", x.Version, x.ID.UUID, func() (any, error) { return w.t.fileRow(x) })
}

func (w *saving) accused(c prosecution.Change) error {
	for _, x := range c.Suspects {
		if err := w.put("suspect", x.Version, x.ID.UUID, func() (any, error) { return w.t.suspectRow(x) }); err != nil {
			return err
		}
		if x.Version == 0 {
			if err := w.t.indexSuspect(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// indexSuspect makes a name findable in the unit that opened the file: what is found
// is the file, whose key seals the name.
func (t *tx) indexSuspect(x prosecution.Suspect) error {
	index, err := t.s.options.Vault.Index(t.ctx, t, x.Owner)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		kind vault.IndexKind
		text vault.Text
	}{{vault.Words, x.Name}, {vault.Words, x.Aliases}, {vault.Phonetic, x.Name}, {vault.Phonetic, x.Aliases}, {vault.Digits, x.Phone}} {
		tokens, err := index.TokensOf(one.kind, one.text)
		if err != nil {
			return err
		}
		for _, token := range tokens {
			if _, err := t.exec(`INSERT INTO index_token (org, kind, token, subject_kind, subject) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				x.Owner, string(one.kind), token, "criminal_file", x.File); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *saving) charged(c prosecution.Change) error {
	for _, x := range c.Charges {
		if err := w.put("charge", x.Version, x.ID.UUID, plain(chargeRowOf(x))); err != nil {
			return err
		}
	}
	return nil
}

func (w *saving) investigated(c prosecution.Change) error {
	for _, x := range c.Acts {
		if err := w.put("file_act", 0, x.ID.UUID, func() (any, error) { return w.t.fileActRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Custodies {
		if err := w.put("custody", x.Version, x.ID.UUID, plain(custodyRowOf(x))); err != nil {
			return err
		}
	}
	return nil
}

func (w *saving) heard(c prosecution.Change) error {
	for _, x := range c.Hearings {
		if err := w.put("hearing", x.Version, x.ID.UUID, plain(hearingRowOf(x))); err != nil {
			return err
		}
	}
	for _, x := range c.Judgments {
		if err := w.put("judgment", 0, x.ID.UUID, plain(judgmentRowOf(x))); err != nil {
			return err
		}
	}
	return nil
}

// staged adds to the way of a file, and to its numbers.
func (w *saving) staged(c prosecution.Change) error {
	for _, x := range c.Stages {
		if err := w.once("file_stage", stageRowOf(x)); err != nil {
			return err
		}
	}
	for _, r := range c.Numbers {
		n := c.File.Numbers[r]
		if err := w.once("file_number", numberRow{File: c.File.ID, Register: string(r), Office: c.File.Seat(r), Plain: n.Plain, Written: n.Written}); err != nil {
			return err
		}
	}
	return nil
}

// once adds a row that must not be there: somebody was faster.
func (w *saving) once(table string, row any) error {
	fresh, err := w.t.insertOnce(table, row)
	if err == nil && !fresh {
		err = fault.New(fault.Stale, "record.exists")
	}
	return err
}

// olderProsecuted reads a record of a criminal file as it stands.
func (t *tx) olderProsecuted(table string, id ids.UUID) (row any, version int, err error) {
	switch table {
	case "criminal_file":
		var r fileRow
		err = t.get(&r, `SELECT `+fileColumns+` FROM criminal_file WHERE id = ?`, id)
		return r, r.Version, err
	case "suspect":
		var r suspectRow
		err = t.get(&r, `SELECT `+suspectColumns+` FROM suspect WHERE id = ?`, id)
		return r, r.Version, err
	case "charge":
		var r chargeRow
		err = t.get(&r, `SELECT `+chargeColumns+` FROM charge WHERE id = ?`, id)
		return r, r.Version, err
	case "custody":
		var r custodyRow
		err = t.get(&r, `SELECT `+custodyColumns+` FROM custody WHERE id = ?`, id)
		return r, r.Version, err
	case "hearing":
		var r hearingRow
		err = t.get(&r, `SELECT `+hearingColumns+` FROM hearing WHERE id = ?`, id)
		return r, r.Version, err
	}
	return nil, 0, fault.New(fault.Internal, "store.table")
}

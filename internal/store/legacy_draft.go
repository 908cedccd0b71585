package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

type listDraftRow struct {
	ID      ids.List    `db:"id"`
	Version int         `db:"version"`
	Owner   ids.Org     `db:"owner_org"`
	By      ids.Account `db:"by_account"`
	At      stamp       `db:"at"`
	Until   stamp       `db:"until_at"`
	Size    int         `db:"size"`
	Mapping []byte      `db:"mapping"`
	Content []byte      `db:"content"`
}

const listDraftHead = `id, version, owner_org, by_account, at, until_at, size`

func (r listDraftRow) head() protection.ListDraft {
	return protection.ListDraft{ID: r.ID, Version: r.Version, Owner: r.Owner, By: r.By, At: r.At.Time, Until: r.Until.Time, Size: r.Size}
}

// KeepListDraft keeps a file: see protection.Legacies. The same form sent twice
// is one draft.
func (s *Store) KeepListDraft(ctx context.Context, e audit.Entry, d protection.ListDraft, most int) error {
	return s.act(ctx, e, func(t *tx) error {
		if there, err := t.exists(`SELECT 1 FROM legacy_draft WHERE id = ?`, d.ID); err != nil || there {
			if err == nil {
				err = errUnchanged
			}
			return err
		}
		var n int
		if err := t.get(&n, `SELECT COUNT(*) FROM legacy_draft WHERE by_account = ?`, d.By); err != nil {
			return err
		}
		if n >= most {
			return fault.Field("file", "legacy.draft.many")
		}
		seal := t.sealing(d.Owner, d.ID.UUID, "legacy_draft", d.ID.UUID)
		mapping, content := seal.seal("mapping", d.Mapping), seal.seal("content", d.Content)
		if seal.err != nil {
			return seal.err
		}
		_, err := t.exec(`INSERT INTO legacy_draft (id, version, owner_org, by_account, at, until_at, size, mapping, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID, d.Version, d.Owner, d.By, at(d.At), at(d.Until), d.Size, mapping, content)
		return err
	})
}

// MapListDraft keeps what the columns mean: see protection.Legacies.
func (s *Store) MapListDraft(ctx context.Context, e audit.Entry, id ids.List, version int, mapping vault.Text) error {
	return s.act(ctx, e, func(t *tx) error {
		var r listDraftRow
		if err := t.get(&r, `SELECT `+listDraftHead+` FROM legacy_draft WHERE id = ?`, id); err != nil {
			return err
		}
		seal := t.sealing(r.Owner, id.UUID, "legacy_draft", id.UUID)
		sealed := seal.seal("mapping", mapping)
		if seal.err != nil {
			return seal.err
		}
		n, err := t.exec(`UPDATE legacy_draft SET mapping = ?, version = version + 1 WHERE id = ? AND version = ?`, sealed, id, version)
		if err == nil && n == 0 {
			err = fault.New(fault.Stale, "record.stale")
		}
		return err
	})
}

// ListDraft reads a draft whole: see protection.Legacies.
func (s *Store) ListDraft(ctx context.Context, g access.Grant, id ids.List) (d protection.ListDraft, err error) {
	if o := g.Object(); g.Allows() && (o.Kind != access.LegacyDraftKind || o.ID != id.UUID) {
		return d, fault.New(fault.Internal, "store.grant")
	}
	err = s.granted(ctx, g, func(t *tx) error {
		var r listDraftRow
		if err := t.get(&r, `SELECT `+listDraftHead+`, mapping, content FROM legacy_draft WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.unsealing(id.UUID, "legacy_draft", id.UUID)
		if err != nil {
			return err
		}
		d = r.head()
		d.Mapping, d.Content = u.text("mapping", r.Mapping), u.text("content", r.Content)
		return nil
	})
	return d, err
}

// ListDrafts lists the drafts of an account, unopened: see protection.Legacies.
func (s *Store) ListDrafts(ctx context.Context, by ids.Account, owner ids.Org, now time.Time) (all []protection.ListDraft, err error) {
	err = s.glance(ctx, func(t *tx) error {
		all = nil
		var rows []listDraftRow
		err := t.list(&rows, `SELECT `+listDraftHead+` FROM legacy_draft WHERE by_account = ? AND owner_org = ? AND until_at > ? ORDER BY at DESC, id DESC LIMIT ?`,
			by, owner, at(now), pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

// DropListDraft destroys a draft and its key: see protection.Legacies.
func (s *Store) DropListDraft(ctx context.Context, e audit.Entry, id ids.List) error {
	return s.act(ctx, e, func(t *tx) error { return t.dropListDraft(id) })
}

func (t *tx) dropListDraft(id ids.List) error {
	n, err := t.exec(`DELETE FROM legacy_draft WHERE id = ?`, id)
	if err == nil && n == 0 {
		return errUnchanged
	}
	if err != nil {
		return err
	}
	return t.eraseSubject(id.UUID)
}

// SweepListDrafts destroys what is past its time: see protection.Legacies.
func (s *Store) SweepListDrafts(ctx context.Context, e audit.Entry, now time.Time) error {
	return s.act(ctx, e, func(t *tx) error {
		var past []ids.List
		if err := t.list(&past, `SELECT id FROM legacy_draft WHERE until_at <= ? ORDER BY until_at, id LIMIT ?`, at(now), pageLimit); err != nil {
			return err
		}
		if len(past) == 0 {
			return errUnchanged
		}
		for _, id := range past {
			if err := t.dropListDraft(id); err != nil {
				return err
			}
		}
		return nil
	})
}

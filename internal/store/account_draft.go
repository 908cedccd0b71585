package store

import (
	"context"
	"time"

	"inkingi/internal/account"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// SaveDraft keeps what was typed (account.Store).
func (s *Store) SaveDraft(ctx context.Context, d account.Draft, e audit.Entry) error {
	return s.act(ctx, e, func(t *tx) error {
		seal := t.sealing(d.Org, d.Account.UUID, "draft", d.ID.UUID)
		content := seal.seal("content", d.Content)
		if seal.err != nil {
			return seal.err
		}
		if content == nil {
			content = []byte{}
		}
		if _, err := t.exec(`DELETE FROM draft WHERE account = ? AND form = ?`, d.Account, d.Form); err != nil {
			return err
		}
		_, err := t.exec(`INSERT INTO draft (id, account, form, content, saved, until_at) VALUES (?, ?, ?, ?, ?, ?)`,
			d.ID, d.Account, d.Form, content, at(d.Saved), at(d.Until))
		return err
	})
}

type draftRow struct {
	ID      ids.Draft   `db:"id"`
	Account ids.Account `db:"account"`
	Form    string      `db:"form"`
	Content []byte      `db:"content"`
	Saved   stamp       `db:"saved"`
	Until   stamp       `db:"until_at"`
}

func (r draftRow) draft(content vault.Text) account.Draft {
	return account.Draft{ID: r.ID, Account: r.Account, Form: r.Form, Content: content, Saved: r.Saved.Time, Until: r.Until.Time}
}

// Draft reads what was typed, still sealed (account.Store).
func (s *Store) Draft(ctx context.Context, id ids.Account, form string, now time.Time, e audit.Entry) (account.Draft, error) {
	var d account.Draft
	err := s.read(ctx, e, func(t *tx) error {
		d = account.Draft{}
		var r draftRow
		err := t.get(&r, `SELECT id, account, form, content, saved, until_at FROM draft
			WHERE account = ? AND form = ? AND until_at > ?`, id, form, at(now))
		if err != nil {
			return err
		}
		u, err := t.unsealing(id.UUID, "draft", r.ID.UUID)
		if err != nil {
			return err
		}
		d = r.draft(u.text("content", r.Content))
		return nil
	})
	return d, err
}

// Drafts lists what is kept, without content (account.Store).
func (s *Store) Drafts(ctx context.Context, id ids.Account, now time.Time) ([]account.Draft, error) {
	var rows []draftRow
	err := s.glance(ctx, func(t *tx) error {
		rows = nil
		return t.list(&rows, `SELECT id, account, form, saved, until_at FROM draft
			WHERE account = ? AND until_at > ? ORDER BY saved DESC, id DESC LIMIT 100`, id, at(now))
	})
	all := make([]account.Draft, len(rows))
	for i, r := range rows {
		all[i] = r.draft(vault.Text{})
	}
	return all, err
}

// DropDraft forgets what was typed (account.Store).
func (s *Store) DropDraft(ctx context.Context, id ids.Account, form string, e audit.Entry) error {
	return s.act(ctx, e, func(t *tx) error {
		n, err := t.exec(`DELETE FROM draft WHERE account = ? AND form = ?`, id, form)
		if err == nil && n == 0 {
			return errUnchanged
		}
		return err
	})
}

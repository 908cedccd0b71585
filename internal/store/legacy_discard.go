package store

import (
	"context"
	"strconv"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// legacyGoing is a list that is being taken out: nobody goes on loading it.
const legacyGoing = "GOING"

// discardStep is how many records leave in one act: each has a key to destroy.
const discardStep = 500

// HalfLegacies lists what was begun and is not there yet: see protection.Legacies.
func (s *Store) HalfLegacies(ctx context.Context, g access.Grant) (all []protection.LegacyList, err error) {
	where, args := legacyScope(g)
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []legacyListRow
		err := t.list(&rows, `SELECT `+legacyListColumns+` FROM legacy_list l WHERE l.state <> ? AND `+where+` ORDER BY l.id DESC LIMIT ?`,
			append(append([]any{legacyDone}, args...), pageLimit)...)
		for _, r := range rows {
			all = append(all, r.list())
		}
		return err
	})
	return all, err
}

// BegunLegacy finds a list by its mark: see protection.Legacies.
func (s *Store) BegunLegacy(ctx context.Context, g access.Grant, owner ids.Org, mark string) (l protection.LegacyList, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		l = protection.LegacyList{}
		if _, err := t.OrgKey(ctx, owner); fault.Is(err, fault.NotFound) {
			return nil // nothing of this organisation was ever sealed
		}
		index, err := s.options.Vault.Index(ctx, t, owner)
		if err != nil {
			return err
		}
		token, err := markToken(index, mark)
		if err != nil {
			return err
		}
		var r legacyListRow
		err = t.get(&r, `SELECT `+legacyListColumns+` FROM legacy_list WHERE owner_org = ? AND mark = ?`, owner, token)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		l = r.list()
		l.Mark = mark
		return err
	})
	return l, err
}

// DiscardLegacy takes a piece of a half-loaded list out: see protection.Legacies.
// Its first piece says so in the list, and whoever still loads it is Stale.
func (s *Store) DiscardLegacy(ctx context.Context, e audit.Entry, id ids.List) (done bool, err error) {
	err = s.act(ctx, e, func(t *tx) error {
		done = false
		var list legacyListRow
		if err := t.get(&list, `SELECT `+legacyListColumns+` FROM legacy_list WHERE id = ?`+t.s.dialect.forUpdate, id); err != nil {
			return err
		}
		if list.State == legacyDone {
			return fault.New(fault.Invalid, "legacy.discard.done")
		}
		var rows []ids.Row
		if err := t.list(&rows, `SELECT id FROM legacy_record WHERE list = ? ORDER BY line LIMIT ?`, id, discardStep); err != nil {
			return err
		}
		for _, row := range rows {
			if err := t.eraseSubject(row.UUID); err != nil {
				return err
			}
			if err := t.delete("legacy_record", row); err != nil {
				return err
			}
		}
		t.with("records", strconv.Itoa(len(rows)))
		if len(rows) == discardStep {
			list.State, list.Loaded = legacyGoing, list.Loaded-len(rows)
			return t.update("legacy_list", list)
		}
		done = true
		if err := t.eraseSubject(id.UUID); err != nil {
			return err
		}
		return t.delete("legacy_list", id)
	})
	return done, err
}

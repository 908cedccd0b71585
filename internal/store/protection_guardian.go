package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type guardianRow struct {
	ID        ids.Guardian `db:"id"`
	Version   int          `db:"version"`
	Case      ids.Case     `db:"case_id"`
	Owner     ids.Org      `db:"owner_org"`
	Kind      string       `db:"kind"`
	Relation  string       `db:"relation"`
	By        ids.Account  `db:"by_account"`
	From      stamp        `db:"from_at"`
	Agreed    string       `db:"agreed"`
	Authority string       `db:"authority"`
	Act       []byte       `db:"act"`
	Name      []byte       `db:"name"`
	Phone     []byte       `db:"phone"`
	Why       []byte       `db:"why"`
	Until     stamp        `db:"until_at"`
	End       string       `db:"end_reason"`
}

const (
	guardianHead    = `id, version, case_id, owner_org, kind, relation, by_account, from_at, agreed, authority, until_at, end_reason`
	guardianColumns = guardianHead + `, act, name, phone, why`
)

func (t *tx) guardianRow(x protection.Guardian) (guardianRow, error) {
	row := guardianRow{ID: x.ID, Version: x.Version, Case: x.Case, Owner: x.Owner, Kind: string(x.Kind), Relation: x.Relation, By: x.By,
		From: at(x.From), Agreed: string(x.Agreed), Authority: x.Authority, Until: at(x.Until), End: x.End}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "guardian", x.ID.UUID)
	row.Act, row.Name, row.Phone, row.Why = s.seal("act", x.Act), s.seal("name", x.Name), s.seal("phone", x.Phone), s.seal("why", x.Why)
	return row, s.err
}

// head is what the row says without being opened.
func (r guardianRow) head() protection.Guardian {
	return protection.Guardian{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, Kind: protection.GuardianKind(r.Kind), Relation: r.Relation,
		By: r.By, From: r.From.Time, Agreed: protection.Answer(r.Agreed), Authority: r.Authority, Until: r.Until.Time, End: r.End}
}

func (t *tx) guardian(r guardianRow) (protection.Guardian, error) {
	x := r.head()
	person, err := t.personOf(r.Case)
	if err != nil {
		return x, err
	}
	u, err := t.unsealing(person.UUID, "guardian", r.ID.UUID)
	if err != nil {
		return x, err
	}
	x.Act, x.Name, x.Phone, x.Why = u.text("act", r.Act), u.text("name", r.Name), u.text("phone", r.Phone), u.text("why", r.Why)
	return x, nil
}

// Guardian reads who stands by a child.
func (s *Store) Guardian(ctx context.Context, g access.Grant, id ids.Guardian) (x protection.Guardian, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r guardianRow
		if err := t.get(&r, `SELECT `+guardianColumns+` FROM guardian WHERE id = ?`, id); err != nil {
			return err
		}
		x, err = t.guardian(r)
		return err
	})
	return x, err
}

// Guardians lists those of a case, the newest first, unopened.
func (s *Store) Guardians(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Guardian, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []guardianRow
		err := t.list(&rows, `SELECT `+guardianHead+` FROM guardian WHERE case_id = ? ORDER BY from_at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

// LateGuardians lists the cases of children whose clock of a guardian began before a
// moment, along an index of those clocks alone.
func (s *Store) LateGuardians(ctx context.Context, before time.Time, limit int) (late []ids.Case, err error) {
	err = s.glance(ctx, func(t *tx) error {
		late = nil
		return t.list(&late, `SELECT case_id FROM task WHERE deadline = 'guardian.target' AND since <= ? ORDER BY since, id LIMIT ?`, at(before), limit)
	})
	return late, err
}

// Authorities lists who answers for children.
func (s *Store) Authorities(ctx context.Context, now time.Time) ([]protection.Duty, error) {
	return s.holders(ctx, access.ChildAuthority, now)
}

type reflectionRow struct {
	Case      ids.Case    `db:"id"`
	Version   int         `db:"version"`
	Owner     ids.Org     `db:"owner_org"`
	State     string      `db:"state"`
	By        ids.Account `db:"by_account"`
	At        stamp       `db:"at"`
	Offered   stamp       `db:"offered"`
	From      stamp       `db:"from_at"`
	Until     stamp       `db:"until_at"`
	Sheltered string      `db:"sheltered"`
	Why       string      `db:"why"`
}

const reflectionColumns = `id, version, owner_org, state, by_account, at, offered, from_at, until_at, sheltered, why`

func reflectionRowOf(x protection.Reflection) reflectionRow {
	return reflectionRow{Case: x.Case, Version: x.Version + fresh(x.Version), Owner: x.Owner, State: string(x.State), By: x.By, At: at(x.At),
		Offered: at(x.Offered), From: at(x.From), Until: at(x.Until), Sheltered: string(x.Sheltered), Why: x.Why}
}

// Reflection reads the reflection period of a case.
func (s *Store) Reflection(ctx context.Context, g access.Grant, id ids.Case) (x protection.Reflection, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r reflectionRow
		err := t.get(&r, `SELECT `+reflectionColumns+` FROM reflection WHERE id = ?`, id)
		x = protection.Reflection{Case: r.Case, Version: r.Version, Owner: r.Owner, State: protection.ReflectionState(r.State), By: r.By, At: r.At.Time,
			Offered: r.Offered.Time, From: r.From.Time, Until: r.Until.Time, Sheltered: protection.Answer(r.Sheltered), Why: r.Why}
		return err
	})
	return x, err
}

package store

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type identificationRow struct {
	ID         ids.Decision `db:"id"`
	Case       ids.Case     `db:"case_id"`
	From       string       `db:"from_status"`
	To         string       `db:"to_status"`
	At         stamp        `db:"at"`
	By         ids.Account  `db:"by_account"`
	Org        ids.Org      `db:"org"`
	OrgType    string       `db:"org_type"`
	Basis      string       `db:"basis"`
	LegalBasis string       `db:"legal_basis"` // empty: see law
	Decided    date.Day     `db:"decided_day"`
	Law        []byte       `db:"law"`
	Document   []byte       `db:"document"`
	Review     ids.Review   `db:"review"`
}

const identificationColumns = `id, case_id, from_status, to_status, at, by_account, org, org_type, basis, legal_basis, decided_day, law, document, review`

// identificationRow seals what a formal decision says in words. A presumption says
// none, and asks for no key.
func (t *tx) identificationRow(x protection.Identification) (identificationRow, error) {
	row := identificationRow{ID: x.ID, Case: x.Case, From: string(x.From), To: string(x.To), At: at(x.At), By: x.By, Org: x.Org,
		OrgType: x.OrgType, Basis: x.Basis, Decided: x.Decided, Review: x.Review}
	if x.Law.IsZero() && x.Document.IsZero() {
		return row, nil
	}
	var of struct {
		Person ids.Person `db:"person"`
		Owner  ids.Org    `db:"owner_org"`
	}
	if err := t.get(&of, `SELECT person, owner_org FROM protection_case WHERE id = ?`, x.Case); err != nil {
		return row, err
	}
	s := t.sealing(of.Owner, of.Person.UUID, "identification", x.ID.UUID)
	row.Law, row.Document = s.seal("law", x.Law), s.seal("document", x.Document)
	return row, s.err
}

// Identifications reads the decisions on a status, the oldest first.
func (s *Store) Identifications(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Identification, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		all = nil
		var rows []identificationRow
		if err := t.list(&rows, `SELECT `+identificationColumns+` FROM identification WHERE case_id = ? ORDER BY at, id`, id); err != nil {
			return err
		}
		var u *unsealer
		for _, r := range rows {
			x := protection.Identification{ID: r.ID, Case: r.Case, From: protection.Status(r.From), To: protection.Status(r.To), At: r.At.Time, By: r.By,
				Org: r.Org, OrgType: r.OrgType, Basis: r.Basis, Decided: r.Decided, Review: r.Review}
			if r.Law != nil || r.Document != nil {
				if u == nil {
					if u, err = t.openedOf(id, "identification"); err != nil {
						return err
					}
				}
				own := u.at("identification", r.ID.UUID)
				x.Law, x.Document = own.text("law", r.Law), own.text("document", r.Document)
			}
			all = append(all, x)
		}
		return nil
	})
	return all, err
}

type reviewRow struct {
	ID        ids.Review  `db:"id"`
	Version   int         `db:"version"`
	Case      ids.Case    `db:"case_id"`
	Owner     ids.Org     `db:"owner_org"`
	State     string      `db:"state"`
	By        ids.Account `db:"by_account"`
	At        stamp       `db:"at"`
	Asker     string      `db:"asker"`
	Why       []byte      `db:"why"`
	Outcome   string      `db:"outcome"`
	DecidedBy ids.Account `db:"decided_by"`
	DecidedAt stamp       `db:"decided_at"`
	Words     []byte      `db:"words"`
}

const reviewColumns = `id, version, case_id, owner_org, state, by_account, at, asker, why, outcome, decided_by, decided_at, words`

func (t *tx) reviewRow(x protection.Review) (reviewRow, error) {
	row := reviewRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, State: string(x.State), By: x.By, At: at(x.At),
		Asker: x.Asker, Outcome: string(x.Outcome), DecidedBy: x.DecidedBy, DecidedAt: at(x.DecidedAt)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "review", x.ID.UUID)
	row.Why, row.Words = s.seal("why", x.Why), s.seal("words", x.Words)
	return row, s.err
}

// Reviews reads the reviews of a case, the oldest first.
func (s *Store) Reviews(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Review, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		all = nil
		var rows []reviewRow
		if err := t.list(&rows, `SELECT `+reviewColumns+` FROM review WHERE case_id = ? ORDER BY at, id`, id); err != nil || len(rows) == 0 {
			return err
		}
		u, err := t.openedOf(id, "review")
		if err != nil {
			return err
		}
		for _, r := range rows {
			own := u.at("review", r.ID.UUID)
			all = append(all, protection.Review{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, State: protection.ReviewState(r.State), By: r.By, At: r.At.Time,
				Asker: r.Asker, Why: own.text("why", r.Why), Outcome: protection.Status(r.Outcome), DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt.Time,
				Words: own.text("words", r.Words)})
		}
		return nil
	})
	return all, err
}

type explanationRow struct {
	ID          ids.Explanation `db:"id"`
	Case        ids.Case        `db:"case_id"`
	Owner       ids.Org         `db:"owner_org"`
	By          ids.Account     `db:"by_account"`
	At          stamp           `db:"at"`
	Told        string          `db:"told"`
	Language    string          `db:"language"`
	Interpreter string          `db:"interpreter"`
}

// Explanations reads when she was told what was decided, the oldest first. It holds no
// word of hers.
func (s *Store) Explanations(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Explanation, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []explanationRow
		err := t.list(&rows, `SELECT id, case_id, owner_org, by_account, at, told, language, interpreter FROM explanation WHERE case_id = ? ORDER BY at, id`, id)
		for _, r := range rows {
			all = append(all, protection.Explanation{ID: r.ID, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Told: protection.Status(r.Told),
				Language: r.Language, Interpreter: r.Interpreter})
		}
		return err
	})
	return all, err
}

// identified writes decisions on a status, what she was told, and reviews.
func (w *saving) identified(c protection.Change) error {
	for _, x := range c.Identifications {
		if err := w.put("identification", 0, x.ID.UUID, func() (any, error) { return w.t.identificationRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Explanations {
		row := explanationRow{ID: x.ID, Case: x.Case, Owner: x.Owner, By: x.By, At: at(x.At), Told: string(x.Told), Language: x.Language, Interpreter: x.Interpreter}
		if err := w.put("explanation", 0, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Reviews {
		if err := w.put("review", x.Version, x.ID.UUID, func() (any, error) { return w.t.reviewRow(x) }); err != nil {
			return err
		}
	}
	return nil
}

// olderReview reads a review as it stands.
func (t *tx) olderReview(id ids.UUID) (row any, version int, err error) {
	var r reviewRow
	err = t.get(&r, `SELECT `+reviewColumns+` FROM review WHERE id = ?`, id)
	return r, r.Version, err
}

package store

import (
	"context"
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// pseudonyms makes the national tokens of the cases that a change touched anew: of an
// open case whose person agreed to it (P2), and of nobody else. A yes makes them, and
// whatever ends it (a no, a withdrawal, a closure, a join) unmakes them in the same act.
func (w *saving) pseudonyms(c protection.Change) error {
	var all []ids.Case
	for _, x := range c.Consents {
		if x.Purpose == protection.P2National {
			all = with(all, x.Case)
		}
	}
	for _, x := range c.Cases {
		if x.Version != 0 { // of a new one nobody was asked yet
			all = with(all, x.ID)
		}
	}
	for _, x := range c.Persons {
		if x.Version == 0 {
			continue
		}
		var hers []ids.Case
		if err := w.t.list(&hers, `SELECT id FROM protection_case WHERE person = ? ORDER BY id`, x.ID); err != nil {
			return err
		}
		for _, one := range hers {
			all = with(all, one)
		}
	}
	for _, one := range all {
		if err := w.t.pseudonymise(one); err != nil {
			return err
		}
	}
	return nil
}

// pseudonymise makes the tokens of one case anew, or removes them.
func (t *tx) pseudonymise(id ids.Case) error {
	if _, err := t.exec(`DELETE FROM pseudonym WHERE case_id = ?`, id); err != nil {
		return err
	}
	var yes []stamp
	if err := t.list(&yes, `SELECT k.expires FROM consent k JOIN protection_case c ON c.id = k.case_id AND c.open = 1
		WHERE k.case_id = ? AND k.purpose = ? AND k.state = 'GIVEN' AND (k.expires IS NULL OR k.expires > ?) ORDER BY k.id`, id, protection.P2National, at(t.now())); err != nil || len(yes) == 0 {
		return err
	}
	of, err := t.traits(id)
	if err != nil {
		return err
	}
	tokens, version, err := t.s.options.Vault.Pseudonyms(t.ctx, t, of)
	if fault.Is(err, fault.Unavailable) { // a key is locked: she is compared with nobody until she is written anew
		return nil
	}
	if err != nil {
		return err
	}
	until := slices.MaxFunc(yes, func(a, b stamp) int { // one without an end outlasts the others
		switch {
		case a.IsZero() || b.IsZero():
			return boolean(a.IsZero()) - boolean(b.IsZero())
		}
		return a.Compare(b.Time)
	})
	var rows []any
	for _, token := range tokens {
		rows = append(rows, token, id, version, until)
	}
	return t.insertMany("pseudonym (token, case_id, key_version, until_at)", 4, rows)
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// traits are what the tokens of a case are made of, still sealed.
func (t *tx) traits(id ids.Case) (of vault.Traits, err error) {
	var c struct {
		Person ids.Person `db:"person"`
		Sex    string     `db:"sex"`
		Age    date.Age   `db:"age"`
	}
	if err := t.get(&c, `SELECT person, sex, age FROM protection_case WHERE id = ?`, id); err != nil {
		return of, err
	}
	var r personRow
	if err := t.get(&r, `SELECT `+personColumns+` FROM person WHERE id = ?`, c.Person); err != nil {
		return of, err
	}
	p, err := t.person(r)
	if err != nil {
		return of, err
	}
	of = vault.Traits{Names: []vault.Text{p.Name, p.Other}, Home: p.From, Sex: c.Sex, Born: p.Born}
	if !c.Age.IsZero() {
		first, last := c.Age.Born()
		of.First, of.Last = first.Year, last.Year
	}
	return of, nil
}

// ForgetPseudonyms removes the tokens of those whose agreement is past its time. What
// compares asks for the agreement too: between its end and this nobody is compared.
func (s *Store) ForgetPseudonyms(ctx context.Context) error {
	return s.lift(s.engine.upkeep(ctx, func(t *tx) error {
		_, err := t.exec(`DELETE FROM pseudonym WHERE until_at IS NOT NULL AND until_at <= ?`, at(t.now()))
		return err
	}))
}

// quietAbroad ends what the case of somebody who is erased waits for between organisations.
func (w *saving) quietAbroad(id ids.Case) error {
	if _, err := w.t.exec(`DELETE FROM pseudonym WHERE case_id = ?`, id); err != nil {
		return err
	}
	if _, err := w.t.change(`UPDATE inquiry SET looked_at = at, version = version + 1 WHERE case_id = ? AND looked_at IS NULL`, id); err != nil {
		return err
	}
	_, err := w.t.change(`UPDATE liaison SET state = ?, waits = 0, ended_at = ?, version = version + 1
		WHERE waits = 1 AND (case_id = ? OR inquiry IN (SELECT id FROM inquiry WHERE case_id = ?))`, string(protection.LiaisonLapsed), at(w.t.now()), id, id)
	return err
}

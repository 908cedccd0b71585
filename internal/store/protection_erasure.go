package store

import (
	"context"
	"fmt"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type erasureRow struct {
	ID         ids.Erasure  `db:"id"`
	Version    int          `db:"version"`
	Case       ids.Case     `db:"case_id"`
	Signal     ids.Signal   `db:"signal"`
	Code       ids.Code     `db:"code"`
	Owner      ids.Org      `db:"owner_org"`
	State      string       `db:"state"`
	Open       int          `db:"open"` // 1 while somebody must answer
	Ground     string       `db:"ground"`
	Rule       string       `db:"rule"`
	Reason     string       `db:"reason"`
	Given      string       `db:"given_by"`
	Guardian   ids.Guardian `db:"guardian"`
	CarerAway  maybe        `db:"carer_away"`
	Told       codes        `db:"told"`
	By         ids.Account  `db:"by_account"`
	At         stamp        `db:"at"`
	Why        string       `db:"why"`
	AnsweredBy ids.Account  `db:"answered_by"`
	AnsweredAt stamp        `db:"answered_at"`
}

const erasureColumns = `id, version, case_id, signal, code, owner_org, state, open, ground, rule, reason, given_by, guardian, carer_away, told, by_account, at, why, answered_by, answered_at`

func (r erasureRow) erasure() protection.Erasure {
	return protection.Erasure{ID: r.ID, Version: r.Version, Case: r.Case, Signal: r.Signal, Code: r.Code, Owner: r.Owner, State: protection.ErasureState(r.State),
		Ground: r.Ground, Rule: r.Rule, Reason: r.Reason, Given: r.Given, Guardian: r.Guardian, CarerAway: string(r.CarerAway), Told: r.Told.V, By: r.By, At: r.At.Time, Why: r.Why, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time}
}

func erasureRowOf(x protection.Erasure) erasureRow {
	row := erasureRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Signal: x.Signal, Code: x.Code, Owner: x.Owner, State: string(x.State), Ground: x.Ground,
		Rule: x.Rule, Reason: x.Reason, Given: x.Given, Guardian: x.Guardian, CarerAway: maybe(x.CarerAway), Told: inJSON(x.Told), By: x.By, At: at(x.At), Why: x.Why, AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt)}
	if x.State.Waits() {
		row.Open = 1
	}
	return row
}

type holdRow struct {
	ID       ids.Hold    `db:"id"`
	Version  int         `db:"version"`
	Case     ids.Case    `db:"case_id"`
	Owner    ids.Org     `db:"owner_org"`
	Why      string      `db:"why"`
	Until    stamp       `db:"until_at"`
	By       ids.Account `db:"by_account"`
	At       stamp       `db:"at"`
	LiftedBy ids.Account `db:"lifted_by"`
	LiftedAt stamp       `db:"lifted_at"`
}

const holdColumns = `id, version, case_id, owner_org, why, until_at, by_account, at, lifted_by, lifted_at`

func (r holdRow) hold() protection.Hold {
	return protection.Hold{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, Why: r.Why, Until: r.Until.Time, By: r.By, At: r.At.Time, LiftedBy: r.LiftedBy, LiftedAt: r.LiftedAt.Time}
}

// factsOfRight is the query of the facts of an erasure, or of a case that two open.
func factsOfRight(kind access.Kind) string {
	if kind == access.GlassKind {
		return `SELECT COALESCE(c.person, x.id) AS subject, COALESCE(x.case_id, x.id) AS record, x.owner_org AS owner, NULL AS to_org, x.by_account AS by_account,
			NULL AS first, NULL AS second, '' AS place, x.state AS stage, x.version < 0 AS child
			FROM glass x LEFT JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?`
	}
	return `SELECT COALESCE(c.person, x.signal) AS subject, COALESCE(x.case_id, x.signal) AS record, x.owner_org AS owner, NULL AS to_org, x.by_account AS by_account,
		NULL AS first, NULL AS second, '' AS place, x.state AS stage, x.version < 0 AS child
		FROM erasure x LEFT JOIN protection_case c ON c.id = x.case_id WHERE x.id = ?`
}

// rights writes who asks for an erasure, what forbids it, and does it.
func (w *saving) rights(c protection.Change) error {
	for _, x := range c.Holds {
		row := holdRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, Why: x.Why, Until: at(x.Until), By: x.By, At: at(x.At), LiftedBy: x.LiftedBy, LiftedAt: at(x.LiftedAt)}
		if err := w.put("legal_hold", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Erasures {
		if err := w.put("erasure", x.Version, x.ID.UUID, plain(erasureRowOf(x))); err != nil {
			return err
		}
	}
	for _, x := range c.Erase {
		if err := w.erase(x); err != nil {
			return err
		}
	}
	return nil
}

// erase destroys the key of a person, or of a signal, in this act. Whether it may
// be done is asked once more here: a hold or a reopened case that came in between
// ends the act.
func (w *saving) erase(x protection.Erasure) error {
	if x.Case.IsZero() {
		return w.eraseSignal(x.Signal)
	}
	all, err := w.t.family(x.Case)
	if err != nil {
		return err
	}
	for _, person := range all {
		if err := w.free(person, "fault.erasure.held"); err != nil {
			return err
		}
	}
	for _, person := range all { // what stayed in a file that was joined is sealed under the key of that file
		if err := w.erasePerson(person, false); err != nil {
			return err
		}
	}
	return nil
}

// free refuses with a fault what a hold on a case of somebody forbids.
func (w *saving) free(person ids.Person, key string) error {
	if err := w.t.hold("person", person); err != nil {
		return err
	}
	held, err := w.t.exists(`SELECT h.id FROM legal_hold h JOIN protection_case c ON c.id = h.case_id WHERE c.person = ? AND h.lifted_at IS NULL AND h.until_at > ?`, person, at(w.t.now()))
	if err == nil && held {
		err = fault.New(fault.Invalid, key)
	}
	return err
}

// family lists under which persons one and the same woman is written down: that of a
// case, and those of the files that were joined to hers or that hers was joined to,
// however often. Two of whom nobody said that they are one are never in it together.
func (t *tx) family(id ids.Case) ([]ids.Person, error) {
	first, err := t.personOf(id)
	if err != nil {
		return nil, err
	}
	all := []ids.Person{first}
	for i := 0; i < len(all); i++ {
		for _, query := range []string{
			`SELECT j.person FROM protection_case c JOIN protection_case j ON j.joined = c.id WHERE c.person = ? ORDER BY j.id`,
			`SELECT k.person FROM protection_case c JOIN protection_case k ON k.id = c.joined WHERE c.person = ? ORDER BY k.id`,
		} {
			var some []ids.Person
			if err := t.list(&some, query, all[i]); err != nil {
				return nil, err
			}
			for _, one := range some {
				all = with(all, one)
			}
		}
	}
	return all, nil
}

// erasePerson destroys the key of somebody and what else could tell of her: the
// tokens by which she is searched, packets, files, what was kept of older versions,
// and her place in every list. What stays are codes that are counted. An open case
// is refused, unless she was erased before and came back from a backup.
func (w *saving) erasePerson(person ids.Person, again bool) error {
	t := w.t
	var cases []struct {
		ID     ids.Case   `db:"id"`
		Signal ids.Signal `db:"signal"`
		Open   int        `db:"open"`
	}
	if err := t.list(&cases, `SELECT id, signal, open FROM protection_case WHERE person = ? ORDER BY id`, person); err != nil {
		return err
	}
	for _, c := range cases {
		if c.Open != 0 && !again {
			return fault.New(fault.Invalid, "fault.erasure.open")
		}
		if err := w.eraseCase(c.ID); err != nil {
			return fmt.Errorf("erase case %s: %w", c.ID, err)
		}
	}
	if err := w.forget("person", person.UUID); err != nil {
		return err
	}
	if _, err := t.change(`UPDATE person SET name = NULL, called = NULL, other = NULL, born = NULL, document = NULL, home = NULL, phone = NULL, phrase = NULL, avoid = NULL,
		hours = '', may = '', version = version + 1 WHERE id = ?`, person); err != nil {
		return err
	}
	if err := t.eraseSubject(person.UUID); err != nil {
		return err
	}
	for _, c := range cases {
		if err := w.eraseSignalOf(c.Signal); err != nil {
			return err
		}
	}
	return nil
}

// eraseCase takes a case out of every list and burns what was sent for it. The
// place is kept by province.
func (w *saving) eraseCase(id ids.Case) error {
	t := w.t
	var packets []ids.Referral
	if err := t.list(&packets, `SELECT id FROM referral WHERE case_id = ? ORDER BY id`, id); err != nil {
		return err
	}
	for _, one := range packets {
		if err := t.burn(one.UUID); err != nil {
			return err
		}
	}
	var files []ids.Attachment
	if err := t.list(&files, `SELECT id FROM attachment WHERE case_id = ? ORDER BY id`, id); err != nil {
		return err
	}
	for _, one := range files {
		if _, err := t.exec(`DELETE FROM attachment_body WHERE id = ?`, one); err != nil {
			return err
		}
		if err := t.eraseSubject(one.UUID); err != nil {
			return err
		}
	}
	for _, list := range []string{"DELETE FROM referral_queue WHERE case_id = ?", "DELETE FROM plan_queue WHERE case_id = ?", "DELETE FROM task WHERE case_id = ?", "DELETE FROM sealed_reader WHERE case_id = ?"} {
		if _, err := t.exec(list, id); err != nil {
			return err
		}
	}
	if _, err := t.exec(`UPDATE alert SET state = 'HUSHED', done_at = ? WHERE about = ? AND state = 'WAITING'`, at(t.now()), id); err != nil {
		return err
	}
	if err := w.forget("protection_case", id.UUID); err != nil {
		return err
	}
	if err := w.forgetCarried(id); err != nil {
		return err
	}
	if err := w.quietAbroad(id); err != nil {
		return err
	}
	if err := w.eraseComplaints(id); err != nil {
		return err
	}
	_, err := t.change(`UPDATE protection_case SET state = ?, since = ?, open = 0, seat = 0, screener = NULL, manager = NULL, people_group = NULL, return_words = NULL,
		place = province, place_written = NULL, commune = '', zone = '', version = version + 1 WHERE id = ?`, string(protection.Erased), at(t.now()), id)
	return err
}

// eraseComplaints cuts what she said of those who help from her: no complaint leads
// to her any more. The words of those that were answered are destroyed; one that is
// still looked into keeps its own, for somebody else may be harmed meanwhile.
func (w *saving) eraseComplaints(id ids.Case) error {
	var all []struct {
		ID   ids.Complaint `db:"id"`
		Over bool          `db:"ended"`
	}
	if err := w.t.list(&all, `SELECT id, ended FROM complaint WHERE about_case = ? ORDER BY id`, id); err != nil {
		return err
	}
	for _, x := range all {
		if err := w.forget("complaint", x.ID.UUID); err != nil {
			return err
		}
		words := ""
		if x.Over {
			words = "words = NULL, done = NULL, told = NULL, "
			if err := w.t.eraseSubject(x.ID.UUID); err != nil {
				return err
			}
		}
		if _, err := w.t.change(`UPDATE complaint SET `+words+`about_case = NULL, code = NULL, version = version + 1 WHERE id = ?`, x.ID); err != nil {
			return err
		}
	}
	return nil
}

// forgetCarried removes the older versions of what went over between this file and
// another: after a join was taken back they lie sealed under the key of the other.
func (w *saving) forgetCarried(id ids.Case) error {
	for _, side := range []string{"first_case", "second_case"} {
		var rows []likenessRow
		if err := w.t.list(&rows, `SELECT `+likenessColumns+` FROM likeness l WHERE l.`+side+` = ? ORDER BY l.id`, id); err != nil {
			return err
		}
		for _, r := range rows {
			for _, one := range r.Carried.V {
				for _, row := range one.Rows {
					if err := w.forget(one.Table, row); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// forget removes the older versions of a record.
func (w *saving) forget(table string, id ids.UUID) error {
	var versions []int
	if err := w.t.list(&versions, `SELECT version FROM history WHERE record = ? AND kind = ? ORDER BY version`, id, table); err != nil {
		return err
	}
	for _, v := range versions {
		if err := w.t.delete("history", id, v); err != nil {
			return err
		}
	}
	return nil
}

// eraseSignalOf erases the signal by which somebody came, unless it tells of
// somebody else too.
func (w *saving) eraseSignalOf(id ids.Signal) error {
	if id.IsZero() {
		return nil
	}
	others, err := w.t.exists(`SELECT id FROM protection_case WHERE signal = ? AND state <> ?`, id, string(protection.Erased))
	if err != nil || others {
		return err
	}
	return w.eraseSignal(id)
}

// eraseSignal destroys the key of a signal and of who reported it. One that led to
// a case goes with the last of its cases.
func (w *saving) eraseSignal(id ids.Signal) error {
	t := w.t
	alive, err := t.exists(`SELECT id FROM protection_case WHERE signal = ? AND state <> ?`, id, string(protection.Erased))
	if err != nil {
		return err
	}
	if alive {
		return fault.New(fault.Invalid, "fault.erasure.open")
	}
	var reporters []ids.Reporter
	if err := t.list(&reporters, `SELECT id FROM reporter WHERE signal = ? ORDER BY id`, id); err != nil {
		return err
	}
	for _, one := range reporters {
		if err := w.forget("reporter", one.UUID); err != nil {
			return err
		}
		if _, err := t.change(`UPDATE reporter SET name = NULL, phone = NULL, phrase = NULL, avoid = NULL, hours = '', version = version + 1 WHERE id = ?`, one); err != nil {
			return err
		}
		if err := t.eraseSubject(one.UUID); err != nil {
			return err
		}
	}
	if err := w.forget("signal", id.UUID); err != nil {
		return err
	}
	if _, err := t.change(`UPDATE signal SET state = ?, open = 0, place = province, place_written = NULL, commune = '', zone = '', spot = NULL, seen = NULL, version = version + 1 WHERE id = ?`,
		string(protection.SignalErased), id); err != nil {
		return err
	}
	return t.eraseSubject(id.UUID)
}

// Erasure reads one.
func (s *Store) Erasure(ctx context.Context, g access.Grant, id ids.Erasure) (x protection.Erasure, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r erasureRow
		err := t.get(&r, `SELECT `+erasureColumns+` FROM erasure WHERE id = ?`, id)
		x = r.erasure()
		return err
	})
	return x, err
}

// Erasures lists what waits first, then the newest.
func (s *Store) Erasures(ctx context.Context, g access.Grant) (all []protection.Erasure, err error) {
	sc := g.Scope()
	condition, args := sc.Where(access.Columns{Owner: "f.owner_org", By: "f.by_account"})
	open, readers := barred("COALESCE(f.case_id, f.signal)", sc)
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []erasureRow
		err := t.list(&rows, `SELECT `+erasureColumns+` FROM erasure f WHERE `+condition+open+` ORDER BY f.open DESC, f.at DESC, f.id DESC LIMIT ?`,
			append(append(args, readers...), pageLimit)...)
		for _, r := range rows {
			all = append(all, r.erasure())
		}
		return err
	})
	return all, err
}

// Standing says what an erasure of a case stands on: the other cases of the same
// person count too, and the files that were joined to hers. It opens nothing.
func (s *Store) Standing(ctx context.Context, g access.Grant, id ids.Case) (x protection.Standing, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		x = protection.Standing{}
		family, err := t.family(id)
		if err != nil {
			return err
		}
		for _, person := range family {
			var states []protection.CaseState
			if err := t.list(&states, `SELECT state FROM protection_case WHERE person = ? ORDER BY id`, person); err != nil {
				return err
			}
			x.Cases = append(x.Cases, states...)
			var rows []holdRow
			if err := t.list(&rows, `SELECT `+holdColumns+` FROM legal_hold WHERE case_id IN (SELECT id FROM protection_case WHERE person = ?) ORDER BY at DESC, id DESC LIMIT ?`, person, pageLimit); err != nil {
				return err
			}
			for _, r := range rows {
				x.Holds = append(x.Holds, r.hold())
			}
			var waits []ids.Erasure
			if err := t.list(&waits, `SELECT id FROM erasure WHERE case_id IN (SELECT id FROM protection_case WHERE person = ?) AND open = 1 ORDER BY id LIMIT 1`, person); err != nil {
				return err
			}
			for _, one := range waits {
				x.Waits = one
			}
			waiting, err := t.exists(`SELECT r.id FROM protection_case c JOIN review r ON r.case_id = c.id WHERE c.person = ? AND r.state = 'ASKED'`, person)
			if err != nil {
				return err
			}
			x.Review = x.Review || waiting
		}
		return nil
	})
	return x, err
}

// olderRights reads a record of these tables as it stands.
func (t *tx) olderRights(table string, id ids.UUID) (row any, version int, err error) {
	if table == "glass" {
		var r glassRow
		err = t.get(&r, `SELECT `+glassColumns+` FROM glass WHERE id = ?`, id)
		return r, r.Version, err
	}
	if table == "legal_hold" {
		var r holdRow
		err = t.get(&r, `SELECT `+holdColumns+` FROM legal_hold WHERE id = ?`, id)
		return r, r.Version, err
	}
	var r erasureRow
	err = t.get(&r, `SELECT `+erasureColumns+` FROM erasure WHERE id = ?`, id)
	return r, r.Version, err
}

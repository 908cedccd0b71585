package store

import (
	"context"
	"strconv"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type transferRow struct {
	ID         ids.Transfer `db:"id"`
	Version    int          `db:"version"`
	Case       ids.Case     `db:"case_id"`
	Code       ids.Code     `db:"code"`
	From       ids.Org      `db:"owner_org"`
	To         ids.Org      `db:"to_org"`
	State      string       `db:"state"`
	Reason     string       `db:"reason"`
	Level      string       `db:"level"`
	Child      bool         `db:"child"`
	Language   string       `db:"language"`
	Consent    ids.Consent  `db:"consent"`
	By         ids.Account  `db:"by_account"`
	At         stamp        `db:"at"`
	Why        string       `db:"why"`
	AnsweredBy ids.Account  `db:"answered_by"`
	AnsweredAt stamp        `db:"answered_at"`
}

const transferColumns = `id, version, case_id, code, owner_org, to_org, state, reason, level, child, language, consent, by_account, at, why, answered_by, answered_at`

func (r transferRow) transfer() protection.Transfer {
	return protection.Transfer{ID: r.ID, Version: r.Version, Case: r.Case, Code: r.Code, From: r.From, To: r.To, State: protection.TransferState(r.State),
		Reason: r.Reason, Level: protection.Danger(r.Level), Child: r.Child, Language: r.Language, Consent: r.Consent, By: r.By, At: r.At.Time,
		Why: r.Why, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time}
}

// transfers writes offers, and moves the files that are taken over.
func (w *saving) transfers(c protection.Change) error {
	for _, x := range c.Transfers {
		row := transferRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Code: x.Code, From: x.From, To: x.To, State: string(x.State), Reason: x.Reason,
			Level: string(x.Level), Child: x.Child, Language: x.Language, Consent: x.Consent, By: x.By, At: at(x.At), Why: x.Why, AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt)}
		if err := w.put("transfer", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Moves {
		if err := w.move(x); err != nil {
			return err
		}
	}
	return nil
}

// Transfer reads one offer.
func (s *Store) Transfer(ctx context.Context, g access.Grant, id ids.Transfer) (x protection.Transfer, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r transferRow
		err := t.get(&r, `SELECT `+transferColumns+` FROM transfer WHERE id = ?`, id)
		x = r.transfer()
		return err
	})
	return x, err
}

// transfersShown is how many answered offers of each kind a list shows: what is
// older is history.
const transfersShown = 20

// Transfers lists offers from and to an organisation: what waits first, then the newest.
// Each state and each reason to see it is read along an index of its own: a house
// keeps what it once gave, and shows the newest of it.
func (s *Store) Transfers(ctx context.Context, g access.Grant) (all []protection.Transfer, err error) {
	sc := g.Scope()
	open, readers := barred("f.case_id", sc)
	var parts []string
	var args []any
	for _, state := range protection.TransferStates {
		most := strconv.Itoa(transfersShown)
		if state == protection.TransferOffered {
			most = strconv.Itoa(pageLimit)
		}
		for _, reason := range []access.Columns{{Owner: "f.owner_org"}, {To: "f.to_org", Stage: "f.state"}} {
			condition, of := sc.Where(reason)
			parts = append(parts, `SELECT `+transferColumns+` FROM (SELECT `+transferColumns+` FROM transfer f WHERE `+condition+` AND f.state = '`+string(state)+`'`+open+
				` AND NOT EXISTS (SELECT 1 FROM protection_case e WHERE e.id = f.case_id AND e.state = 'ERASED') ORDER BY f.at DESC, f.id DESC LIMIT `+most+`) AS lane`)
			args = append(append(args, of...), readers...)
		}
	}
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []transferRow
		err := t.list(&rows, `SELECT `+transferColumns+` FROM (`+strings.Join(parts, ` UNION `)+`) AS merged
			ORDER BY CASE WHEN state = 'OFFERED' THEN 0 ELSE 1 END, at DESC, id DESC LIMIT `+strconv.Itoa(pageLimit), args...)
		for _, r := range rows {
			all = append(all, r.transfer())
		}
		return err
	})
	return all, err
}

// CaseTransfers lists those of a case, the newest first, for a reader who holds a grant on it.
func (s *Store) CaseTransfers(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Transfer, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []transferRow
		err := t.list(&rows, `SELECT `+transferColumns+` FROM transfer WHERE case_id = ? ORDER BY at DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, r.transfer())
		}
		return err
	})
	return all, err
}

// owned lists the tables whose rows hang on a case and name its owner, with the
// column of the case and that of the owner. Tables of lists have no version.
var owned = [...]struct{ table, of, owner string }{
	{"screening", "case_id", "owner_org"}, {"assessment", "case_id", "owner_org"}, {"guardian", "case_id", "owner_org"}, {"reflection", "id", "owner_org"},
	{"consent", "case_id", "owner_org"}, {"plan", "case_id", "owner_org"}, {"interests", "case_id", "owner_org"}, {"episode", "case_id", "owner_org"},
	{"referral", "case_id", "from_org"}, {"progress", "case_id", "owner_org"}, {"visit", "case_id", "owner_org"}, {"closure", "id", "owner_org"}, {"homecoming", "id", "owner_org"},
	{"stay", "case_id", "owner_org"}, {"review", "case_id", "owner_org"}, {"explanation", "case_id", "owner_org"}, {"inquiry", "case_id", "owner_org"}, {"liaison", "case_id", "owner_org"},
	{"erasure", "case_id", "owner_org"}, {"legal_hold", "case_id", "owner_org"}, {"glass", "case_id", "owner_org"}, {"business", "case_id", "owner_org"}, {"jotting", "case_id", "owner_org"}, {"sealed_note", "case_id", "owner_org"}, {"attachment", "case_id", "owner_org"},
}

// move gives a person's whole file to another organisation: every case that the
// first one keeps of her, what hangs on them, the wrapped key and the tokens by
// which she is searched. What was sealed stays as it is: one key opens it, and
// that key is wrapped for the other organisation from now on. The signal by which
// she came and who reported stay where they were received.
func (w *saving) move(x protection.Move) error {
	t := w.t
	var of struct {
		Person ids.Person `db:"person"`
		Owner  ids.Org    `db:"owner_org"`
	}
	if err := t.get(&of, `SELECT person, owner_org FROM protection_case WHERE id = ?`, x.Case); err != nil {
		return err
	}
	if of.Owner == x.To {
		return fault.New(fault.Stale, "record.exists")
	}
	key, err := t.SubjectKey(t.ctx, of.Person.UUID)
	if err != nil {
		return err
	}
	if err := t.s.options.Vault.Move(t.ctx, t, key, x.To); err != nil {
		return err
	}
	var cases []ids.Case
	if err := t.list(&cases, `SELECT id FROM protection_case WHERE person = ? AND owner_org = ? ORDER BY id`, of.Person, of.Owner); err != nil {
		return err
	}
	for _, c := range cases {
		if err := w.moveCase(c, x.To); err != nil {
			return err
		}
	}
	if err := w.movePerson(of.Person, x.To); err != nil {
		return err
	}
	for _, c := range cases { // files of hers that went on in one of these go along
		var joined []ids.Case
		if err := t.list(&joined, `SELECT MIN(id) FROM protection_case WHERE joined = ? AND owner_org = ? GROUP BY person ORDER BY person`, c, of.Owner); err != nil {
			return err
		}
		for _, one := range joined {
			if err := w.move(protection.Move{Case: one, To: x.To}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *saving) moveCase(c ids.Case, to ids.Org) error {
	if err := w.reown("protection_case", "owner_org", c.UUID, to); err != nil {
		return err
	}
	for _, o := range owned {
		var rows []ids.UUID
		if err := w.t.list(&rows, `SELECT id FROM `+o.table+` WHERE `+o.of+` = ? ORDER BY id`, c); err != nil {
			return err
		}
		for _, id := range rows {
			if err := w.reown(o.table, o.owner, id, to); err != nil {
				return err
			}
			if o.table == "attachment" {
				if err := w.moveKey(id, to); err != nil {
					return err
				}
			}
		}
	}
	for _, list := range []string{"UPDATE task SET owner_org = ? WHERE case_id = ?", "UPDATE plan_queue SET owner_org = ? WHERE case_id = ?", "UPDATE referral_queue SET from_org = ? WHERE case_id = ?"} {
		if _, err := w.t.exec(list, to, c); err != nil {
			return err
		}
	}
	return nil
}

// moveKey wraps the key of a file for another organisation. One that was taken out, or
// lies under the person's key, has none.
func (w *saving) moveKey(subject ids.UUID, to ids.Org) error {
	key, err := w.t.SubjectKey(w.t.ctx, subject)
	if fault.Is(err, fault.NotFound) || err == nil && key.Erased() {
		return nil
	}
	if err != nil {
		return err
	}
	return w.t.s.options.Vault.Move(w.t.ctx, w.t, key, to)
}

// reown writes a new owner into one row; the older row goes to the history.
func (w *saving) reown(table, owner string, id ids.UUID, to ids.Org) error {
	set := owner + " = ?"
	if w.t.s.tables[table].version != "" {
		if err := w.remember(table, id); err != nil {
			return err
		}
		set += ", version = version + 1"
	}
	_, err := w.t.change("UPDATE "+table+" SET "+set+" WHERE id = ?", to, id)
	return err
}

// movePerson moves the identity, and makes its tokens anew under the other
// organisation's index.
func (w *saving) movePerson(id ids.Person, to ids.Org) error {
	if err := w.reown("person", "owner_org", id.UUID, to); err != nil {
		return err
	}
	var r personRow
	if err := w.t.get(&r, `SELECT `+personColumns+` FROM person WHERE id = ?`, id); err != nil {
		return err
	}
	person, err := w.t.person(r)
	if err != nil {
		return err
	}
	return w.t.index(person)
}

package store

import (
	"context"
	"encoding/json"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// SaveProtection writes what one verb of protection changes, under one entry: see
// protection.Change for new records, versions and repeats.
func (s *Store) SaveProtection(ctx context.Context, e audit.Entry, c protection.Change) error {
	return s.act(ctx, e, func(t *tx) error {
		w := &saving{t: t, opened: map[ids.Case]bool{}}
		for _, step := range []func(protection.Change) error{w.again, w.standing, w.signals, w.likenesses, w.cases, w.arrive, w.conversations, w.consents, w.referrals, w.progress, w.plans, w.episodes, w.followed, w.inspections, w.moves, w.stays, w.complaints, w.notes, w.removals, w.rights, w.glasses, w.inquiries, w.pseudonyms, w.directory, w.tasks, w.rest} {
			if err := step(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// saving is one change on its way.
type saving struct {
	t      *tx
	opened map[ids.Case]bool // cases that are new in this change
	wrote  bool              // something was written: what exists already is no repeat but a clash
}

// put writes one record. A first record that exists already ends the change as
// a repeat, before anything of it is sealed: who owns it may have changed since.
func (w *saving) put(table string, version int, id ids.UUID, seal func() (any, error)) error {
	if version == 0 && !w.wrote {
		there, err := w.t.exists("SELECT id FROM "+table+" WHERE id = ?", id)
		if err != nil {
			return err
		}
		if there {
			return w.repeat(table, id)
		}
	}
	row, err := seal()
	if err != nil {
		return err
	}
	if version != 0 {
		if err := w.remember(table, id); err != nil {
			return err
		}
		w.wrote = true
		return w.t.update(table, row)
	}
	fresh, err := w.t.insertOnce(table, row)
	switch {
	case err != nil:
		return err
	case !fresh && w.wrote:
		return fault.New(fault.Stale, "record.exists")
	case !fresh: // the same request, at the same moment
		return w.repeat(table, id)
	}
	w.wrote = true
	return nil
}

// again ends a repeated assessment, service or guardian before the case that it
// moved is found stale.
func (w *saving) again(c protection.Change) error {
	switch {
	case len(c.Assessments) > 0:
		return w.known("assessment", c.Assessments[0].ID.UUID)
	case len(c.Guardians) > 0 && c.Guardians[0].Version == 0:
		return w.known("guardian", c.Guardians[0].ID.UUID)
	case len(c.Episodes) > 0 && c.Episodes[0].Version == 0:
		return w.known("episode", c.Episodes[0].ID.UUID)
	case len(c.Reviews) > 0 && c.Reviews[0].Version == 0:
		return w.known("review", c.Reviews[0].ID.UUID)
	case len(c.Stays) > 0 && c.Stays[0].Version == 0:
		return w.known("stay", c.Stays[0].ID.UUID)
	case len(c.Attachments) > 0:
		return w.known("attachment", c.Attachments[0].ID.UUID)
	}
	return nil
}

// known ends a change whose first record is there already.
func (w *saving) known(table string, id ids.UUID) error {
	there, err := w.t.exists(`SELECT id FROM `+table+` WHERE id = ?`, id)
	if err != nil || !there {
		return err
	}
	return w.repeat(table, id)
}

// plain is a row that needs no sealing.
func plain(row any) func() (any, error) { return func() (any, error) { return row, nil } }

// repeat ends a change whose first record is there already: as done when the same
// account made it, and as Stale when the identifier is somebody else's.
func (w *saving) repeat(table string, id ids.UUID) error {
	by, known := map[string]string{"signal": "raised_by", "protection_case": "opened_by", "screening": "by_account",
		"assessment": "by_account", "guardian": "by_account", "reflection": "by_account", "visit": "by_account", "closure": "by_account", "homecoming": "by_account", "business": "by_account", "plan": "by_account", "interests": "by_account", "episode": "by_account",
		"attendance": "by_account", "progress": "by_account", "cover": "by_account", "backup": "by_account", "transfer": "by_account", "stay": "by_account", "complaint": "by_account", "inspection": "by_account", "consent": "asked_by", "referral": "by_account", "people_group": "opened_by",
		"criminal_file": "by_account", "suspect": "by_account", "charge": "by_account", "custody": "by_account", "file_act": "by_account", "hearing": "by_account", "judgment": "by_account",
		"likeness": "by_account", "review": "by_account", "explanation": "by_account", "identification": "by_account", "erasure": "by_account", "legal_hold": "by_account", "glass": "by_account", "inquiry": "by_account", "jotting": "by_account", "sealed_note": "by_account", "attachment": "by_account"}[table]
	if !known {
		return errUnchanged
	}
	var maker ids.Account
	if err := w.t.get(&maker, "SELECT "+by+" FROM "+table+" WHERE id = ?", id); err != nil {
		return err
	}
	if maker != w.t.entry.Line().Account {
		return fault.New(fault.Stale, "record.exists")
	}
	return errUnchanged
}

// remember writes the older version to the history before it is replaced. What was
// sealed stays sealed, bound to the same row.
func (w *saving) remember(table string, id ids.UUID) error {
	old, version, err := w.t.older(table, id)
	if err != nil {
		return err
	}
	text, err := json.Marshal(old)
	if err != nil {
		return err
	}
	_, err = w.t.insertOnce("history", historyRow{Record: id, Version: version, Kind: table, At: at(w.t.now()), Row: rawJSON(text)})
	return err
}

type historyRow struct {
	Record  ids.UUID `db:"record"`
	Version int      `db:"version"`
	Kind    string   `db:"kind"`
	At      stamp    `db:"at"`
	Row     rawJSON  `db:"old"`
}

func (w *saving) signals(c protection.Change) error {
	for _, x := range c.Signals {
		if err := w.put("signal", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.signalRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
		if err := w.t.bar(x.ID.UUID, x.Conflicts); err != nil {
			return err
		}
	}
	for _, x := range c.Reporters {
		if err := w.put("reporter", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.reporterRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	for _, x := range c.Groups {
		if err := w.put("people_group", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.groupRow(x, w.t.entry.Line().Account)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	return nil
}

// fresh is what a new record's version starts from: records are stored from
// version 1 on, so that 0 always means "not there yet".
func fresh(version int) int {
	if version == 0 {
		return 1
	}
	return 0
}

func (w *saving) cases(c protection.Change) error {
	for _, x := range c.Persons {
		if err := w.put("person", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.personRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
		if err := w.t.index(x); err != nil {
			return err
		}
	}
	for _, x := range c.Cases {
		if err := w.put("protection_case", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.caseRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
		if err := w.t.bar(x.ID.UUID, x.Conflicts); err != nil {
			return err
		}
		if x.Version == 0 { // nothing hangs on a new case yet
			w.opened[x.ID] = true
			continue
		}
		var over stamp // from then on what a receiver still keeps is counted
		if x.State.Over() {
			over = at(x.Since)
		}
		if _, err := w.t.exec(`UPDATE referral_queue SET screener = ?, manager = ?, over_at = CASE WHEN state = 'IN_SERVICE' THEN ? ELSE over_at END WHERE case_id = ?`,
			x.Screener, x.Manager, over, x.ID); err != nil {
			return err
		}
		if err := w.follow(x); err != nil {
			return err
		}
		if _, err := w.t.exec(`UPDATE plan_queue SET screener = ?, manager = ?, child = ?, level = ? WHERE case_id = ?`, x.Screener, x.Manager, x.Child, string(x.Level), x.ID); err != nil {
			return err
		}
		if x.State.Over() { // whoever left waits for nothing
			if _, err := w.t.exec(`DELETE FROM plan_queue WHERE case_id = ?`, x.ID); err != nil {
				return err
			}
			if _, err := w.t.exec(`UPDATE referral_queue SET waits = 0 WHERE case_id = ? AND waits = 2`, x.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *saving) conversations(c protection.Change) error {
	for _, x := range c.Screenings {
		if err := w.put("screening", x.Version, x.ID.UUID, func() (any, error) {
			person, err := w.t.personOf(x.Case)
			if err != nil {
				return nil, err
			}
			row, err := w.t.screeningRow(x, person)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	for _, x := range c.Assessments {
		if err := w.put("assessment", 0, x.ID.UUID, func() (any, error) { return w.t.assessmentRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Guardians {
		if err := w.put("guardian", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.guardianRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	for _, x := range c.Reflections {
		if err := w.put("reflection", x.Version, x.Case.UUID, plain(reflectionRowOf(x))); err != nil {
			return err
		}
	}
	return w.identified(c)
}

func (w *saving) consents(c protection.Change) error {
	for _, x := range c.Consents {
		if err := w.put("consent", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.consentRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
	}
	return nil
}

func (w *saving) referrals(c protection.Change) error {
	for _, x := range c.Referrals {
		if err := w.put("referral", x.Version, x.ID.UUID, func() (any, error) {
			row, err := w.t.referralRow(x)
			row.Version = x.Version + fresh(x.Version)
			return row, err
		}); err != nil {
			return err
		}
		if err := w.t.enqueue(x); err != nil {
			return err
		}
	}
	for _, x := range c.Unshared {
		if err := w.unshare(x); err != nil {
			return err
		}
	}
	for _, id := range c.Burn {
		if err := w.t.burn(id.UUID); err != nil {
			return err
		}
	}
	return nil
}

// unshare marks a request whose sharing ended. The packet stays as it was sealed, or
// goes: who writes this need not open it.
func (w *saving) unshare(x protection.Unshared) error {
	var row referralRow
	if err := w.t.get(&row, `SELECT `+referralColumns+` FROM referral WHERE id = ?`, x.Referral); err != nil {
		return err
	}
	row.Version, row.UnsharedAt, row.Kept = x.Version, at(x.At), maybe(x.Kept)
	if x.Kept == "" {
		row.Packet, row.PacketWords, row.Asks, row.OpenAsks, row.HealthFrom = nil, asJSON[map[string][]byte]{}, asJSON[[]askRow]{}, 0, stamp{}
	}
	return w.put("referral", x.Version, x.Referral.UUID, plain(row))
}

func (w *saving) directory(c protection.Change) error {
	for _, x := range c.Services {
		row := serviceRowOf(x)
		row.Version = x.Version + fresh(x.Version)
		if err := w.put("service", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Duties {
		row := dutyRowOf(x)
		row.Version = x.Version + fresh(x.Version)
		if err := w.put("duty", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}

// rest writes the timeline and the outbox.
func (w *saving) rest(c protection.Change) error {
	for _, x := range c.Events {
		row := eventRow{ID: x.ID, Case: x.Case, At: at(x.At), By: x.By, Org: x.Org, Verb: x.Verb, Code: x.Code}
		if err := w.put("event", 0, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, id := range c.Hush {
		if err := w.t.hush(id); err != nil {
			return err
		}
	}
	for _, x := range c.Alerts {
		row := alertRow{ID: x.ID, To: x.To, Key: x.Key, About: x.About, At: at(x.At), Rank: x.Rank, State: "WAITING", Next: at(x.At)}
		if err := w.t.insert("alert", row); err != nil {
			return err
		}
		covers, err := w.t.stand(x.To, x.At)
		if err != nil {
			return err
		}
		for _, to := range covers {
			row.ID, row.To = ids.New[ids.Alert](), to
			if err := w.t.insert("alert", row); err != nil {
				return err
			}
		}
	}
	return nil
}

// personOf finds whose case it is, one written in the same change included.
func (t *tx) personOf(id ids.Case) (ids.Person, error) {
	var p ids.Person
	err := t.get(&p, `SELECT person FROM protection_case WHERE id = ?`, id)
	return p, err
}

var _ protection.Store = (*Store)(nil)

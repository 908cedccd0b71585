package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type coverRow struct {
	ID      ids.Cover   `db:"id"`
	Version int         `db:"version"`
	Org     ids.Org     `db:"org"`
	Away    ids.Account `db:"away"`
	Cover   ids.Account `db:"cover"`
	From    stamp       `db:"from_at"`
	Until   stamp       `db:"until_at"`
	By      ids.Account `db:"by_account"`
}

const coverColumns = `id, version, org, away, cover, from_at, until_at, by_account`

func (r coverRow) cover() protection.Cover {
	return protection.Cover{ID: r.ID, Version: r.Version, Org: r.Org, Away: r.Away, Cover: r.Cover, From: r.From.Time, Until: r.Until.Time, By: r.By}
}

type backupRow struct {
	ID         ids.Backup  `db:"id"`
	Version    int         `db:"version"`
	Org        ids.Org     `db:"org"`
	By         ids.Account `db:"by_account"`
	At         stamp       `db:"at"`
	AnsweredBy ids.Account `db:"answered_by"`
	AnsweredAt stamp       `db:"answered_at"`
}

const backupColumns = `id, version, org, by_account, at, answered_by, answered_at`

func (r backupRow) backup() protection.Backup {
	return protection.Backup{ID: r.ID, Version: r.Version, Org: r.Org, By: r.By, At: r.At.Time, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time}
}

// moves writes who stands in, who called, what is offered and what goes over.
func (w *saving) moves(c protection.Change) error {
	for _, x := range c.Covers {
		row := coverRow{ID: x.ID, Version: x.Version + fresh(x.Version), Org: x.Org, Away: x.Away, Cover: x.Cover, From: at(x.From), Until: at(x.Until), By: x.By}
		if err := w.put("cover", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	for _, x := range c.Backups {
		row := backupRow{ID: x.ID, Version: x.Version + fresh(x.Version), Org: x.Org, By: x.By, At: at(x.At), AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt)}
		if err := w.put("backup", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return w.transfers(c)
}

// Covers lists who is away in an organisation now and later, who is away first first.
func (s *Store) Covers(ctx context.Context, g access.Grant, org ids.Org, now time.Time) (all []protection.Cover, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []coverRow
		err := t.list(&rows, `SELECT `+coverColumns+` FROM cover WHERE org = ? AND until_at > ? ORDER BY from_at, id LIMIT ?`, org, at(now), pageLimit)
		for _, r := range rows {
			all = append(all, r.cover())
		}
		return err
	})
	return all, err
}

// Covered lists the open cases of those the reader stands in for, most dangerous first.
// Whoever is away comes first (CROSS JOIN says so to SQLite): a worker's cases are
// found along the worker's own index, and the house's are not walked.
func (s *Store) Covered(ctx context.Context, g access.Grant, now time.Time) (lines []protection.CaseLine, err error) {
	sc := g.Scope()
	if sc.Account.IsZero() {
		return nil, nil
	}
	open, readers := barred("c.id", sc)
	var parts []string
	var args []any
	for _, seat := range []string{"manager", "screener"} {
		parts = append(parts, `SELECT `+caseLineColumns+` FROM cover v CROSS JOIN protection_case c WHERE v.cover = ? AND v.until_at > ? AND v.from_at <= ? AND v.org = ?
			AND c.`+seat+` = v.away AND `+fmt.Sprintf(s.dialect.beside, "c.owner_org")+` AND c.open = 1`+open)
		args = append(append(args, sc.Account, at(now), at(now), sc.Org, sc.Org), readers...)
	}
	err = s.listed(ctx, g, func(t *tx) error {
		lines = nil
		var rows []caseLine
		err := t.list(&rows, `SELECT `+bare(caseLineColumns)+` FROM (`+parts[0]+` UNION `+parts[1]+`) AS merged ORDER BY weight, since, id LIMIT 100`, args...)
		for _, r := range rows {
			lines = append(lines, r.line())
		}
		return err
	})
	return lines, err
}

// BackupCall reads one.
func (s *Store) BackupCall(ctx context.Context, g access.Grant, id ids.Backup) (x protection.Backup, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		var r backupRow
		err := t.get(&r, `SELECT `+backupColumns+` FROM backup WHERE id = ?`, id)
		x = r.backup()
		return err
	})
	return x, err
}

// LastBackup is the newest call of an account.
func (s *Store) LastBackup(ctx context.Context, by ids.Account) (x protection.Backup, err error) {
	err = s.glance(ctx, func(t *tx) error {
		var rows []backupRow
		err := t.list(&rows, `SELECT `+backupColumns+` FROM backup WHERE by_account = ? ORDER BY at DESC, id DESC LIMIT 1`, by)
		x = protection.Backup{}
		for _, r := range rows {
			x = r.backup()
		}
		return err
	})
	return x, err
}

// backupsShown is how many calls a list shows: what is older is history.
const backupsShown = 20

// Backups lists calls, the newest first: of the organisation for who answers,
// one's own otherwise.
func (s *Store) Backups(ctx context.Context, g access.Grant) (all []protection.Backup, err error) {
	condition, args := g.Scope().Where(access.Columns{Owner: "b.org", By: "b.by_account"})
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []backupRow
		err := t.list(&rows, `SELECT `+backupColumns+` FROM backup b WHERE `+condition+` ORDER BY b.at DESC, b.id DESC LIMIT ?`, append(args, backupsShown)...)
		for _, r := range rows {
			all = append(all, r.backup())
		}
		return err
	})
	return all, err
}

// Leads lists the supervisors of an organisation (protection.Store).
func (s *Store) Leads(ctx context.Context, org ids.Org, now time.Time) ([]ids.Account, error) {
	return s.Staff(ctx, org, now, access.Supervisor)
}

// Caseloads counts what each worker of an organisation carries, by name of nobody:
// the caller knows who is who.
func (s *Store) Caseloads(ctx context.Context, g access.Grant, now time.Time) (all []protection.Caseload, err error) {
	sc := g.Scope()
	open, readers := barred("c.id", sc)
	late, lateReaders := barred("k.case_id", sc)
	err = s.listedWhole(ctx, g, func(t *tx) error {
		loads := map[ids.Account]*protection.Caseload{}
		of := func(id ids.Account) *protection.Caseload {
			if loads[id] == nil {
				loads[id] = &protection.Caseload{Worker: id}
			}
			return loads[id]
		}
		var rows []struct {
			Worker ids.Account `db:"worker"`
			Level  string      `db:"level"`
			N      int         `db:"n"`
		}
		err := t.list(&rows, `SELECT COALESCE(c.manager, c.screener) AS worker, c.level, COUNT(*) AS n FROM protection_case c
			WHERE c.owner_org = ? AND c.open = 1 AND COALESCE(c.manager, c.screener) IS NOT NULL`+open+` GROUP BY COALESCE(c.manager, c.screener), c.level`,
			append([]any{sc.Org}, readers...)...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			switch protection.Danger(r.Level) {
			case protection.Orange:
				of(r.Worker).Orange += r.N
			case protection.Green:
				of(r.Worker).Green += r.N
			default:
				of(r.Worker).Red += r.N
			}
		}
		rows = nil
		err = t.list(&rows, `SELECT COALESCE(k.manager, k.screener) AS worker, '' AS level, COUNT(*) AS n FROM task k
			WHERE k.owner_org = ? AND k.due <= ? AND COALESCE(k.manager, k.screener) IS NOT NULL`+late+` GROUP BY COALESCE(k.manager, k.screener)`,
			append([]any{sc.Org, at(now)}, lateReaders...)...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			of(r.Worker).Late += r.N
		}
		all = nil
		for _, one := range loads {
			all = append(all, *one)
		}
		slices.SortFunc(all, func(a, b protection.Caseload) int { return slices.Compare(a.Worker.UUID[:], b.Worker.UUID[:]) })
		return nil
	})
	return all, err
}

// mostHeld bounds what one hand-over moves: of more, the rest is handed on after it.
const mostHeld = 500

// Held lists everything of the reader's organisation that a worker holds.
func (s *Store) Held(ctx context.Context, g access.Grant, worker ids.Account, now time.Time) (h protection.Held, err error) {
	sc := g.Scope()
	if sc.Org.IsZero() || !sc.Reach.Has(access.ReachOrg) {
		return h, nil
	}
	err = s.listedWhole(ctx, g, func(t *tx) error {
		h = protection.Held{}
		if err := t.heldCases(&h, sc, worker); err != nil {
			return err
		}
		if err := t.heldSignals(&h, sc, worker); err != nil {
			return err
		}
		var duties []dutyRow
		if err := t.list(&duties, `SELECT `+dutyColumns+` FROM duty WHERE account = ? AND org = ? AND until_at > ? ORDER BY from_at, id LIMIT ?`, worker, sc.Org, at(now), pageLimit); err != nil {
			return err
		}
		for _, r := range duties {
			h.Duties = append(h.Duties, r.duty())
		}
		var covers []coverRow
		err := t.list(&covers, `SELECT `+coverColumns+` FROM cover WHERE cover = ? AND org = ? AND until_at > ? ORDER BY from_at, id LIMIT ?`, worker, sc.Org, at(now), pageLimit)
		for _, r := range covers {
			h.Covers = append(h.Covers, r.cover())
		}
		return err
	})
	return h, err
}

func (t *tx) heldCases(h *protection.Held, sc access.Scope, worker ids.Account) error {
	open, readers := barred("c.id", sc)
	var parts []string
	var args []any
	for _, seat := range []string{"manager", "screener"} {
		parts = append(parts, `SELECT `+caseLineColumns+` FROM protection_case c WHERE c.`+seat+` = ? AND c.owner_org = ? AND c.open = 1`+open)
		args = append(append(args, worker, sc.Org), readers...)
	}
	var rows []caseLine
	if err := t.list(&rows, parts[0]+` UNION `+parts[1]+` ORDER BY weight, since, id LIMIT ?`, append(args, mostHeld)...); err != nil {
		return err
	}
	for _, r := range rows {
		h.Cases = append(h.Cases, r.line())
	}
	return nil
}

// heldSignals lists what was taken and the live requests that were sent.
func (t *tx) heldSignals(h *protection.Held, sc access.Scope, worker ids.Account) error {
	open, readers := barred("s.id", sc)
	err := t.list(&h.Signals, `SELECT s.id FROM signal s WHERE s.taken_by = ? AND s.owner_org = ? AND s.open = 1`+open+` ORDER BY s.weight, s.received_at, s.id LIMIT ?`,
		append(append([]any{worker, sc.Org}, readers...), pageLimit)...)
	if err != nil {
		return err
	}
	var rows []referralLine
	open, readers = barred("q.case_id", sc)
	err = t.list(&rows, `SELECT `+referralLineColumns+` FROM referral_queue q JOIN referral r ON r.id = q.id
		WHERE q.by_account = ? AND q.from_org = ? AND q.waits = 1`+open+` ORDER BY q.weight, q.ack_by, q.id LIMIT ?`,
		append(append([]any{worker, sc.Org}, readers...), pageLimit)...)
	for _, r := range rows {
		h.Requests = append(h.Requests, r.line(sc.Org))
	}
	return err
}

// stand also rings whoever covers for somebody an alert is for: an absence
// leaves no message unheard.
func (t *tx) stand(to ids.Account, when time.Time) (covers []ids.Account, err error) {
	err = t.list(&covers, `SELECT cover FROM cover WHERE away = ? AND until_at > ? AND from_at <= ? ORDER BY cover LIMIT 9`, to, at(when), at(when))
	return covers, err
}

// olderMoved reads a record of people who move as it stands.
func (t *tx) olderMoved(table string, id ids.UUID) (row any, version int, err error) {
	switch table {
	case "cover":
		var r coverRow
		err = t.get(&r, `SELECT `+coverColumns+` FROM cover WHERE id = ?`, id)
		return r, r.Version, err
	case "backup":
		var r backupRow
		err = t.get(&r, `SELECT `+backupColumns+` FROM backup WHERE id = ?`, id)
		return r, r.Version, err
	default:
		var r transferRow
		err = t.get(&r, `SELECT `+transferColumns+` FROM transfer WHERE id = ?`, id)
		return r, r.Version, err
	}
}

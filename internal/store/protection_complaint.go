package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type complaintRow struct {
	ID       ids.Complaint `db:"id"`
	Version  int           `db:"version"`
	Owner    ids.Org       `db:"owner_org"`
	House    ids.Org       `db:"from_org"`
	Keeper   ids.Org       `db:"keeper_org"`
	State    string        `db:"state"`
	Over     bool          `db:"ended"`
	Kind     string        `db:"kind"`
	From     string        `db:"said_by"`
	Named    string        `db:"named"`
	Case     ids.Case      `db:"about_case"`
	Code     ids.Code      `db:"code"`
	Against  ids.Org       `db:"against"`
	Worker   ids.Account   `db:"worker"`
	By       ids.Account   `db:"by_account"`
	At       stamp         `db:"at"`
	Due      stamp         `db:"due"`
	LookedBy ids.Account   `db:"looked_by"`
	LookedAt stamp         `db:"looked_at"`
	End      string        `db:"end_reason"`
	EndedBy  ids.Account   `db:"ended_by"`
	EndedAt  stamp         `db:"ended_at"`
	Words    []byte        `db:"words"`
	Done     []byte        `db:"done"`
	Told     []byte        `db:"told"`
}

const (
	complaintHead = `id, version, owner_org, from_org, keeper_org, state, ended, kind, said_by, named, about_case, code, against, worker, by_account, at, due,
	looked_by, looked_at, end_reason, ended_by, ended_at`
	complaintColumns = complaintHead + `, words, done, told`
)

func (t *tx) complaintRow(x protection.Complaint) (complaintRow, error) {
	s := t.sealing(x.Keeper, x.ID.UUID, "complaint", x.ID.UUID)
	row := complaintRow{ID: x.ID, Version: x.Version + fresh(x.Version), Owner: x.Owner, House: x.House, Keeper: x.Keeper, State: string(x.State), Over: x.State.Over(),
		Kind: x.Kind, From: x.From, Named: string(x.Named), Case: x.Case, Code: x.Code, Against: x.Against, Worker: x.Worker, By: x.By, At: at(x.At), Due: at(x.Due),
		LookedBy: x.LookedBy, LookedAt: at(x.LookedAt), End: x.End, EndedBy: x.EndedBy, EndedAt: at(x.EndedAt),
		Words: s.seal("words", x.Words), Done: s.seal("done", x.Done), Told: s.seal("told", x.Told)}
	return row, s.err
}

// head is a complaint without its words.
func (r complaintRow) head() protection.Complaint {
	return protection.Complaint{ID: r.ID, Version: r.Version, Owner: r.Owner, House: r.House, Keeper: r.Keeper, State: protection.ComplaintState(r.State), Kind: r.Kind, From: r.From,
		Named: protection.Answer(r.Named), Case: r.Case, Code: r.Code, Against: r.Against, Worker: r.Worker, By: r.By, At: r.At.Time, Due: r.Due.Time,
		LookedBy: r.LookedBy, LookedAt: r.LookedAt.Time, End: r.End, EndedBy: r.EndedBy, EndedAt: r.EndedAt.Time}
}

// complaints writes complaints, and who neither reads them nor learns of them.
func (w *saving) complaints(c protection.Change) error {
	for _, x := range c.Complaints {
		if err := w.put("complaint", x.Version, x.ID.UUID, func() (any, error) { return w.t.complaintRow(x) }); err != nil {
			return err
		}
		if err := w.t.bar(x.ID.UUID, x.Bars); err != nil {
			return err
		}
	}
	return nil
}

// olderHoused reads a stay or a complaint as it stands.
func (t *tx) olderHoused(table string, id ids.UUID) (row any, version int, err error) {
	if table == "stay" {
		var r stayRow
		err = t.get(&r, `SELECT `+stayColumns+` FROM stay WHERE id = ?`, id)
		return r, r.Version, err
	}
	var r complaintRow
	err = t.get(&r, `SELECT `+complaintColumns+` FROM complaint WHERE id = ?`, id)
	return r, r.Version, err
}

// Complaint reads one.
func (s *Store) Complaint(ctx context.Context, g access.Grant, id ids.Complaint) (x protection.Complaint, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r complaintRow
		if err := t.get(&r, `SELECT `+complaintColumns+` FROM complaint WHERE id = ?`, id); err != nil {
			return err
		}
		x = r.head()
		if r.Words != nil { // hers are gone with her file
			u, err := t.unsealing(r.ID.UUID, "complaint", r.ID.UUID)
			if err != nil {
				return err
			}
			x.Words, x.Done, x.Told = u.text("words", r.Words), u.text("done", r.Done), u.text("told", r.Told)
		}
		var bars []conflictRow
		err := t.list(&bars, `SELECT record, n, account, org, why FROM conflict WHERE record = ? ORDER BY n`, id)
		for _, b := range bars {
			x.Bars = append(x.Bars, protection.Conflict{Account: b.Account, Org: b.Org, Why: b.Why})
		}
		return err
	})
	return x, err
}

// Complaints lists those the reader looks into or wrote down: what is open first, by
// when it is due, without their words. Oversight sees those of no organisation.
func (s *Store) Complaints(ctx context.Context, g access.Grant) (all []protection.Complaint, err error) {
	sc := g.Scope()
	condition, args := sc.Where(access.Columns{Owner: "f.owner_org", By: "f.by_account", Stage: "f.state"})
	// Each reason is a lane of its own: an index serves it. What was written down at
	// an older post stays there.
	order, reasons := "", []lane{{"f.by_account = ? AND f.from_org = ?", []any{sc.Account, sc.Org}}}
	switch sc.Role {
	case access.DataProtection:
		order, reasons = "f.owner_org, ", []lane{{"f.owner_org IS NULL", nil}} // as its index has them, which begins with nobody
	case access.Supervisor:
		reasons = append(reasons, lane{"f.owner_org = ?", []any{sc.Org}})
	}
	open, readers := barred("f.id", sc)
	columns := "f." + strings.ReplaceAll(strings.Join(strings.Fields(complaintHead), " "), ", ", ", f.")
	var parts []string
	var asked []any
	for _, one := range reasons {
		parts = append(parts, `SELECT `+bare(columns)+` FROM (SELECT `+columns+` FROM complaint f WHERE `+one.condition+` AND `+condition+open+
			` ORDER BY `+order+`f.ended, f.due, f.id LIMIT `+strconv.Itoa(pageLimit)+`) AS lane`)
		asked = append(append(append(asked, one.args...), args...), readers...)
	}
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []complaintRow
		err := t.list(&rows, `SELECT `+bare(columns)+` FROM (`+strings.Join(parts, " UNION ")+`) AS merged ORDER BY ended, due, id LIMIT ?`, append(slices.Clone(asked), pageLimit)...)
		for _, r := range rows {
			all = append(all, r.head())
		}
		return err
	})
	return all, err
}

// Overseers lists who looks into what an organisation may not look into itself.
func (s *Store) Overseers(ctx context.Context, now time.Time) ([]protection.Duty, error) {
	return s.holders(ctx, access.DataProtection, now)
}

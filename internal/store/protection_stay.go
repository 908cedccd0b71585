package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

type stayRow struct {
	ID       ids.Stay     `db:"id"`
	Version  int          `db:"version"`
	Case     ids.Case     `db:"case_id"`
	Code     ids.Code     `db:"code"`
	Owner    ids.Org      `db:"owner_org"`
	Referral ids.Referral `db:"referral"`
	Service  ids.Service  `db:"service"`
	Provider ids.Org      `db:"provider"`
	State    string       `db:"state"`
	Unit     string       `db:"unit"`
	Child    bool         `db:"child"`
	With     string       `db:"stays_with"`
	Why      string       `db:"why"`
	From     date.Day     `db:"from_day"`
	Until    date.Day     `db:"until_day"`
	By       ids.Account  `db:"by_account"`
	At       stamp        `db:"at"`
	End      string       `db:"end_reason"`
	EndedBy  ids.Account  `db:"ended_by"`
	EndedAt  stamp        `db:"ended_at"`
}

const stayColumns = `id, version, case_id, code, owner_org, referral, service, provider, state, unit, child, stays_with, why, from_day, until_day,
	by_account, at, end_reason, ended_by, ended_at`

func stayRowOf(x protection.Stay) stayRow {
	return stayRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Code: x.Code, Owner: x.Owner, Referral: x.Referral, Service: x.Service,
		Provider: x.Provider, State: string(x.State), Unit: string(x.Unit), Child: x.Child, With: x.With, Why: x.Why, From: x.From, Until: x.Until,
		By: x.By, At: at(x.At), End: x.End, EndedBy: x.EndedBy, EndedAt: at(x.EndedAt)}
}

func (r stayRow) stay() protection.Stay {
	return protection.Stay{ID: r.ID, Version: r.Version, Case: r.Case, Code: r.Code, Owner: r.Owner, Referral: r.Referral, Service: r.Service,
		Provider: r.Provider, State: protection.StayState(r.State), Unit: protection.Unit(r.Unit), Child: r.Child, With: r.With, Why: r.Why, From: r.From,
		Until: r.Until, By: r.By, At: r.At.Time, End: r.End, EndedBy: r.EndedBy, EndedAt: r.EndedAt.Time}
}

// unitPlaces is the column of places by unit; NULL where a service says none, so
// that rows of before have the hash they had.
type unitPlaces map[protection.Unit]int

// Value writes the JSON text.
func (u unitPlaces) Value() (driver.Value, error) {
	if len(u) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(map[protection.Unit]int(u))
	return string(text), err
}

// Scan reads the JSON text.
func (u *unitPlaces) Scan(src any) error {
	*u = nil
	var column asJSON[map[protection.Unit]int]
	err := column.Scan(src)
	if len(column.V) > 0 {
		*u = column.V
	}
	return err
}

// stays writes who comes and who goes, and counts the places in the same act: the
// row of the case and that of the shelter are held, so that two workers who give
// the last place, or two shelters that take her in, come one after the other.
func (w *saving) stays(c protection.Change) error {
	if len(c.Stays) == 0 {
		return nil
	}
	services, err := w.holdStays(c.Stays)
	if err != nil {
		return err
	}
	for _, x := range c.Stays {
		if x.Version == 0 && x.State == protection.StayingNow {
			there, err := w.t.exists(`SELECT id FROM stay WHERE case_id = ? AND state = 'OPEN'`, x.Case)
			if err != nil {
				return err
			}
			if there {
				return fault.New(fault.Invalid, "fault.stay.twice")
			}
		}
		if err := w.put("stay", x.Version, x.ID.UUID, plain(stayRowOf(x))); err != nil {
			return err
		}
	}
	for _, id := range services {
		if err := w.house(id, c.Stays); err != nil {
			return err
		}
	}
	return nil
}

// holdStays locks what the places are counted by, always in the same order.
func (w *saving) holdStays(all []protection.Stay) ([]ids.Service, error) {
	var cases []ids.Case
	var services []ids.Service
	for _, x := range all {
		cases, services = with(cases, x.Case), with(services, x.Service)
	}
	slices.SortFunc(cases, func(a, b ids.Case) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
	slices.SortFunc(services, func(a, b ids.Service) int { return slices.Compare(a.UUID[:], b.UUID[:]) })
	for _, id := range cases {
		if err := w.t.hold("protection_case", id); err != nil {
			return nil, err
		}
	}
	for _, id := range services {
		if err := w.t.hold("service", id); err != nil {
			return nil, err
		}
	}
	return services, nil
}

// house counts who lives in a shelter now, refuses one too many, and keeps what the
// directory says of its free places true.
func (w *saving) house(id ids.Service, all []protection.Stay) error {
	var r serviceRow
	if err := w.t.get(&r, `SELECT `+serviceColumns+` FROM service WHERE id = ?`, id); err != nil {
		return err
	}
	var rows []struct {
		Unit string `db:"unit"`
		N    int    `db:"n"`
	}
	if err := w.t.list(&rows, `SELECT unit, COUNT(*) AS n FROM stay WHERE service = ? AND state = 'OPEN' GROUP BY unit ORDER BY unit`, id); err != nil {
		return err
	}
	total, units, left, came := 0, map[protection.Unit]int{}, 0, 0
	for _, one := range rows {
		total, units[protection.Unit(one.Unit)] = total+one.N, one.N
	}
	for _, x := range all {
		switch {
		case x.Service != id:
		case x.State != protection.StayingNow && x.Version != 0:
			left++
		case x.State == protection.StayingNow && x.Version == 0:
			came++
			if err := r.service().Holds(x.Unit, units[x.Unit]); err != nil {
				return err
			}
		}
	}
	// Who moves inside the house frees nothing, and may in one that said too few places.
	next, err := r.service().Housed(total, max(0, left-came))
	switch {
	case err != nil && came > left:
		return err
	case err != nil || next.Free == r.Free:
		return nil
	}
	if err := w.remember("service", id.UUID); err != nil {
		return err
	}
	row := serviceRowOf(next)
	return w.t.update("service", row)
}

// Lodger reads what a place in a shelter stands on; nothing of it is opened.
func (s *Store) Lodger(ctx context.Context, g access.Grant, id ids.Case) (x protection.Lodger, err error) {
	err = s.listedWhole(ctx, g, func(t *tx) error {
		var r struct {
			Code    ids.Code    `db:"code"`
			Owner   ids.Org     `db:"owner_org"`
			State   string      `db:"state"`
			Child   bool        `db:"child"`
			Sex     string      `db:"sex"`
			Manager ids.Account `db:"manager"`
			Stay    ids.Stay    `db:"stay"`
		}
		if err := t.get(&r, `SELECT c.code, c.owner_org, c.state, c.child, c.sex, c.manager,
			(SELECT s.id FROM stay s WHERE s.case_id = c.id AND s.state = 'OPEN') AS stay FROM protection_case c WHERE c.id = ?`, id); err != nil {
			return err
		}
		x = protection.Lodger{Case: id, Code: r.Code, Owner: r.Owner, State: protection.CaseState(r.State), Child: r.Child, Sex: r.Sex, Manager: r.Manager, Stay: r.Stay}
		var bars []conflictRow
		err := t.list(&bars, `SELECT record, n, account, org, why FROM conflict WHERE record = ? ORDER BY n`, id)
		for _, b := range bars {
			x.Conflicts = append(x.Conflicts, protection.Conflict{Account: b.Account, Org: b.Org, Why: b.Why})
		}
		return err
	})
	return x, err
}

// Stay reads one line of the placement log.
func (s *Store) Stay(ctx context.Context, g access.Grant, id ids.Stay) (x protection.Stay, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r stayRow
		err := t.get(&r, `SELECT `+stayColumns+` FROM stay WHERE id = ?`, id)
		x = r.stay()
		return err
	})
	return x, err
}

// CaseStays lists the log of a case, the newest first.
func (s *Store) CaseStays(ctx context.Context, g access.Grant, id ids.Case) ([]protection.Stay, error) {
	return s.stayList(ctx, g, `SELECT `+stayColumns+` FROM stay WHERE case_id = ? ORDER BY from_day DESC, id DESC LIMIT ?`, id, pageLimit)
}

// Staying counts who lives in a shelter now: a number, and nobody.
func (s *Store) Staying(ctx context.Context, g access.Grant, id ids.Service) (n int, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		return t.get(&n, `SELECT COUNT(*) FROM stay WHERE service = ? AND state = 'OPEN'`, id)
	})
	return n, err
}

// mostLodgers is how many of one organisation a list shows [J]: no shelter here is so large.
const mostLodgers = 500

// Tonight lists who lives in the shelters of an organisation, by shelter and unit.
func (s *Store) Tonight(ctx context.Context, g access.Grant) ([]protection.Stay, error) {
	sc := g.Scope()
	condition, args := sc.Where(access.Columns{To: "f.provider", Stage: "f.state"})
	open, readers := barred("f.case_id", sc)
	columns := "f." + strings.ReplaceAll(strings.Join(strings.Fields(stayColumns), " "), ", ", ", f.")
	return s.stayList(ctx, g, `SELECT `+columns+` FROM stay f WHERE f.state = 'OPEN' AND `+condition+open+`
		ORDER BY f.service, f.unit, f.from_day, f.id LIMIT ?`, append(append(args, readers...), mostLodgers)...)
}

func (s *Store) stayList(ctx context.Context, g access.Grant, query string, args ...any) (all []protection.Stay, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []stayRow
		err := t.list(&rows, query, args...)
		for _, r := range rows {
			all = append(all, r.stay())
		}
		return err
	})
	return all, err
}

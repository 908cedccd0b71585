package store

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// bars are the conditions that a reader, or the reader's organisation, is barred from a record.
func bars(record string) (account, org string) {
	return "EXISTS (SELECT 1 FROM conflict x WHERE x.record = " + record + " AND x.account = ?)",
		"EXISTS (SELECT 1 FROM conflict x WHERE x.record = " + record + " AND x.org = ?)"
}

// homeward drops the place of a post that covers the whole country.
func (s *Store) homeward(sc access.Scope) access.Scope {
	if sc.Place == string(s.options.Places.Home()) {
		sc.Place = ""
	}
	return sc
}

type signalLine struct {
	ID         ids.Signal  `db:"id"`
	State      string      `db:"state"`
	Now        string      `db:"danger_now"`
	Level      string      `db:"level"`
	Channel    string      `db:"channel"`
	Place      string      `db:"place"`
	People     int         `db:"people"`
	Children   string      `db:"children"`
	RaisedAt   stamp       `db:"raised_at"`
	ReceivedAt stamp       `db:"received_at"`
	TakenBy    ids.Account `db:"taken_by"`
	HealthFrom stamp       `db:"health_from"`
	Weight     int         `db:"weight"`
}

const signalLineColumns = `s.id, s.state, s.danger_now, s.level, s.channel, s.place, s.people, s.children, s.raised_at,
	s.received_at, s.taken_by, s.health_from, s.weight`

func (r signalLine) line() protection.SignalLine {
	return protection.SignalLine{ID: r.ID, State: protection.SignalState(r.State), Now: protection.Answer(r.Now),
		Level: protection.Danger(r.Level), Channel: r.Channel, Where: place.Given{Code: place.Code(r.Place)}, People: r.People,
		Children: protection.Answer(r.Children), RaisedAt: r.RaisedAt.Time, ReceivedAt: r.ReceivedAt.Time, TakenBy: r.TakenBy,
		HealthFrom: r.HealthFrom.Time}
}

func signalLanes(f protection.SignalFilter) lanes {
	l := lanes{columns: signalLineColumns, table: "signal s", alias: "s.", order: []string{"weight", "received_at", "id"},
		owner: "owner_org", by: "raised_by", placed: true, child: "s.children = 'yes'", record: "s.id", teams: []string{"taken_by"}, mine: f.Mine,
		filter: []string{"s.state <> 'ERASED'"}}
	if f.Open {
		l.filter = append(l.filter, "s.open = 1")
	}
	return l
}

// Signals lists a queue of signals.
func (s *Store) Signals(ctx context.Context, g access.Grant, f protection.SignalFilter, p protection.Page) (cut protection.Cut[protection.SignalLine], err error) {
	sc := s.homeward(g.Scope())
	rows, err := page[signalLine](ctx, s, g, signalLanes(f), sc, p)
	if err != nil {
		return cut, err
	}
	n := min(len(rows), limitOf(p.Limit))
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, r.line())
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Weight, last.ReceivedAt.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, nil
}

// page reads one page of rows, one more than the limit when there is a next.
func page[T any](ctx context.Context, s *Store, g access.Grant, l lanes, sc access.Scope, p protection.Page) (rows []T, err error) {
	after, err := readMark(p.After, l.order)
	if err != nil {
		return nil, err
	}
	query, args := s.query(l, sc, after, limitOf(p.Limit))
	if query == "" {
		return nil, nil
	}
	err = s.listed(ctx, g, func(t *tx) error {
		rows = nil
		return t.list(&rows, query, args...)
	})
	return rows, err
}

type caseLine struct {
	ID           ids.Case    `db:"id"`
	Code         ids.Code    `db:"code"`
	State        string      `db:"state"`
	Status       string      `db:"status"`
	Level        string      `db:"level"`
	Sex          string      `db:"sex"`
	Age          date.Age    `db:"age"`
	Child        bool        `db:"child"`
	Place        string      `db:"place"`
	Since        stamp       `db:"since"`
	Opened       stamp       `db:"opened"`
	OpenedBy     ids.Account `db:"opened_by"`
	Owner        ids.Org     `db:"owner_org"`
	Screener     ids.Account `db:"screener"`
	Manager      ids.Account `db:"manager"`
	Ratification string      `db:"ratification"`
	RatifyBy     stamp       `db:"ratify_by"`
	HealthFrom   stamp       `db:"health_from"`
	Weight       int         `db:"weight"`
}

const caseLineColumns = `c.id, c.code, c.state, c.status, c.level, c.sex, c.age, c.child, c.place, c.since, c.opened, c.opened_by, c.owner_org, c.screener,
	c.manager, c.ratification, c.ratify_by, c.health_from, c.weight`

func (r caseLine) line() protection.CaseLine {
	return protection.CaseLine{ID: r.ID, Code: r.Code, State: protection.CaseState(r.State), Status: protection.Status(r.Status),
		Level: protection.Danger(r.Level), Sex: r.Sex, Age: r.Age, Child: r.Child, Where: place.Given{Code: place.Code(r.Place)},
		Since: r.Since.Time, Opened: r.Opened.Time, OpenedBy: r.OpenedBy, Owner: r.Owner, Screener: r.Screener, Manager: r.Manager,
		Ratification: protection.Ratification(r.Ratification), RatifyBy: r.RatifyBy.Time, HealthFrom: r.HealthFrom.Time}
}

func caseLanes(f protection.CaseFilter) lanes {
	l := lanes{columns: caseLineColumns, table: "protection_case c", alias: "c.", order: []string{"weight", "since", "id"},
		owner: "owner_org", by: "opened_by", placed: true, child: "c.child", record: "c.id", teams: []string{"screener", "manager"}, mine: f.Mine}
	if f.State == "" || !f.State.Over() {
		l.filter = append(l.filter, "c.open = 1")
	}
	if f.State != "" {
		l.filter = append(l.filter, state("c.state", f.State, protection.CaseStates[:]))
	}
	if f.Served {
		l.filter = append(l.filter, "c.state IN ("+strings.Join(served(), ", ")+")")
	}
	if f.Ratification != "" {
		l.filter = append(l.filter, "c.ratification = "+literal(f.Ratification))
	}
	if f.Unassigned {
		l.filter = append(l.filter, "c.seat = 1")
	}
	return l
}

// served lists the states in which services are open.
func served() (all []string) {
	for _, one := range protection.CaseStates {
		if one.Served() {
			all = append(all, literal(one))
		}
	}
	return all
}

// Cases lists cases.
func (s *Store) Cases(ctx context.Context, g access.Grant, f protection.CaseFilter, p protection.Page) (cut protection.Cut[protection.CaseLine], err error) {
	sc := s.homeward(g.Scope())
	rows, err := page[caseLine](ctx, s, g, caseLanes(f), sc, p)
	if err != nil {
		return cut, err
	}
	n := min(len(rows), limitOf(p.Limit))
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, r.line())
	}
	if len(rows) > n {
		last := rows[n-1]
		cut.Next = markOf(last.Weight, last.Since.UTC().Format(stampLayout), last.ID.String())
	}
	return cut, s.newest(ctx, g, cut.Lines)
}

// newest fills in where the newest referral of each case stands.
func (s *Store) newest(ctx context.Context, g access.Grant, lines []protection.CaseLine) error {
	if len(lines) == 0 {
		return nil
	}
	var cases []string
	for _, l := range lines {
		cases = append(cases, l.ID.String())
	}
	type state struct {
		Case  ids.Case `db:"case_id"`
		State string   `db:"state"`
	}
	found := map[ids.Case]string{}
	err := s.listed(ctx, g, func(t *tx) error {
		var rows []state
		err := t.listIn(&rows, `SELECT case_id, state FROM referral WHERE case_id IN (?) ORDER BY case_id, sent_at, id`, cases)
		for _, r := range rows {
			found[r.Case] = r.State
		}
		return err
	})
	for i := range lines {
		lines[i].Referral = protection.ReferralState(found[lines[i].ID])
	}
	return err
}

// GroupCases lists the cases of people met together, for a reader who holds a grant on the group.
func (s *Store) GroupCases(ctx context.Context, g access.Grant, id ids.Group) (lines []protection.CaseLine, err error) {
	account, org := bars("c.id")
	err = s.listed(ctx, g, func(t *tx) error {
		lines = nil
		var rows []caseLine
		err := t.list(&rows, `SELECT `+caseLineColumns+` FROM protection_case c WHERE c.people_group = ? AND c.state <> 'ERASED' AND NOT `+account+` AND NOT `+org+
			` ORDER BY c.id LIMIT ?`, id, g.Who().Account, g.Who().Post.Org, pageLimit)
		for _, r := range rows {
			lines = append(lines, r.line())
		}
		return err
	})
	return lines, err
}

// Find lists cases of the reader's organisation by blind index: every word
// must be there, as it is written or as it sounds; or the digits of a phone.
func (s *Store) Find(ctx context.Context, g access.Grant, words string, p protection.Page) (cut protection.Cut[protection.CaseLine], err error) {
	sc := s.homeward(g.Scope())
	err = s.granted(ctx, g, func(t *tx) error {
		cut = protection.Cut[protection.CaseLine]{}
		for _, kind := range []vault.IndexKind{vault.Digits, vault.Words, vault.Phonetic} {
			tokens, err := t.s.options.Vault.Tokens(t.ctx, t, sc.Org, kind, words)
			if err != nil {
				return err
			}
			if len(tokens) == 0 {
				continue
			}
			rows, err := t.found(sc, kind, tokens, limitOf(p.Limit))
			if err != nil {
				return err
			}
			for _, r := range rows {
				cut.Lines = append(cut.Lines, r.line())
			}
			if len(rows) > 0 {
				return nil
			}
		}
		return nil
	})
	return cut, err
}

// found reads the cases whose person has every token, the newest person first:
// the index of tokens is in that order, so that a frequent name costs no more
// than the page. CROSS JOIN tells SQLite to begin with the tokens.
func (t *tx) found(sc access.Scope, kind vault.IndexKind, tokens [][]byte, limit int) ([]caseLine, error) {
	condition, scopeArgs := sc.Where(caseLanes(protection.CaseFilter{}).columnsAtOnce())
	query := `SELECT ` + caseLineColumns + ` FROM index_token k CROSS JOIN protection_case c
		WHERE c.person = k.subject AND k.org = ? AND k.kind = ? AND k.token = ? AND k.subject_kind = 'person'`
	args := []any{sc.Org, string(kind), tokens[0]}
	for _, token := range tokens[1:] {
		query += ` AND EXISTS (SELECT 1 FROM index_token o WHERE o.org = ? AND o.kind = ? AND o.token = ? AND o.subject_kind = 'person' AND o.subject = k.subject)`
		args = append(args, sc.Org, string(kind), token)
	}
	query += ` AND ` + condition + ` ORDER BY k.subject DESC LIMIT ?`
	var rows []caseLine
	err := t.list(&rows, query, append(append(args, scopeArgs...), limit)...)
	return rows, err
}

// ByCode finds a case by what people read aloud.
func (s *Store) ByCode(ctx context.Context, g access.Grant, code ids.Code) (line protection.CaseLine, err error) {
	sc := s.homeward(g.Scope())
	condition, args := sc.Where(caseLanes(protection.CaseFilter{}).columnsAtOnce())
	err = s.granted(ctx, g, func(t *tx) error {
		var r caseLine
		err := t.get(&r, `SELECT `+caseLineColumns+` FROM protection_case c WHERE c.owner_org = ? AND c.code = ? AND c.state <> 'ERASED' AND `+condition,
			append([]any{sc.Org, code}, args...)...)
		line = r.line()
		return err
	})
	return line, err
}

// Timeline reads what happened in a case, the newest first.
func (s *Store) Timeline(ctx context.Context, g access.Grant, id ids.Case, p protection.Page) (cut protection.Cut[protection.Event], err error) {
	after, err := readMark(p.After, []string{"at", "id"})
	if err != nil {
		return cut, err
	}
	query, args := `SELECT id, case_id, at, by_account, org, verb, code FROM event WHERE case_id = ?`, []any{id}
	if after != nil {
		query, args = query+` AND (at, id) < (?, ?)`, append(args, after...)
	}
	limit := limitOf(p.Limit)
	var rows []eventRow
	err = s.listed(ctx, g, func(t *tx) error {
		rows = nil
		return t.list(&rows, query+` ORDER BY at DESC, id DESC LIMIT ?`, append(args, limit+1)...)
	})
	n := min(len(rows), limit)
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, r.event())
	}
	if len(rows) > n {
		cut.Next = markOf(rows[n-1].At.UTC().Format(stampLayout), rows[n-1].ID.String())
	}
	return cut, err
}

// Similar lists signals of the same organisation and commune around the same days.
func (s *Store) Similar(ctx context.Context, g access.Grant, x protection.Signal, days int) (lines []protection.SignalLine, err error) {
	sc := s.homeward(g.Scope())
	condition, scopeArgs := sc.Where(signalLanes(protection.SignalFilter{}).columnsAtOnce())
	span := time.Duration(days) * 24 * time.Hour
	err = s.listed(ctx, g, func(t *tx) error {
		lines = nil
		w := t.whereOf(x.Where, nil)
		args := append([]any{x.Owner, w.Commune, at(x.ReceivedAt.Add(-span)), at(x.ReceivedAt.Add(span)), x.ID}, scopeArgs...)
		var rows []signalLine
		err := t.list(&rows, `SELECT `+signalLineColumns+` FROM signal s WHERE s.owner_org = ? AND s.commune = ? AND s.received_at >= ?
			AND s.received_at <= ? AND s.id <> ? AND s.state <> 'ERASED' AND `+condition+` ORDER BY s.received_at DESC, s.id DESC LIMIT 10`, args...)
		for _, r := range rows {
			lines = append(lines, r.line())
		}
		return err
	})
	return lines, err
}

// Receipts lists what the reader raised, the newest first: that it was received.
func (s *Store) Receipts(ctx context.Context, g access.Grant, p protection.Page) (cut protection.Cut[protection.Receipt], err error) {
	after, err := readMark(p.After, []string{"received_at", "id"})
	if err != nil || g.Who().Account.IsZero() {
		return cut, err
	}
	query, args := `SELECT id, receipt, raised_at, raised_hour, received_at FROM signal WHERE raised_by = ?`, []any{g.Who().Account}
	if after != nil {
		query, args = query+` AND (received_at, id) < (?, ?)`, append(args, after...)
	}
	limit := limitOf(p.Limit)
	var rows []struct {
		ID         ids.Signal `db:"id"`
		Receipt    ids.Code   `db:"receipt"`
		RaisedAt   stamp      `db:"raised_at"`
		Hour       maybe      `db:"raised_hour"`
		ReceivedAt stamp      `db:"received_at"`
	}
	err = s.listed(ctx, g, func(t *tx) error {
		rows = nil
		return t.list(&rows, query+` ORDER BY received_at DESC, id DESC LIMIT ?`, append(args, limit+1)...)
	})
	n := min(len(rows), limit)
	for _, r := range rows[:n] {
		cut.Lines = append(cut.Lines, protection.Receipt{Signal: r.ID, Receipt: r.Receipt, RaisedAt: r.RaisedAt.Time, Hour: protection.Answer(r.Hour), ReceivedAt: r.ReceivedAt.Time})
	}
	if len(rows) > n {
		cut.Next = markOf(rows[n-1].ReceivedAt.UTC().Format(stampLayout), rows[n-1].ID.String())
	}
	return cut, err
}

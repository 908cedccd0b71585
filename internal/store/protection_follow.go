package store

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

type visitRow struct {
	ID     ids.Visit   `db:"id"`
	Case   ids.Case    `db:"case_id"`
	Owner  ids.Org     `db:"owner_org"`
	By     ids.Account `db:"by_account"`
	At     stamp       `db:"at"`
	Moment string      `db:"moment"`
	Day    date.Day    `db:"day"`
	Mode   string      `db:"mode"`
	Result string      `db:"result"`
	Next   date.Day    `db:"next_day"`
	Body   []byte      `db:"body"`
	Words  []byte      `db:"words"`
}

const visitColumns = `id, case_id, owner_org, by_account, at, moment, day, mode, result, next_day, body, words`

// visitBody is what she says that is no text, sealed as one.
type visitBody struct {
	Present      []string          `json:"present,omitempty"`
	HomeSafe     protection.Answer `json:"home_safe,omitempty"`
	Scores       map[string]int    `json:"scores,omitempty"`
	Business     protection.Answer `json:"business,omitempty"`
	Income       string            `json:"income,omitempty"`
	School       protection.Answer `json:"school,omitempty"`
	Threat       protection.Answer `json:"threat,omitempty"`
	Satisfaction int               `json:"satisfaction,omitempty"`
}

func (t *tx) visitRow(x protection.Visit) (visitRow, error) {
	row := visitRow{ID: x.ID, Case: x.Case, Owner: x.Owner, By: x.By, At: at(x.At), Moment: x.Moment, Day: x.Day, Mode: x.Mode, Result: x.Result, Next: x.Next}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "visit", x.ID.UUID)
	row.Body = s.sealJSON("body", visitBody{x.Present, x.HomeSafe, x.Scores, x.Business, x.Income, x.School, x.Threat, x.Satisfaction})
	row.Words = s.seal("words", x.Words)
	return row, s.err
}

// Visits reads the contacts and attempts of a case, the newest first.
func (s *Store) Visits(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Visit, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		all = nil
		var rows []visitRow
		if err := t.list(&rows, `SELECT `+visitColumns+` FROM visit WHERE case_id = ? ORDER BY day DESC, at DESC, id DESC LIMIT ?`, id, pageLimit); err != nil || len(rows) == 0 {
			return err
		}
		person, err := t.personOf(id)
		if err != nil {
			return err
		}
		u, err := t.unsealing(person.UUID, "visit", rows[0].ID.UUID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			u := u.at("visit", r.ID.UUID)
			var b visitBody
			if err := u.openJSON(g, "body", r.Body, &b); err != nil {
				return err
			}
			all = append(all, protection.Visit{ID: r.ID, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Moment: r.Moment, Day: r.Day, Mode: r.Mode, Result: r.Result,
				Present: b.Present, HomeSafe: b.HomeSafe, Scores: b.Scores, Business: b.Business, Income: b.Income, School: b.School, Threat: b.Threat,
				Satisfaction: b.Satisfaction, Words: u.text("words", r.Words), Next: r.Next})
		}
		return nil
	})
	return all, err
}

type closureRow struct {
	Case       ids.Case    `db:"id"`
	Version    int         `db:"version"`
	Owner      ids.Org     `db:"owner_org"`
	State      string      `db:"state"`
	By         ids.Account `db:"by_account"`
	At         stamp       `db:"at"`
	Reason     string      `db:"reason"`
	Checks     codes       `db:"checks"`
	Why        []byte      `db:"why"`
	AnsweredBy ids.Account `db:"answered_by"`
	AnsweredAt stamp       `db:"answered_at"`
	Remarks    []byte      `db:"remarks"`
}

const closureColumns = `id, version, owner_org, state, by_account, at, reason, checks, why, answered_by, answered_at, remarks`

func (t *tx) closureRow(x protection.Closure) (closureRow, error) {
	row := closureRow{Case: x.Case, Version: x.Version + fresh(x.Version), Owner: x.Owner, State: string(x.State), By: x.By, At: at(x.At), Reason: x.Reason,
		Checks: inJSON(x.Checks), AnsweredBy: x.AnsweredBy, AnsweredAt: at(x.AnsweredAt)}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "closure", x.Case.UUID)
	row.Why, row.Remarks = s.seal("why", x.Why), s.seal("remarks", x.Remarks)
	return row, s.err
}

// Closure reads why a case is to be closed.
func (s *Store) Closure(ctx context.Context, g access.Grant, id ids.Case) (x protection.Closure, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r closureRow
		if err := t.get(&r, `SELECT `+closureColumns+` FROM closure WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.openedOf(id, "closure")
		x = protection.Closure{Case: r.Case, Version: r.Version, Owner: r.Owner, State: protection.ClosureState(r.State), By: r.By, At: r.At.Time, Reason: r.Reason,
			Checks: r.Checks.V, AnsweredBy: r.AnsweredBy, AnsweredAt: r.AnsweredAt.Time}
		if err == nil {
			x.Why, x.Remarks = u.text("why", r.Why), u.text("remarks", r.Remarks)
		}
		return err
	})
	return x, err
}

// openedOf unseals the one row of a table that is named by its case.
func (t *tx) openedOf(id ids.Case, table string) (*unsealer, error) {
	person, err := t.personOf(id)
	if err != nil {
		return nil, err
	}
	return t.unsealing(person.UUID, table, id.UUID)
}

type homecomingRow struct {
	Case      ids.Case                  `db:"id"`
	Version   int                       `db:"version"`
	Owner     ids.Org                   `db:"owner_org"`
	By        ids.Account               `db:"by_account"`
	At        stamp                     `db:"at"`
	Receiving ids.Org                   `db:"receiving"`
	Body      []byte                    `db:"body"`
	Texts     asJSON[map[string][]byte] `db:"texts"`
}

const homecomingColumns = `id, version, owner_org, by_account, at, receiving, body, texts`

// homecomingBody is what of a return is no text, sealed as one.
type homecomingBody struct {
	Freely   protection.Answer            `json:"freely,omitempty"`
	Informed protection.Answer            `json:"informed,omitempty"`
	Decided  date.Day                     `json:"decided,omitzero"`
	Abroad   protection.Answer            `json:"abroad,omitempty"`
	Checks   map[string]protection.Answer `json:"checks,omitempty"`
	Leaves   date.Day                     `json:"leaves,omitzero"`
	Arrived  date.Day                     `json:"arrived,omitzero"`
	Parties  []homecomingParty            `json:"parties,omitempty"`
	Stopped  time.Time                    `json:"stopped,omitzero"`
	BackedBy ids.Account                  `json:"backed_by,omitzero"`
	BackedAt time.Time                    `json:"backed_at,omitzero"`
	Into     string                       `json:"into,omitempty"`
	Traced   string                       `json:"traced,omitempty"`
	TracedOn date.Day                     `json:"traced_on,omitzero"`
	Safe     protection.Answer            `json:"safe,omitempty"`
}

type homecomingParty struct {
	ID    ids.Party   `json:"id"`
	Kind  string      `json:"kind"`
	Where string      `json:"where,omitempty"`
	Told  []string    `json:"told,omitempty"`
	By    ids.Account `json:"by"`
	At    time.Time   `json:"at"`

	Ended    time.Time `json:"ended,omitzero"`
	Released time.Time `json:"released,omitzero"`
}

func partyName(id ids.Party) string  { return "party " + id.String() }
func partyPhone(id ids.Party) string { return "phone " + id.String() }

func (t *tx) homecomingRow(x protection.Homecoming) (homecomingRow, error) {
	row := homecomingRow{Case: x.Case, Version: x.Version + fresh(x.Version), Owner: x.Owner, By: x.By, At: at(x.At), Receiving: x.Receiving}
	person, err := t.personOf(x.Case)
	if err != nil {
		return row, err
	}
	s := t.sealing(x.Owner, person.UUID, "homecoming", x.Case.UUID)
	row.Texts.V = map[string][]byte{}
	put := func(name string, text vault.Text) {
		if !text.IsZero() {
			row.Texts.V[name] = s.seal(name, text)
		}
	}
	put("risks", x.Risks)
	put("host", x.Host)
	put("contact", x.Contact)
	put("early", x.Early)
	put("changed", x.Changed)
	put("traced_by", x.TracedBy)
	b := homecomingBody{Freely: x.Freely, Informed: x.Informed, Decided: x.Decided, Abroad: x.Abroad, Checks: x.Checks, Leaves: x.Leaves, Arrived: x.Arrived,
		Stopped: x.Stopped.UTC(), BackedBy: x.BackedBy, BackedAt: x.BackedAt.UTC(), Into: x.Into, Traced: x.Traced, TracedOn: x.TracedOn, Safe: x.Safe}
	for _, p := range x.Parties {
		b.Parties = append(b.Parties, homecomingParty{p.ID, p.Kind, p.Where, p.Told, p.By, p.At.UTC(), p.Ended.UTC(), p.Released.UTC()})
		put(partyName(p.ID), p.Name)
		put(partyPhone(p.ID), p.Phone)
	}
	row.Body = s.sealJSON("body", b)
	return row, s.err
}

// Homecoming reads the return of a case.
func (s *Store) Homecoming(ctx context.Context, g access.Grant, id ids.Case) (x protection.Homecoming, err error) {
	err = s.granted(ctx, g, func(t *tx) error {
		var r homecomingRow
		if err := t.get(&r, `SELECT `+homecomingColumns+` FROM homecoming WHERE id = ?`, id); err != nil {
			return err
		}
		u, err := t.openedOf(id, "homecoming")
		if err != nil {
			return err
		}
		var b homecomingBody
		if err := u.openJSON(g, "body", r.Body, &b); err != nil {
			return err
		}
		text := func(name string) vault.Text { return u.text(name, r.Texts.V[name]) }
		x = protection.Homecoming{Case: r.Case, Version: r.Version, Owner: r.Owner, By: r.By, At: r.At.Time, Receiving: r.Receiving, Freely: b.Freely, Informed: b.Informed,
			Decided: b.Decided, Abroad: b.Abroad, Checks: b.Checks, Leaves: b.Leaves, Arrived: b.Arrived, Risks: text("risks"), Host: text("host"), Contact: text("contact"),
			Early: text("early"), Changed: text("changed"), TracedBy: text("traced_by"), Stopped: b.Stopped, BackedBy: b.BackedBy, BackedAt: b.BackedAt,
			Into: b.Into, Traced: b.Traced, TracedOn: b.TracedOn, Safe: b.Safe}
		for _, p := range b.Parties {
			x.Parties = append(x.Parties, protection.Party{ID: p.ID, Kind: p.Kind, Where: p.Where, Told: p.Told, By: p.By, At: p.At, Name: text(partyName(p.ID)), Phone: text(partyPhone(p.ID)),
				Ended: p.Ended, Released: p.Released})
		}
		return nil
	})
	return x, err
}

type businessRow struct {
	ID       ids.Business `db:"id"`
	Version  int          `db:"version"`
	Case     ids.Case     `db:"case_id"`
	Owner    ids.Org      `db:"owner_org"`
	By       ids.Account  `db:"by_account"`
	At       stamp        `db:"at"`
	Kind     string       `db:"kind"`
	From     date.Day     `db:"from_day"`
	Units    int64        `db:"cost_units"`
	Currency string       `db:"currency"`
	Funders  codes        `db:"funders"`
	Until    date.Day     `db:"until_day"`
	End      string       `db:"end_reason"`
}

const businessColumns = `id, version, case_id, owner_org, by_account, at, kind, from_day, cost_units, currency, funders, until_day, end_reason`

// Businesses lists what she was helped to start, the newest first.
func (s *Store) Businesses(ctx context.Context, g access.Grant, id ids.Case) (all []protection.Business, err error) {
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		var rows []businessRow
		err := t.list(&rows, `SELECT `+businessColumns+` FROM business WHERE case_id = ? ORDER BY from_day DESC, id DESC LIMIT ?`, id, pageLimit)
		for _, r := range rows {
			all = append(all, protection.Business{ID: r.ID, Version: r.Version, Case: r.Case, Owner: r.Owner, By: r.By, At: r.At.Time, Kind: r.Kind, From: r.From,
				Cost: protection.Money{Units: r.Units, Currency: r.Currency}, Funders: r.Funders.V, Until: r.Until, End: r.End})
		}
		return err
	})
	return all, err
}

// followed writes how she is, what she started, a return, and the end of a case.
func (w *saving) followed(c protection.Change) error {
	for _, x := range c.Visits {
		if err := w.put("visit", 0, x.ID.UUID, func() (any, error) { return w.t.visitRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Closures {
		if err := w.put("closure", x.Version, x.Case.UUID, func() (any, error) { return w.t.closureRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Homecomings {
		if err := w.put("homecoming", x.Version, x.Case.UUID, func() (any, error) { return w.t.homecomingRow(x) }); err != nil {
			return err
		}
	}
	for _, x := range c.Businesses {
		row := businessRow{ID: x.ID, Version: x.Version + fresh(x.Version), Case: x.Case, Owner: x.Owner, By: x.By, At: at(x.At), Kind: x.Kind, From: x.From,
			Units: x.Cost.Units, Currency: x.Cost.Currency, Funders: inJSON(x.Funders), Until: x.Until, End: x.End}
		if err := w.put("business", x.Version, x.ID.UUID, plain(row)); err != nil {
			return err
		}
	}
	return nil
}

// olderFollowed reads a record of these tables as it stands.
func (t *tx) olderFollowed(table string, id ids.UUID) (row any, version int, err error) {
	switch table {
	case "closure":
		var r closureRow
		err = t.get(&r, `SELECT `+closureColumns+` FROM closure WHERE id = ?`, id)
		return r, r.Version, err
	case "homecoming":
		var r homecomingRow
		err = t.get(&r, `SELECT `+homecomingColumns+` FROM homecoming WHERE id = ?`, id)
		return r, r.Version, err
	case "review":
		return t.olderReview(id)
	}
	var r businessRow
	err = t.get(&r, `SELECT `+businessColumns+` FROM business WHERE id = ?`, id)
	return r, r.Version, err
}

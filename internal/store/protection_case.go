package store

import (
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/protection"
)

type caseRow struct {
	ID           ids.Case    `db:"id"`
	Version      int         `db:"version"`
	Code         ids.Code    `db:"code"`
	Owner        ids.Org     `db:"owner_org"`
	Person       ids.Person  `db:"person"`
	Signal       ids.Signal  `db:"signal"`
	Group        ids.Group   `db:"people_group"`
	State        string      `db:"state"`
	Since        stamp       `db:"since"`
	Opened       stamp       `db:"opened"`
	OpenedBy     ids.Account `db:"opened_by"`
	Reason       string      `db:"reason"`
	Status       string      `db:"status"`
	Level        string      `db:"level"`
	Weight       int         `db:"weight"`
	Reasons      codes       `db:"reasons"`
	HealthFrom   stamp       `db:"health_from"`
	Screener     ids.Account `db:"screener"`
	Manager      ids.Account `db:"manager"`
	Ratification string      `db:"ratification"`
	Verdict      string      `db:"verdict"`
	PresumedBy   ids.Account `db:"presumed_by"`
	PresumedAt   stamp       `db:"presumed_at"`
	RatifyBy     stamp       `db:"ratify_by"`
	RatifiedBy   ids.Account `db:"ratified_by"`
	RatifiedAt   stamp       `db:"ratified_at"`
	Returning    []byte      `db:"return_words"`
	Sex          string      `db:"sex"`
	Age          date.Age    `db:"age"`
	Child        bool        `db:"child"`
	Language     string      `db:"language"`
	where
	Internal string   `db:"internal"`
	Adult    maybe    `db:"adult"`
	Prior    ids.Case `db:"prior"`
	Open     int      `db:"open"` // 1 while the case is open: the lists of work
	Seat     int      `db:"seat"` // 1 while a seat is empty
	Joined   ids.Case `db:"joined"`
	haltRow
}

const caseColumns = `id, version, code, owner_org, person, signal, people_group, state, since, opened, opened_by, reason, status,
	level, weight, reasons, health_from, screener, manager, ratification, verdict, presumed_by, presumed_at, ratify_by, ratified_by,
	ratified_at, return_words, sex, age, child, language, place, place_written, province, commune, zone, internal, adult, prior, open, seat, joined, halted_from, halted_why, held`

func (t *tx) caseRow(x protection.Case) (caseRow, error) {
	s := t.sealing(x.Owner, x.Person.UUID, "protection_case", x.ID.UUID)
	row := caseRow{ID: x.ID, Version: x.Version, Code: x.Code, Owner: x.Owner, Person: x.Person, Signal: x.Signal,
		Group: x.Group, State: string(x.State), Since: at(x.Since), Opened: at(x.Opened), OpenedBy: x.OpenedBy, Reason: x.Reason,
		Status: string(x.Status), Level: string(x.Level), Weight: x.Level.Rank(), Reasons: inJSON(x.Reasons),
		HealthFrom: at(x.HealthFrom), Screener: x.Screener, Manager: x.Manager, Ratification: string(x.Ratification),
		Verdict: string(x.Verdict), PresumedBy: x.PresumedBy, PresumedAt: at(x.PresumedAt), RatifyBy: at(x.RatifyBy), RatifiedBy: x.RatifiedBy,
		RatifiedAt: at(x.RatifiedAt), Returning: s.seal("return_words", x.Returning), Sex: x.Sex, Age: x.Age, Child: x.Child,
		Language: x.Language, where: t.whereOf(x.Where, s.word("place_written", x.Where.Written)), Internal: string(x.Internal), Adult: maybe(x.Adult), Prior: x.Prior, Joined: x.Joined, haltRow: haltRowOf(x.Halt)}
	if !x.State.Over() {
		row.Open = 1
		if x.Vacant() {
			row.Seat = 1
		}
	}
	return row, s.err
}

func (t *tx) protectionCase(g access.Grant, r caseRow) (protection.Case, error) {
	u, err := t.unsealing(r.Person.UUID, "protection_case", r.ID.UUID)
	if err != nil {
		return protection.Case{}, err
	}
	written, err := u.word(g, "place_written", r.Written)
	if err != nil {
		return protection.Case{}, err
	}
	bars, err := t.conflicts(r.ID.UUID)
	return protection.Case{ID: r.ID, Version: r.Version, Code: r.Code, Owner: r.Owner, Person: r.Person, Signal: r.Signal,
		Group: r.Group, State: protection.CaseState(r.State), Since: r.Since.Time, Opened: r.Opened.Time, OpenedBy: r.OpenedBy,
		Reason: r.Reason, Status: protection.Status(r.Status), Level: protection.Danger(r.Level), Reasons: r.Reasons.V,
		HealthFrom: r.HealthFrom.Time, Screener: r.Screener, Manager: r.Manager, Ratification: protection.Ratification(r.Ratification),
		Verdict: protection.Verdict(r.Verdict), PresumedBy: r.PresumedBy, PresumedAt: r.PresumedAt.Time, RatifyBy: r.RatifyBy.Time, RatifiedBy: r.RatifiedBy,
		RatifiedAt: r.RatifiedAt.Time, Returning: u.text("return_words", r.Returning), Sex: r.Sex, Age: r.Age, Child: r.Child,
		Language: r.Language, Where: place.Given{Code: place.Code(r.Place), Written: written},
		Internal: protection.Answer(r.Internal), Adult: protection.Answer(r.Adult), Prior: r.Prior, Joined: r.Joined, Halt: r.halt(r.ID), Conflicts: bars}, err
}

type personRow struct {
	ID       ids.Person `db:"id"`
	Version  int        `db:"version"`
	Owner    ids.Org    `db:"owner_org"`
	Name     []byte     `db:"name"`
	Called   []byte     `db:"called"`
	Other    []byte     `db:"other"`
	Born     []byte     `db:"born"`
	Document []byte     `db:"document"`
	Home     []byte     `db:"home"`
	contactRow
}

const personColumns = `id, version, owner_org, name, called, other, born, document, home, phone, hours, phrase, avoid, may`

func (t *tx) personRow(x protection.Person) (personRow, error) {
	s := t.sealing(x.Owner, x.ID.UUID, "person", x.ID.UUID)
	row := personRow{ID: x.ID, Version: x.Version, Owner: x.Owner, Name: s.seal("name", x.Name), Called: s.seal("called", x.Called),
		Other: s.seal("other", x.Other), Born: s.seal("born", x.Born), Document: s.seal("document", x.Document),
		Home: s.seal("home", x.From), contactRow: s.contact(x.Contact)}
	return row, s.err
}

func (t *tx) person(r personRow) (protection.Person, error) {
	u, err := t.unsealing(r.ID.UUID, "person", r.ID.UUID)
	if err != nil {
		return protection.Person{}, err
	}
	return protection.Person{ID: r.ID, Version: r.Version, Owner: r.Owner, Name: u.text("name", r.Name), Called: u.text("called", r.Called),
		Other: u.text("other", r.Other), Born: u.text("born", r.Born), Document: u.text("document", r.Document),
		From: u.text("home", r.Home), Contact: u.contact(r.contactRow)}, nil
}

// index makes the tokens of a person's names and phone anew. They belong to
// the organisation and go with the person's key.
func (t *tx) index(x protection.Person) error {
	index, err := t.s.options.Vault.Index(t.ctx, t, x.Owner)
	if err != nil {
		return err
	}
	if _, err := t.exec(`DELETE FROM index_token WHERE subject = ?`, x.ID); err != nil {
		return err
	}
	add := func(kind vault.IndexKind, texts ...vault.Text) error {
		seen := map[string]bool{}
		for _, text := range texts {
			tokens, err := index.TokensOf(kind, text)
			if err != nil {
				return err
			}
			for _, token := range tokens {
				if seen[string(token)] {
					continue
				}
				seen[string(token)] = true
				if _, err := t.exec(`INSERT INTO index_token (org, kind, token, subject_kind, subject) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
					x.Owner, string(kind), token, "person", x.ID); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := add(vault.Words, x.Name, x.Called, x.Other); err != nil {
		return err
	}
	if err := add(vault.Phonetic, x.Name, x.Called, x.Other); err != nil {
		return err
	}
	return add(vault.Digits, x.Contact.Phone)
}

// conflicts reads who is barred from a record.
func (t *tx) conflicts(record ids.UUID) ([]protection.Conflict, error) {
	var rows []conflictRow
	if err := t.list(&rows, `SELECT record, n, account, org, why FROM conflict WHERE record = ? ORDER BY n`, record); err != nil {
		return nil, err
	}
	var bars []protection.Conflict
	for _, r := range rows {
		bars = append(bars, protection.Conflict{Account: r.Account, Org: r.Org, Why: r.Why})
	}
	return bars, nil
}

type conflictRow struct {
	Record  ids.UUID    `db:"record"`
	N       int         `db:"n"`
	Account ids.Account `db:"account"`
	Org     ids.Org     `db:"org"`
	Why     string      `db:"why"`
}

// bar adds the conflicts of a record that are not there yet; none is ever taken away here.
func (t *tx) bar(record ids.UUID, bars []protection.Conflict) error {
	for n, b := range bars {
		if _, err := t.insertOnce("conflict", conflictRow{Record: record, N: n, Account: b.Account, Org: b.Org, Why: b.Why}); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// sealer seals the columns of one row under one subject's key. The first
// error stays, so that a row can be filled without asking after each column.
type sealer struct {
	t     *tx
	key   vault.SubjectKey
	table string
	row   ids.UUID
	err   error
}

// sealing prepares to seal a row; the subject's key is made when there is none.
func (t *tx) sealing(org ids.Org, subject ids.UUID, table string, row ids.UUID) *sealer {
	key, err := t.s.options.Vault.Key(t.ctx, t, org, subject)
	return &sealer{t: t, key: key, table: table, row: row, err: err}
}

func (s *sealer) seal(column string, text vault.Text) []byte {
	if s.err != nil {
		return nil
	}
	sealed, err := s.t.s.options.Vault.Seal(s.t.ctx, s.t, s.key, vault.Where{Table: s.table, Column: column, Row: s.row}, text)
	if err != nil {
		s.err = err
	}
	return sealed
}

// sealJSON seals codes that are no text: what was heard, what a packet says.
func (s *sealer) sealJSON(column string, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil && s.err == nil {
		s.err = err
	}
	return s.seal(column, vault.Clear(string(text)))
}

// unsealer hands out the texts of one row, still sealed.
type unsealer struct {
	t     *tx
	org   vault.OrgKey
	key   vault.SubjectKey
	table string
	row   ids.UUID
}

// keyPair is the key of a subject and the one it is wrapped by.
type keyPair struct {
	Key subjectKey `db:"key"`
	Org orgKey     `db:"org"`
}

// keyPairColumns are of k, a subject_key, and of org_key; either may be missing.
const keyPairColumns = `k.subject AS "key.subject", k.org AS "key.org", COALESCE(k.org_version, 0) AS "key.org_version", k.wrapped AS "key.wrapped",
	org_key.org AS "org.org", COALESCE(org_key.version, 0) AS "org.version", COALESCE(org_key.holder, '') AS "org.holder",
	org_key.wrapped AS "org.wrapped"`

// unsealing reads the keys of a subject. An erased subject's texts open as erased.
func (t *tx) unsealing(subject ids.UUID, table string, row ids.UUID) (*unsealer, error) {
	var pair keyPair
	err := t.get(&pair, `SELECT `+keyPairColumns+` FROM subject_key k LEFT JOIN org_key ON org_key.org = k.org WHERE k.subject = ?`, subject)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	return pair.unsealing(t, subject, table, row)
}

// unsealing is the same where the keys were read with the row.
func (p keyPair) unsealing(t *tx, subject ids.UUID, table string, row ids.UUID) (*unsealer, error) {
	u := &unsealer{t: t, table: table, row: row, key: vault.SubjectKey{Subject: subject}}
	if p.Key.Subject.IsZero() {
		return u, nil
	}
	u.key = p.Key.key()
	switch {
	case u.key.Erased():
	case p.Org.Org.IsZero():
		return u, fault.New(fault.NotFound, "record.notfound")
	default:
		u.org = p.Org.key()
	}
	return u, nil
}

// at is the same keys for another row: several rows hang on one person.
func (u *unsealer) at(table string, row ids.UUID) *unsealer {
	other := *u
	other.table, other.row = table, row
	return &other
}

func (u *unsealer) text(column string, sealed []byte) vault.Text {
	return u.t.s.options.Vault.Sealed(u.org, u.key, vault.Where{Table: u.table, Column: column, Row: u.row}, sealed)
}

// word opens a text that the record holds in clear: a written place.
func (u *unsealer) word(g access.Grant, column string, sealed []byte) (string, error) {
	if len(sealed) == 0 || u.key.Erased() {
		return "", nil
	}
	return u.text(column, sealed).Open(g)
}

// openJSON opens what sealJSON sealed. What was erased stays empty.
func (u *unsealer) openJSON(g access.Grant, column string, sealed []byte, to any) error {
	text, err := u.word(g, column, sealed)
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), to)
}

// asJSON is a column of JSON: a list of codes, sealed texts by name.
type asJSON[T any] struct{ V T }

func inJSON[T any](v T) asJSON[T] { return asJSON[T]{v} }

// Value writes the JSON text.
func (j asJSON[T]) Value() (driver.Value, error) {
	text, err := json.Marshal(j.V)
	if string(text) == "null" {
		text = []byte("[]")
	}
	return string(text), err
}

// Scan reads the JSON text.
func (j *asJSON[T]) Scan(src any) error {
	var text []byte
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("store: JSON cannot be read from %T", src)
	}
	if string(text) == "[]" {
		return nil
	}
	return json.Unmarshal(text, &j.V)
}

// codes is a list of codes in a column.
type codes = asJSON[[]string]

// rawJSON is JSON text as it is.
type rawJSON []byte

// Value writes the text.
func (r rawJSON) Value() (driver.Value, error) { return string(r), nil }

// Scan reads the text.
func (r *rawJSON) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		*r = rawJSON(v)
	case []byte:
		*r = append((*r)[:0], v...)
	default:
		return fmt.Errorf("store: JSON cannot be read from %T", src)
	}
	return nil
}

package store

import (
	"context"
	"encoding/hex"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// The states of a historic list. What is not DONE is in no list and in no count.
const (
	legacyLoading = "LOADING"
	legacyDone    = "DONE"
)

type legacyListRow struct {
	ID      ids.List    `db:"id"`
	Version int         `db:"version"`
	Owner   ids.Org     `db:"owner_org"`
	Name    string      `db:"name"`
	State   string      `db:"state"`
	Mark    []byte      `db:"mark"`
	By      ids.Account `db:"by_account"`
	Begun   stamp       `db:"begun_at"`
	Done    stamp       `db:"done_at"`
	Loaded  int         `db:"loaded"`
	People  int         `db:"people"`
	Repeats int         `db:"repeats"`
	Layout  []byte      `db:"layout"`
}

const legacyListColumns = `id, version, owner_org, name, state, mark, by_account, begun_at, done_at, loaded, people, repeats, layout`

func (r legacyListRow) list() protection.LegacyList {
	return protection.LegacyList{ID: r.ID, Version: r.Version, Owner: r.Owner, Name: r.Name, Done: r.State == legacyDone, By: r.By,
		Begun: r.Begun.Time, Finished: r.Done.Time, Rows: r.Loaded, People: r.People, Repeats: r.Repeats}
}

type legacyRecordRow struct {
	ID          ids.Row   `db:"id"`
	List        ids.List  `db:"list"`
	Line        int       `db:"line"`
	People      int       `db:"people"`
	Counted     int       `db:"counted"`
	When        date.Date `db:"event_when"`
	From        date.Day  `db:"event_from"`
	Until       date.Day  `db:"event_until"`
	Sex         string    `db:"sex"`
	AgeBand     string    `db:"age_band"`
	Nationality string    `db:"nationality"`
	Forms       string    `db:"forms"`
	Responder   string    `db:"responder"`
	Responding  string    `db:"responder_type"`
	Status      string    `db:"status"`
	where
	Given  []byte  `db:"given"`
	SameAs ids.Row `db:"same_as"`
}

const legacyRecordColumns = `id, list, line, people, counted, event_when, event_from, event_until, sex, age_band, nationality, forms,
	responder, responder_type, status, place, place_written, province, commune, zone, given, same_as`

// BeginLegacy keeps a list that is not yet there: see protection.Legacies.
func (s *Store) BeginLegacy(ctx context.Context, e audit.Entry, l protection.LegacyList) (protection.LegacyList, error) {
	var given protection.LegacyList
	err := s.act(ctx, e, func(t *tx) error {
		index, err := t.s.options.Vault.Index(ctx, t, l.Owner)
		if err != nil {
			return err
		}
		mark, err := markToken(index, l.Mark)
		if err != nil {
			return err
		}
		var there legacyListRow
		err = t.get(&there, `SELECT `+legacyListColumns+` FROM legacy_list WHERE owner_org = ? AND mark = ?`, l.Owner, mark)
		if err == nil {
			given = there.list()
			given.Mark = l.Mark
			return errUnchanged
		}
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		row := legacyListRow{ID: l.ID, Version: 1, Owner: l.Owner, Name: l.Name, State: legacyLoading, Mark: mark, By: l.By, Begun: at(l.Begun)}
		if !l.Layout.IsZero() {
			sealer := t.sealing(l.Owner, l.ID.UUID, "legacy_list", l.ID.UUID)
			if row.Layout = sealer.seal("layout", l.Layout); sealer.err != nil {
				return sealer.err
			}
		}
		given = row.list()
		given.Mark = l.Mark
		return t.insert("legacy_list", row)
	})
	return given, err
}

// markToken is the keyed form of a mark: without the organisation's index key
// it says nothing about the file or the row it was made of.
func markToken(index *vault.Index, mark string) ([]byte, error) {
	if raw, err := hex.DecodeString(mark); err != nil || len(raw) != 32 {
		return nil, fault.New(fault.Internal, "store.key")
	}
	tokens, err := index.Tokens(vault.Words, mark)
	if err != nil || len(tokens) != 1 {
		return nil, fault.Wrap(fault.Internal, "store.key", err)
	}
	return tokens[0], nil
}

// AddLegacy adds records to a list that is being loaded: see protection.Legacies.
func (s *Store) AddLegacy(ctx context.Context, e audit.Entry, l protection.LegacyList, records []protection.LegacyRecord) (protection.LegacyList, error) {
	var now protection.LegacyList
	err := s.act(ctx, e, func(t *tx) error {
		row, err := t.loading(l)
		if err != nil {
			return err
		}
		load := &loading{t: t, list: row}
		if err := load.add(records); err != nil {
			return err
		}
		row.Loaded += len(records)
		row.People += load.people
		row.Repeats += load.repeats
		if err := t.update("legacy_list", row); err != nil {
			return err
		}
		row.Version++
		now = row.list()
		now.Mark = l.Mark
		return nil
	})
	return now, err
}

// FinishLegacy makes a list be there: see protection.Legacies.
func (s *Store) FinishLegacy(ctx context.Context, e audit.Entry, l protection.LegacyList) (protection.LegacyList, error) {
	var done protection.LegacyList
	err := s.act(ctx, e, func(t *tx) error {
		row, err := t.loading(l)
		if err != nil {
			return err
		}
		row.State, row.Done = legacyDone, at(t.now())
		if err := t.update("legacy_list", row); err != nil {
			return err
		}
		row.Version++
		done = row.list()
		done.Mark = l.Mark
		return nil
	})
	return done, err
}

// loading reads a list as the loader last saw it; anything else is Stale.
func (t *tx) loading(l protection.LegacyList) (legacyListRow, error) {
	var row legacyListRow
	if err := t.get(&row, `SELECT `+legacyListColumns+` FROM legacy_list WHERE id = ?`, l.ID); err != nil {
		return row, err
	}
	if row.State != legacyLoading || row.Version != l.Version {
		return row, fault.New(fault.Stale, "record.stale")
	}
	return row, nil
}

// loading is one piece of a list on its way. Keys, rows and tokens are written
// many at a time: a hundred thousand records would else be a million statements.
type loading struct {
	t       *tx
	list    legacyListRow
	people  int
	repeats int
}

func (l *loading) add(records []protection.LegacyRecord) error {
	v := l.t.s.options.Vault
	index, err := v.Index(l.t.ctx, l.t, l.list.Owner)
	if err != nil {
		return err
	}
	tokens := make([][]byte, len(records))
	for i, r := range records {
		if r.Mark != "" {
			if tokens[i], err = markToken(index, r.Mark); err != nil {
				return err
			}
		}
	}
	first, err := l.t.marked(l.list.Owner, l.list.ID, []byte{0}, tokens)
	if err != nil {
		return err
	}
	keys := &loadKeys{t: l.t}
	rows, index2 := make([]any, 0, len(records)), []any(nil)
	for i, r := range records {
		same := ids.Row{}
		if tokens[i] != nil {
			same = first[string(tokens[i])]
			if same.IsZero() {
				first[string(tokens[i])] = r.ID
			}
			index2 = append(index2, l.list.Owner, string(vault.Words), tokens[i], string(access.LegacyRowKind), r.ID)
		}
		row, err := l.row(keys, r, same)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		l.people += row.People
		if !same.IsZero() {
			l.repeats++
		}
	}
	if err := keys.flush(); err != nil {
		return err
	}
	if err := l.t.insertAll("legacy_record", rows); err != nil {
		return err
	}
	return l.t.insertMany("index_token (org, kind, token, subject_kind, subject)", 5, index2)
}

// row seals one record. The key of a record that says nothing about anybody is never made.
func (l *loading) row(keys *loadKeys, r protection.LegacyRecord, same ids.Row) (legacyRecordRow, error) {
	row := legacyRecordRow{ID: r.ID, List: l.list.ID, Line: r.Line, People: r.People, Counted: r.People, When: r.When, From: r.When.Earliest(),
		Until: r.When.Latest(), Sex: r.Sex, AgeBand: r.AgeBand, Nationality: r.Nationality, Forms: strings.Join(r.Forms, " "),
		Responder: r.Responder, Responding: r.Responding, Status: r.Status, where: l.t.s.above(r.Where.Code), SameAs: same}
	if r.Once && !same.IsZero() {
		row.Counted = 0
	}
	if r.Given.IsZero() && r.Where.Written == "" {
		return row, nil
	}
	v, ctx := l.t.s.options.Vault, l.t.ctx
	key, err := v.Key(ctx, keys, l.list.Owner, r.ID.UUID)
	if err != nil {
		return row, err
	}
	cell := vault.Where{Table: "legacy_record", Column: "given", Row: r.ID.UUID}
	if row.Given, err = v.Seal(ctx, keys, key, cell, r.Given); err != nil {
		return row, err
	}
	cell.Column = "place_written"
	row.Written, err = v.Seal(ctx, keys, key, cell, vault.Clear(r.Where.Written))
	return row, err
}

// loadKeys gives new subjects their keys and keeps them to be written together.
// The organisation's key is read once: whoever changes it meanwhile makes the
// act begin again ([loadKeys.flush]).
type loadKeys struct {
	t     *tx
	org   *vault.OrgKey
	fresh []any
}

var _ vault.Keys = (*loadKeys)(nil)

// OrgKey reads the organisation's key, once.
func (k *loadKeys) OrgKey(ctx context.Context, org ids.Org) (vault.OrgKey, error) {
	if k.org != nil && k.org.Org == org {
		return *k.org, nil
	}
	key, err := k.t.OrgKey(ctx, org)
	if err == nil {
		k.org = &key
	}
	return key, err
}

// SaveOrgKey keeps it at once.
func (k *loadKeys) SaveOrgKey(ctx context.Context, key vault.OrgKey) error {
	return k.t.SaveOrgKey(ctx, key)
}

// SubjectKey finds none: every record of a piece is new.
func (k *loadKeys) SubjectKey(context.Context, ids.UUID) (vault.SubjectKey, error) {
	return vault.SubjectKey{}, fault.New(fault.NotFound, "record.notfound")
}

// SaveSubjectKey keeps it for later.
func (k *loadKeys) SaveSubjectKey(_ context.Context, key vault.SubjectKey) error {
	k.fresh = append(k.fresh, subjectKey{key.Subject, key.Org, key.OrgVersion, key.Wrapped})
	return nil
}

// flush writes the keys, as [tx.SaveSubjectKey] does one by one.
func (k *loadKeys) flush() error {
	if len(k.fresh) == 0 {
		return nil
	}
	var version int
	if err := k.t.get(&version, `SELECT version FROM org_key WHERE org = ?`+k.t.s.dialect.forShare, k.org.Org); err != nil {
		return err
	}
	if version != k.org.Version {
		return errAgain
	}
	return k.t.insertAll("subject_key", k.fresh)
}

// insertAll adds many rows of one kind to an audited table. A row that exists
// already fails the act.
func (t *tx) insertAll(table string, rows []any) error {
	r, audited := t.s.tables[table]
	if !audited {
		return fault.New(fault.Internal, "store.table")
	}
	var values []any
	columns := 0
	into := ""
	for _, row := range rows {
		sh, v, err := t.s.shapes.of(row)
		if err != nil {
			return err
		}
		if into == "" {
			columns = len(sh.columns)
			into = table + " (" + strings.Join(sh.columns, ", ") + ")"
		}
		for i := range sh.columns {
			values = append(values, sh.value(v, i))
		}
		key, err := sh.key(r, v)
		if err != nil {
			return err
		}
		if err := t.touch(table, key...); err != nil {
			return err
		}
	}
	return t.insertMany(into, columns, values)
}

package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/vault"
	"inkingi/protection"
)

// legacyStep is how many marks are looked up in one question.
const legacyStep = 500

// marked finds, for each token, the first record of the organisation that has
// it: in a finished list, or in the list being loaded. except leaves one list aside.
func (t *tx) marked(org ids.Org, also ids.List, except []byte, tokens [][]byte) (map[string]ids.Row, error) {
	first := map[string]ids.Row{}
	distinct := slices.DeleteFunc(slices.Clone(tokens), func(b []byte) bool { return b == nil })
	slices.SortFunc(distinct, slices.Compare)
	distinct = slices.CompactFunc(distinct, func(a, b []byte) bool { return slices.Equal(a, b) })
	for some := range slices.Chunk(distinct, legacyStep) {
		var found []struct {
			Token   []byte  `db:"token"`
			Subject ids.Row `db:"subject"`
		}
		err := t.listIn(&found, `SELECT x.token AS token, MIN(x.subject) AS subject FROM index_token x
			JOIN legacy_record r ON r.id = x.subject JOIN legacy_list l ON l.id = r.list
			WHERE x.org = ? AND x.kind = ? AND x.token IN (?) AND x.subject_kind = ? AND (l.state = ? OR l.id = ?) AND l.mark <> ?
			GROUP BY x.token`,
			org, string(vault.Words), some, string(access.LegacyRowKind), legacyDone, also.String(), except)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			first[string(f.Token)] = f.Subject
		}
	}
	return first, nil
}

// KnownLegacy says which marks a finished list has: see protection.Legacies.
func (s *Store) KnownLegacy(ctx context.Context, g access.Grant, owner ids.Org, except string, marks []string) ([]bool, error) {
	known := make([]bool, len(marks))
	err := s.listedWhole(ctx, g, func(t *tx) error {
		clear(known)
		if _, err := t.OrgKey(ctx, owner); fault.Is(err, fault.NotFound) {
			return nil // nothing of this organisation was ever sealed
		}
		index, err := s.options.Vault.Index(ctx, t, owner)
		if err != nil {
			return err
		}
		own, err := markToken(index, except)
		if err != nil {
			return err
		}
		tokens := make([][]byte, len(marks))
		for i, m := range marks {
			if m == "" {
				continue
			}
			if tokens[i], err = markToken(index, m); err != nil {
				return err
			}
		}
		first, err := t.marked(owner, ids.List{}, own, tokens)
		if err != nil {
			return err
		}
		for i, token := range tokens {
			known[i] = token != nil && !first[string(token)].IsZero()
		}
		return nil
	})
	return known, err
}

// legacyScope filters lists by the facts of a grant.
func legacyScope(g access.Grant) (string, []any) {
	return g.Scope().Where(access.Columns{Owner: "l.owner_org", By: "l.by_account"})
}

// LegacyLists lists finished lists, the newest first.
func (s *Store) LegacyLists(ctx context.Context, g access.Grant, p protection.Page) (cut protection.Cut[protection.LegacyList], err error) {
	where, args := legacyScope(g)
	after, n := p.After, limitOf(p.Limit)
	if after == "" {
		after = "z" // after every identifier: UUIDv7 sort by time
	}
	err = s.listed(ctx, g, func(t *tx) error {
		cut = protection.Cut[protection.LegacyList]{}
		var rows []legacyListRow
		err := t.list(&rows, `SELECT `+legacyListColumns+` FROM legacy_list l WHERE l.state = ? AND l.id < ? AND `+where+` ORDER BY l.id DESC LIMIT ?`,
			append(append([]any{legacyDone, after}, args...), n+1)...)
		for _, r := range rows[:min(len(rows), n)] {
			cut.Lines = append(cut.Lines, r.list())
		}
		if len(rows) > n {
			cut.Next = rows[n-1].ID.String()
		}
		return err
	})
	return cut, err
}

// legacyDimension is the column of a dimension, "" when there is none.
func legacyDimension(by protection.LegacyBy) string {
	return map[protection.LegacyBy]string{protection.ByWhen: "COALESCE(r.event_when, '')", protection.BySex: "r.sex", protection.ByAgeBand: "r.age_band",
		protection.ByNationality: "r.nationality", protection.ByForms: "r.forms", protection.ByResponder: "r.responder",
		protection.ByResponding: "r.responder_type", protection.ByStatus: "r.status", protection.ByProvince: "r.province",
		protection.ByCommune: "r.commune"}[by]
}

// LegacyCounts counts people by dimensions, over one finished list or all that
// the grant admits. Raw: see protection.LegacyCount.
func (s *Store) LegacyCounts(ctx context.Context, g access.Grant, list ids.List, by []protection.LegacyBy) (all []protection.LegacyCount, err error) {
	columns := make([]string, len(by))
	for i, one := range by {
		if columns[i] = legacyDimension(one); columns[i] == "" {
			return nil, fault.New(fault.Internal, "store.table")
		}
	}
	where, args := legacyScope(g)
	if !list.IsZero() {
		where, args = where+" AND l.id = ?", append(args, list)
	}
	query := `SELECT SUM(r.counted)` + strings.Join(append([]string{""}, columns...), ", ") + ` FROM legacy_record r JOIN legacy_list l ON l.id = r.list
		WHERE l.state = ? AND ` + where
	if len(columns) > 0 {
		query += " GROUP BY " + strings.Join(columns, ", ") + " ORDER BY " + strings.Join(columns, ", ")
	}
	err = s.listed(ctx, g, func(t *tx) error {
		all = nil
		return t.each(query, append([]any{legacyDone}, args...), func(rows *sqlx.Rows) error {
			c := protection.LegacyCount{Keys: make([]string, len(columns))}
			var people *int
			to := []any{&people}
			for i := range c.Keys {
				to = append(to, &c.Keys[i])
			}
			if err := rows.Scan(to...); err != nil || people == nil {
				return err
			}
			c.People = *people
			if c.People > 0 {
				all = append(all, c)
			}
			return nil
		})
	})
	return all, err
}

// LegacyRecords reads records of a finished list after a line. What is sealed
// stays sealed; the entry says from which line to which.
func (s *Store) LegacyRecords(ctx context.Context, g access.Grant, list ids.List, after, limit int) (l protection.LegacyList, all []protection.LegacyRecord, err error) {
	if !g.Identity() || g.Object().ID != list.UUID {
		return l, nil, fault.New(fault.Internal, "store.grant")
	}
	e := audit.Of(g, s.options.Clock()).With("after", strconv.Itoa(after)).With("limit", strconv.Itoa(limit))
	err = s.read(ctx, e, func(t *tx) error {
		all = nil
		var row legacyListRow
		if err := t.get(&row, `SELECT `+legacyListColumns+` FROM legacy_list WHERE id = ? AND state = ?`, list, legacyDone); err != nil {
			return err
		}
		l = row.list()
		head, err := t.unsealing(list.UUID, "legacy_list", list.UUID)
		if err != nil {
			return err
		}
		l.Layout = head.text("layout", row.Layout)
		var rows []struct {
			legacyRecordRow
			keyPair
		}
		columns := "r." + strings.ReplaceAll(strings.Join(strings.Fields(legacyRecordColumns), " "), ", ", ", r.")
		if err := t.list(&rows, `SELECT `+columns+`, `+keyPairColumns+` FROM legacy_record r LEFT JOIN subject_key k ON k.subject = r.id
			LEFT JOIN org_key ON org_key.org = k.org WHERE r.list = ? AND r.line > ? ORDER BY r.line LIMIT ?`, list, after, limit); err != nil {
			return err
		}
		for _, r := range rows {
			u, err := r.unsealing(t, r.legacyRecordRow.ID.UUID, "legacy_record", r.legacyRecordRow.ID.UUID)
			if err != nil {
				return err
			}
			all = append(all, r.record(u.text("given", r.Given)))
		}
		return nil
	})
	return l, all, err
}

func (r legacyRecordRow) record(given vault.Text) protection.LegacyRecord {
	return protection.LegacyRecord{ID: r.ID, List: r.List, Line: r.Line, People: r.People, When: r.When, Sex: r.Sex, AgeBand: r.AgeBand,
		Nationality: r.Nationality, Forms: strings.Fields(r.Forms), Responder: r.Responder, Responding: r.Responding, Status: r.Status,
		Where: place.Given{Code: place.Code(r.Place)}, Given: given, SameAs: r.SameAs, Once: r.Counted == 0}
}

var _ protection.Legacies = (*Store)(nil)

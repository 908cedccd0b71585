package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
)

// lanes asks for one page of a list. Somebody may see a line for several
// reasons (made it, is assigned, it is the organisation's); one query with OR
// between them would read the whole list and sort it. So each reason is a lane
// of its own, read along an index that begins with its columns and the list's
// filter up to the page's limit, and the lanes are merged: however long the
// list, a page reads a few dozen rows.
type lanes struct {
	columns string   // of the inner queries; all of them can be compared
	table   string   // "protection_case c"
	alias   string   // "c."
	owner   string   // columns, without the alias, that say why somebody may see a line
	by      string   //
	to      string   //
	stage   string   //
	teams   []string // columns of the team, each a lane: an index serves one of them
	placed  bool     // the place, and the province, commune and zone above it, are columns
	child   string   // condition: about a child
	within  string   // condition beside being its house's, and
	got     string   // beside being sent to it: what the filter leaves of each
	record  string   // column, with the alias, of the record whose bars count
	mine    bool     // only what the reader is on the team of
	filter  []string // conditions of the list
	either  []string // of which one must hold: each is a lane of its own, along the same index
	args    []any
	order   []string // columns, ascending, the id last
}

// lane is one reason with its condition.
type lane struct {
	condition string
	args      []any
}

// lanes lists the reasons that the reach of a scope gives, as [access.Scope.Admits]
// reads them. Every record of a list has an owner.
func (s *Store) lanes(l lanes, sc access.Scope) (all []lane) {
	add := func(condition string, args ...any) { all = append(all, lane{condition, args}) }
	is := func(column string) string { return l.alias + column + " = ?" }
	// The same beside what one worker has, which is little (see dialect.beside).
	also := func(column string) string { return fmt.Sprintf(s.dialect.beside, l.alias+column) }
	has := func(w access.Reach, column string) bool { return sc.Reach.Has(w) && column != "" }
	account, org, child := !sc.Account.IsZero(), !sc.Org.IsZero(), l.child+" AND "
	inside, places := "", []any(nil)
	if sc.Place != "" {
		inside, places = s.inside(l.alias, place.Code(sc.Place))
		inside = " AND " + inside
	}
	whole := has(access.ReachOrg, l.owner) || has(access.ReachPlace, l.owner) && inside == ""
	team := func(condition string, args ...any) {
		for _, column := range l.teams {
			add(condition+is(column), append(slices.Clone(args), sc.Account)...)
		}
	}
	switch {
	case sc.Reach.Has(access.ReachAny):
		add("1 = 1")
		return all
	case l.mine && org && account && (whole || sc.Reach.Has(access.ReachAssigned)):
		team(also(l.owner)+" AND ", sc.Org) // whatever else there is of one's own organisation is no line of these
		whole = true
	case whole && org:
		add(is(l.owner)+l.within, sc.Org)
	}
	if !whole && org && account {
		if has(access.ReachOwn, l.by) {
			add(also(l.owner)+" AND "+is(l.by), sc.Org, sc.Account)
		}
		if sc.Reach.Has(access.ReachAssigned) {
			team(also(l.owner)+" AND ", sc.Org)
		}
	}
	if !whole && org && sc.Reach.Has(access.ReachPlace) && l.placed {
		add(is(l.owner)+inside, append([]any{sc.Org}, places...)...)
	}
	if has(access.ReachMade, l.by) && account {
		add(is(l.by), sc.Account)
	}
	if has(access.ReachReceiver, l.to) && org {
		add(is(l.to)+" AND "+l.alias+l.stage+" <> 'DRAFT'"+l.got, sc.Org)
	}
	if has(access.ReachChild, l.child) && (inside == "" || l.placed) {
		add(l.child+inside, places...)
	}
	if has(access.ReachWard, l.child) && account {
		team(child)
	}
	return all
}

// inside is the condition that a record lies in the place of a post, whatever
// its level. The index reaches as far as the commune.
func (s *Store) inside(alias string, code place.Code) (string, []any) {
	above := s.above(code)
	switch string(code) {
	case above.Province:
		return alias + "province = ?", []any{code}
	case above.Commune:
		return alias + "commune = ?", []any{code}
	}
	return alias + "commune = ? AND ? IN (" + alias + "place, " + alias + "zone)", []any{above.Commune, code}
}

// barred is the condition that neither the reader nor the reader's organisation
// is barred from a record.
func barred(record string, sc access.Scope) (string, []any) {
	account, org := bars(record)
	text, args := "", []any(nil)
	if !sc.Account.IsZero() {
		text, args = text+" AND NOT "+account, append(args, sc.Account)
	}
	if !sc.Org.IsZero() {
		text, args = text+" AND NOT "+org, append(args, sc.Org)
	}
	return text, args
}

// query is the text of one page after a mark, with one line more than the limit.
func (s *Store) query(l lanes, sc access.Scope, after []any, limit int) (string, []any) {
	var parts []string
	var args []any
	open, readers := barred(l.record, sc)
	mine := ""
	if l.mine { // of the lanes that are not of the team already
		mine = " AND ? IN (" + l.alias + strings.Join(l.teams, ", "+l.alias) + ")"
		if len(l.teams) == 1 { // an index answers this
			mine = " AND " + l.alias + l.teams[0] + " = ?"
		}
		readers = append(readers, sc.Account)
	}
	// In the text and no argument: a plan that is kept must know that a page is short.
	most := " LIMIT " + strconv.Itoa(limit+1)
	either := l.either
	if either == nil {
		either = []string{""}
	}
	for _, one := range s.lanes(l, sc) {
		for _, choice := range either {
			text := "SELECT " + l.columns + " FROM " + l.table + " WHERE " + one.condition + open + mine
			args = append(append(args, one.args...), readers...)
			for _, f := range append([]string{choice}, l.filter...) {
				if f != "" {
					text += " AND " + f
				}
			}
			args = append(args, l.args...)
			if after != nil {
				text += " AND (" + l.alias + strings.Join(l.order, ", "+l.alias) + ") > (" + marks(len(after)) + ")"
				args = append(args, after...)
			}
			text += " ORDER BY " + l.alias + strings.Join(l.order, ", "+l.alias) + most
			parts = append(parts, "SELECT "+bare(l.columns)+" FROM ("+text+") AS lane")
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	whole := strings.Join(parts, " UNION ")
	whole = "SELECT " + bare(l.columns) + " FROM (" + whole + ") AS merged ORDER BY " + strings.Join(l.order, ", ") + most
	return whole, args
}

// columnsAtOnce writes every reason as one condition, where the records are few
// and no index need serve it.
func (l lanes) columnsAtOnce() access.Columns {
	in := func(columns ...string) string { return "? IN (" + l.alias + strings.Join(columns, ", "+l.alias) + ")" }
	c := access.Columns{Owner: l.alias + l.owner, By: l.alias + l.by, Team: in(l.teams...), Child: l.child}
	c.Excluded, c.ExcludedOrgs = bars(l.record)
	if l.placed {
		c.Places = in("place", "zone", "commune", "province")
	}
	if l.to != "" {
		c.To, c.Stage = l.alias+l.to, l.alias+l.stage
	}
	return c
}

// literal writes a code of ours into a query, so that an index of only those
// rows serves it. It is never somebody's text.
func literal[T ~string](code T) string {
	if strings.Trim(string(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
		panic("store: not a code of ours")
	}
	return "'" + string(code) + "'"
}

// state is the condition of one state: in the text, for plans that are kept. What
// is no state of ours finds nothing.
func state[T ~string](column string, one T, known []T) string {
	if !slices.Contains(known, one) {
		return "1 = 0"
	}
	return column + " = " + literal(one)
}

// bare takes "c.id AS id, c.code" to "id, code".
func bare(columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		n = strings.TrimSpace(n)
		if at := strings.LastIndex(n, " AS "); at >= 0 {
			n = n[at+4:]
		} else if at := strings.LastIndex(n, "."); at >= 0 {
			n = n[at+1:]
		}
		names[i] = n
	}
	return strings.Join(names, ", ")
}

// pageLimit bounds every list.
const pageLimit = 200

func limitOf(limit int) int {
	if limit <= 0 || limit > pageLimit {
		return 25
	}
	return limit
}

// A mark is where a page ended: the values of the order's columns. It says
// nothing that the list did not show.

func markOf(values ...any) string {
	text, err := json.Marshal(values)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// readMark reads a mark for an order: a weight is a small number, the id an
// identifier, anything else a time as the database keeps it.
func readMark(mark string, order []string) ([]any, error) {
	if mark == "" {
		return nil, nil
	}
	malformed := fault.New(fault.Invalid, "fault.page.mark")
	text, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || len(mark) > 400 {
		return nil, malformed
	}
	var values []any
	if err := json.Unmarshal(text, &values); err != nil || len(values) != len(order) {
		return nil, malformed
	}
	for i, name := range order {
		ok := false
		switch v := values[i].(type) {
		case float64:
			n := int64(max(min(v, 100), -1))
			values[i], ok = n, name == "weight" && float64(n) == v
		case string:
			ok = markText(name, v)
		}
		if !ok {
			return nil, malformed
		}
	}
	return values, nil
}

func markText(name, v string) bool {
	switch name {
	case "weight":
		return false
	case "id":
		id, err := ids.Parse[ids.Event](v)
		return err == nil && id.String() == v
	}
	t, err := time.Parse(stampLayout, v)
	return err == nil && t.Format(stampLayout) == v
}

package store

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// lanes asks for one page of a list. Somebody may see a line for several
// reasons (made it, is assigned, it is the organisation's); one query with OR
// between them would read the whole list and sort it. So each reason is a lane
// of its own, read along its index up to the page's limit, and the lanes are
// merged: however long the list, a page reads a few dozen rows.
type lanes struct {
	columns string         // of the inner queries; all of them can be compared
	table   string         // "protection_case c"
	who     access.Columns // how the scope is written here
	teams   []string       // columns of the team, each a lane: an index serves one of them
	filter  []string       // conditions of the list
	args    []any
	order   []string // columns, ascending, the id last
	alias   string   // "c."
}

// lane is one reason with its condition.
type lane struct {
	condition string
	args      []any
}

// lanes lists the reasons that the reach of a scope gives.
func (l lanes) lanes(sc access.Scope) []lane {
	var all []lane
	add := func(reach access.Reach, who access.Columns) {
		one := sc
		one.Reach = reach
		if condition, args := one.Where(who); condition != "(1 = 0)" {
			all = append(all, lane{condition, args})
		}
	}
	for word := access.ReachOwn; word <= access.ReachAny; word <<= 1 {
		if !sc.Reach.Has(word) {
			continue
		}
		if (word == access.ReachAssigned || word == access.ReachWard) && len(l.teams) > 0 {
			for _, team := range l.teams {
				who := l.who
				who.Team = team + " = ?"
				add(word, who)
			}
			continue
		}
		if word == access.ReachPlace {
			all = append(all, l.inPlace(sc)...)
			continue
		}
		add(word, l.who)
	}
	return all
}

// inPlace is the lane of a post's place: its organisation's records there. The
// scope also admits what nobody owns, but every record of a list has an owner,
// and asking for both at once would read the whole list.
func (l lanes) inPlace(sc access.Scope) []lane {
	sc.Reach = access.ReachOrg
	condition, args := sc.Where(l.who)
	switch {
	case condition == "(1 = 0)", sc.Place != "" && l.who.Places == "":
		return nil
	case sc.Place == "":
		return []lane{{condition, args}}
	}
	return []lane{{condition + " AND " + l.who.Places, append(args, sc.Place)}}
}

// query is the text of one page after a mark, with one line more than the limit.
func (l lanes) query(sc access.Scope, after []any, limit int) (string, []any) {
	var parts []string
	var args []any
	for _, one := range l.lanes(sc) {
		text := "SELECT " + l.columns + " FROM " + l.table + " WHERE " + one.condition
		args = append(args, one.args...)
		for _, f := range l.filter {
			text += " AND " + f
		}
		args = append(args, l.args...)
		if after != nil {
			text += " AND (" + l.alias + strings.Join(l.order, ", "+l.alias) + ") > (" + marks(len(after)) + ")"
			args = append(args, after...)
		}
		text += " ORDER BY " + l.alias + strings.Join(l.order, ", "+l.alias) + " LIMIT ?"
		args = append(args, limit+1)
		parts = append(parts, "SELECT "+bare(l.columns)+" FROM ("+text+") AS lane")
	}
	if len(parts) == 0 {
		return "", nil
	}
	whole := strings.Join(parts, " UNION ")
	whole = "SELECT " + bare(l.columns) + " FROM (" + whole + ") AS merged ORDER BY " + strings.Join(l.order, ", ") + " LIMIT ?"
	return whole, append(args, limit+1)
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

package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// touch marks a row of an audited table: it will be hashed into the entry.
// insert, update, delete and change do it by themselves.
func (t *tx) touch(table string, key ...any) error {
	r, ok := t.s.tables[table]
	if !ok || len(key) != len(r.key) {
		return fault.New(fault.Internal, "store.table")
	}
	text, err := keyText(key)
	if err != nil {
		return err
	}
	if t.touched == nil {
		t.touched = map[string]map[string][]any{}
	}
	if t.touched[table] == nil {
		t.touched[table] = map[string][]any{}
		t.order = append(t.order, table)
	}
	t.touched[table][text] = key
	return nil
}

// hashStep rows are read again at a time.
const hashStep = 64

// rows reads every touched row again, as it is really stored, and hashes it.
func (t *tx) rows() ([]audit.Row, error) {
	var all []audit.Row
	for _, name := range t.order {
		keys := t.touched[name]
		for some := range slices.Chunk(slices.Sorted(maps.Keys(keys)), hashStep) {
			rows, err := t.hash(t.s.tables[name], some, keys)
			if err != nil {
				return nil, err
			}
			all = append(all, rows...)
		}
	}
	return all, nil
}

func (t *tx) hash(r table, some []string, keys map[string][]any) ([]audit.Row, error) {
	// The number of marks is a power of two, so that few statements are prepared.
	n := 1
	for n < len(some) {
		n *= 2
	}
	var args []any
	for i := range n {
		args = append(args, keys[some[min(i, len(some)-1)]]...)
	}
	where := r.key[0] + " IN (" + marks(n) + ")"
	if len(r.key) > 1 {
		where = strings.TrimSuffix(strings.Repeat("("+r.where()+") OR ", n), " OR ")
	}
	found := map[string]audit.Hash{}
	err := t.eachRow(r, where, args, func(row audit.Row) error {
		found[row.Key] = row.Hash
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows := make([]audit.Row, 0, len(some))
	for _, key := range some {
		h, there := found[key]
		rows = append(rows, audit.Row{Table: r.name, Key: key, Hash: h, Gone: !there})
	}
	return rows, nil
}

// eachRow hashes the rows of a table one by one. It reads every column there
// is, even one that a newer program added: here, and only here, * is meant.
func (t *tx) eachRow(r table, where string, args []any, fn func(audit.Row) error) error {
	query := "SELECT * FROM " + r.name
	if where != "" {
		query += " WHERE " + where
	}
	var read rowReader
	return t.each(query, args, func(rows *sqlx.Rows) error {
		row, err := read.row(r, rows)
		if err != nil {
			return err
		}
		return fn(row)
	})
}

// rowReader hashes the rows of one query, reusing its room.
type rowReader struct {
	columns []audit.Column
	names   []string
	values  []any
	key     []int
	text    []bool
}

func (rr *rowReader) row(r table, rows *sqlx.Rows) (audit.Row, error) {
	if rr.names == nil {
		if err := rr.prepare(r, rows); err != nil {
			return audit.Row{}, err
		}
	}
	to := make([]any, len(rr.values))
	for i := range rr.values {
		to[i] = &rr.values[i]
	}
	if err := rows.Scan(to...); err != nil {
		return audit.Row{}, err
	}
	rr.columns = rr.columns[:0]
	for i, name := range rr.names {
		if b, ok := rr.values[i].([]byte); ok && rr.text[i] {
			rr.values[i] = string(b)
		}
		rr.columns = append(rr.columns, audit.Column{Name: name, Value: rr.values[i]})
	}
	var key []any
	for _, i := range rr.key {
		key = append(key, rr.values[i])
	}
	text, err := keyText(key)
	if err != nil {
		return audit.Row{}, err
	}
	h, err := audit.HashRow(r.name, text, rr.columns)
	return audit.Row{Table: r.name, Key: text, Hash: h}, err
}

func (rr *rowReader) prepare(r table, rows *sqlx.Rows) error {
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	for _, c := range types {
		rr.names = append(rr.names, c.Name())
		rr.text = append(rr.text, c.DatabaseTypeName() == "JSON")
	}
	for _, k := range r.key {
		i := slices.Index(rr.names, k)
		if i < 0 {
			return fmt.Errorf("store: table %s has no column %s", r.name, k)
		}
		rr.key = append(rr.key, i)
	}
	rr.values = make([]any, len(rr.names))
	return nil
}

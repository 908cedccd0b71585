package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// tx is one transaction. Queries are written with ? and named columns; a
// struct's db tags name its columns. Rows of audited tables that insert,
// update, delete and change touch are hashed into the entry when the function
// returns. A tx is used by one goroutine and not after its function returned.
type tx struct {
	ctx     context.Context // the caller's: for its end
	run     context.Context // for statements; see bound
	s       *Store
	q       querier
	entry   audit.Entry
	scrub   bool                        // something was erased: its bytes must go
	touched map[string]map[string][]any // table → key as text → key
	order   []string                    // tables in the order they were touched
	reading bool
	single  bool // one question is all it may ask: see [Store.glance]
	asked   bool
	failed  error // the first statement that failed: nothing can be kept after it
}

// querier is a connection or a transaction of an engine.
type querier interface {
	sqlx.QueryerContext
	sqlx.ExecerContext
}

// errAgain ends an act that met a record in a state that is passing: it is run
// again from its beginning.
var errAgain = errors.New("store: again")

// errUnchanged ends an act that found its work already done: see [Store.act].
var errUnchanged = errors.New("store: unchanged")

// text is a query as the engine wants it.
func (t *tx) text(query string, args []any) string {
	if watch := t.s.watch.Load(); watch != nil {
		(*watch)(query, args)
	}
	return t.s.dialect.rebind(query)
}

// ready says whether one more question may be asked.
func (t *tx) ready() error {
	if t.single && t.asked {
		return fault.New(fault.Internal, "store.glance")
	}
	t.asked = true
	return t.ctx.Err()
}

// now is the clock, cut to what the database keeps.
func (t *tx) now() time.Time { return at(t.s.options.Clock()).Time }

// with gives the entry one more circumstance.
func (t *tx) with(key, code string) { t.entry = t.entry.With(key, code) }

// get reads one row into a struct by its db tags, or one value. No row is
// NotFound, "record.notfound".
func (t *tx) get(to any, query string, args ...any) error {
	if err := t.ready(); err != nil {
		return err
	}
	err := sqlx.GetContext(t.run, t.q, to, t.text(query, args), args...)
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, "record.notfound")
	}
	return err
}

// list reads every row into a slice of structs or values.
func (t *tx) list(to any, query string, args ...any) error {
	if err := t.ready(); err != nil {
		return err
	}
	return sqlx.SelectContext(t.run, t.q, to, t.text(query, args), args...)
}

// listIn is list for a query with IN (?): slices among args are spread out. An
// empty slice reads nothing.
func (t *tx) listIn(to any, query string, args ...any) error {
	spread, flat, err := sqlx.In(query, args...)
	if err != nil {
		if strings.Contains(err.Error(), "empty slice") {
			return nil
		}
		return err
	}
	return t.list(to, spread, flat...)
}

// exists says whether a query finds a row.
func (t *tx) exists(query string, args ...any) (bool, error) {
	var one int
	err := t.get(&one, "SELECT 1 FROM ("+query+") AS q LIMIT 1", args...)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// each reads rows one by one, for what does not fit in memory. fn must not use
// the transaction: PostgreSQL answers one question at a time.
func (t *tx) each(query string, args []any, fn func(*sqlx.Rows) error) error {
	if err := t.ready(); err != nil {
		return err
	}
	rows, err := t.q.QueryxContext(t.run, t.text(query, args), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// hold locks one row until the end of the act, for a decision that depends on
// a row it does not change. SQLite has one writer and needs nothing.
func (t *tx) hold(table string, key ...any) error {
	r, ok := t.s.tables[table]
	if !ok || len(key) != len(r.key) {
		return fault.New(fault.Internal, "store.table")
	}
	var one int
	return t.get(&one, "SELECT 1 FROM "+table+" WHERE "+r.where()+t.s.dialect.forUpdate, key...)
}

// insert adds a row. A row that exists already is Stale, "record.exists".
func (t *tx) insert(table string, row any) error {
	_, err := t.add(table, row, "")
	return err
}

// insertOnce adds a row unless one with its key exists; fresh says which. The
// second submit of a form ends here: see [errUnchanged].
func (t *tx) insertOnce(table string, row any) (fresh bool, err error) {
	return t.add(table, row, "once")
}

func (t *tx) add(table string, row any, mode string) (bool, error) {
	sh, v, err := t.s.shapes.of(row)
	if err != nil {
		return false, err
	}
	args := make([]any, len(sh.columns))
	for i := range sh.columns {
		args[i] = sh.value(v, i)
	}
	query := "INSERT INTO " + table + " (" + strings.Join(sh.columns, ", ") + ") VALUES (" + marks(len(args)) + ")"
	r, isAudited := t.s.tables[table]
	if mode == "once" {
		query += " ON CONFLICT DO NOTHING"
		if isAudited {
			query = strings.Replace(query, "CONFLICT", "CONFLICT ("+strings.Join(r.key, ", ")+")", 1)
		}
	}
	n, err := t.write(query, args...)
	if err != nil || n == 0 {
		return false, err
	}
	if !isAudited {
		return true, t.mustExempt(table)
	}
	key, err := sh.key(r, v)
	if err != nil {
		return false, err
	}
	return true, t.touch(table, key...)
}

// update writes every column of row except its key, where the key matches. In
// a table with a version, the row carries the version its editor saw: a row
// that meanwhile has another is Stale, "record.stale", and the version stored
// is one more. Without a version, no row is NotFound.
func (t *tx) update(table string, row any) error {
	r, ok := t.s.tables[table]
	if !ok {
		return fault.New(fault.Internal, "store.table")
	}
	sh, v, err := t.s.shapes.of(row)
	if err != nil {
		return err
	}
	key, err := sh.key(r, v)
	if err != nil {
		return err
	}
	var sets []string
	var args []any
	var seen any
	for i, c := range sh.columns {
		switch {
		case r.isKey(c):
		case c == r.version:
			sets = append(sets, c+" = "+c+" + 1")
			seen = sh.value(v, i)
		default:
			sets = append(sets, c+" = ?")
			args = append(args, sh.value(v, i))
		}
	}
	query := "UPDATE " + table + " SET " + strings.Join(sets, ", ") + " WHERE " + r.where()
	args = append(args, key...)
	if r.version != "" {
		if seen == nil {
			return fmt.Errorf("store: a row of %s without its version", table)
		}
		query += " AND " + r.version + " = ?"
		args = append(args, seen)
	}
	n, err := t.write(query, args...)
	switch {
	case err != nil:
		return err
	case n == 0 && r.version != "":
		return fault.New(fault.Stale, "record.stale")
	case n == 0:
		return fault.New(fault.NotFound, "record.notfound")
	}
	return t.touch(table, key...)
}

// delete removes one row; one that is not there is NotFound.
func (t *tx) delete(table string, key ...any) error {
	r, ok := t.s.tables[table]
	if !ok || len(key) != len(r.key) {
		return fault.New(fault.Internal, "store.table")
	}
	n, err := t.write("DELETE FROM "+table+" WHERE "+r.where(), key...)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "record.notfound")
	}
	return t.touch(table, key...)
}

// change runs an INSERT, UPDATE or DELETE on an audited table, of any number of
// rows, and touches them all. The statement has no RETURNING: change adds it.
func (t *tx) change(query string, args ...any) (int, error) {
	r, ok := t.s.tables[target(query)]
	if !ok || t.reading {
		return 0, fault.New(fault.Internal, "store.table")
	}
	rows, err := t.q.QueryxContext(t.run, t.text(query+" RETURNING "+strings.Join(r.key, ", "), args), args...)
	if err != nil {
		return 0, t.fail(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		key, err := rows.SliceScan()
		if err != nil {
			return n, err
		}
		if err := t.touch(r.name, key...); err != nil {
			return n, err
		}
	}
	return n, t.fail(rows.Err())
}

// exec runs a statement on a table that is exempt from the audit, and says how
// many rows it met. On an audited table it is refused (Internal).
func (t *tx) exec(query string, args ...any) (int64, error) {
	if err := t.mustExempt(target(query)); err != nil {
		return 0, err
	}
	return t.write(query, args...)
}

func (t *tx) mustExempt(table string) error {
	if _, ok := exempt()[table]; !ok {
		return fault.New(fault.Internal, "store.table")
	}
	return nil
}

// write runs a statement as it is.
func (t *tx) write(query string, args ...any) (int64, error) {
	if t.reading {
		return 0, fault.New(fault.Internal, "store.reading")
	}
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	result, err := t.q.ExecContext(t.run, t.text(query, args), args...)
	if err != nil {
		return 0, t.fail(err)
	}
	return result.RowsAffected()
}

// fail remembers that a statement failed. PostgreSQL refuses everything after
// it; so that both engines do the same, act keeps nothing even when its
// function goes on.
func (t *tx) fail(err error) error {
	if t.failed == nil && err != nil {
		t.failed = err
	}
	return err
}

// target finds the table a statement writes: "" when it is not plainly an
// INSERT, UPDATE or DELETE.
func target(query string) string {
	words := strings.Fields(query)
	at := map[string]int{"INSERT": 2, "DELETE": 2, "UPDATE": 1}
	if len(words) < 3 {
		return ""
	}
	i, ok := at[strings.ToUpper(words[0])]
	if !ok || i == 2 && !strings.EqualFold(words[1], "INTO") && !strings.EqualFold(words[1], "FROM") {
		return ""
	}
	name, _, _ := strings.Cut(words[i], "(")
	return name
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func (r table) where() string { return strings.Join(r.key, " = ? AND ") + " = ?" }

func (r table) isKey(column string) bool {
	for _, k := range r.key {
		if k == column {
			return true
		}
	}
	return false
}

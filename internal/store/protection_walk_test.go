package store_test

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"inkingi/internal/testkit/engine"
)

// TestNoQueryWalksTheWholeTable asks what every page asks of a town and of one
// four times as large, where each worker has as much as in the other. What SQLite
// does for an answer may not grow with the town: a plan can call it a search and
// read half a table all the same (of everything that IS NOT NULL).
func TestNoQueryWalksTheWholeTable(t *testing.T) {
	small, large := steps(t, 1000), steps(t, 4000)
	for _, q := range slices.Sorted(maps.Keys(large)) {
		before, known := small[q]
		if known && large[q].steps > 2*before.steps+1500 {
			t.Errorf("%s: %d steps among 1,000 records, %d among 4,000:\n%s\n%s", large[q].by, before.steps, large[q].steps, q, strings.Join(large[q].plan, "\n"))
		}
	}
	if len(large) < 60 {
		t.Errorf("only %d queries were seen", len(large))
	}
}

type walk struct {
	by    string
	steps int
	plan  []string
}

// steps gives the steps of SQLite's machine for each query of every page.
func steps(t *testing.T, people int) map[string]walk {
	address := engine.SQLite(t)
	v := newTown(t, address, people, people/50)
	type asked struct {
		by   string
		args []any
	}
	queries, by := map[string]asked{}, ""
	v.store.Watch(func(q string, args []any) {
		if _, known := queries[q]; !known && strings.HasPrefix(q, "SELECT") {
			queries[q] = asked{by, args}
		}
	})
	v.everyPage(t, &by)
	v.store.Watch(nil)

	db, err := driver.Open("file:" + strings.TrimPrefix(address, "sqlite:") + "?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(v.ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	all := map[string]walk{}
	for q, a := range queries {
		n, err := stepsOf(v.ctx, conn, q, a.args)
		if err != nil {
			t.Errorf("%s: %v\n%s", a.by, err, q)
		}
		all[q] = walk{a.by, n, planOf(v.ctx, t, conn, q, a.args)}
	}
	return all
}

// stepsOf runs a query to its end.
func stepsOf(ctx context.Context, conn *sql.Conn, query string, args []any) (n int, err error) {
	if err := conn.Raw(func(c any) error {
		return c.(driver.Conn).Raw().Trace(sqlite3.TRACE_PROFILE, func(_ sqlite3.TraceEvent, stmt, _ any) error {
			n += stmt.(*sqlite3.Stmt).Status(sqlite3.STMTSTATUS_VM_STEP, true)
			return nil
		})
	}); err != nil {
		return 0, err
	}
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	return n, rows.Close()
}

// planOf gives the steps of the plan.
func planOf(ctx context.Context, t *testing.T, conn *sql.Conn, query string, args []any) (plan []string) {
	rows, err := conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Error(err)
		}
		plan = append(plan, detail)
	}
	return plan
}

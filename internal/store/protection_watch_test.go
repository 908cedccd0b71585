package store

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"inkingi/internal/ids"
)

// Watch hands every query of protection's lists and reads to a test.
func (s *Store) Watch(fn func(query string, args []any)) {
	if fn == nil {
		s.watch.Store(nil)
		return
	}
	var one sync.Mutex
	watch := func(query string, args []any) {
		one.Lock()
		defer one.Unlock()
		fn(query, args)
	}
	s.watch.Store(&watch)
}

// Count reads a number.
func (s *Store) Count(ctx context.Context, query string, args ...any) (n int, err error) {
	err = s.look(ctx, func(t *tx) error { return t.get(&n, query, args...) })
	return n, err
}

// Move gives a case to another house, as a move of a whole file does.
func (s *Store) Move(ctx context.Context, id ids.Case, to ids.Org) error {
	return s.engine.raw(ctx, func(q querier) error {
		_, err := q.ExecContext(ctx, s.dialect.rebind("UPDATE protection_case SET owner_org = ? WHERE id = ?"), to, id)
		return err
	})
}

// Bytes reads one column of one row as it is stored.
func (s *Store) Bytes(ctx context.Context, query string, args ...any) (b []byte, err error) {
	err = s.look(ctx, func(t *tx) error { return t.get(&b, query, args...) })
	return b, err
}

// Entries counts what is in the log or on its way.
func (s *Store) Entries(ctx context.Context) (int, error) {
	if err := s.engine.sequence(ctx); err != nil {
		return 0, err
	}
	in, err := s.Count(ctx, `SELECT COUNT(*) FROM audit_entry`)
	if err != nil {
		return 0, err
	}
	waiting, err := s.Count(ctx, `SELECT COUNT(*) FROM audit_pending`)
	return in + waiting, err
}

// Analyze lets the engine count its rows.
func (s *Store) Analyze(ctx context.Context) error {
	return s.engine.raw(ctx, func(q querier) error {
		_, err := q.ExecContext(ctx, "ANALYZE")
		return err
	})
}

// Scans gives the tables that a query reads from end to end on this engine,
// with the step of the plan that does it.
func (s *Store) Scans(ctx context.Context, query string, args []any) (found []string, err error) {
	err = s.look(ctx, func(t *tx) error {
		found = nil
		if s.dialect.name == "sqlite" {
			found, err = t.scansSQLite(query, args)
		} else {
			found, err = t.scansPostgreSQL(query, args)
		}
		return err
	})
	return found, err
}

func (t *tx) scansSQLite(query string, args []any) (found []string, err error) {
	var steps []struct {
		ID      int    `db:"id"`
		Parent  int    `db:"parent"`
		NotUsed int    `db:"notused"`
		Detail  string `db:"detail"`
	}
	if err := t.list(&steps, "EXPLAIN QUERY PLAN "+query, args...); err != nil {
		return nil, err
	}
	for _, step := range steps {
		if what, ok := strings.CutPrefix(step.Detail, "SCAN "); ok {
			found = append(found, what)
		}
	}
	return found, nil
}

// plan is a step of a plan of PostgreSQL.
type plan struct {
	Node     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Cond     string `json:"Index Cond"`
	Plans    []plan
}

func (t *tx) scansPostgreSQL(query string, args []any) (found []string, err error) {
	if _, err := t.q.ExecContext(t.run, "SET LOCAL enable_seqscan = off"); err != nil {
		return nil, err
	}
	var text []byte
	if err := t.get(&text, "EXPLAIN (FORMAT JSON) "+query, args...); err != nil {
		return nil, err
	}
	var plans []struct{ Plan plan }
	if err := json.Unmarshal(text, &plans); err != nil {
		return nil, err
	}
	var walk func(plan)
	walk = func(p plan) {
		switch {
		case p.Node == "Seq Scan":
			found = append(found, p.Relation)
		case strings.HasPrefix(p.Node, "Index") && p.Relation != "" && p.Cond == "":
			found = append(found, p.Relation+" USING INDEX "+p.Index)
		}
		for _, below := range p.Plans {
			walk(below)
		}
	}
	for _, p := range plans {
		walk(p.Plan)
	}
	return found, nil
}

// IDs reads one column of identifiers.
func (s *Store) IDs(ctx context.Context, query string, args ...any) (all []ids.UUID, err error) {
	err = s.look(ctx, func(t *tx) error { all = nil; return t.list(&all, query, args...) })
	return all, err
}

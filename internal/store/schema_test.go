package store

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"inkingi/internal/testkit/engine"
)

var update = flag.Bool("update", false, "rewrite the dumped schemas")

// TestSchema compares a fresh migration with the dump that is committed, so
// that a reader sees what a migration does to each engine.
func TestSchema(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		var lines []struct{ Kind, Name, Text string }
		must(t, s.look(context.Background(), func(t *tx) error { return t.list(&lines, s.dialect.queries.schema) }))
		var b strings.Builder
		b.WriteString("-- The tables after every migration, as " + s.dialect.name + " describes them. Rewritten by: go test ./internal/store -run TestSchema -update\n")
		for _, l := range lines {
			if strings.HasPrefix(l.Name, "goose_db_version") || strings.Contains(l.Text, "goose_db_version") {
				continue
			}
			if s.dialect.name == "postgres" {
				b.WriteString(l.Kind + " " + l.Name + ": ")
			} else {
				b.WriteString("\n")
			}
			b.WriteString(l.Text + "\n")
		}
		path := filepath.Join("schema", s.dialect.name+".sql")
		if *update {
			must(t, os.WriteFile(path, []byte(b.String()), 0o644))
			return
		}
		want, err := os.ReadFile(path)
		must(t, err)
		if string(want) != b.String() {
			t.Errorf("%s is not what the migrations make; read the difference, then run with -update", path)
		}
	})
}

// TestEveryTableIsAuditedOrExempt fails for a table nobody thought of.
func TestEveryTableIsAuditedOrExempt(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		var names []string
		must(t, s.look(context.Background(), func(t *tx) error { return t.list(&names, s.dialect.queries.tables) }))
		for _, name := range names {
			r, isAudited := s.tables[name]
			reason, isExempt := exempt()[name]
			switch {
			case isAudited == isExempt:
				t.Errorf("table %s must be either audited or exempt with a reason (registry.go)", name)
			case isExempt && reason == "":
				t.Errorf("table %s is exempt without a reason", name)
			case isAudited:
				var columns []column
				must(t, s.look(context.Background(), func(t *tx) (err error) { columns, err = t.columns(name); return err }))
				for _, want := range append(slices.Clone(r.key), r.version) {
					if want != "" && !slices.ContainsFunc(columns, func(c column) bool { return c.name == want }) {
						t.Errorf("table %s has no column %s", name, want)
					}
				}
			}
		}
		for name := range s.tables {
			if !slices.Contains(names, name) {
				t.Errorf("table %s is audited and does not exist", name)
			}
		}
		for name := range exempt() {
			if !slices.Contains(names, name) {
				t.Errorf("table %s is exempt and does not exist", name)
			}
		}
	})
}

// Two programs that start at once migrate one after the other.
func TestMigrateAtOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		ctx := context.Background()
		done := make(chan error, 3)
		for range 3 {
			s, err := Open(ctx, address, Options{})
			must(t, err)
			t.Cleanup(func() { _ = s.Close() })
			go func() { _, _, err := s.Migrate(ctx); done <- err }()
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}

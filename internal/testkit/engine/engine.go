// Package engine gives a test a fresh, empty database of each engine. It opens
// no store, so that store's own tests may use it; everybody else calls
// testkit.Engines.
package engine

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variable names a postgres:// address whose role may create schemas there.
const Variable = "INKINGI_TEST_POSTGRES"

const how = "PostgreSQL is left out: set " + Variable + " to a postgres:// address whose role may create schemas; ./check starts one by itself"

// Each runs a test on a fresh SQLite file, and on a fresh PostgreSQL schema
// when [Variable] says where.
func Each(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, PostgreSQL(t)) })
}

// SQLite gives the address of a file that does not exist yet.
func SQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "inkingi.db")
}

// PostgreSQL gives the address of a fresh schema, dropped after the test, or
// skips the test.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	base := os.Getenv(Variable)
	if base == "" {
		t.Skip(how)
	}
	address, err := url.Parse(base)
	if err != nil {
		t.Fatal(Variable + " is not an address")
	}
	schema := "t_" + strings.ToLower(rand.Text())
	command(t, base, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { command(t, base, "DROP SCHEMA "+schema+" CASCADE") })
	q := address.Query()
	q.Set("search_path", schema)
	address.RawQuery = q.Encode()
	return address.String()
}

func command(t testing.TB, address, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatalf("%s does not answer: %v", Variable, err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

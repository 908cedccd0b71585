package testkit

import (
	"testing"

	"inkingi/internal/testkit/engine"
)

// Engines runs a test on each engine, on a fresh and empty database: always on
// a SQLite file, and on PostgreSQL when INKINGI_TEST_POSTGRES is set.
func Engines(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	engine.Each(t, test)
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"inkingi/internal/fault"
)

// dialect is all that the store knows of an engine. This file is the only one
// that may ask which it is.
type dialect struct {
	name      string
	bind      int               // sqlx bind type
	expand    map[string]string // in migrations
	beside    string            // a column that equals ?, and whose index is not to be walked for it
	forUpdate string            // locks the rows of a SELECT
	forShare  string            // keeps others from changing them
	goose     goose.Dialect
	durable   string // reads the setting that makes a commit survive a power cut
	durableIs string
	scrub     func(context.Context, querier) error // makes deleted bytes go away
	queries   catalog
	classify  func(error) class
}

// catalog holds what each engine calls its own tables.
type catalog struct {
	tables string // every table, by name
	schema string // kind, name, text: the dumped schema
	fks    string // child, name, definition of every foreign key; "" when they can be deferred
	lock   string // only one sequencer at a time
	wait   string // keeps leaves on their way into the log, in one statement; "" where there is no waiting
}

// class says what an engine's error means.
type class int

const (
	classOther     class = iota
	classAgain           // lost against another transaction: try again
	classDuplicate       // a key or a unique column exists
	classReference       // another row is missing, or still refers to this one
	classGone            // the engine is away, full or broken
)

func (d dialect) rebind(query string) string { return sqlx.Rebind(d.bind, query) }

func (s *Store) connect(ctx context.Context, address string) error {
	switch path, isFile := strings.CutPrefix(address, "sqlite:"); {
	case isFile && path != "" && !strings.Contains(path, ":memory:"):
		return s.connectSQLite(ctx, path)
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		return s.connectPostgreSQL(ctx, address)
	}
	return fault.New(fault.Invalid, "store.address")
}

// SQLite

func sqliteDialect() dialect {
	return dialect{
		name: "sqlite", bind: sqlx.QUESTION, goose: goose.DialectSQLite3,
		expand: map[string]string{
			"STRICT": "STRICT", "KEYED": "STRICT, WITHOUT ROWID", "BLOB": "BLOB", "INT": "INTEGER",
			"BOOL": "INTEGER", "JSON": "TEXT", "REAL": "REAL", "ORDER": "INTEGER PRIMARY KEY", "HOUSE": "", "FROM": "",
		},
		beside:  "NOT %s <> ?",
		durable: "PRAGMA synchronous", durableIs: "2", // FULL: sync at every commit
		scrub: scrubSQLite,
		queries: catalog{
			tables: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
			schema: `SELECT type AS kind, name, sql AS text FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`,
		},
		classify: classifySQLite,
	}
}

// sqliteDSN sets what must hold on every connection. busy_timeout comes first.
// Only the first connection of a program makes the file: one that is made when
// the disk is away would be an empty database that answers.
func sqliteDSN(path string, mode string, reader bool) string {
	q := url.Values{"_txlock": {"immediate"}, "mode": {mode}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
		"secure_delete(on)", "temp_store(memory)", "cache_size(-4000)", "trusted_schema(off)",
	}}
	if reader {
		q["_pragma"] = append(q["_pragma"], "query_only(on)")
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func (s *Store) connectSQLite(ctx context.Context, path string) error {
	s.dialect = sqliteDialect()
	// Nobody else on the machine reads the file, nor the log that is made beside it.
	// A folder that is not there is the driver's to say.
	if own, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err == nil {
		own.Close()
	}
	maker, err := driver.Open(sqliteDSN(path, "rwc", false))
	if err == nil {
		err = errors.Join(maker.PingContext(ctx), maker.Close())
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	}
	writer, err := driver.Open(sqliteDSN(path, "rw", false))
	if err != nil {
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	}
	reader, err := driver.Open(sqliteDSN(path, "rw", true))
	if err != nil {
		writer.Close()
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	}
	writer.SetMaxOpenConns(1)
	reader.SetMaxOpenConns(s.options.Readers)
	reader.SetMaxIdleConns(s.options.Readers)
	s.engine = newGrouped(s, path, sqlx.NewDb(writer, "sqlite3"), sqlx.NewDb(reader, "sqlite3"))
	return nil
}

// scrubSQLite empties the write-ahead log: secure_delete has zeroed the pages.
// It does not wait for a long reading, which would make every writer wait.
func scrubSQLite(ctx context.Context, q querier) error {
	if _, err := q.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		return err
	}
	var busy, pages, moved int
	err := q.QueryRowxContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = fault.New(fault.Unavailable, "store.scrub.busy")
	}
	_, back := q.ExecContext(ctx, "PRAGMA busy_timeout = 10000")
	return errors.Join(err, back)
}

func classifySQLite(err error) class {
	switch {
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return classAgain
	case errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY), errors.Is(err, sqlite3.CONSTRAINT_UNIQUE),
		errors.Is(err, sqlite3.CONSTRAINT_ROWID):
		return classDuplicate
	case errors.Is(err, sqlite3.CONSTRAINT_FOREIGNKEY):
		return classReference
	case errors.Is(err, sqlite3.IOERR), errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.CANTOPEN),
		errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return classGone
	}
	return classOther
}

// PostgreSQL

func postgresDialect() dialect {
	return dialect{
		name: "postgres", bind: sqlx.DOLLAR, goose: goose.DialectPostgres, forUpdate: " FOR UPDATE", forShare: " FOR SHARE",
		expand: map[string]string{
			"STRICT": "", "KEYED": "", "BLOB": "BYTEA", "INT": "BIGINT", "BOOL": "BOOLEAN",
			"JSON": "JSON", // keeps the text as written, so that its hash holds
			"REAL": "DOUBLE PRECISION", "ORDER": "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
			"HOUSE": "owner_org, ", "FROM": "from_org, ",
		},
		beside:  "%s = ?", // it counts its rows
		durable: "SHOW synchronous_commit", durableIs: "on",
		scrub: scrubPostgreSQL,
		queries: catalog{
			tables: `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`,
			schema: postgresSchema,
			fks: `SELECT r.relname AS child, c.conname AS name, pg_get_constraintdef(c.oid) AS definition
				FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
				WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY r.relname, c.conname`,
			lock: `SELECT pg_advisory_xact_lock(hashtextextended('inkingi audit ' || current_schema(), 0))`,
			wait: `INSERT INTO audit_pending (leaf) SELECT unnest($1::bytea[])`,
		},
		classify: classifyPostgreSQL,
	}
}

// postgresSchema dumps tables, columns, constraints and indexes as lines.
const postgresSchema = `
	SELECT kind, name, text FROM (
		SELECT 'table' AS kind, c.relname AS name, c.relname AS tbl, 0 AS part, a.attnum AS n,
			a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
			|| CASE a.attidentity WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
			|| COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS text
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
		WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
		UNION ALL
		SELECT 'constraint', k.conname, c.relname, 1, 0, pg_get_constraintdef(k.oid)
		FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
		WHERE k.connamespace = current_schema()::regnamespace
		UNION ALL
		SELECT 'index', i.indexname, i.tablename, 2, 0, replace(i.indexdef, quote_ident(i.schemaname) || '.', '')
		FROM pg_indexes i WHERE i.schemaname = current_schema()
	) AS s ORDER BY tbl COLLATE "C", part, n, name COLLATE "C"`

func (s *Store) connectPostgreSQL(ctx context.Context, address string) error {
	s.dialect = postgresDialect()
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return fault.New(fault.Invalid, "store.address") // the cause may hold a password
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	// A session may not weaken what an acknowledgement means, whatever the server's
	// default. A list has as many parts as there are reasons to see a line: to plan
	// it anew each time took three times as long as to run it.
	enforce := stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, `SET synchronous_commit = on; SET timezone = 'UTC'; SET plan_cache_mode = force_generic_plan`)
		return err
	})
	db := stdlib.OpenDB(*config, enforce)
	db.SetMaxOpenConns(s.options.Writers)
	db.SetMaxIdleConns(s.options.Writers)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return fault.Wrap(fault.Unavailable, "store.unavailable", err)
	}
	s.engine = newPooled(s, sqlx.NewDb(db, "pgx"))
	return nil
}

func scrubPostgreSQL(ctx context.Context, q querier) error {
	_, one := q.ExecContext(ctx, "VACUUM subject_key")
	_, two := q.ExecContext(ctx, "VACUUM index_token")
	return errors.Join(one, two)
}

func classifyPostgreSQL(err error) class {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var c *pgconn.ConnectError
		if errors.As(err, &c) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) || errors.Is(err, sql.ErrConnDone) ||
			strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "unexpected EOF") {
			return classGone
		}
		return classOther
	}
	switch {
	case e.Code == "40001", e.Code == "40P01", // serialization failure, deadlock
		e.Code == "0A000" && strings.Contains(e.Message, "cached plan"): // a migration changed the table
		return classAgain
	case e.Code == "23505":
		return classDuplicate
	case e.Code == "23503":
		return classReference
	case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"),
		strings.HasPrefix(e.Code, "58"), e.Code == "25006": // connection, resources, shutdown, system, read-only standby
		return classGone
	}
	return classOther
}

// Both

// loosen lets rows be inserted in any order within one transaction; what it
// gives back checks every reference again.
func (t *tx) loosen() (tighten func() error, err error) {
	d := t.s.dialect.queries
	if d.fks == "" {
		_, err := t.q.ExecContext(t.run, "PRAGMA defer_foreign_keys = on") // until the commit, which checks
		return func() error { return nil }, err
	}
	var all []struct{ Child, Name, Definition string }
	if err := t.list(&all, d.fks); err != nil {
		return nil, err
	}
	for _, k := range all {
		if _, err := t.q.ExecContext(t.run, "ALTER TABLE "+k.Child+" DROP CONSTRAINT "+k.Name); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, k := range all {
			if _, err := t.q.ExecContext(t.run, "ALTER TABLE "+k.Child+" ADD CONSTRAINT "+k.Name+" "+k.Definition); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// Durability reads the setting that decides whether an acknowledged act
// survives a power cut, on a connection of the kind that writes.
func (s *Store) Durability(ctx context.Context) (setting, value string, safe bool, err error) {
	err = s.lift(s.engine.raw(ctx, func(q querier) error {
		return sqlx.GetContext(ctx, q, &value, s.dialect.durable)
	}))
	return s.dialect.durable, value, err == nil && value == s.dialect.durableIs, err
}

// Filling runs fn, which writes very many records, with more memory for the
// pages that are written again and again: identifiers and blind indexes touch
// all of a large SQLite file (its driver has 256 MiB in all, of which one act keeps the pages it changes). PostgreSQL has
// memory of its own.
func (s *Store) Filling(ctx context.Context, fn func() error) error {
	if s.dialect.name != "sqlite" {
		return fn()
	}
	room := func(ctx context.Context, kib, pages int) error {
		return s.lift(s.engine.raw(ctx, func(q querier) error {
			if _, err := q.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", kib)); err != nil {
				return err
			}
			_, err := q.ExecContext(ctx, fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", pages))
			return err
		}))
	}
	if err := room(ctx, 96_000, 20_000); err != nil {
		return err
	}
	err := fn()
	return errors.Join(err, room(context.WithoutCancel(ctx), 4_000, 1_000))
}

// locker makes two programs that start at once migrate one after the other.
func (d dialect) locker(ctx context.Context, db *sql.DB) (goose.ProviderOption, error) {
	if d.queries.lock == "" {
		return nil, nil // SQLite: the file is locked by the transaction
	}
	var schema string
	if err := db.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&schema); err != nil {
		return nil, fmt.Errorf("find schema: %w", err)
	}
	h := fnv.New32a()
	h.Write([]byte("inkingi migrations " + schema))
	l, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(h.Sum32())), lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.WithSessionLocker(l), nil
}

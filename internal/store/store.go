// Package store keeps the records, on SQLite and on PostgreSQL, with one SQL
// text for both.
//
// Its promise: what was acknowledged is there after a power cut, and nothing
// is there without its entry. Every write goes through [Store.act]: one
// transaction for the rows, the entry and the hashes of the rows. Every
// reading of identity goes through [Store.read]: its entry is durable before
// the answer returns. [Store.Verify] shows that both held.
//
// The room decides nothing: whether somebody may is access's, what a change
// means is the pillars'. It never sees what is sealed: vault does.
//
// Known limit: whoever holds the database and the signing key can write
// another history since the last checkpoint that was kept elsewhere.
package store

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/place"
	"inkingi/internal/vault"
)

// Options say how to open a store. The zero value works: the system clock, no
// log, four readers, the engine's connections bounded.
type Options struct {
	Clock   func() time.Time
	Log     *slog.Logger     // ids and counts only
	Readers int              // reader connections (SQLite), default 4
	Writers int              // connections (PostgreSQL), default 16
	Wrap    Wrapper          // wraps the key that signs checkpoints; see [Store.MakeLogKey]
	Vault   *vault.Vault     // seals and opens; without it nothing about a person can be written
	Places  *place.Gazetteer // to know what lies above a place
}

// Wrapper wraps a small secret under the master key. vault's master is one.
type Wrapper interface {
	Wrap(purpose string, secret []byte) ([]byte, error)
	Unwrap(purpose string, wrapped []byte) ([]byte, error)
}

// Store holds the records. It is safe for use by several goroutines, and
// several programs may hold the same database.
type Store struct {
	options Options
	dialect dialect
	engine  runner
	tables  map[string]table
	shapes  *shapes
	scrubs  chan struct{}                                  // something was erased
	watch   atomic.Pointer[func(query string, args []any)] // tests read the plan of every query; nil otherwise
	quit    chan struct{}
	done    sync.WaitGroup
}

// runner runs functions in transactions. Both keep an act's rows and entry in
// one; they differ in how many run at once.
type runner interface {
	// act runs fn in a writing transaction and returns when it is durable.
	act(ctx context.Context, e audit.Entry, fn func(*tx) error) error
	// note keeps the entry of a reading, grouped with others, and returns when it is durable.
	note(ctx context.Context, e audit.Entry) error
	// snapshot runs fn in a reading transaction that sees one moment.
	snapshot(ctx context.Context, fn func(*tx) error) error
	// glance runs fn, which asks one question: a statement sees one moment by itself.
	glance(ctx context.Context, fn func(*tx) error) error
	// upkeep runs fn in a writing transaction without an entry: for the log's own tables and for restoring.
	upkeep(ctx context.Context, fn func(*tx) error) error
	// sequence gives every committed entry its place in the log.
	sequence(ctx context.Context) error
	// raw runs fn on a connection outside any transaction, alone where there is one writer.
	raw(ctx context.Context, fn func(querier) error) error
	// lend gives the database away, to migrate.
	lend(fn func(*sql.DB) error) error
	close() error
}

// Open opens "sqlite:PATH" or "postgres://…". It creates the SQLite file but
// no table: see [Store.Migrate]. Faults: Invalid for an address of another
// form, Unavailable when the engine does not answer.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.Writers <= 0 {
		o.Writers = 16
	}
	s := &Store{options: o, tables: map[string]table{}, shapes: newShapes(), scrubs: make(chan struct{}, 1), quit: make(chan struct{})}
	for _, t := range audited() {
		s.tables[t.name] = t
	}
	if err := s.connect(ctx, url); err != nil {
		return nil, err
	}
	s.done.Go(s.keepScrubbed)
	return s, nil
}

// Close ends the store after the acts under way. It is called once.
func (s *Store) Close() error {
	close(s.quit)
	s.done.Wait()
	return s.engine.close()
}

// act keeps what fn writes together with its entry, in one transaction, and
// returns when both are durable. It is the only way to write. An entry that is
// not Valid is refused before fn runs (Internal, "store.entry").
//
// fn may run twice: it must change nothing but through its tx, and set what it
// gives back anew each time. It must be quick, SQLite has one
// writer, and must not call act or read, which would wait for themselves. When fn returns [errUnchanged], nothing is kept,
// neither rows nor entry, and act returns nil: a repeated request.
func (s *Store) act(ctx context.Context, e audit.Entry, fn func(*tx) error) error {
	if !e.Valid() {
		return fault.New(fault.Internal, "store.entry")
	}
	return s.lift(s.engine.act(ctx, e, fn))
}

// read runs fn in a transaction that sees one moment, and keeps its entry. The
// answer returns after the entry is durable; entries of concurrent readings
// are kept together. The entry stays when fn fails: it was tried.
func (s *Store) read(ctx context.Context, e audit.Entry, fn func(*tx) error) error {
	if !e.Valid() {
		return fault.New(fault.Internal, "store.entry")
	}
	kept := make(chan error, 1)
	go func() { kept <- s.engine.note(ctx, e) }()
	err := s.engine.snapshot(ctx, fn)
	if lost := <-kept; lost != nil {
		return s.lift(lost)
	}
	return s.lift(err)
}

// look runs fn in a transaction that sees one moment, without an entry: for
// facts, lists of what waits and figures, never for the identity of a person.
func (s *Store) look(ctx context.Context, fn func(*tx) error) error {
	return s.lift(s.engine.snapshot(ctx, fn))
}

// glance is look for fn that asks one question only: where each word to the
// engine is a way there and back, it saves the beginning and the end. A second
// question is Internal, "store.glance".
func (s *Store) glance(ctx context.Context, fn func(*tx) error) error {
	return s.lift(s.engine.glance(ctx, func(t *tx) error {
		t.single = true
		return fn(t)
	}))
}

// Note keeps an entry on its own: a refusal, a sign-out. Same faults as act.
func (s *Store) Note(ctx context.Context, e audit.Entry) error {
	if !e.Valid() {
		return fault.New(fault.Internal, "store.entry")
	}
	return s.lift(s.engine.note(ctx, e))
}

// Ready says whether the engine answers.
func (s *Store) Ready(ctx context.Context) error {
	return s.glance(ctx, func(t *tx) error {
		var one int
		return t.get(&one, `SELECT 1`)
	})
}

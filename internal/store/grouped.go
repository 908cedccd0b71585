package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// grouped is an engine with one writer at a time (SQLite). One goroutine owns
// the writing connection; acts that wait together are committed together, each
// in its own savepoint, with one sync of the disk.
type grouped struct {
	s       *Store
	file    presence
	db      *sqlx.DB // the writer's one connection
	conn    *cached
	readers *sqlx.DB
	free    chan *cached // reading connections with their statements
	jobs    chan *job
	quit    chan struct{}
	done    sync.WaitGroup
	once    sync.Once
}

// job is one act, reading or piece of upkeep that waits for the writer.
type job struct {
	ctx    context.Context
	entry  audit.Entry
	fn     func(*tx) error
	upkeep bool
	lend   func(*sql.DB) error // runs alone, with the database
	raw    func(querier) error // runs alone, on the writing connection
	leaves [][]byte
	panic  any
	scrub  bool
	done   chan error
}

// groupLimit jobs share a commit at most: a bound on what one failed commit
// fails, and on how long the first of them waits for the last.
const groupLimit = 64

func newGrouped(s *Store, path string, writer, reader *sqlx.DB) *grouped {
	g := &grouped{s: s, file: presence{path: path}, db: writer, readers: reader, jobs: make(chan *job, groupLimit), quit: make(chan struct{}),
		free: make(chan *cached, s.options.Readers)}
	for range s.options.Readers {
		g.free <- &cached{}
	}
	g.done.Go(g.write)
	return g
}

func (g *grouped) act(ctx context.Context, e audit.Entry, fn func(*tx) error) error {
	return g.wait(&job{ctx: ctx, entry: e, fn: fn})
}

func (g *grouped) note(ctx context.Context, e audit.Entry) error {
	return g.wait(&job{ctx: ctx, entry: e, fn: func(*tx) error { return nil }})
}

func (g *grouped) upkeep(ctx context.Context, fn func(*tx) error) error {
	return g.wait(&job{ctx: ctx, fn: fn, upkeep: true})
}

func (g *grouped) raw(ctx context.Context, fn func(querier) error) error {
	return g.wait(&job{ctx: ctx, raw: fn})
}

func (g *grouped) lend(fn func(*sql.DB) error) error {
	return g.wait(&job{ctx: context.Background(), lend: fn})
}

// sequence finds nothing but after a restore from the other engine: here
// entries get their place as they are committed.
func (g *grouped) sequence(ctx context.Context) error { return g.s.sequenceAll(ctx) }

func (g *grouped) wait(j *job) error {
	j.done = make(chan error, 1)
	select {
	case <-g.quit:
		return fault.New(fault.Unavailable, "store.closed")
	case <-j.ctx.Done():
		return j.ctx.Err()
	case g.jobs <- j:
	}
	// Once queued it is waited for, even when the caller has gone: the answer
	// must not say "not saved" of what is being saved.
	select {
	case err := <-j.done:
		if j.panic != nil {
			panic(j.panic)
		}
		return err
	case <-g.quit:
		g.done.Wait()
		select {
		case err := <-j.done:
			return err
		default:
			return fault.New(fault.Unavailable, "store.closed")
		}
	}
}

// write is the writer. It takes what waits, and commits it together.
func (g *grouped) write() {
	for {
		select {
		case <-g.quit:
			return
		case j := <-g.jobs:
			if !g.alone(j) {
				g.group(g.gather(j))
			}
		}
	}
}

// alone runs a job that needs no transaction, and says whether it was one.
func (g *grouped) alone(j *job) bool {
	switch {
	case j.lend != nil:
		g.drop()
		j.done <- j.lend(g.db.DB)
	case j.raw != nil:
		conn, err := g.writer()
		if err == nil {
			err = j.raw(conn)
		}
		j.done <- err
	default:
		return false
	}
	return true
}

// gather takes the jobs that wait with the first.
func (g *grouped) gather(first *job) []*job {
	all := []*job{first}
	for len(all) < groupLimit {
		select {
		case j := <-g.jobs:
			if !g.alone(j) {
				all = append(all, j)
			}
		default:
			return all
		}
	}
	return all
}

// group runs jobs in one transaction and answers each. A job that breaks the
// transaction itself (disk full, for instance) fails alone: the others are run
// again without it.
func (g *grouped) group(jobs []*job) {
	for len(jobs) > 0 {
		kept, culprit, err := g.try(jobs)
		if culprit != nil {
			culprit.done <- err
			jobs = without(jobs, culprit)
			continue
		}
		for _, j := range kept {
			if j.scrub && err == nil {
				g.s.scrubSoon()
			}
			j.done <- err
		}
		return
	}
}

func without(jobs []*job, out *job) []*job {
	var rest []*job
	for _, j := range jobs {
		if j != out && len(j.done) == 0 {
			rest = append(rest, j)
		}
	}
	return rest
}

// try is one transaction. It answers the jobs that fail on their own, and gives
// back those whose fate is the commit's.
func (g *grouped) try(jobs []*job) (kept []*job, culprit *job, err error) {
	conn, err := g.writer()
	if err != nil {
		return jobs, nil, err
	}
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		g.drop()
		return jobs, nil, err
	}
	var leaves [][]byte
	for _, j := range jobs {
		err := g.one(conn, j)
		if errors.Is(err, errBroken) {
			g.drop()
			return nil, j, err
		}
		if err != nil {
			j.done <- err
			continue
		}
		kept = append(kept, j)
		leaves = append(leaves, j.leaves...)
	}
	t := &tx{ctx: ctx, run: ctx, s: g.s, q: conn}
	if err = t.appendLog(leaves); err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		g.drop()
	}
	return kept, nil, err
}

var errBroken = errors.New("store: the transaction broke")

// one runs a job in its savepoint. Statements run without the caller's end:
// SQLite, interrupted in a write, would roll everybody back.
func (g *grouped) one(conn *cached, j *job) (err error) {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	ctx := context.WithoutCancel(j.ctx)
	if _, err := conn.ExecContext(ctx, "SAVEPOINT act"); err != nil {
		return errors.Join(errBroken, err)
	}
	t := &tx{ctx: j.ctx, run: ctx, s: g.s, q: conn, entry: j.entry}
	if j.leaves, err = g.s.perform(t, j); err == nil {
		j.scrub = t.scrub
		_, err = conn.ExecContext(ctx, "RELEASE act")
		return err
	}
	if _, undo := conn.ExecContext(ctx, "ROLLBACK TO act"); undo != nil {
		return errors.Join(errBroken, err, undo)
	}
	if _, undo := conn.ExecContext(ctx, "RELEASE act"); undo != nil {
		return errors.Join(errBroken, err, undo)
	}
	return err
}

// perform runs a job's function and encodes its entry.
func (s *Store) perform(t *tx, j *job) (leaves [][]byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			j.panic, err = p, fmt.Errorf("store: a panic in an act: %v", p)
		}
	}()
	if err := j.fn(t); err != nil {
		return nil, err
	}
	if t.failed != nil {
		return nil, t.failed
	}
	if j.upkeep {
		return nil, nil
	}
	rows, err := t.rows()
	if err != nil {
		return nil, err
	}
	return audit.Encode(t.entry, rows)
}

// writer gives the writing connection, made anew after a failure.
func (g *grouped) writer() (*cached, error) {
	if g.conn == nil {
		g.conn = &cached{}
	}
	return g.conn, g.conn.open(g.db, &g.file)
}

// drop gives the writing connection up: whatever state it was in is rolled back.
func (g *grouped) drop() {
	if g.conn != nil {
		g.conn.close()
		g.conn = nil
	}
}

// glance is a snapshot: to begin one costs nothing in the same process.
func (g *grouped) glance(ctx context.Context, fn func(*tx) error) error { return g.snapshot(ctx, fn) }

func (g *grouped) snapshot(ctx context.Context, fn func(*tx) error) error {
	select {
	case <-g.quit:
		return fault.New(fault.Unavailable, "store.closed")
	case <-ctx.Done():
		return ctx.Err()
	case c := <-g.free:
		defer func() { g.free <- c }()
		if err := c.open(g.readers, &g.file); err != nil {
			return err
		}
		return c.inside(ctx, "BEGIN", func() error {
			return fn(&tx{ctx: ctx, run: ctx, s: g.s, q: c, reading: true})
		})
	}
}

func (g *grouped) close() error {
	g.once.Do(func() { close(g.quit) })
	g.done.Wait()
	g.drop()
	for range g.s.options.Readers {
		c := <-g.free
		c.close()
	}
	return errors.Join(g.readers.Close(), g.db.Close())
}

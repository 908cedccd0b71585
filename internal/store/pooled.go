package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/audit"
	"inkingi/internal/fault"
)

// pooled is an engine with many writers at once (PostgreSQL). Acts run side by
// side and leave their entries in audit_pending; a sequencer gives them their
// place in the log, under a lock that all programs share. Entries of readings
// that wait together are kept together.
type pooled struct {
	s     *Store
	db    *sqlx.DB
	notes chan *job
	poke  chan struct{}
	quit  chan struct{}
	done  sync.WaitGroup
	once  sync.Once
}

// Tries of an act that lost against another one.
const tries = 6

// sequencePause lets entries gather: nobody waits for their place in the log.
const sequencePause = 50 * time.Millisecond

func newPooled(s *Store, db *sqlx.DB) *pooled {
	p := &pooled{s: s, db: db, notes: make(chan *job, groupLimit), poke: make(chan struct{}, 1), quit: make(chan struct{})}
	p.done.Go(p.keepNotes)
	p.done.Go(p.keepSequence)
	return p
}

func (p *pooled) act(ctx context.Context, e audit.Entry, fn func(*tx) error) error {
	j := &job{ctx: ctx, entry: e, fn: fn}
	scrub := false
	err := p.retry(ctx, func() error {
		return p.inside(ctx, nil, func(t *tx) error {
			t.entry = e
			leaves, err := p.s.perform(t, j)
			if err != nil {
				return err
			}
			scrub = t.scrub
			return t.leave(leaves)
		})
	})
	if scrub && err == nil {
		p.s.scrubSoon()
	}
	if j.panic != nil {
		panic(j.panic)
	}
	p.wake(err)
	return err
}

// leave keeps leaves with the act, on their way into the log. It comes after
// every row was touched: the number it draws then follows the order in which
// acts on the same row were committed.
func (t *tx) leave(leaves [][]byte) error {
	for _, leaf := range leaves {
		if _, err := t.write(`INSERT INTO audit_pending (leaf) VALUES (?)`, leaf); err != nil {
			return err
		}
	}
	return nil
}

// retry runs an act again when it lost against another transaction.
func (p *pooled) retry(ctx context.Context, fn func() error) error {
	for try := 1; ; try++ {
		err := fn()
		if err == nil || try == tries || !p.s.again(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(try*try)*2*time.Millisecond + rand.N(5*time.Millisecond)):
		}
	}
}

func (p *pooled) inside(ctx context.Context, o *sql.TxOptions, fn func(*tx) error) error {
	open, err := p.db.BeginTxx(ctx, o)
	if err != nil {
		return err
	}
	defer open.Rollback()
	if err := fn(&tx{ctx: ctx, run: ctx, s: p.s, q: open, reading: o != nil && o.ReadOnly}); err != nil {
		return err
	}
	return open.Commit()
}

func (p *pooled) snapshot(ctx context.Context, fn func(*tx) error) error {
	return p.retry(ctx, func() error {
		return p.inside(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
	})
}

func (p *pooled) glance(ctx context.Context, fn func(*tx) error) error {
	return p.retry(ctx, func() error { return fn(&tx{ctx: ctx, run: ctx, s: p.s, q: p.db, reading: true}) })
}

func (p *pooled) upkeep(ctx context.Context, fn func(*tx) error) error {
	return p.retry(ctx, func() error { return p.inside(ctx, nil, fn) })
}

func (p *pooled) raw(_ context.Context, fn func(querier) error) error { return fn(p.db) }

func (p *pooled) lend(fn func(*sql.DB) error) error { return fn(p.db.DB) }

func (p *pooled) note(ctx context.Context, e audit.Entry) error {
	leaves, err := audit.Encode(e, nil)
	if err != nil {
		return err
	}
	j := &job{ctx: ctx, leaves: leaves, done: make(chan error, 1)}
	select {
	case <-p.quit:
		return fault.New(fault.Unavailable, "store.closed")
	case <-ctx.Done():
		return ctx.Err()
	case p.notes <- j:
	}
	select {
	case err := <-j.done:
		return err
	case <-p.quit:
		p.done.Wait()
		select {
		case err := <-j.done:
			return err
		default:
			return fault.New(fault.Unavailable, "store.closed")
		}
	}
}

// keepNotes commits the entries of readings that wait together.
func (p *pooled) keepNotes() {
	for {
		select {
		case <-p.quit:
			return
		case first := <-p.notes:
			all := []*job{first}
			for more := true; more && len(all) < groupLimit; {
				select {
				case j := <-p.notes:
					all = append(all, j)
				default:
					more = false
				}
			}
			var leaves [][]byte
			for _, j := range all {
				leaves = append(leaves, j.leaves...)
			}
			ctx := context.Background()
			err := p.retry(ctx, func() error {
				_, err := p.db.ExecContext(ctx, p.s.dialect.queries.wait, leaves)
				return err
			})
			for _, j := range all {
				j.done <- err
			}
			p.wake(err)
		}
	}
}

func (p *pooled) wake(err error) {
	if err != nil {
		return
	}
	select {
	case p.poke <- struct{}{}:
	default:
	}
}

// keepSequence gives entries their place soon after they are committed.
func (p *pooled) keepSequence() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for {
		select {
		case <-p.quit:
			return
		case <-p.poke:
		}
		if err := p.sequence(ctx); err != nil {
			p.s.options.Log.Warn("audit: entries wait for their place", "error", err)
		}
		select {
		case <-p.quit:
			return
		case <-time.After(sequencePause):
		}
	}
}

func (p *pooled) sequence(ctx context.Context) error { return p.s.sequenceAll(ctx) }

func (p *pooled) close() error {
	p.once.Do(func() { close(p.quit) })
	p.done.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := p.sequence(ctx)
	if err != nil && p.s.dialect.classify(err) == classGone {
		err = nil // entries are safe with their acts; the next program sequences them
	}
	return errors.Join(err, p.db.Close())
}

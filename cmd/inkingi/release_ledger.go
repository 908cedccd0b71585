package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"inkingi/science/disclosure"
)

// ledgerFile is a ledger in its file, held by one release at a time. None is nil.
type ledgerFile struct {
	name   string
	lock   string
	ledger *disclosure.Ledger
}

// openLedger takes the ledger, or makes a new one in memory, and refuses at once when
// what this release costs is not left. The lock is a file beside it: two releases at
// the same time would both think that the budget is there.
func (r releasing) openLedger(now time.Time) (*ledgerFile, error) {
	if r.Ledger == "" {
		return nil, nil
	}
	l := &ledgerFile{name: r.Ledger, lock: r.Ledger + ".lock"}
	f, err := os.OpenFile(l.lock, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("another release holds the ledger; if none is running, remove %s", l.lock)
	}
	if err != nil {
		return nil, err
	}
	_ = f.Close()
	if err := l.load(r); err != nil {
		l.close()
		return nil, err
	}
	open := r.promise()
	if _, err := l.ledger.Spend(disclosure.Spent{At: now, Method: r.Method, Rho: disclosure.Rho(open.Epsilon, open.Delta/2), Delta: open.Delta / 2}); err != nil {
		l.close()
		return nil, fmt.Errorf("%s: %w", r.Ledger, err)
	}
	return l, nil
}

func (l *ledgerFile) load(r releasing) error {
	text, err := os.ReadFile(l.name)
	if errors.Is(err, os.ErrNotExist) {
		budget := max(r.Epsilon, r.Budget) // and δ for as many releases like this one as would seem to fit
		l.ledger = &disclosure.Ledger{Budget: disclosure.Promise{Epsilon: budget, Delta: r.Delta * math.Ceil(budget/r.Epsilon)}}
		return nil
	}
	if err != nil {
		return err
	}
	if r.Budget != 0 {
		return fmt.Errorf("%s is there already; its budget stays as it is", l.name)
	}
	if l.ledger, err = disclosure.ReadLedger(text); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	return nil
}

// spend writes the release in, to the disk, before anything of it is written.
func (l *ledgerFile) spend(s disclosure.Spent) error {
	if l == nil {
		return nil
	}
	next, err := l.ledger.Spend(s)
	if err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	text, err := next.Text()
	if err != nil {
		return err
	}
	l.ledger = next
	return writeWhole(l.name, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// close lets others have it.
func (l *ledgerFile) close() {
	if l != nil {
		_ = os.Remove(l.lock)
	}
}

// writeWhole writes a file beside its place, to the disk, and then puts it there: a
// reader sees all of it or what was there before. Only its owner may read it.
func writeWhole(name string, write func(w io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err = errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), name); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(name)); err == nil {
		_ = dir.Sync() // not every system can
		_ = dir.Close()
	}
	return nil
}

package store

import (
	"io/fs"
	"os"
	"sync"

	"inkingi/internal/fault"
)

// presence looks whether the file of the database is still the one that was
// opened. A file that was moved away or replaced while it is open would take
// writes that nobody finds again: they are refused until it is back, and a file
// that stands in its place is opened anew. Nothing has to be restarted.
type presence struct {
	path string
	mu   sync.Mutex
	seen fs.FileInfo
	n    int64
}

// count numbers the files that were seen at the path, from 1. No file is
// Unavailable.
func (p *presence) count() (int64, error) {
	now, err := os.Stat(p.path)
	if err != nil {
		return 0, fault.New(fault.Unavailable, "store.unavailable")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen == nil || !os.SameFile(p.seen, now) {
		p.n++
	}
	p.seen = now
	return p.n, nil
}

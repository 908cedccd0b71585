package shell

import (
	"context"
	"sync"
	"time"

	"inkingi/internal/ids"
)

// names remembers what organisations are called, for a while: the header of
// every page says it.
type names struct {
	ask func(context.Context, ids.Org) (string, error)
	now func() time.Time
	mu  sync.Mutex
	of  map[ids.Org]named
}

type named struct {
	name string
	at   time.Time
}

// A name is remembered for a minute, and a thousand of them at most.
const (
	nameHolds = time.Minute
	maxNames  = 1000
)

func newNames(ask func(context.Context, ids.Org) (string, error), now func() time.Time) *names {
	return &names{ask: ask, now: now, of: map[ids.Org]named{}}
}

func (n *names) name(ctx context.Context, id ids.Org) string {
	if id.IsZero() {
		return ""
	}
	n.mu.Lock()
	one, known := n.of[id]
	n.mu.Unlock()
	if known && n.now().Sub(one.at) < nameHolds {
		return one.name
	}
	name, err := n.ask(ctx, id)
	if err != nil {
		return one.name
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.of) >= maxNames {
		clear(n.of)
	}
	n.of[id] = named{name: name, at: n.now()}
	return name
}

package shell

import (
	"sync"
	"time"

	"inkingi/internal/fault"
)

// keySlow is the one fault that is answered with "too many requests".
const keySlow = "shell.slow"

// Limits say how often somebody may ask: Rate a second on average, Burst at
// once. The zero value is the default: generous for accounts, because a person
// never presses that fast, and gentle for addresses, because a whole office
// may stand behind one.
type Limits struct {
	Account Limit // default 20 a second, 200 at once [J]
	Visitor Limit // what visitors post, by address; default 1 a second, 120 at once [J]
}

// Limit is one of the two.
type Limit struct {
	Rate  float64
	Burst float64
}

// limits count in memory, each copy of the program for itself.
type limits struct {
	accounts, visitors *buckets
}

func newLimits(l Limits, now func() time.Time) *limits {
	if l.Account == (Limit{}) {
		l.Account = Limit{Rate: 20, Burst: 200}
	}
	if l.Visitor == (Limit{}) {
		l.Visitor = Limit{Rate: 1, Burst: 120}
	}
	return &limits{accounts: newBuckets(l.Account, now), visitors: newBuckets(l.Visitor, now)}
}

func (l *limits) account(id string) error   { return l.accounts.take(id) }
func (l *limits) visitor(addr string) error { return l.visitors.take(addr) }

// maxBuckets is how many are remembered; then those that are full again are
// forgotten, and if none is, all.
const maxBuckets = 20_000

type buckets struct {
	limit Limit
	now   func() time.Time
	mu    sync.Mutex
	of    map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

func newBuckets(l Limit, now func() time.Time) *buckets {
	return &buckets{limit: l, now: now, of: map[string]bucket{}}
}

func (b *buckets) take(who string) error {
	now := b.now()
	b.mu.Lock()
	defer b.mu.Unlock()
	one, known := b.of[who]
	if !known {
		if len(b.of) >= maxBuckets {
			b.forget(now)
		}
		one = bucket{left: b.limit.Burst, at: now}
	}
	one = b.filled(one, now)
	if one.left < 1 {
		b.of[who] = one
		return fault.New(fault.Unavailable, keySlow)
	}
	one.left--
	b.of[who] = one
	return nil
}

func (b *buckets) filled(one bucket, now time.Time) bucket {
	if passed := now.Sub(one.at).Seconds(); passed > 0 {
		one.left = min(b.limit.Burst, one.left+passed*b.limit.Rate)
		one.at = now
	}
	return one
}

func (b *buckets) forget(now time.Time) {
	for who, one := range b.of {
		if b.filled(one, now).left >= b.limit.Burst {
			delete(b.of, who)
		}
	}
	if len(b.of) >= maxBuckets {
		clear(b.of)
	}
}

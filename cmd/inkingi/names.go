package main

import (
	"context"
	"sync"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
)

// names remembers for a while what accounts and organisations are called: pages
// print dozens of them, and they change seldom.
type names struct {
	h        *house
	mu       sync.Mutex
	accounts map[ids.Account]called
	orgs     map[ids.Org]called
}

type called struct {
	name  string
	until time.Time
}

// keepNames is how long a name is remembered.
const keepNames = time.Minute

func newNames(h *house) *names {
	return &names{h: h, accounts: map[ids.Account]called{}, orgs: map[ids.Org]called{}}
}

// Account is what colleagues read, or "" when nobody knows.
func (n *names) Account(id ids.Account) string {
	return remember(n, n.accounts, id, func() (string, error) { return n.h.store.AccountName(context.Background(), id) })
}

// Org is what an organisation is called, or "".
func (n *names) Org(id ids.Org) string {
	return remember(n, n.orgs, id, func() (string, error) { return n.h.orgName(context.Background(), id) })
}

func remember[K interface {
	comparable
	IsZero() bool
}](n *names, known map[K]called, id K, ask func() (string, error)) string {
	if id.IsZero() {
		return ""
	}
	now := n.h.clock()
	n.mu.Lock()
	c, ok := known[id]
	n.mu.Unlock()
	if ok && now.Before(c.until) {
		return c.name
	}
	name, err := ask()
	if err != nil {
		return c.name
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(known) > 20_000 {
		clear(known)
	}
	known[id] = called{name, now.Add(keepNames)}
	return name
}

// people lists who can be chosen.
type people struct{ h *house }

// Orgs lists the open organisations, by name.
func (p people) Orgs(ctx context.Context) ([]ids.Org, error) {
	var all []ids.Org
	for after := (account.Cursor{}); ; {
		page, err := p.h.accounts.Orgs(ctx, after, 200)
		if err != nil {
			return nil, err
		}
		for _, o := range page {
			all = append(all, o.ID)
			after = account.Cursor{Name: o.Name, ID: o.ID.UUID}
		}
		if len(page) < 200 {
			return all, nil
		}
	}
}

// Staff lists the accounts that hold one of the roles in an organisation now, by name.
func (p people) Staff(ctx context.Context, org ids.Org, roles ...access.Role) ([]ids.Account, error) {
	return p.h.store.Staff(ctx, org, p.h.clock(), roles...)
}

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Interests is the best interests of a child, weighed before a decision that
// bears on her (PROCESS.md §2.9 4). It is never changed: before the next
// decision they are weighed anew. The formal determination by a panel (BID) is
// not built yet.
type Interests struct {
	ID    ids.Interests
	Case  ids.Case
	Owner ids.Org
	At    time.Time
	By    ids.Account
	About string // for which decision, code list "interests_about"

	Heard  Answer     // was the child herself heard?
	Views  vault.Text // what she thinks, or why nobody could ask her
	With   []string   // who took part, code list "interests_with"
	For    vault.Text // what speaks for it
	Risks  vault.Text // what speaks against it, and what is done about that
	Result vault.Text // what is best for her now
}

// Interests reads one.
func (d *Desk) Interests(ctx context.Context, w access.Who, id ids.Interests) (Interests, access.Grant, error) {
	g, err := d.may(ctx, w, access.InterestsRead, access.InterestsKind, id.UUID, access.ForProtection)
	if err != nil {
		return Interests{}, g, err
	}
	x, err := d.Store.Interests(ctx, g, id)
	return x, g, err
}

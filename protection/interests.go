package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Interests is the best interests of a child, weighed before a decision that
// bears on her, or determined by a panel before one of the four that may not be
// taken back (PROCESS.md §2.9 4). It is never changed: before the next decision
// they are weighed anew.
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

	// What follows is of a panel alone.
	Decision PanelDecision
	Sat      []string   // in what capacity who decided sat there, code list "panel_member": never a name
	Guardian Answer     // was her guardian heard?
	Options  vault.Text // what else was looked at, and why not
	Dissent  vault.Text // who saw it otherwise, and why
	Review   date.Day   // when the panel looks again; none is possible
}

// PanelDecision is what a panel found of what was put before it.
type PanelDecision string

// The decisions of a panel.
const (
	PanelFor     PanelDecision = "FOR"
	PanelAgainst PanelDecision = "AGAINST"
	PanelLater   PanelDecision = "LATER" // something must be known first
)

// ByPanel says whether a panel determined it.
func (x Interests) ByPanel() bool { return x.Decision != "" }

// determined says whether the newest word of a panel about a decision is yes. The
// newest comes first.
func determined(all []Interests, about string) bool {
	for _, x := range all {
		if x.About == about && x.ByPanel() {
			return x.Decision == PanelFor
		}
	}
	return false
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

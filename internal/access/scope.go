package access

import (
	"slices"
	"strings"
	"time"

	"inkingi/internal/ids"
)

// Scope is what a list may contain: the facts of the holder that SQL filters
// by. The zero Scope admits nothing.
type Scope struct {
	Account ids.Account
	Org     ids.Org
	Role    Role
	Place   string // "" is everywhere
	Reach   Reach  // the words of the matrix
	Mine    bool   // only records the holder is assigned to or made
	Orgless bool   // every organisation (coordinator, data protection)
	At      time.Time
}

// Scope gives the facts that a list is filtered by.
func (g Grant) Scope() Scope {
	if !g.allowed {
		return Scope{}
	}
	mine := ReachOwn | ReachMade | ReachAssigned | ReachWard
	return Scope{
		Account: g.who.Account, Org: g.who.Post.Org, Role: g.who.Post.Role, Place: g.who.Post.Place,
		Reach: g.reach, At: g.at,
		Mine:    g.reach&mine != 0 && g.reach&^mine == 0,
		Orgless: g.reach.Has(ReachAny),
	}
}

// Admits says whether a list may show the record: the same text in Go as the
// store writes in SQL ([Scope.Where]). It never refuses what [Policy.Decide]
// allows for the action of the list; each opened line is decided again.
func (s Scope) Admits(o Object) bool {
	w := Who{Account: s.Account, Post: Post{Org: s.Org}}
	if s.Reach == 0 || o.excludes(w) {
		return false
	}
	mine := !s.Account.IsZero()
	assigned := mine && slices.Contains(o.Team, s.Account)
	org := !s.Org.IsZero()
	here := o.Owner.IsZero() || org && o.Owner == s.Org
	inside := s.Place == "" || slices.Contains(o.Places, s.Place)
	switch {
	case s.Reach.Has(ReachAny),
		s.Reach.Has(ReachPublic) && o.Zone == Public,
		s.Reach.Has(ReachMade) && mine && o.By == s.Account,
		s.Reach.Has(ReachOwn) && mine && o.By == s.Account && here,
		s.Reach.Has(ReachAssigned) && assigned && here,
		s.Reach.Has(ReachOrg) && org && o.Owner == s.Org,
		s.Reach.Has(ReachReceiver) && org && o.To == s.Org && !strings.EqualFold(o.Stage, "draft"),
		s.Reach.Has(ReachPlace) && here && inside,
		s.Reach.Has(ReachChild) && o.Child && inside,
		s.Reach.Has(ReachGlass) && mine && slices.Contains(o.Opened, s.Account),
		s.Reach.Has(ReachBench) && org && slices.Contains(o.Bench, s.Org),
		s.Reach.Has(ReachWard) && o.Child && assigned:
		return true
	}
	return false
}

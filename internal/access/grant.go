package access

import (
	"fmt"
	"slices"
	"time"

	"inkingi/internal/ids"
)

// Grant is the proof that somebody may do one thing to one object for one
// purpose. Only [Policy.Decide] makes one that allows; the zero Grant allows
// nothing.
type Grant struct {
	who     Who
	action  Action
	object  Object
	purpose Purpose
	at      time.Time
	reach   Reach
	opens   bool
	allowed bool
}

// Allows says whether the grant came from a decision.
func (g Grant) Allows() bool { return g.allowed }

// Who is the holder.
func (g Grant) Who() Who { return g.who }

// Action is what the holder may do.
func (g Grant) Action() Action { return g.action }

// Object is what it may be done to.
func (g Grant) Object() Object { return g.object }

// Purpose is why.
func (g Grant) Purpose() Purpose { return g.purpose }

// At is when it was decided.
func (g Grant) At() time.Time { return g.at }

// Identity says whether the action opens what is sealed about a person or a
// worker.
func (g Grant) Identity() bool { return g.allowed && g.opens }

// Opens says whether the grant opens content sealed under this subject's key.
// A grant for another action opens nothing ([Info].Identity, [Info].Worker).
func (g Grant) Opens(subject ids.UUID) bool {
	return g.allowed && g.opens && !subject.IsZero() && (g.object.Subject == subject || g.object.ID == subject)
}

// String never says more than the action: a grant may end in a log line.
func (g Grant) String() string { return fmt.Sprintf("grant(%s)", g.action) }

// excludes says whether the object bars this holder for conflict of interest.
func (o Object) excludes(w Who) bool {
	return !w.Account.IsZero() && slices.Contains(o.Excluded, w.Account) ||
		!w.Post.Org.IsZero() && slices.Contains(o.ExcludedOrgs, w.Post.Org)
}

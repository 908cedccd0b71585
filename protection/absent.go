package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Absent says that she did not come. It is neither her no nor the provider's:
// nobody knows yet where she is, and whoever sent her is told at once.
type Absent struct {
	Referral ids.Referral
	Version  int
}

// Absent keeps it, destroys the packet, and sets the clock of looking for her:
// short when the danger is RED or she is treated as a child [J issue 3 item 6].
func (d *Desk) Absent(ctx context.Context, w access.Who, c Absent) error {
	return d.move(ctx, w, step{action: access.ReferralAbsent, referral: c.Referral, version: c.Version, verb: "missed"},
		func(r Referral) bool { return r.State == Missed && r.AnsweredBy == w.Account },
		func(r Referral, now time.Time) (Referral, error) { return r.absent(w.Account, now) })
}

func (r Referral) absent(by ids.Account, at time.Time) (Referral, error) {
	if r.State != Accepted || at.Before(r.Arrival) {
		return r, notNow()
	}
	r.State, r.AnsweredAt, r.AnsweredBy = Missed, at, by
	return r.emptied(), nil
}

// The clocks of looking for somebody who did not come.
const (
	missingSoon = "missing.red"
	missingDue  = "missing.other"
)

// found ends the search for somebody: a worker sat with her, or sends her on.
func (c *Change) found(id ids.Case) {
	c.Done = append(c.Done, Done{id, missingSoon}, Done{id, missingDue})
}

// missing is the clock of a request whose person did not come.
func (r Referral) missing() string { return missing(r.Level, r.Child) }

// missing is the clock of looking for somebody.
func missing(level Danger, child bool) string {
	if level == Red || level == Unjudged || child {
		return missingSoon
	}
	return missingDue
}

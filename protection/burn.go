package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Spent is a packet whose days are counted, since the service or her case was over.
type Spent struct {
	Referral ids.Referral
	Over     time.Time
}

// packetDue is how long a receiver keeps a packet after that.
const packetDue = "packet.keep"

// Burn lets the program's clock destroy the key of a packet whose days are over. That
// she was referred and received, and what came of it, stays.
func (d *Desk) Burn(ctx context.Context, w access.Who, s Spent) error {
	return d.move(ctx, w, step{action: access.ReferralBurn, referral: s.Referral, verb: "burnt", quiet: true},
		func(r Referral) bool { return !r.BurntAt.IsZero() },
		func(r Referral, now time.Time) (Referral, error) {
			return r.burn(d.Rules.Due(packetDue, s.Over), now)
		})
}

// Burns says whether the days of a packet are over.
func (d *Desk) Burns(s Spent) bool { return !d.Now().Before(d.Rules.Due(packetDue, s.Over)) }

func (r Referral) burn(due, at time.Time) (Referral, error) {
	if !r.State.Received() || !r.BurntAt.IsZero() || at.Before(due) {
		return r, notNow()
	}
	r.BurntAt = at
	return r.emptied(), nil
}

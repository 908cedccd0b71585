package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Acknowledge says "we have read it"; the reply clock stops ringing.
type Acknowledge struct {
	Referral ids.Referral
	Version  int
}

// Acknowledge keeps the receiver's first word. Whoever of the receiver says it again says the same.
func (d *Desk) Acknowledge(ctx context.Context, w access.Who, c Acknowledge) error {
	return d.move(ctx, w, step{action: access.ReferralAcknowledge, referral: c.Referral, version: c.Version, verb: "acknowledged"},
		func(r Referral) bool { return r.State == Acknowledged },
		func(r Referral, now time.Time) (Referral, error) { return r.acknowledge(now) })
}

func (r Referral) acknowledge(at time.Time) (Referral, error) {
	if r.State != Sent {
		return r, notNow()
	}
	r.State, r.AckedAt = Acknowledged, at
	return r, nil
}

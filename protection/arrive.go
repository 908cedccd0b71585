package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Arrive says she is there: "received" is another fact than "referred".
type Arrive struct {
	Referral ids.Referral
	Version  int
}

// Arrive keeps the arrival. She arrives once, whoever says it.
func (d *Desk) Arrive(ctx context.Context, w access.Who, c Arrive) error {
	return d.move(ctx, w, step{action: access.ReferralArrive, referral: c.Referral, version: c.Version, verb: "arrived"},
		func(r Referral) bool { return r.State == Arrived },
		func(r Referral, now time.Time) (Referral, error) { return r.arrive(now) })
}

func (r Referral) arrive(at time.Time) (Referral, error) {
	if r.State != Accepted {
		return r, notNow()
	}
	r.State, r.ArrivedAt = Arrived, at
	return r, nil
}

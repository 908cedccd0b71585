package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Expire lets the program's clock close what nobody answered; the sender is told to re-route.
func (d *Desk) Expire(ctx context.Context, w access.Who, id ids.Referral) error {
	return d.move(ctx, w, step{action: access.ReferralExpire, referral: id, version: 0, verb: "lapsed"},
		func(r Referral) bool { return r.State == Lapsed },
		func(r Referral, now time.Time) (Referral, error) { return r.lapse(now) })
}

func (r Referral) lapse(at time.Time) (Referral, error) {
	if r.State != Sent || at.Before(r.AckBy) {
		return r, notNow()
	}
	r.State, r.AnsweredAt = Lapsed, at
	return r.emptied(), nil
}

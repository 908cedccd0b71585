package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Decline says "we cannot", or "we cannot any more", with a reason; nothing
// persists with the receiver.
type Decline struct {
	Referral ids.Referral
	Version  int
	Reason   string
}

// Check finds what the person can correct.
func (c Decline) Check(r *Rules) error { return r.need("reason", "referral_decline", c.Reason) }

// Decline keeps the receiver's no and destroys the packet.
func (d *Desk) Decline(ctx context.Context, w access.Who, c Decline) error {
	return d.move(ctx, w, step{action: access.ReferralDecline, referral: c.Referral, version: c.Version, verb: "declined"},
		func(r Referral) bool { return r.State == Turned && r.AnsweredBy == w.Account && r.Reason == c.Reason },
		func(r Referral, now time.Time) (Referral, error) {
			if err := c.Check(d.Rules); err != nil {
				return r, err
			}
			return r.decline(c, w.Account, now)
		})
}

func (r Referral) decline(c Decline, by ids.Account, at time.Time) (Referral, error) {
	if !r.State.Pending() && r.State != Accepted { // a yes may become impossible before she comes
		return r, notNow()
	}
	r.State, r.Reason, r.AnsweredAt, r.AnsweredBy = Turned, c.Reason, at, by
	return r.emptied(), nil
}

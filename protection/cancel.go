package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Cancel takes the request back. ClientRefused is her own no, kept apart from a provider's.
type Cancel struct {
	Referral      ids.Referral
	Version       int
	Reason        string
	ClientRefused bool
}

// Check finds what the person can correct.
func (c Cancel) Check(r *Rules) error { return r.need("reason", "referral_cancel", c.Reason) }

// Cancel keeps the sender's withdrawal and destroys the packet.
func (d *Desk) Cancel(ctx context.Context, w access.Who, c Cancel) error {
	return d.move(ctx, w, step{action: access.ReferralCancel, referral: c.Referral, version: c.Version, verb: "cancelled"},
		func(r Referral) bool {
			return r.State == Cancelled && r.AnsweredBy == w.Account && r.Reason == c.Reason
		},
		func(r Referral, now time.Time) (Referral, error) {
			if err := c.Check(d.Rules); err != nil {
				return r, err
			}
			return r.cancel(c, w.Account, now)
		})
}

func (r Referral) cancel(c Cancel, by ids.Account, at time.Time) (Referral, error) {
	if !r.State.Live() {
		return r, notNow()
	}
	r.State, r.Reason, r.ClientRefused, r.AnsweredAt, r.AnsweredBy = Cancelled, c.Reason, c.ClientRefused, at, by
	return r.emptied(), nil
}

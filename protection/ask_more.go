package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// AskMore asks the sender for one more field: "more, please".
type AskMore struct {
	Referral ids.Referral
	Version  int
	Field    string
	Why      string
}

// Check finds what the person can correct.
func (c AskMore) Check(r *Rules) error {
	return fault.Join(r.need("field", "packet_field", c.Field), r.need("why", "ask_reason", c.Why))
}

// AskMore keeps the question and tells the sender.
func (d *Desk) AskMore(ctx context.Context, w access.Who, c AskMore) error {
	return d.move(ctx, w, step{action: access.ReferralAskMore, referral: c.Referral, version: c.Version, verb: "asked"},
		func(r Referral) bool {
			return c.Version != 0 && slices.ContainsFunc(r.Asks, func(one Ask) bool { return one.Field == c.Field && one.By == w.Account })
		},
		func(r Referral, now time.Time) (Referral, error) {
			if err := c.Check(d.Rules); err != nil {
				return r, err
			}
			return r.ask(c, w.Account, now)
		})
}

func (r Referral) ask(c AskMore, by ids.Account, at time.Time) (Referral, error) {
	if r.State != Sent && r.State != Acknowledged && r.State != Accepted {
		return r, notNow()
	}
	for _, one := range r.Asks {
		if one.Field == c.Field && one.Answered.IsZero() {
			return r, fault.Field("field", "fault.referral.asked")
		}
	}
	if r.State == Sent { // whoever asks has read it
		r.State, r.AckedAt = Acknowledged, at
	}
	r.Asks = append(slices.Clone(r.Asks), Ask{Field: c.Field, Why: c.Why, At: at, By: by})
	return r, nil
}

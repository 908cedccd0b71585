package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Accept says "we take her", and when she is expected.
type Accept struct {
	Referral ids.Referral
	Version  int
	Arrival  time.Time
}

// Accept keeps the receiver's yes.
func (d *Desk) Accept(ctx context.Context, w access.Who, c Accept) error {
	return d.move(ctx, w, step{access.ReferralAccept, c.Referral, c.Version, "accepted"},
		func(r Referral) bool {
			return r.State == Accepted && r.AnsweredBy == w.Account && r.Arrival.Equal(c.Arrival.Truncate(time.Millisecond))
		},
		func(r Referral, now time.Time) (Referral, error) {
			if err := c.Check(now); err != nil {
				return r, err
			}
			return r.accept(c, w.Account, now)
		})
}

// Check finds what the person can correct. "Just arrived" may be an hour old;
// nobody is expected later than in three months [J].
func (c Accept) Check(now time.Time) error {
	if c.Arrival.Before(now.Add(-time.Hour)) || c.Arrival.After(now.AddDate(0, 3, 0)) {
		return fault.Field("arrival", "fault.referral.arrival")
	}
	return nil
}

func (r Referral) accept(c Accept, by ids.Account, at time.Time) (Referral, error) {
	if !r.State.Pending() {
		return r, notNow()
	}
	if r.AckedAt.IsZero() {
		r.AckedAt = at
	}
	r.State, r.Arrival, r.AnsweredAt, r.AnsweredBy = Accepted, c.Arrival, at, by
	return r, nil
}

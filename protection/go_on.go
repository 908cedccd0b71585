package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// GoOn says that a service that stopped goes on.
type GoOn struct {
	ID       ids.Progress
	Referral ids.Referral
	Version  int
	Day      date.Day
}

// Check finds what the person can correct.
func (c GoOn) Check(r *Rules, of Referral, today date.Day) error {
	return within("day", c.Day, r.Day(of.ArrivedAt), today)
}

// GoOn keeps it. Once the packet is destroyed she is sent anew, with her consent.
func (d *Desk) GoOn(ctx context.Context, w access.Who, c GoOn) error {
	return d.move(ctx, w, step{action: access.ReferralResume, referral: c.Referral, version: c.Version, verb: "resumed", said: &Progress{ID: c.ID, Kind: OfResume, Day: c.Day}},
		func(r Referral) bool { return r.State == Arrived },
		func(r Referral, now time.Time) (Referral, error) {
			next, err := r.goOn()
			if err != nil {
				return r, err
			}
			return next, c.Check(d.Rules, r, d.Rules.Day(now))
		})
}

func (r Referral) goOn() (Referral, error) {
	if r.State != Interrupted {
		return r, notNow()
	}
	if !r.BurntAt.IsZero() {
		return r, fault.New(fault.Invalid, "fault.referral.burnt")
	}
	r.State, r.Reason, r.OverAt = Arrived, "", time.Time{}
	return r, nil
}

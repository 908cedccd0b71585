package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Complete says that the service is over, and what came of it.
type Complete struct {
	ID       ids.Progress
	Referral ids.Referral
	Version  int
	Day      date.Day
	Outcome  string // code list "service_outcome"
}

// Check finds what the person can correct.
func (c Complete) Check(r *Rules, of Referral, today date.Day) error {
	return fault.Join(r.need("outcome", "service_outcome", c.Outcome), within("day", c.Day, r.Day(of.ArrivedAt), today))
}

// Complete keeps it. From now on the days of the packet are counted.
func (d *Desk) Complete(ctx context.Context, w access.Who, c Complete) error {
	said := &Progress{ID: c.ID, Kind: OfEnd, Day: c.Day, Codes: []string{c.Outcome}}
	return d.move(ctx, w, step{action: access.ReferralComplete, referral: c.Referral, version: c.Version, verb: "completed", said: said},
		func(r Referral) bool { return r.State == Completed && r.Reason == c.Outcome },
		func(r Referral, now time.Time) (Referral, error) {
			next, err := r.complete(c, now)
			if err != nil {
				return r, err
			}
			return next, c.Check(d.Rules, r, d.Rules.Day(now))
		})
}

func (r Referral) complete(c Complete, at time.Time) (Referral, error) {
	if r.State != Arrived && r.State != Interrupted {
		return r, notNow()
	}
	r.State, r.Reason = Completed, c.Outcome
	return r.spent(at), nil
}

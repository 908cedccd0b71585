package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Interrupt says that the service stops, with a reason: for a time, or for good.
type Interrupt struct {
	ID       ids.Progress
	Referral ids.Referral
	Version  int
	Day      date.Day
	Reason   string // code list "service_pause"
}

// Check finds what the person can correct.
func (c Interrupt) Check(r *Rules, of Referral, today date.Day) error {
	return fault.Join(r.need("reason", "service_pause", c.Reason), within("day", c.Day, r.Day(of.ArrivedAt), today))
}

// Interrupt keeps it. From now on the days of the packet are counted.
func (d *Desk) Interrupt(ctx context.Context, w access.Who, c Interrupt) error {
	said := &Progress{ID: c.ID, Kind: OfPause, Day: c.Day, Codes: []string{c.Reason}}
	return d.move(ctx, w, step{action: access.ReferralInterrupt, referral: c.Referral, version: c.Version, verb: "interrupted", said: said},
		func(r Referral) bool { return r.State == Interrupted && r.Reason == c.Reason },
		func(r Referral, now time.Time) (Referral, error) {
			next, err := r.interrupt(c, now)
			if err != nil {
				return r, err
			}
			return next, c.Check(d.Rules, r, d.Rules.Day(now))
		})
}

func (r Referral) interrupt(c Interrupt, at time.Time) (Referral, error) {
	if r.State != Arrived {
		return r, notNow()
	}
	r.State, r.Reason = Interrupted, c.Reason
	return r.spent(at), nil
}

// spent begins to count the days that the receiver still keeps the packet.
func (r Referral) spent(at time.Time) Referral {
	if r.OverAt.IsZero() {
		r.OverAt = at
	}
	return r
}

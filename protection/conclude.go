package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Conclude says that the sender has read what came back: the request is closed, and
// nobody reads its packet any more.
type Conclude struct {
	Referral ids.Referral
	Version  int
}

// Conclude keeps it. That she was referred and received, and what came of it, stays.
func (d *Desk) Conclude(ctx context.Context, w access.Who, c Conclude) error {
	return d.move(ctx, w, step{action: access.ReferralClose, referral: c.Referral, version: c.Version, verb: "concluded"},
		func(r Referral) bool { return r.State == Concluded },
		func(r Referral, now time.Time) (Referral, error) { return r.conclude(now) })
}

func (r Referral) conclude(at time.Time) (Referral, error) {
	if r.State != FedBack {
		return r, notNow()
	}
	r.State = Concluded
	return r.spent(at), nil
}

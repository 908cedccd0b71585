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
	Extra    bool // a place is made for her although none was free
}

// Accept keeps the receiver's yes.
func (d *Desk) Accept(ctx context.Context, w access.Who, c Accept) error {
	return d.move(ctx, w, step{action: access.ReferralAccept, referral: c.Referral, version: c.Version, verb: "accepted"},
		func(r Referral) bool {
			return r.State == Accepted && r.AnsweredBy == w.Account && r.Arrival.Equal(c.Arrival.Truncate(time.Millisecond))
		},
		func(r Referral, now time.Time) (Referral, error) {
			if err := c.Check(now); err != nil {
				return r, err
			}
			s, err := d.Service(ctx, w, r.Service)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return r, err
			}
			if s.full() && !c.Extra {
				return r, fault.Field("extra", "fault.referral.full")
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

// places keeps what a service said of its free places true to what it has
// promised since: an acceptance takes one, and gives it back when she does not
// come. A service that says nothing of its places is left alone.
func (d *Desk) places(ctx context.Context, g access.Grant, out *Change, before ReferralState, r Referral) error {
	took, gave := r.State == Accepted && before != Accepted, before == Accepted && r.State.Over()
	if !took && !gave {
		return nil
	}
	s, err := d.Store.Service(ctx, g, r.Service)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil || s.Capacity == 0 {
		return err
	}
	switch {
	case took && s.Free > 0:
		s.Free--
	case gave && s.Free < s.Capacity:
		s.Free++
	default:
		return nil
	}
	out.Services = append(out.Services, s)
	return nil
}

// full says whether a service that counts its places has none.
func (s Service) full() bool { return s.Capacity > 0 && s.Free == 0 }

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// The answers to a referral are verbs of one shape (machine E, PROCESS.md
// §2.7): acknowledge.go, accept.go, decline.go, arrive.go and ask_more.go are the
// receiver's, cancel.go and answer_more.go the sender's, expire.go the clock's.

// step is what one answer moves: under which action, which version of which referral.
type step struct {
	action   access.Action
	referral ids.Referral
	version  int    // that its author saw; 0 is the version just read
	verb     string // of the timeline
}

// move is the shape of every answer: decide, check and change, save, tell the
// sender. An answer that is already kept (done) is the same act; any other on an
// older version is Stale: somebody who saw an older page is told so.
func (d *Desk) move(ctx context.Context, w access.Who, s step, done func(Referral) bool,
	change func(Referral, time.Time) (Referral, error)) error {
	g, err := d.may(ctx, w, s.action, access.ReferralKind, s.referral.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	r, err := d.Store.Referral(ctx, g, s.referral)
	if err != nil {
		return err
	}
	if r.Version > s.version && done(r) {
		return nil
	}
	now, before := d.Now(), r.State
	if s.version != 0 {
		r.Version = s.version
	}
	if r, err = change(r, now); err != nil {
		return err
	}
	out := Change{Referrals: []Referral{r}, Hush: []ids.UUID{s.referral.UUID}, Events: []Event{d.event(g, r.Case, "referral_"+s.verb, r.Reason)}}
	if r.State != before && r.State.Over() {
		out.Burn = []ids.Referral{s.referral}
	}
	if err := d.places(ctx, g, &out, before, r); err != nil {
		return err
	}
	if r.State == Missed && r.State != before {
		out.Tasks = []Task{d.Rules.task(r.Case, r.missing(), now)}
	}
	if w.Account != r.By {
		out.Alerts = d.tell(r.By, "alert.answer", s.referral.UUID)
	}
	if out.searches() { // who follows her and who leads her house look for her today
		rung, err := d.alarm(ctx, g, r.From, r.Case.UUID)
		if err != nil {
			return err
		}
		out.Alerts = append(out.Alerts, rung...)
	}
	entry := audit.Of(g, now).With("state", string(r.State))
	if r.Reason != "" {
		entry = entry.With("reason", r.Reason)
	}
	return d.Store.SaveProtection(ctx, entry, out)
}

// emptied leaves nothing of the packet with the receiver.
func (r Referral) emptied() Referral {
	r.Packet, r.Asks = Packet{}, nil
	return r
}

package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// The receiver's verbs, and the sender's afterwards (machine E, PROCESS.md §2.7).

// Acknowledge says "we have read it"; the reply clock stops ringing.
type Acknowledge struct {
	Referral ids.Referral
	Version  int
}

// Accept says "we take her", and when she is expected.
type Accept struct {
	Referral ids.Referral
	Version  int
	Arrival  time.Time
}

// Decline says "we cannot", with a reason; nothing persists with the receiver.
type Decline struct {
	Referral ids.Referral
	Version  int
	Reason   string
}

// Cancel takes the request back. ClientRefused is her own no, kept apart from a provider's.
type Cancel struct {
	Referral      ids.Referral
	Version       int
	Reason        string
	ClientRefused bool
}

// Arrive says she is there: "received" is another fact than "referred".
type Arrive struct {
	Referral ids.Referral
	Version  int
}

// Acknowledge keeps the receiver's first word.
func (d *Desk) Acknowledge(ctx context.Context, w access.Who, c Acknowledge) error {
	return d.move(ctx, w, access.ReferralAcknowledge, c.Referral, c.Version, "acknowledged", func(r Referral, now time.Time) (Referral, error) {
		return r.acknowledge(now)
	})
}

// Accept keeps the receiver's yes.
func (d *Desk) Accept(ctx context.Context, w access.Who, c Accept) error {
	return d.move(ctx, w, access.ReferralAccept, c.Referral, c.Version, "accepted", func(r Referral, now time.Time) (Referral, error) {
		if c.Arrival.Before(now.Add(-time.Hour)) || c.Arrival.After(now.AddDate(0, 3, 0)) {
			return r, fault.Field("arrival", "fault.referral.arrival")
		}
		return r.accept(c, w.Account, now)
	})
}

// Decline keeps the receiver's no and destroys the packet.
func (d *Desk) Decline(ctx context.Context, w access.Who, c Decline) error {
	return d.move(ctx, w, access.ReferralDecline, c.Referral, c.Version, "declined", func(r Referral, now time.Time) (Referral, error) {
		if err := d.Rules.need("reason", "referral_decline", c.Reason); err != nil {
			return r, err
		}
		return r.decline(c, w.Account, now)
	})
}

// Cancel keeps the sender's withdrawal and destroys the packet.
func (d *Desk) Cancel(ctx context.Context, w access.Who, c Cancel) error {
	return d.move(ctx, w, access.ReferralCancel, c.Referral, c.Version, "cancelled", func(r Referral, now time.Time) (Referral, error) {
		if err := d.Rules.need("reason", "referral_cancel", c.Reason); err != nil {
			return r, err
		}
		return r.cancel(c, w.Account, now)
	})
}

// Arrive keeps the arrival.
func (d *Desk) Arrive(ctx context.Context, w access.Who, c Arrive) error {
	return d.move(ctx, w, access.ReferralArrive, c.Referral, c.Version, "arrived", func(r Referral, now time.Time) (Referral, error) {
		return r.arrive(now)
	})
}

// Expire lets the program's clock close what nobody answered; the sender is told to re-route.
func (d *Desk) Expire(ctx context.Context, w access.Who, id ids.Referral) error {
	return d.move(ctx, w, access.ReferralExpire, id, 0, "lapsed", func(r Referral, now time.Time) (Referral, error) {
		return r.lapse(now)
	})
}

// move is the shape of every answer: decide, change, save, tell the other side.
// Version 0 is the version just read. Repeating an answer is the same act.
func (d *Desk) move(ctx context.Context, w access.Who, a access.Action, id ids.Referral, version int, verb string,
	change func(Referral, time.Time) (Referral, error)) error {
	g, err := d.may(ctx, w, a, access.ReferralKind, id.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	r, err := d.Store.Referral(ctx, g, id)
	if err != nil {
		return err
	}
	now := d.Now()
	before := r.State
	if version != 0 && r.Version > version && r.AnsweredBy == w.Account && !w.Account.IsZero() {
		return nil
	}
	if version != 0 {
		r.Version = version
	}
	if r, err = change(r, now); err != nil {
		return err
	}
	out := Change{Referrals: []Referral{r}, Hush: []ids.UUID{id.UUID}, Events: []Event{d.event(g, r.Case, "referral_"+verb, r.Reason)}}
	if r.State != before && (r.State == Turned || r.State == Cancelled || r.State == Lapsed) {
		out.Burn = []ids.Referral{id}
	}
	if w.Account != r.By {
		out.Alerts = d.tell(r.By, "alert.answer", id.UUID)
	}
	entry := audit.Of(g, now).With("state", string(r.State))
	if r.Reason != "" {
		entry = entry.With("reason", r.Reason)
	}
	return d.Store.SaveProtection(ctx, entry, out)
}

// The machine, pure.

func (r Referral) acknowledge(at time.Time) (Referral, error) {
	if r.State != Sent {
		return r, notNow()
	}
	r.State, r.AckedAt = Acknowledged, at
	return r, nil
}

func (r Referral) accept(c Accept, by ids.Account, at time.Time) (Referral, error) {
	if r.State != Sent && r.State != Acknowledged {
		return r, notNow()
	}
	if r.AckedAt.IsZero() {
		r.AckedAt = at
	}
	r.State, r.Arrival, r.AnsweredAt, r.AnsweredBy = Accepted, c.Arrival, at, by
	return r, nil
}

func (r Referral) decline(c Decline, by ids.Account, at time.Time) (Referral, error) {
	if r.State != Sent && r.State != Acknowledged {
		return r, notNow()
	}
	r.State, r.Reason, r.AnsweredAt, r.AnsweredBy = Turned, c.Reason, at, by
	return r.emptied(), nil
}

func (r Referral) cancel(c Cancel, by ids.Account, at time.Time) (Referral, error) {
	if !r.State.Live() {
		return r, notNow()
	}
	r.State, r.Reason, r.ClientRefused, r.AnsweredAt, r.AnsweredBy = Cancelled, c.Reason, c.ClientRefused, at, by
	return r.emptied(), nil
}

func (r Referral) lapse(at time.Time) (Referral, error) {
	if r.State != Sent || at.Before(r.AckBy) {
		return r, notNow()
	}
	r.State, r.AnsweredAt = Lapsed, at
	return r.emptied(), nil
}

func (r Referral) arrive(at time.Time) (Referral, error) {
	if r.State != Accepted {
		return r, notNow()
	}
	r.State, r.ArrivedAt = Arrived, at
	return r, nil
}

// emptied leaves nothing of the packet with the receiver.
func (r Referral) emptied() Referral {
	r.Packet, r.Asks = Packet{}, nil
	return r
}

// AskMore asks the sender for one more field: "more, please".
type AskMore struct {
	Referral ids.Referral
	Version  int
	Field    string
	Why      string
}

// AnswerMore is the owner's answer, field by field.
type AnswerMore struct {
	Referral ids.Referral
	Version  int
	Field    string
	Agreed   bool
	Value    string
}

// AskMore keeps the question and tells the sender.
func (d *Desk) AskMore(ctx context.Context, w access.Who, c AskMore) error {
	return d.move(ctx, w, access.ReferralAskMore, c.Referral, c.Version, "asked", func(r Referral, now time.Time) (Referral, error) {
		if err := fault.Join(d.Rules.need("field", "packet_field", c.Field), d.Rules.need("why", "ask_reason", c.Why)); err != nil {
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

// AnswerMore keeps the answer. What the consent does not cover is not given.
func (d *Desk) AnswerMore(ctx context.Context, w access.Who, c AnswerMore) error {
	g, err := d.may(ctx, w, access.ReferralAnswerMore, access.ReferralKind, c.Referral.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	r, err := d.Store.Referral(ctx, g, c.Referral)
	if err != nil {
		return err
	}
	if c.Agreed {
		gk, err := d.may(ctx, w, access.ConsentRead, access.ConsentKind, r.Consent.UUID, access.ForReferral)
		if err != nil {
			return err
		}
		k, err := d.Store.Consent(ctx, gk, r.Consent)
		if err != nil {
			return err
		}
		if !k.Covers(P3ShareReferral, r.To, []string{c.Field}, d.Now()) {
			return fault.Field("field", "fault.consent.scope")
		}
	}
	return d.move(ctx, w, access.ReferralAnswerMore, c.Referral, c.Version, "answered", func(r Referral, now time.Time) (Referral, error) {
		return r.answer(c, now)
	})
}

func (r Referral) answer(c AnswerMore, at time.Time) (Referral, error) {
	if !r.State.Live() {
		return r, notNow()
	}
	if err := fault.Join(short("value", c.Value, 1000), givenIf(c.Agreed, c.Value)); err != nil {
		return r, err
	}
	r.Asks = slices.Clone(r.Asks)
	for i, one := range r.Asks {
		if one.Field == c.Field && one.Answered.IsZero() {
			r.Asks[i].Answered, r.Asks[i].Agreed, r.Asks[i].Value = at, c.Agreed, vault.Clear(c.Value)
			return r, nil
		}
	}
	return r, notNow()
}

func givenIf(agreed bool, value string) error {
	if agreed {
		return needed("value", value)
	}
	return nil
}

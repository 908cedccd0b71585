package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// AnswerMore is the owner's answer, field by field.
type AnswerMore struct {
	Referral ids.Referral
	Version  int
	Field    string
	Agreed   bool
	Value    string
}

// Check finds what the person can correct.
func (c AnswerMore) Check() error {
	if c.Agreed {
		return fault.Join(needed("value", c.Value), short("value", c.Value, 1000))
	}
	return short("value", c.Value, 1000)
}

// AnswerMore keeps the answer. What no standing consent covers is not given:
// the sender asks her first, and answers then.
func (d *Desk) AnswerMore(ctx context.Context, w access.Who, c AnswerMore) error {
	g, err := d.may(ctx, w, access.ReferralAnswerMore, access.ReferralKind, c.Referral.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	r, err := d.Store.Referral(ctx, g, c.Referral)
	if err != nil {
		return err
	}
	if c.Agreed {
		if err := d.covered(ctx, w, r, c.Field); err != nil {
			return err
		}
	}
	verb := "answered"
	if !c.Agreed {
		verb = "withheld"
	}
	return d.move(ctx, w, step{action: access.ReferralAnswerMore, referral: c.Referral, version: c.Version, verb: verb},
		func(r Referral) bool {
			return c.Version != 0 && slices.ContainsFunc(r.Asks, func(one Ask) bool {
				return one.Field == c.Field && !one.Answered.IsZero() && one.Agreed == c.Agreed
			})
		},
		func(r Referral, now time.Time) (Referral, error) { return r.answer(c, now) })
}

// covered wants a consent of hers that lets this field go to the receiver: the
// one the request left with, or one she gave since.
func (d *Desk) covered(ctx context.Context, w access.Who, r Referral, field string) error {
	g, err := d.may(ctx, w, access.ConsentRead, access.ConsentKind, r.Consent.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	all, err := d.Store.Consents(ctx, g, r.Case)
	if err != nil {
		return err
	}
	if takenBack(all, P1CaseManagement, d.Now()) {
		return fault.Field("field", "fault.consent.taken_back")
	}
	for _, k := range all {
		if k.Covers(P3ShareReferral, r.To, []string{field}, d.Now()) {
			return nil
		}
	}
	return fault.Field("field", "fault.consent.scope")
}

func (r Referral) answer(c AnswerMore, at time.Time) (Referral, error) {
	if !r.State.Live() {
		return r, notNow()
	}
	r.Asks = slices.Clone(r.Asks)
	for i, one := range r.Asks {
		if one.Field == c.Field && one.Answered.IsZero() {
			r.Asks[i].Answered, r.Asks[i].Agreed = at, c.Agreed
			if c.Agreed { // what she did not agree to is not kept either
				r.Asks[i].Value = vault.Clear(c.Value)
			}
			return r, nil
		}
	}
	return r, notNow()
}

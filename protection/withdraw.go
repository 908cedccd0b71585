package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
)

// Withdraw takes a consent back. It stops new sharing at once: running
// referrals that rest on it are cancelled, their packets destroyed, and the
// recipients see it; acts already legally held are not undone.
type Withdraw struct {
	Consent ids.Consent
	Version int
}

// Withdraw keeps the withdrawal and everything that follows in one change.
func (d *Desk) Withdraw(ctx context.Context, w access.Who, c Withdraw) error {
	g, err := d.may(ctx, w, access.ConsentWithdraw, access.ConsentKind, c.Consent.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	k, err := d.Store.Consent(ctx, g, c.Consent)
	if err != nil {
		return err
	}
	if k.State == Withdrawn {
		return nil
	}
	k.Version = c.Version
	now := d.Now()
	if k, err = k.withdraw(w.Account, now); err != nil {
		return err
	}
	change := Change{Consents: []Consent{k}, Events: []Event{d.event(g, k.Case, "consent_withdrawn", k.Purpose)}}
	if err := d.approved(ctx, g, &change, k); err != nil {
		return err
	}
	if err := d.stop(ctx, g, &change, []Consent{k}, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("purpose", k.Purpose), change)
}

func (c Consent) withdraw(by ids.Account, at time.Time) (Consent, error) {
	if c.State != Given && c.State != Overridden {
		return c, notNow()
	}
	c.State, c.WithdrawnAt, c.WithdrawnBy = Withdrawn, at, by
	return c, nil
}

// stop cancels the running referrals that rest on consents which no longer
// stand, or on older answers these took the place of. What rests on another
// standing consent, or on an override, runs on. Her word is enough: the grant on
// her case or consent carries it, whoever sent the request.
func (d *Desk) stop(ctx context.Context, g access.Grant, change *Change, ended []Consent, now time.Time) error {
	if len(ended) == 0 || ended[0].Purpose != P3ShareReferral {
		return nil
	}
	all, err := d.Store.Consents(ctx, g, ended[0].Case)
	if err != nil {
		return err
	}
	stands := map[ids.Consent]bool{}
	for _, one := range all {
		stands[one.ID] = one.State == Given || one.State == Overridden
	}
	for _, one := range ended {
		stands[one.ID] = false
	}
	return d.callOff(ctx, g, change, ended[0].Case, "CONSENT_WITHDRAWN", now, func(r Referral) bool {
		return r.To == ended[0].Recipient && !stands[r.Consent]
	})
}

// callOff cancels the running referrals of a case on the person's own word, and destroys their packets.
func (d *Desk) callOff(ctx context.Context, g access.Grant, change *Change, c ids.Case, reason string, now time.Time, which func(Referral) bool) error {
	lines, err := d.Store.CaseReferrals(ctx, g, c)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if !line.State.Live() {
			continue
		}
		r, err := d.Store.Referral(ctx, g, line.ID)
		if err != nil {
			return err
		}
		if !which(r) {
			continue
		}
		if r, err = r.cancel(Cancel{Reason: reason, ClientRefused: true}, g.Who().Account, now); err != nil {
			return err
		}
		change.Referrals = append(change.Referrals, r)
		change.Burn = append(change.Burn, r.ID)
		change.Hush = append(change.Hush, r.ID.UUID)
		change.Events = append(change.Events, d.event(g, c, "referral_cancelled", reason))
		if r.By != g.Who().Account {
			change.Alerts = append(change.Alerts, d.tell(r.By, "alert.answer", r.ID.UUID)...)
		}
	}
	return nil
}

package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Withdraw takes a consent back. It stops new sharing at once, and whoever received
// something is told that it ended, without a word about her; acts already legally
// held are not undone (PROCESS.md §2.5).
type Withdraw struct {
	Consent ids.Consent
	Version int
	Kept    string // why a service that helps her keeps what it was sent: code list "packet_kept"; "" destroys it
}

// Withdraw keeps the withdrawal and everything that follows in one change.
func (d *Desk) Withdraw(ctx context.Context, w access.Who, c Withdraw) error {
	g, err := d.may(ctx, w, access.ConsentWithdraw, access.ConsentKind, c.Consent.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := d.Rules.code("kept", "packet_kept", c.Kept); err != nil {
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
	if err := d.stop(ctx, g, &change, []Consent{k}, c.Kept, now); err != nil {
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

// stop is what follows from a yes that was taken back, or from an older one that a
// no took the place of: by the purpose. Her word is enough; the grant on her case or
// consent carries it, whoever sent what rests on it.
func (d *Desk) stop(ctx context.Context, g access.Grant, change *Change, ended []Consent, kept string, now time.Time) error {
	if len(ended) == 0 {
		return nil
	}
	of, purpose := ended[0].Case, ended[0].Purpose
	if ended[0].elsewhere() { // her yes to a transfer: nobody follows her there yet
		return nil
	}
	switch purpose {
	case P3ShareReferral:
		return d.unshare(ctx, g, change, ended, kept, now)
	case P5Abroad, P6Family:
		if err := d.stopReturn(ctx, g, change, of, purpose, now); err != nil {
			return err
		}
	case P9Afterwards:
		return d.leaveAlone(ctx, g, change, of)
	case P1CaseManagement, P4Justice:
	default:
		return nil
	}
	return d.whatNow(ctx, g, change, of, now)
}

// whatNow sets the task of deciding, with her, what goes on without this consent:
// for who follows her, and for who leads there.
func (d *Desk) whatNow(ctx context.Context, g access.Grant, change *Change, of ids.Case, now time.Time) error {
	one, err := d.Store.Case(ctx, g, of)
	if err != nil {
		return err
	}
	if one.State.Over() {
		return nil
	}
	me := g.Who().Account
	change.Tasks = append(change.Tasks, d.Rules.task(of, stoppedDue, now))
	if one.Manager != me {
		change.Alerts = append(change.Alerts, d.tell(one.Manager, "alert.answer", of.UUID)...)
	}
	leads, err := d.Store.Leads(ctx, one.Owner, now)
	for _, to := range leads {
		if to != me && to != one.Manager {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.answer", of.UUID)...)
		}
	}
	return err
}

// leaveAlone ends what was still to be asked of somebody whose case is closed (P9).
func (d *Desk) leaveAlone(ctx context.Context, g access.Grant, change *Change, of ids.Case) error {
	one, err := d.Store.Case(ctx, g, of)
	if err != nil || !one.State.Over() {
		return err
	}
	for _, key := range append([]string{nextVisitDue, lostDue}, monitoring[:]...) {
		change.Done = append(change.Done, Done{of, key})
	}
	return nil
}

// decided ends the task of deciding what goes on, once nothing else that she took
// back waits for it. answered is the purpose that was asked anew.
func (d *Desk) decided(change *Change, all []Consent, of ids.Case, answered string, now time.Time) {
	for _, purpose := range []string{P1CaseManagement, P4Justice, P5Abroad, P6Family} {
		if purpose != answered && takenBack(all, purpose, now) {
			return
		}
	}
	change.Done = append(change.Done, Done{of, stoppedDue})
}

// unshare ends the sharing with one organisation: running requests that rest on
// consents which no longer stand are cancelled, and what a service that helps her
// already was sent is destroyed, or stays for a reason in law. What rests on
// another standing consent, or on an override, runs on.
func (d *Desk) unshare(ctx context.Context, g access.Grant, change *Change, ended []Consent, kept string, now time.Time) error {
	all, err := d.Store.Consents(ctx, g, ended[0].Case)
	if err != nil {
		return err
	}
	rests := map[ids.Consent]bool{}
	for _, one := range all {
		rests[one.ID] = one.State == Given || one.State == Overridden
	}
	for _, one := range ended {
		rests[one.ID] = false
	}
	which := func(r Referral) bool { return r.To == ended[0].Recipient && !rests[r.Consent] }
	if err := d.callOff(ctx, g, change, ended[0].Case, "CONSENT_WITHDRAWN", now, which); err != nil {
		return err
	}
	lines, err := d.Store.CaseReferrals(ctx, g, ended[0].Case)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if !line.State.Received() {
			continue
		}
		r, err := d.Store.Referral(ctx, g, line.ID)
		if err != nil {
			return err
		}
		if !which(r) || !r.UnsharedAt.IsZero() || r.Burnt() {
			continue
		}
		change.Unshared = append(change.Unshared, Unshared{Referral: r.ID, Version: r.Version, At: now, Kept: kept})
		if kept == "" {
			change.Burn = append(change.Burn, r.ID)
		}
		change.Events = append(change.Events, d.event(g, r.Case, "referral_unshared", kept))
		if err := d.ended(ctx, g, change, r, now); err != nil {
			return err
		}
	}
	return nil
}

// ended tells whoever answers requests there that something changed about one:
// content-free, like every alert.
func (d *Desk) ended(ctx context.Context, g access.Grant, change *Change, r Referral, now time.Time) error {
	hosts, err := d.Store.Hosts(ctx, r.To, now)
	for _, to := range hosts {
		if to != g.Who().Account {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.answer", r.ID.UUID)...)
		}
	}
	return err
}

// callOff cancels the running referrals of a case on the person's own word,
// destroys their packets, and tells both sides.
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
		if err := d.ended(ctx, g, change, r, now); err != nil {
			return err
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

// Unshared says that what a service was sent about somebody it helps ended with her
// consent. The help goes on.
type Unshared struct {
	Referral ids.Referral
	Version  int
	At       time.Time
	Kept     string // why the packet stays, code list "packet_kept"; "" when it is destroyed
}

// EndConsent lets the program's clock say that a yes is over: on the day that she
// set. Nothing is taken back by it, and nothing new rests on it; who follows her
// asks again.
func (d *Desk) EndConsent(ctx context.Context, w access.Who, id ids.Consent) error {
	g, err := d.may(ctx, w, access.ConsentExpire, access.ConsentKind, id.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	k, err := d.Store.Consent(ctx, g, id)
	if err != nil {
		return err
	}
	now := d.Now()
	if k, err = k.expire(now); err != nil {
		return err
	}
	change := Change{Consents: []Consent{k}, Events: []Event{d.event(g, k.Case, "consent_expired", k.Purpose)}}
	one, err := d.Store.Case(ctx, g, k.Case)
	if err != nil {
		return err
	}
	if !one.State.Over() {
		change.Tasks = []Task{d.Rules.task(k.Case, againDue, now)}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("purpose", k.Purpose), change)
}

func (c Consent) expire(at time.Time) (Consent, error) {
	if c.State != Given || c.Expires.IsZero() || at.Before(c.Expires) {
		return c, notNow()
	}
	c.State = Expired
	return c, nil
}

// asked ends the task of asking anew once no yes that is over waits for an answer.
func (d *Desk) asked(change *Change, all []Consent, k Consent) {
	for i, one := range all { // the newest first
		same := func(x Consent) bool { return x.Purpose == one.Purpose && x.Recipient == one.Recipient }
		if one.State == Expired && !same(k) && !slices.ContainsFunc(all[:i], same) {
			return
		}
	}
	change.Done = append(change.Done, Done{k.Case, againDue})
}

// followed refuses to share anything new of somebody who took back her consent to
// be followed. What leaves without consent says why.
func (d *Desk) followed(ctx context.Context, g access.Grant, of ids.Case, now time.Time) error {
	all, err := d.Store.Consents(ctx, g, of)
	if err == nil && takenBack(all, P1CaseManagement, now) {
		err = fault.Field("consent", "fault.consent.taken_back")
	}
	return err
}

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

// TransferState is where an offer stands.
type TransferState string

// The states of a transfer. Only what is offered can be answered or taken back.
const (
	TransferOffered   TransferState = "OFFERED"
	TransferTaken     TransferState = "TAKEN"
	TransferDeclined  TransferState = "DECLINED"
	TransferWithdrawn TransferState = "WITHDRAWN"
)

// TransferStates lists them.
var TransferStates = [...]TransferState{TransferOffered, TransferTaken, TransferDeclined, TransferWithdrawn}

// Transfer is a case offered to another organisation. The other side sees what
// it needs to answer, and no word of hers; with its yes the whole file goes over
// and the first organisation reads it no more.
type Transfer struct {
	ID       ids.Transfer
	Version  int
	Case     ids.Case
	Code     ids.Code
	From, To ids.Org
	State    TransferState
	Reason   string // code list "transfer_reason"
	Level    Danger
	Child    bool
	Language string
	Consent  ids.Consent // her yes to the other organisation
	By       ids.Account
	At       time.Time

	Why        string // of a no: code list "referral_decline"
	AnsweredBy ids.Account
	AnsweredAt time.Time
}

// Move is a whole file that changes its owner.
type Move struct {
	Case ids.Case
	To   ids.Org
}

// Offer offers a case to another organisation.
type Offer struct {
	ID     ids.Transfer
	Case   ids.Case
	To     ids.Org
	Reason string
}

// Check finds what the person can correct. She has agreed that the other
// organisation manages her case (PROCESS.md §2.5 P1, §2.13 5), by the rule of her age.
func (c Offer) Check(r *Rules, of Case, k Consent, now time.Time) error {
	errs := []error{r.need("reason", "transfer_reason", c.Reason)}
	switch {
	case c.To.IsZero():
		errs = append(errs, fault.Field("to", "fault.choice.missing"))
	case c.To == of.Owner:
		errs = append(errs, fault.Field("to", "fault.transfer.own"))
	case barredOrg(of.Conflicts, c.To):
		errs = append(errs, fault.Field("to", "fault.conflict"))
	case !r.agreedTo(k, of, now):
		errs = append(errs, fault.Field("to", "fault.transfer.consent"))
	}
	return fault.Join(errs...)
}

// agreedTo says whether a consent stands and was given as the rule wants it.
func (r *Rules) agreedTo(k Consent, of Case, now time.Time) bool {
	return k.State == Given && k.Stands(now) && r.Fits(k, of, now)
}

// Offer keeps an offer and tells who leads the other organisation. Until it is
// answered nothing changes for her.
func (d *Desk) Offer(ctx context.Context, w access.Who, c Offer) error {
	g, err := d.may(ctx, w, access.TransferOffer, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	k, err := d.yesTo(ctx, g, one.ID, c.To)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, one, k, now); err != nil {
		return err
	}
	all, err := d.Store.CaseTransfers(ctx, g, one.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(t Transfer) bool { return t.State == TransferOffered && t.ID != c.ID }) {
		return fault.Field("to", "fault.transfer.twice")
	}
	if err := d.settled(ctx, g, one); err != nil {
		return err
	}
	t := Transfer{ID: c.ID, Case: one.ID, Code: one.Code, From: one.Owner, To: c.To, State: TransferOffered, Reason: c.Reason, Level: one.Level,
		Child: one.Child, Language: one.Language, Consent: k.ID, By: w.Account, At: now}
	change := Change{Transfers: []Transfer{t}, Events: []Event{d.event(g, one.ID, "transfer_offered", c.Reason)}}
	leads, err := d.Store.Leads(ctx, c.To, now)
	if err != nil {
		return err
	}
	for _, to := range leads {
		change.Alerts = append(change.Alerts, d.tell(to, "alert.signal", t.ID.UUID)...)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.TransferKind, t.ID.UUID), change)
}

// yesTo is her newest answer to an organisation that is to manage her case.
func (d *Desk) yesTo(ctx context.Context, g access.Grant, of ids.Case, to ids.Org) (k Consent, err error) {
	all, err := d.Store.Consents(ctx, g, of)
	for _, one := range all {
		if one.Purpose == P1CaseManagement && one.Recipient == to && !to.IsZero() && one.At.After(k.At) {
			k = one
		}
	}
	return k, err
}

// settled says whether a case may change hands: services are open, no decision
// waits for a second person, and nobody is talking with her.
func (d *Desk) settled(ctx context.Context, g access.Grant, one Case) error {
	if err := one.still(); err != nil {
		return err
	}
	if !one.State.Served() || one.Ratification == Waiting {
		return notNow()
	}
	talks, err := d.Store.Screenings(ctx, g, one.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(talks, func(s Screening) bool { return s.State == ScreeningOpen }) {
		return fault.New(fault.Invalid, "fault.transfer.talk")
	}
	return nil
}

// Receive takes a case over, with who holds it from now on: nobody is left with
// nobody.
type Receive struct {
	Transfer ids.Transfer
	Version  int
	Manager  ids.Account
}

// Receive keeps the yes: the file and its key go over, the workers of the first
// organisation leave the team, and requests of hers to the receiver itself are
// ended, for she is there. Her consent must still stand. Saying it again is the same act.
func (d *Desk) Receive(ctx context.Context, w access.Who, c Receive) error {
	g, err := d.may(ctx, w, access.TransferAccept, access.TransferKind, c.Transfer.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	t, err := d.Store.Transfer(ctx, g, c.Transfer)
	if err != nil {
		return err
	}
	if t.State == TransferTaken && t.AnsweredBy == w.Account {
		return nil
	}
	one, err := d.Store.Case(ctx, g, t.Case)
	if err != nil {
		return err
	}
	k, err := d.yesTo(ctx, g, t.Case, t.To)
	if err != nil {
		return err
	}
	now := d.Now()
	switch {
	case c.Manager.IsZero():
		return fault.Field("manager", "fault.choice.missing")
	case barredAccount(one.Conflicts, c.Manager):
		return fault.Field("manager", "fault.conflict")
	case one.Owner != t.From:
		return notNow()
	case !d.Rules.agreedTo(k, one, now):
		return fault.Field("manager", "fault.transfer.consent")
	}
	if err := d.settled(ctx, g, one); err != nil {
		return err
	}
	if t, err = t.answer(TransferTaken, "", w.Account, now); err != nil {
		return err
	}
	t.Version = c.Version
	before := one
	one.Manager, one.Screener = c.Manager, ids.Account{}
	change := Change{Transfers: []Transfer{t}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "transferred", "")}, Moves: []Move{{one.ID, t.To}}, Hush: []ids.UUID{t.ID.UUID}}
	change.clocks(d.Rules, before, one, now)
	if err := d.arrivedBy(ctx, g, &change, t, now); err != nil {
		return err
	}
	change.Alerts = append(change.Alerts, append(d.tell(t.By, "alert.answer", t.ID.UUID), d.tell(c.Manager, "alert.assigned", one.ID.UUID)...)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.CaseKind, one.ID.UUID), change)
}

// arrivedBy ends the live requests to the organisation that takes the case.
func (d *Desk) arrivedBy(ctx context.Context, g access.Grant, change *Change, t Transfer, now time.Time) error {
	lines, err := d.Store.CaseReferrals(ctx, g, t.Case)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if !l.State.Live() || l.To != t.To {
			continue
		}
		r, err := d.Store.Referral(ctx, g, l.ID)
		if err != nil {
			return err
		}
		if r, err = r.cancel(Cancel{Reason: "NO_LONGER_NEEDED"}, g.Who().Account, now); err != nil {
			return err
		}
		change.Referrals = append(change.Referrals, r)
		change.Burn = append(change.Burn, r.ID)
		change.Hush = append(change.Hush, r.ID.UUID)
	}
	return nil
}

// Refuse says that the case cannot be taken over, and why.
type Refuse struct {
	Transfer ids.Transfer
	Version  int
	Why      string // code list "referral_decline"
}

// Refuse keeps the no. The case stays where it is, and who offered it is told.
func (d *Desk) Refuse(ctx context.Context, w access.Who, c Refuse) error {
	if err := d.Rules.need("why", "referral_decline", c.Why); err != nil {
		return d.end(ctx, w, access.TransferDecline, c.Transfer, err, nil)
	}
	return d.end(ctx, w, access.TransferDecline, c.Transfer, nil, func(t Transfer, now time.Time) (Transfer, error) {
		t.Version = c.Version
		return t.answer(TransferDeclined, c.Why, w.Account, now)
	})
}

// TakeBack takes an offer back.
type TakeBack struct {
	Transfer ids.Transfer
	Version  int
}

// TakeBack keeps it; the other side sees the offer no more in what waits.
func (d *Desk) TakeBack(ctx context.Context, w access.Who, c TakeBack) error {
	return d.end(ctx, w, access.TransferWithdraw, c.Transfer, nil, func(t Transfer, now time.Time) (Transfer, error) {
		t.Version = c.Version
		return t.answer(TransferWithdrawn, "", w.Account, now)
	})
}

// end ends an offer without moving anything. wrong is what the person can
// correct: it is told only to who may.
func (d *Desk) end(ctx context.Context, w access.Who, a access.Action, id ids.Transfer, wrong error, how func(Transfer, time.Time) (Transfer, error)) error {
	g, err := d.may(ctx, w, a, access.TransferKind, id.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if wrong != nil {
		return wrong
	}
	t, err := d.Store.Transfer(ctx, g, id)
	if err != nil {
		return err
	}
	now := d.Now()
	if t, err = how(t, now); err != nil {
		return err
	}
	change := Change{Transfers: []Transfer{t}, Events: []Event{d.event(g, t.Case, "transfer_"+transferVerb[t.State], t.Why)}, Hush: []ids.UUID{t.ID.UUID}}
	if t.By != w.Account {
		change.Alerts = d.tell(t.By, "alert.answer", t.ID.UUID)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(t.State)), change)
}

var transferVerb = map[TransferState]string{TransferDeclined: "declined", TransferWithdrawn: "withdrawn"}

func (t Transfer) answer(to TransferState, why string, by ids.Account, at time.Time) (Transfer, error) {
	if t.State != TransferOffered {
		return t, notNow()
	}
	t.State, t.Why, t.AnsweredBy, t.AnsweredAt = to, why, by, at
	return t, nil
}

// Transfer reads an offer.
func (d *Desk) Transfer(ctx context.Context, w access.Who, id ids.Transfer) (Transfer, error) {
	g, err := d.may(ctx, w, access.TransferRead, access.TransferKind, id.UUID, access.ForProtection)
	if err != nil {
		return Transfer{}, err
	}
	return d.Store.Transfer(ctx, g, id)
}

// Transfers lists the offers of and to the reader's organisation, what waits first.
func (d *Desk) Transfers(ctx context.Context, w access.Who) ([]Transfer, error) {
	g, err := d.mayAll(ctx, w, access.TransferList, access.Object{Kind: access.TransferKind}, access.ForProtection)
	if err != nil {
		return nil, err
	}
	return d.Store.Transfers(ctx, g)
}

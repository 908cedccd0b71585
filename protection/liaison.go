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

// LiaisonState is how far two organisations have come.
type LiaisonState string

// The states of a liaison.
const (
	LiaisonOpen     LiaisonState = "OPEN"     // the side that was found has not answered
	LiaisonAgreed   LiaisonState = "AGREED"   // it said yes, and so did she
	LiaisonShared   LiaisonState = "SHARED"   // whoever asked knows whom to speak with
	LiaisonDeclined LiaisonState = "DECLINED" // no: whoever asked never learns of it
	LiaisonClosed   LiaisonState = "CLOSED"   // by the coordinator
	LiaisonLapsed   LiaisonState = "LAPSED"   // nobody answered in time
)

// LiaisonStates lists them.
var LiaisonStates = [...]LiaisonState{LiaisonOpen, LiaisonAgreed, LiaisonShared, LiaisonDeclined, LiaisonClosed, LiaisonLapsed}

// Waits says whether somebody must still act.
func (s LiaisonState) Waits() bool { return s == LiaisonOpen || s == LiaisonAgreed }

// liaisonDue is the deadline of an answer.
const liaisonDue = "liaison.answer"

// Liaison is two organisations that may speak with each other about one person. It
// names the case of the side that was found; that of the side that asked stands in
// the question only.
type Liaison struct {
	ID        ids.Liaison
	Version   int
	Inquiry   ids.Inquiry
	Reference ids.Code // read aloud with the coordinator; of nobody's case
	Case      ids.Case
	Owner     ids.Org // of that case
	State     LiaisonState
	At        time.Time
	Due       time.Time

	AnsweredBy ids.Account // by the side that was found
	AnsweredAt time.Time
	EndedBy    ids.Account // by the coordinator, or by nobody
	EndedAt    time.Time
}

// LiaisonLine is a liaison as one of its readers sees it. The coordinator reads which
// two organisations, and no case; the side that was found its own case, and not who
// asks: the coordinator tells it, and it asks her.
type LiaisonLine struct {
	Liaison
	Code  ids.Code // of the reader's own case
	Asker ids.Org
}

// seenBy leaves out what is not the reader's.
func (l LiaisonLine) seenBy(role access.Role) LiaisonLine {
	l.Inquiry = ids.Inquiry{}
	if role == access.Coordinator {
		l.Case, l.Code, l.AnsweredBy = ids.Case{}, ids.Code{}, ids.Account{}
		return l
	}
	l.Asker = ids.Org{}
	return l
}

// Liaisons lists them for the coordinator, or for the side that was found.
func (d *Desk) Liaisons(ctx context.Context, w access.Who) ([]LiaisonLine, error) {
	g, err := d.mayAll(ctx, w, access.LiaisonList, access.Object{Kind: access.LiaisonKind}, access.ForCoordination)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.Liaisons(ctx, g)
	for i := range all {
		all[i] = all[i].seenBy(w.Post.Role)
	}
	return all, err
}

// AnswerLiaison is what one of the two sides, or the coordinator, does with it.
type AnswerLiaison struct {
	Liaison ids.Liaison
	Version int
	Asked   bool // of a yes: she was asked, knows which organisation it is, and wants it
}

// AgreeLiaison is the yes of the side that was found, after she was asked. The
// coordinator is told; whoever asked is not.
func (d *Desk) AgreeLiaison(ctx context.Context, w access.Who, c AnswerLiaison) error {
	if !c.Asked {
		return d.answerLiaison(ctx, w, access.LiaisonAgree, c, "", func(x Liaison, _ time.Time) (Liaison, error) {
			return x, fault.Field("asked", "fault.liaison.asked")
		})
	}
	return d.answerLiaison(ctx, w, access.LiaisonAgree, c, "liaison_agreed", func(x Liaison, now time.Time) (Liaison, error) {
		return x.agree(w.Account, now, d.Rules.Due(liaisonDue, now))
	})
}

// DeclineLiaison is the no of the side that was found, before the contact is given.
func (d *Desk) DeclineLiaison(ctx context.Context, w access.Who, c AnswerLiaison) error {
	return d.answerLiaison(ctx, w, access.LiaisonDecline, c, "liaison_declined", func(x Liaison, now time.Time) (Liaison, error) {
		return x.decline(w.Account, now)
	})
}

// answerLiaison keeps an answer of the side that was found, and rings the coordinator.
func (d *Desk) answerLiaison(ctx context.Context, w access.Who, a access.Action, c AnswerLiaison, verb string, how func(Liaison, time.Time) (Liaison, error)) error {
	g, x, err := d.liaison(ctx, w, a, c.Liaison)
	if err != nil {
		return err
	}
	now, before := d.Now(), x
	if x, err = how(x, now); err != nil {
		if before.Version > c.Version && before.AnsweredBy == w.Account && (before.State == LiaisonDeclined) == (a == access.LiaisonDecline) {
			return nil // said again
		}
		return err
	}
	if a == access.LiaisonAgree {
		if err := d.agreed(ctx, g, x.ID); err != nil {
			return err
		}
	}
	x.Version = c.Version
	change := Change{Liaisons: []Liaison{x}, Hush: []ids.UUID{x.ID.UUID}, Events: []Event{d.event(g, x.Case, verb, "")}}
	if err := d.answered(ctx, g, &change, x); err != nil {
		return err
	}
	if err := d.tellCoordinators(ctx, &change, x.ID); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// answered ends the task of the side that was found, unless another of the same case waits.
func (d *Desk) answered(ctx context.Context, g access.Grant, change *Change, x Liaison) error {
	all, err := d.Store.CaseLiaisons(ctx, g, x.Case)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(o Liaison) bool { return o.ID != x.ID && o.State == LiaisonOpen }) {
		change.Done = append(change.Done, Done{x.Case, liaisonDue})
	}
	return nil
}

// ShareLiaison lets the coordinator give whoever asked the contact of the side that
// said yes. Both persons' agreement (P2) must still hold.
func (d *Desk) ShareLiaison(ctx context.Context, w access.Who, c AnswerLiaison) error {
	g, x, err := d.liaison(ctx, w, access.LiaisonShare, c.Liaison)
	if err != nil {
		return err
	}
	if x.State == LiaisonShared && x.EndedBy == w.Account && x.Version > c.Version {
		return nil
	}
	now := d.Now()
	if x, err = x.share(w.Account, now); err != nil {
		return err
	}
	if err := d.agreed(ctx, g, x.ID); err != nil {
		return err
	}
	i, err := d.Store.Inquiry(ctx, g, x.Inquiry)
	if err != nil {
		return err
	}
	o, err := d.Store.Facts(ctx, access.CaseKind, i.Case.UUID)
	if err != nil {
		return err
	}
	x.Version = c.Version
	i.Introduction = Introduction{Org: x.Owner, Who: x.AnsweredBy, Code: x.Reference, When: now}
	change := Change{Liaisons: []Liaison{x}, Inquiries: []Inquiry{i}, Hush: []ids.UUID{x.ID.UUID},
		Events: []Event{d.event(g, i.Case, "liaison_shared", ""), d.event(g, x.Case, "liaison_shared", "")}}
	for _, to := range o.Team {
		change.Alerts = append(change.Alerts, d.tell(to, "alert.answer", i.Case.UUID)...)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// CloseLiaison lets the coordinator end what leads nowhere. Nobody is told.
func (d *Desk) CloseLiaison(ctx context.Context, w access.Who, c AnswerLiaison) error {
	return d.endLiaison(ctx, w, access.LiaisonClose, c, func(x Liaison, now time.Time) (Liaison, error) { return x.close(w.Account, now) })
}

// LapseLiaison lets the program's clock end what nobody answered. Nobody is told.
func (d *Desk) LapseLiaison(ctx context.Context, w access.Who, id ids.Liaison) error {
	return d.endLiaison(ctx, w, access.LiaisonLapse, AnswerLiaison{Liaison: id}, func(x Liaison, now time.Time) (Liaison, error) { return x.lapse(now) })
}

func (d *Desk) endLiaison(ctx context.Context, w access.Who, a access.Action, c AnswerLiaison, how func(Liaison, time.Time) (Liaison, error)) error {
	g, x, err := d.liaison(ctx, w, a, c.Liaison)
	if err != nil {
		return err
	}
	if x.State == LiaisonClosed && x.EndedBy == w.Account && x.Version > c.Version {
		return nil
	}
	now := d.Now()
	if x, err = how(x, now); err != nil {
		return err
	}
	if c.Version != 0 {
		x.Version = c.Version
	}
	change := Change{Liaisons: []Liaison{x}, Hush: []ids.UUID{x.ID.UUID}}
	if err := d.answered(ctx, g, &change, x); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// agreed refuses what one of the two persons does not agree to any more.
func (d *Desk) agreed(ctx context.Context, g access.Grant, id ids.Liaison) error {
	holds, err := d.Store.Agreed(ctx, g, id)
	if err == nil && !holds {
		err = fault.New(fault.Invalid, "fault.liaison.consent")
	}
	return err
}

func (d *Desk) liaison(ctx context.Context, w access.Who, a access.Action, id ids.Liaison) (access.Grant, Liaison, error) {
	g, err := d.may(ctx, w, a, access.LiaisonKind, id.UUID, access.ForCoordination)
	if err != nil {
		return g, Liaison{}, err
	}
	x, err := d.Store.Liaison(ctx, g, id)
	return g, x, err
}

// agree is the pure part of a yes.
func (x Liaison) agree(by ids.Account, at, due time.Time) (Liaison, error) {
	if x.State != LiaisonOpen {
		return x, notNow()
	}
	x.State, x.AnsweredBy, x.AnsweredAt, x.Due = LiaisonAgreed, by, at, due
	return x, nil
}

// decline is a no; she may think better of a yes until the contact is given.
func (x Liaison) decline(by ids.Account, at time.Time) (Liaison, error) {
	if !x.State.Waits() {
		return x, notNow()
	}
	x.State, x.AnsweredBy, x.AnsweredAt = LiaisonDeclined, by, at
	return x, nil
}

func (x Liaison) share(by ids.Account, at time.Time) (Liaison, error) {
	if x.State != LiaisonAgreed {
		return x, notNow()
	}
	x.State, x.EndedBy, x.EndedAt = LiaisonShared, by, at
	return x, nil
}

func (x Liaison) close(by ids.Account, at time.Time) (Liaison, error) {
	if !x.State.Waits() {
		return x, notNow()
	}
	x.State, x.EndedBy, x.EndedAt = LiaisonClosed, by, at
	return x, nil
}

func (x Liaison) lapse(at time.Time) (Liaison, error) {
	if !x.State.Waits() || at.Before(x.Due) {
		return x, notNow()
	}
	x.State, x.EndedAt = LiaisonLapsed, at
	return x, nil
}

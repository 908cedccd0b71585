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

// ErasureState is where an erasure stands.
type ErasureState string

// The states of an erasure. What the schedule proposes becomes asked for when the
// first person agrees, and done when the second does.
const (
	ErasureProposed  ErasureState = "PROPOSED" // by the schedule; nobody has agreed
	ErasureAsked     ErasureState = "ASKED"    // one person stands behind it
	ErasureDone      ErasureState = "DONE"     // the key is destroyed
	ErasureDeclined  ErasureState = "DECLINED"
	ErasureWithdrawn ErasureState = "WITHDRAWN" // she thought better of it
)

// ErasureStates lists them.
var ErasureStates = [...]ErasureState{ErasureProposed, ErasureAsked, ErasureDone, ErasureDeclined, ErasureWithdrawn}

// Waits says whether somebody must still answer.
func (s ErasureState) Waits() bool { return s == ErasureProposed || s == ErasureAsked }

// Why a file is to be erased at all.
const (
	OnRequest = "REQUEST"  // she asked
	OnTime    = "SCHEDULE" // its time is over (PROCESS.md §11.4)
)

// Erasure is a file, or a signal that led to none, whose key is to be destroyed.
// It says who asked, why, and who agreed: never a word of what the file holds.
type Erasure struct {
	ID        ids.Erasure
	Version   int
	Case      ids.Case   // one of the two
	Signal    ids.Signal // that was not trafficking
	Code      ids.Code   // what people read aloud: of the case, or the receipt
	Owner     ids.Org
	State     ErasureState
	Ground    string       // OnRequest or OnTime
	Rule      string       // key of the country's deadline, when it is the schedule
	Reason    string       // code list "erasure_reason", when she asked
	Given     string       // who asked: code list "consent_given_by"
	Guardian  ids.Guardian // who asked for a child
	CarerAway string       // why the authority asked: code list "carer_away"
	Told      []string
	By        ids.Account // who stands behind it; nobody while it is proposed
	At        time.Time

	Why        string // of a no: code list "erasure_decline"
	AnsweredBy ids.Account
	AnsweredAt time.Time
}

// Standing is what an erasure stands on: every case of the same person, what
// forbids it, and what is under way. It holds no identity.
type Standing struct {
	Cases []CaseState
	Holds []Hold
	Waits ids.Erasure // the erasure of hers that is under way

	Review bool // a decision about her waits to be looked at again
}

// clear says whether nothing forbids it now.
func (s Standing) clear(now time.Time) error {
	switch {
	case slices.ContainsFunc(s.Cases, func(c CaseState) bool { return !c.Over() }):
		return fault.New(fault.Invalid, "fault.erasure.open")
	case slices.ContainsFunc(s.Holds, func(h Hold) bool { return h.Stands(now) }):
		return fault.New(fault.Invalid, "fault.erasure.held")
	case s.Review:
		return fault.New(fault.Invalid, "fault.erasure.review")
	}
	return nil
}

// AskErasure is what she asks, written down by who follows her.
type AskErasure struct {
	ID        ids.Erasure
	Case      ids.Case
	Reason    string
	Given     string
	Guardian  ids.Guardian // who asks for a child
	Involved  Answer       // had that person a part in what happened?
	CarerAway string       // why the authority asks and no carer
	Assent    Answer       // of a child
	Told      []string
}

// carer is who asks for a child.
func (c AskErasure) carer() Carer { return Carer{c.Given, c.Guardian, c.Involved, c.CarerAway} }

// Check finds what the person can correct: all of it was explained before she
// decided, and for a child somebody who may decide asks, and she agrees.
func (c AskErasure) Check(r *Rules, child bool) error {
	errs := []error{r.need("reason", "erasure_reason", c.Reason), r.need("given", "consent_given_by", c.Given), r.codes("told", "erasure_told", c.Told), r.code("carer_away", "carer_away", c.CarerAway)}
	if slices.ContainsFunc(r.list("erasure_told"), func(k string) bool { return !slices.Contains(c.Told, k) }) {
		errs = append(errs, fault.Field("told", "fault.erasure.told"))
	}
	switch {
	case child && c.Given == "SELF":
		errs = append(errs, fault.Field("given", "fault.erasure.child"))
	case child && c.Assent != Yes:
		errs = append(errs, fault.Field("assent", "fault.erasure.assent"))
	case child && c.Given == "AUTHORITY":
		errs = append(errs, r.need("carer_away", "carer_away", c.CarerAway))
	case !child && c.Given != "SELF" && c.Given != "":
		errs = append(errs, fault.Field("given", "fault.erasure.self_only"))
	}
	if child {
		errs = append(errs, c.carer().check())
	}
	return fault.Join(errs...)
}

// AskErasure keeps what she asks and tells who may agree. Nothing is erased yet. A
// hold does not keep her from asking: it is the answer that waits. Of a file that was
// joined it is asked where she is followed: all that is hers goes then.
func (d *Desk) AskErasure(ctx context.Context, w access.Who, c AskErasure) error {
	g, err := d.may(ctx, w, access.ErasureAsk, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if one.State == Joined {
		return fault.New(fault.Invalid, "fault.erasure.joined")
	}
	if err := c.Check(d.Rules, one.Child); err != nil {
		return err
	}
	beside, err := d.besides(ctx, g, one.ID, c.carer())
	if err == nil {
		err = c.carer().stands(beside)
	}
	if err != nil {
		return err
	}
	if done, err := d.Store.Erasure(ctx, g, c.ID); err == nil && done.By == w.Account && done.Case == one.ID {
		return nil // the same request, again
	}
	now := d.Now()
	s, err := d.Store.Standing(ctx, g, one.ID)
	if err != nil {
		return err
	}
	if s.Holds = nil; !s.Waits.IsZero() {
		return fault.New(fault.Invalid, "fault.erasure.twice")
	}
	if err := s.clear(now); err != nil {
		return err
	}
	x := Erasure{ID: c.ID, Case: one.ID, Code: one.Code, Owner: one.Owner, State: ErasureAsked, Ground: OnRequest, Reason: c.Reason, Given: c.Given, Guardian: c.Guardian, CarerAway: c.CarerAway, Told: c.Told, By: w.Account, At: now}
	change := Change{Erasures: []Erasure{x}, Events: []Event{d.event(g, one.ID, "erasure_asked", c.Reason)}}
	if change.Alerts, err = d.tellLeads(ctx, x.Owner, w.Account, x.ID.UUID); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.ErasureKind, x.ID.UUID), change)
}

// tellLeads rings who leads an organisation, but for who acts.
func (d *Desk) tellLeads(ctx context.Context, org ids.Org, but ids.Account, about ids.UUID) ([]Alert, error) {
	leads, err := d.Store.Leads(ctx, org, d.Now())
	var all []Alert
	for _, to := range leads {
		if to != but {
			all = append(all, d.tell(to, "alert.signal", about)...)
		}
	}
	return all, err
}

// AnswerErasure is a second person's answer, or the first one's to what the schedule proposes.
type AnswerErasure struct {
	Erasure ids.Erasure
	Version int
	Why     string // of a no: code list "erasure_decline"
}

// ApproveErasure agrees. What the schedule proposed then waits for a second
// person; what one person stands behind already is erased in the same act: key,
// index, packets, files, and from every list. Refused while a case of hers is open
// or a hold stands.
func (d *Desk) ApproveErasure(ctx context.Context, w access.Who, c AnswerErasure) error {
	g, x, err := d.erasure(ctx, w, access.ErasureApprove, c.Erasure)
	if err != nil {
		return err
	}
	if x.State == ErasureDone && x.AnsweredBy == w.Account {
		return nil
	}
	now := d.Now()
	s, err := d.standing(ctx, g, x)
	if err != nil {
		return err
	}
	if err := s.clear(now); err != nil {
		return err
	}
	by, asked := x.By, x.State == ErasureAsked
	x.Version = c.Version
	if x, err = x.approve(w.Account, now); err != nil {
		return err
	}
	change := Change{Erasures: []Erasure{x}, Hush: []ids.UUID{x.ID.UUID}}
	if asked {
		change.Erase = []Erasure{x}
		change.Alerts = d.tell(by, "alert.answer", x.ID.UUID)
	} else if change.Alerts, err = d.tellLeads(ctx, x.Owner, w.Account, x.ID.UUID); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// standing is what the erasure of a case stands on; a signal has nothing but itself.
func (d *Desk) standing(ctx context.Context, g access.Grant, x Erasure) (Standing, error) {
	if x.Case.IsZero() {
		return Standing{}, nil
	}
	return d.Store.Standing(ctx, g, x.Case)
}

// DeclineErasure says no, and why. The file stays as it is.
func (d *Desk) DeclineErasure(ctx context.Context, w access.Who, c AnswerErasure) error {
	return d.endErasure(ctx, w, access.ErasureDecline, c, func(x Erasure, now time.Time) (Erasure, error) {
		if err := d.Rules.need("why", "erasure_decline", c.Why); err != nil {
			return x, err
		}
		return x.decline(c.Why, w.Account, now)
	})
}

// WithdrawErasure says that she thought better of it.
func (d *Desk) WithdrawErasure(ctx context.Context, w access.Who, c AnswerErasure) error {
	return d.endErasure(ctx, w, access.ErasureWithdraw, c, func(x Erasure, now time.Time) (Erasure, error) {
		return x.withdraw(w.Account, now)
	})
}

func (d *Desk) endErasure(ctx context.Context, w access.Who, a access.Action, c AnswerErasure, how func(Erasure, time.Time) (Erasure, error)) error {
	g, x, err := d.erasure(ctx, w, a, c.Erasure)
	if err != nil {
		return err
	}
	now, by := d.Now(), x.By
	x.Version = c.Version
	if x, err = how(x, now); err != nil {
		return err
	}
	change := Change{Erasures: []Erasure{x}, Hush: []ids.UUID{x.ID.UUID}}
	if !x.Case.IsZero() {
		change.Events = []Event{d.event(g, x.Case, "erasure_"+map[ErasureState]string{ErasureDeclined: "declined", ErasureWithdrawn: "withdrawn"}[x.State], x.Why)}
	}
	if by != w.Account {
		change.Alerts = d.tell(by, "alert.answer", x.ID.UUID)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// approve is the pure part: two persons, whoever began.
func (x Erasure) approve(by ids.Account, at time.Time) (Erasure, error) {
	switch {
	case !x.State.Waits():
		return x, notNow()
	case x.State == ErasureProposed:
		x.State, x.By, x.At = ErasureAsked, by, at
	case x.By == by:
		return x, fault.New(fault.Denied, "fault.erasure.self")
	default:
		x.State, x.AnsweredBy, x.AnsweredAt = ErasureDone, by, at
	}
	return x, nil
}

func (x Erasure) decline(why string, by ids.Account, at time.Time) (Erasure, error) {
	switch {
	case !x.State.Waits():
		return x, notNow()
	case x.By == by:
		return x, fault.New(fault.Denied, "fault.erasure.self")
	}
	x.State, x.Why, x.AnsweredBy, x.AnsweredAt = ErasureDeclined, why, by, at
	return x, nil
}

func (x Erasure) withdraw(by ids.Account, at time.Time) (Erasure, error) {
	switch {
	case x.State != ErasureAsked:
		return x, notNow()
	case x.By != by:
		return x, fault.New(fault.Denied, "fault.erasure.other")
	}
	x.State, x.AnsweredBy, x.AnsweredAt = ErasureWithdrawn, by, at
	return x, nil
}

// Erasure reads one.
func (d *Desk) Erasure(ctx context.Context, w access.Who, id ids.Erasure) (Erasure, Standing, error) {
	g, x, err := d.erasure(ctx, w, access.ErasureRead, id)
	if err != nil || !x.State.Waits() {
		return x, Standing{}, err
	}
	s, err := d.standing(ctx, g, x)
	return x, s, err
}

// ErasureOf reads what an erasure of a case would stand on, and who stands by a
// child, for who may ask for it.
func (d *Desk) ErasureOf(ctx context.Context, w access.Who, id ids.Case) (Case, Standing, []Guardian, error) {
	g, err := d.may(ctx, w, access.ErasureAsk, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return Case{}, Standing{}, nil, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return one, Standing{}, nil, err
	}
	s, err := d.Store.Standing(ctx, g, id)
	if err != nil {
		return one, s, nil, err
	}
	beside, err := d.Beside(ctx, g, one)
	return one, s, beside, err
}

func (d *Desk) erasure(ctx context.Context, w access.Who, a access.Action, id ids.Erasure) (access.Grant, Erasure, error) {
	g, err := d.may(ctx, w, a, access.ErasureKind, id.UUID, access.ForOversight)
	if err != nil {
		return g, Erasure{}, err
	}
	x, err := d.Store.Erasure(ctx, g, id)
	return g, x, err
}

// Erasures lists them for who answers: what waits first.
func (d *Desk) Erasures(ctx context.Context, w access.Who) ([]Erasure, error) {
	g, err := d.mayAll(ctx, w, access.ErasureList, access.Object{Kind: access.ErasureKind}, access.ForOversight)
	if err != nil {
		return nil, err
	}
	return d.Store.Erasures(ctx, g)
}

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Stay is a line of the placement log: where somebody lives in a shelter, from a
// day to a day (PROCESS.md §2.9 6). It stands on a request to that shelter on which
// she arrived. A line is ended once and never changed; who moves has another line.
// It names a house and a unit and never an address.
type Stay struct {
	ID       ids.Stay
	Version  int
	Case     ids.Case
	Code     ids.Code
	Owner    ids.Org
	Referral ids.Referral // on which she arrived
	Service  ids.Service
	Provider ids.Org // whose shelter it is
	State    StayState
	Unit     Unit
	Child    bool   // treated as a child, when the line was written
	With     string // in a family unit: code list "stay_with"
	Why      string // of a child in a family unit: code list "stay_family"
	From     date.Day
	By       ids.Account // who decided
	At       time.Time

	Until   date.Day // zero while she lives there
	End     string   // code list "stay_moved" or "stay_left"
	EndedBy ids.Account
	EndedAt time.Time
}

// StayState says how a line stands.
type StayState string

// The states of a stay.
const (
	StayingNow StayState = "OPEN"
	StayMoved  StayState = "MOVED" // another line follows
	StayLeft   StayState = "LEFT"
)

// StayStates lists them.
var StayStates = [...]StayState{StayingNow, StayMoved, StayLeft}

// Unit is a part of a shelter. Children and adults live apart.
type Unit string

// The units, code list "stay_unit".
const (
	WomenUnit    Unit = "WOMEN"
	MenUnit      Unit = "MEN"
	ChildrenUnit Unit = "CHILDREN"
	FamilyUnit   Unit = "FAMILY" // parents or carers with their own children
)

// Units lists them in order.
var Units = [...]Unit{WomenUnit, MenUnit, ChildrenUnit, FamilyUnit}

// ownChildren is with whom an adult lives in a family unit; a child lives there
// with any other of the list.
const ownChildren = "OWN_CHILDREN"

// Lodger is what a place in a shelter stands on: facts of routing, and nothing
// that she told.
type Lodger struct {
	Case      ids.Case
	Code      ids.Code
	Owner     ids.Org
	State     CaseState
	Child     bool
	Sex       string
	Manager   ids.Account
	Stay      ids.Stay // where she lives now, or zero
	Conflicts []Conflict
}

// Bed is where in a shelter, and why there.
type Bed struct {
	Unit      Unit
	With, Why string
}

// Check says whether somebody may live there: no child among adults, no adult among
// children, and in a family unit only with one's own; an adult of the other sex in
// no unit of women or men. Who says no sex is asked, not sorted.
func (b Bed) Check(r *Rules, of Lodger) error {
	if err := r.need("unit", "stay_unit", string(b.Unit)); err != nil {
		return err
	}
	switch {
	case b.Unit == FamilyUnit:
		return b.family(r, of)
	case b.With != "" || b.Why != "":
		return fault.Field("with", "fault.stay.family_only")
	case of.Child && b.Unit != ChildrenUnit:
		return fault.Field("unit", "fault.stay.child")
	case !of.Child && b.Unit == ChildrenUnit:
		return fault.Field("unit", "fault.stay.adult")
	case b.Unit == WomenUnit && of.Sex == "M", b.Unit == MenUnit && of.Sex == "F":
		return fault.Field("unit", "fault.stay.sex")
	}
	return nil
}

// family is a child with its parent or carer, and why; or an adult with its own children.
func (b Bed) family(r *Rules, of Lodger) error {
	errs := []error{r.need("with", "stay_with", b.With), r.code("why", "stay_family", b.Why)}
	switch {
	case b.With == "":
	case of.Child == (b.With == ownChildren):
		errs = append(errs, fault.Field("with", "fault.stay.own"))
	case of.Child:
		errs = append(errs, chosen("why", b.Why))
	case b.Why != "":
		errs = append(errs, fault.Field("why", "fault.stay.own"))
	}
	return fault.Join(errs...)
}

// Misplaced says whether somebody lives where she may not any more: she was
// treated as a child and is no more, or the other way round.
func (s Stay) Misplaced(child bool) bool { return s.State == StayingNow && s.Child != child }

// Housed is a service after somebody came or left: so many of Inkingi's people live
// there now, and so many places came free. What the house said of its free places
// stays true: it houses others too, and it is never more than what the stays leave.
func (s Service) Housed(staying, left int) (Service, error) {
	if s.Capacity == 0 {
		return s, nil
	}
	if staying > s.Capacity {
		return s, fault.Field("unit", "fault.stay.full")
	}
	s.Free = max(0, min(s.Free+left, s.Capacity-staying))
	return s, nil
}

// Holds says whether a unit has room for so many, where the house said how many.
func (s Service) Holds(unit Unit, staying int) error {
	if most, said := s.Units[unit]; said && staying > most {
		return fault.Field("unit", "fault.stay.unit_full")
	}
	return nil
}

// settle begins a line.
func (of Lodger) settle(id ids.Stay, on Referral, b Bed, from date.Day, by ids.Account, at time.Time) (Stay, error) {
	switch {
	case of.State.Over():
		return Stay{}, fault.New(fault.Invalid, "fault.plan.closed")
	case !of.Stay.IsZero():
		return Stay{}, fault.New(fault.Invalid, "fault.stay.twice")
	case group(on.Need) != "SAFE" || on.Case != of.Case:
		return Stay{}, fault.New(fault.Invalid, "fault.stay.need")
	case on.State != Arrived:
		return Stay{}, fault.New(fault.Invalid, "fault.stay.not_arrived")
	case barredOrg(of.Conflicts, on.To):
		return Stay{}, fault.New(fault.Invalid, "fault.conflict")
	}
	return Stay{ID: id, Case: of.Case, Code: of.Code, Owner: of.Owner, Referral: on.ID, Service: on.Service, Provider: on.To, State: StayingNow,
		Unit: b.Unit, Child: of.Child, With: b.With, Why: b.Why, From: from, By: by, At: at}, nil
}

// end ends a line, once.
func (s Stay) end(to StayState, why string, on date.Day, by ids.Account, at time.Time) (Stay, error) {
	if s.State != StayingNow {
		return s, notNow()
	}
	s.State, s.End, s.Until, s.EndedBy, s.EndedAt = to, why, on, by, at
	return s, nil
}

// Stay reads one line.
func (d *Desk) Stay(ctx context.Context, w access.Who, id ids.Stay) (Stay, Lodger, access.Grant, error) {
	g, err := d.may(ctx, w, access.StayRead, access.StayKind, id.UUID, access.ForProtection)
	if err != nil {
		return Stay{}, Lodger{}, g, err
	}
	s, err := d.Store.Stay(ctx, g, id)
	if err != nil {
		return s, Lodger{}, g, err
	}
	of, err := d.Store.Lodger(ctx, g, s.Case)
	return s, of, g, err
}

// Tonight lists who lives in the shelters of the reader's organisation.
func (d *Desk) Tonight(ctx context.Context, w access.Who) ([]Stay, error) {
	g, err := d.mayAll(ctx, w, access.StayList, access.Object{Kind: access.StayKind}, access.ForProtection)
	if err != nil {
		return nil, err
	}
	return d.Store.Tonight(ctx, g)
}

// caseStays lists where she lives and lived, for the team of the case; whoever else
// reads the case is told nothing, not that she lives anywhere.
func (d *Desk) caseStays(ctx context.Context, w access.Who, of access.Grant) ([]Stay, error) {
	g, refused := d.Policy.Decide(w, access.StayRead, of.Object(), access.ForProtection, d.Now())
	if refused != nil {
		return nil, nil
	}
	return d.Store.CaseStays(ctx, g, ids.Case{UUID: of.Object().ID})
}

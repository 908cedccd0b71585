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

// LikenessState is what is known of a pair.
type LikenessState string

// The states of a pair.
const (
	Suspected LikenessState = "SUSPECTED" // nobody has said yet
	Apart     LikenessState = "APART"     // they are two: never asked again
	OneFile   LikenessState = "JOINED"    // they are one, and one file goes on
)

// LikenessStates lists them.
var LikenessStates = [...]LikenessState{Suspected, Apart, OneFile}

// Likeness is two files of one organisation that may be of one person. It names the
// two records and holds nothing of what is in them.
type Likeness struct {
	ID            ids.Likeness
	Version       int
	Owner         ids.Org
	First, Second ids.Case // the smaller identifier first, so that a pair is one whoever finds it
	State         LikenessState
	Unsure        bool // somebody looked, and could not say
	By            ids.Account
	At            time.Time

	DecidedBy ids.Account
	DecidedAt time.Time
	Kept      ids.Case  // of one file: which goes on
	Until     time.Time // and until when it can be undone
	Was       Was
}

// Was is how the two files stood before they became one: what undoing restores.
type Was struct {
	State    CaseState   `json:"state"` // of the file that was joined
	Since    time.Time   `json:"since"`
	Reason   string      `json:"reason,omitempty"`
	Screener ids.Account `json:"screener"`
	Manager  ids.Account `json:"manager"`
	Level    Danger      `json:"level"` // of the file that goes on
	Reasons  []string    `json:"reasons,omitempty"`
	Child    bool        `json:"child"`
}

// LikenessLine is a pair in a list, by the codes that people read aloud.
type LikenessLine struct {
	Likeness
	FirstCode, SecondCode ids.Code
}

// Join carries every record that hangs on one file over to another.
type Join struct {
	Likeness ids.Likeness
	From, To ids.Case
}

// pair makes a likeness of two files.
func pair(owner ids.Org, a, b ids.Case, state LikenessState, unsure bool, by ids.Account, at time.Time) Likeness {
	if slices.Compare(a.UUID[:], b.UUID[:]) > 0 {
		a, b = b, a
	}
	x := Likeness{ID: ids.New[ids.Likeness](), Owner: owner, First: a, Second: b, State: state, Unsure: unsure, By: by, At: at}
	if state != Suspected {
		x.DecidedBy, x.DecidedAt = by, at
	}
	return x
}

// Other is the other file of a pair.
func (x Likeness) Other(than ids.Case) ids.Case {
	if x.First == than {
		return x.Second
	}
	return x.First
}

// apart says that they are two.
func (x Likeness) apart(by ids.Account, at time.Time) (Likeness, error) {
	if x.State != Suspected {
		return x, notNow()
	}
	x.State, x.DecidedBy, x.DecidedAt = Apart, by, at
	return x, nil
}

// join makes one file of two: kept goes on and other stays behind, readable, with
// where it went. The greater danger of the two holds, and in doubt she is a child;
// who was kept out of one is kept out of both.
func (x Likeness) join(kept, other Case, r *Rules, by ids.Account, at time.Time) (Likeness, Case, Case, error) {
	switch {
	case x.State != Suspected || kept.State == Joined || other.State == Joined || other.State == Erased:
		return x, kept, other, notNow()
	case kept.ID != x.First && kept.ID != x.Second || other.ID != x.Other(kept.ID):
		return x, kept, other, fault.Field("kept", "fault.choice.missing")
	case kept.Person == other.Person:
		return x, kept, other, fault.New(fault.Invalid, "fault.join.episode")
	case kept.Owner != other.Owner || kept.Owner != x.Owner:
		return x, kept, other, fault.New(fault.Invalid, "fault.join.moved")
	case kept.State.Over():
		return x, kept, other, fault.Field("kept", "fault.join.over")
	case kept.State == Suspended || other.State == Suspended:
		return x, kept, other, fault.New(fault.Invalid, "fault.suspended")
	case kept.Ratification == Waiting || other.Ratification == Waiting:
		return x, kept, other, fault.New(fault.Invalid, "fault.join.waiting")
	case barredAccount(other.Conflicts, kept.Manager) || barredAccount(other.Conflicts, kept.Screener):
		return x, kept, other, fault.Field("kept", "fault.conflict")
	}
	x.State, x.Kept, x.DecidedBy, x.DecidedAt, x.Until = OneFile, kept.ID, by, at, r.Due("join.undo", at)
	x.Was = Was{State: other.State, Since: other.Since, Reason: other.Reason, Screener: other.Screener, Manager: other.Manager,
		Level: kept.Level, Reasons: kept.Reasons, Child: kept.Child}
	if raises(other.Level, kept.Level, other.State) {
		kept.Level, kept.Reasons = other.Level, other.Reasons
	}
	kept.Child = kept.Child || other.Child
	for _, one := range other.Conflicts {
		if !slices.Contains(kept.Conflicts, one) {
			kept.Conflicts = append(slices.Clone(kept.Conflicts), one)
		}
	}
	other.State, other.Since, other.Reason, other.Joined = Joined, at, "DUPLICATE", kept.ID
	other.Screener, other.Manager = kept.Screener, kept.Manager // who follows her reads what stays in it
	return x, kept, other, nil
}

// raises says whether the danger that was judged in an open file is greater.
func raises(other, kept Danger, state CaseState) bool {
	return other != Unjudged && other.Rank() < kept.Rank() && !state.Over()
}

// undo makes two files again. What was written since stays with the file that went
// on, and so does who was kept out. A danger that somebody judged since is not taken back.
func (x Likeness) undo(kept, other Case, by ids.Account, at time.Time) (Likeness, Case, Case, error) {
	switch {
	case x.State != OneFile || other.State != Joined || other.Joined != kept.ID || kept.ID != x.Kept:
		return x, kept, other, notNow()
	case kept.Owner != other.Owner || kept.Owner != x.Owner:
		return x, kept, other, fault.New(fault.Invalid, "fault.join.moved")
	case at.After(x.Until):
		return x, kept, other, fault.New(fault.Invalid, "fault.join.late")
	}
	was := x.Was
	if raises(other.Level, was.Level, was.State) && kept.Level == other.Level {
		kept.Level, kept.Reasons = was.Level, was.Reasons
	}
	if other.Child && !was.Child {
		kept.Child = false
	}
	other.State, other.Since, other.Reason, other.Joined = was.State, was.Since, was.Reason, ids.Case{}
	other.Screener, other.Manager = was.Screener, was.Manager
	x.State, x.DecidedBy, x.DecidedAt = Apart, by, at
	return x, kept, other, nil
}

// JoinFiles says that two files are of one person.
type JoinFiles struct {
	Likeness ids.Likeness
	Version  int
	Kept     ids.Case // the file that goes on
}

// JoinFiles keeps it: every record of the other file goes over. Saying it again is the same act.
func (d *Desk) JoinFiles(ctx context.Context, w access.Who, c JoinFiles) error {
	g, x, err := d.pairOf(ctx, w, access.LikenessJoin, c.Likeness)
	if err != nil {
		return err
	}
	if x.State == OneFile && x.DecidedBy == w.Account && x.Kept == c.Kept && x.Version > c.Version {
		return nil
	}
	if c.Kept != x.First && c.Kept != x.Second {
		return fault.Field("kept", "fault.choice.missing")
	}
	both, err := d.bothOf(ctx, w, x, c.Kept)
	if err != nil {
		return err
	}
	if err := d.quiet(ctx, both); err != nil {
		return err
	}
	kept, other := both[0].Case, both[1].Case
	x.Version = c.Version
	now, before := d.Now(), kept
	if x, kept, other, err = x.join(kept, other, d.Rules, w.Account, now); err != nil {
		return err
	}
	change := Change{Likenesses: []Likeness{x}, Cases: []Case{kept, other}, Joins: []Join{{x.ID, other.ID, kept.ID}},
		Events: []Event{d.event(g, kept.ID, "joined", ""), d.event(g, other.ID, "joined", "")}}
	change.clocks(d.Rules, before, kept, now)
	if kept.Child && !before.Child {
		if err := d.unguarded(ctx, both[0].grant, &change, kept.ID, now); err != nil {
			return err
		}
	}
	change.Alerts = d.tell(kept.Manager, "alert.assigned", kept.ID.UUID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.CaseKind, kept.ID.UUID), change)
}

// quiet says whether nothing runs that would be torn: nobody is talking with her in
// the file that stays behind, and it is not offered to another organisation.
func (d *Desk) quiet(ctx context.Context, both [2]file) error {
	for _, one := range both {
		talks, err := d.Store.Screenings(ctx, one.grant, one.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(talks, func(s Screening) bool { return s.State == ScreeningOpen }) {
			return fault.New(fault.Invalid, "fault.join.talk")
		}
		offers, err := d.Store.CaseTransfers(ctx, one.grant, one.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(offers, func(t Transfer) bool { return t.State == TransferOffered }) {
			return fault.New(fault.Invalid, "fault.join.offered")
		}
	}
	return nil
}

// UndoJoin takes it back.
type UndoJoin struct {
	Likeness ids.Likeness
	Version  int
}

// UndoJoin puts every record that went over back to where it was. Saying it again is the same act.
func (d *Desk) UndoJoin(ctx context.Context, w access.Who, c UndoJoin) error {
	g, x, err := d.pairOf(ctx, w, access.LikenessUndo, c.Likeness)
	if err != nil {
		return err
	}
	if x.State == Apart && x.DecidedBy == w.Account && x.Version > c.Version {
		return nil
	}
	if x.State != OneFile {
		return notNow()
	}
	both, err := d.bothOf(ctx, w, x, x.Kept)
	if err != nil {
		return err
	}
	if err := d.quiet(ctx, both); err != nil {
		return err
	}
	kept, other := both[0].Case, both[1].Case
	x.Version = c.Version
	now, left := d.Now(), kept
	if x, kept, other, err = x.undo(kept, other, w.Account, now); err != nil {
		return err
	}
	change := Change{Likenesses: []Likeness{x}, Cases: []Case{kept, other}, Partings: []ids.Likeness{x.ID},
		Events: []Event{d.event(g, kept.ID, "parted", ""), d.event(g, other.ID, "parted", "")}}
	change.clocks(d.Rules, left, kept, now)
	p, err := d.Store.PlanOf(ctx, both[1].grant, other.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil { // it stayed: what is due in it stands in lists again
		change.Plans = []Plan{p.ahead(d.Rules, other.Since)}
	}
	change.Alerts = append(d.tell(kept.Manager, "alert.assigned", kept.ID.UUID), d.tell(other.Manager, "alert.assigned", other.ID.UUID)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.CaseKind, kept.ID.UUID), change)
}

// SayApart says that two files are of two people.
type SayApart struct {
	Likeness ids.Likeness
	Version  int
}

// SayApart keeps it, and nobody is asked again. Saying it again is the same act.
func (d *Desk) SayApart(ctx context.Context, w access.Who, c SayApart) error {
	g, x, err := d.pairOf(ctx, w, access.LikenessApart, c.Likeness)
	if err != nil {
		return err
	}
	if x.State == Apart && x.DecidedBy == w.Account && x.Version > c.Version {
		return nil
	}
	x.Version = c.Version
	now := d.Now()
	if x, err = x.apart(w.Account, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), Change{Likenesses: []Likeness{x}})
}

// pairOf decides about a pair and reads it.
func (d *Desk) pairOf(ctx context.Context, w access.Who, a access.Action, id ids.Likeness) (access.Grant, Likeness, error) {
	g, err := d.may(ctx, w, a, access.LikenessKind, id.UUID, access.ForSupervision)
	if err != nil {
		return g, Likeness{}, err
	}
	x, err := d.Store.Likeness(ctx, g, id)
	return g, x, err
}

// file is a case, and the grant that it was read with.
type file struct {
	Case
	grant access.Grant
}

// bothOf reads the two files of a pair, each under its own grant, the one that goes on first.
func (d *Desk) bothOf(ctx context.Context, w access.Who, x Likeness, kept ids.Case) (both [2]file, err error) {
	for i, id := range []ids.Case{kept, x.Other(kept)} {
		if both[i].grant, err = d.may(ctx, w, access.CaseRead, access.CaseKind, id.UUID, access.ForSupervision); err != nil {
			return both, err
		}
		if both[i].Case, err = d.Store.Case(ctx, both[i].grant, id); err != nil {
			return both, err
		}
	}
	return both, nil
}

// LikenessView is two files side by side, as far as the reader may read them.
type LikenessView struct {
	Likeness
	Sides    [2]LikenessSide // First, Second
	Findings []Finding       // nil when one of the two may not be read
}

// LikenessSide is one of the two. Its grants are zero where the reader may not read.
type LikenessSide struct {
	Case        Case
	CaseGrant   access.Grant
	Person      Person
	PersonGrant access.Grant
}

// Likeness reads a pair side by side. A file that the reader is kept out of stays empty.
func (d *Desk) Likeness(ctx context.Context, w access.Who, id ids.Likeness) (v LikenessView, err error) {
	if _, v.Likeness, err = d.pairOf(ctx, w, access.LikenessRead, id); err != nil {
		return v, err
	}
	var features [2]Features
	for i, one := range []ids.Case{v.First, v.Second} {
		side := &v.Sides[i]
		if side.CaseGrant, err = d.may(ctx, w, access.CaseRead, access.CaseKind, one.UUID, access.ForSupervision); err != nil {
			return v, err
		}
		if side.Case, err = d.Store.Case(ctx, side.CaseGrant, one); err != nil {
			return v, err
		}
		if side.Person, side.PersonGrant, err = d.Person(ctx, w, side.Case.Person); err != nil {
			return v, err
		}
		line := Candidate{CaseLine: CaseLine{Where: side.Case.Where, Sex: side.Case.Sex, Age: side.Case.Age}}
		if features[i], err = featuresOf(side.Person, line, side.PersonGrant); err != nil {
			return v, err
		}
	}
	v.Findings, _, err = d.Rules.Compare(ctx, features[0], features[1])
	return v, err
}

// Likenesses lists the pairs of the reader's organisation, what waits first.
func (d *Desk) Likenesses(ctx context.Context, w access.Who) ([]LikenessLine, error) {
	g, err := d.mayAll(ctx, w, access.LikenessList, access.Object{Kind: access.LikenessKind}, access.ForSupervision)
	if err != nil {
		return nil, err
	}
	return d.Store.Likenesses(ctx, g)
}

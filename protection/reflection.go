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

// ReflectionState is machine D, recovery and reflection (PROCESS.md §2.6). An
// acceptance begins it at once, so ACCEPTED and RUNNING are one state here.
type ReflectionState string

// The states of a reflection period.
const (
	NotOffered ReflectionState = "NOT_OFFERED" // with a reason; it can still be offered
	Offered    ReflectionState = "OFFERED"
	NoThanks   ReflectionState = "DECLINED"
	Thinking   ReflectionState = "RUNNING"
	ThinkingOn ReflectionState = "EXTENDED"
	ThoughtOut ReflectionState = "ENDED"
)

// ReflectionStates lists machine D's states in order.
var ReflectionStates = [...]ReflectionState{NotOffered, Offered, NoThanks, Thinking, ThinkingOn, ThoughtOut}

// next is machine D as a table. A no may become a yes, and what ended may be
// offered again: it is her time, not ours.
func (s ReflectionState) next() []ReflectionState {
	switch s {
	case "":
		return []ReflectionState{NotOffered, Offered, NoThanks, Thinking}
	case NotOffered:
		return []ReflectionState{Offered, NoThanks, Thinking}
	case Offered:
		return []ReflectionState{NoThanks, Thinking}
	case NoThanks, ThoughtOut:
		return []ReflectionState{Thinking}
	case Thinking, ThinkingOn:
		return []ReflectionState{ThinkingOn, ThoughtOut}
	}
	return nil
}

// May says whether machine D has this move.
func (s ReflectionState) May(to ReflectionState) bool { return slices.Contains(s.next(), to) }

// Runs says whether she has her time now: nobody sends her away, nobody makes her
// testify, every service is open.
func (s ReflectionState) Runs() bool { return s == Thinking || s == ThinkingOn }

// Reflection is the recovery and reflection period of one case. It holds no word
// about her: what she thinks about is hers.
type Reflection struct {
	Case      ids.Case // one each
	Version   int
	Owner     ids.Org
	State     ReflectionState
	By        ids.Account
	At        time.Time // of the last move
	Offered   time.Time
	From      time.Time // when it began
	Until     time.Time // when it is looked at again; for a child it has no end that is fixed
	Sheltered Answer    // with a place that is secure (Q43)
	Why       string    // code list "reflection_not_offered" or "reflection_end"
}

// Reflect moves the reflection period of a case.
type Reflect struct {
	Case      ids.Case
	Version   int // of the reflection, 0 for the first word on it
	To        ReflectionState
	Sheltered Answer
	Why       string
}

// Check finds what the person can correct.
func (c Reflect) Check(r *Rules) error {
	errs := []error{asked("sheltered", c.Sheltered)}
	switch c.To {
	case NotOffered:
		errs = append(errs, r.need("because", "reflection_not_offered", c.Why))
	case ThoughtOut:
		errs = append(errs, r.need("because", "reflection_end", c.Why))
	case Offered, NoThanks, Thinking, ThinkingOn:
	default:
		errs = append(errs, fault.Field("to", "fault.choice.missing"))
	}
	return fault.Join(errs...)
}

// Reflect keeps the move. The length is the country's, marked for validation and
// never promised as a right; a child's has no end.
func (d *Desk) Reflect(ctx context.Context, w access.Who, c Reflect) error {
	g, err := d.may(ctx, w, access.ReflectionKeep, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	old, err := d.Store.Reflection(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if old.State == c.To && old.By == w.Account && old.Version > c.Version {
		return nil
	}
	now := d.Now()
	old.Version = c.Version
	next, err := old.move(one, c, d.Rules, w.Account, now)
	if err != nil {
		return err
	}
	var change Change
	d.reflected(g, &change, next)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("to", string(c.To)), change)
}

// reflected adds a move to a change, with the task of looking at it again.
func (d *Desk) reflected(g access.Grant, change *Change, next Reflection) {
	change.Reflections = append(change.Reflections, next)
	change.Events = append(change.Events, d.event(g, next.Case, "reflection", string(next.State)))
	if next.State.Runs() && !next.Until.IsZero() {
		change.Tasks = append(change.Tasks, Task{Case: next.Case, Key: reflectionDue, From: next.From, Due: next.Until})
	} else {
		change.Done = append(change.Done, Done{next.Case, reflectionDue})
	}
}

// thoughtOf is the guard of A7: an assessment begins once the reflection period was
// offered, or once it is said why it was not. Nothing was said of it: the
// assessment says it.
func (d *Desk) thoughtOf(ctx context.Context, g access.Grant, change *Change, one Case, c Reflect, now time.Time) error {
	_, err := d.Store.Reflection(ctx, g, one.ID)
	if err == nil || !fault.Is(err, fault.NotFound) {
		return err
	}
	if c.To == "" {
		return fault.Field("to", "fault.reflection.first")
	}
	next, err := Reflection{}.move(one, c, d.Rules, g.Who().Account, now)
	if err == nil {
		d.reflected(g, change, next)
	}
	return err
}

func (r Reflection) move(of Case, c Reflect, rules *Rules, by ids.Account, at time.Time) (Reflection, error) {
	if err := of.still(); err != nil {
		return r, err
	}
	if !of.State.Served() || !r.State.May(c.To) {
		return r, notNow()
	}
	r.Case, r.Owner, r.By, r.At, r.Why = of.ID, of.Owner, by, at, ""
	if c.Sheltered != NotAsked {
		r.Sheltered = c.Sheltered
	}
	if c.To != NotOffered && r.Offered.IsZero() {
		r.Offered = at
	}
	switch c.To {
	case Thinking:
		r.From, r.Until = at, at
	case NotOffered, ThoughtOut:
		r.Why = c.Why
	}
	if c.To.Runs() { // an extension adds as much as it began with
		if r.Until.Before(at) {
			r.Until = at
		}
		r.Until = rules.Due("reflection.rec", r.Until)
		if of.Child {
			r.Until = time.Time{}
		}
	}
	r.State = c.To
	return r, nil
}

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// EditCase keeps what routing needs to know about her.
type EditCase struct {
	Case     ids.Case
	Version  int
	Sex      string
	Age      date.Age
	Child    bool
	Language string
	Internal Answer
}

// Check finds what the person can correct.
func (c EditCase) Check(r *Rules) error {
	return fault.Join(r.code("sex", "sex", c.Sex), r.code("language", "language", c.Language), aged("age", c.Age), asked("internal", c.Internal))
}

// EditCase keeps the facts of routing. Somebody treated as a child stays so
// until an age is documented (PROCESS.md §2.9.1).
func (d *Desk) EditCase(ctx context.Context, w access.Who, c EditCase) error {
	g, err := d.may(ctx, w, access.CaseEdit, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	before := one
	one.Version = c.Version
	one.Sex, one.Age, one.Language, one.Internal = c.Sex, c.Age, c.Language, c.Internal
	one.Child = c.Child || one.Child && c.Age.Basis != date.Documented
	one = one.recount(d.Rules, d.Now())
	change := Change{Cases: []Case{one}, Events: d.aged(g, before, one)}
	change.clocks(d.Rules, before, one, d.Now())
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), change)
}

// recount treats somebody as a child who may be one by the age on record: of
// the ages it can be, the youngest counts (PROCESS.md §2.9.1). It never takes
// the protection of a child away.
func (c Case) recount(r *Rules, now time.Time) Case {
	if !c.Age.IsZero() && c.Age.MayBeUnder(r.Majority, r.Day(now)) {
		c.Child = true
	}
	if c.Child {
		c.Adult = NotAsked
	}
	return c
}

package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// SignOff is the second person's answer: the case is closed, or it goes on.
type SignOff struct {
	Case    ids.Case
	Version int // of the closure
	Return  bool
	Words   string
}

// Check finds what the person can correct.
func (c SignOff) Check() error {
	if c.Return {
		return fault.Join(needed("words", c.Words), short("words", c.Words, wordsLimit))
	}
	return short("words", c.Words, wordsLimit)
}

// SignOff keeps the answer and tells who asked. Saying it again is the same act.
func (d *Desk) SignOff(ctx context.Context, w access.Who, c SignOff) error {
	g, err := d.may(ctx, w, access.CaseSign, access.CaseKind, c.Case.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	x, err := d.Store.Closure(ctx, g, c.Case)
	if fault.Is(err, fault.NotFound) {
		return notNow()
	}
	if err != nil {
		return err
	}
	said := SignedOff
	if c.Return {
		said = NotYet
	}
	if x.AnsweredBy == w.Account && x.State == said && x.Version > c.Version {
		return nil
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	x.Version = c.Version
	if x, err = x.answer(c, w.Account, now); err != nil {
		return err
	}
	change := Change{Closures: []Closure{x}, Events: []Event{d.event(g, one.ID, "closure_returned", "")}, Done: []Done{{one.ID, closureDue}}}
	if !c.Return {
		lacks, err := d.unclosed(ctx, g, one, x.Reason)
		if err != nil {
			return err
		}
		if len(lacks) > 0 { // something began since it was asked
			return fault.New(fault.Invalid, lacks[0])
		}
		if one, err = one.close(x.Reason, now); err != nil {
			return err
		}
		change.Cases, change.Events = []Case{one}, []Event{d.event(g, one.ID, "closed", x.Reason)}
		if withoutHer(x.Reason) { // nobody is left to be told
			change.Done = append(change.Done, Done{one.ID, explainDue})
		}
	}
	change.Alerts = d.tell(x.By, "alert.answer", one.ID.UUID)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("closure", string(x.State)), change)
}

// answer is the pure part: two persons close a case.
func (x Closure) answer(c SignOff, by ids.Account, at time.Time) (Closure, error) {
	if x.State != Asked {
		return x, notNow()
	}
	if x.By == by {
		return x, fault.New(fault.Denied, "fault.close.self")
	}
	x.State, x.AnsweredBy, x.AnsweredAt, x.Remarks = SignedOff, by, at, vault.Clear(c.Words)
	if c.Return {
		x.State = NotYet
	}
	return x, nil
}

func (c Case) close(reason string, at time.Time) (Case, error) {
	if err := c.closable(reason); err != nil {
		return c, err
	}
	c.State, c.Since, c.Reason = Closed, at, reason
	return c, nil
}

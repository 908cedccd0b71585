package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Close asks that a case be closed, with the checklist. Nothing ends before a
// second person signs.
type Close struct {
	Case    ids.Case
	Version int // of the closure, 0 for the first time
	Reason  string
	Checks  []string
	Why     string
}

// Check finds what the person can correct.
func (c Close) Check(r *Rules) error {
	errs := []error{r.codes("checks", "closure_check", c.Checks), short("why", c.Why, wordsLimit)}
	switch {
	case c.Reason == "":
		errs = append(errs, fault.Field("reason", "fault.choice.missing"))
	case !slices.Contains(r.ClosureReasons(), c.Reason):
		errs = append(errs, fault.Field("reason", "fault.code.unknown"))
	}
	open := slices.ContainsFunc(r.list("closure_check"), func(k string) bool { return !slices.Contains(c.Checks, k) })
	if open && strings.TrimSpace(c.Why) == "" {
		errs = append(errs, fault.Field("why", "fault.close.why"))
	}
	return fault.Join(errs...)
}

// Close keeps the question. Asking it again is the same act.
func (d *Desk) Close(ctx context.Context, w access.Who, c Close) error {
	g, err := d.may(ctx, w, access.CaseClose, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	x, err := d.Store.Closure(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if x.State == Asked && x.By == w.Account && x.Reason == c.Reason && x.Version > c.Version {
		return nil
	}
	if err := one.closable(c.Reason); err != nil {
		return err
	}
	lacks, err := d.unclosed(ctx, g, one, c.Reason)
	if err != nil {
		return err
	}
	var missing []error
	for _, key := range lacks {
		missing = append(missing, fault.New(fault.Invalid, key))
	}
	if len(missing) > 0 {
		return fault.Join(missing...)
	}
	now := d.Now()
	x.Version = c.Version
	if x, err = x.ask(one, c, w.Account, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("reason", c.Reason),
		Change{Closures: []Closure{x}, Events: []Event{d.event(g, one.ID, "closure_asked", c.Reason)}, Tasks: []Task{d.Rules.task(one.ID, closureDue, now)}})
}

// closable says whether a case may be closed with a reason: a duplicate or a death
// at any time, the rest once services were open.
func (c Case) closable(reason string) error {
	if err := c.still(); err != nil {
		return err
	}
	if c.State.Over() || !c.State.Served() && !withoutHer(reason) {
		return notNow()
	}
	return nil
}

// ask is the pure part: what waits is not asked again.
func (x Closure) ask(of Case, c Close, by ids.Account, at time.Time) (Closure, error) {
	if x.State == Asked || x.State == SignedOff {
		return x, notNow()
	}
	return Closure{Case: of.ID, Version: x.Version, Owner: of.Owner, State: Asked, By: by, At: at, Reason: c.Reason, Checks: c.Checks, Why: vault.Clear(c.Why)}, nil
}

package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// PrepareReturn keeps what is known so far of a return. It may be kept half full:
// what is missing is asked for before she leaves ([Advance]).
type PrepareReturn struct {
	Case     ids.Case
	Version  int
	Freely   Answer
	Informed Answer
	Decided  date.Day
	Abroad   Answer
	Checks   map[string]Answer
	Risks    string

	Receiving ids.Org
	Host      string
	Contact   string

	Leaves  date.Day
	Arrived date.Day

	Early    string // in her own words: she wants to leave before her time to think is over
	Into     string
	Traced   string
	TracedBy string
	TracedOn date.Day
	Safe     Answer
	Released []ids.Party // who was told that it ended, and no more
}

// Check finds what the person can correct.
func (c PrepareReturn) Check(r *Rules, one Case, today date.Day) error {
	opened := r.Day(one.Opened)
	errs := []error{asked("freely", c.Freely), asked("informed", c.Informed), asked("abroad", c.Abroad), short("risks", c.Risks, wordsLimit),
		short("host", c.Host, 200), short("contact", c.Contact, 200),
		short("early", c.Early, wordsLimit), short("traced_by", c.TracedBy, 200), r.code("into", "return_into", c.Into), r.code("traced", "tracing_result", c.Traced), asked("safe", c.Safe)}
	for check, answer := range c.Checks {
		errs = append(errs, r.need("check_"+check, "return_check", check), asked("check_"+check, answer))
	}
	if !c.Decided.IsZero() {
		errs = append(errs, within("decided", c.Decided, opened, today))
	}
	if c.TracedOn.After(today) {
		errs = append(errs, fault.Field("traced_on", "fault.date.future"))
	}
	if !c.Leaves.IsZero() && c.Leaves.Before(opened) {
		errs = append(errs, fault.FieldArgs("leaves", "fault.episode.order", map[string]any{"Day": opened}))
	}
	if !c.Arrived.IsZero() {
		if one.State == InAssistance { // nobody arrives who has not left
			errs = append(errs, fault.Field("arrived", "fault.return.not_left"))
		}
		errs = append(errs, within("arrived", c.Arrived, opened, today))
	}
	return fault.Join(errs...)
}

// returning decides about a return and reads it; only while help goes on or she is on her way.
func (d *Desk) returning(ctx context.Context, w access.Who, id ids.Case) (access.Grant, Case, Homecoming, error) {
	g, err := d.may(ctx, w, access.ReturnKeep, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return g, Case{}, Homecoming{}, err
	}
	one, err := d.Store.Case(ctx, g, id)
	if err != nil {
		return g, one, Homecoming{}, err
	}
	if err := one.returnable(); err != nil {
		return g, one, Homecoming{}, err
	}
	h, err := d.Store.Homecoming(ctx, g, id)
	if fault.Is(err, fault.NotFound) {
		h, err = Homecoming{}, nil
	}
	return g, one, h, err
}

// returnable says whether a return may be prepared.
func (c Case) returnable() error {
	switch {
	case c.State.Over():
		return fault.New(fault.Invalid, "fault.plan.closed")
	case c.State == Suspended:
		return c.still()
	case c.State != InAssistance && !c.State.After():
		return fault.New(fault.Invalid, "fault.return.early")
	}
	return nil
}

// PrepareReturn keeps it.
func (d *Desk) PrepareReturn(ctx context.Context, w access.Who, c PrepareReturn) error {
	g, one, h, err := d.returning(ctx, w, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, one, d.Rules.Day(now)); err != nil {
		return err
	}
	if barredOrg(one.Conflicts, c.Receiving) {
		return fault.Field("receiving", "fault.conflict")
	}
	h.Version = c.Version
	h.Case, h.Owner, h.By, h.At = one.ID, one.Owner, w.Account, now
	h.Freely, h.Informed, h.Decided, h.Abroad, h.Checks = c.Freely, c.Informed, c.Decided, c.Abroad, c.Checks
	h.Risks, h.Receiving, h.Host, h.Contact = vault.Clear(c.Risks), c.Receiving, vault.Clear(c.Host), vault.Clear(c.Contact)
	h = h.tell(c, now)
	arrived := h.Arrived.IsZero() && !c.Arrived.IsZero()
	h.Leaves, h.Arrived = c.Leaves, c.Arrived
	if c.Freely == No && one.State == InReturn && h.Arrived.IsZero() { // pushed, or not wanted any more: nobody leaves like that
		return d.pushed(ctx, g, one, h, now)
	}
	change := Change{Homecomings: []Homecoming{h}, Events: []Event{d.event(g, one.ID, "return_prepared", "")}}
	if !h.Unaware() {
		change.Done = []Done{{one.ID, unawareDue}}
		if err := d.toldAll(ctx, g, &change, one.ID, now); err != nil {
			return err
		}
	}
	if arrived {
		change.Events = []Event{d.event(g, one.ID, "returned_home", "")}
		if one.State == InReturn { // reintegration begins within 30 days of arrival (A11)
			from := d.Rules.endOf(c.Arrived.Add(-1))
			change.Tasks = []Task{d.Rules.task(one.ID, settleDue, from)}
		}
	}
	if one.State == InAssistance && !c.Leaves.IsZero() {
		change.Tasks = append(change.Tasks, d.Rules.before(one.ID, "BEFORE_RETURN", c.Leaves, now))
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

// tell keeps what is known of tracing and of her wish to leave early, and who was
// told that it ended. A wish that reads otherwise needs a second person anew.
func (h Homecoming) tell(c PrepareReturn, now time.Time) Homecoming {
	h.Early, h.Into, h.Traced, h.TracedBy, h.TracedOn, h.Safe = vault.Clear(c.Early), c.Into, c.Traced, vault.Clear(c.TracedBy), c.TracedOn, c.Safe
	h.BackedBy, h.BackedAt = ids.Account{}, time.Time{}
	h.Parties = slices.Clone(h.Parties)
	for i, p := range h.Parties {
		if !p.Ended.IsZero() && p.Released.IsZero() && slices.Contains(c.Released, p.ID) {
			h.Parties[i].Released = now
		}
	}
	return h
}

// pushed takes her back to where help goes on: a return that is not her own wish
// does not take place.
func (d *Desk) pushed(ctx context.Context, g access.Grant, one Case, h Homecoming, now time.Time) error {
	before := one
	one, err := one.stay(h, now)
	if err != nil {
		return err
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "return_stopped", "")}}
	change.stayed(d.Rules, before, h.stop(No, now), g.Who().Account, now)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

// toldAll ends the task of what goes on, when all were told and nothing else waits.
func (d *Desk) toldAll(ctx context.Context, g access.Grant, change *Change, of ids.Case, now time.Time) error {
	all, err := d.Store.Consents(ctx, g, of)
	if err != nil {
		return err
	}
	if !takenBack(all, P1CaseManagement, now) && !takenBack(all, P4Justice, now) {
		change.Done = append(change.Done, Done{of, stoppedDue})
	}
	return nil
}

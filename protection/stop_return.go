package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// StopReturn says that she does not leave after all, at whatever hour: she changed
// her mind, or somebody pushed her (PROCESS.md §2.10: a return is voluntary until
// she has arrived). It costs her no service, and she owes nobody a reason.
type StopReturn struct {
	Case    ids.Case
	Version int    // of the case
	Words   string // what she says, when she says something
	Told    bool   // that nothing of the help depends on it
}

// Check finds what the person can correct.
func (c StopReturn) Check() error {
	errs := []error{short("words", c.Words, wordsLimit)}
	if !c.Told {
		errs = append(errs, fault.Field("told", "fault.stop.told"))
	}
	return fault.Join(errs...)
}

// StopReturn takes her back to where help goes on. Whoever outside was told
// something is to be told that it does not take place, and no more than that.
// Saying it again is the same act.
func (d *Desk) StopReturn(ctx context.Context, w access.Who, c StopReturn) error {
	g, err := d.may(ctx, w, access.ReturnStop, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	h, err := d.Store.Homecoming(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if one.State == InAssistance && one.Version > c.Version && !h.Stopped.IsZero() {
		return nil
	}
	now, before := d.Now(), one
	one.Version = c.Version
	if one, err = one.stay(h, now); err != nil {
		return err
	}
	h.Case, h.Owner = one.ID, one.Owner
	h.By, h.At = w.Account, now
	if words := strings.TrimSpace(c.Words); words != "" {
		h.Changed = vault.Clear(words)
	}
	change := Change{Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "return_stopped", "")}}
	change.stayed(d.Rules, before, h.stop(No, now), w.Account, now)
	change.Alerts = d.toldOfStop(w.Account, one)
	return d.Store.SaveProtection(ctx, audit.Of(g, now), change)
}

// stay is the pure part: from a return back to help, as long as she has not arrived.
func (c Case) stay(h Homecoming, at time.Time) (Case, error) {
	if c.State != InReturn || !h.Arrived.IsZero() {
		return c, notNow()
	}
	c.State, c.Since = InAssistance, at
	return c, nil
}

// stop takes back her decision: to leave after all she decides anew, in writing.
// Freely is what is known of it now.
func (h Homecoming) stop(freely Answer, at time.Time) Homecoming {
	h.Freely, h.Decided, h.Leaves, h.Stopped = freely, date.Day{}, date.Day{}, at
	h.BackedBy, h.BackedAt = ids.Account{}, time.Time{}
	return h.end(func(Party) bool { return true }, at)
}

// end marks the parties who were told something and are to be told no more.
func (h Homecoming) end(which func(Party) bool, at time.Time) Homecoming {
	h.Parties = slices.Clone(h.Parties)
	for i, p := range h.Parties {
		if len(p.Told) > 0 && p.Ended.IsZero() && which(p) {
			h.Parties[i].Ended = at
		}
	}
	return h
}

// Unaware says whether somebody outside still believes what ended.
func (h Homecoming) Unaware() bool {
	return slices.ContainsFunc(h.Parties, func(p Party) bool { return !p.Ended.IsZero() && p.Released.IsZero() })
}

// stayed adds what follows for the clocks: those of the journey end, the danger is
// looked at anew, the parties are told.
func (c *Change) stayed(r *Rules, before Case, h Homecoming, by ids.Account, now time.Time) {
	c.Homecomings = append(c.Homecomings, h)
	c.Done = append(c.Done, Done{before.ID, settleDue}, Done{before.ID, ahead["BEFORE_RETURN"]})
	c.Tasks = append(c.Tasks, r.task(before.ID, changedDue, now))
	if h.Unaware() {
		c.Tasks = append(c.Tasks, r.task(before.ID, unawareDue, now))
	}
}

// toldOfStop rings who follows her, when somebody else heard it.
func (d *Desk) toldOfStop(by ids.Account, one Case) []Alert {
	if one.Manager == by {
		return nil
	}
	return d.tell(one.Manager, "alert.answer", one.ID.UUID)
}

// stopReturn is what follows for a return when she takes back that an embassy (P5)
// or her family (P6) is told: nobody is told any more, who was told is marked, and a
// way abroad that rests on it does not take place.
func (d *Desk) stopReturn(ctx context.Context, g access.Grant, change *Change, of ids.Case, purpose string, now time.Time) error {
	h, err := d.Store.Homecoming(ctx, g, of)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, of)
	if err != nil || one.State.Over() {
		return err
	}
	if stopped, err := one.stay(h, now); err == nil && purpose == P5Abroad && h.Abroad != No {
		change.Cases = append(change.Cases, stopped)
		change.Events = append(change.Events, d.event(g, of, "return_stopped", purpose))
		change.stayed(d.Rules, one, h.stop(NotAsked, now), g.Who().Account, now)
		return nil
	}
	ended := h.end(func(p Party) bool { return p.purpose() == purpose }, now)
	if !ended.Unaware() || slices.EqualFunc(ended.Parties, h.Parties, func(a, b Party) bool { return a.Ended.Equal(b.Ended) }) {
		return nil
	}
	change.Homecomings = append(change.Homecomings, ended)
	change.Tasks = append(change.Tasks, d.Rules.task(of, unawareDue, now))
	change.Events = append(change.Events, d.event(g, of, "parties_ended", purpose))
	return nil
}

// BackReturn is the yes of a second person to a return while her time to think
// runs: nobody is sent away then, and whoever wants to leave says so in her own
// words (PROCESS.md §2.6).
type BackReturn struct {
	Case    ids.Case
	Version int // of the return
}

// BackReturn keeps it. Saying it again is the same act.
func (d *Desk) BackReturn(ctx context.Context, w access.Who, c BackReturn) error {
	g, err := d.may(ctx, w, access.ReturnBack, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	h, err := d.Store.Homecoming(ctx, g, c.Case)
	if fault.Is(err, fault.NotFound) {
		return notNow()
	}
	if err != nil {
		return err
	}
	if h.BackedBy == w.Account && h.Version > c.Version {
		return nil
	}
	now := d.Now()
	h.Version = c.Version
	if h, err = h.back(one, w.Account, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Homecomings: []Homecoming{h}, Events: []Event{d.event(g, one.ID, "return_backed", "")}})
}

// back is the pure part: two persons, and her own words before.
func (h Homecoming) back(of Case, by ids.Account, at time.Time) (Homecoming, error) {
	switch {
	case of.State != InAssistance || h.Early.IsZero() || !h.BackedBy.IsZero():
		return h, notNow()
	case h.By == by:
		return h, fault.New(fault.Denied, "fault.return.self")
	}
	h.BackedBy, h.BackedAt = by, at
	return h, nil
}

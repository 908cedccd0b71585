package protection

import (
	"context"
	"slices"
	"strconv"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// HandOn gives what a worker carries to colleagues: some cases, to balance, or
// everything, when the worker leaves.
type HandOn struct {
	From     ids.Account
	Cases    []ids.Case  // which, unless Whole
	Whole    bool        // the worker leaves: nothing may stay behind
	Manager  ids.Account // of the cases that the worker manages
	Screener ids.Account // of those that the worker is to talk with
	Duty     ids.Account // of signals taken and lines of the roster; only when Whole
}

// Check finds what the person can correct: every seat that would be empty needs
// somebody else (PROCESS.md §11.1 "hand-over wizard").
func (c HandOn) Check(h Held) error {
	var errs []error
	manages, talks := false, false
	for _, l := range h.Cases {
		manages = manages || c.takes(l.ID) && l.Manager == c.From
		talks = talks || c.takes(l.ID) && l.Screener == c.From
	}
	need := func(is bool, field string, who ids.Account) {
		switch {
		case who == c.From && !who.IsZero():
			errs = append(errs, fault.Field(field, "fault.hand_on.same"))
		case is && who.IsZero():
			errs = append(errs, fault.Field(field, "fault.choice.missing"))
		}
	}
	if !c.Whole && len(c.Cases) == 0 {
		errs = append(errs, fault.Field("cases", "fault.choice.missing"))
	}
	need(manages, "manager", c.Manager)
	need(talks, "screener", c.Screener)
	need(c.Whole && (len(h.Signals)+len(h.Duties) > 0 || len(h.Covers) > 0 && c.stands().IsZero()), "duty", c.Duty)
	return fault.Join(errs...)
}

// stands is who stands in where the worker was to: somebody of the same seat first.
func (c HandOn) stands() ids.Account {
	for _, who := range []ids.Account{c.Manager, c.Screener, c.Duty} {
		if !who.IsZero() {
			return who
		}
	}
	return ids.Account{}
}

func (c HandOn) takes(id ids.Case) bool { return c.Whole || slices.Contains(c.Cases, id) }

// HandOn keeps it, all or nothing, each case decided for itself, and says how
// many cases moved. A colleague who is barred from one of them is refused; what
// moved meanwhile stays where it is.
func (d *Desk) HandOn(ctx context.Context, w access.Who, c HandOn) (int, error) {
	g, err := d.mayAll(ctx, w, access.CaseloadHandOn, access.Object{Kind: access.CaseKind}, access.ForSupervision)
	if err != nil {
		return 0, err
	}
	now := d.Now()
	held, err := d.Store.Held(ctx, g, c.From, now)
	if err != nil {
		return 0, err
	}
	if err := c.Check(held); err != nil {
		return 0, err
	}
	m := moving{d: d, ctx: ctx, w: w, cmd: c, now: now}
	for _, l := range held.Cases {
		if c.takes(l.ID) {
			if err := m.seat(l.ID); err != nil {
				return 0, err
			}
		}
	}
	if c.Whole {
		if err := m.rest(held); err != nil {
			return 0, err
		}
	}
	for _, to := range m.told {
		m.change.Alerts = append(m.change.Alerts, d.tell(to, "alert.assigned", c.From.UUID)...)
	}
	entry := audit.Of(g, now).About(access.Accounts, c.From.UUID).With("cases", strconv.Itoa(len(m.change.Cases))).With("whole", strconv.FormatBool(c.Whole))
	return len(m.change.Cases), d.Store.SaveProtection(ctx, entry, m.change)
}

// moving gathers what a hand-over changes.
type moving struct {
	d      *Desk
	ctx    context.Context
	w      access.Who
	cmd    HandOn
	now    time.Time
	change Change
	told   []ids.Account
}

// seat moves one case.
func (m *moving) seat(id ids.Case) error {
	g, err := m.d.may(m.ctx, m.w, access.CaseAssign, access.CaseKind, id.UUID, access.ForSupervision)
	if err != nil {
		return err
	}
	before, err := m.d.Store.Case(m.ctx, g, id)
	if err != nil {
		return err
	}
	var to Assign
	if before.Manager == m.cmd.From {
		to.Manager = m.cmd.Manager
	}
	if before.Screener == m.cmd.From {
		to.Screener = m.cmd.Screener
	}
	after, err := before.assign(to)
	if err != nil {
		return err
	}
	m.tell(to.Manager)
	m.tell(to.Screener)
	m.change.Cases = append(m.change.Cases, after)
	m.change.Events = append(m.change.Events, m.d.event(g, id, "handed_on", ""))
	m.change.clocks(m.d.Rules, before, after, m.now)
	return nil
}

func (m *moving) tell(to ids.Account) {
	if !to.IsZero() && !slices.Contains(m.told, to) {
		m.told = append(m.told, to)
	}
}

// rest moves what hangs on no seat: signals that were taken, lines of the
// roster, covers, and who hears the answers to live requests.
func (m *moving) rest(h Held) error {
	for _, id := range h.Signals {
		g, err := m.d.may(m.ctx, m.w, access.SignalTake, access.SignalKind, id.UUID, access.ForSupervision)
		if err != nil {
			return err
		}
		s, err := m.d.Store.Signal(m.ctx, g, id)
		if err != nil {
			return err
		}
		if s, err = s.take(m.cmd.Duty, m.now); err != nil {
			return err
		}
		m.tell(m.cmd.Duty)
		m.change.Signals = append(m.change.Signals, s)
	}
	for _, x := range h.Duties {
		x.Account = m.cmd.Duty
		m.change.Duties = append(m.change.Duties, x)
	}
	for _, x := range h.Covers {
		if x.Cover = m.cmd.stands(); x.Cover == x.Away {
			x.Until = m.now // nobody stands in for himself: he is back
		}
		m.change.Covers = append(m.change.Covers, x)
	}
	return m.requests(h.Requests)
}

// requests give the answers to live requests to who holds the case now.
func (m *moving) requests(lines []ReferralLine) error {
	for _, l := range lines {
		g, err := m.d.may(m.ctx, m.w, access.ReferralCancel, access.ReferralKind, l.ID.UUID, access.ForReferral)
		if err != nil {
			return err
		}
		r, err := m.d.Store.Referral(m.ctx, g, l.ID)
		if err != nil {
			return err
		}
		if r.By, err = m.holder(r.Case); err != nil {
			return err
		}
		m.change.Referrals = append(m.change.Referrals, r)
	}
	return nil
}

// holder is who holds a case after the hand-over; who hands it on when nobody does.
func (m *moving) holder(id ids.Case) (ids.Account, error) {
	one := Case{}
	at := slices.IndexFunc(m.change.Cases, func(c Case) bool { return c.ID == id })
	if at >= 0 {
		one = m.change.Cases[at]
	} else {
		g, err := m.d.may(m.ctx, m.w, access.CaseAssign, access.CaseKind, id.UUID, access.ForSupervision)
		if err != nil {
			return ids.Account{}, err
		}
		if one, err = m.d.Store.Case(m.ctx, g, id); err != nil {
			return ids.Account{}, err
		}
	}
	for _, who := range []ids.Account{one.Manager, one.Screener} {
		if !who.IsZero() && who != m.cmd.From {
			return who, nil
		}
	}
	return m.w.Account, nil
}

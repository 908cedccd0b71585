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

// Serve notes that she receives a service, from a day on. The first one of a case
// whose plan is agreed begins assistance (PROCESS.md §2.3 A9); help that began
// before the plan is noted just the same.
type Serve struct {
	ID        ids.Episode
	Case      ids.Case
	Service   ids.Service
	Deliverer ids.Org // zero: whoever the line of the directory is of
	Funders   []string
	Referral  ids.Referral
	From      date.Day
	Cost      Money
}

// Check finds what the person can correct; met is the day on which somebody first met her.
func (c Serve) Check(r *Rules, met, today date.Day) error {
	errs := []error{r.codes("funders", "funder", c.Funders), c.Cost.Check(r)}
	if c.Service.IsZero() {
		errs = append(errs, fault.Field("service", "fault.choice.missing"))
	}
	if len(c.Funders) == 0 {
		errs = append(errs, fault.Field("funders", "fault.choice.missing"))
	}
	switch {
	case c.From.IsZero():
		errs = append(errs, fault.Field("from", "fault.date.missing"))
	case c.From.After(today):
		errs = append(errs, fault.Field("from", "fault.date.future"))
	case met.IsZero():
		errs = append(errs, fault.Field("from", "fault.episode.unmet"))
	case c.From.Before(met):
		errs = append(errs, fault.FieldArgs("from", "fault.episode.before", map[string]any{"Day": met}))
	}
	return fault.Join(errs...)
}

// Serve keeps it. Keeping it again is the same act.
func (d *Desk) Serve(ctx context.Context, w access.Who, c Serve) error {
	g, err := d.may(ctx, w, access.EpisodeKeep, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := one.servable(); err != nil {
		return err
	}
	on, err := d.Store.Footing(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	met := date.Day{}
	if !on.Met.IsZero() {
		met = d.Rules.Day(on.Met)
	}
	if err := c.Check(d.Rules, met, d.Rules.Day(now)); err != nil {
		return err
	}
	e, err := d.served(ctx, g, c, one)
	if err != nil {
		return err
	}
	e.By, e.At = w.Account, now
	change := Change{Episodes: []Episode{e}, Events: []Event{d.event(g, one.ID, "service_begun", group(e.Need))}}
	if next := one.assist(now); next.State != one.State {
		change.Cases = []Case{next}
		change.clocks(d.Rules, one, next, now)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.EpisodeKind, c.ID.UUID).With("need", group(e.Need)), change)
}

// servable says whether a service may be noted: not for a closed case. Urgent help
// may begin before anybody presumes anything.
func (c Case) servable() error {
	if c.State.Over() {
		return fault.New(fault.Invalid, "fault.plan.closed")
	}
	return c.still()
}

// served makes the record: what the directory and the plan say nobody types again.
func (d *Desk) served(ctx context.Context, g access.Grant, c Serve, one Case) (Episode, error) {
	line, err := d.Store.Service(ctx, g, c.Service)
	switch {
	case fault.Is(err, fault.NotFound):
		return Episode{}, fault.Field("service", "fault.code.unknown")
	case err != nil:
		return Episode{}, err
	case barredOrg(one.Conflicts, line.Org), barredOrg(one.Conflicts, c.Deliverer):
		return Episode{}, fault.Field("service", "fault.conflict")
	}
	p, err := d.Store.PlanOf(ctx, g, c.Case)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Episode{}, err
	}
	if !c.Referral.IsZero() {
		if err := d.led(ctx, g, c); err != nil {
			return Episode{}, err
		}
	}
	e := Episode{ID: c.ID, Case: one.ID, Owner: one.Owner, State: Running, Need: line.Need, Service: line.ID, Provider: line.Org, Deliverer: c.Deliverer,
		Funders: c.Funders, FormalID: line.FormalID, Referral: c.Referral, Track: p.Track, From: c.From, Cost: c.Cost}
	if e.Deliverer.IsZero() {
		e.Deliverer = line.Org
	}
	e.DeliveredBy = d.orgType(e.Deliverer)
	return e, nil
}

// led wants a request of the same case.
func (d *Desk) led(ctx context.Context, g access.Grant, c Serve) error {
	lines, err := d.Store.CaseReferrals(ctx, g, c.Case)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.ID == c.Referral {
			return nil
		}
	}
	return fault.New(fault.NotFound, access.NotFoundKey)
}

// Episode reads one service and on which days she came.
func (d *Desk) Episode(ctx context.Context, w access.Who, id ids.Episode) (Episode, []Attendance, access.Grant, error) {
	g, err := d.may(ctx, w, access.EpisodeRead, access.EpisodeKind, id.UUID, access.ForProtection)
	if err != nil {
		return Episode{}, nil, g, err
	}
	e, err := d.Store.Episode(ctx, g, id)
	if err != nil {
		return e, nil, g, err
	}
	days, err := d.Store.Attended(ctx, g, id)
	return e, days, g, err
}

// serving is the shape of what happens to a service: decide, read, change, save.
// What is kept already is the same act; on an older version it is Stale.
func (d *Desk) serving(ctx context.Context, w access.Who, id ids.Episode, version int, verb string, done func(Episode) bool,
	change func(Episode, date.Day, time.Time) (Episode, error)) error {
	g, err := d.may(ctx, w, access.EpisodeKeep, access.EpisodeKind, id.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	e, err := d.Store.Episode(ctx, g, id)
	if err != nil {
		return err
	}
	if e.Version > version && done(e) {
		return nil
	}
	now := d.Now()
	e.Version = version
	if e, err = change(e, d.Rules.Day(now), now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(e.State)), Change{Episodes: []Episode{e}, Events: []Event{d.event(g, e.Case, verb, group(e.Need))}})
}

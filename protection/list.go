package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Signals lists the queue the reader may know of.
func (d *Desk) Signals(ctx context.Context, w access.Who, f SignalFilter, p Page) (Cut[SignalLine], error) {
	g, err := d.mayAll(ctx, w, access.SignalList, access.Object{Kind: access.SignalKind}, access.ForIntake)
	if err != nil {
		return Cut[SignalLine]{}, err
	}
	cut, err := d.Store.Signals(ctx, g, f, p)
	for i := range cut.Lines {
		cut.Lines[i].Due = d.Rules.Due(TriageKey(cut.Lines[i].danger()), cut.Lines[i].ReceivedAt)
	}
	return cut, err
}

// danger is the level as far as it is known: "someone is in danger now" counts as RED until judged.
func (s SignalLine) danger() Danger {
	if s.Level == Unjudged && s.Now != Yes {
		return Orange
	}
	return s.Level
}

// Receipts lists what the reader raised: that it was received, and nothing else.
func (d *Desk) Receipts(ctx context.Context, w access.Who, p Page) (Cut[Receipt], error) {
	g, err := d.mayAll(ctx, w, access.SignalReceipt, access.Object{Kind: access.SignalKind, By: w.Account}, access.ForIntake)
	if err != nil {
		return Cut[Receipt]{}, err
	}
	return d.Store.Receipts(ctx, g, p)
}

// Cases lists the cases the reader may know of.
func (d *Desk) Cases(ctx context.Context, w access.Who, f CaseFilter, p Page) (Cut[CaseLine], error) {
	g, err := d.mayAll(ctx, w, access.CaseList, access.Object{Kind: access.CaseKind}, access.ForProtection)
	if err != nil {
		return Cut[CaseLine]{}, err
	}
	return d.Store.Cases(ctx, g, f, p)
}

// Group reads people met together, and the case of each.
func (d *Desk) Group(ctx context.Context, w access.Who, id ids.Group) (Group, []CaseLine, error) {
	g, err := d.may(ctx, w, access.GroupRead, access.GroupKind, id.UUID, access.ForProtection)
	if err != nil {
		return Group{}, nil, err
	}
	group, err := d.Store.Group(ctx, g, id)
	if err != nil {
		return Group{}, nil, err
	}
	lines, err := d.Store.GroupCases(ctx, g, id)
	return group, lines, err
}

// Referrals lists requests to or from the reader's organisation.
func (d *Desk) Referrals(ctx context.Context, w access.Who, f ReferralFilter, p Page) (Cut[ReferralLine], error) {
	g, err := d.mayAll(ctx, w, access.ReferralList, access.Object{Kind: access.ReferralKind}, access.ForReferral)
	if err != nil {
		return Cut[ReferralLine]{}, err
	}
	return minimal(d.Store.Referrals(ctx, g, f, p))
}

// minimal takes a window of health out of every line that asks for something
// else: older requests still carry it.
func minimal(cut Cut[ReferralLine], err error) (Cut[ReferralLine], error) {
	for i, l := range cut.Lines {
		if !Medical(l.Need) {
			cut.Lines[i].HealthFrom = time.Time{}
		}
	}
	return cut, err
}

// Unanswered lists who waits for whom, without any story, for the coordinator. A
// request that was read is not answered yet: "read" is nobody's bed.
func (d *Desk) Unanswered(ctx context.Context, w access.Who, p Page) (Cut[ReferralLine], error) {
	g, err := d.mayAll(ctx, w, access.QueueUnanswered, access.Object{Kind: access.Queue}, access.ForCoordination)
	if err != nil {
		return Cut[ReferralLine]{}, err
	}
	return d.Store.Referrals(ctx, g, ReferralFilter{Unanswered: true}, p)
}

// Stuck lists, for the coordinator, who was turned away or heard nothing and for
// whom nobody was asked since (PROCESS.md §2.7: re-route).
func (d *Desk) Stuck(ctx context.Context, w access.Who, p Page) (Cut[ReferralLine], error) {
	g, err := d.mayAll(ctx, w, access.QueueUnanswered, access.Object{Kind: access.Queue}, access.ForCoordination)
	if err != nil {
		return Cut[ReferralLine]{}, err
	}
	return d.Store.Referrals(ctx, g, ReferralFilter{Stuck: true}, p)
}

// Services asks the directory who could take somebody in. Lines that are stale
// are not offered for routing (PROCESS.md §10).
func (d *Desk) Services(ctx context.Context, w access.Who, f ServiceFilter) ([]Service, error) {
	g, err := d.mayAll(ctx, w, access.DirectoryRead, access.Object{Kind: access.Directory}, access.ForReferral)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.Services(ctx, g, f)
	if err != nil || f.All {
		return all, err
	}
	offered := all[:0]
	for _, s := range all {
		if s.Active && s.Fresh(d.Now()) != StaleWord {
			offered = append(offered, s)
		}
	}
	return offered, nil
}

// Service reads one line of the directory.
func (d *Desk) Service(ctx context.Context, w access.Who, id ids.Service) (Service, error) {
	g, err := d.may(ctx, w, access.DirectoryRead, access.Directory, id.UUID, access.ForReferral)
	if err != nil {
		return Service{}, err
	}
	return d.Store.Service(ctx, g, id)
}

// Roster lists the roster of the coming days.
func (d *Desk) Roster(ctx context.Context, w access.Who, days int) ([]Duty, error) {
	g, err := d.mayAll(ctx, w, access.RosterRead, access.Object{Kind: access.Roster}, access.ForCoordination)
	if err != nil {
		return nil, err
	}
	return d.Store.Duties(ctx, g, d.Now().AddDate(0, 0, -1), d.Now().AddDate(0, 0, days))
}

package protection

import (
	"context"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// PlanFilter narrows a list of plans. The order is what is due first.
type PlanFilter struct {
	Mine    bool // of cases the reader is on the team of
	Answers bool // a second person is waited for; else what is due of who works on it
}

// Plans lists what is due in the plans the reader may know of: no goal, no story.
func (d *Desk) Plans(ctx context.Context, w access.Who, f PlanFilter, p Page) (Cut[PlanLine], error) {
	g, err := d.mayAll(ctx, w, access.PlanList, access.Object{Kind: access.PlanKind}, access.ForProtection)
	if err != nil {
		return Cut[PlanLine]{}, err
	}
	return d.Store.Plans(ctx, g, f, p)
}

// PlanView is the page of a plan: the case, the plan when there is one, and what
// her agreement stands on.
type PlanView struct {
	Case    Case
	Plan    Plan // zero: none is written yet
	Grant   access.Grant
	Footing Footing

	Episodes []Episode      // what she receives and received
	Arrived  []ReferralLine // requests after which she arrived, and no service is noted yet
}

// Plan reads the plan of a case.
func (d *Desk) Plan(ctx context.Context, w access.Who, id ids.Case) (PlanView, error) {
	g, err := d.may(ctx, w, access.PlanRead, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return PlanView{}, err
	}
	v := PlanView{Grant: g}
	if v.Case, err = d.Store.Case(ctx, g, id); err != nil {
		return v, err
	}
	if v.Plan, err = d.Store.PlanOf(ctx, g, id); err != nil && !fault.Is(err, fault.NotFound) {
		return v, err
	}
	if v.Footing, err = d.Store.Footing(ctx, g, id); err != nil {
		return v, err
	}
	if v.Episodes, err = d.Store.Episodes(ctx, g, id); err != nil {
		return v, err
	}
	lines, err := d.Store.CaseReferrals(ctx, g, id)
	v.Arrived = unnoted(lines, v.Episodes)
	return v, err
}

// unnoted are the requests after which she arrived and of which no service is
// noted: to be proposed, never noted by itself.
func unnoted(lines []ReferralLine, noted []Episode) (all []ReferralLine) {
	for _, l := range lines {
		if l.State.Received() && !slices.ContainsFunc(noted, func(e Episode) bool { return e.Referral == l.ID }) {
			all = append(all, l)
		}
	}
	return all
}

// PlanAsked reads a plan by its own name, for who is to answer to it.
func (d *Desk) PlanAsked(ctx context.Context, w access.Who, id ids.Plan) (PlanView, error) {
	g, err := d.may(ctx, w, access.PlanApprove, access.PlanKind, id.UUID, access.ForSupervision)
	if err != nil {
		return PlanView{}, err
	}
	v := PlanView{Grant: g}
	if v.Plan, err = d.Store.Plan(ctx, g, id); err != nil {
		return v, err
	}
	if v.Case, err = d.Store.Case(ctx, g, v.Plan.Case); err != nil {
		return v, err
	}
	if v.Footing, err = d.Store.Footing(ctx, g, v.Plan.Case); err != nil {
		return v, err
	}
	v.Episodes, err = d.Store.Episodes(ctx, g, v.Plan.Case)
	return v, err
}

// group is the need above a need: what a timeline may say of it.
func group(need string) string {
	top, _, _ := strings.Cut(need, ".")
	return top
}

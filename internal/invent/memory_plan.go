package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// The readings of plans that an invention needs.

func (m *memory) Plan(_ context.Context, _ access.Grant, id ids.Plan) (protection.Plan, error) {
	return m.plans.get(id)
}

func (m *memory) PlanOf(_ context.Context, _ access.Grant, id ids.Case) (protection.Plan, error) {
	for _, p := range m.plans.items {
		if p.Case == id {
			return p, nil
		}
	}
	return protection.Plan{}, fault.New(fault.NotFound, access.NotFoundKey)
}

func (m *memory) Footing(_ context.Context, _ access.Grant, id ids.Case) (f protection.Footing, _ error) {
	for _, a := range m.assessed {
		if p := a.Plan; a.Case == id {
			f.Safety = !p.Steps.IsZero() || !p.Signs.IsZero() || !p.Places.IsZero() || !p.People.IsZero() || !p.Phone.IsZero()
		}
	}
	for _, k := range m.consents.items {
		f.Consent = f.Consent || k.Case == id && k.Purpose == protection.P1CaseManagement && k.State == protection.Given
	}
	for _, s := range m.screens.items {
		if s.Case == id && (f.Met.IsZero() || s.Started.Before(f.Met)) {
			f.Met = s.Started
		}
	}
	for _, e := range m.aid.items {
		f.Served = f.Served || e.Case == id
	}
	for _, x := range m.weighed {
		f.Interests = f.Interests || x.Case == id
	}
	return f, nil
}

func (m *memory) Plans(context.Context, access.Grant, protection.PlanFilter, protection.Page) (protection.Cut[protection.PlanLine], error) {
	return protection.Cut[protection.PlanLine]{}, nil
}

func (m *memory) Interests(context.Context, access.Grant, ids.Interests) (protection.Interests, error) {
	return protection.Interests{}, fault.New(fault.NotFound, access.NotFoundKey)
}

func (m *memory) Weighed(context.Context, access.Grant, ids.Case) ([]protection.Interests, error) {
	return nil, nil
}

func (m *memory) Episode(_ context.Context, _ access.Grant, id ids.Episode) (protection.Episode, error) {
	return m.aid.get(id)
}

func (m *memory) Episodes(context.Context, access.Grant, ids.Case) ([]protection.Episode, error) {
	return nil, nil
}

func (m *memory) Attended(context.Context, access.Grant, ids.Episode) ([]protection.Attendance, error) {
	return nil, nil
}

func (m *memory) Visits(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Visit, _ error) {
	for _, v := range m.visits {
		if v.Case == id {
			all = append([]protection.Visit{v}, all...)
		}
	}
	return all, nil
}

func (m *memory) Closure(_ context.Context, _ access.Grant, id ids.Case) (protection.Closure, error) {
	return m.closures.get(id)
}

func (m *memory) Homecoming(_ context.Context, _ access.Grant, id ids.Case) (protection.Homecoming, error) {
	return m.homes.get(id)
}

func (m *memory) Businesses(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Business, _ error) {
	for _, b := range m.trades.items {
		if b.Case == id {
			all = append(all, b)
		}
	}
	return all, nil
}

func (m *memory) Inspections(context.Context, access.Grant, ids.Service) ([]protection.Inspection, error) {
	return nil, nil
}

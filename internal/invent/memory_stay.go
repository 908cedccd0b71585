package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// The readings of stays that an invention needs.

// Lodger is made of the case in memory.
func (m *memory) Lodger(_ context.Context, _ access.Grant, id ids.Case) (protection.Lodger, error) {
	c, err := m.cases.get(id)
	x := protection.Lodger{Case: id, Code: c.Code, Owner: c.Owner, State: c.State, Child: c.Child, Sex: c.Sex, Manager: c.Manager, Conflicts: c.Conflicts}
	for _, s := range m.lodged.items {
		if s.Case == id && s.State == protection.StayingNow {
			x.Stay = s.ID
		}
	}
	return x, err
}

func (m *memory) Stay(_ context.Context, _ access.Grant, id ids.Stay) (protection.Stay, error) {
	return m.lodged.get(id)
}

func (m *memory) CaseStays(context.Context, access.Grant, ids.Case) ([]protection.Stay, error) {
	return nil, nil
}

func (m *memory) Staying(context.Context, access.Grant, ids.Service) (int, error) { return 0, nil }

func (m *memory) Tonight(context.Context, access.Grant) ([]protection.Stay, error) { return nil, nil }

// stayFacts are those of a stay.
func (m *memory) stayFacts(o access.Object) (access.Object, error) {
	s, err := m.lodged.get(ids.Stay{UUID: o.ID})
	if err != nil {
		return o, fault.New(fault.NotFound, access.NotFoundKey)
	}
	o.To, o.By, o.Stage = s.Provider, s.By, string(s.State)
	return m.caseFacts(o, s.Case)
}

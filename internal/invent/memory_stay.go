package invent

import (
	"context"
	"time"

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

// The readings of complaints that an invention needs.

func (m *memory) Complaint(_ context.Context, _ access.Grant, id ids.Complaint) (protection.Complaint, error) {
	return m.said.get(id)
}

func (m *memory) Complaints(context.Context, access.Grant) ([]protection.Complaint, error) {
	return nil, nil
}

// Overseers are those of the invented programme.
func (m *memory) Overseers(context.Context, time.Time) ([]protection.Duty, error) {
	return m.overseers, nil
}

// complaintFacts are those of a complaint.
func (m *memory) complaintFacts(o access.Object) (access.Object, error) {
	x, err := m.said.get(ids.Complaint{UUID: o.ID})
	o.Owner, o.To, o.By, o.Stage = x.Owner, x.House, x.By, string(x.State)
	return o, err
}

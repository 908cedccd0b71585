package invent

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// The readings an invention needs; lists are empty, for nobody looks.

var _ protection.Store = (*memory)(nil)

// Note keeps nothing: an invention is refused nothing.
func (m *memory) Note(context.Context, audit.Entry) error { return nil }

func (m *memory) Signal(_ context.Context, _ access.Grant, id ids.Signal) (protection.Signal, error) {
	return m.signals.get(id)
}
func (m *memory) Reporter(_ context.Context, _ access.Grant, id ids.Reporter) (protection.Reporter, error) {
	return m.reporters.get(id)
}
func (m *memory) Group(_ context.Context, _ access.Grant, id ids.Group) (protection.Group, error) {
	return m.groups.get(id)
}
func (m *memory) Person(_ context.Context, _ access.Grant, id ids.Person) (protection.Person, error) {
	return m.persons.get(id)
}
func (m *memory) Case(_ context.Context, _ access.Grant, id ids.Case) (protection.Case, error) {
	return m.cases.get(id)
}
func (m *memory) Screening(_ context.Context, _ access.Grant, id ids.Screening) (protection.Screening, error) {
	return m.screens.get(id)
}
func (m *memory) Consent(_ context.Context, _ access.Grant, id ids.Consent) (protection.Consent, error) {
	return m.consents.get(id)
}
func (m *memory) Referral(_ context.Context, _ access.Grant, id ids.Referral) (protection.Referral, error) {
	return m.referrals.get(id)
}
func (m *memory) Service(_ context.Context, _ access.Grant, id ids.Service) (protection.Service, error) {
	return m.services.get(id)
}
func (m *memory) Timeline(context.Context, access.Grant, ids.Case, protection.Page) (protection.Cut[protection.Event], error) {
	return protection.Cut[protection.Event]{}, nil
}
func (m *memory) Screenings(context.Context, access.Grant, ids.Case) ([]protection.Screening, error) {
	return nil, nil
}
func (m *memory) Assessment(context.Context, access.Grant, ids.Assessment) (protection.Assessment, error) {
	return protection.Assessment{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Assessments(context.Context, access.Grant, ids.Case) ([]protection.Assessment, error) {
	return nil, nil
}
func (m *memory) Guardian(context.Context, access.Grant, ids.Guardian) (protection.Guardian, error) {
	return protection.Guardian{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Guardians(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Guardian, _ error) {
	for i := len(m.guardians) - 1; i >= 0 && m.guardians[i].Case == id; i-- { // one life at a time
		all = append(all, m.guardians[i])
	}
	return all, nil
}
func (m *memory) Reflection(_ context.Context, _ access.Grant, id ids.Case) (protection.Reflection, error) {
	return m.thinking.get(id)
}
func (m *memory) CaseTasks(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Task, _ error) {
	for _, t := range m.tasks {
		if t.Case == id {
			all = append(all, t)
		}
	}
	return all, nil
}
func (m *memory) Tasks(context.Context, access.Grant, protection.TaskFilter, protection.Page) (protection.Cut[protection.TaskLine], error) {
	return protection.Cut[protection.TaskLine]{}, nil
}
func (m *memory) CaseReferrals(context.Context, access.Grant, ids.Case) ([]protection.ReferralLine, error) {
	return nil, nil
}
func (m *memory) History(context.Context, access.Grant, ids.Signal) ([]protection.Signal, error) {
	return nil, nil
}
func (m *memory) Signals(context.Context, access.Grant, protection.SignalFilter, protection.Page) (protection.Cut[protection.SignalLine], error) {
	return protection.Cut[protection.SignalLine]{}, nil
}
func (m *memory) Cases(context.Context, access.Grant, protection.CaseFilter, protection.Page) (protection.Cut[protection.CaseLine], error) {
	return protection.Cut[protection.CaseLine]{}, nil
}
func (m *memory) Referrals(context.Context, access.Grant, protection.ReferralFilter, protection.Page) (protection.Cut[protection.ReferralLine], error) {
	return protection.Cut[protection.ReferralLine]{}, nil
}
func (m *memory) GroupCases(context.Context, access.Grant, ids.Group) ([]protection.CaseLine, error) {
	return nil, nil
}
func (m *memory) Receipts(context.Context, access.Grant, protection.Page) (protection.Cut[protection.Receipt], error) {
	return protection.Cut[protection.Receipt]{}, nil
}
func (m *memory) Similar(context.Context, access.Grant, protection.Signal, int) ([]protection.SignalLine, error) {
	return nil, nil
}
func (m *memory) Find(context.Context, access.Grant, string, protection.Page) (protection.Cut[protection.CaseLine], error) {
	return protection.Cut[protection.CaseLine]{}, nil
}
func (m *memory) ByCode(context.Context, access.Grant, ids.Code) (protection.CaseLine, error) {
	return protection.CaseLine{}, nil
}
func (m *memory) Services(context.Context, access.Grant, protection.ServiceFilter) ([]protection.Service, error) {
	return m.services.items, nil
}
func (m *memory) Duties(context.Context, access.Grant, time.Time, time.Time) ([]protection.Duty, error) {
	return m.duties, nil
}
func (m *memory) LateGuardians(context.Context, time.Time, int) ([]ids.Case, error) { return nil, nil }
func (m *memory) Authorities(context.Context, time.Time) ([]protection.Duty, error) { return nil, nil }
func (m *memory) LateReferrals(context.Context, time.Time, int) ([]ids.Referral, error) {
	return nil, nil
}

// Standby is nobody: an invention has a roster.
func (m *memory) Standby(context.Context, time.Time) ([]protection.Duty, error) { return nil, nil }

// Hosts is nobody: an invention rings nowhere.
func (m *memory) Hosts(context.Context, ids.Org, time.Time) ([]ids.Account, error) { return nil, nil }

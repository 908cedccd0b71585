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

// Lists are empty, but for her yes to another organisation, which an offer stands on.

// moved gathers who stands in, who called and what is offered.
func (m *memory) moved(c protection.Change) {
	for _, k := range c.Consents {
		if k.Purpose == protection.P1CaseManagement && !k.Recipient.IsZero() {
			if m.yes == nil {
				m.yes = map[ids.Case]protection.Consent{}
			}
			m.yes[k.Case] = k
		}
	}
	m.covers = append(m.covers, c.Covers...)
	for _, x := range c.Backups {
		m.backups.put(x.ID, &x.Version, func() protection.Backup { return x })
	}
	m.transfers = append(m.transfers, c.Transfers...) // an invention answers none
	m.pairs = append(m.pairs, c.Likenesses...)
}

func (m *memory) Consents(_ context.Context, _ access.Grant, id ids.Case) ([]protection.Consent, error) {
	if k, known := m.yes[id]; known {
		return []protection.Consent{k}, nil
	}
	return nil, nil
}

func (m *memory) Caseloads(context.Context, access.Grant, time.Time) ([]protection.Caseload, error) {
	return nil, nil
}
func (m *memory) Held(context.Context, access.Grant, ids.Account, time.Time) (protection.Held, error) {
	return protection.Held{}, nil
}
func (m *memory) Covers(context.Context, access.Grant, ids.Org, time.Time) ([]protection.Cover, error) {
	return nil, nil
}
func (m *memory) Covered(context.Context, access.Grant, time.Time) ([]protection.CaseLine, error) {
	return nil, nil
}
func (m *memory) BackupCall(_ context.Context, _ access.Grant, id ids.Backup) (protection.Backup, error) {
	return m.backups.get(id)
}
func (m *memory) Backups(context.Context, access.Grant) ([]protection.Backup, error) { return nil, nil }
func (m *memory) LastBackup(context.Context, ids.Account) (protection.Backup, error) {
	return protection.Backup{}, nil
}
func (m *memory) Leads(_ context.Context, org ids.Org, _ time.Time) ([]ids.Account, error) {
	return m.leads[org], nil
}
func (m *memory) Transfer(context.Context, access.Grant, ids.Transfer) (protection.Transfer, error) {
	return protection.Transfer{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Transfers(context.Context, access.Grant) ([]protection.Transfer, error) {
	return nil, nil
}
func (m *memory) CaseTransfers(context.Context, access.Grant, ids.Case) ([]protection.Transfer, error) {
	return nil, nil
}
func (m *memory) Readings(context.Context, audit.Entry, []ids.Case) ([]protection.Reading, error) {
	return nil, nil
}
func (m *memory) Coded(context.Context, access.Grant, ids.Code) ([]ids.Case, error) { return nil, nil }
func (m *memory) Erasure(_ context.Context, _ access.Grant, id ids.Erasure) (protection.Erasure, error) {
	return m.erasures.get(id)
}
func (m *memory) Erasures(context.Context, access.Grant) ([]protection.Erasure, error) {
	return nil, nil
}
func (m *memory) Standing(_ context.Context, _ access.Grant, id ids.Case) (protection.Standing, error) {
	one, err := m.cases.get(id)
	return protection.Standing{Cases: []protection.CaseState{one.State}}, err
}

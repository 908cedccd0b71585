package invent

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// Between organisations an invention asks and agrees, and compares nobody: the program
// does, once all are written.

func (m *memory) Abroad(_ context.Context, _ access.Grant, id ids.Case) (on protection.Abroad, err error) {
	for _, k := range m.consents.items {
		on.Consent = on.Consent || k.Case == id && k.Purpose == protection.P2National && k.State == protection.Given
	}
	on.Known = true
	return on, nil
}
func (m *memory) Inquiry(context.Context, access.Grant, ids.Inquiry) (protection.Inquiry, error) {
	return protection.Inquiry{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Inquiries(context.Context, access.Grant, ids.Case) ([]protection.Inquiry, error) {
	return nil, nil
}
func (m *memory) InquiriesBy(context.Context, access.Grant, time.Time) ([]ids.Inquiry, error) {
	return nil, nil
}
func (m *memory) Elsewhere(context.Context, access.Grant, ids.Inquiry, int) ([]protection.Counterpart, error) {
	return nil, nil
}
func (m *memory) Liaison(context.Context, access.Grant, ids.Liaison) (protection.Liaison, error) {
	return protection.Liaison{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Liaisons(context.Context, access.Grant) ([]protection.LiaisonLine, error) {
	return nil, nil
}
func (m *memory) CaseLiaisons(context.Context, access.Grant, ids.Case) ([]protection.Liaison, error) {
	return nil, nil
}
func (m *memory) Agreed(context.Context, access.Grant, ids.Liaison) (bool, error) { return false, nil }
func (m *memory) Coordinators(context.Context, time.Time) ([]protection.Duty, error) {
	return nil, nil
}
func (m *memory) OpenInquiries(context.Context, int) ([]ids.Inquiry, error) { return nil, nil }
func (m *memory) LateLiaisons(context.Context, time.Time, int) ([]ids.Liaison, error) {
	return nil, nil
}

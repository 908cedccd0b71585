package invent

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// An invention opens no case in an emergency.

func (m *memory) Glass(context.Context, access.Grant, ids.Glass) (protection.Glass, error) {
	return protection.Glass{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Glasses(context.Context, access.Grant) ([]protection.Glass, error) { return nil, nil }
func (m *memory) CaseGlasses(context.Context, access.Grant, ids.Case) ([]protection.Glass, error) {
	return nil, nil
}
func (m *memory) GlassesBy(context.Context, access.Grant, time.Time) ([]ids.Glass, error) {
	return nil, nil
}
func (m *memory) GlassCase(context.Context, access.Grant, ids.Code) (ids.Case, ids.Org, error) {
	return ids.Case{}, ids.Org{}, nil
}
func (m *memory) GlassHolder(context.Context, access.Grant, ids.Case) (ids.Account, error) {
	return ids.Account{}, nil
}
func (m *memory) Officers(context.Context, time.Time) ([]ids.Account, error) { return nil, nil }

package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// The readings of what receivers say that an invention needs.

func (m *memory) Progress(_ context.Context, _ access.Grant, id ids.Referral) (all []protection.Progress, _ error) {
	for _, p := range m.progress { // one life at a time: a handful
		if p.Referral == id {
			all = append(all, p)
		}
	}
	return all, nil
}

func (m *memory) FedBack(context.Context, access.Grant, ids.Referral) (protection.Progress, error) {
	return protection.Progress{}, fault.New(fault.NotFound, access.NotFoundKey)
}

// Spent is nothing: the clock of the program burns nothing of an invention.
func (m *memory) Spent(context.Context, int) ([]protection.Spent, error) { return nil, nil }

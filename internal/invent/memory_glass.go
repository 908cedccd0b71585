package invent

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// What an invention needs of erasures, and of cases that two open in an emergency.

func (m *memory) Glass(_ context.Context, _ access.Grant, id ids.Glass) (protection.Glass, error) {
	return m.glasses.get(id)
}
func (m *memory) Glasses(context.Context, access.Grant) ([]protection.Glass, error) { return nil, nil }
func (m *memory) CaseGlasses(context.Context, access.Grant, ids.Case) ([]protection.Glass, error) {
	return nil, nil
}
func (m *memory) GlassesBy(context.Context, access.Grant, time.Time) ([]ids.Glass, error) {
	return nil, nil
}
func (m *memory) GlassCase(_ context.Context, _ access.Grant, code ids.Code) (ids.Case, ids.Org, error) {
	for _, c := range m.cases.items {
		if c.Code == code {
			return c.ID, c.Owner, nil
		}
	}
	return ids.Case{}, ids.Org{}, nil
}
func (m *memory) GlassHolder(_ context.Context, _ access.Grant, id ids.Case) (ids.Account, error) {
	c, err := m.cases.get(id)
	return c.Manager, err
}
func (m *memory) Officers(context.Context, time.Time) ([]ids.Account, error) { return nil, nil }

func (m *memory) righted(c protection.Change) {
	for _, x := range c.Erasures {
		m.erasures.put(x.ID, &x.Version, func() protection.Erasure { return x })
	}
	m.erased = append(m.erased, c.Erase...)
	for _, x := range c.Glasses {
		m.glasses.put(x.ID, &x.Version, func() protection.Glass { return x })
	}
}

// drainRights gives them away as new records; what is erased is erased in the same act.
func (m *memory) drainRights(c *protection.Change) {
	for _, x := range m.erasures.items {
		x.Version = 0
		c.Erasures = append(c.Erasures, x)
	}
	for _, x := range m.glasses.items {
		x.Version = 0
		c.Glasses = append(c.Glasses, x)
	}
	c.Erase = m.erased
}

func (m *memory) rightFacts(o access.Object) (access.Object, error) {
	if o.Kind == access.ErasureKind {
		x, err := m.erasures.get(ids.Erasure{UUID: o.ID})
		o.Owner, o.By, o.Stage = x.Owner, x.By, string(x.State)
		return o, err
	}
	x, err := m.glasses.get(ids.Glass{UUID: o.ID})
	if err == nil && x.Case.IsZero() {
		err = fault.New(fault.NotFound, access.NotFoundKey)
	}
	o.Owner, o.By, o.Stage = x.Owner, x.By, string(x.State)
	return o, err
}

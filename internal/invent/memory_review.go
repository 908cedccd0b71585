package invent

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

func (m *memory) Identifications(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Identification, _ error) {
	for _, x := range m.decisions {
		if x.Case == id {
			all = append(all, x)
		}
	}
	return all, nil
}

func (m *memory) Explanations(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Explanation, _ error) {
	for _, x := range m.explained {
		if x.Case == id {
			all = append(all, x)
		}
	}
	return all, nil
}

func (m *memory) Reviews(_ context.Context, _ access.Grant, id ids.Case) (all []protection.Review, _ error) {
	for _, x := range m.reviewed.items {
		if x.Case == id {
			all = append(all, x)
		}
	}
	return all, nil
}

// reviewing gathers what she was told, and reviews.
func (m *memory) reviewing(c protection.Change) {
	m.explained = append(m.explained, c.Explanations...)
	for _, x := range c.Reviews {
		m.reviewed.put(x.ID, &x.Version, func() protection.Review { return x })
	}
}

// drainReviews gives them away.
func (m *memory) drainReviews(c *protection.Change) {
	c.Explanations = m.explained
	for _, x := range m.reviewed.items {
		x.Version = 0
		c.Reviews = append(c.Reviews, x)
	}
}

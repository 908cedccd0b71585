package invent

import (
	"context"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// again is how often somebody comes twice: one in so many [J]. Nothing is drawn for it,
// so that all others stay who they were.
const again = 20

// twice lets somebody come again, whose name is written the other way round: the desk finds
// the file that she has, and a supervisor is asked.
func (m *memory) twice(owner ids.Org, signal ids.Signal, n *protection.Newcomer) {
	m.twin = protection.Candidate{}
	if m.last == nil {
		m.last = map[ids.Org]protection.Newcomer{}
	}
	before, known := m.last[owner]
	if m.met++; known && m.met%again == again/2 {
		n.Name, n.Sex, n.Age, n.Child, n.Phone = otherWay(before.Name), before.Sex, before.Age, before.Child, before.Phone
		if one, err := m.cases.get(before.Case); err == nil {
			m.twin = protection.Candidate{Person: before.Person, Signal: one.Signal, CaseLine: protection.CaseLine{ID: one.ID, Code: one.Code, State: one.State,
				Owner: one.Owner, Sex: one.Sex, Age: one.Age, Where: one.Where, Screener: one.Screener, Manager: one.Manager}}
		}
	}
	m.last[owner] = *n
}

func otherWay(name string) string {
	first, rest, found := strings.Cut(name, " ")
	if !found {
		return name
	}
	return rest + " " + first
}

// Candidates finds who came before, when somebody is to come twice; an invention
// looks for nobody else.
func (m *memory) Candidates(context.Context, access.Grant, []string, string, int) ([]protection.Candidate, error) {
	if m.twin.ID.IsZero() {
		return nil, nil
	}
	return []protection.Candidate{m.twin}, nil
}
func (m *memory) Likeness(context.Context, access.Grant, ids.Likeness) (protection.Likeness, error) {
	return protection.Likeness{}, fault.New(fault.NotFound, access.NotFoundKey)
}
func (m *memory) Likenesses(context.Context, access.Grant) ([]protection.LikenessLine, error) {
	return nil, nil
}
func (m *memory) CaseLikenesses(context.Context, access.Grant, ids.Case) ([]protection.Likeness, error) {
	return nil, nil
}

// Package accesstest gives tests real grants: every one comes from the policy
// of the program, with the demonstration's leave to do without a second factor.
//
// It cannot give what the rules refuse. Only tests import it.
package accesstest

import (
	"sync"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
)

// Now is the moment of every decision here.
func Now() time.Time { return time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC) }

var load = sync.OnceValues(func() (*access.Policy, error) { return access.NewPolicy(access.Demo()) })

// Policy is the policy of the program in demonstration.
func Policy(t testing.TB) *access.Policy {
	t.Helper()
	p, err := load()
	if err != nil {
		t.Fatalf("policy: %v", err)
	}
	return p
}

// Somebody is an invented account with one post, held everywhere since a year,
// behind a second factor. Anyone gives a visitor, Program the program itself.
func Somebody(role access.Role, org ids.Org) access.Who {
	switch role {
	case access.Anyone:
		return access.Visitor()
	case access.Program:
		return access.Itself()
	}
	return access.Who{
		Account: ids.New[ids.Account](),
		Post: access.Post{ID: ids.New[ids.Post](), Role: role, Org: org,
			From: Now().AddDate(-1, 0, 0)},
		SecondFactor: true,
		Session:      ids.New[ids.Session](),
	}
}

// Grant decides and fails the test when the rules refuse.
func Grant(t testing.TB, w access.Who, a access.Action, o access.Object, p access.Purpose) access.Grant {
	t.Helper()
	g, err := Policy(t).Decide(w, a, o, p, Now())
	if err != nil {
		t.Fatalf("%s by %s: %v", a, w.Post.Role, err)
	}
	return g
}

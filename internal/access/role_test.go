package access_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
)

func TestCompatible(t *testing.T) {
	for _, c := range []struct {
		held []access.Role
		key  string
	}{
		{nil, ""},
		{[]access.Role{access.CaseManager, access.Supervisor, access.Screener}, ""},
		{[]access.Role{access.Police, access.Prosecutor}, ""},
		{[]access.Role{access.Secretariat, access.Evaluator}, ""},
		{[]access.Role{access.CaseManager, access.Police}, "access.roles_across_wall"},
		{[]access.Role{access.FocalPoint, access.Court}, "access.roles_across_wall"},
		{[]access.Role{access.Administrator, access.Supervisor}, "access.roles_administrator_sees"},
		{[]access.Role{access.Administrator, access.Coordinator}, ""},
		{[]access.Role{access.Anyone}, "access.role_unknown"},
		{[]access.Role{access.Program}, "access.role_unknown"},
		{[]access.Role{"captain"}, "access.role_unknown"},
	} {
		err := access.Compatible(c.held)
		if c.key == "" && err != nil || c.key != "" && (!fault.Is(err, fault.Invalid) || fault.Of(err).Key != c.key) {
			t.Errorf("%v: got %v", c.held, err)
		}
	}
	for _, a := range access.Roles() {
		for _, b := range access.Roles() {
			wall := a.Side() == access.Protecting && b.Side() == access.Pursuing || a.Side() == access.Pursuing && b.Side() == access.Protecting
			if wall && access.Compatible([]access.Role{a, b}) == nil {
				t.Errorf("%s and %s", a, b)
			}
		}
	}
}

// TestSeesPersonsSaysWhatTheMatrixSays: exactly the roles that may open something.
func TestSeesPersonsSaysWhatTheMatrixSays(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for role, who := range w.readers {
		sees := false
		for _, about := range access.Actions() {
			if !about.Identity {
				continue
			}
			for _, rel := range append(relations[:], everyWay) {
				_, err := p.Decide(who, about.Action, w.object(about.Kind, who, rel), purpose(about.Kind), now())
				sees = sees || err == nil
			}
		}
		if sees != access.SeesPersons(role) {
			t.Errorf("%s: opens %v, said to see persons %v", role, sees, access.SeesPersons(role))
		}
	}
}

func TestEveryKindHasAZone(t *testing.T) {
	for _, i := range access.Actions() {
		if access.ZoneOf(i.Kind) == "" || i.Zone != access.ZoneOf(i.Kind) || i.Key != "action."+string(i.Action) {
			t.Errorf("%+v", i)
		}
		if again, ok := access.About(i.Action); !ok || again.Action != i.Action || !again.On(i.Kind) || again.On("nothing") {
			t.Errorf("%s is not found", i.Action)
		}
		if i.Identity && i.Zone != access.Protection && i.Zone != access.Sealed && i.Zone != access.Criminal {
			t.Errorf("%s opens a person in zone %s", i.Action, i.Zone)
		}
	}
	if access.ZoneOf("nothing") != "" {
		t.Error("an unknown kind has a zone")
	}
}

package access_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

func TestASupervisorReadsHerOrganisationOnly(t *testing.T) {
	org, other := ids.New[ids.Org](), ids.New[ids.Org]()
	w := accesstest.Somebody(access.Supervisor, org)
	o := access.Object{Kind: access.CaseKind, ID: ids.New[ids.Case]().UUID, Owner: org}
	accesstest.Grant(t, w, access.CaseRead, o, access.ForSupervision)
	o.Owner = other // another organisation's case is not there for her
	if _, err := accesstest.Policy(t).Decide(w, access.CaseRead, o, access.ForSupervision, accesstest.Now()); !fault.Is(err, fault.Withheld) {
		t.Fatalf("got %v", err)
	}
}

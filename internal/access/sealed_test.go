package access_test

import (
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// R21, issue 3 item 8: a sealed note and its files are for their author and those it
// names. Whoever is not, whatever the role and however near the case, neither does
// anything with them nor knows that they are there.
func TestFirewallSealedNotesAreForTheNamed(t *testing.T) {
	p, asked, may := accesstest.Policy(t), 0, map[access.Role]int{}
	for _, role := range access.Roles() {
		who := newWorld().readers[role]
		o := access.Object{ID: ids.New[ids.SealedNote]().UUID, Subject: ids.New[ids.Person]().UUID, Owner: who.Post.Org, To: who.Post.Org, By: ids.New[ids.Account](),
			Team: []ids.Account{ids.New[ids.Account]()}, Child: true, Places: []string{who.Post.Place}, Stage: "SEALED"}
		for _, about := range access.Actions() {
			for _, kind := range []access.Kind{access.SealedNoteKind, access.AttachmentKind} {
				if !about.On(kind) {
					continue
				}
				o := o
				o.Kind, o.Zone = kind, access.ZoneOf(kind)
				for _, one := range []struct {
					how    string
					change func(*access.Object)
				}{
					{"not named", func(*access.Object) {}}, {"nobody's", func(o *access.Object) { o.Owner = ids.Org{} }},
				} {
					asked++
					x := o
					one.change(&x)
					if g, err := p.Decide(who, about.Action, x, access.ForProtection, now()); err == nil || g.Allows() {
						t.Errorf("%s, %s: may %s of a %s", role, one.how, about.Action, kind)
					}
					if p.Known(who, x, now()) {
						t.Errorf("%s, %s: knows of a %s", role, one.how, kind)
					}
				}
				named := o
				named.Team = append(named.Team, who.Account)
				if _, err := p.Decide(who, about.Action, named, access.ForProtection, now()); err == nil {
					may[role]++
				}
				named.Excluded = []ids.Account{who.Account}
				if _, err := p.Decide(who, about.Action, named, access.ForProtection, now()); err == nil {
					t.Errorf("%s is named, and barred: may %s", role, about.Action)
				}
			}
		}
	}
	for _, role := range access.Roles() {
		works := role == access.Screener || role == access.CaseManager || role == access.Supervisor || role == access.ServiceProvider || role == access.ChildAuthority
		if works != (may[role] > 0) {
			t.Errorf("%s, named: %d actions", role, may[role])
		}
	}
	t.Logf("%d questions", asked)
}

// An emergency opening lets nobody through a wall: not the criminal side, not who
// counts or administers, not who is in conflict; and nobody to what is sealed, nor
// to write anything.
func TestAnOpeningOpensNoOtherDoor(t *testing.T) {
	p := accesstest.Policy(t)
	reads := []access.Action{access.CaseRead, access.PersonRead, access.AssessmentRead}
	may := []access.Role{access.HotlineOperator, access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor, access.ChildAuthority, access.DataProtection}
	for _, role := range access.Roles() {
		if role == access.Program { // it is nobody, and in no conflict
			continue
		}
		w := accesstest.Somebody(role, ids.New[ids.Org]())
		for _, a := range access.Actions() {
			if a.Zone != access.Protection && a.Zone != access.Sealed && a.Zone != access.Criminal && a.Zone != access.Bridge || a.Fresh || a.List {
				continue
			}
			o := access.Object{Kind: a.Kind, ID: ids.New[ids.Case]().UUID, Zone: a.Zone, Owner: ids.New[ids.Org](), By: ids.New[ids.Account](), Stage: "TRIAGE"}
			_, before := p.Decide(w, a.Action, o, access.ForProtection, accesstest.Now())
			o.Opened = []ids.Account{w.Account}
			_, after := p.Decide(w, a.Action, o, access.ForProtection, accesstest.Now())
			opens := slices.Contains(reads, a.Action) && slices.Contains(may, role)
			if (before != nil && after == nil) != (opens && before != nil) {
				t.Errorf("%s %s: before %v, after %v", role, a.Action, before, after)
			}
			o.Excluded = []ids.Account{w.Account}
			if _, err := p.Decide(w, a.Action, o, access.ForProtection, accesstest.Now()); err == nil && a.Action != access.SignalRaise {
				t.Errorf("%s %s: in conflict, and opened", role, a.Action)
			}
		}
	}
}

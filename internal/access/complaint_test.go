package access_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// R25 and R6, issue 3 item 4: a complaint is for who looks into it and who wrote it
// down. Whoever it is about, and their whole organisation, neither read it nor learn
// that it is there, whatever their role and whoever wrote it.
func TestFirewallComplaintsPassByThoseTheyAreAbout(t *testing.T) {
	p, asked, reads := accesstest.Policy(t), 0, map[string]bool{}
	for _, role := range access.Roles() {
		who := newWorld().readers[role]
		base := access.Object{Kind: access.ComplaintKind, Zone: access.ZoneOf(access.ComplaintKind), ID: ids.New[ids.Complaint]().UUID, By: ids.New[ids.Account](),
			Team: []ids.Account{who.Account}, To: who.Post.Org, Child: true, Stage: "RECEIVED", Places: []string{who.Post.Place}}
		base.Subject = base.ID
		for _, handler := range []string{"the own house", "another house", "oversight"} {
			for _, wrote := range []bool{false, true} {
				o := base
				switch handler {
				case "the own house":
					o.Owner = who.Post.Org
				case "another house":
					o.Owner = ids.New[ids.Org]()
				}
				o.To = ids.New[ids.Org]() // of somebody of another house, unless the reader wrote it
				if wrote {
					o.By, o.To = who.Account, who.Post.Org
				}
				for _, about := range access.Actions() {
					if !about.On(access.ComplaintKind) {
						continue
					}
					asked++
					_, err := p.Decide(who, about.Action, o, access.ForSupervision, now())
					handles := role == access.Supervisor && handler == "the own house" || role == access.DataProtection && handler == "oversight"
					if err == nil {
						reads[string(role)+" "+string(about.Action)] = true
						if !handles && !wrote {
							t.Errorf("%s may %s of a complaint that %s looks into", role, about.Action, handler)
						}
						if !handles && (about.Action == access.ComplaintLook || about.Action == access.ComplaintAnswer) {
							t.Errorf("%s ends what %s looks into", role, handler)
						}
					}
					for _, bar := range []func(*access.Object){
						func(o *access.Object) { o.ExcludedOrgs = []ids.Org{who.Post.Org} }, func(o *access.Object) { o.Excluded = []ids.Account{who.Account} },
					} {
						x := o
						bar(&x)
						if role == access.Anyone || role == access.Program {
							continue // of no organisation, and no account
						}
						if g, err := p.Decide(who, about.Action, x, access.ForSupervision, now()); err == nil || g.Allows() || p.Known(who, x, now()) {
							t.Errorf("%s, whom it is about, may %s or knows of it", role, about.Action)
						}
					}
				}
			}
		}
	}
	for _, one := range []string{"supervisor complaint.answer", "data_protection complaint.answer", "data_protection complaint.read", "case_manager complaint.read"} {
		if !reads[one] {
			t.Errorf("nobody may: %s", one)
		}
	}
	t.Logf("%d questions", asked)
}

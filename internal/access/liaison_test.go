package access_test

import (
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// R29, issue 3 item 9: that two organisations may know one person is for the coordinator
// and for the team of the case that was found, in every state. Whoever asked, and every
// other, neither does anything with it nor learns that it is there.
func TestFirewallALiaisonIsNotForWhoAsked(t *testing.T) {
	p, allowed := accesstest.Policy(t), map[string]bool{}
	sides := map[access.Role][]access.Action{access.CaseManager: {access.LiaisonList, access.LiaisonAgree, access.LiaisonDecline}, access.Supervisor: {access.LiaisonList, access.LiaisonAgree, access.LiaisonDecline},
		access.Coordinator: {access.LiaisonList, access.LiaisonShare, access.LiaisonClose}, access.Program: {access.LiaisonFind, access.LiaisonLapse}}
	for _, role := range access.Roles() {
		who := newWorld().readers[role]
		for _, state := range []string{"OPEN", "AGREED", "SHARED", "DECLINED", "CLOSED", "LAPSED"} {
			for _, found := range []string{"the own team's", "the own house's", "another house's", "of another house, and the reader asked"} {
				o := access.Object{Kind: access.LiaisonKind, Zone: access.ZoneOf(access.LiaisonKind), ID: ids.New[ids.Liaison]().UUID, Team: []ids.Account{ids.New[ids.Account]()},
					Owner: ids.New[ids.Org](), Stage: state, Child: true, Places: []string{who.Post.Place}}
				o.Subject = o.ID
				switch found {
				case "the own team's":
					o.Owner, o.Team = who.Post.Org, []ids.Account{who.Account}
				case "the own house's":
					o.Owner = who.Post.Org
				case "of another house, and the reader asked":
					o.By, o.To = who.Account, who.Post.Org
				}
				its := role == access.Coordinator || role == access.Program || found == "the own team's" && role == access.CaseManager ||
					role == access.Supervisor && (found == "the own house's" || found == "the own team's")
				if known := p.Known(who, o, now()); known && !its {
					t.Errorf("%s knows of a liaison that is %s", role, found)
				}
				for _, about := range access.Actions() {
					if !about.On(access.LiaisonKind) {
						continue
					}
					g, err := p.Decide(who, about.Action, o, access.ForCoordination, now())
					may := its && slices.Contains(sides[role], about.Action)
					if (err == nil) != may || g.Allows() != may {
						t.Errorf("%s, %s, of a liaison that is %s: %v", role, about.Action, found, err)
					}
					allowed[string(about.Action)] = allowed[string(about.Action)] || may
				}
			}
		}
	}
	for action, may := range allowed {
		if !may {
			t.Errorf("nobody may %s", action)
		}
	}
}

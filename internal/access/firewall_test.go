package access_test

import (
	"slices"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// everyWay is the reader related to the record in every way at once.
var everyWay = relation{name: "every way", make: everything}

func opens(i access.Info) bool {
	z := i.Zone
	return i.Identity || z == access.Protection || z == access.Sealed
}

// refusedEverywhere fails when any of the roles may do any of the actions
// chosen, in any relation.
func refusedEverywhere(t *testing.T, held []access.Role, chosen func(access.Info) bool, but ...access.Action) {
	t.Helper()
	w, p := newWorld(), accesstest.Policy(t)
	walked := 0
	for _, about := range access.Actions() {
		if !chosen(about) || slices.Contains(but, about.Action) {
			continue
		}
		for _, role := range held {
			for _, rel := range append(relations[:], everyWay) {
				walked++
				who := w.readers[role]
				if g, err := p.Decide(who, about.Action, w.object(about.Kind, who, rel), purpose(about.Kind), now()); err == nil || g.Allows() {
					t.Errorf("%s may %s (%s)", role, about.Action, rel.name)
				}
			}
		}
	}
	if walked == 0 {
		t.Error("nothing was walked")
	}
	t.Logf("%d questions", walked)
}

func rolesOn(side access.Side) []access.Role {
	return slices.DeleteFunc(access.Roles(), func(r access.Role) bool { return r.Side() != side })
}

// PROCESS.md §11.2 1 and §5: no role holds both Z3/Z4 and Z5.
func TestFirewallNoRoleReadsBothSides(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, role := range access.Roles() {
		who := w.readers[role]
		var protects, pursues bool
		for _, about := range access.Actions() {
			if !about.Identity {
				continue
			}
			for _, rel := range append(relations[:], everyWay) {
				o := w.object(about.Kind, who, rel)
				g, _ := p.Decide(who, about.Action, o, purpose(about.Kind), now())
				protects = protects || g.Identity() && about.Zone != access.Criminal
				pursues = pursues || g.Identity() && about.Zone == access.Criminal
			}
		}
		if protects && pursues {
			t.Errorf("%s reads protection records and criminal files", role)
		}
		if protects && role.Side() != access.Protecting && role != access.DataProtection { // complaints alone: see the test of keepers
			t.Errorf("%s reads protection records", role)
		}
	}
}

// PROCESS.md §11.2 2, §0 4: police, immigration, prosecutor and court create
// signals and read back only their own receipt; no search.
func TestFirewallPursuersOnlyRaiseAndReadTheirReceipt(t *testing.T) {
	care := func(i access.Info) bool { return i.Zone != access.Criminal && opens(i) }
	refusedEverywhere(t, rolesOn(access.Pursuing), care, access.SignalRaise, access.SignalReceipt)
	w, p := newWorld(), accesstest.Policy(t)
	for _, role := range rolesOn(access.Pursuing) {
		who := w.readers[role]
		for _, rel := range append(relations[:], everyWay) {
			o := w.object(access.SignalKind, who, rel)
			_, err := p.Decide(who, access.SignalReceipt, o, access.ForIntake, now())
			mine := (o.By == who.Account || o.ID.IsZero()) && o.Excluded == nil && o.ExcludedOrgs == nil
			if (err == nil) != mine {
				t.Errorf("%s reads a receipt (%s): %v", role, rel.name, err)
			}
		}
		if g, err := p.Decide(who, access.SignalRaise, access.Object{Kind: access.SignalKind}, access.ForIntake, now()); err != nil || g.Identity() {
			t.Errorf("%s cannot raise a signal: %v", role, err)
		}
		search := access.Object{Kind: access.PersonKind, Owner: who.Post.Org}
		if _, err := p.Decide(who, access.PersonSearch, search, access.ForProtection, now()); err == nil {
			t.Errorf("%s searches protection", role)
		}
	}
}

// PROCESS.md §5, §11.2 1: nobody but the criminal side does anything with a criminal
// file, whoever made it or keeps it; and there nobody opens one of another unit.
func TestFirewallCriminalFiles(t *testing.T) {
	file := func(i access.Info) bool { return i.Zone == access.Criminal }
	refusedEverywhere(t, slices.DeleteFunc(access.Roles(), func(r access.Role) bool { return r.Side() == access.Pursuing }), file)
	w, p := newWorld(), accesstest.Policy(t)
	for _, about := range access.Actions() {
		for _, role := range rolesOn(access.Pursuing) {
			if !file(about) {
				continue
			}
			who := w.readers[role]
			for _, rel := range relations {
				o := w.object(about.Kind, who, rel)
				_, err := p.Decide(who, about.Action, o, access.ForProsecution, now())
				of := o.Owner == who.Post.Org && role != access.Court || o.To == who.Post.Org && role == access.Prosecutor || slices.Contains(o.Bench, who.Post.Org) && role == access.Court
				if err == nil && !of && !o.ID.IsZero() {
					t.Errorf("%s may %s (%s)", role, about.Action, rel.name)
				}
			}
			for _, other := range []access.Purpose{access.ForProtection, access.ForStatistics, access.ForOversight, access.ForOperation} {
				if _, err := p.Decide(who, about.Action, w.object(about.Kind, who, everyWay), other, now()); err == nil {
					t.Errorf("%s may %s for %s", role, about.Action, other)
				}
			}
		}
	}
}

// PROCESS.md §11.2 4, DESIGN.md §3: committee, secretariat, donors and M&E see aggregates only.
func TestFirewallOverseersSeeAggregatesOnly(t *testing.T) {
	refusedEverywhere(t, rolesOn(access.Overseeing), opens, access.SignalRaise)
}

// DESIGN.md §3: administrators see no content; the data-protection officer reads logs,
// and no content but what is said of a house that may not look into it itself (R25).
func TestFirewallKeepersSeeNoContent(t *testing.T) {
	refusedEverywhere(t, rolesOn(access.Keeping), opens, access.SignalRaise, access.ComplaintList, access.ComplaintRead, access.ComplaintLook, access.ComplaintAnswer)
	refusedEverywhere(t, []access.Role{access.Administrator}, func(i access.Info) bool { return i.Kind == access.ComplaintKind })
	refusedEverywhere(t, []access.Role{access.Administrator}, func(i access.Info) bool { return i.Action == access.LogRead })
	refusedEverywhere(t, []access.Role{access.DataProtection}, func(i access.Info) bool {
		return slices.Contains([]access.Action{access.AccountAdd, access.AccountEdit, access.AccountPost, access.AccountReset, access.AccountDisable}, i.Action)
	})
}

// DESIGN.md §3: the coordinator sees who waits for whom, without stories; a
// focal point sends and does not read back; the program reads nothing.
func TestFirewallNoStoriesForThoseWhoNeedNone(t *testing.T) {
	blind := []access.Role{access.Coordinator, access.FocalPoint, access.Program, access.Anyone}
	refusedEverywhere(t, blind, func(i access.Info) bool { return i.Identity })
	refusedEverywhere(t, []access.Role{access.Coordinator}, opens, access.SignalRaise, access.QueueUnanswered, access.LiaisonList, access.LiaisonShare, access.LiaisonClose)
	w := newWorld()
	o := w.object(access.Queue, w.readers[access.Coordinator], relations[1])
	if g := accesstest.Grant(t, w.readers[access.Coordinator], access.QueueUnanswered, o, access.ForCoordination); g.Opens(o.Subject) {
		t.Error("the queue opens a story")
	}
}

// PROCESS.md §5: a visitor raises a signal and reads what is public.
func TestFirewallVisitors(t *testing.T) {
	refusedEverywhere(t, []access.Role{access.Anyone}, func(i access.Info) bool { return i.Action != access.FigureRead },
		access.SignalRaise, access.SystemPublic, access.SystemPlaces, access.SystemHealth, access.SessionOpen)
}

// PROCESS.md §11.2 5: a name is searched inside one's own organisation only.
func TestFirewallSearchStaysInside(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, who := range w.readers {
		for _, rel := range append(relations[:], everyWay) {
			o := w.object(access.PersonKind, who, rel)
			if _, err := p.Decide(who, access.PersonSearch, o, access.ForProtection, now()); err == nil && !o.ID.IsZero() && o.Owner != who.Post.Org {
				t.Errorf("%s finds a person of another organisation (%s)", who.Post.Role, rel.name)
			}
		}
	}
}

// Issue 2 §3: accused people, people in conflict of interest and their
// organisations neither read nor route a record, nor know of it.
func TestFirewallExcludedPeopleKnowNothing(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, about := range access.Actions() {
		if !opens(about) || about.Action == access.SignalRaise {
			continue
		}
		for _, role := range access.Roles() {
			who := w.readers[role]
			if !role.Held() {
				continue
			}
			for _, bar := range []func(*access.Object){
				func(o *access.Object) { o.Excluded = []ids.Account{who.Account} },
				func(o *access.Object) { o.ExcludedOrgs = []ids.Org{who.Post.Org} },
			} {
				o := w.object(about.Kind, who, everyWay)
				bar(&o)
				if _, err := p.Decide(who, about.Action, o, purpose(about.Kind), now()); !fault.Is(err, fault.Withheld) {
					t.Errorf("%s excluded, %s: %v", role, about.Action, err)
				}
			}
		}
	}
}

// Issue 2 §3: who reported is sealed apart from what was reported.
func TestFirewallReporterIsSealedApart(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, who := range w.readers {
		signal, reporter := w.object(access.SignalKind, who, everyWay), w.object(access.ReporterKind, who, related("org"))
		if g, err := p.Decide(who, access.SignalRead, signal, access.ForIntake, now()); err == nil && g.Opens(reporter.Subject) {
			t.Errorf("%s: the signal opens its reporter", who.Post.Role)
		}
		if _, err := p.Decide(who, access.ReporterRead, reporter, access.ForIntake, now()); err == nil {
			t.Errorf("%s of the organisation reads who reported without having taken the signal", who.Post.Role)
		}
		for _, rel := range append(relations[:], everyWay) {
			o := w.object(access.ReporterKind, who, rel)
			_, err := p.Decide(who, access.ReporterRead, o, access.ForIntake, now())
			if err == nil && who.Post.Role != access.DutyOfficer && who.Post.Role != access.HotlineOperator {
				t.Errorf("%s reads who reported (%s)", who.Post.Role, rel.name)
			}
		}
	}
}

// PROCESS.md §11.1 "roles tied to post": somebody who moves to a post in another
// organisation leaves behind what was made or worked on in the old one. Only
// what one sent to others oneself stays one's own: the receipt, a caller's call.
func TestFirewallRightsEndWithThePost(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, about := range access.Actions() {
		if z := access.ZoneOf(about.Kind); z != access.Protection && z != access.Sealed {
			continue
		}
		for role, who := range w.readers {
			anywhere := role == access.HotlineOperator || role == access.Coordinator || role == access.Program
			if anywhere || about.Action == access.SignalRaise || about.Action == access.SignalReceipt {
				continue
			}
			o := w.object(about.Kind, who, related("assigned-elsewhere"))
			o.By = who.Account
			_, err := p.Decide(who, about.Action, o, purpose(about.Kind), now())
			// Who raised a signal holds its receipt, and so may know that it is there.
			if err == nil || about.Kind != access.SignalKind && !fault.Is(err, fault.Withheld) {
				t.Errorf("%s %s of the organisation of an old post: %v", role, about.Action, err)
			}
		}
	}
}

// PROCESS.md §2.7: the packet is for the receiver, while the request lives.
func TestFirewallPacketIsForTheReceiver(t *testing.T) {
	w, p := newWorld(), accesstest.Policy(t)
	for _, who := range w.readers {
		for _, rel := range append(relations[:], everyWay) {
			for _, stage := range []string{"DRAFT", "SENT", "ACKNOWLEDGED", "ACCEPTED", "DECLINED", "CANCELLED", "EXPIRED", "IN_SERVICE", "NOT_ARRIVED", "INTERRUPTED", "COMPLETED", "FEEDBACK", "CLOSED", "BURNT"} {
				o := w.object(access.PacketKind, who, rel)
				o.Stage = stage
				_, err := p.Decide(who, access.PacketRead, o, access.ForReferral, now())
				live := slices.Contains([]string{"SENT", "ACKNOWLEDGED", "ACCEPTED", "IN_SERVICE", "INTERRUPTED", "COMPLETED", "FEEDBACK"}, stage)
				if err == nil && (o.To != who.Post.Org || !live) {
					t.Errorf("%s reads a packet (%s, %s)", who.Post.Role, rel.name, stage)
				}
			}
		}
	}
	provider := w.readers[access.ServiceProvider]
	o := w.object(access.PacketKind, provider, relation{make: func(who access.Who, o *access.Object) { o.To = who.Post.Org }})
	if g := accesstest.Grant(t, provider, access.PacketRead, o, access.ForReferral); !g.Opens(o.Subject) || g.Opens(ids.New[ids.Person]().UUID) {
		t.Error("a packet opens itself and nothing else")
	}
	refusedEverywhere(t, []access.Role{access.ServiceProvider}, func(i access.Info) bool {
		return slices.Contains([]access.Kind{access.PersonKind, access.CaseKind, access.ScreeningKind, access.ConsentKind, access.GroupKind, access.ReporterKind}, i.Kind)
	})
}

// PROCESS.md §11.2 6: every reading of identity is known as such, and no role
// without a second factor does one.
func TestFirewallIdentityNeedsASecondFactor(t *testing.T) {
	w := newWorld()
	strict, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	lenient := accesstest.Policy(t)
	for _, about := range access.Actions() {
		for role, who := range w.readers {
			o := w.object(about.Kind, who, everyWay)
			g, allowed := lenient.Decide(who, about.Action, o, purpose(about.Kind), now())
			if about.Identity && allowed == nil && !access.SeesPersons(role) {
				t.Errorf("%s %s: opens a person and is not said to see persons", role, about.Action)
			}
			if about.Zone == access.Protection && g.Identity() != (allowed == nil && about.Identity) {
				t.Errorf("%s %s: the grant does not say whether it opens", role, about.Action)
			}
			who.SecondFactor = false
			_, err := strict.Decide(who, about.Action, o, purpose(about.Kind), now())
			forced := access.SeesPersons(role) || role.Side() == access.Keeping
			switch {
			case forced && !about.Open && err == nil:
				t.Errorf("%s %s without a second factor", role, about.Action)
			case forced && !about.Open && allowed == nil && (!fault.Is(err, fault.Denied) || fault.Of(err).Key != "access.refused.second_factor"):
				t.Errorf("%s %s: the reader is not told what is missing: %v", role, about.Action, err)
			case (about.Open || !forced) && (err == nil) != (allowed == nil):
				t.Errorf("%s %s: a second factor is asked of who needs none: %v", role, about.Action, err)
			}
		}
	}
}

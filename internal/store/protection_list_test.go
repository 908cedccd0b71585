package store_test

import (
	"cmp"
	crand "crypto/rand"
	"encoding/base64"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// village is a few hundred random records among few people, few organisations
// and few places, so that every reason to see a line meets every other.
type village struct {
	*hut
	orgs      []ids.Org
	accounts  []ids.Account
	places    []place.Code
	signals   []protection.Signal
	cases     []protection.Case
	referrals []protection.Referral
	tasks     []protection.Task // of open cases
	plans     []protection.Plan
}

func newVillage(t testing.TB, address string, n int) *village { return newTown(t, address, n, 5) }

// newTown is a village with so many workers.
func newTown(t testing.TB, address string, n, workers int) *village {
	t.Helper()
	v := &village{hut: newHut(t, address)}
	r := rand.New(rand.NewPCG(7, 11))
	for range 3 {
		v.orgs = append(v.orgs, ids.New[ids.Org]())
	}
	for range workers {
		v.accounts = append(v.accounts, ids.New[ids.Account]())
	}
	g := v.desk.Rules.Places
	on := v.desk.Rules.Day(v.now)
	for at := g.Home(); at != ""; { // one chain from the country down to a hill, with a sibling at each step
		v.places = append(v.places, at)
		below := g.Children(at, on)
		if at = ""; len(below) > 1 {
			v.places = append(v.places, below[1].Code)
			at = below[0].Code
		}
	}
	one := func(all []ids.Account) ids.Account {
		if r.IntN(4) == 0 {
			return ids.Account{}
		}
		return all[r.IntN(len(all))]
	}
	conflicts := func() (all []protection.Conflict) {
		if r.IntN(4) == 0 {
			all = append(all, protection.Conflict{Account: v.accounts[r.IntN(workers)], Why: "RELATIVE"})
		}
		if r.IntN(5) == 0 {
			all = append(all, protection.Conflict{Org: v.orgs[r.IntN(3)], Why: "ACCUSED"})
		}
		return all
	}
	levels := []protection.Danger{protection.Red, protection.Orange, protection.Green, protection.Unjudged}
	// Times repeat: the order must hold where they are equal.
	moment := func() time.Time { return v.now.Add(-time.Duration(r.IntN(20)) * time.Minute) }
	var change protection.Change
	for range n {
		s := protection.Signal{ID: ids.New[ids.Signal](), State: []protection.SignalState{protection.Received, protection.Taken, protection.Triaged}[r.IntN(3)],
			Channel: "HOTLINE", Now: protection.Yes, Where: place.Given{Code: v.places[r.IntN(len(v.places))]}, RaisedBy: one(v.accounts), RaisedAt: moment(),
			ReceivedAt: moment(), Receipt: ids.NewCode(crand.Reader), Owner: v.orgs[r.IntN(3)], TakenBy: one(v.accounts), Level: levels[r.IntN(4)],
			Children: []protection.Answer{protection.Yes, protection.No, protection.Unknown}[r.IntN(3)], Conflicts: conflicts()}
		c := protection.Case{ID: ids.New[ids.Case](), Code: ids.NewCode(crand.Reader), Owner: v.orgs[r.IntN(3)], Person: ids.New[ids.Person](), Signal: s.ID,
			State: protection.CaseStates[r.IntN(len(protection.CaseStates))], Since: moment(), Opened: moment(), OpenedBy: one(v.accounts), Status: protection.Potential,
			Level: levels[r.IntN(4)], Screener: one(v.accounts), Manager: one(v.accounts), Child: r.IntN(2) == 0, Where: s.Where, Conflicts: conflicts(),
			Ratification: []protection.Ratification{protection.NoRatification, protection.Waiting, protection.Ratified}[r.IntN(3)]}
		x := protection.Referral{ID: ids.New[ids.Referral](), Case: c.ID, Code: c.Code, From: c.Owner, To: v.orgs[r.IntN(3)], Service: ids.New[ids.Service](), Need: "MED",
			State: protection.ReferralStates[r.IntN(len(protection.ReferralStates))], Level: levels[r.IntN(4)], Child: c.Child, By: v.accounts[r.IntN(workers)], SentAt: moment(), AckBy: moment()}
		for _, key := range []string{"trusted.adult", "assessment.max"}[:r.IntN(3)] {
			task := protection.Task{Case: c.ID, Key: key, From: moment(), Due: moment()}
			change.Tasks = append(change.Tasks, task)
			if !c.State.Over() {
				v.tasks = append(v.tasks, task)
			}
		}
		if r.IntN(2) == 0 {
			p := protection.Plan{ID: ids.New[ids.Plan](), Case: c.ID, Owner: c.Owner, State: protection.PlanStates[r.IntN(4)], By: v.accounts[r.IntN(workers)], At: moment(), Track: protection.Standard}
			if r.IntN(4) > 0 {
				p.Next = protection.Due{What: protection.DueStep, At: moment()}
			}
			if p.State == protection.AgreedTo {
				p.Answer = moment()
			}
			v.plans, change.Plans = append(v.plans, p), append(change.Plans, p)
		}
		v.signals, v.cases, v.referrals = append(v.signals, s), append(v.cases, c), append(v.referrals, x)
		if r.IntN(3) == 0 {
			change.Transfers = append(change.Transfers, protection.Transfer{ID: ids.New[ids.Transfer](), Case: c.ID, Code: c.Code, From: c.Owner, To: v.orgs[r.IntN(3)],
				Consent: ids.New[ids.Consent](), State: protection.TransferStates[(39+r.IntN(121))/40], Level: c.Level, Child: c.Child, By: v.accounts[r.IntN(workers)], At: moment()})
		}
		change.Signals, change.Cases, change.Referrals = append(change.Signals, s), append(change.Cases, c), append(change.Referrals, x)
		if len(change.Signals) == 500 {
			v.must(v.save(change))
			change = protection.Change{}
		}
	}
	// One worker stands in for another.
	change.Covers = append(change.Covers, protection.Cover{ID: ids.New[ids.Cover](), Org: v.orgs[0], Away: v.accounts[1], Cover: v.accounts[0],
		From: v.now.Add(-time.Hour), Until: v.now.Add(time.Hour), By: v.accounts[1]})
	for i := range 10 * (workers - 2) { // and so do others, most of them long ago
		from := v.now.Add(-time.Duration(i) * 24 * time.Hour)
		change.Covers = append(change.Covers, protection.Cover{ID: ids.New[ids.Cover](), Org: v.orgs[i%3], Away: v.accounts[2+i%(workers-2)], Cover: v.accounts[2+(i+1)%(workers-2)],
			From: from, Until: from.Add(36 * time.Hour), By: v.accounts[0]})
	}
	v.must(v.save(change))
	return v
}

// reader draws somebody with a post and an account among those of the village.
func (v *village) reader(t *rapid.T, roles ...access.Role) access.Who {
	w := accesstest.Somebody(rapid.SampledFrom(roles).Draw(t, "role"), rapid.SampledFrom(v.orgs).Draw(t, "org"))
	w.Account = rapid.SampledFrom(v.accounts).Draw(t, "account")
	if rapid.Bool().Draw(t, "placed") {
		w.Post.Place = string(rapid.SampledFrom(v.places).Draw(t, "place"))
	}
	return w
}

func (v *village) above(at place.Given) []string { return v.desk.Rules.Places.Codes(at.Code) }

func barred(conflicts []protection.Conflict) (o access.Object) {
	for _, c := range conflicts {
		if !c.Account.IsZero() {
			o.Excluded = append(o.Excluded, c.Account)
		}
		if !c.Org.IsZero() {
			o.ExcludedOrgs = append(o.ExcludedOrgs, c.Org)
		}
	}
	return o
}

func (v *village) ofSignal(s protection.Signal) access.Object {
	o := barred(s.Conflicts)
	o.Kind, o.ID, o.Zone, o.Owner, o.By, o.Team = access.SignalKind, s.ID.UUID, access.ZoneOf(access.SignalKind), s.Owner, s.RaisedBy, []ids.Account{s.TakenBy}
	o.Child, o.Places, o.Stage = s.Children == protection.Yes, v.above(s.Where), string(s.State)
	return o
}

func (v *village) ofCase(c protection.Case) access.Object {
	o := barred(c.Conflicts)
	o.Kind, o.ID, o.Zone, o.Owner, o.By, o.Team = access.CaseKind, c.ID.UUID, access.ZoneOf(access.CaseKind), c.Owner, c.OpenedBy, []ids.Account{c.Screener, c.Manager}
	o.Child, o.Places, o.Stage = c.Child, v.above(c.Where), string(c.State)
	return o
}

func (v *village) ofPlan(p protection.Plan) access.Object {
	i := slices.IndexFunc(v.cases, func(c protection.Case) bool { return c.ID == p.Case })
	o := v.ofCase(v.cases[i])
	o.Kind, o.ID, o.By, o.Stage = access.PlanKind, p.ID.UUID, p.By, string(p.State)
	return o
}

func (v *village) ofReferral(r protection.Referral) access.Object {
	i := slices.IndexFunc(v.cases, func(c protection.Case) bool { return c.ID == r.Case })
	o := v.ofCase(v.cases[i])
	o.Kind, o.ID, o.Owner, o.To, o.By, o.Child, o.Stage = access.ReferralKind, r.ID.UUID, r.From, r.To, r.By, r.Child, string(r.State)
	return o
}

// pages turns every page of a list and checks that each is as full as it can be.
func pages[T any](t *rapid.T, limit int, list func(protection.Page) (protection.Cut[T], error)) (all []T) {
	p := protection.Page{Limit: limit}
	for n := 0; ; n++ {
		cut, err := list(p)
		if err != nil {
			t.Fatal(err)
		}
		if cut.Next != "" && len(cut.Lines) != limit || len(cut.Lines) > limit || n > 1000 {
			t.Fatalf("page %d has %d lines of %d", n, len(cut.Lines), limit)
		}
		all = append(all, cut.Lines...)
		if cut.Next == "" {
			return all
		}
		p.After = cut.Next
	}
}

// sameLines compares what a list showed with what a plain filter admits, in order.
func sameLines(t *rapid.T, got, want []string) {
	if !slices.Equal(got, want) {
		t.Fatalf("the list shows %d lines, a plain filter admits %d\n%v\n%v", len(got), len(want), got, want)
	}
}

// Lists show what the scope of the reader admits, neither more nor less, in
// order, over pages of any length; who is excluded meets nothing. (No false
// alarm: the records are fixed, the readers drawn.)
func TestListsAreTheScope(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		v := newVillage(t, address, 150)
		t.Run("signals", func(t *testing.T) { rapid.Check(t, v.checkSignals) })
		t.Run("cases", func(t *testing.T) { rapid.Check(t, v.checkCases) })
		t.Run("referrals", func(t *testing.T) { rapid.Check(t, v.checkReferrals) })
		t.Run("tasks", func(t *testing.T) { rapid.Check(t, v.checkTasks) })
		t.Run("plans", func(t *testing.T) { rapid.Check(t, v.checkPlans) })
		t.Run("every place", v.checkPlaces)
	})
}

// checkPlaces asks as a duty officer of every organisation in every place, at every level.
func (v *village) checkPlaces(t *testing.T) {
	shown := 0
	for _, org := range v.orgs {
		for _, at := range v.places {
			w := accesstest.Somebody(access.DutyOfficer, org)
			w.Post.Place = string(at)
			signals, err := v.desk.Signals(v.ctx, w, protection.SignalFilter{}, protection.Page{Limit: 200})
			v.must(err)
			cases, err := v.desk.Cases(v.ctx, w, protection.CaseFilter{}, protection.Page{Limit: 200})
			v.must(err)
			inside := func(p place.Given) bool { return slices.Contains(v.above(p), string(at)) }
			barsOrg := func(all []protection.Conflict) bool {
				return slices.ContainsFunc(all, func(c protection.Conflict) bool { return c.Org == org })
			}
			n, m := 0, 0
			for _, s := range v.signals {
				if s.Owner == org && inside(s.Where) && !barsOrg(s.Conflicts) {
					n++
				}
			}
			for _, c := range v.cases {
				if c.Owner == org && !c.State.Over() && inside(c.Where) && !barsOrg(c.Conflicts) {
					m++
				}
			}
			if len(signals.Lines) != n || len(cases.Lines) != m {
				t.Errorf("in %s: %d signals and %d cases, want %d and %d", at, len(signals.Lines), len(cases.Lines), n, m)
			}
			shown += n + m
		}
	}
	if shown == 0 {
		t.Error("nobody sees anything")
	}
}

func (v *village) checkSignals(t *rapid.T) {
	w := v.reader(t, access.DutyOfficer, access.Screener, access.Supervisor, access.HotlineOperator, access.CaseManager, access.ChildAuthority)
	f := protection.SignalFilter{Open: rapid.Bool().Draw(t, "open"), Mine: rapid.Bool().Draw(t, "mine")}
	got := pages(t, rapid.IntRange(1, 40).Draw(t, "limit"), func(p protection.Page) (protection.Cut[protection.SignalLine], error) {
		return v.desk.Signals(v.ctx, w, f, p)
	})
	scope := accesstest.Grant(v.t, w, access.SignalList, access.Object{Kind: access.SignalKind, Zone: access.ZoneOf(access.SignalKind)}, access.ForIntake).Scope()
	var want []protection.Signal
	for _, s := range v.signals {
		if (!f.Open || s.State != protection.Triaged) && (!f.Mine || s.TakenBy == w.Account) && scope.Admits(v.ofSignal(s)) {
			want = append(want, s)
		}
	}
	slices.SortFunc(want, func(a, b protection.Signal) int {
		return cmp.Or(a.Level.Rank()-b.Level.Rank(), a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	sameLines(t, names(got, func(l protection.SignalLine) string { return l.ID.String() }), names(want, func(s protection.Signal) string { return s.ID.String() }))
}

func (v *village) checkCases(t *rapid.T) {
	w := v.reader(t, access.DutyOfficer, access.Screener, access.Supervisor, access.CaseManager, access.ChildAuthority)
	f := protection.CaseFilter{Mine: rapid.Bool().Draw(t, "mine"), Unassigned: rapid.Bool().Draw(t, "unassigned"), Served: rapid.Bool().Draw(t, "served")}
	if rapid.Bool().Draw(t, "by state") {
		f.State = rapid.SampledFrom(protection.CaseStates[:]).Draw(t, "state")
	}
	if rapid.Bool().Draw(t, "by ratification") {
		f.Ratification = protection.Waiting
	}
	got := pages(t, rapid.IntRange(1, 40).Draw(t, "limit"), func(p protection.Page) (protection.Cut[protection.CaseLine], error) {
		return v.desk.Cases(v.ctx, w, f, p)
	})
	scope := accesstest.Grant(v.t, w, access.CaseList, access.Object{Kind: access.CaseKind, Zone: access.ZoneOf(access.CaseKind)}, access.ForProtection).Scope()
	var want []protection.Case
	for _, c := range v.cases {
		empty := !c.State.Served() && c.Screener.IsZero() || c.State.Served() && c.Manager.IsZero()
		if (f.State == "" && !c.State.Over() || f.State == c.State) && (!f.Mine || c.Screener == w.Account || c.Manager == w.Account) &&
			(f.Ratification == "" || f.Ratification == c.Ratification) && (!f.Unassigned || empty && !c.State.Over()) &&
			(!f.Served || c.State.Served()) && scope.Admits(v.ofCase(c)) {
			want = append(want, c)
		}
	}
	slices.SortFunc(want, func(a, b protection.Case) int {
		return cmp.Or(a.Level.Rank()-b.Level.Rank(), a.Since.Compare(b.Since), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	sameLines(t, names(got, func(l protection.CaseLine) string { return l.ID.String() }), names(want, func(c protection.Case) string { return c.ID.String() }))
	for _, l := range got { // where its newest referral stands
		newest := protection.Referral{}
		for _, r := range v.referrals {
			if r.Case == l.ID {
				newest = r
			}
		}
		if l.Referral != newest.State {
			t.Fatalf("the referral of a line is %q, want %q", l.Referral, newest.State)
		}
	}
}

func (v *village) checkPlans(t *rapid.T) {
	w := v.reader(t, access.DutyOfficer, access.Screener, access.Supervisor, access.CaseManager, access.ChildAuthority)
	f := protection.PlanFilter{Mine: rapid.Bool().Draw(t, "mine"), Answers: rapid.Bool().Draw(t, "answers")}
	if w.Post.Role == access.DutyOfficer || w.Post.Role == access.Screener {
		if _, err := v.desk.Plans(v.ctx, w, f, protection.Page{}); !fault.Is(err, fault.Withheld) && !fault.Is(err, fault.Denied) {
			t.Fatalf("%s lists plans: %v", w.Post.Role, err)
		}
		return
	}
	got := pages(t, rapid.IntRange(1, 40).Draw(t, "limit"), func(p protection.Page) (protection.Cut[protection.PlanLine], error) {
		return v.desk.Plans(v.ctx, w, f, p)
	})
	scope := accesstest.Grant(v.t, w, access.PlanList, access.Object{Kind: access.PlanKind, Zone: access.ZoneOf(access.PlanKind)}, access.ForProtection).Scope()
	due := func(p protection.Plan) time.Time {
		if f.Answers {
			return p.Answer
		}
		return p.Next.At
	}
	var want []protection.Plan
	for _, p := range v.plans {
		o := v.ofPlan(p)
		over := v.cases[slices.IndexFunc(v.cases, func(c protection.Case) bool { return c.ID == p.Case })].State.Over()
		if !due(p).IsZero() && !over && (!f.Mine || slices.Contains(o.Team, w.Account)) && scope.Admits(o) {
			want = append(want, p)
		}
	}
	slices.SortFunc(want, func(a, b protection.Plan) int {
		return cmp.Or(due(a).Compare(due(b)), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	sameLines(t, names(got, func(l protection.PlanLine) string { return l.ID.String() }), names(want, func(p protection.Plan) string { return p.ID.String() }))
}

func (v *village) checkReferrals(t *rapid.T) {
	w := v.reader(t, access.DutyOfficer, access.Screener, access.Supervisor, access.CaseManager, access.ServiceProvider, access.ChildAuthority, access.HotlineOperator)
	f := protection.ReferralFilter{In: rapid.Bool().Draw(t, "in"), Out: rapid.Bool().Draw(t, "out"), Unanswered: rapid.Bool().Draw(t, "unanswered"), Stuck: rapid.Bool().Draw(t, "stuck")}
	if rapid.Bool().Draw(t, "by state") {
		f.State = rapid.SampledFrom(protection.ReferralStates[:]).Draw(t, "state")
	}
	got := pages(t, rapid.IntRange(1, 40).Draw(t, "limit"), func(p protection.Page) (protection.Cut[protection.ReferralLine], error) {
		return v.desk.Referrals(v.ctx, w, f, p)
	})
	scope := accesstest.Grant(v.t, w, access.ReferralList, access.Object{Kind: access.ReferralKind, Zone: access.ZoneOf(access.ReferralKind)}, access.ForReferral).Scope()
	var want []protection.Referral
	for _, r := range v.referrals {
		state := f.State == "" && r.State.Live() || f.State == r.State
		if f.Unanswered {
			state = r.State.Pending()
		}
		if f.Stuck {
			state = v.stuck(r)
		}
		if state && (!f.In || r.To == w.Post.Org) && (!f.Out || r.From == w.Post.Org) && scope.Admits(v.ofReferral(r)) {
			want = append(want, r)
		}
	}
	slices.SortFunc(want, func(a, b protection.Referral) int {
		return cmp.Or(a.Level.Rank()-b.Level.Rank(), a.AckBy.Compare(b.AckBy), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	sameLines(t, names(got, func(l protection.ReferralLine) string { return l.ID.String() }), names(want, func(r protection.Referral) string { return r.ID.String() }))
	for _, l := range got {
		if (l.Case == ids.Case{}) != (l.From != w.Post.Org) {
			t.Fatal("a line says too much or too little of its case")
		}
	}
}

func (v *village) checkTasks(t *rapid.T) {
	w := v.reader(t, access.Screener, access.Supervisor, access.CaseManager, access.ChildAuthority)
	f := protection.TaskFilter{Mine: rapid.Bool().Draw(t, "mine")}
	if rapid.Bool().Draw(t, "soon") {
		f.Until = v.now.Add(-time.Duration(rapid.IntRange(0, 20).Draw(t, "minutes")) * time.Minute)
	}
	got := pages(t, rapid.IntRange(1, 40).Draw(t, "limit"), func(p protection.Page) (protection.Cut[protection.TaskLine], error) {
		return v.desk.Tasks(v.ctx, w, f, p)
	})
	scope := accesstest.Grant(v.t, w, access.TaskList, access.Object{Kind: access.CaseKind, Zone: access.ZoneOf(access.CaseKind)}, access.ForProtection).Scope()
	var want []string
	for _, x := range v.tasks {
		c := v.cases[slices.IndexFunc(v.cases, func(c protection.Case) bool { return c.ID == x.Case })]
		if (f.Until.IsZero() || !x.Due.After(f.Until)) && (!f.Mine || c.Screener == w.Account || c.Manager == w.Account) && scope.Admits(v.ofCase(c)) {
			want = append(want, x.Due.UTC().Format(time.RFC3339Nano)+" "+x.Case.String()+" "+x.Key)
		}
	}
	said := names(got, func(l protection.TaskLine) string {
		c := v.cases[slices.IndexFunc(v.cases, func(c protection.Case) bool { return c.ID == l.Case })]
		if l.Code != c.Code || l.Level != c.Level || l.Child != c.Child || l.Manager != c.Manager || l.Screener != c.Screener {
			t.Fatalf("a line says %+v of %+v", l, c)
		}
		return l.Due.UTC().Format(time.RFC3339Nano) + " " + l.Case.String() + " " + l.Key
	})
	if !slices.IsSortedFunc(got, func(a, b protection.TaskLine) int { return a.Due.Compare(b.Due) }) {
		t.Fatal("not what is due first")
	}
	slices.Sort(said) // which of two of one moment is first is nobody's concern
	slices.Sort(want)
	sameLines(t, said, append([]string{}, want...))
}

// stuck says it over all requests: it came to nothing, and no later one asks for the same.
func (v *village) stuck(r protection.Referral) bool {
	return r.State.Stuck() &&
		!slices.ContainsFunc(v.referrals, func(o protection.Referral) bool {
			return o.Case == r.Case && o.Need == r.Need && o.SentAt.After(r.SentAt)
		}) &&
		!slices.ContainsFunc(v.cases, func(c protection.Case) bool { return c.ID == r.Case && c.State.Over() })
}

func names[T any](all []T, name func(T) string) []string {
	found := []string{}
	for _, x := range all {
		found = append(found, name(x))
	}
	return found
}

// A mark somebody made up is refused; it is no way to ask the engine anything.
func TestMarksAreRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		mark := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
		id, at := ids.New[ids.Case]().String(), `"2026-11-25T09:00:00.000Z"`
		for _, bad := range []string{"x", "=", mark("null"), mark("[]"), mark("{}"), mark(`["a","b","c"]`), mark(`[0,` + at + `]`), mark(`[0,` + at + `,"x"]`),
			mark(`[0,"yesterday","` + id + `"]`), mark(`["0",` + at + `,"` + id + `"]`), mark(`[0.5,` + at + `,"` + id + `"]`), mark(`[0,0,"` + id + `"]`),
			mark(`[0,` + at + `,null]`), mark(`[0,` + at + `,["` + id + `"]]`), mark("[0,\"\\u0000\",\"" + id + "\"]"), mark(`[0,` + at + `,"` + id + `",1]`), string(make([]byte, 500))} {
			p := protection.Page{After: bad}
			_, err1 := h.desk.Signals(h.ctx, h.supervisor, protection.SignalFilter{}, p)
			_, err2 := h.desk.Cases(h.ctx, h.supervisor, protection.CaseFilter{}, p)
			_, err3 := h.desk.Referrals(h.ctx, h.supervisor, protection.ReferralFilter{}, p)
			_, err4 := h.desk.Receipts(h.ctx, h.supervisor, p)
			_, err5 := h.desk.Plans(h.ctx, h.supervisor, protection.PlanFilter{}, p)
			for i, err := range []error{err1, err2, err3, err4, err5} {
				if !fault.Is(err, fault.Invalid) {
					t.Errorf("list %d took %q: %v", i, bad, err)
				}
			}
		}
		for _, good := range []string{mark(`[0,` + at + `,"` + id + `"]`), mark(`[1e300,` + at + `,"` + id + `"]`), mark(`[-9e99,` + at + `,"` + id + `"]`)} {
			if _, err := h.desk.Cases(h.ctx, h.supervisor, protection.CaseFilter{}, protection.Page{After: good}); err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%v", err)
			}
		}
	})
}

// Whoever talks with somebody is of the team of the signal she came by, in its own
// house: not when her file went to another.
func TestTheTeamOfASignalIsOfItsHouse(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		near, far := h.family(1), h.family(1001)
		near.Case.Signal, far.Case.Signal = near.Signal.ID, far.Signal.ID
		h.must(h.save(near.change()))
		h.must(h.save(far.change()))
		h.must(h.store.Move(h.ctx, far.Case.ID, h.shelter))
		for f, want := range map[*family]bool{near: true, far: false} {
			o, err := h.store.Facts(h.ctx, access.SignalKind, f.Signal.ID.UUID)
			h.must(err)
			if got := slices.Contains(o.Team, h.screener.Account); got != want || o.Owner != h.care {
				t.Errorf("the screener is of the team: %v, want %v", got, want)
			}
		}
	})
}

// What does not exist costs as many questions as what does, for every kind.
func TestFactsOfNothingCostTheSame(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		f := h.family(1)
		h.must(h.save(f.change()))
		there := map[access.Kind]ids.UUID{access.SignalKind: f.Signal.ID.UUID, access.ReporterKind: f.Reporter.ID.UUID, access.GroupKind: f.Group.ID.UUID,
			access.CaseKind: f.Case.ID.UUID, access.PersonKind: f.Person.ID.UUID, access.ScreeningKind: f.Screening.ID.UUID, access.AssessmentKind: f.Assessment.ID.UUID, access.PlanKind: f.Plan.ID.UUID, access.InterestsKind: f.Interests.ID.UUID, access.EpisodeKind: f.Episode.ID.UUID, access.ConsentKind: f.Consent.ID.UUID,
			access.ReferralKind: f.Referral.ID.UUID, access.PacketKind: f.Referral.ID.UUID, access.Directory: f.Service.ID.UUID, access.Roster: f.Duty.ID.UUID}
		for kind, id := range there {
			var queries []string
			h.store.Watch(func(q string, _ []any) {
				if !strings.Contains(q, "audit_") { // entries find their place in the log meanwhile
					queries = append(queries, q)
				}
			})
			o, err := h.store.Facts(h.ctx, kind, id)
			h.must(err)
			found := queries
			queries = nil
			_, missing := h.store.Facts(h.ctx, kind, ids.New[ids.Case]().UUID)
			if !fault.Is(missing, fault.NotFound) || !slices.Equal(found, queries) {
				t.Errorf("%s: %v; %d queries for something, %d for nothing", kind, missing, len(found), len(queries))
			}
			if o.Kind != kind || o.ID != id || o.Subject.IsZero() || o.Zone != access.ZoneOf(kind) || o.Owner.IsZero() {
				t.Errorf("%s: %+v", kind, o)
			}
			h.store.Watch(nil)
		}
		facts := func(kind access.Kind, id ids.UUID) access.Object {
			o, err := h.store.Facts(h.ctx, kind, id)
			h.must(err)
			return o
		}
		for _, kind := range []access.Kind{access.CaseKind, access.PersonKind, access.ScreeningKind, access.AssessmentKind, access.PlanKind, access.InterestsKind, access.EpisodeKind, access.ConsentKind, access.ReferralKind, access.PacketKind} {
			if o := facts(kind, there[kind]); len(o.Excluded) != 2 || len(o.ExcludedOrgs) != 2 || !slices.Contains(o.Team, h.screener.Account) || len(o.Places) < 4 {
				t.Errorf("%s: who is excluded, who works on it or where it is got lost: %+v", kind, o)
			}
		}
		for _, kind := range []access.Kind{access.SignalKind, access.ReporterKind, access.GroupKind} {
			if o := facts(kind, there[kind]); len(o.Excluded) != 2 || len(o.ExcludedOrgs) != 2 || !slices.Contains(o.Team, h.duty.Account) {
				t.Errorf("%s: %+v", kind, o)
			}
		}
		if o := facts(access.PacketKind, f.Referral.ID.UUID); o.To != h.shelter || o.Owner != h.care || !o.Child || o.Stage != string(f.Referral.State) {
			t.Errorf("packet: %+v", o)
		}
		if _, err := h.store.Facts(h.ctx, access.System, f.Case.ID.UUID); !fault.Is(err, fault.Internal) {
			t.Errorf("a kind without facts: %v", err)
		}
	})
}

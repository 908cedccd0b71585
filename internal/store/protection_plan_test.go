package store_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// mayScan lists the tables that may be read from end to end or along a whole
// index, with the reason. Queries that are found here by mistake are bugs.
func mayScan() map[string]string {
	const (
		waiting = "the queue into the log: emptied many times a second"
		few     = "a row an organisation; read by key, and SQLite finds so few rows faster from end to end"
	)
	return map[string]string{
		"audit_pending": waiting, "audit_pending USING INDEX audit_pending_pkey": waiting,
		"org_key": few, "org_key LEFT-JOIN": few,
	}
}

// TestNoQueryScansATable runs every list and reading of the desk, for every
// role that has it, over a few thousand records, and reads the plan of each
// query on the engine: none may read a table from end to end.
func TestNoQueryScansATable(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		v := newVillage(t, address, 600)
		store.MustHouse(t, v.store, 400)
		v.must(v.store.Analyze(v.ctx))
		type asked struct {
			by   string
			args []any
		}
		queries, by := map[string]asked{}, ""
		v.store.Watch(func(q string, args []any) {
			if _, known := queries[q]; !known {
				queries[q] = asked{by, args}
			}
		})
		v.everyPage(t, &by)
		v.store.Watch(nil)
		if len(queries) < 60 {
			t.Errorf("only %d queries were seen", len(queries))
		}
		excused := map[string]bool{}
		for _, q := range slices.Sorted(maps.Keys(queries)) {
			if !strings.HasPrefix(q, "SELECT") {
				continue
			}
			scans, err := v.store.Scans(v.ctx, q, queries[q].args)
			if err != nil {
				t.Errorf("%s: %v\n%s", queries[q].by, err, q)
				continue
			}
			for _, what := range scans {
				if reason := mayScan()[what]; reason != "" || !ofRecords(what) {
					excused[what] = true
					continue
				}
				t.Errorf("%s reads all of %s:\n%s", queries[q].by, what, q)
			}
		}
		t.Logf("%d queries, %d excused", len(queries), len(excused))
	})
}

// ofRecords leaves out the names of subqueries and the one row that is no table.
func ofRecords(what string) bool {
	name, _, _ := strings.Cut(what, " ")
	return !slices.Contains([]string{"lane", "merged", "newest", "q", "facts", "CONSTANT", "(subquery", "(join"}, name) && !strings.HasPrefix(name, "(subquery")
}

// everyPage asks whatever a page asks, as everybody who may ask it.
func (v *village) everyPage(t *testing.T, by *string) {
	roles := []access.Role{access.DutyOfficer, access.Screener, access.CaseManager, access.Supervisor, access.ServiceProvider, access.Coordinator,
		access.ChildAuthority, access.HotlineOperator, access.FocalPoint, access.Police, access.DataProtection}
	id := ids.New[ids.Case]()
	second := protection.Page{Limit: 5}
	for _, role := range roles {
		for _, at := range []string{"", string(v.places[2])} {
			w := accesstest.Somebody(role, v.orgs[0])
			w.Account, w.Post.Place = v.accounts[0], at
			*by = fmt.Sprintf("%s in %q", role, at)
			for _, f := range []protection.SignalFilter{{}, {Open: true}, {Mine: true}, {Open: true, Mine: true}} {
				turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Signals(v.ctx, w, f, p); return c.Next, err })
			}
			for _, f := range caseFilters() {
				turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Cases(v.ctx, w, f, p); return c.Next, err })
			}
			for _, f := range referralFilters() {
				turn(second, func(p protection.Page) (string, error) {
					c, err := v.desk.Referrals(v.ctx, w, f, p)
					return c.Next, err
				})
			}
			for _, f := range []protection.TaskFilter{{}, {Mine: true}, {Until: v.now}, {Mine: true, Until: v.now}} {
				turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Tasks(v.ctx, w, f, p); return c.Next, err })
			}
			for _, f := range []protection.PlanFilter{{}, {Mine: true}, {Answers: true}} {
				turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Plans(v.ctx, w, f, p); return c.Next, err })
			}
			turn(second, func(p protection.Page) (string, error) { c, err := v.desk.SealedNotes(v.ctx, w, p); return c.Next, err })
			turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Unanswered(v.ctx, w, p); return c.Next, err })
			turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Stuck(v.ctx, w, p); return c.Next, err })
			turn(second, func(p protection.Page) (string, error) { c, err := v.desk.Receipts(v.ctx, w, p); return c.Next, err })
			_, _ = v.desk.Roster(v.ctx, w, 7)
			_, _ = v.desk.Tonight(v.ctx, w)
			_, _ = v.desk.Complaints(v.ctx, w)
			for _, f := range []protection.ServiceFilter{{Years: -1}, {Need: "MED", Years: 20}, {Org: v.orgs[0], All: true}, {All: true}} {
				_, _ = v.desk.Services(v.ctx, w, f)
			}
			for _, words := range []string{"mugisha", "invented mugisha", "79222333", v.cases[0].Code.String()} {
				_, _ = v.desk.Find(v.ctx, w, words, protection.Page{})
			}
			for _, n := range []protection.Newcomer{{Name: "Invented Mugisha"}, {Name: "invented someone mugisha", Phone: "79222333"}} {
				_, _ = v.desk.AlikeNewcomer(v.ctx, w, protection.Signal{}, n)
			}
			_, _ = v.desk.Likenesses(v.ctx, w)
			_, _ = v.desk.Covered(v.ctx, w)
			_, _ = v.desk.Transfers(v.ctx, w)
			_, _ = v.desk.Backups(v.ctx, w)
		}
	}
	*by = "a reading of one record"
	v.everyRecord(t, id)
}

func caseFilters() []protection.CaseFilter {
	all := []protection.CaseFilter{{}, {Mine: true}, {Unassigned: true}, {Ratification: protection.Waiting}, {Mine: true, Ratification: protection.Waiting},
		{Mine: true, Unassigned: true}, {Mine: true, Served: true}}
	for _, s := range protection.CaseStates {
		all = append(all, protection.CaseFilter{State: s}, protection.CaseFilter{State: s, Mine: true})
	}
	return all
}

func referralFilters() []protection.ReferralFilter {
	all := []protection.ReferralFilter{{}, {In: true}, {Out: true}, {Unanswered: true}, {In: true, Unanswered: true}, {Out: true, Unanswered: true}}
	for _, s := range protection.ReferralStates {
		all = append(all, protection.ReferralFilter{State: s}, protection.ReferralFilter{In: true, State: s}, protection.ReferralFilter{Out: true, State: s})
	}
	return all
}

// turn reads two pages.
func turn(p protection.Page, list func(protection.Page) (string, error)) {
	if next, err := list(p); err == nil && next != "" {
		p.After = next
		_, _ = list(p)
	}
}

// everyRecord opens one record of each kind as its reader, and what hangs on it.
func (v *village) everyRecord(t *testing.T, _ ids.Case) {
	f := v.family(2000)
	v.must(v.save(f.change()))
	desk, ctx := v.desk, v.ctx
	_, _, err := desk.Signal(ctx, v.duty, f.Signal.ID)
	v.must(err)
	_, _, err = desk.History(ctx, v.duty, f.Signal.ID)
	v.must(err)
	_, _, err = desk.Reporter(ctx, v.duty, f.Reporter.ID)
	v.must(err)
	_, err = desk.Similar(ctx, v.duty, f.Signal)
	v.must(err)
	_, _, err = desk.Group(ctx, v.duty, f.Group.ID)
	v.must(err)
	_, err = desk.Case(ctx, v.screener, f.Case.ID, protection.Page{Limit: 1})
	v.must(err)
	_, _, err = desk.Person(ctx, v.screener, f.Person.ID)
	v.must(err)
	_, _, err = desk.Screening(ctx, v.screener, f.Screening.ID)
	v.must(err)
	_, _, err = desk.Assessment(ctx, v.supervisor, f.Assessment.ID)
	v.must(err)
	_, err = desk.Plan(ctx, v.supervisor, f.Case.ID)
	v.must(err)
	_, err = desk.Follow(ctx, v.supervisor, f.Case.ID)
	v.must(err)
	_, _, _, _, err = desk.Homecoming(ctx, v.supervisor, f.Case.ID)
	v.must(err)
	_, err = desk.ToSign(ctx, v.supervisor, f.Case.ID)
	v.must(err)
	_, _, err = desk.Jotting(ctx, v.supervisor, f.Jotting.ID)
	v.must(err)
	_, g, err := desk.SealedNote(ctx, v.supervisor, f.SealedNote.ID)
	v.must(err)
	_, err = v.store.NoteAttachments(ctx, g, f.SealedNote.ID)
	v.must(err)
	_, _, err = desk.Attachment(ctx, v.supervisor, f.Attachment.ID)
	v.must(err)
	_, _, err = desk.Download(ctx, v.supervisor, f.Attachment.ID)
	v.must(err)
	_, err = desk.PlanAsked(ctx, v.supervisor, f.Plan.ID)
	v.must(err)
	_, err = desk.Inspections(ctx, accesstest.Somebody(access.Coordinator, ids.New[ids.Org]()), f.Service.ID)
	v.must(err)
	_, err = v.store.Spent(ctx, 50)
	v.must(err)
	_, _, _, err = desk.Episode(ctx, v.supervisor, f.Episode.ID)
	v.must(err)
	_, _, err = desk.Interests(ctx, v.supervisor, f.Interests.ID)
	v.must(err)
	asked, of, err := desk.Referral(ctx, v.screener, f.Referral.ID)
	v.must(err)
	_, err = desk.Progress(ctx, of, asked.ID)
	v.must(err)
	_, _, err = desk.Packet(ctx, v.host, f.Referral.ID)
	v.must(err)
	_, err = desk.Service(ctx, v.host, f.Service.ID)
	v.must(err)
	_, err = v.store.Standby(ctx, v.now)
	v.must(err)
	_, err = v.store.OnCall(ctx, string(v.places[2]), v.now)
	v.must(err)
	_, err = v.store.LateReferrals(ctx, v.now.Add(time.Hour), 10)
	v.must(err)
}

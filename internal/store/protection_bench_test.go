package store_test

import (
	"fmt"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// What the journey's pages cost the store, with 20,000 signals, cases and
// referrals each. A reading is facts, a decision, the record and its entry in
// the log; a save is all that and the change.
//
//	go test ./internal/store -run '^$' -bench Protection -benchtime 2s
func BenchmarkProtection(b *testing.B) {
	const rows = 20_000 // made in about a minute
	for name, address := range map[string]func(testing.TB) string{"sqlite": engine.SQLite, "postgres": engine.PostgreSQL} {
		b.Run(name, func(b *testing.B) {
			v := newVillage(b, address(b), rows)
			v.must(v.store.Analyze(v.ctx))
			b.Run("case", v.benchCase)
			b.Run("case page", v.benchCasePage)
			b.Run("list", v.benchList)
			b.Run("second page", v.benchSecondPage)
			b.Run("save screening", v.benchScreening)
		})
	}
}

// benchReader is a supervisor of the first organisation, and cases he may read.
func (v *village) benchReader() (access.Who, []ids.Case) {
	w := accesstest.Somebody(access.Supervisor, v.orgs[0])
	var mine []ids.Case
	for _, c := range v.cases {
		if c.Owner == v.orgs[0] && len(c.Conflicts) == 0 {
			mine = append(mine, c.ID)
		}
	}
	return w, mine
}

func (v *village) benchCase(b *testing.B) {
	w, mine := v.benchReader()
	for i := 0; b.Loop(); i++ {
		o, err := v.store.Facts(v.ctx, access.CaseKind, mine[i%len(mine)].UUID)
		v.must(err)
		g := accesstest.Grant(b, w, access.CaseRead, o, access.ForProtection)
		_, err = v.store.Case(v.ctx, g, mine[i%len(mine)])
		v.must(err)
	}
}

func (v *village) benchCasePage(b *testing.B) {
	w, mine := v.benchReader()
	for i := 0; b.Loop(); i++ {
		_, err := v.desk.Case(v.ctx, w, mine[i%len(mine)], protection.Page{})
		v.must(err)
	}
}

func (v *village) benchList(b *testing.B) {
	roles := map[access.Role]string{access.Supervisor: "", access.DutyOfficer: string(v.places[2]), access.CaseManager: ""}
	for role, at := range roles {
		b.Run(fmt.Sprint(role), func(b *testing.B) {
			w := accesstest.Somebody(role, v.orgs[0])
			w.Account, w.Post.Place = v.accounts[0], at
			for b.Loop() {
				_, err := v.desk.Cases(v.ctx, w, protection.CaseFilter{}, protection.Page{Limit: 25})
				v.must(err)
			}
		})
	}
}

func (v *village) benchSecondPage(b *testing.B) {
	w := accesstest.Somebody(access.Supervisor, v.orgs[0])
	first, err := v.desk.Referrals(v.ctx, w, protection.ReferralFilter{}, protection.Page{Limit: 25})
	v.must(err)
	for b.Loop() {
		_, err := v.desk.Referrals(v.ctx, w, protection.ReferralFilter{}, protection.Page{Limit: 25, After: first.Next})
		v.must(err)
	}
}

func (v *village) benchScreening(b *testing.B) {
	_, c, _ := v.taken()
	s := ids.New[ids.Screening]()
	v.must(v.desk.Begin(v.ctx, v.screener, protection.Begin{ID: s, Case: c, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED"}))
	for i := 1; b.Loop(); i++ {
		v.must(v.desk.Listen(v.ctx, v.screener, protection.Listen{Screening: s, Version: i, LimitsSaid: true, Account: "She was promised a shop, and more of the same.",
			Heard: []string{"D1_JOB", "D1_WAGE", "D4_HOURS"}, Profile: protection.Labour, Exploited: protection.Yes}))
	}
}

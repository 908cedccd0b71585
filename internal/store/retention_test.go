package store_test

import (
	"testing"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// The preview counts each thing by its rule, from the day its time is over and
// not a day before, and erases nothing. What was erased is not counted again.
func TestWhatIsKeptBeyondItsTime(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		bdi, err := countries.Load("bdi")
		h.must(err)
		start := h.now
		// Not trafficking, and a woman who left; a child of twenty whose file goes on.
		_, left, person := h.taken()
		h.must(h.desk.Leave(h.ctx, h.screener, protection.Leave{Case: left, Version: 1, Reason: "NOT_NOW", Told: true}))
		r := h.raise()
		h.must(h.desk.Take(h.ctx, h.duty, protection.Take{Signal: r.Signal, Version: 1}))
		h.must(h.desk.Triage(h.ctx, h.duty, protection.Triage{Signal: r.Signal, Version: 2, Level: protection.Green, Checked: true, Outcome: protection.OtherNeed, Need: "GBV"}))
		open := h.presumed()
		past := func() map[string]store.Past {
			t.Helper()
			o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
			g, err := h.desk.Policy.Decide(access.Itself(), access.SystemRetain, o, access.ForOperation, h.now)
			h.must(err)
			all, err := h.store.PastKeeping(h.ctx, audit.Of(g, h.now), store.Keeping{Due: func(key string, from time.Time) time.Time { return bdi.Due(countries.DeadlineKey(key), from) },
				Today: bdi.Day(h.now), Grown: bdi.Deadline(countries.RetainCaseChild).Amount})
			h.must(err)
			m := map[string]store.Past{}
			for _, one := range all {
				m[one.Rule] = one
			}
			return m
		}
		for _, one := range []struct {
			years, months, days    int
			signals, adults, entry bool
		}{{0, 0, 0, false, false, false}, {0, 5, 27, false, false, false}, {0, 6, 2, true, false, false}, {4, 11, 27, true, false, false}, {5, 0, 2, true, true, false}, {7, 0, 2, true, true, true}} {
			h.now = start.AddDate(one.years, one.months, one.days)
			got := past()
			if (got["retain.signal"].Count == 1) != one.signals || (got["retain.case.adult"].Count == 1) != one.adults || (got["retain.log"].Count > 0) != one.entry || got["retain.screening"].Count != 0 {
				t.Errorf("after %d years, %d months, %d days: %+v", one.years, one.months, one.days, got)
			}
		}
		if n, err := h.store.Count(h.ctx, `SELECT COUNT(*) FROM subject_key WHERE wrapped IS NULL`); err != nil || n != 0 {
			t.Errorf("a preview erased %d: %v", n, err)
		}
		store.MustErase(t, h.store, person.UUID)
		if got := past()["retain.case.adult"]; got.Count != 0 {
			t.Errorf("erased, and counted: %+v", got)
		}
		_ = open
	})
}

// A child's file is kept until the youngest she can be is old enough; with no age
// nobody can say.
func TestAChildsFileIsKeptUntilAnAge(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		h := newHut(t, address)
		bdi, err := countries.Load("bdi")
		h.must(err)
		for _, years := range []int{0, 15} {
			f := h.family(1 + years)
			f.Case.State, f.Case.Child, f.Case.Age = protection.Declined, true, date.Age{}
			if years > 0 {
				f.Case.Age = date.Age{Years: years, Basis: date.Declared, Said: bdi.Day(h.now)}
			}
			h.must(h.save(f.change()))
		}
		start := h.now
		for _, one := range []struct{ years, want int }{{0, 0}, {9, 0}, {10, 1}, {11, 1}} {
			h.now = start.AddDate(one.years, 0, 1)
			o := access.Object{Kind: access.System, ID: ids.New[ids.Entry]().UUID, Zone: access.ZoneOf(access.System)}
			g, err := h.desk.Policy.Decide(access.Itself(), access.SystemRetain, o, access.ForOperation, h.now)
			h.must(err)
			all, err := h.store.PastKeeping(h.ctx, audit.Of(g, h.now), store.Keeping{Due: func(key string, from time.Time) time.Time { return bdi.Due(countries.DeadlineKey(key), from) },
				Today: bdi.Day(h.now), Grown: bdi.Deadline(countries.RetainCaseChild).Amount})
			h.must(err)
			for _, p := range all {
				if p.Rule == "retain.case.child" && (p.Count != one.want || p.Unsure != 1) {
					t.Errorf("after %d years: %+v", one.years, p)
				}
			}
		}
	})
}

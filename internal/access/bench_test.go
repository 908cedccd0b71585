package access_test

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
)

// BenchmarkDecide is one record read by who may, and by who may not know of it
// (two questions to the rules). The aim is 20 µs for the first.
func BenchmarkDecide(b *testing.B) {
	p := accesstest.Policy(b)
	w := accesstest.Somebody(access.CaseManager, ids.New[ids.Org]())
	o := access.Object{Kind: access.CaseKind, ID: ids.New[ids.Case]().UUID, Owner: w.Post.Org,
		Team: []ids.Account{w.Account}, Places: []string{"BI", "BI-01", "BI-01-02"}}
	b.Run("allowed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.Decide(w, access.CaseRead, o, access.ForProtection, now()); err != nil {
				b.Fatal(err)
			}
		}
	})
	o.Team = nil
	b.Run("withheld", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.Decide(w, access.CaseRead, o, access.ForProtection, now()); err == nil {
				b.Fatal("allowed")
			}
		}
	})
}

func BenchmarkAdmits(b *testing.B) {
	w := accesstest.Somebody(access.Supervisor, ids.New[ids.Org]())
	s := accesstest.Grant(b, w, access.CaseList, access.Object{Kind: access.CaseKind}, access.ForSupervision).Scope()
	o := access.Object{Kind: access.CaseKind, Owner: w.Post.Org}
	for b.Loop() {
		if !s.Admits(o) {
			b.Fatal("hidden")
		}
	}
}

package store

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"inkingi/internal/ids"
	"inkingi/internal/testkit/engine"
)

// Acts a second, alone and with others. An act here is two rows, their hashes,
// the entry and its place in the tree.
//
//	go test ./internal/store -run '^$' -bench . -benchtime 2s
func BenchmarkAct(b *testing.B) {
	each(b, func(b *testing.B, s *Store) {
		org := someRow()
		must(b, s.act(context.Background(), entry(), func(t *tx) error { return t.insert("org_key", org) }))
		for _, users := range []int{1, 8, 50} {
			b.Run(fmt.Sprint(users), func(b *testing.B) {
				together(b, users, func() error {
					return s.act(context.Background(), entry(), func(t *tx) error {
						if err := t.insert("org_key", someRow()); err != nil {
							return err
						}
						return t.insert("subject_key", subjectKey{ids.New[ids.Person]().UUID, org.Org, 1, []byte{1}})
					})
				})
			})
		}
	})
}

// BenchmarkRead is an audited reading of one row.
func BenchmarkRead(b *testing.B) {
	each(b, func(b *testing.B, s *Store) {
		org := someRow()
		must(b, s.act(context.Background(), entry(), func(t *tx) error { return t.insert("org_key", org) }))
		for _, users := range []int{1, 8, 50} {
			b.Run(fmt.Sprint(users), func(b *testing.B) {
				together(b, users, func() error {
					return s.read(context.Background(), entry(), func(t *tx) error {
						var k orgKey
						return t.get(&k, `SELECT org, version, holder, wrapped FROM org_key WHERE org = ?`, org.Org)
					})
				})
			})
		}
	})
}

// BenchmarkBulk is an act of a thousand rows, as an import or the demonstration makes them.
func BenchmarkBulk(b *testing.B) {
	each(b, func(b *testing.B, s *Store) {
		for b.Loop() {
			must(b, s.act(context.Background(), entry(), func(t *tx) error {
				for range 1000 {
					if err := t.insert("org_key", someRow()); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "rows/s")
	})
}

// BenchmarkVerify is a verification of ten thousand rows.
func BenchmarkVerify(b *testing.B) {
	each(b, func(b *testing.B, s *Store) {
		for range 10 {
			must(b, s.act(context.Background(), entry(), func(t *tx) error {
				for range 1000 {
					if err := t.insert("org_key", someRow()); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		for b.Loop() {
			holds(b, s)
		}
		b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "rows/s")
	})
}

func each(b *testing.B, bench func(*testing.B, *Store)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, open(b, engine.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { bench(b, open(b, engine.PostgreSQL(b))) })
}

func together(b *testing.B, users int, act func() error) {
	var wg sync.WaitGroup
	work := make(chan struct{})
	for range users {
		wg.Go(func() {
			for range work {
				if err := act(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	b.ResetTimer()
	for range b.N {
		work <- struct{}{}
	}
	close(work)
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

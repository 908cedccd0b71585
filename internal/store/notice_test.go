package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"inkingi/internal/access/accesstest"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/internal/testkit/engine"
	"inkingi/protection"
)

// roster puts alerts for one record into the outbox, one each quarter of an hour.
func roster(t testing.TB, s *Store, n int) (about ids.UUID, all []protection.Alert) {
	t.Helper()
	about = ids.New[ids.Signal]().UUID
	for i := range n {
		all = append(all, protection.Alert{ID: ids.New[ids.Alert](), To: ids.New[ids.Account](), Key: "alert.red", About: about,
			At: accesstest.Now().Add(time.Duration(i) * 15 * time.Minute), Rank: i + 1})
	}
	must(t, s.SaveProtection(context.Background(), entry(), protection.Change{Alerts: all}))
	return about, all
}

func claim(t testing.TB, s *Store, now time.Time, limit int) []notice.Alert {
	t.Helper()
	all, err := s.ClaimAlerts(context.Background(), entry(), now, now.Add(2*time.Minute), limit)
	must(t, err)
	return all
}

type alertLine struct {
	State   string  `db:"state"`
	Tries   int     `db:"tries"`
	Next    stamp   `db:"next_at"`
	Done    stamp   `db:"done_at"`
	Problem string  `db:"problem"`
	Reached *string `db:"reached"`
}

func outbox(t testing.TB, s *Store, id ids.Alert) (l alertLine) {
	t.Helper()
	must(t, s.look(context.Background(), func(t *tx) error {
		return t.get(&l, `SELECT state, tries, next_at, done_at, problem, reached FROM alert WHERE id = ?`, id)
	}))
	return l
}

func TestAlertsAreClaimedWhenDueAndOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		now := accesstest.Now()
		_, alerts := roster(t, s, 2)
		before := entries(t, s)
		if got := claim(t, s, now.Add(-time.Millisecond), 9); len(got) != 0 || entries(t, s) != before {
			t.Errorf("early: %v, %d entries", got, entries(t, s)-before)
		}
		got := claim(t, s, now, 9)
		want := []notice.Alert{{ID: alerts[0].ID, To: alerts[0].To, Key: "alert.red", Try: 1}}
		if !reflect.DeepEqual(got, want) || entries(t, s) != before+1 {
			t.Fatalf("due: %+v, want %+v", got, want)
		}
		if again := claim(t, s, now, 9); len(again) != 0 {
			t.Errorf("claimed twice: %+v", again)
		}
		// The program that claimed it died: after the lease another one gets it.
		if early := claim(t, s, now.Add(2*time.Minute-time.Millisecond), 9); len(early) != 0 {
			t.Errorf("before the lease ended: %+v", early)
		}
		second := claim(t, s, now.Add(2*time.Minute), 9)
		if len(second) != 1 || second[0].ID != alerts[0].ID || second[0].Try != 2 {
			t.Fatalf("after the lease: %+v", second)
		}
		ctx := context.Background()
		for i, a := range []notice.Alert{got[0], second[0]} {
			if waits, err := s.AlertWaits(ctx, a); err != nil || waits != (i == 1) {
				t.Errorf("claim %d holds: %v, %v", i+1, waits, err)
			}
		}
		// The first was only slow: its word no longer counts.
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: got[0], State: notice.Failed, At: now, Problem: "x"}}))
		if l := outbox(t, s, alerts[0].ID); l.State != "WAITING" || l.Problem != "" {
			t.Errorf("a lost claim settled: %+v", l)
		}
		holds(t, s)
	})
}

func TestAlertsOfSeveralPrograms(t *testing.T) {
	engine.Each(t, func(t *testing.T, address string) {
		first := open(t, address)
		programs := []*Store{first, open(t, address), open(t, address)}
		const n = 60
		for range n {
			roster(t, first, 1)
		}
		var mu sync.Mutex
		seen := map[ids.Alert]int{}
		var all sync.WaitGroup
		for _, s := range programs {
			for range 2 {
				all.Go(func() {
					for {
						got, err := s.ClaimAlerts(context.Background(), entry(), accesstest.Now(), accesstest.Now().Add(time.Minute), 4)
						if err != nil {
							t.Error(err)
							return
						}
						if len(got) == 0 {
							return
						}
						mu.Lock()
						for _, a := range got {
							seen[a.ID]++
						}
						mu.Unlock()
					}
				})
			}
		}
		all.Wait()
		for id, times := range seen {
			if times != 1 {
				t.Errorf("%s was claimed %d times", id, times)
			}
		}
		// A look may miss what others are still choosing; nothing is lost.
		for {
			rest := claim(t, first, accesstest.Now(), 16)
			if len(rest) == 0 {
				break
			}
			for _, a := range rest {
				seen[a.ID]++
			}
		}
		if len(seen) != n {
			t.Errorf("%d of %d were claimed", len(seen), n)
		}
	})
}

func TestAlertsAreSettled(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now := context.Background(), accesstest.Now()
		_, alerts := roster(t, s, 1)
		a := claim(t, s, now, 9)[0]
		later := now.Add(30 * time.Second)
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: a, State: notice.Waiting, At: now, Next: later, Problem: "mail.away", Reached: []string{"sms1"}}}))
		if l := outbox(t, s, a.ID); l.State != "WAITING" || !l.Next.Equal(later) || !l.Done.IsZero() || l.Problem != "mail.away" {
			t.Errorf("to be tried again: %+v", l)
		}
		b := claim(t, s, later, 9)[0]
		if b.ID != alerts[0].ID || b.Try != 2 || !slices.Equal(b.Reached, []string{"sms1"}) {
			t.Errorf("the second claim: %+v", b)
		}
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: b, State: notice.Sent, At: later, Reached: []string{"sms1", "mail1"}}}))
		if l := outbox(t, s, a.ID); l.State != "SENT" || !l.Done.Equal(later) || *l.Reached != "sms1 mail1" {
			t.Errorf("sent: %+v", l)
		}
		if got := claim(t, s, now.Add(48*time.Hour), 9); len(got) != 0 {
			t.Errorf("sent, and claimed: %+v", got)
		}
		holds(t, s)
	})
}

func TestHushedAlertsStaySilent(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now := context.Background(), accesstest.Now()
		about, alerts := roster(t, s, 2)
		a := claim(t, s, now, 9)[0]
		must(t, s.SaveProtection(ctx, entry(), protection.Change{Hush: []ids.UUID{about}}))
		if waits, err := s.AlertWaits(ctx, a); err != nil || waits {
			t.Errorf("hushed after the claim, and still waits: %v", err)
		}
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: a, State: notice.Failed, At: now, Problem: "x"}}))
		for _, one := range alerts {
			if l := outbox(t, s, one.ID); l.State != "HUSHED" {
				t.Errorf("rank %d: %+v", one.Rank, l)
			}
		}
		if got := claim(t, s, now.Add(time.Hour), 9); len(got) != 0 {
			t.Errorf("hushed, and claimed: %+v", got)
		}
	})
}

func TestTheNextIsCalledWhenNobodyWasReached(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now := context.Background(), accesstest.Now()
		_, alerts := roster(t, s, 3)
		_, others := roster(t, s, 2)
		all := claim(t, s, now, 9)
		i := slices.IndexFunc(all, func(a notice.Alert) bool { return a.ID == alerts[0].ID })
		j := 1 - i
		done := now.Add(4 * time.Second)
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: all[i], State: notice.Failed, At: done, Problem: "channel.none"},
			{Alert: all[j], State: notice.Sent, At: done}}))
		for n, want := range map[ids.Alert]time.Time{alerts[1].ID: done, alerts[2].ID: done.Add(15 * time.Minute), others[1].ID: now.Add(15 * time.Minute)} {
			if l := outbox(t, s, n); !l.Next.Equal(want) || l.State != "WAITING" {
				t.Errorf("next at %v, want %v (%s)", l.Next, want, l.State)
			}
		}
		if lines, err := s.ToldAlerts(ctx, alerts[1].To, done, notice.Mark{}, 9); err != nil || len(lines) != 1 || !lines[0].At.Equal(done) {
			t.Errorf("told when called: %+v, %v", lines, err)
		}
		got := claim(t, s, done, 9)
		if len(got) != 1 || got[0].ID != alerts[1].ID {
			t.Errorf("who is called without waiting: %+v", got)
		}
		// What is late already stays first: nothing is put off.
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: got[0], State: notice.Failed, At: now.Add(time.Hour), Problem: "channel.none"}}))
		if l := outbox(t, s, alerts[2].ID); !l.Next.Equal(done.Add(15 * time.Minute)) {
			t.Errorf("the last was put off to %v", l.Next)
		}
	})
}

func TestStandingCountsWithoutNumbers(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now := context.Background(), accesstest.Now()
		for range 4 {
			roster(t, s, 1)
		}
		_, ahead := roster(t, s, 3) // two of them not yet due
		all := claim(t, s, now, 4)
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{{Alert: all[0], State: notice.Failed, At: now, Problem: "channel.none"},
			{Alert: all[1], State: notice.Failed, At: now.Add(time.Minute), Problem: "channel.none"},
			{Alert: all[2], State: notice.Sent, At: now, Problem: "sms.off", Reached: []string{"mail1"}}, {Alert: all[3], State: notice.Sent, At: now}}))
		got, err := s.AlertStanding(ctx, now.Add(5*time.Minute), now.Add(-time.Hour))
		must(t, err)
		want := notice.Standing{Waiting: 2, Late: 1, Failures: []notice.Failure{{Problem: "channel.none", Count: 2, Last: now.Add(time.Minute)},
			{Problem: "sms.off", Partly: true, Count: 1, Last: now}}}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("standing %+v, want %+v", got, want)
		}
		later, err := s.AlertStanding(ctx, now, now.Add(time.Hour))
		if err != nil || len(later.Failures) != 0 {
			t.Errorf("since later: %+v, %v", later, err)
		}
		must(t, s.SweepAlerts(ctx, entry(), now.Add(30*time.Second)))
		if n := count(t, s, `SELECT COUNT(*) FROM alert`); n != 4 {
			t.Errorf("%d alerts after the sweep, want the one that ended later and the %d that wait", n, len(ahead))
		}
		before := entries(t, s)
		must(t, s.SweepAlerts(ctx, entry(), now.Add(30*time.Second)))
		if entries(t, s) != before {
			t.Error("a sweep of nothing left an entry")
		}
		holds(t, s)
	})
}

func TestAlertsNeedAnEntry(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now := context.Background(), accesstest.Now()
		roster(t, s, 1)
		none := entry().With("reason", "a sentence spoils it")
		_, err := s.ClaimAlerts(ctx, none, now, now.Add(time.Minute), 9)
		for name, err := range map[string]error{"claim": err, "settle": s.SettleAlerts(ctx, none, nil), "sweep": s.SweepAlerts(ctx, none, now)} {
			if !fault.Is(err, fault.Internal) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestAlertsAreFoundByAnIndex reads the plans. PostgreSQL rightly scans a small
// table: it is told not to, and then scans only where no index helps.
func TestAlertsAreFoundByAnIndex(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		explain := map[string]string{"sqlite": "EXPLAIN QUERY PLAN ", "postgres": "EXPLAIN "}[s.dialect.name]
		for _, query := range []string{
			`SELECT id FROM alert WHERE state = 'WAITING' AND next_at <= 'x' ORDER BY next_at, id LIMIT 16`,
			`SELECT id FROM alert WHERE about = 'x' AND state = 'WAITING' AND key = 'k' AND rank > 1 AND tries = 0`,
			`SELECT COUNT(*) FROM alert WHERE state = 'WAITING' AND at <= 'x'`,
			`SELECT state, problem FROM alert WHERE state IN ('FAILED', 'SENT') AND next_at >= 'x' AND problem <> ''`,
			`SELECT a.id FROM alert a WHERE a.to_account = 'x' AND a.state <> 'HUSHED' AND a.at <= 'x' AND (a.at < 'x' OR a.id < 'y') ORDER BY a.at DESC, a.id DESC LIMIT 20`,
			`SELECT a.id FROM alert a WHERE a.to_account = 'x' AND a.state <> 'HUSHED' AND a.at <= 'x'
				AND a.at > COALESCE((SELECT until_at FROM alert_seen WHERE account = 'x'), '') LIMIT 99`,
			`SELECT id FROM alert WHERE state = 'WAITING' AND next_at > 'x' AND tries > 0 ORDER BY next_at, id LIMIT 500`,
			`SELECT id FROM alert WHERE state = 'FAILED' AND next_at >= 'x' AND answered_at IS NULL ORDER BY next_at, id LIMIT 500`,
			`DELETE FROM alert WHERE state IN ('SENT', 'FAILED', 'HUSHED') AND next_at < 'x'`,
		} {
			var plan []string
			must(t, s.engine.upkeep(context.Background(), func(t *tx) error {
				plan = nil
				if s.dialect.name == "postgres" {
					if _, err := t.q.ExecContext(t.run, `SET LOCAL enable_seqscan = off`); err != nil {
						return err
					}
				}
				return t.each(explain+query, nil, func(rows *sqlx.Rows) error {
					cells, err := rows.SliceScan()
					plan = append(plan, fmt.Sprintf("%s", cells[len(cells)-1]))
					return err
				})
			}))
			text := strings.Join(plan, "\n")
			if len(plan) == 0 || strings.Contains(text, "SCAN alert") || strings.Contains(text, "Seq Scan") || strings.Contains(text, "TEMP B-TREE") {
				t.Errorf("%s\n%s", query, text)
			}
		}
	})
}

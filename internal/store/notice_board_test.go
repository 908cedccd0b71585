package store

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
	"inkingi/protection"
)

// ring puts one alert into the outbox.
func ring(t testing.TB, s *Store, to ids.Account, about ids.UUID, key string, at time.Time) ids.Alert {
	t.Helper()
	a := protection.Alert{ID: ids.New[ids.Alert](), To: to, Key: key, About: about, At: at, Rank: 1}
	must(t, s.SaveProtection(context.Background(), entry(), protection.Change{Alerts: []protection.Alert{a}}))
	return a.ID
}

func TestReadersAreToldTheirOwn(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now, me, other := context.Background(), accesstest.Now(), ids.New[ids.Account](), ids.New[ids.Account]()
		hushed := ids.New[ids.Signal]().UUID
		var mine []ids.Alert
		for i := range 5 { // two of them at one moment
			mine = append(mine, ring(t, s, me, ids.New[ids.Case]().UUID, "alert.assigned", now.Add(time.Duration(max(i, 1))*time.Minute)))
		}
		ring(t, s, other, ids.New[ids.Case]().UUID, "alert.answer", now)
		ring(t, s, me, hushed, "alert.red", now)
		must(t, s.SaveProtection(ctx, entry(), protection.Change{Hush: []ids.UUID{hushed}}))

		read := func(at time.Time, limit int) (all []notice.Line) {
			var after notice.Mark
			for {
				lines, err := s.ToldAlerts(ctx, me, at, after, limit)
				must(t, err)
				all = append(all, lines...)
				if len(lines) < limit {
					return all
				}
				after = notice.Mark{At: lines[limit-1].At, ID: lines[limit-1].ID}
			}
		}
		count := func(at time.Time, limit int) int {
			n, err := s.UnseenAlerts(ctx, me, at, limit)
			must(t, err)
			return n
		}
		for limit := 1; limit < 7; limit++ {
			seen := map[ids.Alert]bool{}
			all := read(now.Add(time.Hour), limit)
			for i, l := range all {
				seen[l.ID] = true
				if !l.New || l.State != notice.Waiting || i > 0 && l.At.After(all[i-1].At) {
					t.Errorf("line %d of %d: %+v", i, limit, l)
				}
			}
			if len(all) != 5 || len(seen) != 5 || !seen[mine[0]] {
				t.Errorf("%d a page: %d lines, %d alerts", limit, len(all), len(seen))
			}
		}
		// What is not due yet is not told: a roster is alerted one after the other.
		if all, n := read(now.Add(2*time.Minute), 9), count(now.Add(2*time.Minute), 9); len(all) != 3 || n != 3 {
			t.Errorf("in time: %d lines, %d unseen", len(all), n)
		}
		if n := count(now.Add(time.Hour), 4); n != 4 {
			t.Errorf("of more than 4: %d", n)
		}
		before := entries(t, s)
		must(t, s.SeeAlerts(ctx, entry(), me, now.Add(2*time.Minute)))
		must(t, s.SeeAlerts(ctx, entry(), me, now.Add(time.Minute))) // an older page: nothing is unseen again
		if n := entries(t, s) - before; n != 1 {
			t.Errorf("%d entries", n)
		}
		if n := count(now.Add(time.Hour), 9); n != 2 {
			t.Errorf("%d unseen after seeing three", n)
		}
		for i, l := range read(now.Add(time.Hour), 9) {
			if l.New != (i < 2) {
				t.Errorf("line %d: new %v", i, l.New)
			}
		}
		must(t, s.SeeAlerts(ctx, entry(), me, now.Add(time.Hour)))
		if n := count(now.Add(time.Hour), 9); n != 0 {
			t.Errorf("%d unseen after all", n)
		}
		holds(t, s)
	})
}

func TestResendTriesAgainWhatMayStillMatter(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		ctx, now, me := context.Background(), accesstest.Now(), ids.New[ids.Account]()
		about := func() ids.UUID { return ids.New[ids.Case]().UUID }
		answered := about()
		const failed, old, answer, waits, leased, sent, ahead = 0, 1, 2, 3, 4, 5, 6
		var all []ids.Alert
		for i := range 7 {
			record, at := about(), now.Add(-time.Hour)
			switch i {
			case answer:
				record = answered
			case ahead:
				at = now.Add(time.Hour)
			}
			all = append(all, ring(t, s, me, record, "alert.red", at))
		}
		byID := map[ids.Alert]notice.Alert{}
		for _, a := range claim(t, s, now, 9) {
			byID[a.ID] = a
		}
		end := func(i int, state notice.State, at, next time.Time) notice.Outcome {
			return notice.Outcome{Alert: byID[all[i]], State: state, At: at, Next: next, Problem: "sms.denied"}
		}
		must(t, s.SettleAlerts(ctx, entry(), []notice.Outcome{end(failed, notice.Failed, now, time.Time{}), end(old, notice.Failed, now.Add(-25*time.Hour), time.Time{}),
			end(answer, notice.Failed, now, time.Time{}), end(waits, notice.Waiting, now, now.Add(6*time.Hour)), end(sent, notice.Sent, now, time.Time{})}))
		must(t, s.SaveProtection(ctx, entry(), protection.Change{Hush: []ids.UUID{answered}}))
		later := now.Add(time.Minute)
		resend := func() int {
			n, err := s.ResendAlerts(ctx, entry(), later, later.Add(2*time.Minute), later.Add(-24*time.Hour), 9)
			must(t, err)
			return n
		}
		before := entries(t, s)
		if n := resend(); n != 2 || entries(t, s) != before+1 {
			t.Errorf("%d alerts, %d entries", n, entries(t, s)-before)
		}
		if n := resend(); n != 0 || entries(t, s) != before+1 {
			t.Errorf("again at once: %d alerts, %d entries", n, entries(t, s)-before)
		}
		got := map[ids.Alert]int{}
		for _, a := range claim(t, s, later, 9) {
			got[a.ID] = a.Try
		}
		if len(got) != 2 || got[all[failed]] != 1 || got[all[waits]] != 1 {
			t.Errorf("due: %v", got)
		}
		for i, want := range map[int]string{old: "FAILED", answer: "FAILED", leased: "WAITING", sent: "SENT", ahead: "WAITING"} {
			if l := outbox(t, s, all[i]); l.State != want {
				t.Errorf("alert %d: %+v", i, l)
			}
		}
		if l := outbox(t, s, all[leased]); l.Tries != 1 || !l.Next.Equal(now.Add(2*time.Minute)) {
			t.Errorf("what is being sent: %+v", l)
		}
		holds(t, s)
	})
}

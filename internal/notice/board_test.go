package notice_test

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
)

// shelf is the records of a board in memory; what engines do is proved in store.
type shelf struct {
	*tray
	lines  []notice.Line
	to     ids.Account
	until  time.Time
	beyond time.Duration
	since  time.Duration
}

func (s *shelf) ToldAlerts(_ context.Context, to ids.Account, _ time.Time, _ notice.Mark, limit int) ([]notice.Line, error) {
	s.to = to
	return s.lines[:min(limit, len(s.lines))], nil
}

func (s *shelf) UnseenAlerts(_ context.Context, to ids.Account, _ time.Time, limit int) (int, error) {
	s.to = to
	return min(limit, len(s.lines)), nil
}

func (s *shelf) SeeAlerts(_ context.Context, e audit.Entry, to ids.Account, until time.Time) error {
	s.entries, s.to, s.until = append(s.entries, e), to, until
	return nil
}

func (s *shelf) ResendAlerts(_ context.Context, e audit.Entry, now, beyond, since time.Time, _ int) (int, error) {
	s.entries, s.beyond, s.since = append(s.entries, e), beyond.Sub(now), now.Sub(since)
	return 7, nil
}

func newBoard(t *testing.T, lines int) (*notice.Board, *shelf) {
	s := &shelf{tray: &tray{}, lines: make([]notice.Line, lines)}
	return &notice.Board{Records: s, Policy: accesstest.Policy(t), Now: accesstest.Now}, s
}

// everyRole asks as everybody, the program and a visitor included.
func everyRole(t *testing.T, fn func(t *testing.T, role access.Role, w access.Who)) {
	for _, role := range access.Roles() {
		w := access.Who{Post: access.Post{Role: role}}
		switch {
		case role == access.Program:
			w = access.Itself()
		case role.Held():
			w = accesstest.Somebody(role, ids.New[ids.Org]())
		}
		t.Run(string(role), func(t *testing.T) { fn(t, role, w) })
	}
}

func TestTheOutboxIsForWhoRunsTheProgram(t *testing.T) {
	everyRole(t, func(t *testing.T, role access.Role, w access.Who) {
		b, s := newBoard(t, 0)
		got, err := b.Standing(t.Context(), w)
		may := role == access.Administrator || role == access.Program
		if may != (err == nil) || may != (got.Waiting == 30*24) {
			t.Errorf("standing: %v, %v", got, err)
		}
		n, again := b.Resend(t.Context(), w)
		if may != (again == nil) || may != (n == 7) {
			t.Errorf("resend: %d, %v", n, again)
		}
		if may && (s.beyond < time.Minute || s.since != 24*time.Hour || s.entries[0].Line().Action != access.SystemResend) {
			t.Errorf("beyond %v, since %v, %+v", s.beyond, s.since, s.entries)
		}
		if !may && (len(s.entries) != 2 || s.entries[0].Line().Refusal == "" || s.entries[1].Line().Refusal == "") {
			t.Errorf("two refusals left %d entries", len(s.entries))
		}
	})
}

func TestEverybodySeesTheirOwn(t *testing.T) {
	everyRole(t, func(t *testing.T, role access.Role, w access.Who) {
		b, s := newBoard(t, 3)
		lines, more, err := b.Told(t.Context(), w, notice.Mark{}, 2)
		if !role.Held() {
			if err == nil || b.See(t.Context(), w, b.Now()) == nil {
				t.Error("somebody without a post has notices")
			}
			return
		}
		if err != nil || len(lines) != 2 || !more || s.to != w.Account {
			t.Fatalf("%d lines, more %v, of %v: %v", len(lines), more, s.to, err)
		}
		if lines, more, err = b.Told(t.Context(), w, notice.Mark{}, 3); err != nil || len(lines) != 3 || more {
			t.Errorf("%d lines, more %v: %v", len(lines), more, err)
		}
		if n, err := b.Unseen(t.Context(), w); n != 3 || err != nil {
			t.Errorf("unseen %d, %v", n, err)
		}
		// What comes after this moment stays new.
		must(t, b.See(t.Context(), w, b.Now().Add(time.Hour)))
		if !s.until.Equal(b.Now()) || s.to != w.Account || s.entries[0].Line().Action != access.SessionSeen {
			t.Errorf("seen until %v: %+v", s.until, s.entries)
		}
		must(t, b.See(t.Context(), w, b.Now().Add(-time.Hour)))
		if !s.until.Equal(b.Now().Add(-time.Hour)) {
			t.Errorf("seen until %v", s.until)
		}
	})
}

func TestAVisitorHasNoNumber(t *testing.T) {
	b, s := newBoard(t, 3)
	if n, err := b.Unseen(t.Context(), access.Visitor()); n != 0 || err != nil || !s.to.IsZero() {
		t.Errorf("%d, %v", n, err)
	}
	if _, _, err := b.Told(t.Context(), access.Visitor(), notice.Mark{}, 9); !fault.Is(err, fault.Denied) {
		t.Errorf("told: %v", err)
	}
}

package notice

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Line is an alert as its reader finds it in the program. It says no more than
// the message did; About is for a link, and whether the reader may follow it is
// decided again.
type Line struct {
	ID      ids.Alert
	Key     string
	At      time.Time // when it was to be sent
	State   State
	Problem string // of one that failed, or was sent in part
	New     bool   // not seen yet
	About   ids.UUID
	Kind    access.Kind // of About; "" when no page shows one alone
}

// Mark is where a page of lines ended; the zero Mark is the beginning.
type Mark struct {
	At time.Time
	ID ids.Alert
}

// Records is what the [Board] asks of the store. All is bounded by limit.
type Records interface {
	// ToldAlerts lists what somebody was alerted of until now, newest first.
	ToldAlerts(ctx context.Context, to ids.Account, now time.Time, after Mark, limit int) ([]Line, error)
	// UnseenAlerts counts those not seen yet, up to limit.
	UnseenAlerts(ctx context.Context, to ids.Account, now time.Time, limit int) (int, error)
	// SeeAlerts notes that somebody has seen all until a moment; an earlier moment
	// than before changes nothing and is not kept.
	SeeAlerts(ctx context.Context, e audit.Entry, to ids.Account, until time.Time) error
	// AlertStanding counts what waits, what is late and what failed since a moment.
	AlertStanding(ctx context.Context, now, since time.Time) (Standing, error)
	// ResendAlerts makes due at once what waits for its next try beyond a moment,
	// and what failed since another and nobody has answered. It says how many.
	ResendAlerts(ctx context.Context, e audit.Entry, now, beyond, since time.Time, limit int) (int, error)
	// Note keeps the entry of a refusal.
	Note(ctx context.Context, e audit.Entry) error
}

// Board shows a reader what alerted them, and whoever runs the program how the
// outbox stands. All is needed.
type Board struct {
	Records Records
	Policy  Decider
	Now     func() time.Time
}

const (
	window  = 30 * 24 * time.Hour // how far Standing looks back
	again24 = 24 * time.Hour      // an older alert is no news: it is not sent again [J: as long as tries last]
	heap    = 500                 // how many one Resend takes [J]

	// Crowd is the greatest number [Board.Unseen] gives.
	Crowd = 99
)

func (b *Board) now() time.Time { return b.Now().UTC().Truncate(time.Millisecond) }

// decide asks for the reader's own alerts or for the outbox. A refusal leaves
// its entry.
func (b *Board) decide(ctx context.Context, w access.Who, a access.Action, now time.Time) (access.Grant, error) {
	o := access.Object{Kind: access.System, Zone: access.ZoneOf(access.System)}
	if info, _ := access.About(a); info.Kind == access.SessionKind {
		o = access.Object{Kind: access.SessionKind, ID: w.Account.UUID, Subject: w.Account.UUID, By: w.Account, Owner: w.Post.Org}
	}
	g, err := b.Policy.Decide(w, a, o, access.ForOperation, now)
	if err == nil {
		return g, nil
	}
	if e := audit.Refused(w, a, o, access.ForOperation, fault.Of(err).Kind, now); e.Valid() {
		if lost := b.Records.Note(ctx, e); lost != nil {
			return access.Grant{}, lost
		}
	}
	return access.Grant{}, access.Hidden(err)
}

// Told lists what alerted the reader, newest first, with whether there is more.
func (b *Board) Told(ctx context.Context, w access.Who, after Mark, limit int) (lines []Line, more bool, err error) {
	now := b.now()
	if _, err := b.decide(ctx, w, access.SessionNotices, now); err != nil {
		return nil, false, err
	}
	lines, err = b.Records.ToldAlerts(ctx, w.Account, now, after, limit+1)
	if len(lines) > limit {
		lines, more = lines[:limit], true
	}
	return lines, more, err
}

// Unseen counts what the reader has not seen yet, up to [Crowd]. It stands in
// the menu of every page; who has no alerts of their own has none.
func (b *Board) Unseen(ctx context.Context, w access.Who) (int, error) {
	if w.Account.IsZero() {
		return 0, nil
	}
	return b.Records.UnseenAlerts(ctx, w.Account, b.now(), Crowd)
}

// See notes that the reader has seen all until a moment, not later than now:
// what came since they looked stays new.
func (b *Board) See(ctx context.Context, w access.Who, until time.Time) error {
	now := b.now()
	g, err := b.decide(ctx, w, access.SessionSeen, now)
	if err != nil {
		return err
	}
	if until.After(now) {
		until = now
	}
	return b.Records.SeeAlerts(ctx, audit.Of(g, now), w.Account, until)
}

// Standing shows whoever runs the program what waits and what failed in the
// last 30 days: counts and codes, nobody's address and no record.
func (b *Board) Standing(ctx context.Context, w access.Who) (Standing, error) {
	now := b.now()
	if _, err := b.decide(ctx, w, access.SystemOutbox, now); err != nil {
		return Standing{}, err
	}
	return b.Records.AlertStanding(ctx, now, now.Add(-window))
}

// Resend tries again at once, after what was wrong is mended: what waits for its
// next try, and what failed within a day and nobody is on yet. It says how many
// there are; what is being sent at this moment is left alone.
func (b *Board) Resend(ctx context.Context, w access.Who) (int, error) {
	now := b.now()
	g, err := b.decide(ctx, w, access.SystemResend, now)
	if err != nil {
		return 0, err
	}
	return b.Records.ResendAlerts(ctx, audit.Of(g, now), now, now.Add(lease), now.Add(-again24), heap)
}

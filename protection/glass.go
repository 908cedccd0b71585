package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// GlassState is where an emergency opening stands.
type GlassState string

// The states of an emergency opening. One that is open is over when its hour is.
const (
	GlassAsked   GlassState = "ASKED"
	GlassOpen    GlassState = "OPEN"
	GlassRefused GlassState = "REFUSED"
	GlassEnded   GlassState = "ENDED" // by either of the two, before its time
)

// GlassStates lists them.
var GlassStates = [...]GlassState{GlassAsked, GlassOpen, GlassRefused, GlassEnded}

// glassHour is how long a case that two persons opened may be read (PROCESS.md §5).
const glassHour = time.Hour

// Glass is a case that somebody without a right to it asks to read, by its code,
// because a life hangs on it (break-glass, PROCESS.md §5). A second person opens it:
// for an hour, to be read and no more. Of a code that no case has the asker is told
// nothing else than of one that has.
type Glass struct {
	ID      ids.Glass
	Version int
	Code    ids.Code
	Case    ids.Case // none when no case has the code
	Owner   ids.Org  // of the case
	Org     ids.Org  // of who asks
	Role    access.Role
	State   GlassState
	Reason  string // code list "glass_reason"
	By      ids.Account
	At      time.Time
	Until   time.Time // of the hour

	AnsweredBy ids.Account
	AnsweredAt time.Time
	EndedBy    ids.Account
	EndedAt    time.Time
}

// Opens says whether it lets its asker read at a moment.
func (x Glass) Opens(at time.Time) bool { return x.State == GlassOpen && at.Before(x.Until) }

// AskGlass asks to read a case.
type AskGlass struct {
	ID     ids.Glass
	Code   string
	Reason string
}

// Check finds what the person can correct.
func (c AskGlass) Check(r *Rules) error {
	_, wrong := ids.ParseCode(c.Code)
	if wrong != nil {
		wrong = fault.Field("code", "fault.readers.code")
	}
	return fault.Join(wrong, r.need("reason", "glass_reason", c.Reason))
}

// A worker asks three times in a day at most [J]: codes are not to be guessed.
const (
	glassAsks = 3
	glassDays = 24 * time.Hour
)

// AskGlass keeps the question, and tells data protection and who leads the house
// that owns the case. Nothing is opened yet.
func (d *Desk) AskGlass(ctx context.Context, w access.Who, c AskGlass) error {
	g, err := d.mayAll(ctx, w, access.GlassAsk, access.Object{Kind: access.GlassKind, Owner: w.Post.Org, By: w.Account}, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	code, _ := ids.ParseCode(c.Code)
	now := d.Now()
	asked, err := d.Store.GlassesBy(ctx, g, now.Add(-glassDays))
	if err != nil {
		return err
	}
	for _, x := range asked {
		if x == c.ID {
			return nil // the same request, again
		}
	}
	if len(asked) >= glassAsks {
		return fault.Field("code", "fault.glass.often")
	}
	one, owner, err := d.Store.GlassCase(ctx, g, code)
	if err != nil {
		return err
	}
	x := Glass{ID: c.ID, Code: code, Case: one, Owner: owner, Org: w.Post.Org, Role: w.Post.Role, State: GlassAsked, Reason: c.Reason, By: w.Account, At: now}
	change := Change{Glasses: []Glass{x}}
	if change.Alerts, err = d.tellGlass(ctx, x, w.Account, ids.Account{}); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.GlassKind, x.ID.UUID), change)
}

// tellGlass rings data protection, who leads the house that owns the case, and who
// holds it.
func (d *Desk) tellGlass(ctx context.Context, x Glass, but, holder ids.Account) ([]Alert, error) {
	officers, err := d.Store.Officers(ctx, d.Now())
	if err != nil {
		return nil, err
	}
	if !x.Owner.IsZero() {
		leads, err := d.Store.Leads(ctx, x.Owner, d.Now())
		if err != nil {
			return nil, err
		}
		officers = append(officers, leads...)
	}
	var all []Alert
	seen := map[ids.Account]bool{but: true}
	for _, to := range append(officers, holder) {
		if !seen[to] {
			seen[to] = true
			all = append(all, d.tell(to, "alert.red", x.ID.UUID)...)
		}
	}
	return all, nil
}

// AnswerGlass is what the second person says, or an end before the hour is over.
type AnswerGlass struct {
	Glass   ids.Glass
	Version int
}

// GrantGlass opens the case to its asker for an hour. Data protection, who leads the
// house and who holds the case are told at once, and it stands in her timeline.
func (d *Desk) GrantGlass(ctx context.Context, w access.Who, c AnswerGlass) error {
	g, x, err := d.glass(ctx, w, access.GlassGrant, c.Glass)
	if err != nil {
		return err
	}
	if x.State == GlassOpen && x.AnsweredBy == w.Account {
		return nil
	}
	now := d.Now()
	x.Version = c.Version
	if x, err = x.grant(w.Account, now); err != nil {
		return err
	}
	holder, err := d.Store.GlassHolder(ctx, g, x.Case)
	if err != nil {
		return err
	}
	change := Change{Glasses: []Glass{x}, Events: []Event{d.event(g, x.Case, "glass_opened", x.Reason)}}
	if change.Alerts, err = d.tellGlass(ctx, x, w.Account, holder); err != nil {
		return err
	}
	change.Alerts = append(change.Alerts, d.tell(x.By, "alert.answer", x.ID.UUID)...)
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)).With("reason", x.Reason), change)
}

// EndGlass refuses what waits, or ends what is open before its time.
func (d *Desk) EndGlass(ctx context.Context, w access.Who, c AnswerGlass) error {
	g, x, err := d.glass(ctx, w, access.GlassEnd, c.Glass)
	if err != nil {
		return err
	}
	if x.EndedBy == w.Account && !x.EndedAt.IsZero() {
		return nil
	}
	now, was := d.Now(), x.State
	x.Version = c.Version
	if x, err = x.end(w.Account, now); err != nil {
		return err
	}
	change := Change{Glasses: []Glass{x}}
	if was == GlassOpen {
		change.Events = []Event{d.event(g, x.Case, "glass_ended", "")}
	}
	if x.By != w.Account {
		change.Alerts = d.tell(x.By, "alert.answer", x.ID.UUID)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("state", string(x.State)), change)
}

// grant is the pure part: never who asked, and only what waits.
func (x Glass) grant(by ids.Account, at time.Time) (Glass, error) {
	switch {
	case x.State != GlassAsked:
		return x, notNow()
	case x.By == by:
		return x, fault.New(fault.Denied, "fault.glass.self")
	case x.Case.IsZero():
		return x, fault.New(fault.Invalid, "fault.glass.code")
	}
	x.State, x.AnsweredBy, x.AnsweredAt, x.Until = GlassOpen, by, at, at.Add(glassHour)
	return x, nil
}

func (x Glass) end(by ids.Account, at time.Time) (Glass, error) {
	switch {
	case x.State == GlassAsked && x.By != by:
		x.State = GlassRefused
	case x.State == GlassAsked, x.Opens(at):
		x.State = GlassEnded
	default:
		return x, notNow()
	}
	x.EndedBy, x.EndedAt = by, at
	return x, nil
}

func (d *Desk) glass(ctx context.Context, w access.Who, a access.Action, id ids.Glass) (access.Grant, Glass, error) {
	g, err := d.may(ctx, w, a, access.GlassKind, id.UUID, access.ForOversight)
	if err != nil {
		return g, Glass{}, err
	}
	x, err := d.Store.Glass(ctx, g, id)
	return g, x, err
}

// Glasses lists one's own, and those that one may answer: what waits or is open first.
func (d *Desk) Glasses(ctx context.Context, w access.Who) ([]Glass, error) {
	g, err := d.mayAll(ctx, w, access.GlassList, access.Object{Kind: access.GlassKind}, access.ForOversight)
	if err != nil {
		return nil, err
	}
	return d.Store.Glasses(ctx, g)
}

// Opened lists when a case was opened by two, for her to be told.
func (d *Desk) Opened(ctx context.Context, w access.Who, id ids.Case) ([]Glass, error) {
	g, err := d.may(ctx, w, access.CaseReaders, access.CaseKind, id.UUID, access.ForProtection)
	if err != nil {
		return nil, err
	}
	return d.Store.CaseGlasses(ctx, g, id)
}

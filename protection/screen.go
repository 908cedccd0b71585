package protection

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Begin opens a screening: privacy first (A3).
type Begin struct {
	ID          ids.Screening
	Case        ids.Case
	Version     int // of the case
	Private     Answer
	Apart       Answer
	Interpreter string
	Language    string
	Again       string // why she is heard once more, code list "heard_again"
}

// Check refuses to begin where it is not safe to talk.
func (c Begin) Check(r *Rules) error {
	return fault.Join(
		mustBe("private", c.Private, "fault.screening.private"),
		mustBe("apart", c.Apart, "fault.screening.apart"),
		r.need("interpreter", "interpreter", c.Interpreter),
		notThe("interpreter", c.Interpreter, "COMPANION", "fault.screening.companion"),
		r.code("language", "language", c.Language), r.code("again", "heard_again", c.Again))
}

func mustBe(field string, a Answer, key string) error {
	if err := answered(field, a); err != nil {
		return err
	}
	if a != Yes {
		return fault.Field(field, key)
	}
	return nil
}

func notThe(field, value, bad, key string) error {
	if value == bad {
		return fault.Field(field, key)
	}
	return nil
}

// Begin starts the conversation and moves the case to SCREENING.
func (d *Desk) Begin(ctx context.Context, w access.Who, c Begin) error {
	g, err := d.may(ctx, w, access.ScreeningStart, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if err := d.toldBefore(ctx, g, c); err != nil {
		return err
	}
	now := d.Now()
	before := one
	one.Version = c.Version
	if one, err = one.screen(now); err != nil {
		return err
	}
	s := Screening{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, State: ScreeningOpen, Started: now,
		Private: c.Private, Apart: c.Apart, Interpreter: c.Interpreter, Language: c.Language, Again: c.Again}
	change := Change{Screenings: []Screening{s}, Events: []Event{d.event(g, one.ID, "screening_begun", "")}}
	if c.Again != "" {
		change.Events = append(change.Events, d.event(g, one.ID, "heard_again", c.Again))
	}
	spoken := one.Language == "" && c.Language != ""
	if spoken { // nobody asks her twice
		one.Language = c.Language
	}
	if one.State != before.State || spoken {
		change.Cases = []Case{one}
		change.clocks(d.Rules, before, one, now)
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.ScreeningKind, c.ID.UUID), change)
}

// toldBefore wants a reason when she was heard so often already that hearing her
// again may harm her (PROCESS.md §2.12, warning at three; §11.1 "repeated interviews").
func (d *Desk) toldBefore(ctx context.Context, g access.Grant, c Begin) error {
	talks, err := d.Store.Screenings(ctx, g, c.Case)
	if err != nil {
		return err
	}
	notes, err := d.Store.Jottings(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if n := interviews(talks, notes, c.ID); c.Again == "" && d.Rules.HeardOften(n) {
		return fault.FieldArgs("again", "fault.screening.again", map[string]any{"Count": n})
	}
	return nil
}

func (c Case) screen(at time.Time) (Case, error) {
	switch c.State {
	case InTriage:
		c.State, c.Since = InScreening, at
		return c, nil
	case InScreening, Presumed, InAssessment, Planned, InAssistance: // a second conversation
		return c, nil
	}
	return c, notNow()
}

// Listen keeps what was heard so far. It may be saved as often as she speaks;
// everything in it may stay empty.
type Listen struct {
	Screening  ids.Screening
	Version    int
	Urgent     []string
	LimitsSaid bool
	Account    string
	Heard      []string
	NotHeard   map[string]Answer
	Profile    Profile
	Exploited  Answer
	Act        Answer
	Purpose    []string
	Wants      string
}

// Check finds what the person can correct.
func (c Listen) Check(r *Rules) error {
	errs := []error{r.codes("urgent", "service", c.Urgent), r.codes("purpose", "purpose_fact", c.Purpose),
		asked("exploited", c.Exploited), asked("act", c.Act),
		short("account", c.Account, 20000), short("wants", c.Wants, 4000)}
	if c.Profile != Unsaid && c.Profile != Labour && c.Profile != Sexual {
		errs = append(errs, fault.Field("profile", "fault.code.unknown"))
	}
	for _, code := range c.Heard {
		errs = append(errs, r.indicator("heard", code))
	}
	for code, a := range c.NotHeard {
		errs = append(errs, r.indicator("heard", code), asked("heard", a))
	}
	return fault.Join(errs...)
}

func (r *Rules) indicator(field, code string) error {
	for _, i := range r.Indicators {
		if i.Code == code {
			return nil
		}
	}
	return fault.Field(field, "fault.code.unknown")
}

// Listen saves the conversation as it stands.
func (d *Desk) Listen(ctx context.Context, w access.Who, c Listen) error {
	g, s, err := d.screening(ctx, w, access.ScreeningSave, c.Screening)
	if err != nil {
		return err
	}
	if err := c.Check(d.Rules); err != nil {
		return err
	}
	s.Version = c.Version
	if s, err = s.listen(c); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Screenings: []Screening{s}})
}

func (s Screening) listen(c Listen) (Screening, error) {
	if s.State != ScreeningOpen {
		return s, notNow()
	}
	s.Urgent, s.LimitsSaid, s.Heard, s.NotHeard = c.Urgent, c.LimitsSaid, c.Heard, c.NotHeard
	s.Profile, s.Exploited, s.Act, s.Purpose = c.Profile, c.Exploited, c.Act, c.Purpose
	s.Account, s.Wants = vault.Clear(c.Account), vault.Clear(c.Wants)
	return s, nil
}

// Stop ends the conversation at any moment, without a reason.
type Stop struct {
	Screening ids.Screening
	Version   int
}

// Stop closes the screening; the case stays where it is, and so do the services.
// A decision that was being completed is again the one that came back.
func (d *Desk) Stop(ctx context.Context, w access.Who, c Stop) error {
	g, s, err := d.screening(ctx, w, access.ScreeningSave, c.Screening)
	if err != nil {
		return err
	}
	if s.State == ScreeningStopped || s.left() && s.Version > c.Version {
		return nil
	}
	s.Version = c.Version
	if s, err = s.stop(d.Now()); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, d.Now()), Change{Screenings: []Screening{s}, Events: []Event{d.event(g, s.Case, "screening_stopped", "")}})
}

func (s Screening) stop(at time.Time) (Screening, error) {
	if s.State != ScreeningOpen {
		return s, notNow()
	}
	s.State, s.Ended = ScreeningStopped, at
	if s.Verdict != NoVerdict {
		s.State = ScreeningDecided
	}
	return s, nil
}

// left says whether a decision that was taken up again was left as it stood.
func (s Screening) left() bool { return s.State == ScreeningDecided && s.Ended.After(s.DecidedAt) }

func (d *Desk) screening(ctx context.Context, w access.Who, a access.Action, id ids.Screening) (access.Grant, Screening, error) {
	g, err := d.may(ctx, w, a, access.ScreeningKind, id.UUID, access.ForProtection)
	if err != nil {
		return g, Screening{}, err
	}
	s, err := d.Store.Screening(ctx, g, id)
	return g, s, err
}

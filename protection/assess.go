package protection

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Assess keeps an assessment. The first one begins the assessment of a case
// whose services are open (PROCESS.md §2.3 A7); it closes no service and waits
// for none. Nothing of it but the level must be known: the rest fills up over
// time, in the next one.
type Assess struct {
	ID      ids.Assessment
	Case    ids.Case
	Version int // of the case
	Moment  string
	Needs   map[string]Pressing
	Led     []string
	Risks   map[string]Answer
	Own     string
	Level   Danger
	Why     string

	Signs, Places, People, Phone, Steps string // the safety plan

	Reflect Reflect // what she was told of her time to think, where nothing was said of it before (A7)
}

// wordsLimit is how long an answer in words may be, in characters.
const wordsLimit = 2000

// Check finds what the person can correct.
func (c Assess) Check(r *Rules) error {
	errs := []error{r.need("moment", "assessment_moment", c.Moment), r.codes("led", "vulnerability", c.Led)}
	for need, pressing := range c.Needs {
		errs = append(errs, r.need(pressing.field(), "service", need), pressing.check())
	}
	for factor, answer := range c.Risks {
		errs = append(errs, r.need("risks", "risk_factor", factor), asked("risks", answer))
	}
	switch c.Level {
	case Red, Orange, Green:
		if c.Level.Rank() > SuggestRisk(r.Risks, c.Risks).Rank() && strings.TrimSpace(c.Why) == "" {
			errs = append(errs, fault.FieldArgs("why", "fault.assess.lower."+string(SuggestRisk(r.Risks, c.Risks)), nil))
		}
	case Unjudged:
		errs = append(errs, fault.Field("level", "fault.choice.missing"))
	default:
		errs = append(errs, fault.Field("level", "fault.code.unknown"))
	}
	if c.Level == Red && strings.TrimSpace(c.Signs+c.Places+c.People+c.Phone+c.Steps) == "" {
		errs = append(errs, fault.Field("steps", "fault.assess.plan"))
	}
	for _, text := range []struct{ field, words string }{{"own", c.Own}, {"why", c.Why}, {"signs", c.Signs}, {"places", c.Places},
		{"people", c.People}, {"phone", c.Phone}, {"steps", c.Steps}} {
		errs = append(errs, short(text.field, text.words, wordsLimit))
	}
	if c.Reflect.To != "" {
		errs = append(errs, c.Reflect.Check(r))
	}
	return fault.Join(errs...)
}

func (p Pressing) check() error {
	switch p {
	case NoNeed, Later, Urgent:
		return nil
	}
	return fault.Field(p.field(), "fault.code.unknown")
}

// field is the list in which such a need is ticked.
func (p Pressing) field() string {
	if p == Later {
		return "later"
	}
	return "now"
}

func (c Assess) plan() SafetyPlan {
	return SafetyPlan{Signs: vault.Clear(c.Signs), Places: vault.Clear(c.Places), People: vault.Clear(c.People),
		Phone: vault.Clear(c.Phone), Steps: vault.Clear(c.Steps)}
}

// Assess keeps what was found, and how dangerous it is for her from now on.
func (d *Desk) Assess(ctx context.Context, w access.Who, c Assess) error {
	g, err := d.may(ctx, w, access.AssessmentMake, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	now, before := d.Now(), one
	one.Version = c.Version
	if one, err = one.assess(c.Level, now); err != nil {
		return err
	}
	a := Assessment{ID: c.ID, Case: one.ID, Owner: one.Owner, At: now, By: w.Account, Moment: c.Moment, Needs: c.Needs, Led: c.Led,
		Risks: c.Risks, Own: vault.Clear(c.Own), Suggestion: SuggestRisk(d.Rules.Risks, c.Risks), Level: c.Level, Why: vault.Clear(c.Why),
		Plan: c.plan(), Next: d.Rules.again(c.Level, now)}
	change := Change{Assessments: []Assessment{a}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "assessed", string(c.Level))}}
	change.clocks(d.Rules, before, one, now)
	change.found(one.ID)
	if before.State == Presumed {
		if err := d.thoughtOf(ctx, g, &change, one, c.Reflect, now); err != nil {
			return err
		}
	}
	change.Done = append(change.Done, Done{one.ID, changedDue})
	if key := ahead[a.Moment]; key != "" {
		change.Done = append(change.Done, Done{one.ID, key})
	}
	if a.Next.IsZero() {
		change.Done = append(change.Done, Done{one.ID, reassessDue})
	} else {
		change.Tasks = append(change.Tasks, Task{Case: one.ID, Key: reassessDue, From: now, Due: a.Next})
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.AssessmentKind, c.ID.UUID).With("level", string(c.Level)), change)
}

// assess begins the assessment of a case, or renews it in whatever state follows.
func (c Case) assess(level Danger, at time.Time) (Case, error) {
	if !c.standing().Served() || c.Manager.IsZero() {
		return c, notNow()
	}
	if c.State == Suspended && c.Halt.From == Presumed { // the first one is made with her
		return c, c.still()
	}
	if c.State == Presumed {
		c.State, c.Since = InAssessment, at
	}
	c.Level = level
	return c, nil
}

// again is when a danger must be looked at anew: every 30 days while it is RED
// or ORANGE, whatever else happens [J PROCESS.md §2.8].
func (r *Rules) again(level Danger, from time.Time) time.Time {
	if level == Green {
		return time.Time{}
	}
	return r.Due(reassessDue, from)
}

// RiskKey is the deadline of the answer to a danger (PROCESS.md §2.11 risk.response).
func RiskKey(d Danger) string {
	switch d {
	case Red, Unjudged:
		return "risk.response.red"
	case Orange:
		return "risk.response.orange"
	}
	return "risk.response.green"
}

// Assessment reads one.
func (d *Desk) Assessment(ctx context.Context, w access.Who, id ids.Assessment) (Assessment, access.Grant, error) {
	g, err := d.may(ctx, w, access.AssessmentRead, access.AssessmentKind, id.UUID, access.ForProtection)
	if err != nil {
		return Assessment{}, g, err
	}
	a, err := d.Store.Assessment(ctx, g, id)
	return a, g, err
}

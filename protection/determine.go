package protection

import (
	"context"
	"slices"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Determine keeps what a panel decided of a child's best interests (BID): whether
// she is parted from her parents, returns, where she lives for good, or takes part
// in a trial (PROCESS.md §2.9 4).
type Determine struct {
	ID       ids.Interests
	Case     ids.Case
	About    string // code list "panel_about"
	Sat      []string
	Heard    Answer
	Views    string
	Guardian Answer
	Options  string
	For      string
	Risks    string
	Result   string
	Decision PanelDecision
	Dissent  string
	Review   date.Day
}

// protectsChildren is the capacity without which no panel decides about a child.
const protectsChildren = "CHILD_PROTECTION"

// Check finds what the person can correct. A panel is at least as many people as
// the country says, of different capacities, and child protection is one of them.
func (c Determine) Check(r *Rules, today date.Day) error {
	errs := []error{r.need("about", "panel_about", c.About), r.codes("sat", "panel_member", c.Sat), asked("heard", c.Heard), asked("guardian", c.Guardian),
		needed("views", c.Views), needed("options", c.Options), needed("result", c.Result)}
	if !slices.Contains(c.Sat, protectsChildren) {
		errs = append(errs, fault.Field("sat", "fault.panel.protection"))
	} else if few := r.Quorum - len(c.Sat); r.Quorum <= 0 || few > 0 {
		errs = append(errs, fault.FieldArgs("sat", "fault.panel.few", map[string]any{"Count": r.Quorum}))
	}
	switch c.Decision {
	case PanelFor, PanelAgainst:
	case PanelLater:
		if c.Review.IsZero() {
			errs = append(errs, fault.Field("review", "fault.panel.review"))
		}
	case "":
		errs = append(errs, fault.Field("decision", "fault.choice.missing"))
	default:
		errs = append(errs, fault.Field("decision", "fault.code.unknown"))
	}
	if !c.Review.IsZero() && !c.Review.After(today) {
		errs = append(errs, fault.Field("review", "fault.panel.past"))
	}
	for _, text := range []struct{ field, words string }{{"views", c.Views}, {"options", c.Options}, {"for", c.For}, {"risks", c.Risks}, {"result", c.Result}, {"dissent", c.Dissent}} {
		errs = append(errs, short(text.field, text.words, wordsLimit))
	}
	return fault.Join(errs...)
}

// Determine keeps it. A panel decides on what was weighed before: the assessment
// of the same decision comes first.
func (d *Desk) Determine(ctx context.Context, w access.Who, c Determine) error {
	g, err := d.may(ctx, w, access.InterestsDetermine, access.CaseKind, c.Case.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	one, err := d.Store.Case(ctx, g, c.Case)
	if err != nil {
		return err
	}
	if !one.Child {
		return fault.New(fault.Invalid, "fault.interests.adult")
	}
	if err := one.plannable(); err != nil {
		return err
	}
	weighed, err := d.Store.Weighed(ctx, g, one.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(weighed, func(x Interests) bool { return x.About == c.About && !x.ByPanel() }) {
		return fault.Field("about", "fault.panel.unweighed")
	}
	x := Interests{ID: c.ID, Case: one.ID, Owner: one.Owner, At: now, By: w.Account, About: c.About, Heard: c.Heard, Views: vault.Clear(c.Views),
		For: vault.Clear(c.For), Risks: vault.Clear(c.Risks), Result: vault.Clear(c.Result),
		Decision: c.Decision, Sat: c.Sat, Guardian: c.Guardian, Options: vault.Clear(c.Options), Dissent: vault.Clear(c.Dissent), Review: c.Review}
	change := Change{Interests: []Interests{x}, Events: []Event{d.event(g, one.ID, "interests_determined", c.About)}, Done: []Done{{one.ID, panelDue}}}
	if !c.Review.IsZero() {
		change.Done, change.Tasks = nil, []Task{{Case: one.ID, Key: panelDue, From: now, Due: d.Rules.endOf(c.Review)}}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.InterestsKind, c.ID.UUID).With("about", c.About).With("decision", string(c.Decision)), change)
}

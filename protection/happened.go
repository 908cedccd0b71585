package protection

import (
	"context"
	"slices"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Happened says that something unannounced came about: a threat, a contact by
// whoever exploited her, the media. The danger is looked at anew (PROCESS.md §2.8).
// Words are wanted of nobody; they are kept sealed, as a note.
type Happened struct {
	ID    ids.Jotting // of the note when there are words, and of the line of the timeline
	Case  ids.Case
	What  string // code list "incident"
	Words string
}

// Check finds what the person can correct.
func (c Happened) Check(r *Rules) error {
	if err := r.need("what", "incident", c.What); err != nil {
		return err
	}
	return short("words", c.Words, wordsLimit)
}

// urgent says whether what happened is answered as RED is, whatever the danger was.
func (c Happened) urgent(of Case) bool {
	return slices.Contains([]string{"THREAT", "TRAFFICKER", "RELEASE"}, c.What) || of.Level == Red || of.Level == Unjudged
}

// Happened sets the clock of looking at the danger anew, and rings who leads the
// organisation and who follows her when it is answered as RED.
func (d *Desk) Happened(ctx context.Context, w access.Who, c Happened) error {
	g, err := d.may(ctx, w, access.CaseHappened, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	if one.State.Over() {
		return notNow()
	}
	now := d.Now()
	told := d.event(g, one.ID, "happened", c.What)
	told.ID = ids.Event{UUID: c.ID.UUID} // sent twice, it is one line
	change := Change{Events: []Event{told}}
	if words := strings.TrimSpace(c.Words); words != "" {
		change.Jottings = []Jotting{{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Words: vault.Clear(c.Words), Safe: Unknown, Next: "OTHER", Consent: Unknown}}
	}
	level := one.Level
	if c.urgent(one) {
		level = Red
		if change.Alerts, err = d.alarm(ctx, g, one.Owner, one.ID.UUID, one.Manager); err != nil {
			return err
		}
	}
	if one.standing().Served() {
		if change.Tasks, err = d.sooner(ctx, g, Task{Case: one.ID, Key: reassessDue, From: now, Due: d.Rules.Due(RiskKey(level), now)}); err != nil {
			return err
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("what", c.What), change)
}

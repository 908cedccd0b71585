package protection

import (
	"context"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// nothingNow is the next step of who is safe and wants nothing yet.
const nothingNow = "NOTHING"

// Jot keeps a quick note. Safety, the next step and consent are asked; the rest
// may wait, words included (issue 3 item 10).
type Jot struct {
	ID      ids.Jotting
	Case    ids.Case
	Words   string
	Safe    Answer
	Next    string
	Consent Answer
}

// Check finds what the person can correct. Who says no is helped all the same,
// and her words are not kept (PROCESS.md §2.5 P1) [J for notes].
func (c Jot) Check(r *Rules) error {
	errs := []error{answered("safe", c.Safe), r.need("next", "jotting_next", c.Next), answered("consent", c.Consent), short("words", c.Words, accountLimit)}
	words := strings.TrimSpace(c.Words) != ""
	if c.Consent == No && words {
		errs = append(errs, fault.Field("words", "fault.jotting.refused"))
	}
	if c.Safe == No && c.Next == nothingNow {
		errs = append(errs, fault.Field("next", "fault.jotting.unsafe"))
	}
	if c.Next == "OTHER" && c.Consent != No && !words {
		errs = append(errs, fault.Field("words", "fault.text.missing"))
	}
	return fault.Join(errs...)
}

// accountLimit is the most characters of a story told freely.
const accountLimit = 20000

// Jot keeps the note. Who is not safe is looked at again as the danger says,
// within the time of RED (PROCESS.md §2.11 risk.response).
func (d *Desk) Jot(ctx context.Context, w access.Who, c Jot) error {
	g, err := d.may(ctx, w, access.JottingWrite, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	now := d.Now()
	j := Jotting{ID: c.ID, Case: one.ID, Owner: one.Owner, By: w.Account, At: now, Words: vault.Clear(c.Words), Safe: c.Safe, Next: c.Next, Consent: c.Consent}
	change := Change{Jottings: []Jotting{j}, Events: []Event{d.event(g, one.ID, "jotted", c.Next)}}
	if c.Safe == No && one.standing().Served() {
		if change.Tasks, err = d.lookAgain(ctx, g, one.ID, now); err != nil {
			return err
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.JottingKind, c.ID.UUID), change)
}

// lookAgain sets the clock of who is not safe, unless one runs out sooner.
func (d *Desk) lookAgain(ctx context.Context, g access.Grant, c ids.Case, now time.Time) ([]Task, error) {
	return d.sooner(ctx, g, Task{Case: c, Key: reassessDue, From: now, Due: d.Rules.Due(RiskKey(Red), now)})
}

// sooner sets a clock, unless the same one runs out sooner.
func (d *Desk) sooner(ctx context.Context, g access.Grant, next Task) ([]Task, error) {
	all, err := d.Store.CaseTasks(ctx, g, next.Case)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		if t.Key == next.Key && t.Due.Before(next.Due) {
			return nil, nil
		}
	}
	return []Task{next}, nil
}

// Sort puts a note in order: what it is about, and whether it is something she
// told, to whom and when. The words are not typed again.
type Sort struct {
	Jotting ids.Jotting
	Version int
	Topics  []string
	To      string
	On      date.Day
}

// Check finds what the person can correct.
func (c Sort) Check(r *Rules, today date.Day) error {
	errs := []error{r.codes("topics", "jotting_topic", c.Topics), r.code("to", "told_to", c.To)}
	if len(c.Topics) == 0 {
		errs = append(errs, fault.Field("topics", "fault.choice.missing"))
	}
	if c.On.After(today) {
		errs = append(errs, fault.Field("on", "fault.date.future"))
	}
	return fault.Join(errs...)
}

// Sort keeps the order. It may be done again: the last one counts, and the older
// ones can be read.
func (d *Desk) Sort(ctx context.Context, w access.Who, c Sort) error {
	g, err := d.may(ctx, w, access.JottingSort, access.JottingKind, c.Jotting.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, d.Rules.Day(now)); err != nil {
		return err
	}
	j, err := d.Store.Jotting(ctx, g, c.Jotting)
	if err != nil {
		return err
	}
	j.Version = c.Version
	return d.Store.SaveProtection(ctx, audit.Of(g, now), Change{Jottings: []Jotting{j.sort(c, w.Account, now)}})
}

// Jotting reads a note.
func (d *Desk) Jotting(ctx context.Context, w access.Who, id ids.Jotting) (Jotting, access.Grant, error) {
	g, err := d.may(ctx, w, access.JottingRead, access.JottingKind, id.UUID, access.ForProtection)
	if err != nil {
		return Jotting{}, g, err
	}
	j, err := d.Store.Jotting(ctx, g, id)
	return j, g, err
}

package prosecution

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Judge writes down what the court decided of one charge.
type Judge struct {
	ID       ids.Judgment
	File     ids.File
	Charge   ids.Charge
	On       date.Day
	Verdict  Verdict
	Effect   Effect // of a higher court
	Offence  string // what it was requalified to
	Sentence Sentence
}

// Sentences are bounded so that a slip of the pen is seen [J].
const (
	monthsMax = 50 * 12
	bifMax    = 1_000_000_000_000
)

// Check finds what the person can correct.
func (c Judge) Check(r *Rules, f Dossier, today date.Day) error {
	errs := []error{past("on", c.On, today), one("verdict", c.Verdict, Verdicts[:])}
	if f.Level > FirstInstance {
		errs = append(errs, one("effect", c.Effect, Effects[:]))
	} else if c.Effect != "" {
		errs = append(errs, fault.Field("effect", "fault.code.unknown"))
	}
	charge, brought := f.Charge(c.Charge)
	if !brought {
		return fault.Join(append(errs, fault.Field("charge", "fault.charge.never"))...)
	}
	for _, j := range f.Judgments {
		if j.ID != c.ID && j.Charge == c.Charge && j.Round == f.Round() {
			errs = append(errs, fault.Field("charge", "fault.charge.judged"))
		}
	}
	if !c.On.IsZero() && c.On.Before(f.Since) {
		errs = append(errs, fault.Field("on", "fault.judgment.before"))
	}
	switch c.Verdict {
	case Requalifies:
		errs = append(errs, r.offence("offence", c.Offence, c.On))
		if c.Offence != "" && c.Offence == charge.Current {
			errs = append(errs, fault.Field("offence", "fault.charge.same"))
		}
	case Acquitted, Extinct:
		if !c.Sentence.IsZero() {
			errs = append(errs, fault.Field("verdict", "fault.judgment.sentence"))
		}
	}
	return fault.Join(append(errs, c.Sentence.check())...)
}

func (s Sentence) check() error {
	switch {
	case s.Months < 0 || s.Months > monthsMax:
		return fault.FieldArgs("months", "fault.number.range", map[string]any{"Min": 0, "Max": monthsMax})
	case s.Life && s.Months > 0:
		return fault.Field("months", "fault.judgment.life")
	case s.Suspended < 0 || s.Suspended > s.Months:
		return fault.Field("suspended", "fault.judgment.suspended")
	case s.Fine < 0 || s.Fine > bifMax:
		return fault.FieldArgs("fine", "fault.number.range", map[string]any{"Min": 0, "Max": bifMax})
	case s.Damages < 0 || s.Damages > bifMax:
		return fault.FieldArgs("damages", "fault.number.range", map[string]any{"Min": 0, "Max": bifMax})
	}
	return nil
}

// Judge keeps it. When every charge of the person is judged, it says where the person stands.
func (d *Desk) Judge(ctx context.Context, w access.Who, c Judge) error {
	g, f, err := d.begin(ctx, w, access.FileJudge, Judges, c.File)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, f, d.Rules.Day(now)); err != nil {
		return err
	}
	charge, _ := f.Charge(c.Charge)
	j := Judgment{ID: c.ID, File: f.ID, Charge: c.Charge, Suspect: charge.Suspect, Level: f.Level, Round: f.Round(), On: c.On, Verdict: c.Verdict, Effect: c.Effect,
		Offence: charge.Current, Sentence: c.Sentence, By: w.Account, At: now}
	if c.Verdict == Requalifies {
		j.Offence = c.Offence
	}
	change := Change{Judgments: []Judgment{j}}
	f.Judgments = append(f.Judgments, j)
	if p, ok := f.Suspect(charge.Suspect); ok {
		if to := f.judged(p); to != p.State {
			p.State, p.Since = to, c.On
			change.Suspects = []Suspect{p}
		}
	}
	return d.save(ctx, g, f.File, change)
}

// judged is where a person stands after what was decided in this round: the same as
// before while a charge is open, or when the person is dead or was given to another state.
func (d Dossier) judged(p Suspect) Standing {
	if p.State == Deceased || p.State == Extradited {
		return p.State
	}
	for _, c := range d.Unjudged() {
		if c.Suspect == p.ID {
			return p.State
		}
	}
	to := ChargesDropped
	for _, j := range d.Judgments {
		switch {
		case j.Suspect != p.ID || j.Round != d.Round():
		case j.Guilty():
			return ConvictedFirst
		case j.Verdict == Acquitted:
			to = AcquittedFirst
		}
	}
	return to
}

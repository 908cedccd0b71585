package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Resemblance is what somebody who knows her says of a file that looks like hers.
type Resemblance string

// The answers. No answer is "not sure": nobody is held up.
const (
	Her     Resemblance = "HER"
	NotHer  Resemblance = "NOT_HER"
	NotSure Resemblance = "NOT_SURE"
)

// Resemblances lists them.
var Resemblances = [...]Resemblance{Her, NotHer, NotSure}

// Looked is the answer about one file.
type Looked struct {
	Case   ids.Case
	Answer Resemblance
}

// checkLooks finds an answer nobody gives.
func checkLooks(all []Looked) error {
	for _, one := range all {
		if !slices.Contains(Resemblances[:], one.Answer) {
			return fault.Field("alike", "fault.choice")
		}
	}
	return nil
}

// checkFirst finds two files that are both hers, where one is to be chosen: which of them
// goes on is for a supervisor.
func checkFirst(all []Looked) error {
	hers := 0
	for _, one := range all {
		if one.Answer == Her {
			hers++
		}
	}
	if hers > 1 {
		return fault.Field("alike", "fault.alike.two")
	}
	return checkLooks(all)
}

// answerTo is what was said about a file.
func answerTo(all []Looked, id ids.Case) Resemblance {
	for _, one := range all {
		if one.Case == id {
			return one.Answer
		}
	}
	return NotSure
}

// file is the case that a pair is made with: where a joined file goes on.
func (a Alike) file() ids.Case {
	if a.Joined.IsZero() {
		return a.ID
	}
	return a.Joined
}

// features are what is known of somebody who has no file yet.
func (n Newcomer) features(s Signal) Features {
	return Features{Names: []string{n.Name, n.Called}, Phone: n.Phone, Sex: n.Sex, Where: s.Where.Code, Year: yearOf(n.Age)}
}

// AlikeNewcomer looks, before a file is opened, for one that may be hers. It reads
// the organisation's own records only, and of these what the reader may read.
func (d *Desk) AlikeNewcomer(ctx context.Context, w access.Who, of Signal, n Newcomer) ([]Alike, error) {
	return d.alike(ctx, w, n.features(of), ids.Person{})
}

// known answers a triage that would open a second file. When one of those found is
// hers, none is opened: the signal is told to who follows her. Otherwise each pair is
// remembered: two people, so that nobody asks again; or for the supervisor.
func (d *Desk) known(ctx context.Context, g access.Grant, s Signal, c *Triage, change *Change, now time.Time) error {
	if c.Outcome != ToScreening || len(c.People) != 1 {
		return nil
	}
	if err := checkFirst(c.Looked); err != nil {
		return err
	}
	all, err := d.AlikeNewcomer(ctx, g.Who(), s, c.People[0])
	if err != nil {
		return err
	}
	for _, one := range all {
		if answerTo(c.Looked, one.ID) != Her {
			continue
		}
		c.Outcome, c.SameAs, c.People, c.Group = Duplicate, one.Signal, nil, ids.Group{}
		change.Events = append(change.Events, d.event(g, one.file(), "signal_again", ""))
		for _, to := range []ids.Account{one.Manager, one.Screener} {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.assigned", one.file().UUID)...)
		}
		if !one.State.Over() {
			return nil
		}
		leads, err := d.Store.Leads(ctx, s.Owner, now) // only they open a file again
		for _, to := range leads {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.assigned", one.file().UUID)...)
		}
		return err
	}
	for _, one := range all {
		state, answer := Suspected, answerTo(c.Looked, one.ID)
		if answer == NotHer {
			state = Apart
		}
		change.Likenesses = append(change.Likenesses, pair(s.Owner, one.file(), c.People[0].Case, state, state == Suspected, g.Who().Account, now))
	}
	return nil
}

// AlikeView is a case and the files that may be hers too.
type AlikeView struct {
	Case  Case
	Grant access.Grant
	All   []Alike    // nobody has said yet
	Pairs []Likeness // what was said already
}

// LookAlike looks for files that may be of the same person as a case. What was
// decided is not asked again.
func (d *Desk) LookAlike(ctx context.Context, w access.Who, id ids.Case) (v AlikeView, err error) {
	if v.Grant, err = d.may(ctx, w, access.LikenessLook, access.CaseKind, id.UUID, access.ForProtection); err != nil {
		return v, err
	}
	if err = goesOn(v.Grant); err != nil {
		return v, err
	}
	if v.Case, err = d.Store.Case(ctx, v.Grant, id); err != nil {
		return v, err
	}
	if v.Pairs, err = d.Store.CaseLikenesses(ctx, v.Grant, id); err != nil {
		return v, err
	}
	p, err := d.Store.Person(ctx, v.Grant, v.Case.Person)
	if err != nil {
		return v, err
	}
	line := Candidate{CaseLine: CaseLine{Where: v.Case.Where, Sex: v.Case.Sex, Age: v.Case.Age}}
	f, err := featuresOf(p, line, v.Grant)
	if err != nil {
		return v, err
	}
	all, err := d.alike(ctx, w, f, v.Case.Person)
	for _, one := range all {
		said := slices.ContainsFunc(v.Pairs, func(x Likeness) bool { return x.Other(id) == one.file() })
		if !said && one.file() != id {
			v.All = append(v.All, one)
		}
	}
	return v, err
}

// SayAlike is what a worker answers about files that look like hers.
type SayAlike struct {
	Case   ids.Case
	Looked []Looked
}

// SayAlike keeps the answers: two people, and nobody asks again; or a supervisor
// looks at both. What is said already stays as it is.
func (d *Desk) SayAlike(ctx context.Context, w access.Who, c SayAlike) error {
	v, err := d.LookAlike(ctx, w, c.Case)
	if err != nil {
		return err
	}
	if err := checkLooks(c.Looked); err != nil {
		return err
	}
	now := d.Now()
	var change Change
	for _, one := range v.All {
		state, answer := Suspected, answerTo(c.Looked, one.ID)
		if answer == NotHer {
			state = Apart
		}
		change.Likenesses = append(change.Likenesses, pair(v.Case.Owner, one.file(), v.Case.ID, state, answer == NotSure, w.Account, now))
	}
	if len(change.Likenesses) == 0 {
		return nil
	}
	if slices.ContainsFunc(change.Likenesses, func(x Likeness) bool { return x.State == Suspected }) {
		leads, err := d.Store.Leads(ctx, v.Case.Owner, now)
		if err != nil {
			return err
		}
		for _, to := range leads {
			change.Alerts = append(change.Alerts, d.tell(to, "alert.assigned", change.Likenesses[0].ID.UUID)...)
		}
	}
	return d.Store.SaveProtection(ctx, audit.Of(v.Grant, now), change)
}

package protection

import (
	"context"
	"fmt"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// Triage judges the danger of a signal and says what follows (A2–A4).
type Triage struct {
	Signal     ids.Signal
	Version    int
	Level      Danger
	Reasons    []string
	HealthFrom time.Time // zero: no assault known
	Checked    bool      // the similar signals were looked at
	Outcome    Outcome
	Need       string     // for OtherNeed
	SameAs     ids.Signal // for Duplicate
	Looked     []Looked   // the answers about files that may be hers
	Conflicts  []Conflict

	// For ToScreening: a case for each person. Group is set when they were met together.
	People  []Newcomer
	Group   ids.Group
	Handler Answer
}

// Newcomer is one person a signal leads to; nothing about her is mandatory.
type Newcomer struct {
	Case     ids.Case
	Person   ids.Person
	Called   string
	Name     string
	Phone    string
	Hours    string
	Phrase   string
	Avoid    string
	Sex      string
	Age      date.Age
	Child    bool   // treat as a child: in doubt, yes (PROCESS.md §2.9.1)
	Adult    Answer // Yes: somebody says that she is an adult
	Language string
	Screener ids.Account
}

// Check finds what the person can correct.
func (c Triage) Check(r *Rules, now time.Time) error {
	errs := []error{c.level(r), c.outcome(r)}
	if !c.Checked {
		errs = append(errs, fault.Field("checked", "fault.triage.similar"))
	}
	errs = append(errs, r.assault(c.Reasons, c.HealthFrom, now))
	for _, one := range c.Conflicts {
		errs = append(errs, r.need("conflict", "conflict_relation", one.Why))
		if one.Account.IsZero() && one.Org.IsZero() { // it would bar nobody
			errs = append(errs, fault.Field("conflict", "fault.choice.missing"))
		}
	}
	for i, one := range c.People {
		errs = append(errs, one.check(r, fmt.Sprintf("person%d_", i)))
	}
	return fault.Join(errs...)
}

func (c Triage) level(r *Rules) error {
	switch c.Level {
	case Red:
		if len(c.Reasons) == 0 {
			return fault.Field("reasons", "fault.triage.red_reason")
		}
	case Orange, Green:
	default:
		return fault.Field("level", "fault.choice.missing")
	}
	return r.codes("reasons", "danger_reason", c.Reasons)
}

func (c Triage) outcome(r *Rules) error {
	switch c.Outcome {
	case ToScreening:
		if len(c.People) == 0 {
			return fault.Field("people", "fault.triage.nobody")
		}
		return between("people", len(c.People), 1, 200)
	case OtherNeed:
		return r.need("need", "other_need", c.Need)
	case Duplicate:
		if c.SameAs.IsZero() || c.SameAs == c.Signal {
			return fault.Field("same_as", "fault.choice.missing")
		}
	case NothingMore:
	default:
		return fault.Field("outcome", "fault.choice.missing")
	}
	return nil
}

func (n Newcomer) check(r *Rules, at string) error {
	return fault.Join(r.code(at+"sex", "sex", n.Sex), r.code(at+"language", "language", n.Language),
		r.code(at+"hours", "safe_hours", n.Hours), aged(at+"age", n.Age),
		short(at+"called", n.Called, 120), short(at+"name", n.Name, 120), short(at+"phone", n.Phone, 40), Phone(at+"phone", n.Phone),
		short(at+"phrase", n.Phrase, 200), short(at+"avoid", n.Avoid, 200))
}

// Triage keeps the judgement and opens a case for each person. Saving it twice is the same act.
func (d *Desk) Triage(ctx context.Context, w access.Who, c Triage) error {
	g, err := d.may(ctx, w, access.SignalTriage, access.SignalKind, c.Signal.UUID, access.ForIntake)
	if err != nil {
		return err
	}
	now := d.Now()
	if err := c.Check(d.Rules, now); err != nil {
		return err
	}
	s, err := d.Store.Signal(ctx, g, c.Signal)
	if err != nil {
		return err
	}
	if s.State == Triaged && s.TriagedBy == w.Account && s.Version > c.Version {
		return nil
	}
	s.Version = c.Version
	var change Change
	if s.State != Triaged {
		if err := d.known(ctx, g, s, &c, &change, now); err != nil {
			return err
		}
	}
	if s, err = s.triage(c, w.Account, now); err != nil {
		return err
	}
	change.Signals, change.Hush = []Signal{s}, []ids.UUID{s.ID.UUID}
	if err := d.open(&change, g, s, c, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("outcome", string(c.Outcome)).With("level", string(c.Level)), change)
}

func (s Signal) triage(c Triage, by ids.Account, at time.Time) (Signal, error) {
	if s.State == Triaged {
		return s, notNow()
	}
	if s.State == Received { // triage straight from the queue takes it, too
		s.TakenBy, s.TakenAt = by, at
	}
	s.State, s.Level, s.Reasons, s.HealthFrom = Triaged, c.Level, c.Reasons, c.HealthFrom
	s.Outcome, s.Need, s.SameAs, s.Group = c.Outcome, c.Need, c.SameAs, c.Group
	s.TriagedBy, s.TriagedAt = by, at
	s.Conflicts = append(slices.Clone(s.Conflicts), c.Conflicts...)
	return s, nil
}

// open adds a case and a sealed identity for each person to the change. Who is
// barred from the signal is not seated.
func (d *Desk) open(change *Change, g access.Grant, s Signal, c Triage, now time.Time) error {
	if c.Outcome != ToScreening {
		return nil
	}
	if !c.Group.IsZero() {
		change.Groups = []Group{{ID: c.Group, Signal: s.ID, Owner: s.Owner, Size: len(c.People), Where: s.Where, Met: s.RaisedAt, Handler: c.Handler}}
	}
	for i, n := range c.People {
		if barredAccount(s.Conflicts, n.Screener) {
			return fault.Field(fmt.Sprintf("person%d_screener", i), "fault.conflict")
		}
		n = s.children(n, len(c.People), d.Rules, now)
		one := Case{ID: n.Case, Code: ids.NewCode(d.Random), Owner: s.Owner, Person: n.Person, Signal: s.ID, Group: c.Group,
			State: InTriage, Since: now, Opened: now, OpenedBy: g.Who().Account, Status: Potential, Level: s.Level, Reasons: s.Reasons,
			HealthFrom: s.HealthFrom, Screener: n.Screener, Sex: n.Sex, Age: n.Age, Child: n.Child, Adult: n.Adult, Language: n.Language,
			Where: s.Where, Conflicts: s.Conflicts}.recount(d.Rules, now)
		change.Cases = append(change.Cases, one)
		change.clocks(d.Rules, Case{}, one, now)
		change.Persons = append(change.Persons, Person{ID: n.Person, Owner: s.Owner,
			Name: vault.Clear(n.Name), Called: vault.Clear(n.Called),
			Contact: SafeContact{Phone: vault.Clear(n.Phone), Hours: n.Hours, Phrase: vault.Clear(n.Phrase), Avoid: vault.Clear(n.Avoid)}})
		change.Events = append(change.Events, d.event(g, n.Case, "triaged", string(s.Level)))
		change.Alerts = append(change.Alerts, d.tell(n.Screener, "alert.assigned", n.Case.UUID)...)
	}
	return nil
}

// children carries what was reported into the case: the one person of a report
// about children is a child, until a document says otherwise (PROCESS.md
// §2.9.1). Of several, nobody knows which.
func (s Signal) children(n Newcomer, people int, r *Rules, now time.Time) Newcomer {
	if s.Children == Yes && people == 1 && !n.grown(r, r.Day(now)) {
		n.Child = true
	}
	return n
}

// grown says whether a document shows that somebody is an adult.
func (n Newcomer) grown(r *Rules, today date.Day) bool {
	return n.Age.Basis == date.Documented && !n.Age.MayBeUnder(r.Majority, today)
}

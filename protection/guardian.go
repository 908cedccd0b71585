package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/vault"
)

// GuardianKind says how somebody stands by a child.
type GuardianKind string

// A trusted adult is beside the child within 24 hours, whoever it is that may be
// trusted; a guardian is appointed by an authority, and may take longer. They
// are two facts, and may be two people (PROCESS.md §2.9.2).
const (
	Trusted   GuardianKind = "TRUSTED"
	Appointed GuardianKind = "APPOINTED"
)

// GuardianKinds lists both, in the order in which they are needed.
var GuardianKinds = [...]GuardianKind{Trusted, Appointed}

// deadline is the clock that naming one stops.
func (k GuardianKind) deadline() string {
	if k == Appointed {
		return guardianDue
	}
	return trustedDue
}

// Guardian is who stands by a child, from when until when.
type Guardian struct {
	ID       ids.Guardian
	Version  int
	Case     ids.Case
	Owner    ids.Org
	Kind     GuardianKind
	Relation string // code list "guardian_relation"
	By       ids.Account
	From     time.Time // when it was named
	Agreed   Answer    // does the child want this person?

	Authority string     // who appointed, code list "guardian_authority"; "" for a trusted adult
	Act       vault.Text // number or date of the act of appointment
	Name      vault.Text
	Phone     vault.Text
	Why       vault.Text // why this person, in the worker's words

	Until time.Time // zero while it lasts
	End   string    // code list "guardian_end"
}

// Standing says whether it lasts.
func (g Guardian) Standing() bool { return g.Until.IsZero() }

// Stand says who stands by a child.
type Stand struct {
	ID          ids.Guardian
	Case        ids.Case
	CaseVersion int
	Kind        GuardianKind
	Relation    string
	Agreed      Answer
	Involved    Answer // had a part in what happened, gains by it, or answers to somebody who does?
	Authority   string
	Act         string
	Name        string
	Phone       string
	Why         string
}

// Check finds what the person can correct. Nobody stands by a child who had a
// part in what happened, nor while nobody has asked (PROCESS.md §2.9.2).
func (c Stand) Check(r *Rules) error {
	errs := []error{r.need("relation", "guardian_relation", c.Relation), needed("name", strings.TrimSpace(c.Name)), asked("agreed", c.Agreed),
		short("name", c.Name, 120), short("phone", c.Phone, 40), Phone("phone", c.Phone), short("act", c.Act, 120), short("why", c.Why, wordsLimit)}
	switch c.Kind {
	case Appointed:
		errs = append(errs, r.need("authority", "guardian_authority", c.Authority))
	case Trusted:
		errs = append(errs, r.code("authority", "guardian_authority", c.Authority))
	default:
		errs = append(errs, fault.Field("kind", "fault.choice.missing"))
	}
	switch c.Involved {
	case No:
	case Yes:
		errs = append(errs, fault.Field("involved", "fault.guardian.involved"))
	default:
		errs = append(errs, fault.Field("involved", "fault.guardian.unasked"))
	}
	if c.Agreed == No {
		errs = append(errs, needed("why", c.Why))
	}
	return fault.Join(errs...)
}

// Stand keeps who stands by a child. Whoever stood in the same place before is
// replaced; the clock of the place stops. A person whom the child must not be
// reached through is nobody's guardian.
func (d *Desk) Stand(ctx context.Context, w access.Who, c Stand) error {
	g, err := d.may(ctx, w, access.GuardianName, access.CaseKind, c.Case.UUID, access.ForProtection)
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
	if !one.Child {
		return fault.Field("kind", "fault.guardian.adult")
	}
	if one.State.Over() {
		return notNow()
	}
	if err := d.avoided(ctx, w, one.Person, c); err != nil {
		return err
	}
	before, err := d.Store.Guardians(ctx, g, c.Case)
	if err != nil {
		return err
	}
	now := d.Now()
	next := Guardian{ID: c.ID, Case: one.ID, Owner: one.Owner, Kind: c.Kind, Relation: c.Relation, By: w.Account, From: now, Agreed: c.Agreed,
		Act: vault.Clear(c.Act), Name: vault.Clear(c.Name), Phone: vault.Clear(c.Phone), Why: vault.Clear(c.Why)}
	if c.Kind == Appointed {
		next.Authority = c.Authority
	}
	one.Version = c.CaseVersion
	change := Change{Guardians: []Guardian{next}, Cases: []Case{one}, Events: []Event{d.event(g, one.ID, "guardian", string(c.Kind))},
		Done: []Done{{one.ID, c.Kind.deadline()}}}
	if c.Kind == Appointed {
		change.Done = append(change.Done, Done{one.ID, escalateDue})
	}
	for _, old := range before {
		if old.Kind != c.Kind || !old.Standing() || old.ID == c.ID {
			continue
		}
		ge, err := d.may(ctx, w, access.GuardianEnd, access.GuardianKind, old.ID.UUID, access.ForProtection)
		if err != nil {
			return err
		}
		if old, err = d.Store.Guardian(ctx, ge, old.ID); err != nil {
			return err
		}
		change.Guardians = append(change.Guardians, old.end("REPLACED", now))
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).About(access.GuardianKind, c.ID.UUID).With("kind", string(c.Kind)), change)
}

// avoided refuses a guardian whom the child's own safe contact says to avoid, by
// name or by telephone.
func (d *Desk) avoided(ctx context.Context, w access.Who, person ids.Person, c Stand) error {
	if person.IsZero() {
		return nil
	}
	p, g, err := d.Person(ctx, w, person)
	if fault.Is(err, fault.Denied) || fault.Is(err, fault.Withheld) || fault.Is(err, fault.NotFound) {
		return nil // the writer may not open it; who may will see both on the page
	}
	if err != nil {
		return err
	}
	avoid, err := p.Contact.Avoid.Open(g)
	if err != nil {
		return err
	}
	text := vault.Fold(avoid)
	if name := vault.Fold(strings.TrimSpace(c.Name)); name != "" && text != "" && strings.Contains(text, name) {
		return fault.Field("name", "fault.guardian.avoid")
	}
	phone := figures(c.Phone)
	if phone = phone[max(0, len(phone)-8):]; len(phone) >= 6 && strings.Contains(figures(avoid), phone) { // with or without the country's number
		return fault.Field("phone", "fault.guardian.avoid")
	}
	return nil
}

// figures are the figures of a text.
func figures(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func (g Guardian) end(why string, at time.Time) Guardian {
	g.Until, g.End = at, why
	return g
}

// StandDown says that somebody stands by a child no more, and why.
type StandDown struct {
	Guardian ids.Guardian
	Version  int
	Why      string // code list "guardian_end"
}

// StandDown ends it, and the clock of the place begins anew: a child is never
// without somebody for long. Saying it again is the same act.
func (d *Desk) StandDown(ctx context.Context, w access.Who, c StandDown) error {
	g, err := d.may(ctx, w, access.GuardianEnd, access.GuardianKind, c.Guardian.UUID, access.ForProtection)
	if err != nil {
		return err
	}
	if err := d.Rules.need("why", "guardian_end", c.Why); err != nil {
		return err
	}
	one, err := d.Store.Guardian(ctx, g, c.Guardian)
	if err != nil {
		return err
	}
	if !one.Standing() {
		if one.End == c.Why && one.Version > c.Version {
			return nil
		}
		return notNow()
	}
	now := d.Now()
	one.Version = c.Version
	one = one.end(c.Why, now)
	change := Change{Guardians: []Guardian{one}, Events: []Event{d.event(g, one.Case, "guardian_ended", c.Why)}}
	if !slices.Contains([]string{"ADULT", "DIED"}, c.Why) {
		change.Tasks = []Task{d.Rules.task(one.Case, one.Kind.deadline(), now)}
	}
	if err := d.distrusted(ctx, g, &change, one, now); err != nil {
		return err
	}
	return d.Store.SaveProtection(ctx, audit.Of(g, now).With("why", c.Why), change)
}

// Guardian reads who stands by a child.
func (d *Desk) Guardian(ctx context.Context, w access.Who, id ids.Guardian) (Guardian, access.Grant, error) {
	g, err := d.may(ctx, w, access.GuardianRead, access.GuardianKind, id.UUID, access.ForProtection)
	if err != nil {
		return Guardian{}, g, err
	}
	one, err := d.Store.Guardian(ctx, g, id)
	return one, g, err
}

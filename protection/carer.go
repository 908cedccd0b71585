package protection

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Carer is who says yes for a child, wherever a yes is taken: to a purpose, to a
// plan, to an erasure. Often the one who harmed a child is the one who looks after
// her, so nobody says yes for her who is not written down as standing by her, and
// each time it is asked anew whether that person had a part in what happened
// (PROCESS.md §2.5, §2.9.2, §11.1).
type Carer struct {
	GivenBy  string
	Guardian ids.Guardian // who exactly, of those who stand by the child
	Involved Answer       // had a part in it, gains by it, or answers to somebody who does?
	Away     string       // why no carer's consent: code list "carer_away"
}

// check finds what the person can correct of a carer's yes.
func (c Carer) check() error {
	if c.GivenBy != "GUARDIAN" {
		return nil
	}
	var errs []error
	switch c.Involved {
	case No:
	case Yes:
		errs = append(errs, fault.Field("involved", "fault.consent.involved"))
	default:
		errs = append(errs, fault.Field("involved", "fault.guardian.unasked"))
	}
	if c.Guardian.IsZero() {
		errs = append(errs, fault.Field("guardian", "fault.consent.guardian"))
	}
	return fault.Join(errs...)
}

// stands checks it against who is written down as standing by the child. Where the
// carer is absent or suspected a trusted adult does not say yes in the carer's
// place: a guardian does, whom an authority appointed, or the authority itself.
func (c Carer) stands(beside []Guardian) error {
	if c.GivenBy != "GUARDIAN" {
		return nil
	}
	at := slices.IndexFunc(beside, func(x Guardian) bool { return x.ID == c.Guardian && x.Standing() })
	switch {
	case at < 0:
		return fault.Field("guardian", "fault.consent.guardian")
	case c.Away != "" && beside[at].Kind != Appointed:
		return fault.Field("guardian", "fault.consent.suspected")
	}
	return nil
}

// besides reads who stands by a child, when somebody says yes for her. Whoever may
// not know of them takes no yes of theirs.
func (d *Desk) besides(ctx context.Context, g access.Grant, of ids.Case, c Carer) ([]Guardian, error) {
	if c.GivenBy != "GUARDIAN" {
		return nil, nil
	}
	all, err := d.Store.Guardians(ctx, g, of)
	return slices.DeleteFunc(all, func(x Guardian) bool {
		return !d.Opens(ctx, g.Who(), access.GuardianRead, access.GuardianKind, x.ID.UUID, access.ForProtection)
	}), err
}

// Beside are those who may say yes for a child today, for a page that asks.
func (d *Desk) Beside(ctx context.Context, g access.Grant, of Case) ([]Guardian, error) {
	if !of.Child {
		return nil, nil
	}
	all, err := d.Store.Guardians(ctx, g, of.ID)
	return slices.DeleteFunc(all, func(x Guardian) bool { return !x.Standing() }), err
}

// distrusted ends the yes of somebody who turns out to have had a part in what
// happened: nothing new rests on it, and it is asked again. Requests that run for
// the child go on.
func (d *Desk) distrusted(ctx context.Context, g access.Grant, change *Change, x Guardian, now time.Time) error {
	if x.End != "CONFLICT" {
		return nil
	}
	all, err := d.Store.Consents(ctx, g, x.Case)
	if err != nil {
		return err
	}
	ended := false
	for _, k := range all {
		if k.State == Given && k.Guardian == x.ID {
			k.State, ended = Expired, true
			change.Consents = append(change.Consents, k)
			change.Events = append(change.Events, d.event(g, x.Case, "consent_expired", k.Purpose))
		}
	}
	if ended {
		change.Tasks = append(change.Tasks, d.Rules.task(x.Case, againDue, now))
	}
	return nil
}

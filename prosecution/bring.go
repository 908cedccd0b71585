package prosecution

import (
	"context"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Bring charges one suspect with an offence.
type Bring struct {
	ID      ids.Charge
	File    ids.File
	Suspect ids.Suspect
	Offence string
	On      date.Day
}

// Bring keeps the charge.
func (d *Desk) Bring(ctx context.Context, w access.Who, c Bring) error {
	g, f, err := d.begin(ctx, w, access.FileCharge, Charges, c.File)
	if err != nil {
		return err
	}
	now := d.Now()
	errs := []error{past("on", c.On, d.Rules.Day(now)), d.Rules.offence("offence", c.Offence, c.On)}
	if _, ok := f.Suspect(c.Suspect); !ok {
		errs = append(errs, fault.Field("suspect", "fault.choice.missing"))
	}
	for _, other := range f.Charges {
		if other.ID != c.ID && other.Suspect == c.Suspect && other.Current == c.Offence {
			errs = append(errs, fault.Field("offence", "fault.charge.twice"))
			break
		}
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	x := Charge{ID: c.ID, File: f.ID, Owner: f.Owner, Suspect: c.Suspect, Initial: c.Offence, Current: c.Offence, On: c.On, By: w.Account, At: now}
	return d.save(ctx, g, f.File, Change{Charges: []Charge{x}})
}

// Requalify qualifies a charge anew; the older qualifications stay, each with its reason.
type Requalify struct {
	File    ids.File
	Charge  ids.Charge
	Version int
	To      string
	Reason  string // code list "requalification"
	On      date.Day
}

// Requalify keeps it.
func (d *Desk) Requalify(ctx context.Context, w access.Who, c Requalify) error {
	g, f, err := d.begin(ctx, w, access.FileCharge, Requalifying, c.File)
	if err != nil {
		return err
	}
	x, ok := f.Charge(c.Charge)
	if !ok {
		return fault.Field("charge", "fault.charge.never")
	}
	now := d.Now()
	errs := []error{past("on", c.On, d.Rules.Day(now)), d.Rules.offence("to", c.To, c.On), d.Rules.need("reason", "requalification", c.Reason)}
	if c.To == x.Current && c.To != "" {
		errs = append(errs, fault.Field("to", "fault.charge.same"))
	}
	if c.On.Before(x.On) && !c.On.IsZero() {
		errs = append(errs, fault.Field("on", "fault.charge.before"))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	return d.save(ctx, g, f.File, Change{Charges: []Charge{x.requalified(c, f.State, w)}})
}

// requalified is the charge with one more qualification.
func (x Charge) requalified(c Requalify, s State, w access.Who) Charge {
	x.Version = c.Version
	x.Changes = append(x.Changes[:len(x.Changes):len(x.Changes)], Requalified{From: x.Current, To: c.To, Reason: c.Reason, On: c.On, By: w.Account, Org: w.Post.Org, State: s})
	x.Current = c.To
	return x
}

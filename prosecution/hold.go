package prosecution

import (
	"context"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Hold says that a suspect is held by the police since a moment.
type Hold struct {
	ID      ids.Custody
	File    ids.File
	Suspect ids.Suspect
	From    time.Time
}

// Hold keeps it, with the moment when the law says that it ends.
func (d *Desk) Hold(ctx context.Context, w access.Who, c Hold) error {
	g, f, err := d.begin(ctx, w, access.FileCustody, Holds, c.File)
	if err != nil {
		return err
	}
	now := d.Now()
	p, known := f.Suspect(c.Suspect)
	held, already := f.Held(c.Suspect)
	var errs []error
	switch {
	case !known:
		errs = append(errs, fault.Field("suspect", "fault.choice.missing"))
	case p.Company || p.State.Over():
		errs = append(errs, fault.Field("suspect", "fault.custody.nobody"))
	case already && held.ID != c.ID:
		errs = append(errs, fault.Field("suspect", "fault.custody.held"))
	}
	switch {
	case c.From.IsZero():
		errs = append(errs, fault.Field("from", "fault.date.missing"))
	case c.From.After(now):
		errs = append(errs, fault.Field("from", "fault.date.future"))
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	p.State, p.Since = PoliceCustody, d.Rules.Day(c.From)
	x := Custody{ID: c.ID, File: f.ID, Owner: f.Owner, Suspect: p.ID, From: c.From, Due: d.Rules.due(custodyMax, c.From), By: w.Account, At: now}
	return d.save(ctx, g, f.File, Change{Custodies: []Custody{x}, Suspects: []Suspect{p}})
}

// Free ends a custody, or says that a prosecutor extended it: once, and before it is over.
type Free struct {
	File    ids.File
	Custody ids.Custody
	Version int
	Extend  bool
	Until   time.Time
	End     string // code list "custody_end"
	Over    string // code list "custody_over": why it was longer than the law allows
}

// after is where a suspect stands when a custody ends.
var after = map[string]Standing{"FREED": Identified, "BROUGHT": Arrested, "DETAINED": Detained, "BAIL": Released, "ESCAPED": Wanted, "DIED": Deceased}

// Free keeps it. A custody that was longer than the law allows is not refused: it
// happened. The reason is asked for, and stays.
func (d *Desk) Free(ctx context.Context, w access.Who, c Free) error {
	verb := Holds
	if c.Extend {
		verb = Extends
	}
	g, f, err := d.begin(ctx, w, access.FileCustody, verb, c.File)
	if err != nil {
		return err
	}
	now := d.Now()
	var x Custody
	for _, one := range f.Custodies {
		if one.ID == c.Custody {
			x = one
		}
	}
	switch {
	case x.ID.IsZero():
		return fault.Field("custody", "fault.choice.missing")
	case !x.Open():
		return notNow()
	}
	x.Version = c.Version
	if c.Extend {
		if x, err = x.extend(d.Rules, w.Account, now); err != nil {
			return err
		}
		return d.save(ctx, g, f.File, Change{Custodies: []Custody{x}})
	}
	if x, err = x.free(c, d.Rules, now); err != nil {
		return err
	}
	change := Change{Custodies: []Custody{x}}
	if p, ok := f.Suspect(x.Suspect); ok && p.State == PoliceCustody {
		p.State, p.Since = after[x.End], d.Rules.Day(x.Until)
		change.Suspects = []Suspect{p}
	}
	return d.save(ctx, g, f.File, change)
}

// extend doubles the time once, before it is over.
func (x Custody) extend(r *Rules, by ids.Account, now time.Time) (Custody, error) {
	switch {
	case x.Extended:
		return x, fault.Field("extend", "fault.custody.twice")
	case now.After(x.Due):
		return x, fault.Field("extend", "fault.custody.late")
	}
	x.Extended, x.ExtendedBy, x.ExtendedAt, x.Due = true, by, now, r.due(custodyExt, x.Due)
	return x, nil
}

// free ends it.
func (x Custody) free(c Free, r *Rules, now time.Time) (Custody, error) {
	errs := []error{r.need("end", "custody_end", c.End), r.code("over", "custody_over", c.Over)}
	switch {
	case c.Until.IsZero():
		errs = append(errs, fault.Field("until", "fault.date.missing"))
	case c.Until.After(now):
		errs = append(errs, fault.Field("until", "fault.date.future"))
	case c.Until.Before(x.From):
		errs = append(errs, fault.Field("until", "fault.custody.order"))
	case c.Until.After(x.Due) && c.Over == "":
		errs = append(errs, fault.Field("over", "fault.custody.long"))
	}
	x.Until, x.End = c.Until, c.End
	if c.Until.After(x.Due) {
		x.Over = c.Over
	}
	return x, fault.Join(errs...)
}

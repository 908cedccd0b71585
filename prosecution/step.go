package prosecution

import (
	"context"
	"slices"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
)

// Step moves a file to its next stage (machine F).
type Step struct {
	File     ids.File
	Version  int
	To       State
	On       date.Day
	Office   ids.Org // the prosecutor's office, or the court, that it goes to
	Number   string  // as written
	Checked  bool    // another office has the same number, and this one was looked at again
	FirstDay date.Day
	Reason   string
	Who      string // who appeals: code list "appellant"
}

// Check finds what the person can correct, for a move from where the file stands.
func (c Step) Check(r *Rules, m Move, f Dossier, today date.Day) error {
	errs := []error{past("on", c.On, today)}
	if !c.On.IsZero() && c.On.Before(f.Since) {
		errs = append(errs, fault.Field("on", "fault.file.order"))
	}
	if m.Book != "" && f.Numbers[m.Book].IsZero() {
		number, err := ReadNumber(m.Book, c.Number)
		if errs = append(errs, fault.At("number", err)); err == nil && number.IsZero() {
			errs = append(errs, fault.Field("number", "fault.number.missing"))
		}
	}
	if m.Has(NeedsOffice|NeedsCourt) && c.Office.IsZero() {
		errs = append(errs, fault.Field("office", "fault.choice.missing"))
	}
	if list := m.Reasons(); list != "" {
		errs = append(errs, r.need("reason", list, c.Reason))
	}
	if m.Has(NeedsAppellant) {
		errs = append(errs, r.need("who", appellant, c.Who))
	}
	if m.Has(NeedsFirstDay) {
		switch {
		case c.FirstDay.IsZero():
			errs = append(errs, fault.Field("first", "fault.day.missing"))
		case c.FirstDay.Before(c.On):
			errs = append(errs, fault.Field("first", "fault.hearing.before"))
		}
	}
	return fault.Join(append(errs, f.ready(m))...)
}

// ready says what must have happened before a move.
func (d Dossier) ready(m Move) error {
	switch {
	case m.To == Fixed && len(d.Charges) == 0:
		return fault.Field("to", "fault.file.no_charge")
	case m.To == Deliberation && !slices.ContainsFunc(d.Hearings, func(h Hearing) bool { return h.State == HearingHeld && h.Level == FirstInstance }):
		return fault.Field("to", "fault.file.no_hearing")
	case (m.From == Deliberation || m.From == Ruling) && len(d.Unjudged()) > 0:
		return fault.Field("to", "fault.file.unjudged")
	}
	return nil
}

// Step moves the file on, and keeps who did it, when and why.
func (d *Desk) Step(ctx context.Context, w access.Who, c Step) error {
	g, f, err := d.begin(ctx, w, access.FileStep, "", c.File)
	if err != nil {
		return err
	}
	if c.To == "" {
		return fault.Field("to", "fault.choice.missing")
	}
	m, ok := move(f.State, c.To, w.Post.Role)
	if !ok {
		return fault.Field("to", "fault.file.not_now")
	}
	now := d.Now()
	if err := c.Check(d.Rules, m, f, d.Rules.Day(now)); err != nil {
		return err
	}
	if err := d.seated(ctx, m, c.Office); err != nil {
		return err
	}
	next, change, err := f.step(m, c, w, now)
	if err != nil {
		return err
	}
	for _, r := range change.Numbers {
		if err := d.numbered(ctx, r, next.Numbers[r], next.Seat(r), c.Checked, f.ID); err != nil {
			return err
		}
	}
	next.Version = c.Version
	return d.save(ctx, g, next, change)
}

// seated refuses an office in which nobody could take the file.
func (d *Desk) seated(ctx context.Context, m Move, office ids.Org) error {
	role := access.Role("")
	switch {
	case m.Has(NeedsOffice):
		role = access.Prosecutor
	case m.Has(NeedsCourt):
		role = access.Court
	default:
		return nil
	}
	all, err := d.Store.Offices(ctx, role)
	if err == nil && !slices.Contains(all, office) {
		return fault.Field("office", "fault.code.unknown")
	}
	return err
}

// step is the file after a move, and what changes with it.
func (d Dossier) step(m Move, c Step, w access.Who, at time.Time) (File, Change, error) {
	f := d.File
	var change Change
	f.State, f.Since, f.Reason = m.To, c.On, ""
	s := Stage{File: f.ID, N: d.Round() + 1, State: m.To, On: c.On, At: at, By: w.Account, Org: w.Post.Org, Reason: c.Reason, Who: c.Who}
	switch m.To {
	case Transmitted:
		f.Office = c.Office
	case Dismissed:
		f.Reason = c.Reason
	case Fixed:
		f.FirstOn, f.Level, f.Bench[FirstInstance] = c.FirstDay, FirstInstance, c.Office
	case InHearings:
		f.Level = FirstInstance
	case OnAppeal:
		if f.Level = Appeal; !c.Office.IsZero() { // zero: sent back by the Supreme Court
			f.Bench[Appeal] = c.Office
		}
	case InCassation:
		f.Level, f.Bench[Cassation] = Cassation, c.Office
	}
	if m.Book != "" && f.Numbers[m.Book].IsZero() {
		number, err := ReadNumber(m.Book, c.Number)
		if err != nil {
			return f, change, fault.At("number", err)
		}
		f.Numbers = with(f.Numbers, m.Book, number)
		change.Numbers, s.Number = []Register{m.Book}, number
	}
	s.Level = f.Level
	change.Stages = []Stage{s}
	change.Suspects, change.Charges = d.follow(m, c.On)
	return f, change, nil
}

// with is a map with one more entry; the old one stays as it is.
func with(old map[Register]Number, r Register, n Number) map[Register]Number {
	all := map[Register]Number{r: n}
	for k, v := range old {
		if k != r {
			all[k] = v
		}
	}
	return all
}

// follow is what a move of the file says about the persons and the charges in it.
func (d Dossier) follow(m Move, on date.Day) (persons []Suspect, charges []Charge) {
	for _, p := range d.Suspects {
		to := p.State
		switch {
		case m.To == Dismissed && !p.State.Over() && !p.State.Held():
			to = ChargesDropped
		case m.From == Dismissed && p.State == ChargesDropped:
			to = Identified
		case m.To == Final && p.State != Deceased && p.State != Extradited:
			to = d.finally(p)
		}
		if to != p.State {
			p.State, p.Since = to, on
			persons = append(persons, p)
		}
	}
	if m.To == Final {
		for _, c := range d.Charges {
			c.Final = c.Current
			if j, ok := d.Last(c.ID); ok && j.Guilty() {
				c.Final = j.Offence
			}
			charges = append(charges, c)
		}
	}
	return persons, charges
}

// finally is where a person stands when the file is final: by what was decided last of each charge.
func (d Dossier) finally(p Suspect) Standing {
	to := ChargesDropped
	for _, c := range d.Charges {
		j, ok := d.Last(c.ID)
		switch {
		case c.Suspect != p.ID || !ok:
		case j.Guilty():
			return ConvictedFinal
		case j.Verdict == Acquitted:
			to = AcquittedFinal
		}
	}
	return to
}

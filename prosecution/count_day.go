package prosecution

import (
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// StateOn is where the file stood at the end of a day; "" before it was opened.
func (f File) StateOn(on date.Day) State {
	var at State
	for _, one := range f.Stages {
		if !one.On.After(on) {
			at = one.State
		}
	}
	return at
}

// AtCourtOn says whether the file had reached the court at the end of a day.
func (f File) AtCourtOn(on date.Day) bool {
	first := f.First(Fixed)
	return !first.IsZero() && !first.After(on)
}

// tip says whether an offence counts as trafficking.
func (b Book) tip(code string) bool { return b.Trafficking != nil && code != "" && b.Trafficking(code) }

// qualified says whether one of the charges is of trafficking on a day.
func (b Book) qualified(charges []Charge, on date.Day) bool {
	return slices.ContainsFunc(charges, func(c Charge) bool { return b.tip(c.OffenceOn(on)) })
}

// firstTIP is the first day on which a charge is of trafficking; zero when it never is.
func (b Book) firstTIP(c Charge) date.Day {
	if b.tip(c.Initial) {
		return c.On
	}
	for _, one := range c.Changes {
		if b.tip(one.To) {
			return one.On
		}
	}
	return date.Day{}
}

// everCharged says whether a person was ever charged with trafficking in a file, up to a day.
func (b Book) everCharged(d Dossier, s ids.Suspect, on date.Day) bool {
	return slices.ContainsFunc(d.Charges, func(c Charge) bool {
		first := b.firstTIP(c)
		return c.Suspect == s && !first.IsZero() && !first.After(on)
	})
}

// everTIP says whether anybody was charged with trafficking in a file, up to a day: "TIP
// file" of PROCESS.md §6.3.
func (b Book) everTIP(d Dossier, on date.Day) bool {
	return slices.ContainsFunc(d.Suspects, func(s Suspect) bool { return b.everCharged(d, s.ID, on) })
}

// investigated is the day on which an investigation of trafficking began: that of the
// file, when trafficking was charged while it was in F1 or F2 (or in the first charges,
// when they came later); the day of the requalification, when another offence was
// charged first and became trafficking in F1 or F2. What happens after F2 changes
// nothing: a figure that was printed stays true (PROCESS.md §6.3, §13 "requalified
// charge leaves investigations_new unchanged").
func (b Book) investigated(d Dossier) date.Day {
	if len(d.Stages) == 0 || len(d.Charges) == 0 {
		return date.Day{}
	}
	opened, left := d.Stages[0].On, d.leftPolice()
	within := func(on date.Day) bool { return left.IsZero() || !on.After(left) }
	earliest := d.Charges[0].On
	for _, c := range d.Charges {
		if c.On.Before(earliest) {
			earliest = c.On
		}
	}
	var day date.Day
	for _, c := range d.Charges {
		if b.tip(c.Initial) && (within(c.On) || c.On == earliest) {
			return opened
		}
		if first := b.firstTIP(c); !first.IsZero() && within(first) && (day.IsZero() || first.Before(day)) {
			day = first
		}
	}
	return day
}

// leftPolice is the day on which a file left F1 and F2; zero while it is there.
func (f File) leftPolice() date.Day {
	for _, one := range f.Stages {
		if one.State != Received && one.State != Investigation {
			return one.On
		}
	}
	return date.Day{}
}

// prosecuted is the day on which a person's prosecution for trafficking began: the first
// F6 of the file, or the day of the charge when it became one of trafficking in court.
func (b Book) prosecuted(d Dossier, s ids.Suspect) date.Day {
	fixed := d.First(Fixed)
	if fixed.IsZero() {
		return date.Day{}
	}
	var day date.Day
	for _, c := range d.Charges {
		if c.Suspect != s {
			continue
		}
		on := fixed
		if !b.tip(c.OffenceOn(fixed)) {
			if on = b.firstTIPAfter(c, fixed); on.IsZero() {
				continue
			}
		}
		if day.IsZero() || on.Before(day) {
			day = on
		}
	}
	return day
}

// firstTIPAfter is the first day after another on which a charge becomes one of trafficking.
func (b Book) firstTIPAfter(c Charge, after date.Day) date.Day {
	if b.tip(c.Initial) && c.On.After(after) {
		return c.On
	}
	for _, one := range c.Changes {
		if one.On.After(after) && b.tip(one.To) {
			return one.On
		}
	}
	return date.Day{}
}

// prosecutedFile is the earliest of its persons'.
func (b Book) prosecutedFile(d Dossier) date.Day {
	var day date.Day
	for _, s := range d.Suspects {
		if on := b.prosecuted(d, s.ID); !on.IsZero() && (day.IsZero() || on.Before(day)) {
			day = on
		}
	}
	return day
}

// judgedDay is the day of a judgment of first instance in the period that a counter
// counts. Who is convicted of trafficking is in Convictions; who is convicted of other
// offences only, in a file of trafficking, in ConvictionsOther; who was charged with
// trafficking and is convicted of nothing, in Acquittals. A charge that is extinct
// (time barred, death) says nothing of guilt and is in none.
func (b Book) judgedDay(c Counter, d Dossier, s ids.Suspect, p Period) date.Day {
	var decided []Judgment
	for _, j := range d.Judgments {
		if j.Suspect == s && j.Level == FirstInstance && p.has(j.On) {
			decided = append(decided, j)
		}
	}
	return b.column(c, d, s, decided)
}

// finalDay is the day on which a file of the period became final, by what was decided
// last of each charge, for the counter that counts it.
func (b Book) finalDay(c Counter, d Dossier, s ids.Suspect, p Period) date.Day {
	var final date.Day
	for _, one := range d.Stages {
		if one.State == Final && p.has(one.On) {
			final = one.On
		}
	}
	if final.IsZero() {
		return final
	}
	var decided []Judgment
	for _, one := range d.Charges {
		if j, ok := d.Last(one.ID); ok && one.Suspect == s && !j.On.After(final) {
			decided = append(decided, j)
		}
	}
	first := map[Counter]Counter{ConvictionsFinal: Convictions, ConvictionsOtherFinal: ConvictionsOther, AcquittalsFinal: Acquittals}
	if b.column(first[c], d, s, decided).IsZero() {
		return date.Day{}
	}
	return final
}

// column is the day of the first decision of the column that a person stands in; zero
// when it is another column.
func (b Book) column(c Counter, d Dossier, s ids.Suspect, decided []Judgment) date.Day {
	var at Counter
	var on date.Day
	for _, j := range decided {
		to := Counter("")
		switch {
		case j.Guilty() && b.tip(j.Offence):
			to = Convictions
		case j.Guilty() && b.everTIP(d, j.On):
			to = ConvictionsOther
		case j.Verdict == Acquitted && b.everCharged(d, s, j.On):
			to = Acquittals
		}
		if to != "" && (at == "" || slices.Index(Counters[:], to) < slices.Index(Counters[:], at) || to == at && j.On.Before(on)) {
			at, on = to, j.On
		}
	}
	if at != c {
		return date.Day{}
	}
	return on
}

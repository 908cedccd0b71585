package prosecution

import (
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Period is the time that a figure is of: both days are in it. The year of the TIP
// report and the calendar year are periods like any other.
type Period struct{ From, Until date.Day }

func (p Period) has(d date.Day) bool {
	return !d.IsZero() && !d.Before(p.From) && !d.After(p.Until)
}

// Counter names a figure of PROCESS.md §6.3.
type Counter string

// The counters for files and for defendants. A defendant is a natural or a legal person;
// it counts once in a counter and period, whatever the number of charges or files.
const (
	InvestigationsNew     Counter = "investigations_new"
	InvestigationsOngoing Counter = "investigations_ongoing"
	ProsecutionFilesNew   Counter = "prosecution_files_new"
	ProsecutionsNew       Counter = "prosecutions_new" // defendants
	Convictions           Counter = "convictions"      // defendants, first instance
	ConvictionsFinal      Counter = "convictions_final"
	ConvictionsOther      Counter = "convictions_other_law" // first instance
	ConvictionsOtherFinal Counter = "convictions_other_law_final"
	Acquittals            Counter = "acquittals" // first instance
	AcquittalsFinal       Counter = "acquittals_final"
	Dismissals            Counter = "dismissals"
)

// Counters lists them in the order in which they are printed.
var Counters = [...]Counter{InvestigationsNew, InvestigationsOngoing, ProsecutionFilesNew, ProsecutionsNew, Convictions, ConvictionsFinal,
	ConvictionsOther, ConvictionsOtherFinal, Acquittals, AcquittalsFinal, Dismissals}

// OfFiles says whether a counter counts files, and not defendants.
func (c Counter) OfFiles() bool {
	return c == InvestigationsNew || c == InvestigationsOngoing || c == ProsecutionFilesNew
}

// Counted is one that a counter counts: a file, or a defendant of one. It is a handle
// and no figure: what is published goes through release.Protect.
type Counted struct {
	File    ids.File
	Suspect ids.Suspect // zero: the file is counted
	On      date.Day    // the day for which it is counted
}

// Book is what is counted: files with their histories, the ties between them, and which
// offences count as trafficking. It is only read.
type Book struct {
	Dossiers    []Dossier
	Ties        []Tie
	Trafficking func(offence string) bool
}

// Count gives who or what a counter counts in a period, in the order of the dossiers.
func (b Book) Count(c Counter, p Period) []Counted {
	l := b.ledger()
	var found []Counted
	for _, d := range b.Dossiers {
		if c.OfFiles() {
			if on := l.fileDay(c, d, p); !on.IsZero() {
				found = append(found, Counted{File: d.ID, On: on})
			}
			continue
		}
		for _, s := range d.Suspects {
			if on := b.personDay(c, d, s.ID, p); !on.IsZero() {
				found = append(found, Counted{d.ID, s.ID, on})
			}
		}
	}
	return slices.DeleteFunc(l.once(c, found, p), func(x Counted) bool { return l.elsewhere(c, x, p) })
}

// ledger is a book with what is looked up in it.
type ledger struct {
	Book
	ties  ties
	files map[ids.File]int
	of    map[ids.Suspect][]record // the records of a person, by the oldest of them
}

// record is one record of a person: in which dossier, and which of its suspects.
type record struct {
	dossier int
	suspect ids.Suspect
}

func (b Book) ledger() ledger {
	l := ledger{b, tiesOf(b.Ties), map[ids.File]int{}, map[ids.Suspect][]record{}}
	for i, d := range b.Dossiers {
		l.files[d.ID] = i
		for _, s := range d.Suspects {
			who := l.ties.person(s.ID)
			l.of[who] = append(l.of[who], record{i, s.ID})
		}
	}
	return l
}

// once keeps one of each file that goes on, and one of each person: the earliest.
func (l ledger) once(c Counter, found []Counted, p Period) []Counted {
	at := map[ids.UUID]int{}
	var kept []Counted
	for _, x := range found {
		who := l.ties.person(x.Suspect).UUID
		if c.OfFiles() {
			who = l.ties.goesOn(x.File, p.Until).UUID
		}
		i, seen := at[who]
		switch {
		case !seen:
			at[who] = len(kept)
			kept = append(kept, x)
		case x.On.Before(kept[i].On):
			kept[i] = x
		}
	}
	return kept
}

// better are the counters in which somebody stands instead, when both would count: a
// conviction for trafficking beside one for another offence, in another file.
var better = map[Counter][]Counter{
	ConvictionsOther:      {Convictions},
	ConvictionsOtherFinal: {ConvictionsFinal},
	Acquittals:            {Convictions, ConvictionsOther},
	AcquittalsFinal:       {ConvictionsFinal, ConvictionsOtherFinal},
}

// elsewhere says whether the same person counts elsewhere better, or was prosecuted
// before the period already, in another file.
func (l ledger) elsewhere(c Counter, x Counted, p Period) bool {
	if c.OfFiles() {
		return false
	}
	for _, r := range l.of[l.ties.person(x.Suspect)] {
		d := l.Dossiers[r.dossier]
		if on := l.prosecuted(d, r.suspect); c == ProsecutionsNew && !on.IsZero() && on.Before(p.From) {
			return true
		}
		for _, o := range better[c] {
			if !l.personDay(o, d, r.suspect, p).IsZero() {
				return true
			}
		}
	}
	return false
}

// fileDay is the day for which a counter counts a file; zero: it does not.
func (l ledger) fileDay(c Counter, d Dossier, p Period) date.Day {
	severed, ofAnother := l.ties.severed[d.ID]
	switch c {
	case InvestigationsNew:
		if on := l.investigated(d); p.has(on) && !ofAnother {
			return on
		}
	case InvestigationsOngoing:
		eve := p.From.Add(-1)
		began := l.investigated(d)
		open := !began.IsZero() && began.Before(p.From) && d.StateOn(eve).Investigated()
		if open && l.ties.goesOn(d.ID, eve) == d.ID && l.qualified(d.Charges, eve) {
			return p.From
		}
	case ProsecutionFilesNew:
		on := l.prosecutedFile(d)
		if i, ok := l.files[severed.From]; ofAnother && ok && l.Dossiers[i].AtCourtOn(severed.On) {
			return date.Day{} // it was sent to the court before it was taken out
		}
		if p.has(on) {
			return on
		}
	}
	return date.Day{}
}

// personDay is the day for which a counter counts a defendant; zero: it does not.
func (b Book) personDay(c Counter, d Dossier, s ids.Suspect, p Period) date.Day {
	switch c {
	case ProsecutionsNew:
		if on := b.prosecuted(d, s); p.has(on) {
			return on
		}
	case Convictions, ConvictionsOther, Acquittals:
		return b.judgedDay(c, d, s, p)
	case ConvictionsFinal, ConvictionsOtherFinal, AcquittalsFinal:
		return b.finalDay(c, d, s, p)
	case Dismissals:
		if d.StateOn(p.Until) != Dismissed || !b.everCharged(d, s, p.Until) {
			return date.Day{}
		}
		for _, one := range slices.Backward(d.Stages) {
			if one.State == Dismissed && p.has(one.On) {
				return one.On
			}
		}
	}
	return date.Day{}
}

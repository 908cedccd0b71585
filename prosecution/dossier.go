package prosecution

import (
	"slices"

	"inkingi/internal/ids"
)

// Dossier is a file with everything in it, each list in the order it was written.
type Dossier struct {
	File
	Suspects  []Suspect
	Charges   []Charge
	Custodies []Custody
	Acts      []Act
	Hearings  []Hearing
	Judgments []Judgment
}

// Suspect finds one of the file's; false when it is of another file.
func (d Dossier) Suspect(id ids.Suspect) (Suspect, bool) {
	for _, one := range d.Suspects {
		if one.ID == id {
			return one, true
		}
	}
	return Suspect{}, false
}

// Charge finds one of the file's; false when it was never brought here.
func (d Dossier) Charge(id ids.Charge) (Charge, bool) {
	for _, one := range d.Charges {
		if one.ID == id {
			return one, true
		}
	}
	return Charge{}, false
}

// Judged is what a court of that instance decided last of a charge.
func (d Dossier) Judged(charge ids.Charge, level Instance) (Judgment, bool) {
	for _, one := range slices.Backward(d.Judgments) {
		if one.Charge == charge && one.Level == level {
			return one, true
		}
	}
	return Judgment{}, false
}

// Last is what any court decided last of a charge.
func (d Dossier) Last(charge ids.Charge) (Judgment, bool) {
	for _, one := range slices.Backward(d.Judgments) {
		if one.Charge == charge {
			return one, true
		}
	}
	return Judgment{}, false
}

// Unjudged are the charges of which nothing was decided in this round.
func (d Dossier) Unjudged() []Charge {
	return slices.DeleteFunc(slices.Clone(d.Charges), func(c Charge) bool {
		return slices.ContainsFunc(d.Judgments, func(j Judgment) bool { return j.Charge == c.ID && j.Round == d.Round() })
	})
}

// Held is the custody that a suspect is in.
func (d Dossier) Held(id ids.Suspect) (Custody, bool) {
	for _, one := range d.Custodies {
		if one.Suspect == id && one.Open() {
			return one, true
		}
	}
	return Custody{}, false
}

// Postponements counts the hearings that were put off (PROCESS.md §4.4 delay metrics).
func (d Dossier) Postponements() int {
	n := 0
	for _, one := range d.Hearings {
		if one.State == HearingPostponed {
			n++
		}
	}
	return n
}

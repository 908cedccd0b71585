package reports

import (
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/release"
	"inkingi/prosecution"
)

// Axis tells apart what is counted: by a code of the country's data, or another.
type Axis struct {
	Key    string   // a translation key
	Values []string // all of them, so that a table does not tell who was counted by its size
	Of     func(prosecution.Dossier, prosecution.Suspect) string
}

// Unsaid is the value of an axis where a record says none, or one that is not of the axis.
const Unsaid = "-"

// ByCourt tells files apart by the court of first instance. codes are all the country's.
func ByCourt(codes []string) Axis {
	return Axis{"reports.axis.court", codes, func(d prosecution.Dossier, _ prosecution.Suspect) string { return d.FirstCourt() }}
}

// ByUnit tells files apart by the police unit that opened them.
func ByUnit(codes []string) Axis {
	return Axis{"reports.axis.unit", codes, func(d prosecution.Dossier, _ prosecution.Suspect) string { return d.PoliceUnit() }}
}

// BySex tells defendants apart by the code of their sex; companies say none.
func BySex(codes []string) Axis {
	return Axis{"reports.axis.sex", codes, func(_ prosecution.Dossier, s prosecution.Suspect) string { return s.Sex }}
}

// ByOffice tells public officials from others, for complicity (TIP questionnaire, Q5).
func ByOffice() Axis {
	return Axis{"reports.axis.official", []string{string(prosecution.Yes), string(prosecution.No), string(prosecution.Unknown)},
		func(_ prosecution.Dossier, s prosecution.Suspect) string { return string(s.Official) }}
}

func (a Axis) release() release.Axis {
	return release.Axis{Key: a.Key, Values: append(slices.Clone(a.Values), Unsaid)}
}

func (a Axis) of(d prosecution.Dossier, s prosecution.Suspect) string { return a.known(a.Of(d, s)) }

func (a Axis) known(v string) string {
	if slices.Contains(a.Values, v) {
		return v
	}
	return Unsaid
}

// Prosecuted answers: how many investigations, prosecutions, convictions and acquittals
// for trafficking, and where? (PROCESS.md §6.3; TIP questionnaire, prosecution.)
//
// Population: the files that are given, each person once in a counter and period.
// Period: any; the day on which each counts is that of its counter.
// Missing: files that are on paper only; persons who have records in several files that
// nobody tied together count once in each.
//
// One table a counter. Tables of nested counters (a conviction, and the same when it is
// final) are protected each by itself: whoever publishes both for a small place publishes
// their difference. By court, give the year and not the month.
func Prosecuted(b prosecution.Book, c prosecution.Counter, p prosecution.Period, a Axis, computed date.Day) (release.Table, error) {
	at := map[string]int{}
	files := map[string]prosecution.Dossier{}
	for _, d := range b.Dossiers {
		files[d.ID.String()] = d
	}
	for _, x := range b.Count(c, p) {
		d := files[x.File.String()]
		s, _ := d.Suspect(x.Suspect)
		at[a.of(d, s)]++
	}
	counted := "reports.counted.defendants"
	if c.OfFiles() {
		counted = "reports.counted.files"
	}
	return release.Protect(release.Cells{About: about("reports."+string(c), counted, p, computed), Axes: []release.Axis{a.release()}, Counts: counts(at)}, release.Policy{})
}

func about(definition, counted string, p prosecution.Period, computed date.Day) release.About {
	return release.About{Definition: definition, Version: 1, Counted: counted, From: p.From, Until: p.Until,
		Sources: []string{"reports.source.files"}, Computed: computed, Persons: release.Distinct}
}

func counts(at map[string]int) []release.Count {
	var all []release.Count
	for v, n := range at {
		all = append(all, release.Count{At: []string{v}, N: n})
	}
	return all
}

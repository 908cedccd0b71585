package reports

import (
	"strconv"

	"inkingi/internal/date"
	"inkingi/internal/release"
	"inkingi/prosecution"
)

// Delay is how long one leg took at one value of an axis. Where the number of files is
// hidden, so is the median: a middle of few tells of each.
type Delay struct {
	Files release.Figure
	Open  release.Figure // still on the leg; they are not in the median
	days  float64
	told  bool
}

// Days gives the median in days; false where it is not told.
func (d Delay) Days() (float64, bool) { return d.days, d.told && d.Files.Shown() }

// Delayed answers: how long does justice take, leg by leg, and where? (PROCESS.md §4.4
// delay metrics.)
//
// Population: files that ended the leg in the period, for the median; files that are
// still on it at the end of the period, counted beside it.
// Missing: files of no court yet stand at Unsaid. While many are open the median is
// shorter than the truth.
func Delayed(all []prosecution.Dossier, leg prosecution.Leg, p prosecution.Period, a Axis, computed date.Day) (map[string]Delay, error) {
	by := func(d prosecution.Dossier) string { return a.of(d, prosecution.Suspect{}) }
	ended, open := map[string]int{}, map[string]int{}
	median := map[string]prosecution.Median{}
	for key, delays := range prosecution.Delays(all, p, by) {
		for _, d := range delays {
			if d.Leg == leg {
				ended[key], open[key], median[key] = d.N, d.Open, d.Median
			}
		}
	}
	files, err := release.Protect(release.Cells{About: about("reports.delay."+string(leg), "reports.counted.files", p, computed), Axes: []release.Axis{a.release()}, Counts: counts(ended)}, release.Policy{})
	if err != nil {
		return nil, err
	}
	waiting, err := release.Protect(release.Cells{About: about("reports.delay.open", "reports.counted.files", p, computed), Axes: []release.Axis{a.release()}, Counts: counts(open)}, release.Policy{})
	if err != nil {
		return nil, err
	}
	found := map[string]Delay{}
	for _, v := range a.release().Values {
		d := Delay{Files: files.Figure(v), Open: waiting.Figure(v)}
		d.days, d.told = median[v].Days(release.Lowest)
		found[v] = d
	}
	return found, nil
}

// Stood answers: in how many open files was nothing done for 30, 60 or 90 days, and
// where? (Issue 4, item 8; PROCESS.md §11.1 "cases vanish".)
//
// Population: files that are open on the last day of the period; each in one band, the
// longest that it lasts ("30", "60", "90").
// Missing: an act that nobody wrote down here.
func Stood(all []prosecution.Dossier, p prosecution.Period, a Axis, computed date.Day) (release.Table, error) {
	files := map[string]prosecution.Dossier{}
	for _, d := range all {
		files[d.ID.String()] = d
	}
	at := map[[2]string]int{}
	for _, s := range prosecution.Stills(all, p.Until) {
		at[[2]string{strconv.Itoa(s.Band()), a.of(files[s.File.String()], prosecution.Suspect{})}]++
	}
	var cells []release.Count
	for k, n := range at {
		cells = append(cells, release.Count{At: []string{k[0], k[1]}, N: n})
	}
	bands := []string{strconv.Itoa(prosecution.Still30), strconv.Itoa(prosecution.Still60), strconv.Itoa(prosecution.Still90)}
	return release.Protect(release.Cells{About: about("reports.still", "reports.counted.files", p, computed),
		Axes: []release.Axis{{Key: "reports.axis.still", Values: bands}, a.release()}, Counts: cells}, release.Policy{})
}

// Kept answers: of the files in which trafficking was judged or requalified away, in how
// many thousandths did it stand? (PROCESS.md §4.4 "% files with TIP charge kept".) False
// where it would tell of few.
func Kept(b prosecution.Book, p prosecution.Period) (permille int, told bool) {
	return b.Kept(p, func(prosecution.Dossier) bool { return true }).Permille(release.Lowest)
}

// PutOff answers: why were hearings put off? One table by reason (code list
// "postponement").
//
// Population: hearings, not files: a file whose hearing was put off three times is three.
func PutOff(all []prosecution.Dossier, reasons []string, p prosecution.Period, computed date.Day) (release.Table, error) {
	a := Axis{Key: "reports.axis.postponement", Values: reasons}
	at := map[string]int{}
	for reason, n := range prosecution.PutOff(all, p) {
		at[a.known(reason)] += n
	}
	said := about("reports.postponed", "reports.counted.hearings", p, computed)
	said.Persons = release.Repeated
	return release.Protect(release.Cells{About: said, Axes: []release.Axis{a.release()}, Counts: counts(at)}, release.Policy{})
}

package prosecution

import (
	"slices"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Leg is a part of a file's way whose days are counted (PROCESS.md §4.4 delay metrics).
type Leg string

// The legs, from the first day of one state to the first day of the next.
const (
	ToParquet  Leg = "to_parquet"  // minutes → prosecutor (F1 → F3)
	ToFixation Leg = "to_fixation" // prosecutor → sent to the court (F3 → F6)
	ToJudgment Leg = "to_judgment" // sent to the court → first judgment (F6 → F8)
	ToRuling   Leg = "to_ruling"   // appeal → first ruling (F9 → F10)
	ToFinal    Leg = "to_final"    // minutes → final (F1 → F12)
)

// Legs lists them in order.
var Legs = [...]Leg{ToParquet, ToFixation, ToJudgment, ToRuling, ToFinal}

// ends are the first and the last day of a leg; zero where the file did not come there.
func (l Leg) ends(d Dossier) (from, to date.Day) {
	switch l {
	case ToParquet:
		return d.First(Received), d.First(Transmitted)
	case ToFixation:
		return d.First(Transmitted), d.First(Fixed)
	case ToJudgment:
		return d.First(Fixed), d.decided(FirstInstance)
	case ToRuling:
		return d.First(OnAppeal), d.decided(Appeal)
	case ToFinal:
		return d.First(Received), d.First(Final)
	}
	return date.Day{}, date.Day{}
}

// decided is the first day on which a court of an instance decided of a charge.
func (d Dossier) decided(level Instance) date.Day {
	var first date.Day
	for _, j := range d.Judgments {
		if j.Level == level && (first.IsZero() || j.On.Before(first)) {
			first = j.On
		}
	}
	return first
}

// Median is the middle of N values. Of an even number it is the mean of the two in the
// middle. Below a least N it tells too much of each, and is not told.
type Median struct {
	N    int
	days float64
}

// MedianOf takes the median; nothing gives the zero Median.
func MedianOf(values []int) Median {
	if len(values) == 0 {
		return Median{}
	}
	v := slices.Clone(values)
	slices.Sort(v)
	m := len(v) / 2
	if len(v)%2 == 1 {
		return Median{len(v), float64(v[m])}
	}
	return Median{len(v), float64(v[m-1]+v[m]) / 2}
}

// Days gives the median when at least so many values stand behind it, and never from
// fewer than two: a median of one is that one. Whoever publishes gives
// release.Lowest; the team of a file gives 2.
func (m Median) Days(least int) (float64, bool) {
	if m.N < max(least, 2) {
		return 0, false
	}
	return m.days, true
}

// Delay is how long a leg took, for the files that ended it in a period, and how many
// are still on it. Files that are still under way are not in the median: where many
// are, it is shorter than the truth.
type Delay struct {
	Leg Leg
	Median
	Open int // began it by the end of the period, and did not end it by then
}

// Delays measures every leg in a period over the files that an axis keeps apart: the
// code of a court or of a unit (Dossier.FirstCourt, Dossier.PoliceUnit).
func Delays(all []Dossier, p Period, by func(Dossier) string) map[string][]Delay {
	type cell struct {
		key string
		leg Leg
	}
	days, open := map[cell][]int{}, map[cell]int{}
	keys := map[string]bool{}
	for _, d := range all {
		key := by(d)
		for _, l := range Legs {
			from, to := l.ends(d)
			switch {
			case from.IsZero() || from.After(p.Until):
			case !to.IsZero() && p.has(to):
				keys[key] = true
				// A paper dated before the one it follows is a slip, kept as it is; it is no time.
				days[cell{key, l}] = append(days[cell{key, l}], max(from.Until(to), 0))
			case (to.IsZero() || to.After(p.Until)) && !d.StateOn(p.Until).Over():
				keys[key] = true
				open[cell{key, l}]++
			}
		}
	}
	found := map[string][]Delay{}
	for key := range keys {
		for _, l := range Legs {
			found[key] = append(found[key], Delay{l, MedianOf(days[cell{key, l}]), open[cell{key, l}]})
		}
	}
	return found
}

// Stays gives the days that a file spent in each state, returns added up, to a day.
func (f File) Stays(until date.Day) map[State]int {
	stays := map[State]int{}
	for i, one := range f.Stages {
		end := until
		if i+1 < len(f.Stages) {
			end = f.Stages[i+1].On
		}
		if end.After(until) {
			end = until
		}
		if !one.On.After(end) {
			stays[one.State] += one.On.Until(end)
		}
	}
	return stays
}

// PutOff counts postponed hearings in a period by their reason (code list "postponement").
func PutOff(all []Dossier, p Period) map[string]int {
	n := map[string]int{}
	for _, d := range all {
		for _, h := range d.Hearings {
			if h.State == HearingPostponed && p.has(h.On) {
				n[h.Reason]++
			}
		}
	}
	return n
}

// Still is a file in which nothing was done for long.
type Still struct {
	File ids.File
	Days int // since the last act of anybody
}

// The days after which a file without an act is told (issue 4 item 8).
const (
	Still30 = 30
	Still60 = 60
	Still90 = 90
)

// Band is the longest of 30, 60 and 90 days that it lasts; 0 under 30.
func (s Still) Band() int {
	for _, days := range []int{Still90, Still60, Still30} {
		if s.Days >= days {
			return days
		}
	}
	return 0
}

// Stills lists the open files without an act for 30 days or more on a day, the longest
// first: files vanish between police and parquet (PROCESS.md §11.1).
func Stills(all []Dossier, on date.Day) []Still {
	var found []Still
	for _, d := range all {
		state := d.StateOn(on)
		last := d.LastAct(on)
		if state == "" || state.Over() || last.IsZero() {
			continue
		}
		if s := (Still{d.ID, last.Until(on)}); s.Band() > 0 {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b Still) int { return b.Days - a.Days })
	return found
}

// LastAct is the last day, up to another, on which the file moved, somebody acted in it,
// or a court sat or decided. A hearing that was put off is no act; a day set in court
// that lies ahead is none either.
func (d Dossier) LastAct(on date.Day) date.Day {
	var last date.Day
	see := func(x date.Day) {
		if x.After(last) && !x.After(on) {
			last = x
		}
	}
	for _, one := range d.Stages {
		see(one.On)
	}
	for _, one := range d.Acts {
		see(one.On)
	}
	for _, one := range d.Charges {
		see(one.On)
		for _, change := range one.Changes {
			see(change.On)
		}
	}
	for _, one := range d.Hearings {
		if one.State == HearingHeld {
			see(one.On)
		}
	}
	for _, one := range d.Judgments {
		see(one.On)
	}
	return last
}

// FirstCourt is the code of the court of first instance, "" before there is one: an axis
// by which delays are told apart.
func (d Dossier) FirstCourt() string { return d.Court[FirstInstance] }

// PoliceUnit is the code of the unit that opened the file, another axis.
func (d Dossier) PoliceUnit() string { return d.Unit }

package prosecution

import (
	"time"

	"inkingi/countries"
	"inkingi/internal/date"
)

// Clock is how a time that the law limits stands at a moment, as facts to say. It
// orders nothing: nobody is freed and no appeal is closed by a clock.
type Clock struct {
	Key  string        // what to say, a message key; it takes Hours or Days
	Ends time.Time     // when the law says that it ends
	Left time.Duration // until then; 0 when it is over
	Over time.Duration // past it; 0 when it is not
}

// Late says whether the time is over.
func (c Clock) Late() bool { return c.Over > 0 }

// Hours gives whole hours: those that are left, cut down, or those that are past,
// cut up. A custody is never said to be shorter than it is.
func (c Clock) Hours() int { return c.whole(time.Hour) }

// Days gives whole days of 24 hours, cut as Hours.
func (c Clock) Days() int { return c.whole(24 * time.Hour) }

func (c Clock) whole(unit time.Duration) int {
	if c.Late() {
		return int((c.Over + unit - 1) / unit)
	}
	return int(c.Left / unit)
}

// clock measures a moment against an end.
func clock(key string, ends, at time.Time) Clock {
	if at.After(ends) {
		return Clock{Key: key, Ends: ends, Over: at.Sub(ends)}
	}
	return Clock{Key: key, Ends: ends, Left: ends.Sub(at)}
}

// soon is how long before its end a custody is said to end soon [J]: time to reach a
// prosecutor who may be a day away.
const soon = 24 * time.Hour

// Clock says how a custody stands at a moment: running, soon over, over while the person
// is still held, or ended in time or late. An extension counts from the end of the first
// time, and is the prosecutor's [M: PROCESS.md §4.4 F2].
func (c Custody) Clock(now time.Time) Clock {
	at := now
	if !c.Open() {
		at = c.Until
	}
	k := clock("", c.Due, at)
	switch {
	case !c.Open() && k.Late():
		k.Key = "custody.ended.late"
	case !c.Open():
		k.Key = "custody.ended"
	case k.Late():
		k.Key = "custody.over"
	case k.Left <= soon && !c.Extended:
		k.Key = "custody.soon"
	case k.Left <= soon:
		k.Key = "custody.last"
	case c.Extended:
		k.Key = "custody.extended"
	default:
		k.Key = "custody.runs"
	}
	return k
}

// CouldExtend is the end that an extension would give; false when there is none to give:
// the person is free, it was extended already, or it is over.
func (r *Rules) CouldExtend(c Custody, now time.Time) (time.Time, bool) {
	if !c.Open() || c.Extended || now.After(c.Due) {
		return time.Time{}, false
	}
	return r.due(custodyExt, c.Due), true
}

// Longest is the longest custody that the law allows from a moment: the first time and
// one extension.
func (r *Rules) Longest(from time.Time) time.Time { return r.due(custodyExt, r.due(custodyMax, from)) }

// Remedy says how long an appeal (or, after a ruling, the way to the Supreme Court) is
// still open: false where there is nothing to appeal against. It counts from the last
// day on which the court decided [M?: from the judgment or from its service is a
// question to a jurist], by day, to the end of the last one.
func (r *Rules) Remedy(d Dossier, now time.Time) (Clock, bool) {
	key, level, says := string(countries.AppealLimit), FirstInstance, "appeal"
	switch d.State {
	case Deliberation:
	case Ruling:
		key, level, says = string(countries.CassationLimit), Appeal, "cassation"
	default:
		return Clock{}, false
	}
	var last date.Day
	for _, j := range d.Judgments {
		if j.Level == level && j.Round == d.Round() && j.On.After(last) {
			last = j.On
		}
	}
	if last.IsZero() || len(d.Unjudged()) > 0 {
		return Clock{}, false
	}
	// The day of the decision is not counted: the limit runs from its end [J].
	ends := r.due(key, r.midnight(last.Add(1)))
	k := clock("remedy."+says+".open", ends, now)
	if k.Late() {
		k.Key = "remedy." + says + ".over"
	}
	return k, true
}

// midnight is when a civil day begins, in the country's time; without rules, in UTC.
func (r *Rules) midnight(d date.Day) time.Time {
	t := d.In(time.UTC)
	if r.Day == nil {
		return t
	}
	for r.Day(t).Before(d) {
		t = t.Add(15 * time.Minute)
	}
	for before := t.Add(-15 * time.Minute); !r.Day(before).Before(d); before = t.Add(-15 * time.Minute) {
		t = before
	}
	return t
}

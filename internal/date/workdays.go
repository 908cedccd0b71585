package date

import (
	"fmt"
	"time"
)

// Workdays tells the days on which an office is open. Which days of the week
// and which holidays are the country's data. The zero Workdays works every day.
type Workdays struct {
	rest    [7]bool
	holiday func(Day) bool
}

// NewWorkdays takes the weekly days of rest and a rule for holidays, which may
// be nil. Seven days of rest would never end: they are a programmer's mistake.
func NewWorkdays(rest []time.Weekday, holiday func(Day) bool) Workdays {
	w := Workdays{holiday: holiday}
	for _, day := range rest {
		w.rest[day] = true
	}
	if w.rest == [7]bool{true, true, true, true, true, true, true} {
		panic("date: a week without a working day")
	}
	return w
}

// Works says whether the office is open that day.
func (w Workdays) Works(d Day) bool {
	return !w.rest[d.Weekday()] && (w.holiday == nil || !w.holiday(d))
}

// Add gives the n-th working day after d; d itself does not count. With n = 0
// it is d, or the next working day when d is none. A year without a working
// day stops the search there.
func (w Workdays) Add(d Day, n int) Day {
	stop := d.AddYears(1).Add(2 * max(n, 0))
	for left := n; d.Before(stop); d = d.Add(1) {
		if left <= 0 && w.Works(d) {
			return d
		}
		if next := d.Add(1); left > 0 && w.Works(next) {
			left--
		}
	}
	return d
}

// Between counts the working days after a, up to and including b.
func (w Workdays) Between(a, b Day) int {
	n := 0
	for d := a.Add(1); !d.After(b); d = d.Add(1) {
		if w.Works(d) {
			n++
		}
	}
	return n
}

// Easter is Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher):
// several civil holidays are counted from it.
func Easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := h + l - 7*m
	month := (n + 90) / 25
	return Day{year, month, (n + 33*month + 19) % 32}
}

func pad(n, width int) string { return fmt.Sprintf("%0*d", width, n) }

package protection

import (
	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// What is asked about a signal, each field read in one place: the pages of a
// frightened visitor, the paper form and the correction ask the same things.

// answered are the answers a question of these pages accepts.
var answered = [...]string{string(protection.Yes), string(protection.No), string(protection.Unknown)}

func readAnswer(f *shell.Form, name string) protection.Answer {
	return protection.Answer(f.Choice(name, answered[:]...))
}

// How long ago it was, as people say it.
const (
	agoToday     = "today"
	agoYesterday = "yesterday"
	agoDate      = "date"
	agoUnknown   = "unknown"
)

// readWhen reads when it was: today and yesterday are days of the country; what
// nobody remembers is no date.
func (r *Rooms) readWhen(c *shell.Context) date.Date {
	f, today := c.Form(), r.Country.Day(c.At)
	switch f.Choice("ago", agoToday, agoYesterday, agoDate, agoUnknown) {
	case agoToday:
		return date.Of(today)
	case agoYesterday:
		return date.Of(today.Add(-1))
	case agoDate:
		when := f.Date("when")
		if when.IsZero() && f.Err() == nil {
			f.Fail("when", "fault.date.missing")
		}
		return r.past(f, when, today)
	}
	return date.Date{}
}

func (r *Rooms) past(f *shell.Form, when date.Date, today date.Day) date.Date {
	if !when.IsZero() && when.Earliest().After(today) {
		f.Fail("when", "fault.date.future")
	}
	return when
}

// dayOf is the day whose places are offered: the first day it can have been,
// or today. Nothing is complained about.
func (r *Rooms) dayOf(c *shell.Context, when date.Date) date.Day {
	today := r.Country.Day(c.At)
	if when.IsZero() || when.Earliest().After(today) {
		return today
	}
	return when.Earliest()
}

// typedWhen is the date as typed so far, without complaint: the list of places
// depends on it.
func (r *Rooms) typedWhen(c *shell.Context) date.Date {
	f, today := c.Form(), r.Country.Day(c.At)
	ago := f.Value("ago")
	switch {
	case ago == agoToday:
		return date.Of(today)
	case ago == agoYesterday:
		return date.Of(today.Add(-1))
	case ago != agoDate && f.Has("ago"):
		return date.Date{}
	}
	when, err := date.Typed{Year: f.Value("when-year"), Month: f.Value("when-month"), Day: f.Value("when-day")}.Date("when")
	if err != nil {
		return date.Date{}
	}
	return when
}

// What people may write at most, in characters: the limits of the desk.
const (
	maxName   = 120
	maxPhone  = 40
	maxPhrase = 200
	maxSpot   = 300
	maxSeen   = 4000
	maxPeople = 500
)

// readSeen reads what was seen.
func readSeen(f *shell.Form, to *protection.Raise) {
	to.People = f.Int("people", 0, maxPeople)
	to.Children = readAnswer(f, "children")
	to.Seen = f.Prose("seen", maxSeen)
}

// readCall reads who reports and how to call back without harm. All of it may stay empty.
func (r *Rooms) readCall(c *shell.Context, to *protection.Raise) {
	f := c.Form()
	to.May = readAnswer(f, "may")
	to.Name, to.Phone = f.Text("name", maxName), f.Text("phone", maxPhone)
	to.Phrase, to.Avoid = f.Text("phrase", maxPhrase), f.Text("avoid", maxPhrase)
	to.Hours = f.Choice("hours", r.codes(c, countries.SafeHours)...)
	to.Relation = f.Choice("relation", r.codes(c, countries.ReporterRelation)...)
	if to.May == protection.Yes && to.Phone == "" {
		f.Fail("phone", "fault.phone.missing")
	}
	if err := protection.Phone("phone", to.Phone); err != nil { // on the page that asked
		f.Fail("phone", fault.Of(err).Key)
	}
}

// spoke says whether anything about the reporter was given.
func spoke(c protection.Raise) bool {
	return c.Name != "" || c.Phone != "" || c.Phrase != "" || c.Avoid != "" || c.Relation != ""
}

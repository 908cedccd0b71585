package prosecution

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

// Rules are the national facts that prosecution needs. The zero Rules refuse every
// choice.
type Rules struct {
	Places   *place.Gazetteer
	Codes    func(list string) []string // codes of a list that may be chosen today
	Offences func(on date.Day) []string // codes of the offences in force on a day
	Young    func(band string) bool     // an age band under the age of majority
	DueAt    func(key string, from time.Time) time.Time
	Day      func(time.Time) date.Day // the civil day of a moment, in the country's time
	Law
}

// The deadlines of police custody (PROCESS.md §2.11, §4.4 F2).
const (
	custodyMax = string(countries.CustodyMax)
	custodyExt = string(countries.CustodyExtension)
)

// RulesOf takes the rules out of a country's data; now is the clock, for codes that
// are valid today.
func RulesOf(c *countries.Country, now func() time.Time) *Rules {
	young := map[string]bool{}
	for _, k := range c.List(countries.AgeBand) {
		high, err := strconv.Atoi(k.Attr["high"])
		young[k.Code] = k.Code == child || err == nil && high < c.Majority().Years
	}
	return &Rules{
		Places: c.Places,
		Codes: func(list string) []string {
			var all []string
			for _, k := range c.Codes(list, c.Day(now())) {
				all = append(all, k.Code)
			}
			return all
		},
		Offences: func(on date.Day) []string {
			var all []string
			for _, k := range c.Codes(countries.OffenceList, on) {
				all = append(all, k.Code)
			}
			return all
		},
		Young: func(band string) bool { return young[band] },
		DueAt: func(key string, from time.Time) time.Time { return c.Due(countries.DeadlineKey(key), from) },
		Day:   func(t time.Time) date.Day { return c.Day(t) },
		Law:   lawOf(c),
	}
}

// child is the age band of who is said to be under 18.
const child = "CHILD"

// due gives the end of a deadline; without rules it is from itself: late, and never
// plenty of time.
func (r *Rules) due(key string, from time.Time) time.Time {
	if r.DueAt == nil {
		return from
	}
	return r.DueAt(key, from)
}

func (r *Rules) list(name string) []string {
	if r.Codes == nil {
		return nil
	}
	return r.Codes(name)
}

// code checks a choice against a list; an empty choice passes.
func (r *Rules) code(field, list, value string) error {
	if value == "" || slices.Contains(r.list(list), value) {
		return nil
	}
	return fault.Field(field, "fault.code.unknown")
}

// need is code for a choice that must be made.
func (r *Rules) need(field, list, value string) error {
	if value == "" {
		return fault.Field(field, "fault.choice.missing")
	}
	return r.code(field, list, value)
}

// offence wants one that is in force on the day.
func (r *Rules) offence(field, code string, on date.Day) error {
	switch {
	case code == "":
		return fault.Field(field, "fault.choice.missing")
	case r.Offences == nil || !slices.Contains(r.Offences(on), code):
		return fault.Field(field, "fault.offence.date")
	}
	return nil
}

// place wants a place that exists on the day.
func (r *Rules) place(field string, at place.Given, on date.Day) error {
	if at.Code == "" {
		return fault.Field(field, "fault.place.missing")
	}
	if err := r.Places.CheckDuring(at, on, on); err != nil {
		return fault.FieldArgs(field, fault.Of(err).Key, fault.Of(err).Args)
	}
	return nil
}

// one wants one of some values; an empty one is missing.
func one[T ~string](field string, value T, all []T) error {
	switch {
	case value == "":
		return fault.Field(field, "fault.choice.missing")
	case !slices.Contains(all, value):
		return fault.Field(field, "fault.code.unknown")
	}
	return nil
}

// past wants a day that is not in the future.
func past(field string, on, today date.Day) error {
	switch {
	case on.IsZero():
		return fault.Field(field, "fault.day.missing")
	case on.After(today):
		return fault.Field(field, "fault.date.future")
	}
	return nil
}

func short(field, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return fault.FieldArgs(field, "fault.text.long", map[string]any{"Max": most})
	}
	return nil
}

func needed(field, text string) error {
	if strings.TrimSpace(text) == "" {
		return fault.Field(field, "fault.text.missing")
	}
	return nil
}

// notNow is the answer to a verb that the machine does not have from where the record stands.
func notNow() error { return fault.New(fault.Invalid, "fault.file.not_now") }

// wordsMax is the most characters of what is written freely.
const wordsMax = 4000

package protection

import (
	"strings"
	"unicode/utf8"

	"inkingi/internal/date"
	"inkingi/internal/fault"
	"inkingi/internal/place"
)

// answered wants yes, no or "I don't know".
func answered(field string, a Answer) error {
	switch a {
	case Yes, No, Unknown:
		return nil
	case NotAsked:
		return fault.Field(field, "fault.choice.missing")
	}
	return fault.Field(field, "fault.code.unknown")
}

// asked accepts any answer, silence included.
func asked(field string, a Answer) error {
	switch a {
	case NotAsked, Yes, No, Unknown, Skipped:
		return nil
	}
	return fault.Field(field, "fault.code.unknown")
}

func short(field, text string, most int) error {
	if utf8.RuneCountInString(text) > most {
		return fault.FieldArgs(field, "fault.text.long", map[string]any{"Max": most})
	}
	return nil
}

func between(field string, n, least, most int) error {
	if n < least || n > most {
		return fault.FieldArgs(field, "fault.number.range", map[string]any{"Min": least, "Max": most})
	}
	return nil
}

func needed(field, text string) error {
	if text == "" {
		return fault.Field(field, "fault.text.missing")
	}
	return nil
}

// chosen wants a choice.
func chosen(field, value string) error {
	if value == "" {
		return fault.Field(field, "fault.choice.missing")
	}
	return nil
}

// aged accepts an age that can be, or none.
func aged(field string, a date.Age) error {
	if err := a.Check(); err != nil {
		return fault.FieldArgs(field, fault.Of(err).Key, fault.Of(err).Args)
	}
	return nil
}

// event wants a place that existed when something happened: on one of the days
// of a partial date that is not in the future, or today when no date was said.
func (r *Rules) event(field string, at place.Given, when date.Date, today date.Day) error {
	first, last := today, today
	if !when.IsZero() {
		if first, last = when.Earliest(), when.Latest(); first.Compare(today) > 0 {
			return fault.Join(fault.Field("when", "fault.date.future"), r.place(field, at, today, today))
		}
	}
	return r.place(field, at, first, last)
}

// place wants a place that existed on one of those days.
func (r *Rules) place(field string, at place.Given, first, last date.Day) error {
	if at.Code == "" {
		return fault.Field(field, "fault.place.missing")
	}
	if err := r.Places.CheckDuring(at, first, last); err != nil {
		return fault.FieldArgs(field, fault.Of(err).Key, fault.Of(err).Args)
	}
	return nil
}

// notNow is the answer to a verb that the record's machine does not have from where it stands.
func notNow() error { return fault.New(fault.Invalid, "fault.state.not_now") }

// leastDigits is the shortest number that can be called back from elsewhere [J]:
// a wrong one is a call that never comes.
const leastDigits = 6

// Phone checks a telephone number, if there is one: words are none.
func Phone(field, text string) error {
	if strings.TrimSpace(text) != "" && len(figures(text)) < leastDigits {
		return fault.Field(field, "fault.phone.short")
	}
	return nil
}

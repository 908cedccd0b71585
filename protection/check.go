package protection

import (
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

// place wants a place that existed on that day.
func (r *Rules) place(field string, at place.Given, on date.Day) error {
	if at.Code == "" {
		return fault.Field(field, "fault.place.missing")
	}
	if err := r.Places.Check(at, on); err != nil {
		return fault.Field(field, fault.Of(err).Key)
	}
	return nil
}

// notNow is the answer to a verb that the record's machine does not have from where it stands.
func notNow() error { return fault.New(fault.Invalid, "fault.state.not_now") }

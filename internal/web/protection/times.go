package protection

import (
	"time"

	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/fault"
)

// day fills the three boxes of a moment with what was typed, or with the
// moment's day in the country.
func (v view) day(name string, at time.Time) map[string]string {
	stored := date.Date{}
	if !at.IsZero() {
		stored = date.Of(v.rooms.Country.Day(at))
	}
	return v.DateValues(name, stored)
}

// hour is the time of day in the country, as it is typed.
func (v view) hour(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(v.rooms.Country.Location()).Format("15:04")
}

// notThere is what a record is that does not exist, or may not be known.
func notThere() error { return fault.New(fault.NotFound, access.NotFoundKey) }

package prosecution

import (
	"time"

	"inkingi/internal/date"
	"inkingi/internal/ids"
)

// Charge is what one suspect is charged with. It keeps the initial, the current and
// the final qualification, with who changed it, when and why: courts confuse
// trafficking with abduction and smuggling [S:IWACU22][S:ECOI22].
type Charge struct {
	ID      ids.Charge
	Version int
	File    ids.File
	Owner   ids.Org
	Suspect ids.Suspect
	Initial string // code of the country's offences
	Current string
	Final   string // "" until a decision is final
	On      date.Day
	By      ids.Account
	At      time.Time
	Changes []Requalified // in order
}

// Requalified is one change of a charge's qualification.
type Requalified struct {
	From   string // code of the country's offences
	To     string
	Reason string // code list "requalification"
	On     date.Day
	By     ids.Account
	Org    ids.Org
	State  State // where the file stood
}

// OffenceOn is the qualification on a day: the counting rules ask what it was "at that
// time" (PROCESS.md §6.3). Before the charge was brought there is none.
func (c Charge) OffenceOn(on date.Day) string {
	if on.Before(c.On) {
		return ""
	}
	code := c.Initial
	for _, one := range c.Changes {
		if !one.On.After(on) {
			code = one.To
		}
	}
	return code
}

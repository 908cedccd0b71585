package prosecution

import (
	"time"

	"inkingi/internal/ids"
)

// Custody is a time that one suspect is held by the police (garde à vue): seven
// days, which a prosecutor may extend once to the double [M: PROCESS.md §4.4 F2].
type Custody struct {
	ID         ids.Custody
	Version    int
	File       ids.File
	Owner      ids.Org
	Suspect    ids.Suspect
	From       time.Time
	Extended   bool
	ExtendedBy ids.Account
	ExtendedAt time.Time
	Due        time.Time // when the law says that it ends
	Until      time.Time // zero: still held
	End        string    // code list "custody_end"
	Over       string    // code list "custody_over": why longer than the law allows; "" when it was not
	By         ids.Account
	At         time.Time
}

// Open says whether the suspect is still held.
func (c Custody) Open() bool { return c.Until.IsZero() }

// Late says whether it lasts, or lasted, longer than the law allows.
func (c Custody) Late(now time.Time) bool {
	if c.Open() {
		return now.After(c.Due)
	}
	return c.Until.After(c.Due)
}

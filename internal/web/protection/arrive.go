package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// arrive says that she is there.
func (r *Rooms) arrive(c *shell.Context) error {
	return r.answerNow(c, "referral.arrive.done", func(id ids.Referral, version int) error {
		return r.Desk.Arrive(c, c.Who, protection.Arrive{Referral: id, Version: version})
	})
}

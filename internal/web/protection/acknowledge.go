package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// acknowledge says "we have read it": the reply clock stops.
func (r *Rooms) acknowledge(c *shell.Context) error {
	return r.answerNow(c, "referral.acknowledge.done", func(id ids.Referral, version int) error {
		return r.Desk.Acknowledge(c, c.Who, protection.Acknowledge{Referral: id, Version: version})
	})
}

// answerNow is an answer of one press.
func (r *Rooms) answerNow(c *shell.Context, notice string, answer func(ids.Referral, int) error) error {
	id, err := shell.ID[ids.Referral](c, "referral")
	if err != nil {
		return err
	}
	f := c.Form()
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	if err := answer(id, version); err != nil {
		return err
	}
	c.Notice(notice)
	return c.Redirect("/requests/" + id.String())
}

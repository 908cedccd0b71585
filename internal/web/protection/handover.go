package protection

import (
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// handover is the paper that the police get when people pass into care: a
// time, a code for the person on duty, how many, and no destination.
func (r *Rooms) handover(c *shell.Context) error {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return err
	}
	v := signalView{voice: r.voice(c)}
	if v.Signal, v.Grant, err = r.Desk.Signal(c, c.Who, id); err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("duty.handover.title"), Body: handoverPage(v), Back: "/signals/" + id.String(), Plain: true, Unnamed: true})
}

// officer is the code of who took the signal, or of the reader.
func (v signalView) officer() string {
	if v.TakenBy.IsZero() {
		return officerCode(v.c.Who.Account)
	}
	return officerCode(v.TakenBy)
}

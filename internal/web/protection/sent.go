package protection

import (
	"time"

	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// sentView says that a signal arrived. The receipt tells nothing to anybody else.
type sentView struct {
	view
	Receipt ids.Code
	In      bool
	At      time.Time
}

// sent is where sending ends. Nothing is read: the page knows the receipt only.
func (r *Rooms) sent(c *shell.Context) error {
	code, err := ids.ParseCode(c.Query("receipt"))
	if err != nil {
		return c.Redirect("/signal")
	}
	v := sentView{view: r.view(c), Receipt: code, In: signedIn(c.Who), At: c.At}
	return c.Page(shell.Page{Title: v.T("signal.sent"), Body: sentPage(v), Plain: true})
}

package protection

import (
	"strconv"

	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// triagedView is what can be done at once after triage: help first.
type triagedView struct {
	signalView
	Case protection.Case // the one person's, when the reader came from the form
}

func (r *Rooms) triaged(c *shell.Context) error {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return err
	}
	v := triagedView{signalView: signalView{voice: r.voice(c)}}
	if v.Signal, v.Grant, err = r.Desk.Signal(c, c.Who, id); err != nil {
		return err
	}
	if one, malformed := ids.Parse[ids.Case](c.Query("case")); malformed == nil {
		seen, err := r.Desk.Case(c, c.Who, one, protection.Page{Limit: 1})
		if err != nil {
			return err
		}
		if seen.Case.Signal == id {
			v.Case = seen.Case
		}
	}
	return c.Page(shell.Page{Title: v.T("duty.triaged"), Body: triagedPage(v), Section: navSignals, Back: "/signals/" + id.String()})
}

func (v triagedView) href(rest string) string { return "/cases/" + v.Case.ID.String() + rest }

// digits writes a number as a field holds it.
func (v view) digits(n int) string { return strconv.Itoa(n) }

// personTyped opens the part about one person when something stands in it.
func (v triageView) personTyped() bool {
	for _, name := range []string{"called", "hours", "phrase", "avoid", "phone"} {
		if v.Value("person0_"+name) != "" || v.Fault("person0_"+name) != "" {
			return true
		}
	}
	return false
}

package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// holdView says why a file may not be erased yet, and lets somebody place or lift
// what forbids it.
type holdView struct {
	voice
	Case protection.Case
	All  []protection.Hold
	ID   ids.Hold
}

func (r *Rooms) hold(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	v := holdView{voice: r.voice(c), ID: shell.KeepID[ids.Hold](f, "id")}
	if v.Case, v.All, err = r.Desk.Holds(c, c.Who, id); err != nil {
		return err
	}
	back := "/cases/" + id.String()
	page := shell.Page{Title: v.T("hold.title"), Body: holdPage(v), Section: navCases, Back: back}
	if !c.Posted() {
		return c.Page(page)
	}
	if f.Has("lift") {
		hold, wrong := ids.Parse[ids.Hold](f.Value("lift"))
		if err = wrong; err == nil {
			err = r.Desk.LiftHold(c, c.Who, protection.LiftHold{Case: id, Hold: hold, Version: f.Version()})
		}
	} else {
		cmd := protection.PlaceHold{ID: v.ID, Case: id, Why: f.Choice("why", r.Desk.Rules.Codes(countries.HoldReason)...), Until: f.Day("until")}
		if err = f.Err(); err == nil {
			err = r.Desk.PlaceHold(c, c.Who, cmd)
		}
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("hold.saved")
	return c.Redirect(back + "/hold")
}

// lifts says whether a hold can be lifted here: one that stands, on this case.
func (v holdView) lifts(h protection.Hold) bool { return h.Case == v.Case.ID && h.Stands(v.c.At) }

// holdLine says one hold in a line.
func (v voice) holdLine(h protection.Hold) string {
	text := v.T("hold.line", "Why", v.label(countries.HoldReason, h.Why), "Until", v.Day(v.rooms.Country.Day(h.Until.Add(-1))), "Who", v.account(h.By))
	switch {
	case !h.LiftedAt.IsZero():
		return text + " " + v.T("hold.lifted", "When", v.when(h.LiftedAt), "Who", v.account(h.LiftedBy))
	case !h.Stands(v.c.At):
		return text + " " + v.T("hold.over")
	}
	return text
}

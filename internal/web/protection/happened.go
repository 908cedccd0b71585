package protection

import (
	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// happenedView asks, in one choice, what came about.
type happenedView struct {
	voice
	Case protection.Case
	ID   ids.Jotting
}

func (r *Rooms) happened(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := happenedView{voice: r.voice(c), Case: one.Case, ID: shell.KeepID[ids.Jotting](f, "id")}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("happened.title"), Body: happenedPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Happened{ID: v.ID, Case: one.Case.ID, What: f.Choice("what", r.Desk.Rules.Codes(countries.Incident)...), Words: f.Prose("words", 2000)}
	if err = f.Err(); err == nil {
		err = r.Desk.Happened(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("happened.done")
	return c.Redirect(back)
}

// clock is how soon RED is answered, with where that comes from.
func (v happenedView) clock() string {
	d := v.rooms.Country.Deadline(countries.RiskRed)
	length, _ := d.Duration()
	return v.T("happened.clock", "Span", v.Span(length), "Source", d.Source+v.mark(d.Fact))
}

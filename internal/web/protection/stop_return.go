package protection

import (
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// stopReturn notes that she does not leave after all.
func (r *Rooms) stopReturn(c *shell.Context) error {
	f := c.Form()
	v, err := r.returnView(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("return.stop.title"), Body: stopReturnPage(v), Back: v.href(""), Section: navCases, Answers: v.travels()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.StopReturn{Case: v.Of.ID, Version: f.Version(), Words: f.Prose("words", 2000), Told: f.Bool("told")}
	if err = f.Err(); err == nil {
		err = r.Desk.StopReturn(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("return.stop.done")
	return c.Redirect(v.href(""))
}

// travels says whether she is on her way and has not arrived.
func (v returnView) travels() bool {
	return v.Of.State == protection.InReturn && v.Arrived.IsZero()
}

// backReturn is the yes of a second person while her time to think runs.
func (r *Rooms) backReturn(c *shell.Context) error {
	f := c.Form()
	v, err := r.returnView(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("return.back.title"), Body: backReturnPage(v), Back: v.href("/return"), Section: navCases, Answers: v.backs()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.BackReturn{Case: v.Of.ID, Version: f.Version()}
	if err = f.Err(); err == nil {
		err = r.Desk.BackReturn(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("return.back.done")
	return c.Redirect(v.href("/return"))
}

// backs says whether a second person is waited for.
func (v returnView) backs() bool {
	return v.Of.State == protection.InAssistance && !v.Homecoming.Early.IsZero() && v.BackedBy.IsZero()
}

// stops are the verbs of an end, for who may.
func (v returnView) stops() []act {
	var all []act
	if v.travels() && v.may(access.ReturnStop, v.facts) {
		all = append(all, act{v.href("/return/stop"), v.T("return.stop.do"), alarm})
	}
	if v.backs() && v.may(access.ReturnBack, v.facts) {
		all = append(all, act{v.href("/return/back"), v.T("return.back.do"), ""})
	}
	return all
}

// unaware are the parties who are still to hear that it ended.
func (v returnView) unaware() []govuk.Choice {
	var all []govuk.Choice
	for _, p := range v.Parties {
		if !p.Ended.IsZero() && p.Released.IsZero() {
			all = append(all, govuk.Choice{Value: p.ID.String(), Text: p.Name})
		}
	}
	return all
}

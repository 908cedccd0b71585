package protection

import (
	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// suspendView asks why a contact is a danger; of a suspended case, whether it stays so.
type suspendView struct {
	voice
	protection.CaseView
}

func (r *Rooms) suspend(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := suspendView{voice: r.voice(c), CaseView: one}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("suspend.title"), Body: suspendPage(v), Back: back, Section: navCases, Answers: !one.Case.State.Over()}
	if !c.Posted() {
		return c.Page(page)
	}
	codes := r.Desk.Rules.Codes
	cmd := protection.Suspend{Case: v.Case.ID, Version: f.Version(), Reason: f.Choice("reason", codes(countries.SuspendReason)...)}
	done := "suspend.done"
	switch answer := f.Choice("answer", "stays", "lift"); {
	case answer == "lift":
		cmd.Lift, cmd.Reason, done = true, f.Choice("lifted", codes(countries.SuspendLift)...), "suspend.lifted.done"
	case answer == "stays":
		done = "suspend.kept"
	case v.suspended():
		f.Fail("answer", "fault.choice.missing")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Suspend(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice(done)
	return c.Redirect(back)
}

func (v suspendView) suspended() bool { return v.Case.State == protection.Suspended }

// again is when it is looked at again, with where that comes from.
func (v suspendView) again() string {
	d := v.rooms.Country.Deadline(countries.SafetyReview)
	length, _ := d.Duration()
	return v.T("suspend.again", "Span", v.Span(length), "Source", d.Source+v.mark(d.Fact))
}

// held are the clocks that wait, in the words of the country's deadlines.
func (v suspendView) held() (lines []string) {
	for _, t := range v.Case.Halt.Held {
		lines = append(lines, v.taskName(t.Key))
	}
	return lines
}

// halted says why nobody may contact her, since when, and until when that is looked
// at again; "" for a case that is not suspended.
func (v voice) halted(of protection.Case, tasks []protection.Task) (lines []string) {
	if of.State != protection.Suspended {
		return nil
	}
	lines = []string{v.T("suspend.why", "Why", v.label(countries.SuspendReason, of.Halt.Why), "When", v.when(of.Since))}
	d := v.rooms.Country.Deadline(countries.SafetyReview)
	length, _ := d.Duration()
	if t, waits := (protection.CaseView{Tasks: tasks}).Task(string(countries.SafetyReview)); waits {
		lines = append(lines, v.T("suspend.review", "Day", v.when(t.Due), "Span", v.Span(length), "Source", d.Source+v.mark(d.Fact)))
	}
	return lines
}

// silent is the safe contact of somebody whom a contact would endanger: no number.
func (v voice) silent() govuk.SafeContact {
	return govuk.SafeContact{Title: v.T("suspend.warning"), Forbidden: true}
}

// asks is what is asked of why.
func (v suspendView) asks() string {
	if v.suspended() {
		return v.T("suspend.stays.ask")
	}
	return v.T("suspend.ask")
}

func (v suspendView) saves() string {
	if v.suspended() {
		return v.T("suspend.decide.save")
	}
	return v.T("suspend.save")
}

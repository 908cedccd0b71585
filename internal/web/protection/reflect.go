package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// reflectView is her time to recover and to think.
type reflectView struct {
	voice
	Case    protection.Case
	Current protection.Reflection
}

func (r *Rooms) reflect(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := reflectView{voice: r.voice(c), Case: one.Case, Current: one.Reflection}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("reflection.title"), Body: reflectPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	cmd.Case, cmd.Version = one.Case.ID, f.Version()
	if err = f.Err(); err == nil {
		err = r.Desk.Reflect(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("reflection.saved")
	return c.Redirect(back)
}

// form reads the move and its reason.
func (v voice) reflectForm(f *shell.Form) protection.Reflect {
	var states []string
	for _, s := range protection.ReflectionStates {
		states = append(states, string(s))
	}
	cmd := protection.Reflect{To: protection.ReflectionState(f.Choice("to", states...)), Sheltered: answerOf(f, "sheltered")}
	list := countries.ReflectionNot
	if cmd.To == protection.ThoughtOut {
		list = countries.ReflectionEnd
	}
	if cmd.To == protection.NotOffered || cmd.To == protection.ThoughtOut {
		cmd.Why = f.Choice("because", v.rooms.Desk.Rules.Codes(list)...)
	}
	return cmd
}

func (v reflectView) form(f *shell.Form) protection.Reflect { return v.reflectForm(f) }

// moves are what may be said next.
func (v voice) moves(from protection.ReflectionState) []govuk.Choice {
	var all []govuk.Choice
	for _, s := range protection.ReflectionStates {
		if from.May(s) {
			all = append(all, govuk.Choice{Value: string(s), Text: v.T("reflection.to." + string(s))})
		}
	}
	return all
}

// whys are the reasons that the moves ask for.
func (v voice) whys(from protection.ReflectionState) []govuk.Choice {
	if from.Runs() {
		return v.choices(countries.ReflectionEnd)
	}
	if from.May(protection.NotOffered) {
		return v.choices(countries.ReflectionNot)
	}
	return nil
}

// reflection are its facts on the page of a case.
func (v caseView) reflection() []govuk.SummaryRow {
	r := v.Reflection
	why := countries.ReflectionNot
	if r.State == protection.ThoughtOut {
		why = countries.ReflectionEnd
	}
	state := v.T("reflection.none")
	if r.State != "" {
		state = v.T("reflection.state." + string(r.State))
	}
	rows := []govuk.SummaryRow{v.row(v.T("reflection.state"), state), v.rowIf(v.T("reflection.why"), v.label(why, r.Why)),
		v.rowIf(v.T("reflection.from"), v.when(r.From))}
	if r.State.Runs() {
		until := v.until(r.Until)
		if r.Until.IsZero() {
			until = v.T("reflection.until.child")
		}
		rows = append(rows, v.row(v.T("reflection.until"), until))
	}
	return rows
}

// keepsReflection says whether the reader may say how it goes.
func (v caseView) keepsReflection() bool {
	return v.Case.State.Served() && v.may(access.ReflectionKeep, v.facts)
}

// reflectionLength says how long, from the country's data, with its source.
func (v voice) reflectionLength() string {
	least, most := v.rooms.Country.Deadline(countries.ReflectionMin), v.rooms.Country.Deadline(countries.ReflectionRec)
	return v.T("reflection.length", "Least", least.Amount, "Most", most.Amount) + v.mark(least.Fact)
}

// mark is a space and the mark of what no jurist has confirmed.
func (v voice) mark(f countries.Fact) string {
	if text := v.unvalidated(f); text != "" {
		return " " + text
	}
	return ""
}

// pick is a drop-down list of choices, nothing chosen first.
func (v voice) pick(choices []govuk.Choice) []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("signal.choose")}}
	for _, c := range choices {
		all = append(all, govuk.SelectItem{Value: c.Value, Text: c.Text})
	}
	return all
}

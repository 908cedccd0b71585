package protection

import (
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// jotView is a quick note being written: one field of words, three short answers.
type jotView struct {
	voice
	Case protection.Case
	ID   ids.Jotting
}

func (r *Rooms) jot(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := jotView{voice: r.voice(c), Case: one.Case, ID: shell.KeepID[ids.Jotting](f, "id")}
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("jotting.title"), Body: jotPage(v), Back: back, Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Jot{ID: v.ID, Case: one.Case.ID, Words: f.Prose("words", 20000), Safe: answerOf(f, "safe"),
		Next: f.Choice("next", r.Desk.Rules.Codes(countries.JottingNext)...), Consent: answerOf(f, "consent")}
	if err = f.Err(); err == nil {
		err = r.Desk.Jot(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("jotting.saved")
	return c.Redirect(back + "#notes")
}

// consents are what she may have answered; "not asked yet" is the honest third.
func (v jotView) consents() []govuk.Choice {
	return []govuk.Choice{{Value: string(protection.Yes), Text: v.T("jotting.consent.yes")},
		{Value: string(protection.No), Text: v.T("jotting.consent.no"), Hint: govuk.Hint{Text: v.T("jotting.consent.no.hint")}},
		{Value: string(protection.Unknown), Text: v.T("jotting.consent.unknown")}}
}

// jottingView is a note, opened.
type jottingView struct {
	voice
	protection.Jotting
	Text  string
	facts access.Object
}

func (r *Rooms) jottingOf(c *shell.Context) (v jottingView, err error) {
	id, err := shell.ID[ids.Jotting](c, "jotting")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return v, err
	}
	v.voice = r.voice(c)
	j, g, err := r.Desk.Jotting(c, c.Who, id)
	if err != nil {
		return v, err
	}
	w := words{grant: g}
	v.Jotting, v.Text, v.facts = j, w.open(j.Words), g.Object()
	return v, w.err
}

func (r *Rooms) showJotting(c *shell.Context) error {
	v, err := r.jottingOf(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("jotting.one"), Body: jottingPage(v), Back: "/cases/" + v.Case.String(), Section: navCases})
}

func (v jottingView) rows() []govuk.SummaryRow {
	return []govuk.SummaryRow{
		v.row(v.T("jotting.when"), v.when(v.At)+" · "+v.account(v.By)),
		v.row(v.T("jotting.safe"), v.answer(v.Safe)),
		v.row(v.T("jotting.next"), v.label(countries.JottingNext, v.Next)),
		v.row(v.T("jotting.consent"), v.T("jotting.consent."+string(v.Consent))),
		v.rowIf(v.T("jotting.topics"), v.labels(countries.JottingTopic, v.Topics)),
		v.rowIf(v.T("jotting.to"), v.label(countries.ToldTo, v.To)),
		v.rowIf(v.T("jotting.on"), v.dayIf(v.On)),
		v.rowIf(v.T("jotting.sorted"), v.sorted()),
	}
}

func (v jottingView) sorted() string {
	if !v.Sorted() {
		return ""
	}
	return v.when(v.SortedAt) + " · " + v.account(v.SortedBy)
}

// sortJotting puts a note in order; its words stand above the form.
func (r *Rooms) sortJotting(c *shell.Context) error {
	f := c.Form()
	v, err := r.jottingOf(c)
	if err != nil {
		return err
	}
	page := shell.Page{Title: v.T("jotting.sort.title"), Body: sortJottingPage(v), Back: "/notes/" + v.ID.String(), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Sort{Jotting: v.ID, Version: f.Version(), Topics: f.Choices("topics", r.Desk.Rules.Codes(countries.JottingTopic)...),
		To: f.Choice("to", r.Desk.Rules.Codes(countries.ToldTo)...)}
	if f.Value("on-day")+f.Value("on-month")+f.Value("on-year") != "" {
		cmd.On = f.Day("on")
	}
	if err = f.Err(); err == nil {
		err = r.Desk.Sort(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("jotting.sort.done")
	return c.Redirect("/notes/" + v.ID.String())
}

// dayIf says a day, "" for none.
func (v voice) dayIf(d date.Day) string {
	if d.IsZero() {
		return ""
	}
	return v.Day(d)
}

// onDay is when she told them, as it was typed or as it stands.
func (v jottingView) onDay() map[string]string { return v.DayValues("on", v.On) }

// ticked are the topics that stand already, or what was ticked just now.
func (v jottingView) ticked() []string {
	if v.c.Posted() {
		return v.Values("topics")
	}
	return v.Topics
}

// jottings are the notes of a case: when, by whom, what comes next, and no word.
func (v caseView) jottings() govuk.Queue {
	q := govuk.Queue{}
	for _, j := range v.Jottings {
		row := govuk.QueueRow{Title: v.when(j.At), Next: v.label(countries.JottingNext, j.Next), Facts: []govuk.Fact{{Name: v.T("jotting.by"), Value: v.account(j.By)}}}
		o := v.facts
		o.Kind, o.ID, o.By = access.JottingKind, j.ID.UUID, j.By
		if v.may(access.JottingRead, o) {
			row.Href = "/notes/" + j.ID.String()
		}
		if j.Safe == protection.No {
			row.Tags = append(row.Tags, govuk.Tag{Text: v.T("jotting.unsafe"), Classes: "govuk-tag--red"})
		}
		if j.Sorted() {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("jotting.topics"), Value: v.labels(countries.JottingTopic, j.Topics)})
		} else {
			row.Tags = append(row.Tags, govuk.Tag{Text: v.T("jotting.unsorted"), Classes: "govuk-tag--grey"})
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// toldTo says to whom and about what, in one line.
func (v voice) toldTo(t protection.Told) string {
	return strings.Join(filled(v.label(countries.ToldTo, t.To), v.labels(countries.JottingTopic, t.Topics)), " · ")
}

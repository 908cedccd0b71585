package protection

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// ratifyView is the summary that a second person reads: her account, the
// suggestion beside the decision, what she agreed to.
type ratifyView struct {
	readView
}

func (r *Rooms) ratify(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := ratifyView{readView{listenView: listenView{voice: r.voice(c)}}}
	for _, s := range one.Screenings { // the decision that waits is the newest
		if s.State != protection.ScreeningDecided {
			continue
		}
		opened, g, err := r.Desk.Screening(c, c.Who, s.ID)
		if err != nil {
			return err
		}
		if v.readView, err = r.read(c, opened, g); err != nil {
			return err
		}
	}
	v.CaseView = one
	back := "/cases/" + one.Case.ID.String()
	page := shell.Page{Title: v.T("case.ratify.title"), Body: ratifyPage(v), Back: back, Section: navCases, Wide: true, Answers: v.waits()}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := protection.Ratify{Case: one.Case.ID, Version: f.Version(), Words: f.Prose("words", 4000)}
	answer := f.Choice("answer", "ratify", "return")
	if answer == "" {
		f.Fail("answer", "fault.choice.missing")
	}
	cmd.Return = answer == "return"
	if err = f.Err(); err == nil {
		err = r.Desk.Ratify(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("case.ratify.done." + answer)
	return c.Redirect(back)
}

// waits says whether the decision still waits for a second person.
func (v ratifyView) waits() bool { return v.Case.Ratification == protection.Waiting }

// signs are danger, clocks, and the time left to answer while an answer waits.
func (v ratifyView) signs() []templ.Component {
	if !v.waits() {
		return v.chips(v.Case.Level, v.Case.HealthFrom, v.Case.Child)
	}
	return v.chips(v.Case.Level, v.Case.HealthFrom, v.Case.Child, v.clock())
}

func (v ratifyView) clock() govuk.Clock {
	return v.Due(v.T("case.clock.ratify"), v.Case.PresumedAt, v.Case.RatifyBy)
}

func (v ratifyView) rule() (text, mark string) {
	d := v.rooms.Country.Deadline(countries.PresumptionRatify)
	return d.Label(v.Lang()), v.unvalidated(d.Fact)
}

// agreements are her answers, each with how much it covers.
func (v ratifyView) agreements() []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	for _, k := range v.Consents {
		to := v.T("case.consent.us")
		if !k.Recipient.IsZero() {
			to = v.orgName(k.Recipient)
		}
		rows = append(rows, v.row(v.label(countries.ConsentPurpose, k.Purpose)+" · "+to,
			v.T("consent.state."+string(k.State))+v.scopeOf(k)+v.doubts(k, v.Case)))
	}
	return rows
}

// doubts says in words why a yes must be asked for anew, "" when it stands.
func (v voice) doubts(k protection.Consent, of protection.Case) string {
	if said := v.approval(k); said != "" {
		return " · " + said
	}
	if v.rooms.Desk.Rules.Fits(k, of, v.c.At) {
		return ""
	}
	return " · " + v.T("consent.misfit")
}

// scopeOf says what a consent covers.
func (v voice) scopeOf(k protection.Consent) string {
	if len(k.Scope) == 0 {
		return ""
	}
	return v.T("case.colon") + v.labels(countries.PacketField, k.Scope)
}

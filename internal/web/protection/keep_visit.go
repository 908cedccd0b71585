package protection

import (
	"slices"
	"strconv"

	"inkingi/countries"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// visitView asks how a contact with her went.
type visitView struct {
	followView
	ID ids.Visit
}

func (r *Rooms) keepVisit(c *shell.Context) error {
	f := c.Form()
	id, err := shell.ID[ids.Case](c, "case")
	if err == nil {
		err = r.gate(c, id.UUID)
	}
	if err != nil {
		return err
	}
	v := visitView{ID: shell.KeepID[ids.Visit](f, "id")}
	if v.followView, err = r.followView(c, id); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("visit.title"), Body: visitPage(v), Back: v.href("/visits"), Section: navCases, Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.KeepVisit(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	if cmd.Result == "REACHED" {
		c.Notice("visit.saved")
	} else {
		c.Notice("visit.saved.tried")
	}
	return c.Redirect(v.href("/visits"))
}

func (v visitView) form(f *shell.Form) protection.KeepVisit {
	list := func(name string, l countries.ListName) string { return f.Choice(name, v.rooms.Desk.Rules.Codes(l)...) }
	cmd := protection.KeepVisit{ID: v.ID, Case: v.Case.ID, Moment: list("moment", countries.VisitMoment), Day: f.Day("day"), Mode: list("mode", countries.VisitMode),
		Result: list("result", countries.VisitResult), Present: f.Choices("present", v.rooms.Desk.Rules.Codes(countries.VisitPresent)...), HomeSafe: answerOf(f, "home_safe"),
		Business: answerOf(f, "business"), BusinessEnd: list("business_end", countries.BusinessEnd), Income: list("income", countries.IncomeBand),
		School: answerOf(f, "school"), Threat: answerOf(f, "threat"), Words: f.Prose("words", 2000), Next: f.Day("next"), Scores: map[string]int{}}
	if f.Value("satisfaction") != "" {
		cmd.Satisfaction = f.Int("satisfaction", 1, 5)
	}
	for _, domain := range v.domains() {
		if f.Value("score_"+domain.Value) != "" {
			cmd.Scores[domain.Value] = f.Int("score_"+domain.Value, 1, 5)
		}
	}
	return cmd
}

func (v visitView) domains() []govuk.Choice { return v.choices(countries.OutcomeDomain) }

// scores are the five answers to how a domain goes, and none.
func (v visitView) scores() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("visit.score.none")}}
	for n := 1; n <= 5; n++ {
		all = append(all, govuk.SelectItem{Value: strconv.Itoa(n), Text: v.T("visit.score." + strconv.Itoa(n))})
	}
	return all
}

// moment is the contact that is due first, so that nobody looks for it.
func (v visitView) moment() string {
	if v.Case.State != protection.InReintegration && v.Case.State != protection.InMonitoring {
		return "OTHER"
	}
	scored := false
	for _, one := range v.Visits {
		scored = scored || one.Moment == protection.AtEntry
	}
	if !scored {
		return protection.AtEntry
	}
	moments := map[string]string{string(countries.Monitoring1): "M1", string(countries.Monitoring2): "M3", string(countries.Monitoring3): "M6",
		string(countries.Monitoring4): "M12", string(countries.MonitoringSchool): "SCHOOL"}
	for _, t := range v.Tasks { // what is due first stands first
		if one := moments[t.Key]; one != "" {
			return one
		}
	}
	return "OTHER"
}

// moments are those that can be noted from where the case stands.
func (v visitView) moments() []govuk.Choice {
	if v.moment() == "OTHER" && v.Case.State != protection.InMonitoring {
		return v.some(countries.VisitMoment, "OTHER")
	}
	_, school := v.Task(string(countries.MonitoringSchool))
	return slices.DeleteFunc(v.choices(countries.VisitMoment), func(k govuk.Choice) bool { return k.Value == "SCHOOL" && !school })
}

// runs says whether something she started runs, so that it is asked about.
func (v visitView) runs() bool {
	for _, b := range v.Businesses {
		if b.Until.IsZero() {
			return true
		}
	}
	return false
}

// asks says whether the part that only she can answer stands open.
func (v visitView) asks() bool {
	names := []string{"satisfaction", "income", "school", "threat", "business", "business_end"}
	for _, d := range v.domains() {
		names = append(names, "score_"+d.Value)
	}
	return v.moment() != "OTHER" || v.unfolded(names...)
}

func (v visitView) day() map[string]string { return v.DateValues("day", date.Of(v.Today())) }

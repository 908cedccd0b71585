package protection

import (
	"strconv"
	"strings"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// episodeView is one service that she receives.
type episodeView struct {
	voice
	protection.Episode
	Days  []protection.Attendance
	Code  string
	Words string
	facts access.Object
	over  bool // the case is closed
}

func (r *Rooms) showEpisode(c *shell.Context) error {
	v, err := r.episodeOf(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.name(), Body: episodePage(v), Back: v.back(), Section: navCases})
}

// episodeOf reads the service of the address with its case, for who may do what
// the route is for.
func (r *Rooms) episodeOf(c *shell.Context) (episodeView, error) {
	v := episodeView{voice: r.voice(c)}
	id, err := shell.ID[ids.Episode](c, "episode")
	if err != nil {
		return v, err
	}
	if c.Route.Action != access.EpisodeRead {
		if err := r.gate(c, id.UUID); err != nil {
			return v, err
		}
	}
	var g access.Grant
	if v.Episode, v.Days, g, err = r.Desk.Episode(c, c.Who, id); err != nil {
		return v, err
	}
	w := words{grant: g}
	v.Words, v.facts = w.open(v.Remark), g.Object()
	if w.err != nil {
		return v, w.err
	}
	one, err := r.Desk.Case(c, c.Who, v.Case, protection.Page{Limit: 1})
	v.Code, v.over = one.Case.Code.String(), one.Case.State.Over()
	return v, err
}

func (v episodeView) back() string { return "/cases/" + v.Case.String() + "/plan#services" }

func (v episodeView) href(rest string) string { return "/episodes/" + v.ID.String() + rest }

func (v episodeView) name() string { return v.label(countries.Service, v.Need) }

func (v episodeView) tag() govuk.Tag { return v.episodeTag(v.State) }

func (v voice) episodeTag(s protection.EpisodeState) govuk.Tag {
	t := govuk.Tag{Text: v.T("episode.state." + string(s)), Classes: "govuk-tag--green"}
	switch s {
	case protection.Paused:
		t.Classes = "govuk-tag--orange"
	case protection.Ended:
		t.Classes = "govuk-tag--grey"
	}
	return t
}

// verbs are what may be noted of the service.
func (v episodeView) verbs() []act {
	if v.State == protection.Ended || !v.may(access.EpisodeKeep, v.facts) {
		return nil
	}
	pause := act{v.href("/pause"), v.T("episode.do.pause"), second}
	if v.State == protection.Paused {
		pause.Text = v.T("episode.do.resume")
	}
	return []act{{v.href("/attend"), v.T("episode.do.attend"), ""}, pause, {v.href("/end"), v.T("episode.do.end"), second}}
}

func (v episodeView) about() []govuk.SummaryRow {
	rows := []govuk.SummaryRow{
		v.row(v.T("episode.provider"), v.orgName(v.Provider)),
		v.row(v.T("episode.deliverer"), v.orgName(v.Deliverer)+" · "+v.label(countries.DecidedBy, v.DeliveredBy)),
		v.row(v.T("episode.funders"), v.labels(countries.Funder, v.Funders)),
		v.row(v.T("episode.from"), v.Day(v.From)),
	}
	if !v.Until.IsZero() {
		rows = append(rows, v.row(v.T("episode.until"), v.Day(v.Until)))
	}
	rows = append(rows, v.rowIf(v.T("episode.cost"), v.money(v.Cost)), v.rowIf(v.T("episode.outcome"), v.label(countries.ServiceOutcome, v.Outcome)))
	if v.Satisfaction > 0 {
		rows = append(rows, v.row(v.T("episode.satisfaction"), v.T("episode.satisfaction.of", "N", v.Satisfaction)))
	}
	if !v.Referral.IsZero() && v.rooms.Desk.Opens(v.c, v.c.Who, access.ReferralRead, access.ReferralKind, v.Referral.UUID, access.ForReferral) {
		row := v.row(v.T("episode.referral"), "")
		row.Value = govuk.SummaryCell{HTML: link("/referrals/"+v.Referral.String(), v.T("episode.referral.read"))}
		rows = append(rows, row)
	}
	if v.FormalID {
		rows = append(rows, v.row(v.T("episode.formal"), v.T("common.yes")))
	}
	return append(rows, v.rowIf(v.T("episode.remark"), v.Words))
}

// pauses are the times without it, in one line each.
func (v episodeView) pauses() []string {
	var all []string
	for _, p := range v.Pauses {
		line := v.label(countries.ServicePause, p.Reason) + " · " + v.T("episode.since", "Day", v.Day(p.From))
		if !p.Until.IsZero() {
			line = v.label(countries.ServicePause, p.Reason) + " · " + v.T("episode.between", "From", v.Day(p.From), "Until", v.Day(p.Until))
		}
		all = append(all, line)
	}
	return all
}

// attendance counts the days and lists the last ones.
func (v episodeView) attendance() (sum string, days []string) {
	count := map[string]int{}
	for _, d := range v.Days {
		count[d.Came]++
		if len(days) < 20 {
			days = append(days, comma(v.Day(d.Day)+" · "+v.label(countries.AttendanceList, d.Came), v.org(d.Org)))
		}
	}
	var parts []string
	for _, k := range v.rooms.Country.List(countries.AttendanceList) {
		if n := count[k.Code]; n > 0 {
			parts = append(parts, k.Label(v.Lang())+v.T("case.colon")+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, " · "), days
}

// kept is the service as it stands, when somebody was faster.
func (v episodeView) kept() []string {
	all := []string{v.T("episode.state." + string(v.State))}
	if !v.Until.IsZero() {
		all = append(all, v.T("episode.until")+v.T("case.colon")+v.Day(v.Until))
	}
	return append(all, v.pauses()...)
}

// episodeForm draws one question page of a service, and keeps what comes of it.
func (r *Rooms) episodeForm(c *shell.Context, title, notice string, page func(episodeView) shell.Page, keep func(episodeView, *shell.Form) func() error) error {
	f := c.Form()
	v, err := r.episodeOf(c)
	if err != nil {
		return err
	}
	p := page(v)
	p.Title, p.Back, p.Section = v.T(title), v.href(""), navCases
	if !c.Posted() {
		return c.Page(p)
	}
	act := keep(v, f)
	if err = f.Err(); err == nil {
		err = act()
	}
	if err != nil {
		return c.Again(err, p)
	}
	c.Notice(notice)
	return c.Redirect(v.href(""))
}

func (r *Rooms) attend(c *shell.Context) error {
	id := shell.KeepID[ids.Attendance](c.Form(), "id")
	return r.episodeForm(c, "episode.attend.title", "episode.saved", func(v episodeView) shell.Page { return shell.Page{Body: attendPage(v, id), Answers: true} },
		func(v episodeView, f *shell.Form) func() error {
			cmd := protection.Attend{ID: id, Episode: v.ID, Day: f.Day("day"), Came: f.Choice("came", r.Desk.Rules.Codes(countries.AttendanceList)...)}
			return func() error { return r.Desk.Attend(c, c.Who, cmd) }
		})
}

func (r *Rooms) pauseService(c *shell.Context) error {
	return r.episodeForm(c, "episode.pause.title", "episode.saved", func(v episodeView) shell.Page {
		return shell.Page{Body: pausePage(v), Answers: v.State != protection.Ended}
	},
		func(v episodeView, f *shell.Form) func() error {
			cmd := protection.PauseService{Episode: v.ID, Version: f.Version(), Resume: f.Value("resume") == "yes", Day: f.Day("day"), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ServicePause)...)}
			return func() error { return r.Desk.PauseService(c, c.Who, cmd) }
		})
}

func (r *Rooms) endService(c *shell.Context) error {
	return r.episodeForm(c, "episode.end.title", "episode.end.saved", func(v episodeView) shell.Page {
		return shell.Page{Body: endServicePage(v), Answers: v.State != protection.Ended}
	},
		func(v episodeView, f *shell.Form) func() error {
			cmd := protection.EndService{Episode: v.ID, Version: f.Version(), Until: f.Day("until"), Outcome: f.Choice("outcome", r.Desk.Rules.Codes(countries.ServiceOutcome)...),
				Cost: v.cost(f), Remark: f.Prose("remark", 2000)}
			if f.Value("satisfaction") != "" {
				cmd.Satisfaction = f.Int("satisfaction", 1, 5)
			}
			return func() error { return r.Desk.EndService(c, c.Who, cmd) }
		})
}

// today fills the boxes of a day with today.
func (v episodeView) today(name string) map[string]string {
	return v.DateValues(name, date.Of(v.Today()))
}

// resumes says whether the page is about going on: the one it was drawn for.
func (v episodeView) resumes() bool {
	if r := v.Value("resume"); r != "" && !v.Stale() {
		return r == "yes"
	}
	return v.State == protection.Paused
}

// satisfied are 1 to 5, in words.
func (v view) satisfied() []govuk.Choice {
	var all []govuk.Choice
	for n := 5; n >= 1; n-- {
		all = append(all, govuk.Choice{Value: strconv.Itoa(n), Text: v.T("episode.satisfaction." + strconv.Itoa(n))})
	}
	return all
}

// services are those of a case on the page of its plan, the newest first.
func (v planView) services() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for _, e := range v.Episodes {
		o := v.facts
		o.Kind, o.ID, o.By = access.EpisodeKind, e.ID.UUID, e.By
		row := govuk.QueueRow{Title: v.label(countries.Service, e.Need), Tags: []govuk.Tag{v.episodeTag(e.State)},
			Facts: []govuk.Fact{{Name: v.T("episode.provider"), Value: v.orgName(e.Provider)}, {Name: v.T("episode.from"), Value: v.Day(e.From)}}}
		if !e.Until.IsZero() {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("episode.until"), Value: v.Day(e.Until)})
		}
		if v.may(access.EpisodeRead, o) {
			row.Href = "/episodes/" + e.ID.String()
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// arrivals are what may be noted as received, for who may.
func (v planView) arrivals() []act {
	if v.serving() == "" {
		return nil
	}
	var all []act
	for _, l := range v.Arrived {
		all = append(all, act{Href: v.serving() + "?referral=" + l.ID.String(), Text: v.T("episode.arrived", "Need", v.label(countries.Service, l.Need), "Org", v.orgName(l.To))})
	}
	return all
}

// serving is where a new service is noted, for who may.
func (v planView) serving() string {
	if v.Case.State.Over() || !v.may(access.EpisodeKeep, v.facts) {
		return ""
	}
	return "/cases/" + v.Case.ID.String() + "/serve"
}

package protection

import (
	"cmp"
	"strings"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// followView is how she is: whom to call and how, what is due, what changed.
type followView struct {
	voice
	protection.FollowView
	Contact contact
	facts   access.Object
	words   map[ids.Visit]string
}

func (r *Rooms) showFollow(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	v, err := r.followView(c, id)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("follow.title"), Body: followPage(v), Back: "/cases/" + id.String(), Section: navCases, Wide: true})
}

// followView opens how she is.
func (r *Rooms) followView(c *shell.Context, id ids.Case) (followView, error) {
	read, err := r.Desk.Follow(c, c.Who, id)
	if err != nil {
		return followView{}, err
	}
	v := followView{voice: r.voice(c), FollowView: read, facts: read.Grant.Object(), words: map[ids.Visit]string{}}
	w, p := words{grant: read.Grant}, words{grant: read.Opened}
	for _, one := range read.Visits {
		v.words[one.ID] = w.open(one.Words)
	}
	if !read.Person.ID.IsZero() {
		v.Contact = openContact(&p, read.Person.Contact)
	}
	return v, cmp.Or(w.err, p.err)
}

func (v followView) href(rest string) string { return "/cases/" + v.Case.ID.String() + rest }

// reaches says whether the reader may see how to reach her.
func (v followView) reaches() bool { return !v.Person.ID.IsZero() }

// box is the safe contact: hours, phrase and whom to avoid stand above the number.
func (v followView) box() govuk.SafeContact {
	if v.Case.State == protection.Suspended || v.Opened.Object().Stage == string(protection.Suspended) {
		return v.silent()
	}
	return v.safe(v.Contact)
}

// signs are danger, child, and the clocks of following her.
func (v followView) signs() []templ.Component {
	all := v.chips(v.Case.Level, time.Time{}, v.Case.Child)
	for _, t := range v.Tasks {
		all = append(all, v.taskClock(t))
	}
	return all
}

// search says how it stands with reaching her, "" while nobody failed to.
func (v followView) search() string {
	if v.Case.State.Over() {
		return ""
	}
	for _, t := range v.Tasks { // she may be missing on the very day she was spoken with
		if t.Key == string(countries.MissingRed) || t.Key == string(countries.MissingOther) {
			return v.T("follow.search.missing")
		}
	}
	s := protection.SearchOf(v.Visits)
	if s.Days == 0 {
		return ""
	}
	return v.T("follow.search", "Count", s.Days, "Most", v.rooms.Desk.Rules.Attempts, "First", v.Day(s.First), "Day", v.Day(v.DayOf(v.rooms.Desk.Rules.LostFrom(s))))
}

// verbs are what the reader may do; the first is the next step.
func (v followView) verbs() []act {
	var all []act
	add := func(shown bool, a access.Action, href, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{v.href(href), v.T(key), class})
		}
	}
	open := !v.Case.State.Over()
	add(open && v.Case.State != protection.Suspended || v.Case.State == protection.Closed, access.VisitKeep, "/visit", "follow.do.visit", "")
	add(v.Case.State.Served(), access.EpisodeKeep, "/business", "follow.do.business", second)
	add(open && v.Case.State != protection.Suspended && protection.SearchOf(v.Visits).Days > 0, access.CaseClose, "/lose", "follow.do.lose", second)
	return all
}

// contacts are the contacts and attempts, the newest first.
func (v followView) contacts() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for _, one := range v.Visits {
		row := govuk.QueueRow{Title: v.Day(one.Day) + " · " + v.label(countries.VisitMoment, one.Moment), Tags: []govuk.Tag{v.visitTag(one)}}
		add := func(name, value string) {
			if value != "" {
				row.Facts = append(row.Facts, govuk.Fact{Name: name, Value: value})
			}
		}
		add(v.T("follow.mode"), v.label(countries.VisitMode, one.Mode))
		add(v.T("follow.present"), v.labels(countries.VisitPresent, one.Present))
		add(v.T("follow.threat"), v.answer(one.Threat))
		add(v.T("follow.business.short"), v.answer(one.Business))
		add(v.T("follow.income"), v.label(countries.IncomeBand, one.Income))
		add(v.T("follow.school"), v.answer(one.School))
		if one.Satisfaction > 0 {
			add(v.T("follow.satisfaction"), v.T("follow.of5", "N", one.Satisfaction))
		}
		add(v.T("follow.words"), strings.Join(lines(v.words[one.ID]), " "))
		add(v.T("follow.by"), v.account(one.By))
		q.Rows = append(q.Rows, row)
	}
	return q
}

func (v voice) visitTag(one protection.Visit) govuk.Tag {
	t := govuk.Tag{Text: v.label(countries.VisitResult, one.Result), Classes: "govuk-tag--orange"}
	if one.Reached() {
		t.Classes = "govuk-tag--green"
	}
	if one.Result == "VANISHED" {
		t.Classes = "govuk-tag--red"
	}
	return t
}

// businesses are what she was helped to start, and how long each lived.
func (v followView) businesses() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 3}
	for _, b := range v.Businesses {
		row := govuk.QueueRow{Title: v.label(countries.BusinessKind, b.Kind), Facts: []govuk.Fact{{Name: v.T("follow.business.from"), Value: v.Day(b.From)},
			{Name: v.T("follow.business.lived"), Value: v.T("follow.months", "Count", b.Months(v.Today()))}}}
		if text := v.money(b.Cost); text != "" {
			row.Facts = append(row.Facts, govuk.Fact{Name: v.T("follow.business.cost"), Value: text})
		}
		if b.Until.IsZero() {
			row.Tags = []govuk.Tag{{Text: v.T("follow.business.runs"), Classes: "govuk-tag--green"}}
		} else {
			row.Tags = []govuk.Tag{{Text: v.T("follow.business.over", "Day", v.Day(b.Until)), Classes: "govuk-tag--grey"}}
			if why := v.label(countries.BusinessEnd, b.End); why != "" {
				row.Facts = append(row.Facts, govuk.Fact{Name: v.T("follow.business.why"), Value: why})
			}
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// school is the contact at the next school term, with where its day comes from; ""
// where none is planned.
func (v followView) school() string {
	t, planned := v.Task(string(countries.MonitoringSchool))
	if !planned {
		return ""
	}
	term, begins := v.rooms.Country.SchoolTermAfter(v.rooms.Desk.Rules.TermBegins(t).Add(-1))
	return v.T("follow.term", "Term", term.Label(v.Lang()), "Day", v.Day(begins), "Due", v.Day(v.DayOf(t.Due)), "Source", term.Source+v.mark(term.Fact))
}

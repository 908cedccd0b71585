package protection

import (
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// provideView asks the house that has her one thing about the service: codes and a
// day, and no story. It reads no packet.
type provideView struct {
	referralView
	New  ids.Progress
	Open bool // from where the request stands, it can still be said
}

// provide draws one question of the receiver, and keeps the answer.
func (r *Rooms) provide(c *shell.Context, title string, open func(protection.ReferralState) bool, page func(provideView) shell.Page, keep func(provideView, *shell.Form) func() error) error {
	f := c.Form()
	one, err := r.referralOf(c)
	if err != nil {
		return err
	}
	v := provideView{referralView: one, New: shell.KeepID[ids.Progress](f, "id"), Open: open(one.State)}
	p := page(v)
	p.Title, p.Back, p.Section, p.Answers = v.T(title), v.back(), navReferrals, v.Open
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
	c.Notice("provide.saved")
	return c.Redirect(v.back())
}

// back is the request: with its packet while that is there, without it afterwards.
func (v provideView) back() string { return v.referralView.requested() }

// requested is where the receiver reads the request.
func (v referralView) requested() string {
	if v.State == protection.Concluded || !v.BurntAt.IsZero() {
		return "/referrals/" + v.ID.String()
	}
	return "/requests/" + v.ID.String()
}

// today fills the boxes of a day with today.
func (v provideView) today(name string) map[string]string {
	return v.DateValues(name, date.Of(v.Today()))
}

func in(states ...protection.ReferralState) func(protection.ReferralState) bool {
	return func(s protection.ReferralState) bool { return slices.Contains(states, s) }
}

func (r *Rooms) noteDay(c *shell.Context) error {
	open := in(protection.Arrived, protection.Interrupted, protection.Completed, protection.FedBack)
	return r.provide(c, "provide.day.title", open, func(v provideView) shell.Page { return shell.Page{Body: noteDayPage(v)} },
		func(v provideView, f *shell.Form) func() error {
			cmd := protection.NoteDay{ID: v.New, Referral: v.ID, Day: f.Day("day"), Came: f.Choice("came", r.Desk.Rules.Codes(countries.AttendanceList)...)}
			return func() error { return r.Desk.NoteDay(c, c.Who, cmd) }
		})
}

func (r *Rooms) interrupt(c *shell.Context) error {
	return r.provide(c, "provide.interrupt.title", in(protection.Arrived), func(v provideView) shell.Page { return shell.Page{Body: interruptPage(v)} },
		func(v provideView, f *shell.Form) func() error {
			cmd := protection.Interrupt{ID: v.New, Referral: v.ID, Version: f.Version(), Day: f.Day("day"), Reason: f.Choice("reason", r.Desk.Rules.Codes(countries.ServicePause)...)}
			return func() error { return r.Desk.Interrupt(c, c.Who, cmd) }
		})
}

func (r *Rooms) goOn(c *shell.Context) error {
	return r.provide(c, "provide.resume.title", in(protection.Interrupted), func(v provideView) shell.Page { return shell.Page{Body: goOnPage(v)} },
		func(v provideView, f *shell.Form) func() error {
			cmd := protection.GoOn{ID: v.New, Referral: v.ID, Version: f.Version(), Day: f.Day("day")}
			return func() error { return r.Desk.GoOn(c, c.Who, cmd) }
		})
}

func (r *Rooms) complete(c *shell.Context) error {
	return r.provide(c, "provide.complete.title", in(protection.Arrived, protection.Interrupted), func(v provideView) shell.Page { return shell.Page{Body: completePage(v)} },
		func(v provideView, f *shell.Form) func() error {
			cmd := protection.Complete{ID: v.New, Referral: v.ID, Version: f.Version(), Day: f.Day("day"), Outcome: f.Choice("outcome", r.Desk.Rules.Codes(countries.ServiceOutcome)...)}
			return func() error { return r.Desk.Complete(c, c.Who, cmd) }
		})
}

func (r *Rooms) feedBack(c *shell.Context) error {
	return r.provide(c, "provide.feedback.title", in(protection.Completed, protection.Interrupted), func(v provideView) shell.Page { return shell.Page{Body: feedBackPage(v)} },
		func(v provideView, f *shell.Form) func() error {
			cmd := protection.FeedBack{ID: v.New, Referral: v.ID, Version: f.Version(), Next: f.Choices("next", r.Desk.Rules.Codes(countries.ServiceFeedback)...), Words: f.Prose("words", 300)}
			return func() error { return r.Desk.FeedBack(c, c.Who, cmd) }
		})
}

// conclude says that the sender has read what came back.
func (r *Rooms) conclude(c *shell.Context) error {
	id, err := shell.ID[ids.Referral](c, "referral")
	if err != nil {
		return err
	}
	f := c.Form()
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	if err := r.Desk.Conclude(c, c.Who, protection.Conclude{Referral: id, Version: version}); err != nil {
		return err
	}
	c.Notice("provide.closed")
	return c.Redirect("/referrals/" + id.String())
}

// provides are what the receiver may say of the service, from where the request stands.
func (v referralView) provides() []act {
	var all []act
	add := func(shown bool, a access.Action, rest, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{"/requests/" + v.ID.String() + rest, v.T(key), class})
		}
	}
	s := v.State
	add(s == protection.Arrived, access.ReferralAttend, "/day", "provide.do.day", "")
	add(s == protection.Interrupted && v.BurntAt.IsZero(), access.ReferralResume, "/resume", "provide.do.resume", "")
	add(s == protection.Completed || s == protection.Interrupted, access.ReferralFeedBack, "/feedback", "provide.do.feedback", "")
	add(s == protection.Arrived || s == protection.Interrupted, access.ReferralComplete, "/complete", "provide.do.complete", second)
	add(s == protection.Arrived, access.ReferralInterrupt, "/interrupt", "provide.do.interrupt", second)
	add(s == protection.Interrupted || s == protection.Completed, access.ReferralAttend, "/day", "provide.do.day", second)
	return all
}

// concludes says whether the sender may close it now.
func (v referralView) concludes() bool {
	return v.State == protection.FedBack && v.may(access.ReferralClose, v.facts)
}

// said is what the receiver said of the service, in the order it was said; the days
// that she came are counted.
func (v referralView) said() []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	days := map[string]int{}
	came := map[date.Day]string{}
	for _, p := range v.Progress {
		switch p.Kind {
		case protection.OfDay:
			came[p.Day] = p.Code()
		case protection.OfReplied:
			rows = append(rows, v.row(v.T("provide.said.FEEDBACK"), comma(v.labels(countries.ServiceFeedback, p.Codes), v.Words)))
		default:
			rows = append(rows, v.row(v.T("provide.said."+string(p.Kind)), comma(v.Day(p.Day), v.saidOf(p))))
		}
	}
	if len(came) == 0 {
		return rows
	}
	for _, code := range came {
		days[code]++
	}
	var text string
	for _, k := range v.rooms.Country.List(countries.AttendanceList) {
		if n := days[k.Code]; n > 0 {
			text = comma(text, k.Label(v.Lang())+v.T("case.colon")+v.digits(n))
		}
	}
	return append([]govuk.SummaryRow{v.row(v.T("provide.said.DAY"), text)}, rows...)
}

// saidOf is the code of what was said, in words.
func (v voice) saidOf(p protection.Progress) string {
	switch p.Kind {
	case protection.OfPause:
		return v.label(countries.ServicePause, p.Code())
	case protection.OfEnd:
		return v.label(countries.ServiceOutcome, p.Code())
	}
	return ""
}

// keeps says until when the receiver keeps the packet, for both sides.
func (v referralView) keeps() (text, mark string) {
	switch {
	case !v.State.Received():
		return "", ""
	case !v.BurntAt.IsZero():
		return v.T("provide.burnt", "When", v.BurntAt), ""
	}
	d := v.rooms.Country.Deadline(countries.PacketKeep)
	if v.OverAt.IsZero() {
		return v.T("provide.keeps", "Days", d.Amount), v.unvalidated(d.Fact)
	}
	return v.T("provide.keeps.until", "When", v.rooms.Desk.Rules.Due("packet.keep", v.OverAt)), v.unvalidated(d.Fact)
}

// tell reads what the receiver said; its words for who reads the services of her case.
func (v *referralView) tell(g access.Grant) error {
	if !v.State.Received() {
		return nil
	}
	var err error
	if v.Progress, err = v.rooms.Desk.Progress(v.c, g, v.ID); err != nil {
		return err
	}
	back := slices.ContainsFunc(v.Progress, func(p protection.Progress) bool { return p.Kind == protection.OfReplied })
	if !back || !v.mine() || !v.rooms.Desk.Opens(v.c, v.c.Who, access.EpisodeRead, access.CaseKind, v.Case.UUID, access.ForProtection) {
		return nil
	}
	p, of, err := v.rooms.Desk.FedBack(v.c, v.c.Who, v.Referral)
	if err != nil {
		return err
	}
	w := words{grant: of}
	v.Words = w.open(p.Words)
	return w.err
}

// agreeService takes over what the provider said, without typing it again.
func (r *Rooms) agreeService(c *shell.Context) error {
	id, err := shell.ID[ids.Episode](c, "episode")
	if err != nil {
		return err
	}
	f := c.Form()
	version := f.Version()
	if err := f.Err(); err != nil {
		return err
	}
	if err := r.Desk.AgreeService(c, c.Who, protection.AgreeService{Episode: id, Version: version}); err != nil {
		return err
	}
	c.Notice("provide.agreed")
	return c.Redirect("/episodes/" + id.String())
}

// waiting is what the provider said and nobody agreed with yet, one line each.
func (v episodeView) waiting() []string {
	var all []string
	for _, p := range v.Episode.Waiting(v.Said) {
		all = append(all, v.T("provide.said."+string(p.Kind))+v.T("case.colon")+comma(v.Day(p.Day), v.saidOf(p)))
	}
	return all
}

// ended is what the provider said of the end, to be corrected; zero when nothing waits.
func (v episodeView) ended() (end protection.Progress) {
	for _, p := range v.Episode.Waiting(v.Said) {
		if p.Kind == protection.OfEnd {
			end = p
		}
	}
	return end
}

// endDay fills the boxes of the last day: as the provider said, or today.
func (v episodeView) endDay() map[string]string {
	if p := v.ended(); !p.Day.IsZero() {
		return v.DateValues("until", date.Of(p.Day))
	}
	return v.today("until")
}

// inService are the requests that stand open at the reader's house: she is there, or
// the service stopped, or nobody was told yet what follows.
func (r *Rooms) inService(c *shell.Context) (Section, error) {
	v := r.voice(c)
	var rows []govuk.QueueRow
	waiting, next := 0, ""
	for _, state := range []protection.ReferralState{protection.Completed, protection.Interrupted, protection.Arrived} {
		cut, err := r.Desk.Referrals(c, c.Who, protection.ReferralFilter{In: true, State: state}, protection.Page{Limit: casesPerPage})
		if err != nil {
			return Section{}, err
		}
		waiting, next = waiting+len(cut.Lines), next+cut.Next
		rows = append(rows, v.asking(cut.Lines, 3).Rows...)
	}
	return v.caseSection("in-service", "provide.list", "provide.list.none", rows, waiting, 0, next, "/requests?state=IN_SERVICE"), nil
}

package protection

import (
	"github.com/a-h/templ"
	"reflect"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// signalView is one signal as the person on duty sees it: danger and place
// first, then minutes, clocks, what was reported, how to call back.
type signalView struct {
	voice
	protection.Signal
	Grant   access.Grant
	Spots   string
	Words   string
	Similar []govuk.QueueRow
	Older   []olderSignal
	Contact *govuk.SafeContact // only for who took it
	Caller  string
	Take    bool
	Judge   bool
	Mend    bool
	Bare    bool // the reader works with her and not with the signal: what was seen, and no word of who reported
}

// olderSignal is what a signal said before a correction.
type olderSignal struct {
	Title string
	Rows  []govuk.SummaryRow
}

func (r *Rooms) showSignal(c *shell.Context) error {
	id, err := shell.ID[ids.Signal](c, "signal")
	if err != nil {
		return err
	}
	v, err := r.signalOf(c, id)
	if err != nil {
		return err
	}
	if err := v.older(id); err != nil {
		return err
	}
	if err := v.similar(); err != nil {
		return err
	}
	if err := v.reporter(); err != nil {
		return err
	}
	facts := v.Facts(r.Country.Places)
	v.Take = v.State == protection.Received && v.may(access.SignalTake, facts)
	v.Judge = v.State != protection.Triaged && v.may(access.SignalTriage, facts)
	v.Mend = v.may(access.SignalCorrect, facts)
	v.Bare = !v.Mend && !v.may(access.SignalTriage, facts)
	return c.Page(shell.Page{Title: v.T("duty.signal"), Body: signalPage(v), Section: navSignals, Back: "/signals", Wide: true})
}

// signalOf reads a signal and opens what was reported.
func (r *Rooms) signalOf(c *shell.Context, id ids.Signal) (v signalView, err error) {
	v.voice = r.voice(c)
	if v.Signal, v.Grant, err = r.Desk.Signal(c, c.Who, id); err != nil {
		return v, err
	}
	w := words{grant: v.Grant}
	v.Spots, v.Words = w.open(v.Spot), w.open(v.Seen)
	return v, w.err
}

// chips are danger and clocks.
func (v signalView) chips() []templ.Component {
	all := []templ.Component{*v.signalDanger(v.Level, v.Now)}
	due := v.rooms.Desk.Rules.Due(protection.TriageKey(v.asked()), v.ReceivedAt)
	if v.State == protection.Triaged {
		all = append(all, v.Met(v.T("duty.clock.triage"), due, v.TriagedAt))
	} else {
		all = append(all, v.Due(v.T("duty.clock.triage"), v.ReceivedAt, due))
	}
	for _, one := range v.health(v.HealthFrom) {
		all = append(all, one)
	}
	if v.Children == protection.Yes {
		all = append(all, v.childTag())
	}
	return all
}

// asked is the danger as far as it was known before triage.
func (v signalView) asked() protection.Danger {
	if v.Now == protection.Yes {
		return protection.Red
	}
	return protection.Orange
}

// rows is what was reported.
func (v signalView) rows(s protection.Signal, spot, seen string) []govuk.SummaryRow {
	people := ""
	if s.People > 0 {
		people = v.Number(s.People)
	}
	return []govuk.SummaryRow{
		v.row(v.T("signal.row.now"), v.answer(s.Now)),
		v.row(v.T("signal.row.where"), v.Place(s.Where)),
		v.rowIf(v.T("signal.row.spot"), spot),
		v.row(v.T("signal.row.when"), v.Date(s.When)),
		v.row(v.T("signal.row.people"), people),
		v.row(v.T("signal.row.children"), v.answer(s.Children)),
		v.row(v.T("signal.row.seen"), seen),
	}
}

// origin is how the signal came.
func (v signalView) origin() []govuk.SummaryRow {
	entered := ""
	if v.Paper {
		entered = v.T("duty.paper")
	}
	return []govuk.SummaryRow{
		v.row(v.T("duty.channel"), v.label(countries.SignalChannel, v.Channel)),
		v.rowIf(v.T("duty.raised.by"), v.org(v.RaisedOrg)),
		v.row(v.T("duty.raised"), v.moment(v.RaisedAt, v.Hour)),
		v.row(v.T("duty.received"), v.Time(v.ReceivedAt)+" ("+v.Ago(v.ReceivedAt)+")"),
		v.rowIf(v.T("duty.entered"), entered),
		v.rowIf(v.T("duty.taken.by"), v.account(v.TakenBy)),
		v.row(v.T("duty.receipt"), v.Receipt.String()),
	}
}

// moment says a time, or a day whose hour nobody knows.
func (v view) moment(at time.Time, hour protection.Answer) string {
	if hour == protection.Unknown {
		return v.T("duty.raised.day", "Day", v.rooms.Country.Day(at))
	}
	return v.Time(at)
}

// outcome is what triage made of it.
func (v signalView) outcome() []govuk.SummaryRow {
	return []govuk.SummaryRow{
		v.row(v.T("duty.outcome"), v.T("duty.outcome."+string(v.Outcome))),
		v.rowIf(v.T("duty.reasons"), v.labels(countries.DangerReason, v.Reasons)),
		v.rowIf(v.T("duty.need"), v.label(countries.OtherNeedKind, v.Need)),
		v.row(v.T("duty.triaged.by"), v.account(v.TriagedBy)),
	}
}

// barred says who is in conflict, for the warning.
func (v signalView) barred() []string {
	var all []string
	for _, one := range v.Conflicts {
		who := v.org(one.Org)
		if who == "" {
			who = v.account(one.Account)
		}
		all = append(all, v.T("duty.conflict", "Who", who, "Why", v.label(countries.ConflictRelation, one.Why)))
	}
	return all
}

// older opens what the signal said before.
func (v *signalView) older(id ids.Signal) error {
	if v.Version < 2 {
		return nil
	}
	history, g, err := v.rooms.Desk.History(v.c, v.c.Who, id)
	if err != nil {
		return err
	}
	w := words{grant: g}
	after := v.rows(v.Signal, v.Spots, v.Words)
	for _, s := range history {
		before := v.rows(s, w.open(s.Spot), w.open(s.Seen))
		if reflect.DeepEqual(before, after) { // taken or judged, not corrected
			continue
		}
		after = before
		v.Older = append(v.Older, olderSignal{Title: v.T("duty.version", "Number", s.Version), Rows: before})
	}
	return w.err
}

func (v *signalView) similar() error {
	lines, err := v.rooms.Desk.Similar(v.c, v.c.Who, v.Signal)
	if err != nil {
		return err
	}
	for _, s := range lines {
		if s.ID != v.ID {
			v.Similar = append(v.Similar, v.signalRow(s))
		}
	}
	return nil
}

// reporter opens how to call back, for who took the signal. Each opening is in the log.
func (v *signalView) reporter() error {
	if v.Reporter.IsZero() || v.TakenBy != v.c.Who.Account {
		return nil
	}
	one, g, err := v.rooms.Desk.Reporter(v.c, v.c.Who, v.Reporter)
	if fault.Is(err, fault.Denied) || fault.Is(err, fault.Withheld) {
		return nil
	}
	if err != nil {
		return err
	}
	w := words{grant: g}
	v.Caller = comma(w.open(one.Name), v.label(countries.ReporterRelation, one.Relation))
	box := v.safeContact(one.Contact, &w)
	v.Contact = &box
	return w.err
}

// safeContact says when to call, what to say and who must not answer, and the
// number only after that.
func (v voice) safeContact(k protection.SafeContact, w *words) govuk.SafeContact {
	if k.May == protection.No {
		return govuk.SafeContact{Title: v.T("duty.contact.no"), Forbidden: true}
	}
	box := govuk.SafeContact{Title: v.T("duty.contact")}
	for _, one := range []govuk.Fact{
		{Name: v.T("duty.contact.hours"), Value: v.label(countries.SafeHours, k.Hours)},
		{Name: v.T("duty.contact.phrase"), Value: w.open(k.Phrase)},
		{Name: v.T("duty.contact.avoid"), Value: w.open(k.Avoid)},
		{Name: v.T("duty.contact.phone"), Value: w.open(k.Phone)},
	} {
		if one.Value != "" {
			box.Facts = append(box.Facts, one)
		}
	}
	if k.May != protection.Yes {
		box.Text = v.T("duty.contact.unsaid")
	}
	return box
}

// today are the places an old one may lie in now: hints, and marked as hints.
func (v signalView) today() (title string, names []string) {
	g := v.rooms.Country.Places
	one, known := g.Place(v.Where.Code)
	if !known || one.On(v.Today()) {
		return "", nil
	}
	for _, h := range g.Hints(v.Where.Code) {
		title = v.T("place.hint." + string(h.Match))
		if h.New != "" {
			names = append(names, g.Label(h.New))
		}
	}
	return title, names
}

// mend is the link to correct what was reported.
func (v signalView) mend() govuk.Actions {
	if !v.Mend {
		return govuk.Actions{}
	}
	return govuk.Actions{Items: []govuk.Action{{Href: "/signals/" + v.ID.String() + "/correct", Text: v.T("duty.correct")}}}
}

func (v signalView) noneSimilar() string {
	if len(v.Similar) > 0 {
		return ""
	}
	return v.T("duty.similar.none")
}

// judgeClass keeps one main button on the page.
func (v signalView) judgeClass() string {
	if v.Take {
		return second
	}
	return ""
}

// after is where a judged signal leads.
func (v signalView) after() string {
	if !v.Group.IsZero() {
		return "/groups/" + v.Group.String()
	}
	return "/signals/" + v.ID.String() + "/triaged"
}

func (v signalView) contactBox() templ.Component { return *v.Contact }

package protection

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// caseView is the page of one case: what a tired worker needs, and no name.
type caseView struct {
	voice
	protection.CaseView
	facts   access.Object
	running protection.Screening // the conversation that is open, or zero
	Remarks string               // of who sent the decision back
}

// caseEvents is how many lines of the timeline stand on a page.
const caseEvents = 10

func (r *Rooms) showCase(c *shell.Context) error {
	id, err := shell.ID[ids.Case](c, "case")
	if err != nil {
		return err
	}
	one, err := r.Desk.Case(c, c.Who, id, protection.Page{After: c.Query("after"), Limit: caseEvents})
	if err != nil {
		return err
	}
	v := caseView{voice: r.voice(c), CaseView: one, facts: one.Grant.Object()}
	for _, s := range one.Screenings {
		if s.State == protection.ScreeningOpen {
			v.running = s
		}
	}
	if w := (words{grant: one.Grant}); one.Case.Ratification == protection.Returned && v.may(access.ScreeningRead, as(v.facts, access.ScreeningKind)) {
		if v.Remarks = w.open(one.Case.Returning); w.err != nil {
			return w.err
		}
	}
	return c.Page(shell.Page{Title: v.T("case.title", "Code", one.Case.Code.String()), Body: casePage(v), Section: navCases, Wide: true})
}

func (v caseView) href(rest string) string { return "/cases/" + v.Case.ID.String() + rest }

// signs are danger, clocks, child and what waits.
func (v caseView) signs() []templ.Component {
	one := v.Case
	all := v.chips(one.Level, one.HealthFrom, one.Child)
	if one.Ratification == protection.Waiting {
		all = append(all, v.Due(v.T("case.clock.ratify"), one.PresumedAt, one.RatifyBy))
	}
	for _, t := range v.Tasks {
		all = append(all, v.taskClock(t))
	}
	return all
}

// state says in words where the case stands.
func (v caseView) state() string {
	switch {
	case v.Case.State == protection.Suspended:
		return v.T("case.state." + string(protection.Suspended))
	case v.Case.Ratification == protection.Returned:
		return v.T("case.state.returned")
	case v.Case.State == protection.InScreening && v.Case.Ratification == protection.Waiting:
		return v.T("case.state.not_tip_waiting")
	}
	return v.T("case.state." + string(v.Case.State))
}

// opened says whether the case is not yet at one of its ends.
func (v caseView) opened() bool { return !v.Case.State.Over() }

// next says what should happen now, in one line.
func (v caseView) next() string {
	one := v.Case
	switch {
	case one.State == protection.Joined:
		return v.T("case.next.joined")
	case !v.opened() && v.waits(countries.ReviewAnswer):
		return v.T("case.next.review")
	case !v.opened() && v.waits(countries.DecisionExplain):
		return v.T("case.next.explain")
	case one.State == protection.Suspended:
		return v.T("case.next.suspended")
	case one.State == protection.LostContact:
		return v.T("case.next.lost")
	case !v.opened():
		return v.T("case.next.door")
	case v.waits(countries.MissingRed) || v.waits(countries.MissingOther):
		return v.T("case.next.missing")
	case v.waits(countries.ClosureAnswer):
		return v.T("case.next.sign")
	case !v.running.ID.IsZero():
		return v.T("case.next.resume")
	case one.Ratification == protection.Returned:
		return v.T("case.next.returned")
	case one.State == protection.InTriage && one.Screener.IsZero():
		return v.T("case.next.assign")
	case one.State == protection.InTriage:
		return v.T("case.next.screen")
	case one.State == protection.InScreening && one.Ratification == protection.Waiting:
		return v.T("case.next.ratify")
	case one.State == protection.InScreening:
		return v.T("case.next.decide")
	}
	return v.nextService()
}

// nextService is the next step once services are open.
func (v caseView) nextService() string {
	if v.again() {
		return v.T("case.next.assess")
	}
	if v.lacks(protection.Trusted) {
		return v.T("case.next.trusted")
	}
	if v.Case.State.After() {
		return v.nextAfter()
	}
	if len(v.Referrals) == 0 {
		return v.T("case.next.refer")
	}
	for _, r := range v.Referrals {
		switch {
		case r.OpenAsks > 0 && r.State.Live():
			return v.T("case.next.answer")
		case r.State.Pending():
			return v.T("case.next.await", "Org", v.orgName(r.To), "Left", v.Left(r.AckBy))
		case r.State == protection.Accepted:
			return v.T("case.next.arrive", "Org", v.orgName(r.To), "When", r.Arrival)
		}
	}
	if v.Referrals[0].State == protection.Missed {
		return v.T("case.next.missed", "Org", v.orgName(v.Referrals[0].To))
	}
	if v.Referrals[0].State.Stuck() {
		return v.T("case.next.elsewhere")
	}
	switch {
	case v.Case.Manager.IsZero():
		return v.T("case.next.manager")
	case len(v.Assessments) == 0:
		return v.T("case.next.assess")
	case v.Case.State == protection.InAssessment:
		return v.T("case.next.plan")
	}
	return v.T("case.next.follow")
}

// nextAfter is the next step once the first help is behind her.
func (v caseView) nextAfter() string {
	if v.Case.State == protection.InReturn {
		return v.T("case.next.return")
	}
	for _, t := range v.Tasks {
		if strings.HasPrefix(t.Key, "monitoring.") || t.Key == string(countries.VisitNext) {
			return v.T("case.next.visit", "Day", v.Day(v.DayOf(t.Due.Add(-time.Minute))))
		}
	}
	if v.Case.State == protection.InMonitoring {
		return v.T("case.next.close")
	}
	return v.T("case.next.follow")
}

// waits says whether a clock of the case runs.
func (v caseView) waits(key countries.DeadlineKey) bool {
	_, running := v.Task(string(key))
	return running
}

// again says whether the last assessment is older than the danger allows.
func (v caseView) again() bool {
	if len(v.Assessments) == 0 {
		return false
	}
	next := v.Assessments[0].Next
	return !next.IsZero() && v.c.At.After(next)
}

// who is a line of "who holds it".
func (v caseView) who() []govuk.SummaryRow {
	one := v.Case
	return []govuk.SummaryRow{
		v.row(v.T("case.owner"), v.orgName(one.Owner)),
		v.row(v.T("case.screener"), v.seat(one.Screener)),
		v.row(v.T("case.manager"), v.seat(one.Manager)),
	}
}

// about are the facts of routing.
func (v caseView) about() []govuk.SummaryRow {
	one := v.Case
	age := ""
	if !one.Age.IsZero() {
		age = v.Age(one.Age)
	}
	where := ""
	if one.Where != (place.Given{}) {
		where = v.Place(one.Where)
	}
	return []govuk.SummaryRow{
		v.row(v.T("common.sex"), v.label(countries.Sex, one.Sex)),
		v.row(v.T("common.age"), age),
		v.row(v.T("common.language"), v.label(countries.Language, one.Language)),
		v.row(v.T("case.where"), where),
		v.rowIf(v.T("case.internal"), v.answer(one.Internal)),
		v.reported(),
		v.prior(),
		v.joined(),
		v.rowIf(v.T("case.reasons"), v.labels(countries.DangerReason, one.Reasons)),
	}
}

// reported is the way back to what was reported, for who may read it.
func (v caseView) reported() govuk.SummaryRow { return v.voice.reported(v.Case) }

// prior is the way to the episode before this one, for who may read it.
func (v caseView) prior() govuk.SummaryRow {
	before := v.Case.Prior
	if before.IsZero() || !v.rooms.Desk.Opens(v.c, v.c.Who, access.CaseRead, access.CaseKind, before.UUID, access.ForProtection) {
		return govuk.SummaryRow{}
	}
	row := v.row(v.T("case.prior"), "")
	row.Value = govuk.SummaryCell{HTML: link("/cases/"+before.String(), v.T("case.prior.read"))}
	return row
}

// joined is the way to the file in which this one goes on, for who may read it.
func (v caseView) joined() govuk.SummaryRow {
	to := v.Case.Joined
	if to.IsZero() || !v.rooms.Desk.Opens(v.c, v.c.Who, access.CaseRead, access.CaseKind, to.UUID, access.ForProtection) {
		return govuk.SummaryRow{}
	}
	row := v.row(v.T("case.joined"), "")
	row.Value = govuk.SummaryCell{HTML: link("/cases/"+to.String(), v.T("case.joined.read"))}
	return row
}

func (v listenView) reported() govuk.SummaryRow { return v.voice.reported(v.Case) }

func (v voice) reported(of protection.Case) govuk.SummaryRow {
	if of.Signal.IsZero() || !v.rooms.Desk.Opens(v.c, v.c.Who, access.SignalRead, access.SignalKind, of.Signal.UUID, access.ForProtection) {
		return govuk.SummaryRow{}
	}
	row := v.row(v.T("case.signal"), "")
	row.Value = govuk.SummaryCell{HTML: link("/signals/"+of.Signal.String(), v.T("case.signal.read"))}
	return row
}

// status says how far identification is, by whom, on what.
func (v caseView) status() string {
	return v.label(countries.IdentificationStatus, string(v.Case.Status))
}

func (v caseView) decisions() []string {
	var lines []string
	for _, d := range v.Identifications {
		lines = append(lines, strings.Join([]string{v.label(countries.IdentificationStatus, string(d.To)),
			v.label(countries.DecidedBy, d.OrgType), v.label(countries.IdentificationBasis, d.Basis), v.when(d.At)}, " · "))
	}
	return lines
}

func (v caseView) timeline() []govuk.TimelineItem {
	var items []govuk.TimelineItem
	for _, e := range v.Timeline.Lines {
		by := v.account(e.By)
		if e.Org != v.Case.Owner {
			by = v.orgName(e.Org)
		}
		items = append(items, govuk.TimelineItem{Title: v.happened(e), When: v.when(e.At), At: e.At, By: by})
	}
	return items
}

// happened says an event and the code that completes it.
func (v caseView) happened(e protection.Event) string {
	title := v.T("event." + e.Verb)
	switch e.Verb {
	case "guardian":
		return title + v.T("case.colon") + v.T("guardian.kind."+e.Code)
	case "assault_changed": // what was said before
		if was, err := time.Parse(time.RFC3339, e.Code); err == nil {
			return title + v.T("case.colon") + v.when(was)
		}
		return title
	case "aged": // what was said before
		before, err := date.ParseAge(e.Code)
		if err != nil {
			return title
		}
		return title + v.T("case.colon") + v.Age(before)
	case "reflection":
		return title + v.T("case.colon") + v.T("reflection.state."+e.Code)
	case "advanced":
		return title + v.T("case.colon") + v.T("case.state."+e.Code+".short")
	}
	if code := v.label(eventList(e.Verb), e.Code); e.Code != "" && code != "" {
		return title + v.T("case.colon") + code
	}
	return title
}

// eventLists names the code list that completes a line of the timeline, by its verb.
var eventLists = map[string]countries.ListName{
	"triaged": countries.Danger, "assessed": countries.Danger, "danger_changed": countries.Danger,
	"reason_dropped": countries.DangerReason, "reason_added": countries.DangerReason,
	"judged":      countries.ScreeningDecision,
	"consent_yes": countries.ConsentPurpose, "consent_no": countries.ConsentPurpose, "consent_withdrawn": countries.ConsentPurpose, "consent_expired": countries.ConsentPurpose, "parties_ended": countries.ConsentPurpose,
	"referred":             countries.Service,
	"referral_declined":    countries.ReferralDecline,
	"referral_cancelled":   countries.ReferralCancel,
	"referral_unshared":    countries.PacketKept,
	"referral_interrupted": countries.ServicePause,
	"referral_completed":   countries.ServiceOutcome,
	"guardian_ended":       countries.GuardianEnd,
	"left":                 countries.ClientDecline,
	"plan_written":         countries.PlanTrack,
	"plan_agreed":          countries.ConsentMode,
	"step_added":           countries.Service, "service_begun": countries.Service, "service_paused": countries.Service, "service_resumed": countries.Service, "service_ended": countries.Service, "service_agreed": countries.Service,
	"step_ended": countries.StepEnd, "step_moved": countries.StepEnd,
	"jotted":             countries.JottingNext,
	"heard_again":        countries.HeardAgain,
	"attached":           countries.AttachmentKind,
	"attachment_removed": countries.AttachmentRemoval,
	"expected":           countries.AssessmentMoment,
	"interests_weighed":  countries.InterestsAbout, "interests_determined": countries.InterestsAbout,
	"erasure_asked":    countries.ErasureReason,
	"erasure_declined": countries.ErasureDecline,
	"glass_opened":     countries.GlassReason,
	"inquiry_asked":    countries.InquiryReason,
	"hold_placed":      countries.HoldReason, "hold_lifted": countries.HoldReason,
	"transfer_offered":  countries.TransferReason,
	"transfer_declined": countries.ReferralDecline,
	"visit":             countries.VisitResult,
	"business":          countries.BusinessKind, "business_ended": countries.BusinessKind,
	"closure_asked": countries.ClosureReason, "closed": countries.ClosureReason,
	"identified": countries.IdentificationStatus, "review_decided": countries.IdentificationStatus,
	"explained":    countries.Language,
	"review_asked": countries.ReviewAsker,
	"happened":     countries.Incident,
	"suspended":    countries.SuspendReason, "suspension_kept": countries.SuspendReason,
	"suspension_lifted": countries.SuspendLift,
	"reopened":          countries.ReopenReason,
	"party":             countries.PartyKind,
}

// eventList is the code list of a verb, "" where its line needs none.
func eventList(verb string) countries.ListName { return eventLists[verb] }

// as are the facts of a case for a question about what hangs on it.
func as(o access.Object, kind access.Kind) access.Object {
	o.Kind = kind
	return o
}

// emptyIf is the sentence of a section in which nothing stands.
func emptyIf(empty bool, text string) string {
	if empty {
		return text
	}
	return ""
}

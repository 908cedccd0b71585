package protection

import (
	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/web/govuk"
	"inkingi/protection"
)

// act is a verb that stands as a button on a page.
type act struct {
	Href, Text string
	Class      string
}

const (
	second = "govuk-button--secondary"
	alarm  = "govuk-button--warning"
)

// verbs are what the reader may do with the case, from where it stands; the
// first is the next step.
func (v caseView) verbs() []act {
	one := v.Case
	talks := one.State == protection.InTriage || one.State == protection.InScreening
	var all []act
	add := func(shown bool, a access.Action, href, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{href, v.T(key), class})
		}
	}
	talksNow := v.opened() && one.State != protection.Suspended
	add(talksNow && one.Ratification == protection.Waiting, access.PresumptionRatify, v.href("/ratify"), "case.do.ratify", "")
	add(talksNow && v.waits(countries.ClosureAnswer), access.CaseSign, v.href("/sign"), "case.do.sign", "")
	add(v.waits(countries.ReviewAnswer), access.ReviewDecide, v.href("/review/answer"), "identification.do.decide", "")
	add(one.State != protection.Suspended && v.waits(countries.DecisionExplain) || one.State == protection.InScreening && one.Ratification == protection.Waiting, access.DecisionExplain, v.href("/explain"), "identification.do.explain", "")
	add(!v.opened() && one.State != protection.NotTIP && one.State != protection.Joined, access.CaseReopen, v.href("/reopen"), "case.do.reopen", "")
	add(one.State == protection.Suspended, access.CaseSuspend, v.href("/suspend"), "case.do.lift", "")
	add(one.State.After() || one.State == protection.InAssistance || one.State == protection.Suspended || one.State == protection.Closed, access.VisitRead, v.href("/visits"), "case.do.follow", v.followClass())
	for _, k := range v.Consents {
		if v.waitsForMe(k, v.facts) {
			all = append(all, act{"/consents/" + k.ID.String() + "/confirm", v.T("consent.confirm.do"), ""})
		}
	}
	for _, s := range v.Screenings {
		if o := as(v.facts, access.ScreeningKind); one.SentBack(s) {
			o.ID, o.By = s.ID.UUID, s.By
			if v.may(access.ScreeningSave, o) {
				all = append(all, act{"/screenings/" + s.ID.String(), v.T("case.do.complete"), ""})
			}
		}
	}
	if !v.running.ID.IsZero() {
		add(talksNow, access.ScreeningSave, "/screenings/"+v.running.ID.String(), "case.do.resume", "")
	} else {
		add(v.opened() && talks, access.ScreeningStart, v.href("/screen"), "case.do.screen", "")
	}
	add(one.State.Served(), access.ReferralSend, v.href("/refer"), "case.do.refer", v.referClass())
	add(one.State.Served() && !one.Manager.IsZero(), access.AssessmentMake, v.href("/assess"), "case.do.assess", v.assessClass())
	for _, kind := range protection.GuardianKinds {
		add(v.lacks(kind), access.GuardianName, v.href("/guardian?kind="+string(kind)), "guardian.do."+string(kind), second)
	}
	add(one.State.Served(), access.PlanRead, v.href("/plan"), "case.do.plan", v.planClass())
	add(one.State.Served() && one.Child, access.InterestsWeigh, v.href("/interests"), "case.do.interests", second)
	add(one.State.Served() && one.Child && len(v.Weighed) > 0, access.InterestsDetermine, v.href("/panel"), "case.do.panel", second)
	add(one.State.Served(), access.CaseExpect, v.href("/expect"), "case.do.expect", second)
	add(talks, access.SignalReferNow, v.href("/refer-now"), "case.do.refer_now", alarm)
	add(v.opened(), access.CaseHappened, v.href("/happened"), "case.do.happened", alarm)
	add(v.opened(), access.CaseAssign, v.href("/assign"), "case.do.assign", second)
	add(one.State.Served() && one.Ratification != protection.Waiting, access.TransferOffer, v.href("/transfer"), "transfer.do", second)
	add(v.opened(), access.ConsentAsk, v.href("/consent"), "case.do.consent", second)
	add(talksNow && !talks && !one.State.After() && v.running.ID.IsZero(), access.ScreeningStart, v.href("/screen"), "case.do.screen_again", second)
	add(v.opened(), access.LikenessLook, v.href("/alike"), "alike.do", second)
	add(v.opened(), access.InquiryAsk, v.href("/inquire"), "inquiry.do", second)
	add(one.State != protection.Joined, access.ComplaintMake, v.href("/complaint"), "complaint.do", second)
	add(true, access.CaseReaders, v.href("/readers"), "readers.do", second)
	add(true, access.CaseCopy, v.href("/copy"), "copy.do", second)
	add(!v.opened() && one.State != protection.Joined, access.ErasureAsk, v.href("/erase"), "erasure.do", second)
	add(one.State != protection.Joined, access.HoldKeep, v.href("/hold"), "hold.do", second)
	add(one.State != protection.Joined, access.JottingWrite, v.href("/note"), "jotting.do", second)
	add(v.opened(), access.SealedNoteWrite, v.href("/sealed"), "sealed.do", second)
	add(v.opened(), access.AttachmentAdd, v.href("/attach"), "attachment.do", second)
	add(true, access.CasePrint, v.href("/print"), "print.do", second)
	add(v.opened(), access.CaseEdit, v.href("/edit"), "case.do.edit", second)
	add(v.opened(), access.CaseEdit, v.href("/danger"), "case.do.danger", second)
	add(one.State == protection.NotTIP, access.ReviewAsk, v.href("/review"), "identification.do.review", second)
	add(one.State != protection.Joined, access.IdentificationRead, v.href("/identification"), "identification.do", second)
	add(one.State == protection.InAssistance || one.State.After(), access.ReturnRead, v.href("/return"), "case.do.return", second)
	add(one.State == protection.InReturn, access.ReturnStop, v.href("/return/stop"), "return.stop.do", second)
	add(len(one.Steps()) > 0, access.CaseAdvance, v.href("/advance"), "case.do.advance", second)
	add(talksNow && !one.Child, access.CaseEdit, v.href("/leave"), "case.do.leave", second)
	add(v.opened() && one.State != protection.Suspended, access.CaseSuspend, v.href("/suspend"), "case.do.suspend", alarm)
	add(v.opened() && one.State != protection.Suspended, access.CaseClose, v.href("/close"), "case.do.close", second)
	return all
}

// referClass makes the first request stand out, and no request of a later time.
func (v caseView) referClass() string {
	if v.Case.State.After() {
		return second
	}
	return ""
}

// followClass makes how she is stand out once the first help is behind her.
func (v caseView) followClass() string {
	if v.Case.State.After() {
		return ""
	}
	return second
}

// planClass makes the plan stand out once she was assessed.
func (v caseView) planClass() string {
	if v.Case.State == protection.Presumed || v.Case.State.After() {
		return second
	}
	return ""
}

// assessClass makes the first assessment stand out.
func (v caseView) assessClass() string {
	if len(v.Assessments) == 0 {
		return ""
	}
	return second
}

// person is where the identity is, for who may open it.
func (v caseView) person() string {
	o := v.facts
	o.Kind, o.ID, o.By = access.PersonKind, v.Case.Person.UUID, v.Case.OpenedBy
	if v.Case.Person.IsZero() || !v.may(access.PersonRead, o) {
		return ""
	}
	return "/persons/" + v.Case.Person.String() + "?case=" + v.Case.ID.String()
}

// consents are the answers she gave, the newest first.
func (v caseView) consents() [][]govuk.Slot {
	var rows [][]govuk.Slot
	for _, k := range v.Consents {
		to := v.T("case.consent.us")
		if !k.Recipient.IsZero() {
			to = v.orgName(k.Recipient)
		}
		what := govuk.Slot{Text: v.label(countries.ConsentPurpose, k.Purpose)}
		o := v.facts
		o.Kind, o.ID, o.By = access.ConsentKind, k.ID.UUID, k.AskedBy
		if v.may(access.ConsentRead, o) { // whoever may not read it learns no address
			what = govuk.Slot{HTML: link("/consents/"+k.ID.String(), what.Text)}
		}
		rows = append(rows, []govuk.Slot{what, {Text: to}, {HTML: v.consentTags(k, v.Case)}, {Text: v.when(k.At)}})
	}
	return rows
}

func (v voice) consentTag(s protection.ConsentState) govuk.Tag {
	t := govuk.Tag{Text: v.T("consent.state." + string(s))}
	switch s {
	case protection.Given:
		t.Classes = "govuk-tag--green"
	case protection.Refused, protection.Withdrawn:
		t.Classes = "govuk-tag--orange"
	case protection.Overridden:
		t.Classes = "govuk-tag--red"
	default:
		t.Classes = "govuk-tag--grey"
	}
	return t
}

// referralTag says where a request stands.
func (v voice) referralTag(s protection.ReferralState) govuk.Tag {
	t := govuk.Tag{Text: v.T("referral.state." + string(s))}
	switch s {
	case protection.Accepted, protection.Arrived:
		t.Classes = "govuk-tag--green"
	case protection.Sent, protection.Acknowledged:
		t.Classes = "govuk-tag--blue"
	case protection.Turned, protection.Lapsed, protection.Interrupted:
		t.Classes = "govuk-tag--orange"
	case protection.Missed:
		t.Classes = "govuk-tag--red"
	default:
		t.Classes = "govuk-tag--grey"
	}
	return t
}

// requests are the requests for her, the newest first.
func (v caseView) requests() govuk.Queue {
	var q govuk.Queue
	for _, r := range v.Referrals {
		row := v.request(r)
		if !v.rooms.Desk.Opens(v.c, v.c.Who, access.ReferralRead, access.ReferralKind, r.ID.UUID, access.ForReferral) {
			row.Href = "" // whoever may not read it learns no address
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// request is one request in a list of the sender's side.
func (v voice) request(r protection.ReferralLine) govuk.QueueRow {
	row := govuk.QueueRow{Href: "/referrals/" + r.ID.String(), Title: v.label(countries.Service, r.Need),
		Facts: []govuk.Fact{{Name: v.T("referral.to"), Value: v.orgName(r.To)}, {Name: v.T("referral.sent"), Value: v.when(r.SentAt)}},
		Tags:  []govuk.Tag{v.referralTag(r.State)}}
	switch r.State {
	case protection.Sent:
		row.Clocks = []govuk.Clock{v.Due(v.T("referral.clock.reply"), r.SentAt, r.AckBy)}
	case protection.Acknowledged:
		row.Clocks = []govuk.Clock{v.Due(v.T("referral.clock.reply"), r.SentAt, r.AckBy)}
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("referral.read"), Value: v.T("referral.read.waiting")})
	case protection.Accepted:
		row.Facts = append(row.Facts, govuk.Fact{Name: v.T("referral.arrival"), Value: v.when(r.Arrival)})
	case protection.Missed:
		row.Next = v.T("case.next.missed", "Org", v.orgName(r.To))
	case protection.Turned, protection.Lapsed:
		row.Next = v.T("case.next.elsewhere")
	case protection.FedBack:
		row.Next = v.T("provide.next.read")
	}
	if r.OpenAsks > 0 && r.State.Live() {
		row.Next = v.T("case.next.answer")
	}
	return row
}

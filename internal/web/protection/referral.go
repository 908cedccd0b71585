package protection

import (
	"errors"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// referralView is one request as its sender sees it: where it stands, and what to do now.
type referralView struct {
	voice
	protection.Referral
	facts    access.Object
	Told     []govuk.SummaryRow    // questions and answers so far
	Progress []protection.Progress // what the receiver said of the service
	Words    string                // of what was said back
	Basis    string                // who approved it, where it left without her consent
}

func (r *Rooms) showReferral(c *shell.Context) error {
	v, err := r.referralOf(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("referral.one"), Body: referralPage(v), Back: v.back(), Section: navReferrals})
}

// referralOf reads the request of the address without its packet.
func (r *Rooms) referralOf(c *shell.Context) (referralView, error) {
	id, err := shell.ID[ids.Referral](c, "referral")
	if err != nil {
		return referralView{}, err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return referralView{}, err
	}
	one, g, err := r.Desk.Referral(c, c.Who, id)
	if err != nil {
		return referralView{}, err
	}
	v, w := referralView{voice: r.voice(c), Referral: one, facts: g.Object()}, words{grant: g}
	v.Told = v.asked(&w, one.Asks)
	if w.err == nil && v.mine() {
		err = v.basis()
	}
	err = errors.Join(w.err, err, v.tell(g))
	return v, err
}

// basis reads what the request travels on, for who may.
func (v *referralView) basis() error {
	d := v.rooms.Desk
	if v.Consent.IsZero() || !d.Opens(v.c, v.c.Who, access.ConsentRead, access.ConsentKind, v.Consent.UUID, access.ForReferral) {
		return nil
	}
	g, err := d.May(v.c, v.c.Who, access.ConsentRead, access.ConsentKind, v.Consent.UUID, access.ForReferral)
	if err != nil {
		return err
	}
	k, err := d.Store.Consent(v.c, g, v.Consent)
	if k.State == protection.Overridden {
		v.Basis = v.T("consent.state.OVERRIDDEN") + " · " + v.approval(k)
	}
	return err
}

// mine says whether the reader's organisation sent it.
func (v referralView) mine() bool { return v.From == v.c.Who.Post.Org }

// back is the case, for the sender's side; a receiver has no case.
func (v referralView) back() string {
	if v.mine() {
		return "/cases/" + v.Case.String()
	}
	return "/requests"
}

func (v referralView) href(rest string) string { return "/referrals/" + v.ID.String() + rest }

// verbs are what the reader may do with the request, from where it stands.
func (v referralView) verbs() []act {
	var all []act
	add := func(shown bool, a access.Action, href, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{href, v.T(key), class})
		}
	}
	over := v.State.Stuck()
	add(v.open() > 0 && v.State.Live(), access.ReferralAnswerMore, v.href("/answer"), "referral.do.answer", "")
	add(v.Sheltered(), access.StayOpen, v.href("/stay"), "stay.do.settle", "")
	add(over, access.ReferralReroute, "/cases/"+v.Case.String()+"/refer?previous="+v.ID.String(), "referral.do.reroute", "")
	add(v.State.Live(), access.ReferralCancel, v.href("/cancel"), "referral.do.cancel", second)
	all = append(all, v.provides()...)
	if v.To == v.c.Who.Post.Org && v.State.Live() {
		all = append(all, act{"/requests/" + v.ID.String(), v.T("referral.do.read"), second})
	}
	return all
}

// open counts the questions that wait for the owner's answer.
func (v referralView) open() int {
	n := 0
	for _, a := range v.Asks {
		if a.Answered.IsZero() {
			n++
		}
	}
	return n
}

// clock is the deadline of the answer: running until there is one, or how it was
// met. That somebody has read the request stops nothing.
func (v referralView) clock() govuk.Clock {
	label := v.T("referral.clock.reply")
	switch {
	case v.State.Pending():
		return v.Due(label, v.SentAt, v.AckBy)
	case !v.AnsweredAt.IsZero() && (v.State == protection.Accepted || v.State.Received() || v.State == protection.Turned):
		return v.Met(v.T("referral.clock.answered"), v.AckBy, v.AnsweredAt)
	}
	return govuk.Clock{State: govuk.ClockStill, Label: label}
}

func (v referralView) rows() []govuk.SummaryRow {
	reason := v.label(countries.ReferralDecline, v.Reason)
	if v.State.Received() { // said with what the receiver said
		reason = ""
	}
	if v.State == protection.Cancelled {
		reason = v.label(countries.ReferralCancel, v.Reason)
	}
	return []govuk.SummaryRow{
		v.row(v.T("referral.need"), v.label(countries.Service, v.Need)),
		v.row(v.T("referral.to"), v.orgName(v.To)),
		v.row(v.T("referral.sent"), v.when(v.SentAt)),
		v.rowIf(v.T("referral.by"), v.account(v.By)),
		v.rowIf(v.T("referral.consent.title"), v.Basis),
		v.rowIf(v.T("referral.reply_by"), v.whenIf(v.State.Pending(), v.AckBy)),
		v.rowIf(v.T("referral.read"), v.when(v.AckedAt)),
		v.rowIf(v.T("referral.answered"), v.when(v.AnsweredAt)),
		v.rowIf(v.T("referral.arrival"), v.when(v.Arrival)),
		v.rowIf(v.T("referral.arrived"), v.when(v.ArrivedAt)),
		v.rowIf(v.T("referral.unshared"), comma(v.when(v.UnsharedAt), v.label(countries.PacketKept, v.Kept))),
		v.rowIf(v.T("referral.reason"), reason),
	}
}

// whenIf says a moment under a condition.
func (v voice) whenIf(shown bool, at time.Time) string {
	if !shown {
		return ""
	}
	return v.when(at)
}

// told says in one sentence what the state means for her and for the reader.
func (v referralView) told() string {
	if v.State == protection.Cancelled && v.ClientRefused {
		return v.T("referral.told.client_refused")
	}
	if v.State.Over() || v.BurntAt.IsZero() {
		return v.T("referral.told." + string(v.State))
	}
	return v.T("referral.told."+string(v.State)) + " " + v.T("referral.told.burnt")
}

// rule is the deadline for a reply, and whether it is validated.
func (v referralView) rule() (text, mark string) {
	d := v.rooms.Country.Deadline(countries.DeadlineKey(protection.AckKey(v.Level)))
	return d.Label(v.Lang()), v.unvalidated(d.Fact)
}

// asked are questions and their answers.
func (v voice) asked(w *words, asks []protection.Ask) []govuk.SummaryRow {
	var rows []govuk.SummaryRow
	for _, a := range asks {
		answer := v.T("referral.ask.waiting")
		switch {
		case !a.Answered.IsZero() && !a.Agreed:
			answer = v.T("referral.ask.refused")
		case a.Agreed:
			answer = w.open(a.Value)
		}
		rows = append(rows, v.row(v.label(countries.PacketField, a.Field)+" ("+v.label(countries.AskReason, a.Why)+")", answer))
	}
	return rows
}

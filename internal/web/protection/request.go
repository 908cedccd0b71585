package protection

import (
	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// requestView is a request as its receiver reads it: danger and reply deadline,
// who arrives, what not to do; never the story.
type requestView struct {
	referralView
	Packet packet
}

func (r *Rooms) showRequest(c *shell.Context) error {
	v, err := r.requestOf(c)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("referral.request"), Body: requestPage(v), Back: "/requests", Section: navReferrals, Wide: true})
}

// requestOf reads the request of the address with its packet, for who may do
// what the route is for.
func (r *Rooms) requestOf(c *shell.Context) (requestView, error) {
	id, err := shell.ID[ids.Referral](c, "referral")
	if err != nil {
		return requestView{}, err
	}
	if err := r.gate(c, id.UUID); err != nil {
		return requestView{}, err
	}
	one, g, err := r.Desk.Packet(c, c.Who, id)
	if err != nil {
		return requestView{}, err
	}
	facts := g.Object()
	facts.Kind = access.ReferralKind
	p, w := one.Packet, words{grant: g}
	v := requestView{referralView: referralView{voice: r.voice(c), Referral: one, facts: facts}}
	if err := v.tell(g); err != nil {
		return requestView{}, err
	}
	v.Told = v.asked(&w, one.Asks)
	v.Packet = packet{Sex: p.Sex, AgeBand: p.AgeBand, Language: p.Language, Child: p.Child, Interpreter: p.Interpreter, Needs: p.Needs,
		DoNot: p.DoNot, DoNotWords: w.open(p.DoNotWords), Contact: w.open(p.Contact), Arrival: w.open(p.Arrival), Escort: p.Escort,
		Pregnancy: p.Pregnancy, Dependants: p.Dependants, DependantsWords: w.open(p.DependantsWords), Medication: w.open(p.Medication),
		Disability: w.open(p.Disability), CallName: w.open(p.CallName), HealthFrom: p.HealthFrom}
	return v, w.err
}

func (v requestView) href(rest string) string { return "/requests/" + v.ID.String() + rest }

// signs are danger, clocks and state.
func (v requestView) signs() []templ.Component {
	all := []templ.Component{*v.danger(v.Level), v.clock()}
	return append(append(all, v.chips(v.Level, v.Packet.HealthFrom, v.Child)[1:]...), v.referralTag(v.State))
}

// acknowledges says whether "we have read it" is still to be said.
func (v requestView) acknowledges() bool {
	return v.State == protection.Sent && v.may(access.ReferralAcknowledge, v.facts)
}

// arrives says whether her arrival can be noted.
func (v requestView) arrives() bool {
	return v.State == protection.Accepted && v.may(access.ReferralArrive, v.facts)
}

// verbs are the answers that have a page of their own.
func (v requestView) verbs() []act {
	var all []act
	add := func(shown bool, a access.Action, href, key, class string) {
		if shown && v.may(a, v.facts) {
			all = append(all, act{href, v.T(key), class})
		}
	}
	waits := v.State.Pending()
	if v.Sheltered() {
		if o := as(v.facts, access.ReferralKind); v.may(access.StayOpen, o) {
			all = append(all, act{"/referrals/" + v.ID.String() + "/stay", v.T("stay.do.settle"), ""})
		}
	}
	all = append(all, v.provides()...)
	add(waits, access.ReferralAccept, v.href("/accept"), "referral.do.accept", "")
	add(v.State.Live(), access.ReferralAskMore, v.href("/ask"), "referral.do.ask", second)
	add(waits, access.ReferralDecline, v.href("/decline"), "referral.do.decline", second)
	add(v.State.Received(), access.ComplaintMake, v.href("/complaint"), "complaint.do", second)
	add(v.State == protection.Accepted, access.ReferralDecline, v.href("/decline"), "referral.do.cannot", second)
	add(v.State == protection.Accepted && v.Arrival.Before(v.c.At), access.ReferralAbsent, v.href("/absent"), "referral.do.absent", second)
	return all
}

// ended says that what was sent is shared no more, and whether it stays here.
func (v requestView) ended() string {
	if v.Kept == "" {
		return v.T("referral.unshared.burnt", "When", v.when(v.UnsharedAt))
	}
	return v.T("referral.unshared.kept", "When", v.when(v.UnsharedAt), "Why", v.label(countries.PacketKept, v.Kept))
}

func (v requestView) about() []govuk.SummaryRow {
	return []govuk.SummaryRow{
		v.row(v.T("referral.from"), v.orgName(v.From)),
		v.row(v.T("referral.need"), v.label(countries.Service, v.Need)),
		v.row(v.T("referral.sent"), v.when(v.SentAt)),
		v.rowIf(v.T("referral.reply_by"), v.whenIf(v.State.Pending(), v.AckBy)),
		v.rowIf(v.T("referral.arrival"), v.when(v.Arrival)),
		v.rowIf(v.T("referral.arrived"), v.when(v.ArrivedAt)),
	}
}

// arrivalDay are the boxes of the day she is expected: today, until another is typed.
func (v requestView) arrivalDay() map[string]string {
	return v.DateValues("arrival", date.Of(v.Today()))
}

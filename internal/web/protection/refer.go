package protection

import (
	"slices"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// referView walks from a need to a service, to the consent for it, to a packet
// with only what that service needs.
type referView struct {
	voice
	protection.CaseView
	Emergency bool // straight from triage
	Need      string
	Previous  ids.Referral
	Offered   []protection.Service
	To        protection.Service // chosen, or zero
	Consent   protection.Consent // that covers the recipient, or zero
	Approvers []ids.Account
	ID        ids.Referral
	Override  ids.Consent
}

// The buttons of the packet.
const (
	thenPreview = "preview"
	thenSend    = "send"
	thenEdit    = "edit"
	thenDraft   = "draft"
)

func (r *Rooms) refer(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := referView{voice: r.voice(c), CaseView: one, Emergency: c.Route.Action == access.SignalReferNow,
		ID: shell.KeepID[ids.Referral](f, "id"), Override: shell.KeepID[ids.Consent](f, "override_id")}
	if err := v.choose(c, f); err != nil {
		return err
	}
	if !c.Posted() {
		return c.Page(v.page(v.body()))
	}
	cmd := v.form(f)
	then := f.Choice("then", thenPreview, thenSend, thenEdit, thenDraft)
	if then == "" && v.To.ID.IsZero() { // of the page before: what she needs is posted, never in an address
		if v.Need == "" {
			f.Fail("need", "fault.choice.missing")
			return c.Again(f.Err(), v.page(referNeedPage(v)))
		}
		return c.Page(v.page(v.body()))
	}
	if then == thenDraft && !f.Held() { // a line that fails later loses nothing
		return v.draft(c)
	}
	if then == thenEdit {
		return c.Page(v.page(referPacketPage(v)))
	}
	err = f.Err()
	if err == nil {
		err = cmd.Check(r.Desk.Rules)
	}
	if err == nil && then != thenSend {
		return c.Page(v.page(referPreviewPage(v, cmd)))
	}
	if err == nil {
		err = r.Desk.Refer(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, v.page(referPacketPage(v)))
	}
	if err := c.Undraft(); err != nil {
		return err
	}
	c.Notice("referral.sent.done")
	return c.Redirect("/referrals/" + v.ID.String())
}

// draft keeps what is written until it can be sent, for whoever writes it and nobody
// else: it is no request yet, and no list shows it (PROCESS.md §2.7 DRAFT).
func (v referView) draft(c *shell.Context) error {
	kept, err := c.Draft()
	if err != nil {
		return err
	}
	if kept {
		c.Notice("referral.draft.kept")
	}
	return c.Redirect("/cases/" + v.Case.ID.String())
}

// choose finds what was chosen so far and what may be chosen next.
func (v *referView) choose(c *shell.Context, f *shell.Form) error {
	get := c.Query
	if f.Given() {
		get = f.Value
	}
	v.Previous, _ = ids.Parse[ids.Referral](get("previous"))
	chosen, _ := ids.Parse[ids.Service](get("service"))
	if err := v.needed(c, f, chosen); err != nil || v.Need == "" {
		return err
	}
	if err := v.offer(c); err != nil {
		return err
	}
	i := slices.IndexFunc(v.Offered, func(s protection.Service) bool { return s.ID == chosen })
	if i < 0 {
		return nil
	}
	v.To = v.Offered[i]
	for _, k := range v.Consents {
		if k.Covers(protection.P3ShareReferral, v.To.Org, []string{"minimum"}, c.At) && k.State == protection.Given {
			v.Consent = k
			break
		}
	}
	if !v.Consent.ID.IsZero() {
		return nil
	}
	staff, err := v.rooms.People.Staff(c, c.Who.Post.Org, access.Supervisor)
	v.Approvers = slices.DeleteFunc(staff, func(a ids.Account) bool { return a == c.Who.Account })
	return err
}

// needed finds what she needs: as it was posted, or what the chosen service or
// the request before is for. A need of health stands in no address, where a
// browser and a proxy would keep it beside her case.
func (v *referView) needed(c *shell.Context, f *shell.Form, chosen ids.Service) error {
	if need := f.Value("need"); slices.Contains(v.rooms.Desk.Rules.Codes(countries.Service), need) {
		v.Need = need
		return nil
	}
	if !chosen.IsZero() {
		s, err := v.rooms.Desk.Service(c, c.Who, chosen)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Withheld) {
			return nil
		}
		v.Need = s.Need
		return err
	}
	for _, l := range v.Referrals {
		if l.ID == v.Previous {
			v.Need = l.Need
		}
	}
	return nil
}

// offer asks the directory who could take her in. Organisations in conflict of
// interest are left out; so is what has not been confirmed for too long.
func (v *referView) offer(c *shell.Context) error {
	ask := protection.ServiceFilter{Need: v.Need, Years: -1, Place: string(v.Case.Where.Code)}
	if v.Case.Sex == "F" || v.Case.Sex == "M" {
		ask.Sex = v.Case.Sex
	}
	if !v.Case.Age.IsZero() {
		ask.Years, _ = v.Case.Age.At(v.Today())
	}
	found, err := v.rooms.Desk.Services(c, c.Who, ask)
	if err != nil {
		return err
	}
	v.Offered = slices.DeleteFunc(found, func(s protection.Service) bool {
		return slices.ContainsFunc(v.Case.Conflicts, func(k protection.Conflict) bool { return k.Org == s.Org && !k.Org.IsZero() })
	})
	slices.SortStableFunc(v.Offered, func(a, b protection.Service) int { return full(a) - full(b) })
	return nil
}

// full sorts services without a free place last.
func full(s protection.Service) int {
	if s.Capacity > 0 && s.Free == 0 {
		return 1
	}
	return 0
}

func (v referView) page(body templ.Component) shell.Page {
	return shell.Page{Title: v.title(), Body: body, Back: "/cases/" + v.Case.ID.String(), Section: navCases, Answers: !v.To.ID.IsZero()}
}

func (v referView) title() string {
	if v.Emergency {
		return v.T("referral.now.title")
	}
	return v.T("referral.title")
}

// body is the page of the present choice.
func (v referView) body() templ.Component {
	switch {
	case v.Need == "":
		return referNeedPage(v)
	case v.To.ID.IsZero():
		return offerPage(v)
	}
	return referPacketPage(v)
}

// href is the address of this page with a chosen service, or to choose anew.
func (v referView) href(service string) string {
	to := "/cases/" + v.Case.ID.String() + "/refer"
	if v.Emergency {
		to += "-now"
	}
	if service != "" {
		to += "?service=" + service
		if !v.Previous.IsZero() {
			to += "&previous=" + v.Previous.String()
		}
	}
	return to
}

// consentHref asks her for the recipient that was chosen, and comes back here.
func (v referView) consentHref() string {
	to := "/cases/" + v.Case.ID.String() + "/consent?for=" + protection.P3ShareReferral + "&to=" + v.To.Org.String() +
		"&service=" + v.To.ID.String()
	if v.Emergency {
		to += "&emergency=yes"
	}
	if !v.Previous.IsZero() {
		to += "&previous=" + v.Previous.String()
	}
	return to
}

// heardNeeds are the needs that she named in a conversation.
func (v referView) heardNeeds() []string {
	var all []string
	for _, s := range v.Screenings {
		for _, need := range s.Urgent {
			if !slices.Contains(all, need) {
				all = append(all, need)
			}
		}
	}
	return all
}

// fields are the parts of the packet that may be filled in: what this service
// needs, and no more than she agreed to.
func (v referView) fields() (may, not []string) {
	for _, field := range v.rooms.Desk.Rules.Fields[v.Need] {
		if !v.Consent.ID.IsZero() && !slices.Contains(v.Consent.Scope, field) {
			not = append(not, field)
			continue
		}
		if field == "pregnancy" && v.Case.Sex == "M" {
			continue
		}
		may = append(may, field)
	}
	return may, not
}

func (v referView) has(field string) bool {
	may, _ := v.fields()
	return slices.Contains(may, field)
}

// beyond says what she did not agree to, "" when nothing is left out.
func (v referView) beyond() string {
	_, not := v.fields()
	return v.labels(countries.PacketField, not)
}

// needs are what may be ticked as asked for.
func (v referView) needs() []govuk.Choice {
	codes := append([]string{v.Need}, v.heardNeeds()...)
	return v.some(countries.Service, codes...)
}

func (v referView) approvers() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("case.choose")}}
	for _, id := range v.Approvers {
		all = append(all, govuk.SelectItem{Value: id.String(), Text: v.account(id)})
	}
	return all
}

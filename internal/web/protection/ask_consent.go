package protection

import (
	"net/url"
	"slices"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// askConsentView asks one question: this purpose, this recipient, this much.
type askConsentView struct {
	voice
	protection.CaseView
	ID        ids.Consent
	Band      protection.ConsentAge
	Minor     bool
	Purpose   string      // fixed by the page that sent the reader here, or ""
	Recipient ids.Org     // likewise
	Service   ids.Service // of the request that waits for this consent; what she needs stands in no address
	Emergency bool        // the request is one straight from triage
	Previous  ids.Referral
	More      string        // the packet field that a receiver asks for
	Answer    ids.Referral  // the request in which it is asked
	Screening ids.Screening // the conversation to go back to
	Orgs      []ids.Org
}

func (r *Rooms) askConsent(c *shell.Context) error {
	f := c.Form()
	one, err := r.caseOf(c)
	if err != nil {
		return err
	}
	v := askConsentView{voice: r.voice(c), CaseView: one, ID: shell.KeepID[ids.Consent](f, "id")}
	v.context(c, f)
	if then := f.Value("then"); v.Case.Unasked() && (!c.Posted() || then == thenAge || then == thenStop) {
		return r.sayAge(c, v)
	}
	if v.Orgs, err = r.People.Orgs(c); err != nil {
		return err
	}
	if v.Band, v.Minor, err = r.Desk.Rules.WhoConsents(one.Case, r.Desk.Now()); err != nil {
		return err
	}
	page := shell.Page{Title: v.T("consent.ask.title"), Body: askConsentPage(v), Back: v.back(), Section: navCases, Plain: !v.Screening.IsZero(), Answers: true}
	if !c.Posted() {
		return c.Page(page)
	}
	if f.Value("then") == thenStop && !v.Screening.IsZero() {
		return r.stopTalk(c, v.Screening)
	}
	cmd := v.form(f)
	if err = f.Err(); err == nil {
		err = r.Desk.AskConsent(c, c.Who, cmd)
	}
	if err != nil {
		return c.Again(err, page)
	}
	c.Notice("consent.saved." + string(cmd.Agreed))
	return c.Redirect(v.onward(cmd))
}

// context reads what the page that sent the reader here already knows: from the
// address at first, from hidden fields afterwards.
func (v *askConsentView) context(c *shell.Context, f *shell.Form) {
	get := c.Query
	if f.Given() {
		get = f.Value
	}
	if p := get("for"); p != "" && slices.Contains(v.rooms.Desk.Rules.Codes(countries.ConsentPurpose), p) {
		v.Purpose = p
	}
	v.Emergency = get("emergency") == "yes"
	v.Recipient, _ = ids.Parse[ids.Org](get("to"))
	v.Service, _ = ids.Parse[ids.Service](get("service"))
	v.Previous, _ = ids.Parse[ids.Referral](get("previous"))
	v.Screening, _ = ids.Parse[ids.Screening](get("screening"))
	v.Answer, _ = ids.Parse[ids.Referral](get("answer"))
	if more := get("more"); slices.Contains(v.rooms.Desk.Rules.Codes(countries.PacketField), more) {
		v.More = more
	}
}

func (v askConsentView) form(f *shell.Form) protection.AskConsent {
	rules := v.rooms.Desk.Rules
	cmd := protection.AskConsent{ID: v.ID, Case: v.Case.ID, Screening: v.Screening, Purpose: v.Purpose, Recipient: v.Recipient, Said: f.Bool("said"),
		Agreed:   protection.Answer(f.Choice("agreed", string(protection.Yes), string(protection.No))),
		Language: f.Choice("language", rules.Codes(countries.Language)...), Interpreter: f.Choice("interpreter", rules.Codes(countries.InterpreterKind)...),
		Mode: f.Choice("mode", rules.Codes(countries.ConsentMode)...), Witness: f.Text("witness", 120), GivenBy: f.Choice("given_by", rules.Codes(countries.ConsentGivenBy)...),
		Assent: answerOf(f, "assent"), CarerAway: f.Choice("carer_away", rules.Codes(countries.CarerAway)...), Capacity: f.Prose("capacity", 2000), Ethics: f.Text("ethics", 120)}
	cmd.Guardian, cmd.Involved = carerOf(f, cmd.GivenBy)
	if cmd.Purpose == "" {
		cmd.Purpose = f.Choice("purpose", rules.Codes(countries.ConsentPurpose)...)
	}
	if cmd.Recipient.IsZero() {
		cmd.Recipient = shell.FormID[ids.Org](f, "recipient")
	}
	if v.shares(cmd.Purpose) {
		cmd.Scope = f.Choices("scope", rules.Codes(countries.PacketField)...)
	}
	if !v.Minor && cmd.GivenBy == "" {
		cmd.GivenBy = "SELF"
	}
	if day := f.Day("expires"); !day.IsZero() {
		cmd.Expires = day.Add(1).In(v.rooms.Country.Location()).UTC()
	}
	return cmd
}

// shares says whether a purpose passes something on to a named recipient.
func (v askConsentView) shares(purpose string) bool {
	return purpose == "" || slices.Contains([]string{protection.P3ShareReferral, "P4", "P5", "P6"}, purpose)
}

// rule is the country's text on who consents at this age, and the mark of a
// text that no jurist has validated.
func (v askConsentView) rule() (text, mark string) {
	r := v.rooms.Country.ConsentRule(v.Band.From)
	return r.Label(v.Lang()), v.unvalidated(r.Fact)
}

// needs says what a child's yes to a purpose needs besides, "" for an adult's.
func (v askConsentView) needs(purpose string) string {
	if child := v.rooms.Desk.Rules.Purposes[purpose].Child; v.Minor && child != "" {
		return v.T("consent.needs." + child)
	}
	return ""
}

// looks is where a child's best interests are weighed, or a panel's word is noted.
func (v askConsentView) looks(purpose string) string {
	rest, a := "", access.Action("")
	switch v.rooms.Desk.Rules.Purposes[purpose].Child {
	case "bia":
		rest, a = "/interests", access.InterestsWeigh
	case "bid":
		rest, a = "/panel", access.InterestsDetermine
	}
	if a == "" || !v.rooms.Desk.Opens(v.c, v.c.Who, a, access.CaseKind, v.Case.ID.UUID, access.ForProtection) {
		return ""
	}
	return "/cases/" + v.Case.ID.String() + rest
}

// purposes are what can be asked for, each with what a child's yes needs besides.
func (v askConsentView) purposes() []govuk.Choice {
	var all []govuk.Choice
	for _, k := range v.choices(countries.ConsentPurpose) {
		if v.Minor && v.rooms.Desk.Rules.Purposes[k.Value].Child == "refused" {
			continue
		}
		if need := v.needs(k.Value); need != "" && v.rooms.Desk.Rules.Purposes[k.Value].Child != "guardian" {
			k.Hint = govuk.Hint{Text: need}
		}
		all = append(all, k)
	}
	return all
}

// research says whether the reference of an ethics committee may be asked for.
func (v askConsentView) research() bool {
	return v.Purpose == "" || v.rooms.Desk.Rules.Purposes[v.Purpose].Ethics
}

// givers are those who may give it at this age.
func (v askConsentView) givers() []govuk.Choice {
	if v.Band.Carer == protection.ConsentsFully {
		return v.some(countries.ConsentGivenBy, "GUARDIAN", "AUTHORITY")
	}
	return v.choices(countries.ConsentGivenBy)
}

// scope is what is ticked first: what she agreed to already. Nobody says yes for her.
func (v askConsentView) scope() []string {
	var scope []string
	for _, k := range v.Consents {
		if k.State == protection.Given && k.Purpose == v.Purpose && k.Recipient == v.Recipient && !v.Recipient.IsZero() {
			scope = k.Scope
		}
	}
	return slices.Clone(scope)
}

// interpreter is who interprets in the conversation that goes on: nobody asks twice.
func (v askConsentView) interpreter() string {
	for _, s := range v.Screenings {
		if s.ID == v.Screening {
			return s.Interpreter
		}
	}
	return ""
}

func (v askConsentView) orgs() []govuk.SelectItem {
	all := []govuk.SelectItem{{Text: v.T("case.choose")}}
	for _, id := range v.Orgs {
		if id != v.Case.Owner {
			all = append(all, govuk.SelectItem{Value: id.String(), Text: v.orgName(id)})
		}
	}
	return all
}

// kept are the hidden fields: what is fixed, and where to go afterwards.
func (v askConsentView) kept() []string {
	pairs := []string{"id", v.ID.String(), "for", v.Purpose, "emergency", yesIf(v.Emergency), "more", v.More}
	add := func(name string, id interface{ IsZero() bool }, text string) {
		if !id.IsZero() {
			pairs = append(pairs, name, text)
		}
	}
	add("to", v.Recipient, v.Recipient.String())
	add("service", v.Service, v.Service.String())
	add("previous", v.Previous, v.Previous.String())
	add("screening", v.Screening, v.Screening.String())
	add("said", v.Screening, "yes") // they were said a page before, and that stands with the conversation
	add("answer", v.Answer, v.Answer.String())
	return pairs
}

// stopTalk ends the conversation from a page that is not one of its own.
func (r *Rooms) stopTalk(c *shell.Context, id ids.Screening) error {
	s, _, err := r.Desk.Screening(c, c.Who, id)
	if err != nil {
		return err
	}
	return r.stopAt(c, s, s.Version)
}

// self is the address of this page, with what it knows.
func (v askConsentView) self() string {
	known := url.Values{}
	for pairs := v.kept(); len(pairs) > 1; pairs = pairs[2:] {
		if name, value := pairs[0], pairs[1]; value != "" && name != "id" && name != "said" {
			known.Set(name, value)
		}
	}
	return v.here() + "?" + known.Encode()
}

// back is the page the reader came from.
func (v askConsentView) back() string {
	switch {
	case !v.Screening.IsZero():
		return "/screenings/" + v.Screening.String() + "/limits"
	case !v.Answer.IsZero():
		return "/referrals/" + v.Answer.String() + "/answer"
	case !v.Service.IsZero():
		return v.refer()
	}
	return "/cases/" + v.Case.ID.String()
}

// refer is the request that waits for the answer.
func (v askConsentView) refer() string {
	to := "/cases/" + v.Case.ID.String() + "/refer"
	if v.Emergency {
		to += "-now"
	}
	to += "?service=" + v.Service.String()
	if !v.Previous.IsZero() {
		to += "&previous=" + v.Previous.String()
	}
	return to
}

// onward is where the reader goes with the answer. After a "no" to being
// followed the conversation may stop; nothing presses on.
func (v askConsentView) onward(cmd protection.AskConsent) string {
	switch {
	case !v.Screening.IsZero() && cmd.Agreed == protection.No:
		return "/screenings/" + v.Screening.String()
	case !v.Screening.IsZero():
		return "/screenings/" + v.Screening.String() + "/account"
	case !v.Answer.IsZero():
		return "/referrals/" + v.Answer.String() + "/answer"
	case !v.Service.IsZero() && cmd.Agreed == protection.Yes:
		return v.refer()
	}
	return "/cases/" + v.Case.ID.String() + "#consents"
}

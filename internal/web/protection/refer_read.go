package protection

import (
	"strings"
	"time"

	"github.com/a-h/templ"

	"inkingi/countries"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// form reads the packet and what it travels on.
func (v referView) form(f *shell.Form) protection.Refer {
	rules := v.rooms.Desk.Rules
	cmd := protection.Refer{ID: v.ID, Case: v.Case.ID, Service: v.To.ID, Need: v.Need, Emergency: v.Emergency, Consent: v.Consent.ID,
		Previous: v.Previous, Packet: protection.Parcel{Needs: f.Choices("needs", rules.Codes(countries.Service)...),
			Interpreter: f.Bool("interpreter"), DoNot: f.Choices("do_not", rules.Codes(countries.DoNot)...),
			DoNotWords: f.Text("do_not_words", 500), Contact: f.Text("contact", 500), Arrival: f.Text("arrival", 500),
			Escort: answerOf(f, "escort"), Dependants: f.Int("dependants", 0, 20), DependantsWords: f.Text("dependants_words", 500),
			Pregnancy: answerOf(f, "pregnancy"), Medication: f.Text("medication", 500), Disability: f.Text("disability", 500),
			CallName: f.Text("call_name", 120)}}
	if v.Consent.ID.IsZero() && (v.Emergency || f.Value("override") != "") {
		approver := shell.FormID[ids.Account](f, "approved_by")
		for _, one := range v.Approvers {
			if one == approver {
				cmd.Override = &protection.Override{ApprovedBy: approver}
			}
		}
		if cmd.Override == nil {
			cmd.Override = &protection.Override{}
		}
		cmd.Override.ID, cmd.Override.Why = v.Override, f.Choice("override", rules.Codes(countries.ConsentOverride)...)
		cmd.Override.LegalBasis, cmd.Override.PersonTold = f.Text("legal_basis", 300), answerOf(f, "person_told")
	}
	return cmd
}

// packet is what a receiver reads, opened: the preview and the request page
// show it with the same lines.
type packet struct {
	Sex, AgeBand, Language string
	Child, Interpreter     bool
	Needs, DoNot           []string
	DoNotWords, Contact    string
	Arrival                string
	Escort, Pregnancy      protection.Answer
	Dependants             int
	DependantsWords        string
	Medication, Disability string
	CallName               string
	HealthFrom             time.Time
}

// previewed is the packet as it would be sent.
func (v referView) previewed(cmd protection.Refer) packet {
	p := cmd.Packet
	return packet{Sex: v.Case.Sex, AgeBand: v.rooms.Desk.Rules.AgeBand(v.Case, v.c.At), Language: v.Case.Language, Child: v.Case.Child,
		Interpreter: p.Interpreter, Needs: p.Needs, DoNot: p.DoNot, DoNotWords: p.DoNotWords, Contact: p.Contact, Arrival: p.Arrival,
		Escort: p.Escort, Pregnancy: p.Pregnancy, Dependants: p.Dependants, DependantsWords: p.DependantsWords,
		Medication: p.Medication, Disability: p.Disability, CallName: p.CallName, HealthFrom: v.Case.HealthFor(v.Need)}
}

// received are the signs that the receiver sees above the packet.
func (v referView) received(cmd protection.Refer) []templ.Component {
	return v.chips(v.Case.Level, v.previewed(cmd).HealthFrom, v.Case.Child)
}

// who are the lines on who arrives.
func (v voice) whoArrives(p packet) []govuk.SummaryRow {
	dependants := p.DependantsWords
	if p.Dependants > 0 {
		dependants = strings.TrimSuffix(v.T("referral.dependants.count", "Count", p.Dependants)+", "+dependants, ", ")
	}
	interpreter := ""
	if p.Interpreter {
		interpreter = v.T("common.yes")
	}
	return []govuk.SummaryRow{
		v.rowIf(v.T("referral.call_name"), p.CallName),
		v.row(v.T("common.sex"), v.label(countries.Sex, p.Sex)),
		v.row(v.T("referral.age_band"), v.label(countries.AgeBand, p.AgeBand)),
		v.row(v.T("common.language"), v.label(countries.Language, p.Language)),
		v.rowIf(v.T("referral.interpreter"), interpreter),
		v.row(v.T("referral.needs"), v.labels(countries.Service, p.Needs)),
		v.rowIf(v.T("referral.dependants"), dependants),
		v.rowIf(v.T("referral.pregnancy"), v.answer(p.Pregnancy)),
		v.rowIf(v.T("referral.medication"), p.Medication),
		v.rowIf(v.T("referral.disability"), p.Disability),
		v.rowIf(v.T("referral.arrival.how"), p.Arrival),
		v.rowIf(v.T("referral.escort"), v.answer(p.Escort)),
		v.row(v.T("referral.contact"), p.Contact),
	}
}

// never is what the receiver must not do.
func (v voice) never(p packet) govuk.DoNot {
	box := govuk.DoNot{Title: v.T("referral.do_not")}
	for _, code := range p.DoNot {
		box.Items = append(box.Items, v.label(countries.DoNot, code))
	}
	if p.DoNotWords != "" {
		box.Items = append(box.Items, p.DoNotWords)
	}
	return box
}

// hidden are the fields of the packet, to be sent from the preview.
func (v referView) hidden() []string {
	var pairs []string
	f := v.Form()
	for _, name := range f.Names() {
		if name == "then" {
			continue
		}
		values := f.Values(name)
		if len(values) == 0 {
			values = []string{""}
		}
		for _, value := range values {
			pairs = append(pairs, name, value)
		}
	}
	return pairs
}

// kept are the hidden fields of the packet's form.
func (v referView) kept() []string {
	pairs := []string{"id", v.ID.String(), "override_id", v.Override.String(), "need", v.Need, "service", v.To.ID.String()}
	if !v.Previous.IsZero() {
		pairs = append(pairs, "previous", v.Previous.String())
	}
	return pairs
}

// free says how many places are free and when that was said.
func (v voice) free(s protection.Service) string {
	said := v.Ago(s.ConfirmedAt)
	if s.Capacity == 0 && s.Free == 0 {
		return v.T("referral.free.unlimited", "Ago", said)
	}
	return v.T("referral.free", "Count", s.Free, "Ago", said)
}

// takes says whom a service takes in.
func (v voice) takes(s protection.Service) string {
	var parts []string
	if len(s.Sexes) > 0 {
		parts = append(parts, v.labels(countries.Sex, s.Sexes))
	}
	switch {
	case s.AgeTo > 0:
		parts = append(parts, v.T("referral.takes.ages", "Low", s.AgeFrom, "High", s.AgeTo))
	case s.AgeFrom > 0:
		parts = append(parts, v.T("referral.takes.from", "Low", s.AgeFrom))
	}
	if s.WithChildren {
		parts = append(parts, v.T("referral.takes.children"))
	}
	if s.Disability {
		parts = append(parts, v.T("referral.takes.disability"))
	}
	if s.FormalID {
		parts = append(parts, v.T("referral.takes.formal"))
	}
	if len(s.Languages) > 0 {
		parts = append(parts, v.labels(countries.Language, s.Languages))
	}
	if len(parts) == 0 {
		return v.T("referral.takes.all")
	}
	return strings.Join(parts, " · ")
}

// offered are the services that may be chosen.
func (v referView) offered() govuk.Queue {
	q := govuk.Queue{HeadingLevel: 2}
	for _, s := range v.Offered {
		row := govuk.QueueRow{Href: v.href(s.ID.String()), Title: s.Name,
			Facts: []govuk.Fact{{Name: v.T("common.organisation"), Value: v.orgName(s.Org)}, {Name: v.T("referral.takes"), Value: v.takes(s)},
				{Name: v.T("referral.hours"), Value: v.label(countries.ServiceHours, s.Hours)}, {Name: v.T("inspect.last"), Value: v.looked(s)}}}
		tag := govuk.Tag{Text: v.free(s), Classes: "govuk-tag--green"}
		if full(s) == 1 {
			tag.Classes = "govuk-tag--grey"
		}
		row.Tags = append(row.Tags, tag)
		if s.Fresh(v.c.At) == protection.AmberWord {
			row.Tags = append(row.Tags, govuk.Tag{Text: v.T("referral.free.old"), Classes: "govuk-tag--yellow"})
		}
		q.Rows = append(q.Rows, row)
	}
	return q
}

// ready says whether the packet can be filled: her yes comes first, so that
// nothing typed is lost on the way to ask her.
func (v referView) ready() bool {
	return !v.Consent.ID.IsZero() || v.Emergency || v.overriding() || v.c.Posted()
}

// overriding says whether the reader began to act without her consent.
func (v referView) overriding() bool {
	for _, field := range []string{"override", "legal_basis", "approved_by", "person_told"} {
		if v.Value(field) != "" || v.Fault(field) != "" {
			return true
		}
	}
	return false
}

package protection

import (
	"strings"
	"time"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// consentView is one answer, and what taking it back would stop.
type consentView struct {
	voice
	protection.Consent
	Of       protection.Case
	Code     string
	By       string // who witnessed it
	Confirm  bool   // the reader is said to have approved it, and has not said so
	Withdraw bool   // the reader may note that it was taken back
	Stops    []protection.ReferralLine
	Serves   []protection.ReferralLine // services that help her already, and were sent something
	Capacity string
	Carer    string // who said yes for a child
}

func (r *Rooms) showConsent(c *shell.Context) error {
	v, err := r.consentOf(c, access.ConsentRead)
	if err != nil {
		return err
	}
	return c.Page(shell.Page{Title: v.T("consent.title"), Body: consentPage(v), Back: "/cases/" + v.Case.String(), Section: navCases})
}

// consentOf reads the consent of the address with its case.
func (r *Rooms) consentOf(c *shell.Context, a access.Action) (consentView, error) {
	id, err := shell.ID[ids.Consent](c, "consent")
	if err != nil {
		return consentView{}, err
	}
	g, err := r.Desk.May(c, c.Who, a, access.ConsentKind, id.UUID, access.ForProtection)
	if err != nil {
		return consentView{}, err
	}
	v := consentView{voice: r.voice(c)}
	if v.Consent, err = r.Desk.Store.Consent(c, g, id); err != nil {
		return v, err
	}
	w := words{grant: g}
	v.By, v.Capacity = w.open(v.Witness), w.open(v.Consent.Capacity)
	if w.err != nil {
		return v, w.err
	}
	one, err := r.Desk.Case(c, c.Who, v.Case, protection.Page{Limit: 1})
	if err != nil {
		return v, err
	}
	v.Of, v.Code = one.Case, one.Case.Code.String()
	v.Carer = v.saidYes(one.Guardians, v.Guardian)
	v.Confirm = v.waitsForMe(v.Consent, g.Object())
	v.Withdraw = (v.State == protection.Given || v.State == protection.Overridden) && c.May(access.ConsentWithdraw, g.Object())
	for _, l := range one.Referrals {
		switch {
		case l.To != v.Recipient || v.Purpose != protection.P3ShareReferral:
		case l.State.Live():
			v.Stops = append(v.Stops, l)
		case l.State == protection.Arrived:
			v.Serves = append(v.Serves, l)
		}
	}
	return v, nil
}

func (v consentView) rows() []govuk.SummaryRow {
	to := v.T("case.consent.us")
	if !v.Recipient.IsZero() {
		to = v.orgName(v.Recipient)
	}
	by := v.label(countries.ConsentGivenBy, v.GivenBy)
	if v.CarerAway != "" {
		by = strings.Join([]string{by, v.label(countries.CarerAway, v.CarerAway)}, " · ")
	}
	return []govuk.SummaryRow{
		v.row(v.T("consent.purpose"), v.label(countries.ConsentPurpose, v.Purpose)),
		v.row(v.T("consent.recipient"), to),
		v.rowIf(v.T("consent.scope"), v.labels(countries.PacketField, v.Scope)),
		v.rowIf(v.T("consent.mode"), v.label(countries.ConsentMode, v.Mode)),
		v.rowIf(v.T("consent.witness"), v.By),
		v.rowIf(v.T("consent.given_by"), by),
		v.rowIf(v.T("consent.guardian"), v.Carer),
		v.rowIf(v.T("consent.assent"), v.answer(v.Assent)),
		v.rowIf(v.T("common.language"), v.label(countries.Language, v.Language)),
		v.rowIf(v.T("common.interpreter"), v.label(countries.InterpreterKind, v.Interpreter)),
		v.rowIf(v.T("consent.capacity"), v.Capacity),
		v.rowIf(v.T("consent.ethics"), v.Ethics),
		v.row(v.T("consent.at"), v.when(v.At)),
		v.row(v.T("consent.asked_by"), v.account(v.AskedBy)),
		v.rowIf(v.T("consent.expires"), v.until(v.Expires)),
		v.rowIf(v.T("consent.withdrawn"), v.when(v.WithdrawnAt)),
		v.rowIf(v.T("consent.override"), v.label(countries.ConsentOverride, v.Override)),
		v.rowIf(v.T("consent.legal_basis"), v.LegalBasis),
		v.rowIf(v.T("consent.approved_by"), v.approval(v.Consent)),
		v.rowIf(v.T("consent.person_told"), v.answer(v.PersonTold)),
	}
}

// until says the last day of something that ends at a moment.
func (v voice) until(end time.Time) string {
	if end.IsZero() {
		return ""
	}
	return v.Day(v.rooms.Country.Day(end.Add(-time.Minute)))
}

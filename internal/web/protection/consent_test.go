package protection_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// beside names a trusted adult of the child, once.
func (m *met) beside() ids.Guardian {
	m.t.Helper()
	v, err := m.desk.Case(m.ctx, m.who(access.Screener), m.Case, protection.Page{})
	m.must(err)
	if len(v.Guardians) > 0 {
		return v.Guardians[0].ID
	}
	id := ids.New[ids.Guardian]()
	m.must(m.desk.Stand(m.ctx, m.who(access.Screener), protection.Stand{ID: id, Case: m.Case, CaseVersion: v.Case.Version, Kind: protection.Trusted, Relation: "COMMUNITY",
		Name: "Personne inventée", Agreed: protection.Yes, Involved: protection.No}))
	return id
}

func (m *met) standing() string { return m.beside().String() }

// Taking back says by the purpose what it stops, and what a service that helps her keeps.
func TestWithdrawingSaysWhatStops(t *testing.T) {
	m := newHouse(t).meets().presumed().referred()
	m.must(m.desk.Accept(m.ctx, m.who(access.ServiceProvider), protection.Accept{Referral: m.Referral, Version: 1, Arrival: m.now, Extra: true}))
	m.must(m.desk.Arrive(m.ctx, m.who(access.ServiceProvider), protection.Arrive{Referral: m.Referral, Version: 2}))
	at := slices.IndexFunc(m.consents(), func(k protection.Consent) bool { return k.Purpose == protection.P3ShareReferral })
	path := "/consents/" + m.consents()[at].ID.String() + "/withdraw"
	want(t, m.get(path, access.Screener), http.StatusOK, "Ces services l’aident déjà", "Non : le détruire", "dossier médical")
	m.looks(access.Screener, path)
	request := "/requests/" + m.Referral.String()
	want(t, m.get(request, access.ServiceProvider), http.StatusOK, "ce soir en voiture")
	m.step(path, access.Screener, m.at(""))
	gone := m.get(request, access.ServiceProvider)
	want(t, gone, http.StatusOK, "Le partage a pris fin", "est détruit")
	lacks(t, gone, "ce soir en voiture")
	want(t, m.get("/referrals/"+m.Referral.String(), access.Screener), http.StatusOK, "Partage terminé le")
	m.looks(access.ServiceProvider, request)
}

// A child's own pages: what a purpose needs besides her yes stands beside it.
func TestWhatAChildsConsentNeeds(t *testing.T) {
	m := newHouse(t).meets(func(n *protection.Newcomer) { n.Child = true })
	page := m.get(m.at("/consent"), access.Screener)
	want(t, page, http.StatusOK, "intérêt supérieur est pesé d’abord", "un panel")
	lacks(t, page, "visite de bailleur")
	want(t, m.get(m.at("/consent?for=P5"), access.Screener), http.StatusOK, "un panel sur son intérêt supérieur a dit oui d’abord")
	m.looks(access.Screener, m.at("/consent"), m.at("/consent?for=P4"))
}

// At the airport she says no: one page, no reason asked for, and help goes on.
func TestTheReturnIsStopped(t *testing.T) {
	m := newHouse(t).meets().helped()
	m.yes(protection.P5Abroad)
	m.must(m.leaves())
	want(t, m.get(m.at("/return"), access.Supervisor), http.StatusOK, "Elle ne part pas")
	m.looks(access.Supervisor, m.at("/return/stop"))
	m.refuses(m.at("/return/stop"), access.Supervisor, []string{"told", "yes"}, append(nasty("words", 2000), bad{"not told that help goes on", "told", "", ""})...)
	m.step(m.at("/return/stop"), access.Supervisor, m.at(""), "told", "yes", "words", "Je reste.")
	want(t, m.get(m.at("/return"), access.CaseManager), http.StatusOK, "Je reste.")
	want(t, m.get(m.at("/return/stop"), access.CaseManager), http.StatusOK, "Elle n’est pas en route")
	want(t, m.get(m.at("/return/back"), access.Supervisor), http.StatusOK, "Rien n’attend votre réponse.")
	m.step(m.at("/return/prepare"), access.CaseManager, m.at("/return"), "freely", "yes", "early", "Ma mère est malade.")
	want(t, m.get(m.at("/return/back"), access.Supervisor), http.StatusOK, "Ma mère est malade.")
	m.looks(access.Supervisor, m.at("/return/back"))
	m.step(m.at("/return/back"), access.Supervisor, m.at("/return"))
	want(t, m.get(m.at("/return"), access.CaseManager), http.StatusOK, "Deuxième personne")
}

// leaves prepares a return in full, and she is on her way.
func (m *met) leaves() error {
	m.t.Helper()
	checks := map[string]protection.Answer{}
	for _, k := range m.desk.Rules.Codes("return_check") {
		checks[k] = protection.Yes
	}
	w := m.who(access.CaseManager)
	m.must(m.desk.PrepareReturn(m.ctx, w, protection.PrepareReturn{Case: m.Case, Freely: protection.Yes, Informed: protection.Yes, Decided: m.desk.Rules.Day(m.now), Abroad: protection.Yes,
		Checks: checks, Host: "Sa tante", Contact: "Sa tante"}))
	m.now = m.now.Add(time.Minute)
	v, err := m.desk.Case(m.ctx, w, m.Case, protection.Page{})
	m.must(err)
	m.must(m.desk.Assess(m.ctx, w, protection.Assess{ID: ids.New[ids.Assessment](), Case: m.Case, Version: v.Case.Version, Moment: "BEFORE_RETURN", Level: protection.Green, Why: "Rien."}))
	v, err = m.desk.Case(m.ctx, w, m.Case, protection.Page{})
	m.must(err)
	return m.desk.Advance(m.ctx, w, protection.Advance{Case: m.Case, Version: v.Case.Version, To: protection.InReturn})
}

package protection_test

import (
	"net/http"
	"strconv"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// A window of health goes to whoever treats her, and is in the preview before
// it goes; whoever is asked for a bed is told nothing of it.
func TestWindowsOfHealthGoToHealthCareOnly(t *testing.T) {
	m := newHouse(t).meets().presumed()
	clinic := ids.New[ids.Service]()
	m.must(m.desk.KeepService(m.ctx, m.who(access.Coordinator), protection.KeepService{Service: protection.Service{ID: clinic, Org: m.shelter,
		Need: "MED.PEP", Name: "Soins de nuit", Active: true, Hours: "DAY_AND_NIGHT", ConfirmedAt: m.now}}))
	m.Service = clinic
	const role = access.Screener
	m.step(m.at("/consent?for=P3&to="+m.shelter.String()+"&need=MED.PEP&service="+clinic.String()), role, m.at("/refer"),
		"said", "yes", "agreed", "yes", "mode", "WRITTEN", "interpreter", "NOT_NEEDED", "scope", "minimum")
	preview := m.fill(m.get(m.at("/refer?need=MED.PEP&service="+clinic.String()), role), m.at("/refer"), role, "then", "preview")
	want(t, preview, http.StatusOK, "Voici tout ce que", "PEP (72 h)", "Danger immédiat")
	shelltest.Check(t, "fr", preview.Body.String())
	m.Referral, _ = ids.Parse[ids.Referral](typed(t, preview).Get("id"))
	want(t, m.fill(preview, m.at("/refer"), role, "then", "send"), http.StatusSeeOther)
	want(t, m.get("/requests/"+m.Referral.String(), access.ServiceProvider), http.StatusOK, "PEP (72 h)")
	want(t, m.get("/requests", access.ServiceProvider), http.StatusOK, "PEP (72 h)")
}

// A no of the child's is refused at its field, and nothing is kept.
func TestAChildsNoIsNotKeptAsAYes(t *testing.T) {
	m := newHouse(t).meets(func(n *protection.Newcomer) { n.Child = true })
	m.step(m.at("/edit"), access.Screener, m.at(""), "years", "16", "basis", "declared")
	m.refuses(m.at("/consent?for=P1"), access.Screener, []string{"said", "yes", "agreed", "yes", "mode", "WRITTEN", "given_by", "SELF"},
		bad{"her own no", "assent", "no", "no"})
	if all := m.consents(); len(all) != 0 {
		t.Errorf("kept: %+v", all)
	}
	m.step(m.at("/consent?for=P1"), access.Screener, m.at(""), "said", "yes", "agreed", "yes", "mode", "WRITTEN", "given_by", "SELF")
}

// A report about a child opens the case of a child: the form says so before
// anybody does, and takes a no only with a document.
func TestTheChildOfAReportIsPrefilled(t *testing.T) {
	h := newHouse(t)
	receipt := h.signal(func(c *protection.Raise) { c.Children = protection.Yes })
	const role = access.DutyOfficer
	path := "/signals/" + receipt.Signal.String() + "/triage"
	h.must(h.desk.Take(h.ctx, h.who(role), protection.Take{Signal: receipt.Signal, Version: 1}))
	page := h.get(path, role)
	if got := typed(t, page).Get("person0_child"); got != "yes" {
		t.Errorf("prefilled with %q", got)
	}
	answers := []string{"level", "ORANGE", "checked", "yes", "outcome", "SCREENING"}
	no := h.fill(page, path, role, append(answers, "person0_child", "no")...)
	want(t, no, http.StatusUnprocessableEntity, "notez l’âge vu sur un document")
	shelltest.Check(t, "fr", no.Body.String())
	done := h.fill(page, path, role, answers...)
	want(t, done, http.StatusSeeOther)
	one, err := ids.Parse[ids.Case](typed(t, page).Get("case"))
	h.must(err)
	want(t, h.get("/cases/"+one.String(), role), http.StatusOK, "Enfant")
	v, err := h.desk.Case(h.ctx, h.who(role), one, protection.Page{})
	h.must(err)
	if !v.Case.Child {
		t.Error("the child is lost")
	}
}

// Nobody consents before somebody asked whether she is a child; the rule is the
// one of the answer, and in doubt the one for a child.
func TestHerAgeComesBeforeHerFirstConsent(t *testing.T) {
	const role = access.Screener
	unasked := func(n *protection.Newcomer) { n.Adult = protection.NotAsked }
	m := newHouse(t).meets(unasked).begun()
	path := m.at("/consent?for=P1&screening=" + m.Talk.String())
	page := m.get(path, role)
	want(t, page, http.StatusOK, "D’abord, son âge", "Dans le doute")
	lacks(t, page, "Elle dit oui")
	m.refuses(path, role, []string{"then", "age"}, bad{"no answer", "years", "", ""}, bad{"no basis", "years", "15", "15"})
	m.refuses(path, role, []string{"then", "age", "years", "15", "basis", "declared"}, bad{"an adult of 15", "child", "no", "no"})
	m.step(path, role, m.at("/consent?for=P1&screening="+m.Talk.String()), "then", "age", "child", "no")
	page = m.get(path, role)
	want(t, page, http.StatusOK, "18 ans et plus", "Elle dit oui")
	lacks(t, page, "l’enfant est-il d’accord")
	want(t, m.get(m.at(""), role), http.StatusOK, "Dite majeure")

	m = m.house.meets(unasked)
	m.step(m.at("/consent?for=P1"), role, m.at("/consent?for=P1"), "then", "age", "child", "unknown")
	want(t, m.get(m.at("/consent?for=P1"), role), http.StatusOK, "12 à 14 ans", "règle qui protège le plus")
	want(t, m.get(m.at(""), role), http.StatusOK, "Enfant", "Traitée comme une enfant")
}

// A yes that no longer fits is marked wherever it is read.
func TestAYesThatNoLongerFitsIsMarked(t *testing.T) {
	m := newHouse(t).meets().presumed()
	lacks(t, m.get(m.at(""), access.Screener), "À redemander")
	v, err := m.desk.Case(m.ctx, m.who(access.Screener), m.Case, protection.Page{})
	m.must(err)
	m.must(m.desk.EditCase(m.ctx, m.who(access.Screener), protection.EditCase{Case: m.Case, Version: v.Case.Version, Sex: "F", Child: true, Language: "rn"}))
	const mark = "À redemander : la règle de son âge est une autre"
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, mark)
	want(t, m.get(m.at("/ratify"), access.Supervisor), http.StatusOK, mark)
	want(t, m.get("/consents/"+m.consents()[0].ID.String(), access.Screener), http.StatusOK, mark)
}

// What is kept beside a decision is what was on the screen. Where "treat as a
// child" changes it, the new suggestion is shown before anything is saved.
func TestTheSuggestionThatWasSeenIsKept(t *testing.T) {
	m := newHouse(t).meets().begun()
	const role = access.Screener
	m.step(m.talk("/heard?part=D4"), role, m.talk("/heard?part=D5"), "heard", m.sign("D4", 0), "heard", m.sign("D4", 1), "then", "on")
	m.step(m.talk("/situation"), role, m.talk("/wants"), "exploited", "yes", "act", "yes", "profile", "labour", "then", "on")
	page := m.get(m.talk("/decide"), role)
	want(t, page, http.StatusOK, "droits du travail")
	again := m.fill(page, m.talk("/decide"), role, "verdict", "PRESUME", "override_reason", "DOUBT", "child", "yes", "then", "on")
	want(t, again, http.StatusUnprocessableEntity, "traite d’un enfant", "La suggestion a changé")
	shelltest.Check(t, "fr", again.Body.String())
	if s, _, err := m.desk.Screening(m.ctx, m.who(role), m.Talk); err != nil || s.State != protection.ScreeningOpen {
		t.Errorf("saved before it was seen: %s %v", s.State, err)
	}
	done := m.fill(again, m.talk("/decide"), role, "then", "on")
	want(t, done, http.StatusSeeOther)
	s, _, err := m.desk.Screening(m.ctx, m.who(role), m.Talk)
	m.must(err)
	if s.Suggestion.Pattern != protection.ChildTrafficking || s.State != protection.ScreeningDecided {
		t.Errorf("kept: %+v %s", s.Suggestion, s.State)
	}
}

// A yes said aloud names who heard it, to whoever may read the consent.
func TestAWitnessedConsentNamesTheWitness(t *testing.T) {
	m := newHouse(t).meets()
	m.refuses(m.at("/consent?for=P1"), access.Screener, []string{"said", "yes", "agreed", "yes", "mode", "ORAL_WITNESSED"},
		append(nasty("witness", 120), bad{"nobody", "witness", "", ""})...)
	m.presumed()
	want(t, m.get("/consents/"+m.consents()[0].ID.String(), access.Screener), http.StatusOK, "Témoin", "N. I., médiatrice")
	lacks(t, m.get(m.at(""), access.Screener), "médiatrice")
}

// An approval that somebody else told of is hearsay until the one who is named
// says so: it waits in her list, and stays visible as unconfirmed.
func TestAnApprovalWaitsForWhoApproved(t *testing.T) {
	m := newHouse(t).meets()
	const role, boss = access.DutyOfficer, access.Supervisor
	k := ids.New[ids.Consent]()
	m.Referral = ids.New[ids.Referral]()
	m.must(m.desk.Refer(m.ctx, m.who(role), protection.Refer{ID: m.Referral, Case: m.Case, Service: m.Service, Need: "SAFE.EMERGENCY", Emergency: true,
		Override: &protection.Override{ID: k, Why: "VITAL_INTEREST", ApprovedBy: m.who(boss).Account, PersonTold: protection.No},
		Packet:   protection.Parcel{Contact: "par nous"}}))
	const said = "à confirmer par cette personne"
	consent := "/consents/" + k.String()
	for path, as := range map[string]access.Role{consent: role, "/referrals/" + m.Referral.String(): role, m.at("/ratify"): boss} {
		want(t, m.get(path, as), http.StatusOK, said)
	}
	want(t, m.get(m.at(""), role), http.StatusOK, "Approbation à confirmer")
	lacks(t, m.get(m.at(""), role), consent+"/confirm")
	for _, list := range []string{"/tasks", "/work"} {
		want(t, m.get(list, boss), http.StatusOK, "Confirmer l’approbation d’agir sans accord")
	}
	want(t, m.get(m.at(""), boss), http.StatusOK, "Avez-vous approuvé ?")
	m.refuses(consent+"/confirm", boss, nil, bad{"nothing said", "version", "1", ""}, bad{"an answer of no list", "agreed", "unknown", ""})
	if w := m.get(consent+"/confirm", role); w.Code == http.StatusOK {
		t.Error("who acted confirms it himself")
	}
	m.step(consent+"/confirm", boss, m.at(""), "agreed", "yes")
	page := m.get("/referrals/"+m.Referral.String(), role)
	want(t, page, http.StatusOK, "l’a confirmé le")
	lacks(t, page, said)
	lacks(t, m.get("/tasks", boss), "Confirmer l’approbation")
	lacks(t, m.get(m.at(""), boss), "Avez-vous approuvé")
}

// What triage said is refused where it contradicts itself, and can be corrected;
// what was said before stays to be read.
func TestADangerCanBeCorrected(t *testing.T) {
	m := newHouse(t).meets()
	const role = access.Screener
	m.now = m.now.AddDate(0, 0, 6)
	old := m.now.AddDate(0, 0, -26)
	receipt := m.signal()
	triage := "/signals/" + receipt.Signal.String() + "/triage"
	m.refuses(triage, access.DutyOfficer, []string{"level", "RED", "reasons", "RAPE_72H", "checked", "yes", "outcome", "INSUFFICIENT", "health-day", strconv.Itoa(old.Day()), "health-month", strconv.Itoa(int(old.Month())),
		"health-year", strconv.Itoa(old.Year())}, bad{"26 days ago", "health-time", "10:00", "10:00"})
	want(t, m.get(m.at(""), role), http.StatusOK, "Corriger le danger")
	m.refuses(m.at("/danger"), role, nil, bad{"no level", "level", "", ""}, bad{"a reason of no list", "reasons", "X", ""}, bad{"tomorrow", "health-year", "2030", "2030"})
	m.step(m.at("/danger"), role, m.at(""), "level", "ORANGE", "reasons", "SUICIDAL")
	page := m.get(m.at(""), role)
	want(t, page, http.StatusOK, "Danger corrigé ; avant : Danger immédiat", "Raison retirée : La personne qui l’exploite", "Raison ajoutée")
	m.step(m.at("/danger"), role, m.at(""), "health-day", "", "health-month", "", "health-year", "", "health-time", "")
	page = m.get(m.at(""), role)
	want(t, page, http.StatusOK, "Heure de l’agression corrigée ; avant")
	lacks(t, page, "PEP")
}

package protection_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// helped brings her to where help has begun: a plan with a step that is done, a service.
func (m *met) helped() *met {
	m.t.Helper()
	m.presumed().followed()
	m.planned()
	m.assessed()
	m.step(m.at("/plan/agree"), access.CaseManager, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED")
	m.must(m.desk.EndStep(m.ctx, m.who(access.CaseManager), protection.EndStep{Case: m.Case, Step: m.planOf().Steps[0].ID, End: "DONE"}))
	m.serves()
	m.settles()
	return m
}

// looks opens pages in every language: nothing is wrong with them, and they are light.
func (m *met) looks(role access.Role, paths ...string) {
	m.t.Helper()
	for _, path := range paths {
		for _, language := range []string{"fr", "en", "rn", "sw"} {
			w := m.ask("GET", path, role, language, nil)
			want(m.t, w, http.StatusOK)
			for _, wrong := range shelltest.Wrong(language, w.Body.String()) {
				m.t.Errorf("%s %s: %s", language, path, wrong)
			}
			if size := packed(w); size > 10<<10 {
				m.t.Errorf("%s %s: %d bytes travel", language, path, size)
			}
		}
	}
}

// yes notes what she answered to a purpose.
func (m *met) yes(purpose string) {
	m.t.Helper()
	m.must(m.desk.AskConsent(m.ctx, m.who(access.Screener), protection.AskConsent{ID: ids.New[ids.Consent](), Case: m.Case, Purpose: purpose, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
}

// From help to reintegration, contacts, the business she began, and closure by two.
func TestFollow(t *testing.T) {
	m := newHouse(t).meets().helped()
	const role = access.CaseManager
	m.looks(role, m.at("/visits"), m.at("/visit"), m.at("/advance"), m.at("/close"), m.at("/business"), m.at("/lose"), m.at("/return"), m.at("/return/prepare"), m.at("/return/party"))
	m.looks(access.Supervisor, m.at("/sign"), m.at("/reopen"), m.at("/visits"), m.at("/return"))
	page := m.get(m.at("/advance"), role)
	want(t, page, http.StatusOK, "Ce qui manque avant un retour", "Elle n’a pas encore décidé librement")
	leads(t, page, m.at("/return/prepare"))
	leads(t, page, m.at("/consent?for=P5"))
	m.refuses(m.at("/advance"), role, nil, bad{"nothing chosen", "to", "", ""}, bad{"a step of no list", "to", "HEAVEN", ""}, bad{"too soon", "to", "MONITORING", ""}, bad{"not ready", "to", "RETURN", "RETURN"})
	m.step(m.at("/advance"), role, m.at(""), "to", "REINTEGRATION")
	want(t, m.get(m.at(""), role), http.StatusOK, "Elle reconstruit sa vie là où elle est.", "Première visite de suivi", "Ses nouvelles")

	page = m.get(m.at("/visit"), role)
	want(t, page, http.StatusOK, "C’est la couturière", "l’oncle", "79 222 333", "Au début de la réintégration")
	if body := page.Body.String(); strings.Index(body, "oncle") > strings.Index(body, "222 333") || strings.Index(body, "couturi") > strings.Index(body, "222 333") {
		t.Error("the number stands above whom to avoid, or above the phrase")
	}
	good := []string{"moment", "OTHER", "mode", "SAFE_PLACE", "result", "REACHED"}
	m.refuses(m.at("/visit"), role, good, append(nasty("words", 2000), bad{"no way", "mode", "", ""}, bad{"a way of no list", "mode", "x", ""}, bad{"no result", "result", "", ""}, bad{"no moment", "moment", "", ""},
		bad{"a year in a day", "moment", "M12", "M12"}, bad{"at her home", "mode", "HOME", "HOME"}, bad{"a score of 9", "score_HOME", "9", ""}, bad{"tomorrow", "day-year", "2093", "2093"}, bad{"satisfied beyond measure", "satisfaction", "9", ""})...)
	m.refuses(m.at("/visit"), role, append(good, "score_HOME", "3"), bad{"she was not reached", "result", "NO_ANSWER", "NO_ANSWER"})
	m.step(m.at("/visit"), role, m.at("/visits"), "moment", "ENTRY", "mode", "SAFE_PLACE", "result", "REACHED", "score_HOME", "2", "score_MIND", "4", "words", "Elle coud le soir.", "satisfaction", "4")
	m.step(m.at("/business"), role, m.at("/visits"), "kind", "SEWING", "funders", "NGO", "cost", "250 000", "currency", "BIF")
	m.refuses(m.at("/business"), role, []string{"funders", "NGO"}, bad{"no kind", "kind", "", ""}, bad{"in the future", "from-year", "2093", "2093"}, bad{"half a franc", "cost", "12,50", "12,50"})
	m.now = m.now.AddDate(0, 3, 2)
	page = m.get(m.at("/visit"), role)
	want(t, page, http.StatusOK, "Ce qu’elle a lancé est-il encore ouvert")
	m.step(m.at("/visit"), role, m.at("/visits"), "moment", "M3", "mode", "OFFICE", "result", "REACHED", "score_HOME", "4", "score_MIND", "3", "business", "no", "business_end", "NO_SALES", "threat", "yes")
	page = m.get(m.at("/visits"), role)
	want(t, page, http.StatusOK, "Ce qui change pour elle", "+2", "−1", "Elle coud le soir.", "Arrêtée, dit-elle le", "Trop peu de ventes", "Réévaluer le risque", "A tenu")
	for _, drawn := range []string{"<svg", `role="img"`, "Changement dans 2 domaines de vie"} {
		if !strings.Contains(page.Body.String(), drawn) {
			t.Errorf("no %s on the page", drawn)
		}
	}
	m.looks(role, m.at("/visits"), m.at("/visit"), m.at("/close"), m.at("/advance"))
	m.looks(access.Supervisor, m.at("/visits"))

	m.now = m.now.Add(time.Hour)
	m.step(m.at("/visit"), role, m.at("/visits"), "moment", "OTHER", "mode", "PHONE", "result", "NO_ANSWER")
	want(t, m.get(m.at("/visits"), role), http.StatusOK, "cherchez-la aujourd’hui")
	want(t, m.get(m.at(""), role), http.StatusOK, "Cherchez-la aujourd’hui, par les voies sûres.")
	m.refuses(m.at("/lose"), role, nil, bad{"once", "asked", "SUPERVISOR", "SUPERVISOR"}, bad{"somebody of no list", "asked", "x", ""})
	m.now = m.now.Add(time.Hour)
	m.step(m.at("/visit"), role, m.at("/visits"), "moment", "OTHER", "mode", "PHONE", "result", "REACHED")
	lacks(t, m.get(m.at("/visits"), role), "cherchez-la aujourd’hui")

	m.refuses(m.at("/close"), role, []string{"reason", "TRANSFERRED", "why", "x"}, bad{"no reason", "reason", "", ""}, bad{"a reason with a verb of its own", "reason", "LOST_CONTACT", ""}, bad{"nobody asked P9", "why", "x", "x"}, bad{"no why", "why", "", ""})
	m.yes(protection.P9Afterwards)
	m.step(m.at("/close"), role, m.at(""), "reason", "TRANSFERRED", "why", "Suivie ailleurs.")
	want(t, m.get(m.at(""), access.Supervisor), http.StatusOK, "Lire la demande de clôture et répondre")
	leads(t, m.get(m.at(""), access.Supervisor), m.at("/sign"))
	want(t, m.get("/work", access.Supervisor), http.StatusOK, "Répondre à une demande de clôture")
	m.looks(access.Supervisor, m.at("/sign"))
	m.looks(role, m.at("/close"))
	m.refuses(m.at("/sign"), access.Supervisor, []string{"answer", "return", "words", "x"}, bad{"no answer", "answer", "", ""}, bad{"sent back without a word", "words", "", ""})
	m.step(m.at("/sign"), access.Supervisor, m.at(""), "answer", "return", "words", "Qui la suit ?")
	want(t, m.get(m.at("/close"), role), http.StatusOK, "Qui la suit ?")
	m.step(m.at("/close"), role, m.at(""), "reason", "TRANSFERRED", "why", "Suivie par l’hôpital.")
	m.step(m.at("/sign"), access.Supervisor, m.at(""), "answer", "close")
	want(t, m.get(m.at(""), role), http.StatusOK, "Le dossier est clôturé. La porte reste ouverte.")
	m.looks(role, m.at(""), m.at("/visits"), m.at("/visit"), m.at("/close"), m.at("/advance"), m.at("/return/prepare"), m.at("/lose"))
	m.looks(access.Supervisor, m.at(""), m.at("/sign"), m.at("/reopen"), "/cases?state=CLOSED")
	m.refuses(m.at("/reopen"), access.Supervisor, nil, bad{"no reason", "reason", "", ""}, bad{"a reason of no list", "reason", "x", ""})
	m.step(m.at("/reopen"), access.Supervisor, "/cases/", "reason", "RETRAFFICKED")
	again, err := m.desk.Cases(m.ctx, m.who(access.Supervisor), protection.CaseFilter{State: protection.InTriage}, protection.Page{Limit: 10})
	if m.must(err); len(again.Lines) != 1 {
		t.Fatalf("%d cases in triage", len(again.Lines))
	}
	next := "/cases/" + again.Lines[0].ID.String()
	leads(t, m.get(next, access.Supervisor), m.at(""))
	m.looks(access.Supervisor, next, m.at(""))
	m.step(m.at("/reopen"), access.Supervisor, m.at(""), "reason", "NEW_NEED")
	want(t, m.get(m.at(""), role), http.StatusOK, "Elle reçoit les services de son plan.")
}

// Who may not follow her sees and changes nothing, and no page tells that there is something.
func TestWhoMayNotFollow(t *testing.T) {
	m := newHouse(t).meets().helped()
	for _, path := range []string{"/visits", "/visit", "/advance", "/close", "/lose", "/sign", "/reopen", "/business", "/return", "/return/prepare", "/return/party", "/return/stop", "/return/back"} {
		for _, other := range []access.Role{access.DutyOfficer, access.Screener, access.Coordinator, access.ServiceProvider, access.Police} {
			if w := m.get(m.at(path), other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s sees %s: %d", other, path, w.Code)
			}
		}
	}
	for path, other := range map[string]access.Role{"/sign": access.CaseManager, "/reopen": access.CaseManager, "/visit": access.Supervisor, "/advance": access.Supervisor, "/close": access.Supervisor, "/return/prepare": access.Supervisor} {
		if w := m.get(m.at(path), other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s sees %s: %d", other, path, w.Code)
		}
	}
}

// A return is prepared bit by bit; nobody abroad is told without her yes.
func TestPrepareReturn(t *testing.T) {
	m := newHouse(t).meets().helped()
	const role = access.CaseManager
	want(t, m.get(m.at("/return"), role), http.StatusOK, "Ce qui manque avant son départ", "Elle seule décide de partir", "Rester ne lui coûte aucun service")
	m.refuses(m.at("/return/party"), role, []string{"kind", "EMBASSY", "name", "x"}, bad{"told without her yes", "told", "NAME", "NAME"}, bad{"no kind", "kind", "", ""}, bad{"no name", "name", "", ""}, bad{"words for a number", "phone", "mama", "mama"})
	m.yes(protection.P5Abroad)
	m.step(m.at("/return/party"), role, m.at("/return"), "kind", "EMBASSY", "name", "Consulat de la Colline", "told", "NATIONALITY", "phone", "79 888 999")
	m.step(m.at("/return/prepare"), role, m.at("/return"), "freely", "yes", "informed", "yes", "abroad", "yes", "host", "Sa tante", "contact", "Sa tante", "check_FIT", "no")
	page := m.get(m.at("/return"), role)
	want(t, page, http.StatusOK, "Consulat de la Colline", "Sa nationalité et ses papiers", "Sa tante", "Répondez par oui ou par non à chaque vérification.", "Une vérification est à « non »")
	m.refuses(m.at("/return/prepare"), role, nil, append(nasty("risks", 2000), bad{"decided in the future", "decided-year", "2093", "2093"}, bad{"a check of no list", "check_FIT", "maybe", ""})...)
	m.looks(role, m.at("/return"), m.at("/return/prepare"), m.at("/return/party"), m.at("/advance"))
	m.looks(access.Supervisor, m.at("/return"))
	lacks(t, m.get(m.at("/return"), access.Supervisor), m.at("/return/prepare"))
}

// settles agrees with her on the part of reintegration.
func (m *met) settles() {
	m.t.Helper()
	m.step(m.at("/plan/agree"), access.CaseManager, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED", "settling", "yes", "cost", "90 000", "currency", "BIF", "funders", "NGO")
}

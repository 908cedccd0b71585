package protection_test

import (
	"net/http"
	"strings"
	"testing"

	"inkingi/internal/access"
)

// arrived brings her to the shelter.
func (m *met) arrived() *met {
	m.t.Helper()
	request := "/requests/" + m.Referral.String()
	m.step(request+"/accept", access.ServiceProvider, request, "arrival-time", "23:30")
	form := m.form(request, access.ServiceProvider)
	if w := m.send(request+"/arrive", access.ServiceProvider, form); w.Code != http.StatusSeeOther {
		m.t.Fatalf("%d %.600s", w.Code, text(w))
	}
	return m
}

// She has a bed, moves and leaves; the house and the team see it, and nobody else.
func TestWhereSheLives(t *testing.T) {
	m := newHouse(t).meets().presumed().referred().arrived()
	const host, team = access.ServiceProvider, access.Screener
	settle := "/referrals/" + m.Referral.String() + "/stay"
	want(t, m.get("/requests/"+m.Referral.String(), host), http.StatusOK, "Dire où elle loge")
	m.looks(host, settle)
	page := m.get(settle, host)
	lacks(t, page, `value="CHILDREN"`)
	want(t, m.fill(page, settle, host), http.StatusUnprocessableEntity, "Choisissez une réponse")
	want(t, m.fill(page, settle, host, "unit", "MEN"), http.StatusUnprocessableEntity, "Cette unité n’est pas la sienne")
	want(t, m.fill(page, settle, host, "unit", "FAMILY"), http.StatusUnprocessableEntity)
	sent := m.fill(page, settle, host, "unit", "WOMEN")
	stay := sent.Header().Get("Location")
	if again := m.fill(page, settle, host, "unit", "WOMEN").Header().Get("Location"); !strings.HasPrefix(stay, "/stays/") || again != stay {
		t.Fatalf("%d %s, then %s\n%.900s", sent.Code, stay, again, text(sent))
	}
	m.looks(host, stay)
	m.looks(host, "/stays")
	want(t, m.get("/stays", host), http.StatusOK, "Qui loge ici cette nuit", "1 personne loge ici", "Femmes adultes")
	want(t, m.get("/work", host), http.StatusOK, "Qui loge ici cette nuit")
	want(t, m.get(m.at(""), team), http.StatusOK, "Hébergement", "Foyer des Collines · Femmes adultes", "loge ici")
	lacks(t, m.get(m.at(""), access.DutyOfficer), "Femmes adultes")
	if w := m.get(stay, access.DutyOfficer); w.Code != http.StatusNotFound {
		t.Errorf("on duty reads where she lives: %d", w.Code)
	}
	m.looks(host, stay+"/move")
	moved := m.fill(m.get(stay+"/move", host), stay+"/move", host, "unit", "FAMILY", "with", "OWN_CHILDREN", "reason", "WITH_FAMILY")
	next := moved.Header().Get("Location")
	if !strings.HasPrefix(next, "/stays/") || next == stay {
		t.Fatalf("moved: %d %s %.900s", moved.Code, next, text(moved))
	}
	m.looks(host, next+"/end")
	m.step(next+"/end", host, "/stays", "reason", "OWN_HOME")
	want(t, m.get("/stays", host), http.StatusOK, "Personne ne loge ici cette nuit")
	want(t, m.get(m.at(""), team), http.StatusOK, "a changé de place", "n’y loge plus", "Elle a un logement à elle")
	m.looks(team, m.at(""))
	m.looks(host, "/directory/"+m.Service.String()+"/places?units=yes")
	m.step("/directory/"+m.Service.String()+"/places?units=yes", host, "/work", "unit_WOMEN", "4", "unit_MEN", "0", "unit_CHILDREN", "2", "unit_FAMILY", "")
	want(t, m.get("/stays", host), http.StatusOK, "4")
}

// What she says of the shelter goes to who leads the house that follows her; what the
// shelter hears of that house goes past it.
func TestAComplaint(t *testing.T) {
	m := newHouse(t).meets().presumed().referred().arrived()
	const team, host = access.Screener, access.ServiceProvider
	m.looks(team, m.at("/complaint"))
	page := m.get(m.at("/complaint"), team)
	want(t, m.fill(page, m.at("/complaint"), team, "against", ""), http.StatusUnprocessableEntity, "Choisissez une réponse")
	m.step(m.at("/complaint"), team, m.at(""), "kind", "PSEA", "against", m.shelter.String(), "worker", "", "words", "Il vient dans la chambre le soir.", "from", "HERSELF", "named", "yes")
	m.looks(team, "/complaints")
	line := "/complaints/" + m.line(m.get("/complaints", team).Body.String(), "/complaints/")
	m.looks(team, line)
	want(t, m.get(line, team), http.StatusOK, "Il vient dans la chambre le soir.", "Foyer des Collines", "À valider par un juriste")
	for _, role := range []access.Role{host, access.DutyOfficer, access.Coordinator} {
		if w := m.get(line, role); w.Code != http.StatusNotFound {
			t.Errorf("%s reads it: %d", role, w.Code)
		}
	}
	lacks(t, m.get(m.at(""), team), "plainte pour")
	m.looks(host, "/requests/"+m.Referral.String()+"/complaint")
	m.step("/requests/"+m.Referral.String()+"/complaint", host, "/requests/", "kind", "CONFIDENCE", "against", m.care.String(), "worker", "", "words", "Ils ont tout répété à son oncle.", "from", "HERSELF", "named", "no")
	if strings.Count(m.get("/complaints", access.Supervisor).Body.String(), `href="/complaints/`) > 1 {
		t.Error("who leads the house sees what is said of the house")
	}
}

// line is the identifier in the first address that begins so.
func (m *met) line(page, prefix string) string {
	m.t.Helper()
	_, after, found := strings.Cut(page, `href="`+prefix)
	if !found || len(after) < 36 {
		m.t.Fatalf("no %s on %.900s", prefix, page)
	}
	return after[:36]
}

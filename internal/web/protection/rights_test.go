package protection_test

import (
	"net/http"
	"strings"
	"testing"

	"inkingi/internal/access"
)

// She asks, after all of it was explained; a hold keeps the answer; lifted, a second
// person destroys the key, and nobody finds the case any more.
func TestSheAsksToBeErased(t *testing.T) {
	m := newHouse(t).meets()
	m.step(m.at("/leave"), access.Screener, m.at(""), "reason", "NOT_NOW", "told", "yes")
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Elle demande l’effacement")
	told := m.desk.Rules.Codes("erasure_told")
	m.refuses(m.at("/erase"), access.Screener, nil, bad{"nothing explained", "reason", "AFRAID", ""})
	form := typed(t, m.get(m.at("/erase"), access.Screener))
	form["told"] = told
	form.Set("reason", "AFRAID")
	sent := m.ask("POST", m.at("/erase"), access.Screener, "fr", form)
	one := sent.Header().Get("Location")
	if sent.Code != http.StatusSeeOther || !strings.HasPrefix(one, "/erasures/") {
		t.Fatalf("asked: %d %s %s", sent.Code, one, text(sent))
	}
	want(t, m.get(m.at("/erase"), access.Screener), http.StatusOK, "Elle l’a déjà demandé")
	want(t, m.get(one, access.Screener), http.StatusOK, "Attend la deuxième personne", "Elle ne le veut plus")
	m.step(m.at("/hold"), access.Supervisor, m.at("/hold"), "why", "CRIMINAL_FILE", "until-day", "1", "until-month", "12", "until-year", "2027")
	want(t, m.get(m.at("/hold"), access.Supervisor), http.StatusOK, "Une procédure pénale est en cours, jusqu’au 1er décembre 2027")
	held := text(m.get(one, access.Supervisor))
	if !strings.Contains(held, "ne peut pas être effacé maintenant") || strings.Contains(held, "Détruire la clé") {
		t.Error("held, and it can be destroyed")
	}
	lift := typed(t, m.get(m.at("/hold"), access.Supervisor))
	if w := m.ask("POST", m.at("/hold"), access.Supervisor, "fr", lift); w.Code != http.StatusSeeOther {
		t.Fatalf("lifted: %d %s", w.Code, text(w))
	}
	want(t, m.get(m.at("/hold"), access.Supervisor), http.StatusOK, "Levée")
	want(t, m.get("/erasures", access.Supervisor), http.StatusOK, "Attendent une réponse", "Attend la deuxième personne")
	if w := m.ask("POST", one+"/approve", access.Supervisor, "fr", fields("version", "1")); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("destroyed without a look: %d", w.Code)
	}
	if w := m.ask("POST", one+"/approve", access.Supervisor, "fr", fields("version", "1", "sure", "yes")); w.Code != http.StatusSeeOther {
		t.Fatalf("approved: %d %s", w.Code, text(w))
	}
	want(t, m.get(one, access.Supervisor), http.StatusOK, "Effacé")
	for _, role := range []access.Role{access.Screener, access.Supervisor} {
		if w := m.get(m.at(""), role); w.Code != http.StatusNotFound {
			t.Errorf("%s still reads: %d", role, w.Code)
		}
	}
}

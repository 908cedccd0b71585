package protection_test

import (
	"net/http"
	"regexp"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/web/shell/shelltest"
)

// A wrong upload is taken out from its page; what is left says that it was there, and
// nothing of what it was.
func TestTakeOutAFile(t *testing.T) {
	m := newHouse(t).meets()
	const role = access.Screener
	if w := m.upload(m.at("/attach"), role, "lettre Wezombra.txt", []byte("récit Wezombra"), "kind", "MEDICAL", "face", "no"); w.Code != http.StatusSeeOther {
		t.Fatalf("attached: %d %s", w.Code, text(w))
	}
	one := regexp.MustCompile(`/attachments/[0-9a-f-]+`).FindString(m.get(m.at(""), role).Body.String())
	page := m.get(one, role)
	want(t, page, http.StatusOK, "lettre Wezombra.txt", "Retirer ce fichier")
	leads(t, page, one+"/remove")
	form := m.get(one+"/remove", role)
	want(t, form, http.StatusOK, "Retirer et détruire", "Il parle d’une autre personne")
	shelltest.Check(t, "fr", form.Body.String())
	m.refuses(one+"/remove", role, nil, bad{"no reason", "why", "", ""}, bad{"an invented reason", "why", "X", ""})
	m.hidden(one+"/remove", access.Police, access.ServiceProvider, access.Coordinator)
	m.step(one+"/remove", role, one, "why", "WRONG_PERSON")
	page = m.get(one, role)
	want(t, page, http.StatusOK, "Ce fichier a été retiré", "Il parle d’une autre personne", "Papier médical")
	lacks(t, page, "Wezombra", "Télécharger", one+"/remove")
	want(t, m.get(one+"/file", role), http.StatusNotFound)
	want(t, m.get(one+"/remove", role), http.StatusOK, "ne peut plus être retiré")
	want(t, m.get(m.at(""), role), http.StatusOK, "Fichier joint retiré")
}

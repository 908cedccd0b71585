package protection_test

import (
	"net/http"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// She is told, asks for a review, and somebody else lets her in; an authority confirms
// later, and her help is where it was.
func TestSheAsksForAReview(t *testing.T) {
	m := newHouse(t).meets()
	talk := ids.New[ids.Screening]()
	m.must(m.desk.Begin(m.ctx, m.who(access.Screener), protection.Begin{ID: talk, Case: m.Case, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	m.must(m.desk.Judge(m.ctx, m.who(access.Screener), protection.Judge{Screening: talk, Version: 1, CaseVersion: 2, Verdict: protection.NotIndicated, Reason: "NO_INDICATION", Words: "Un salaire impayé."}))
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Lui dire la décision")
	second := accesstest.Somebody(access.Supervisor, m.who(access.Supervisor).Post.Org)
	m.must(m.desk.Ratify(m.ctx, second, protection.Ratify{Case: m.Case, Version: 3}))
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Dites-lui ce qui a été décidé", "Demander un réexamen")
	m.refuses(m.at("/explain"), access.Screener, []string{"language", "rn", "interpreter", "NOT_NEEDED"}, bad{"only half", "said", "told", "told"})
	form := typed(t, m.get(m.at("/explain"), access.Screener))
	form["said"] = []string{"told", "right"}
	form.Set("language", "rn")
	form.Set("interpreter", "NOT_NEEDED")
	if w := m.ask("POST", m.at("/explain"), access.Screener, "fr", form); w.Code != http.StatusSeeOther {
		t.Fatalf("told: %d %s", w.Code, text(w))
	}
	want(t, m.get(m.at("/identification"), access.Screener), http.StatusOK, "Aucune aide ne dépend de ce statut", "Kirundi", "Non confirmé")
	m.refuses(m.at("/review"), access.Screener, nil, bad{"nobody asks", "asker", "", ""})
	m.step(m.at("/review"), access.Screener, m.at(""), "asker", "PERSON", "why", "Elle dit qu’il a gardé ses papiers.")
	want(t, m.get(m.at("/review"), access.Screener), http.StatusOK, "Un réexamen attend déjà une réponse")
	want(t, m.get(m.at("/review/answer"), access.Supervisor), http.StatusOK, "comme si rien n’avait été décidé", "gardé ses papiers")
	m.refuses(m.at("/review/answer"), access.Supervisor, nil, bad{"nothing decided", "outcome", "", ""}, bad{"a no without a reason", "outcome", "NOT_CONFIRMED", "NOT_CONFIRMED"})
	m.step(m.at("/review/answer"), access.Supervisor, m.at("/identification"), "outcome", "PRESUMED", "words", "Deux personnes disent la même chose.")
	want(t, m.get(m.at("/identification"), access.Supervisor), http.StatusOK, "Décidé autrement", "Deux personnes disent la même chose", "Victime présumée")
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Voir l’identification")
	day := []string{"decided-day", "1", "decided-month", "2", "decided-year", "2026"}
	fill := append([]string{"to", "CONFIRMED", "org_type", "COURT_PROSECUTION", "law", "Tribunal inventé, article 4", "basis", "COURT_DECISION", "document", "Registre 9"}, day...)
	m.refuses(m.at("/identify"), access.Supervisor, fill, bad{"no document", "document", "", ""}, bad{"no law", "law", "", ""})
	m.step(m.at("/identify"), access.Supervisor, m.at("/identification"), fill...)
	page := text(m.get(m.at("/identification"), access.Screener))
	for _, word := range []string{"Victime identifiée formellement", "Registre 9", "Tribunal inventé", "1er février 2026"} {
		if !strings.Contains(page, word) {
			t.Errorf("the page does not say %q", word)
		}
	}
	m.looks(access.Supervisor, m.at("/identification"), m.at("/identify"), m.at("/explain"), m.at("/review"), m.at("/review/answer"))
	m.hidden(m.at("/identification"), access.Coordinator, access.ServiceProvider)
}

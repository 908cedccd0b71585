package main

import (
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/testkit/browser"
)

// TestJourneyOfWhoLeaves is a worker who leaves today and still holds a case: the
// account is not closed by oversight, and closing it at once tells who leads.
func TestJourneyOfWhoLeaves(t *testing.T) {
	browser.Start(t)
	j := &declining{}
	j.options = browser.Options{Language: "fr", Width: 1280}
	j.serve(t)
	j.presumed()
	leaver, lead := j.account(access.CaseManager, "Umutekano"), j.account(access.Supervisor, "Umutekano")
	rung := func() int {
		return len(j.column(`SELECT id FROM alert WHERE to_account = ? AND about = ?`, lead.ID.String(), leaver.ID.String()))
	}
	p := j.in(j.account(access.Administrator, ""), j.options)
	p.Visit("/accounts/" + leaver.ID.String())
	p.Sees("Ce compte tient encore des dossiers", "Un superviseur ou une superviseure de l’organisation passe la main")
	p.Press("Fermer ce compte")
	p.Sees("Il y a un problème", "Ce compte tient encore quelque chose")
	p.Axe()
	if closed := j.column(`SELECT id FROM account WHERE id = ? AND closed IS NOT NULL`, leaver.ID.String()); len(closed)+rung() > 0 {
		t.Error("closed, and what was held is with nobody")
	}
	p.Tick("Fermer tout de suite : ce qui est tenu va dans la liste des superviseurs, qui sont prévenus")
	p.Press("Fermer ce compte")
	p.Sees("Le compte est fermé")
	if rung() != 1 {
		t.Errorf("who leads is told %d times", rung())
	}
	s := j.worker(access.Supervisor)
	s.Visit("/caseloads")
	s.Sees(newNames(j.h).Account(leaver.ID))
}

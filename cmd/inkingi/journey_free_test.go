package main

import (
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/testkit/browser"
)

// TestJourneyWithoutPolice is a woman whom police never met and never meets: an
// association reports her, and she is heard, sheltered, helped and followed to the
// closure, all of it by clicks. Services open because she is presumed, and nothing
// waits for a complaint or a confirmation (PROCESS.md §0 1 and 2). In French.
func TestJourneyWithoutPolice(t *testing.T) {
	browser.Start(t)
	j := &free{}
	j.options = browser.Options{Language: "fr", Width: 1280}
	j.walk(t)
}

// free is her way, from an association's signal to the closure a year later.
type free struct {
	following
	way journey
}

func (j *free) walk(t *testing.T) {
	j.serve(t)
	before, logged := j.rows(), len(j.lines(0))
	j.way = journey{served: j.served, options: j.options, wants: "Une chambre avec une porte qui ferme."}
	in := func(role access.Role, org string) *browser.Page { return j.in(j.account(role, org), j.options) }
	j.signal()
	j.way.duty, j.way.screener, j.way.supervisor, j.way.shelter = in(access.DutyOfficer, "Umutekano"), in(access.Screener, "Umutekano"), in(access.Supervisor, "Umutekano"), in(access.ServiceProvider, "Figuier")
	for _, step := range []func(){j.way.triage, j.way.listen, j.way.decide, j.way.ratify, j.way.refer, j.way.receive, j.seated, j.known, j.assessed} {
		step()
		j.clock.move(time.Minute)
	}
	manager := j.worker(access.CaseManager)
	j.write(manager)
	j.agree(manager)
	j.answer(j.worker(access.Supervisor))
	j.planning.receive(manager)
	j.settle()
	j.tries()
	j.year()
	j.ends()
	j.leaves(before, logged, freeDeeds, freeReadings, freeLeftovers)
	j.withoutPolice()
}

// signal: somebody of an association reports her.
func (j *free) signal() {
	p := j.worker(access.FocalPoint)
	p.Visit("/signal")
	j.way.reports(p)
}

// seated: a supervisor says who follows her.
func (j *free) seated() {
	var err error
	j.one, err = ids.Parse[ids.Case](j.column("SELECT id FROM protection_case")[0])
	j.must(err)
	p := j.way.supervisor
	p.Visit(j.at("/assign"))
	p.Select("Qui suit le dossier ?", j.way.shown(j.account(access.CaseManager, "Umutekano")))
	p.Press("Enregistrer")
	p.Sees("Dossier attribué.")
}

// known: how she may be reached, as she says it.
func (j *free) known() {
	p := j.worker(access.CaseManager)
	p.Visit("/persons/" + j.column("SELECT id FROM person")[0] + "/edit")
	p.Within("Peut-on l’appeler ?").Choose("Oui")
	p.Select("Quand appeler", "Le matin")
	p.Fill("À dire d’abord", "C’est la couturière")
	p.Fill("Qui ne doit pas répondre", "son beau-frère")
	p.Fill("Téléphone", "79 444 555")
	p.Press("Enregistrer")
}

// assessed: with her, what threatens her and what she may decide.
func (j *free) assessed() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at("/assess"))
	p.Fill("Ce qu’elle pense elle-même du danger", "Personne ne sait où elle est.")
	p.Choose("Pas de danger connu")
	p.Fill("Pourquoi un danger moindre", "Elle vit loin de lui.")
	p.Choose("Proposé ; elle y pense")
	p.Press("Garder l’évaluation")
	p.Sees("L’évaluation est gardée.")
}

const freeDeeds = ``

const freeReadings = ``

const freeLeftovers = ``

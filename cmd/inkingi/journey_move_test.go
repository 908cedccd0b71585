package main

import (
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/internal/testkit/browser"
)

// TestJourneyOfPeopleWhoMove is what happens around a case when those who work
// change: a call for backup, an absence, a colleague who leaves, and a file that
// goes to another organisation with her yes. On a telephone, in French.
func TestJourneyOfPeopleWhoMove(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&moving{planning{served: serveHouse(t, true, 0), options: o}}).walk()
		})
	}
}

type moving struct{ planning }

func (j *moving) walk() {
	j.followed()
	manager, supervisor := j.in(j.account(access.CaseManager, "Umutekano"), j.options), j.in(j.account(access.Supervisor, "Umutekano"), j.options)
	second := j.second()
	j.backup(manager, supervisor)
	colleague := j.in(second, j.options)
	j.absence(supervisor, colleague)
	j.leaver(supervisor, manager, colleague)
	j.readers(supervisor)
	j.transfer(supervisor, colleague)
	j.holds()
}

// second is the other case manager of the house.
func (j *moving) second() invent.Account {
	first := j.account(access.CaseManager, "Umutekano")
	for _, a := range j.programme.Accounts {
		if a.Role == first.Role && a.Organisation == first.Organisation && a.ID != first.ID {
			return a
		}
	}
	j.Fatal("there is one case manager only")
	return first
}

func (j *moving) shown(a invent.Account) string {
	return j.column("SELECT shown FROM account WHERE id = ?", a.ID.String())[0]
}

// backup: one tap, and who goes is seen.
func (j *moving) backup(manager, supervisor *browser.Page) {
	manager.Visit("/work")
	manager.Press("J’ai besoin de renfort")
	manager.Sees("Renfort appelé")
	manager.Press("J’ai besoin de renfort")
	if n := len(j.column("SELECT id FROM backup WHERE answered_by IS NULL")); n != 1 {
		j.Errorf("%d calls of one need", n)
	}
	supervisor.Visit("/work")
	supervisor.Sees("Quelqu’un a besoin de renfort")
	supervisor.Visit("/backup")
	supervisor.Fits()
	j.picture(supervisor, "backup")
	supervisor.Press("J’y vais")
	supervisor.Sees("vous y allez")
	manager.Visit("/backup")
	manager.Sees("y va")
}

// absence: who stands in finds the case, while it lasts.
func (j *moving) absence(supervisor, colleague *browser.Page) {
	colleague.Visit("/covered")
	colleague.Sees("Vous ne remplacez personne maintenant.")
	supervisor.Visit("/caseloads")
	supervisor.Sees("Qui porte quoi")
	supervisor.Fits()
	supervisor.Press("Dire une absence")
	first, second := j.account(access.CaseManager, "Umutekano"), j.second()
	role := j.h.country.Label("role", string(access.CaseManager), "fr")
	supervisor.Select("Qui est absent", j.shown(first)+", "+role)
	supervisor.Select("Qui remplace", j.shown(first)+", "+role)
	j.day(supervisor, "Premier jour", -1)
	j.day(supervisor, "Dernier jour", 2)
	supervisor.Press("Enregistrer")
	supervisor.Sees("Il y a un problème", "autre que la personne absente")
	supervisor.Select("Qui remplace", j.shown(second)+", "+role)
	supervisor.Press("Enregistrer")
	supervisor.Sees("Remplacement enregistré.")
	j.picture(supervisor, "caseloads")
	colleague.Visit("/work")
	colleague.Sees("Dossiers que vous suivez pour un ou une collègue")
	colleague.Visit("/covered")
	colleague.Follow(j.code())
	colleague.Sees(j.code())
}

func (j *moving) code() string {
	code, err := ids.ParseCode(j.column("SELECT code FROM protection_case WHERE id = ?", j.one.String())[0])
	j.must(err)
	return code.String()
}

// leaver: nothing is left with nobody.
func (j *moving) leaver(supervisor, manager, colleague *browser.Page) {
	first, second := j.account(access.CaseManager, "Umutekano"), j.second()
	supervisor.Visit("/caseloads/hand-on?who=" + first.ID.String())
	supervisor.Sees(j.code())
	supervisor.Choose("Tout : la personne part")
	supervisor.Press("Transmettre")
	supervisor.Sees("Il y a un problème")
	supervisor.Select("Qui suit ces dossiers maintenant ?", j.shown(second))
	j.picture(supervisor, "hand-on")
	supervisor.Fits()
	supervisor.Press("Transmettre")
	supervisor.Sees("Transmis.")
	manager.Visit(j.at(""))
	if manager.Status() != 404 {
		j.Errorf("who left still opens it: %d", manager.Status())
	}
	colleague.Visit(j.at(""))
	colleague.Sees("Dossier transmis")
}

// readers: by day, role, organisation and purpose, and nobody's name.
func (j *moving) readers(supervisor *browser.Page) {
	supervisor.Visit(j.at("/readers"))
	supervisor.Sees("Qui a ouvert ce qui est gardé", "Aider la personne")
	supervisor.DoesNotSee(j.shown(j.account(access.CaseManager, "Umutekano")))
	supervisor.Fits()
	j.picture(supervisor, "readers")
	dpo := j.in(j.account(access.DataProtection, ""), j.options)
	dpo.Visit("/readers")
	dpo.Fill("Code du dossier", "K7Q4")
	dpo.Press("Rechercher")
	dpo.Sees("Il y a un problème")
	dpo.Fill("Code du dossier", strings.ToLower(j.code()))
	dpo.Press("Rechercher")
	dpo.Sees("Aider la personne")
	dpo.Visit(j.at(""))
	if dpo.Status() != 404 {
		j.Errorf("data protection opens the case: %d", dpo.Status())
	}
}

// transfer: she is asked, it is offered, the other side takes it with somebody
// who holds it, and nobody here reads it any more.
func (j *moving) transfer(supervisor, colleague *browser.Page) {
	supervisor.Visit(j.at("/transfer"))
	supervisor.Sees("Elle n’a encore dit oui à aucune autre organisation.")
	inama := j.account(access.Supervisor, "Inama")
	supervisor.Select("À propos de quelle organisation ?", inama.Organisation)
	supervisor.Press("Lui demander")
	supervisor.Tick("J’ai dit les limites du secret, et elle les a comprises")
	supervisor.Choose("Elle dit oui")
	supervisor.Choose("Signature")
	supervisor.Press("Enregistrer sa réponse")
	supervisor.Visit(j.at("/transfer"))
	supervisor.Select("À quelle organisation", inama.Organisation)
	supervisor.Choose("Elle vit ou va vivre ailleurs")
	supervisor.PressTwice("Proposer le dossier")
	supervisor.Sees("Proposé.", "Attend une réponse")
	there := j.in(inama, j.options)
	there.Visit("/work")
	there.Sees("Proposés à votre organisation", j.code())
	there.Visit("/transfers")
	there.Follow(j.code())
	there.Fits()
	j.picture(there, "transfer")
	there.Press("Prendre le dossier")
	there.Sees("Il y a un problème")
	next := j.account(access.CaseManager, "Inama")
	there.Select("Qui suit ce dossier ?", j.shown(next))
	there.Press("Prendre le dossier")
	there.Sees("Le dossier est à votre organisation.")
	for _, p := range []*browser.Page{supervisor, colleague} {
		p.Visit(j.at(""))
		if p.Status() != 404 {
			j.Errorf("the first organisation still reads it: %d", p.Status())
		}
	}
	hers := j.in(next, j.options)
	hers.Visit(j.at(""))
	hers.Sees(j.code(), "Passé à une autre organisation")
	hers.Fits()
}

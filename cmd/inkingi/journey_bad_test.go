package main

import (
	"context"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/protection"
)

// TestBadInputInTheBrowser: what is wrong is said at its field, what was typed
// stands there still, and nothing is half saved.
func TestBadInputInTheBrowser(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serveHouse(t, true, 0)
			s.visitorErrs(o)
			s.workerErrs(o)
			s.holds()
		})
	}
}

// wrong fails the test unless the page says what is wrong, and says it at a field.
func (s *served) wrong(p *browser.Page, text string) {
	s.Helper()
	if p.Status() != 422 {
		s.Errorf("%s answers %d, not 422", p.URL(), p.Status())
	}
	p.Sees("Il y a un problème", text)
	p.Fits()
}

// visitorErrs is somebody who answers in a hurry.
func (s *served) visitorErrs(o browser.Options) {
	p := s.page(o)
	p.Visit("/signal")
	p.Press("Continuer")
	s.wrong(p, "Dites si quelqu’un est en danger maintenant.")
	p.Choose("Non")
	p.Press("Continuer")
	p.Choose("Un autre jour")
	for box, digits := range map[string]string{"Jour": "31", "Mois": "2", "Année": "2026"} {
		p.Fill(box, digits)
	}
	p.Press("Continuer")
	s.wrong(p, "Cette date n’existe pas.")
	if p.Value("Jour") != "31" || p.Value("Mois") != "2" || p.Value("Année") != "2026" {
		s.Error("the date that was typed is lost")
	}
	p.Choose("Aujourd’hui, ou cela continue")
	p.Press("Continuer")
	long := strings.Repeat("derrière le marché, ", 30) + "à gauche"
	p.Fill("Un repère, si vous voulez", long)
	p.Choose("Au Burundi, je ne sais pas où")
	p.Press("Continuer")
	s.wrong(p, "Ce texte est trop long")
	if p.Value("Un repère, si vous voulez") != long {
		s.Error("the long text is lost")
	}
	p.Fill("Un repère, si vous voulez", "derrière le marché")
	p.Press("Continuer")
	p.Press("Passer à l’envoi")
	p.PressTwice("Envoyer le signalement")
	p.Sees("Signalement envoyé")
	if all := s.column("SELECT receipt FROM signal"); len(all) != 1 {
		s.Errorf("pressed twice, kept %d times", len(all))
	} else {
		p.Sees(all[0])
	}
}

// workerErrs is a duty officer who corrects a signal in two tabs.
func (s *served) workerErrs(o browser.Options) {
	ctx, duty := context.Background(), s.account(access.DutyOfficer, "Umutekano")
	places, day := s.h.country.Places, s.h.country.Day(s.h.clock())
	id := ids.New[ids.Signal]()
	_, err := s.h.protection.Raise(ctx, access.Visitor(), protection.Raise{ID: id, Channel: "OTHER", Now: protection.No, People: 1,
		Children: protection.Unknown, Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}})
	s.must(err)
	s.must(s.h.protection.Take(ctx, duty.Who, protection.Take{Signal: id, Version: 1}))
	path := "/signals/" + id.String() + "/correct"
	first, second := s.in(duty, o), s.in(duty, o)
	first.Visit(path)
	second.Visit(path)

	for _, then := range []struct{ year, says string }{{"deux mille", "Cette date"}, {"2024", "Cet endroit n’existait pas à cette date."}} {
		first.Fill("Année", then.year)
		first.Fill("En quelques mots", "Elle attend près du pont.")
		first.Press("Enregistrer")
		s.wrong(first, then.says)
		if first.Value("En quelques mots") != "Elle attend près du pont." || first.Value("Année") != then.year {
			s.Error("what was typed is lost")
		}
	}
	first.Fill("Année", "")
	if !first.Reads("Elle attend près du pont.") && first.Value("En quelques mots") == "" {
		s.Error("what was typed is lost")
	}
	first.Visit(path)
	first.Fill("En quelques mots", "Elle attend près du pont.")
	first.Press("Enregistrer")
	first.Sees("Correction enregistrée.")

	second.Fill("En quelques mots", "Elle est partie avec une voisine.")
	second.Press("Enregistrer")
	second.Sees("Ce qui est enregistré maintenant", "Elle attend près du pont.")
	if second.Value("En quelques mots") != "Elle est partie avec une voisine." {
		s.Error("the slower tab lost what was typed")
	}
	second.Press("Enregistrer")
	second.Sees("Correction enregistrée.", "Elle est partie avec une voisine.")
}

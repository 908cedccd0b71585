package main

import (
	"context"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/protection"
)

// TestJourneyOfABoyAtTheBorder is a boy intercepted on his way to a field across
// the border: no means are needed, a trusted adult is beside him within a day, a
// guardian is appointed later, and his family is traced and found unsafe. He does
// not go home: a panel says no, and what is best for him is another house. On a
// telephone, in French.
func TestJourneyOfABoyAtTheBorder(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := &childhood{}
			j.options = o
			j.walk(t)
		})
	}
}

// childhood is one boy's way from the border to where he may stay.
type childhood struct {
	following
}

func (j *childhood) walk(t *testing.T) {
	j.serve(t)
	j.intercepted()
	before, logged := j.rows(), len(j.lines(0))
	j.accompanied()
	j.guarded()
	j.traced()
	j.decided()
	j.leaves(before, logged, boyDeeds, boyReadings, boyLeftovers)
}

// intercepted is he, met by an immigration officer and presumed: an act and the
// purpose, and no means.
func (j *childhood) intercepted() {
	j.Helper()
	ctx, d := context.Background(), j.h.protection
	who := func(r access.Role) access.Who { return j.account(r, "Umutekano").Who }
	duty, screener, supervisor := who(access.DutyOfficer), who(access.Screener), who(access.Supervisor)
	places, day := j.h.country.Places, j.h.country.Day(j.h.clock())
	raise := protection.Raise{ID: ids.New[ids.Signal](), Channel: "IMMIGRATION", Now: protection.No, People: 1, Children: protection.Yes, Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}}
	_, err := d.Raise(ctx, j.account(access.Immigration, "").Who, raise)
	j.must(err)
	j.must(d.Take(ctx, duty, protection.Take{Signal: raise.ID, Version: 1}))
	j.one = ids.New[ids.Case]()
	j.must(d.Triage(ctx, duty, protection.Triage{Signal: raise.ID, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: j.one, Person: ids.New[ids.Person](), Sex: "M", Adult: protection.No, Child: true, Language: "rn", Screener: screener.Account, Name: "Nzigo Inventé"}}}))
	talk := ids.New[ids.Screening]()
	j.must(d.Begin(ctx, screener, protection.Begin{ID: talk, Case: j.one, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	j.must(d.Listen(ctx, screener, protection.Listen{Screening: talk, Version: 1, LimitsSaid: true, Account: "Il allait couper le tabac.", Heard: []string{"D4_HOURS"}, Profile: protection.Labour,
		Exploited: protection.No, Act: protection.Yes}))
	j.must(d.Judge(ctx, screener, protection.Judge{Screening: talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	j.must(d.Ratify(ctx, supervisor, protection.Ratify{Case: j.one, Version: 3}))
	j.must(d.Assign(ctx, supervisor, protection.Assign{Case: j.one, Version: 4, Manager: who(access.CaseManager).Account}))
}

// accompanied: within a day a trusted adult is beside him, and not the uncle who sent him.
func (j *childhood) accompanied() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at(""))
	p.Sees("Personne encore. Un adulte de confiance doit être auprès de l’enfant dans les 24 heures.")
	p.Press("Nommer un adulte de confiance")
	j.beside(p, "Son oncle, inventé", "Oui", "Quelqu’un de sa famille")
	p.Press("Garder")
	p.Sees("Il y a un problème")
	j.beside(p, "Une institutrice inventée", "Non", "Quelqu’un de sa colline, de son école, de son culte")
	p.PressTwice("Garder")
	p.Sees("L’adulte de confiance est noté.")
	p.DoesNotSee("Personne encore. Un adulte de confiance")
	p.Fits()
}

func (j *childhood) beside(p *browser.Page, name, involved, relation string) {
	p.Within("Cette personne a-t-elle eu une part dans ce qui est arrivé ?").Choose(involved)
	p.Fill("Nom de cette personne", name)
	p.Fill("Son téléphone", "79 555 666")
	p.Choose(relation)
	p.Within("L’enfant veut-il de cette personne ?").Choose("Oui")
	p.Fill("Pourquoi cette personne", "Il la connaît.")
}

// guarded: days later a guardian is appointed, and he is assessed.
func (j *childhood) guarded() {
	j.clock.move(5 * 24 * time.Hour)
	p := j.worker(access.CaseManager)
	p.Visit("/work")
	p.Sees("en retard de 4 j", "Demander un tuteur ou une tutrice")
	p.Visit(j.at(""))
	p.Press("Noter le tuteur désigné")
	j.beside(p, "Une tutrice inventée", "Non", "Protection de l’enfance")
	p.Choose("Tribunal")
	p.Fill("Numéro ou date de l’acte", "Acte inventé")
	p.Press("Garder")
	p.Sees("Le tuteur ou la tutrice est noté.")
	p.Visit(j.at("/assess"))
	p.Fill("Ce qu’elle pense elle-même du danger", "Le recruteur connaît sa colline.")
	p.Choose("Danger proche")
	p.Choose("Proposé ; elle y pense")
	p.Press("Garder l’évaluation")
	p.Sees("L’évaluation est gardée.")
}

// traced: his family is found, and is not safe.
func (j *childhood) traced() {
	p := j.worker(access.CaseManager)
	j.weighs(p, "Un retour", "Il a peur de son oncle, et sa grand-mère lui manque.", "Son oncle, chez qui il vivait, l’a confié au recruteur. Il ne rentre pas là-bas.")
	s := j.worker(access.Supervisor)
	s.Visit(j.at("/panel"))
	s.Choose("Un retour")
	s.Tick("Protection de l’enfance")
	s.Within("L’enfant a-t-il été entendu ?").Choose("Oui")
	s.Fill("Ce que l’enfant en pense", "Il a peur de son oncle.")
	s.Within("Le tuteur ou la tutrice a-t-il été entendu ?").Choose("Oui")
	s.Fill("Ce qui a aussi été examiné", "La grand-mère : elle habite la même cour.")
	s.Within("Décision").Choose("Non")
	s.Fill("Ce qui est le mieux pour l’enfant maintenant", "Ne pas rentrer chez son oncle.")
	s.Press("Garder")
	s.Sees("Il y a un problème", "Un panel compte au moins 3 personnes")
	if got := s.Value("Ce qui a aussi été examiné"); got != "La grand-mère : elle habite la même cour." {
		j.Errorf("lost: %q", got)
	}
	s.Tick("Travail social")
	s.Tick("Droit, défense de l’enfant")
	s.Press("Garder")
	s.Sees("La décision est gardée.", "Décision")
	j.picture(s, "panel")
	s.Fits()
}

func (j *childhood) weighs(p *browser.Page, about, views, result string) {
	p.Visit(j.at("/interests"))
	p.Choose(about)
	p.Within("L’enfant a-t-il été entendu ?").Choose("Oui")
	p.Fill("Ce que l’enfant en pense", views)
	p.Tick("Le tuteur ou la tutrice")
	p.Fill("Ce qui est le mieux pour l’enfant maintenant", result)
	p.Press("Garder")
	p.Sees("C’est gardé.")
}

// decided: where he will live is weighed and decided, and what comes is announced.
func (j *childhood) decided() {
	p := j.worker(access.CaseManager)
	j.weighs(p, "Où l’enfant vivra durablement", "Il veut l’école et une chambre à lui.", "La famille d’accueil près de l’école.")
	p.Press("Un moment qui vient")
	p.Choose("Avant une audience")
	j.day(p, "Quel jour ?", 20)
	p.PressTwice("Garder")
	p.Sees("L’échéance est posée.", "Réévaluer le risque avant une audience")
	j.picture(p, "boy")
	s := j.worker(access.Supervisor)
	s.Visit(j.at("/panel"))
	s.Choose("Où l’enfant vivra durablement")
	s.Tick("Protection de l’enfance")
	s.Tick("Travail social")
	s.Tick("École")
	s.Within("L’enfant a-t-il été entendu ?").Choose("Oui")
	s.Fill("Ce que l’enfant en pense", "Il veut l’école.")
	s.Within("Le tuteur ou la tutrice a-t-il été entendu ?").Choose("Oui")
	s.Fill("Ce qui a aussi été examiné", "Le centre : trop loin de l’école.")
	s.Within("Décision").Choose("Oui")
	s.Fill("Ce qui est le mieux pour l’enfant maintenant", "La famille d’accueil.")
	j.day(s, "Le panel y revient le", 90)
	s.Press("Garder")
	s.Sees("La décision est gardée.", "Revoir la décision du panel")
	s.Axe()
}

const boyDeeds = `case_manager guardian.name
case_manager assessment.make
case_manager interests.weigh
supervisor interests.determine
case_manager interests.weigh
case_manager case.expect
supervisor interests.determine`

const boyReadings = `case_manager case.read
case_manager person.read
case_manager screening.read
supervisor case.read`

const boyLeftovers = `assessment +1
event +9
guardian +2
history +3
interests +4
reflection +1
session +6
session_seen +6
task +1`

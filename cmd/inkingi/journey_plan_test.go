package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/protection"
)

// TestJourneyFromPlanToServices is what follows when services are open: what she
// wants in her own words, who does what, her agreement, a second person, and the
// first service that is really received. She never meets the police, and nothing
// waits for a complaint. On a telephone, in French.
func TestJourneyFromPlanToServices(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&planning{served: serveHouse(t, true, 0), options: o}).walk()
		})
	}
}

// planning is one person's way from an assessment to the services of her plan.
type planning struct {
	*served
	options browser.Options
	one     ids.Case
}

func (j *planning) walk() {
	j.followed()
	manager, supervisor := j.in(j.account(access.CaseManager, "Umutekano"), j.options), j.in(j.account(access.Supervisor, "Umutekano"), j.options)
	before, logged := j.rows(), len(j.lines(0))
	j.write(manager)
	j.agree(manager)
	j.answer(supervisor)
	j.receive(manager)
	j.leaves(before, logged, planDeeds, planReadings, planLeftovers)
	j.withoutPolice()
}

func (j *planning) at(rest string) string { return "/cases/" + j.one.String() + rest }

// followed is a woman whose services are open, assessed, with a manager.
func (j *planning) followed() {
	j.Helper()
	ctx, d := context.Background(), j.h.protection
	who := func(r access.Role) access.Who { return j.account(r, "Umutekano").Who }
	duty, screener, supervisor, manager := who(access.DutyOfficer), who(access.Screener), who(access.Supervisor), who(access.CaseManager)
	places, day := j.h.country.Places, j.h.country.Day(j.h.clock())
	raise := protection.Raise{ID: ids.New[ids.Signal](), Channel: "OTHER", Now: protection.No, People: 1, Children: protection.No,
		Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}}
	_, err := d.Raise(ctx, duty, raise)
	j.must(err)
	j.must(d.Take(ctx, duty, protection.Take{Signal: raise.ID, Version: 1}))
	j.one = ids.New[ids.Case]()
	j.must(d.Triage(ctx, duty, protection.Triage{Signal: raise.ID, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: j.one, Person: ids.New[ids.Person](), Sex: "F", Adult: protection.Yes, Language: "rn", Screener: screener.Account}}}))
	talk := ids.New[ids.Screening]()
	j.must(d.Begin(ctx, screener, protection.Begin{ID: talk, Case: j.one, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	j.must(d.AskConsent(ctx, screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: j.one, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "ORAL_WITNESSED", Witness: "N. I., essai", GivenBy: "SELF"}))
	j.must(d.Listen(ctx, screener, protection.Listen{Screening: talk, Version: 1, LimitsSaid: true, Account: "x", Heard: []string{"D1_WAGE"}, Profile: protection.Labour,
		Exploited: protection.Yes, Act: protection.Yes, Wants: "Une chambre avec une porte qui ferme."}))
	j.must(d.Judge(ctx, screener, protection.Judge{Screening: talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	j.must(d.Ratify(ctx, supervisor, protection.Ratify{Case: j.one, Version: 3}))
	j.must(d.Assign(ctx, supervisor, protection.Assign{Case: j.one, Version: 4, Manager: manager.Account}))
	j.must(d.Assess(ctx, manager, protection.Assess{ID: ids.New[ids.Assessment](), Case: j.one, Version: 5, Moment: "FIRST", Level: protection.Orange, Reflect: protection.Reflect{To: protection.Offered},
		Risks: map[string]protection.Answer{"AT_LARGE": protection.Yes}, Steps: "Elle ne sort pas seule."}))
}

// write: what she wants stands there already as she said it; then a step.
func (j *planning) write(p *browser.Page) {
	p.Visit(j.at(""))
	p.Sees("Convenir du plan")
	p.Press("Le plan avec elle")
	p.Sees("Demandez-lui ce qu’elle veut")
	p.Press("Écrire ce qu’elle veut")
	if got := p.Value("Ce qui compte pour elle, 1"); got != "Une chambre avec une porte qui ferme." {
		j.Errorf("she has to say it again: %q", got)
	}
	p.Fill("Ce qui compte pour elle, 2", "Apprendre à coudre.")
	p.Choose("Rétablissement de longue durée")
	p.Press("Garder")
	p.Sees("Il y a un problème", "Dites pourquoi il lui faut plus longtemps.")
	if got := p.Value("Ce qui compte pour elle, 2"); got != "Apprendre à coudre." {
		j.Errorf("lost: %q", got)
	}
	p.Fill("Pourquoi plus longtemps ?", "Elle ne dort pas encore.")
	p.PressTwice("Garder")
	p.Sees("Convenez avec elle d’une première étape.", "Une chambre avec une porte qui ferme.", "Apprendre à coudre.")
	p.Press("Ajouter une étape")
	p.Choose("« Apprendre à coudre. »")
	p.Select("Besoin ou service", "Formation professionnelle")
	p.Fill("Quoi exactement ?", "Voir l’atelier avec elle.")
	p.Choose("Nous, qui la suivons")
	j.day(p, "Pour quel jour ?", 3)
	p.Press("Ajouter")
	p.Sees("L’étape est ajoutée.", "Formation professionnelle", "Voir l’atelier avec elle.")
	p.Fits()
}

// agree: the plan is read to her, and how she said yes is noted.
func (j *planning) agree(p *browser.Page) {
	p.Sees("Relisez-lui le plan")
	p.Press("Noter son accord")
	p.Sees("Elle peut dire non, ou pas encore", "Une chambre avec une porte qui ferme.")
	p.Choose("Empreinte du pouce")
	p.Press("Noter son accord")
	p.Sees("Son accord est noté.", "Convenu avec elle", "Rétablissement de longue durée")
	j.picture(p, "plan")
	p.Fits()
}

// answer: a second person sends it back, it is completed, and approved.
func (j *planning) answer(p *browser.Page) {
	p.Visit("/work")
	p.Sees("Plans à lire")
	p.Visit("/plans/" + j.column("SELECT id FROM plan")[0] + "/approve")
	p.Sees("Une chambre avec une porte qui ferme.", "Voir l’atelier avec elle.")
	p.Choose("J’approuve le plan")
	p.Press("Enregistrer la réponse")
	p.Sees("Le plan est approuvé.", "Convenu et approuvé")
}

// receive: a service is noted because it is received, and the case moves on.
func (j *planning) receive(p *browser.Page) {
	p.Visit(j.at("/plan"))
	p.Sees("Aucun service reçu n’est noté.")
	p.Follow("Noter un service reçu")
	p.Select("Quel service ?", "Hébergement d’urgence – Accueil d'urgence du Figuier – Maison du Figuier (démo)")
	p.Tick("L’État")
	p.Press("Noter le service")
	p.Sees("Le service est noté.", "Hébergement d’urgence")
	p.Visit(j.at(""))
	p.Sees("Elle reçoit les services de son plan.")
	p.Visit(j.at("/plan"))
	p.Follow("Hébergement d’urgence")
	p.Press("Noter une présence")
	p.Choose("Venue")
	p.Press("Enregistrer")
	p.Sees("Venue : 1")
	j.picture(p, "episode")
	p.Fits()
	p.Visit(j.at("/plan"))
	p.Follow("Formation professionnelle")
	p.Choose("C’est fait")
	p.Press("Enregistrer")
	p.Sees("C’est noté.", "Terminé : 1 étape", "Convenez avec elle de la prochaine étape.")
}

// day fills the three boxes of a date, some days from now.
func (j *planning) day(p *browser.Page, legend string, days int) {
	at := j.h.clock().Add(time.Duration(days) * 24 * time.Hour).In(j.h.country.Location())
	box := p.Within(legend)
	box.Fill("Jour", at.Format("2"))
	box.Fill("Mois", at.Format("1"))
	box.Fill("Année", at.Format("2006"))
}

func (j *planning) picture(p *browser.Page, name string) {
	if folder := os.Getenv("INKINGI_SCREENSHOTS"); folder != "" && !j.options.NoScript {
		p.Screenshot(filepath.Join(folder, name+"-journey.png"))
	}
}

// withoutPolice: nobody of police, border or justice was asked, told or let in.
func (j *planning) withoutPolice() {
	for _, line := range j.lines(0) {
		switch line.Role {
		case access.Police, access.Immigration, access.Prosecutor, access.Court:
			j.Errorf("%s: %s", line.Role, line.Action)
		}
	}
	for _, kind := range j.column(`SELECT o.kind FROM referral r JOIN organisation o ON o.id = r.to_org WHERE r.case_id = ?`, j.one.String()) {
		if kind == "POLICE" || kind == "JUSTICE" || kind == "IMMIGRATION" {
			j.Errorf("a request went to %s", kind)
		}
	}
	if given := j.column(`SELECT purpose FROM consent WHERE case_id = ? AND purpose = 'P4'`, j.one.String()); len(given) > 0 {
		j.Error("she was asked to speak to justice")
	}
}

const planDeeds = `case_manager plan.write
supervisor plan.approve
case_manager episode.keep
case_manager plan.write`

const planReadings = `case_manager case.read
case_manager episode.read
case_manager plan.read
supervisor plan.read`

const planLeftovers = `alert +1
attendance +1
episode +1
event +6
history +6
plan +1
plan_queue +1
task -1`

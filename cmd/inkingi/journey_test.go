package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"inkingi/internal/access"
	"inkingi/internal/invent"
	"inkingi/internal/testkit/browser"
)

// TestJourneyFromSignalToAcceptedReferral is what the whole system is for:
// somebody on a hill reports a person in danger, and another organisation says
// "we take her". Five people, five browsers, in French, with real second codes.
func TestJourneyFromSignalToAcceptedReferral(t *testing.T) {
	for name, o := range map[string]browser.Options{"with script": {Language: "fr"}, "without script": browser.Options{Language: "fr"}.WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newJourney(t, o).walk()
		})
	}
}

// journey is one person's way through the house, and who helps her.
type journey struct {
	*served
	options browser.Options
	before  map[string]int
	logged  int

	duty, screener, supervisor, shelter *browser.Page
}

func newJourney(t *testing.T, o browser.Options) *journey {
	return &journey{served: serveHouse(t, false, 0), options: o}
}

func (j *journey) walk() {
	j.duty = j.enter(j.account(access.DutyOfficer, "Umutekano"), true)
	j.screener = j.enter(j.account(access.Screener, "Umutekano"), false)
	j.supervisor = j.enter(j.account(access.Supervisor, "Umutekano"), false)
	j.shelter = j.enter(j.account(access.ServiceProvider, "Figuier"), false)
	j.before, j.logged = j.rows(), len(j.lines(0))

	j.signal()
	j.triage()
	j.listen()
	j.decide()
	j.ratify()
	j.refer()
	j.receive()
	j.left()
}

// wide is a screen on a desk, with script or without as this walk has it.
func (j *journey) wide() browser.Options {
	o := j.options
	o.Width = 1280
	return o
}

var (
	keyInApp = regexp.MustCompile(`([A-Z2-7]{4} ){7}[A-Z2-7]{4}`)
	onSheet  = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}`)
)

// enter signs somebody in for the first time: a second code, of an app on a
// telephone or of a printed sheet, and the code of conduct.
func (j *journey) enter(a invent.Account, app bool) *browser.Page {
	j.Helper()
	p := j.page(j.wide())
	p.Visit("/work")
	j.signIn(p, a)
	if app {
		p.Choose("Une application sur mon téléphone")
		p.Press("Continuer")
		code, err := totp.GenerateCode(strings.ReplaceAll(keyInApp.FindString(p.HTML()), " ", ""), j.h.clock())
		j.must(err)
		p.Fill("Code", code)
		p.Press("Confirmer")
	} else {
		p.Choose("Une feuille de codes imprimés")
		p.Press("Continuer")
		p.Fill("Code", onSheet.FindString(p.HTML()))
		p.Press("Confirmer")
	}
	p.Tick("J’ai lu, et je m’y engage")
	p.Press("Continuer")
	p.Sees("Mon travail aujourd’hui")
	return p
}

// hill is where she is.
const hill = "Bisinde (Bisinde, Butaganzwa, Buhumuza)"

// signal: somebody on a small phone reports, without a name.
func (j *journey) signal() {
	o := j.options
	o.Width = 360
	p := j.page(o)
	p.Visit("/")
	p.Press("Signaler maintenant")
	p.Sees("109", "Ne prenez pas de photo.", "Ne parlez pas à la personne que vous soupçonnez.")
	p.Choose("Oui")
	p.Press("Continuer")
	p.Sees("appelez d’abord")
	p.Choose("Aujourd’hui, ou cela continue")
	p.Press("Continuer")
	p.Fill("Nom de la colline, de la commune…", "bisinde")
	p.Press("Rechercher")
	p.Choose(hill)
	p.Press("Continuer")
	p.Fill("Combien de personnes sont concernées ?", "1")
	p.Within("Y a-t-il des enfants ?").Choose("Non")
	p.Fill("En quelques mots", "Elle ne sort plus de la cour. Elle ne parle à personne.")
	p.Press("Continuer")
	p.Choose("Non, ne me rappelez pas")
	p.Press("Continuer")
	p.Sees("Bisinde", "Elle ne sort plus de la cour.", "Rien n’est encore envoyé.")
	p.Press("Envoyer le signalement")
	p.Sees("Signalement envoyé", "Une personne de garde est prévenue tout de suite.")
	p.Fits()
}

// triage: the duty officer takes it, judges the danger and chooses a screener.
func (j *journey) triage() {
	p := j.duty
	p.Visit("/work")
	p.Sees("Danger maintenant, selon le signalement")
	p.Visit("/signals")
	p.Follow(hill)
	p.Sees("Elle ne sort plus de la cour.", "Signalement sans contact")
	p.Press("Je m’en occupe")
	p.Sees("Les alertes de ce signalement s’arrêtent.")
	p.Press("Évaluer le danger")
	p.Choose("Danger immédiat")
	p.Tick("La personne qui l’exploite ou la menace est proche")
	p.Tick("J’ai regardé les signalements semblables")
	p.Choose("Proposer un entretien privé")
	p.Select("Qui mène l’entretien ?", j.shown(j.account(access.Screener, "Umutekano")))
	p.Select("Sexe", "Féminin")
	p.Select("Langue", "Kirundi")
	p.Within("Est-ce un enfant ?").Choose("Non")
	p.Press("Enregistrer l’évaluation")
	p.Sees("Évaluation enregistrée.", "Un dossier est ouvert.", "Orientation d’urgence")
}

// shown is what somebody is called on pages.
func (j *journey) shown(a invent.Account) string { return newNames(j.h).Account(a.ID) }

// listen: privacy, urgent needs, limits, her yes, and her account before any sign.
func (j *journey) listen() {
	p := j.screener
	p.Visit("/work")
	p.Sees("Entretiens à mener")
	p.Visit(j.casePath())
	p.Press("Commencer un entretien privé")
	p.Within("Êtes-vous dans un endroit sûr").Choose("Oui")
	p.Within("Les personnes qui l’accompagnent").Choose("Oui")
	p.Choose("Pas besoin d’interprète")
	p.Press("Commencer")
	p.Tick("Hébergement d’urgence")
	p.Press("Enregistrer et continuer")
	p.Sees("Les limites du secret")
	p.Tick("J’ai dit les limites du secret, et elle les a comprises")
	p.Press("Enregistrer et continuer")
	p.Sees("Suivi par cette organisation")
	j.agrees(p)
	p.Sees("Son récit", "Laissez-la raconter à sa façon")
	p.Fill("Votre résumé ; ses mots exacts entre guillemets", "On m’avait promis une place de vendeuse. Je lave, je cuisine, je ne suis jamais payée.")
	p.Press("Enregistrer et continuer")
	for _, part := range []struct {
		name  string
		heard []string
	}{
		{"Tromperie au départ", []string{"Trompée/trompé sur la nature du travail, le lieu ou l'employeur", "Trompé(e) sur le salaire ou les gains"}},
		{"Contrainte au départ", nil},
		{"Fragilité utilisée au départ", nil},
		{"Exploitation", []string{"Jours ou heures de travail excessifs", "Salaire bas ou inexistant"}},
		{"Contrainte sur place", []string{"Confiscation des documents", "Isolement, enfermement ou surveillance"}},
		{"Fragilité utilisée sur place", nil},
	} {
		p.Sees("Ne lisez pas cette liste à voix haute", part.name)
		for _, sign := range part.heard {
			p.Within(part.name).Tick(sign)
		}
		p.Press("Enregistrer et continuer")
	}
	p.Within("L’exploitation a-t-elle commencé ?").Choose("Oui")
	p.Within("Quelqu’un l’a-t-il recrutée").Choose("Oui")
	p.Choose("Travail, maison, champs, mendicité, autre")
	p.Press("Enregistrer et continuer")
	p.Fill("Ce qu’elle souhaite maintenant", "Dormir ailleurs ce soir.")
	p.Press("Enregistrer et continuer")
}

// agrees notes her yes, said aloud before a witness.
func (j *journey) agrees(p *browser.Page) {
	p.Choose("Elle dit oui")
	p.Choose("De vive voix, devant témoin")
	p.Fill("Qui en est témoin ?", "N. I., médiatrice")
	p.Select("Interprète", "Pas besoin d’interprète")
	p.Press("Enregistrer sa réponse")
	p.Sees("Son oui est noté.")
}

// decide: the suggestion stands there in words, and a person decides.
func (j *journey) decide() {
	p := j.screener
	p.Sees("Ce que les signes laissent penser", "Plusieurs signes de traite ; penser à présumer", "Tromperie au départ")
	p.Choose("Présumer : les services s’ouvrent maintenant")
	p.Fill("Vos mots", "Elle a peur de rentrer.")
	p.Press("Enregistrer la décision")
	p.Sees("C’est décidé : les services sont ouverts.")
}

// ratify: a second person confirms.
func (j *journey) ratify() {
	p := j.supervisor
	p.Visit("/waiting")
	p.Visit(j.casePath() + "/ratify")
	p.Sees("Plusieurs signes de traite", "Elle a peur de rentrer.", "On m’avait promis une place de vendeuse.")
	p.Choose("Confirmer la décision")
	p.Press("Enregistrer la réponse")
	p.Sees("La décision est confirmée.")
}

// refer: her yes for this shelter and this much, and the packet goes.
func (j *journey) refer() {
	p := j.screener
	p.Visit(j.casePath())
	p.Press("Demander un service")
	p.Press("Hébergement d’urgence")
	p.Follow("Accueil d’urgence du Figuier")
	p.Sees("Elle n’a pas encore dit oui pour Maison du Figuier")
	p.Press("Demander son accord")
	p.Sees("Transmettre le nécessaire à un service nommé", "Maison du Figuier")
	p.Tick("J’ai dit les limites du secret, et elle les a comprises")
	p.Tick("Le minimum : code, tranche d’âge, sexe, langue, danger, besoins, ce qu’il ne faut pas faire, contact sûr")
	p.Tick("Comment et quand elle peut venir") // nothing is ticked for her
	p.Tick("Médicaments à ne pas interrompre")
	j.agrees(p)
	p.Fill("Comment et quand elle peut venir", "ce soir, en voiture, avec une collègue")
	p.Press("Voir avant d’envoyer")
	p.Sees("Voici tout ce que Maison du Figuier", "ce soir, en voiture, avec une collègue")
	p.DoesNotSee("vendeuse", "Elle a peur de rentrer")
	p.Press("Envoyer")
	p.Sees("La demande est partie.")
	if folder := os.Getenv("INKINGI_SCREENSHOTS"); folder != "" && !j.options.NoScript {
		p.Visit(j.casePath())
		p.Screenshot(filepath.Join(folder, "case.png")) // docs/case.png
	}
}

// receive: the shelter reads, asks one thing more, and takes her in.
func (j *journey) receive() {
	p := j.shelter
	p.Visit("/work")
	p.Sees("Demandes reçues", "Danger immédiat")
	p.Visit("/requests/" + j.one("referral"))
	p.Sees("Qui arrive", "ce soir, en voiture, avec une collègue")
	p.DoesNotSee("vendeuse", "Bisinde", "cour")
	p.Press("Nous l’avons lue")
	p.Sees("C’est noté : la demande est lue.")
	p.Press("Demander une précision")
	p.Choose("Médicaments à ne pas interrompre")
	p.Choose("Pour préparer les soins")
	p.Press("Envoyer")
	p.Sees("La question est envoyée.")

	p = j.screener
	p.Visit("/work")
	p.Sees("Questions auxquelles répondre")
	p.Visit("/referrals/" + j.one("referral"))
	p.Press("Répondre à la question")
	p.Sees("Médicaments à ne pas interrompre", "Pour préparer les soins")
	p.Choose("Oui, avec son accord")
	p.Fill("Réponse", "un comprimé le soir")
	p.Press("Envoyer")
	p.Sees("La réponse est envoyée.")

	p = j.shelter
	p.Visit("/requests/" + j.one("referral"))
	p.Sees("un comprimé le soir")
	p.Press("Nous l’accueillons")
	j.day(p, "Quel jour l’attendez-vous ?", j.h.clock().Add(2*time.Hour))
	p.Fill("À quelle heure ?", j.h.clock().Add(2*time.Hour).In(j.h.country.Location()).Format("15:04"))
	p.Press("Nous l’accueillons")
	p.Sees("La place est promise.")
	p.Press("Elle est arrivée")
	p.Sees("C’est noté : elle est arrivée.")

	p = j.screener
	p.Visit(j.casePath())
	p.Sees("Prise en charge")
}

// day fills the three boxes of a date.
func (j *journey) day(p *browser.Page, legend string, at time.Time) {
	in := at.In(j.h.country.Location())
	box := p.Within(legend)
	box.Fill("Jour", in.Format("2"))
	box.Fill("Mois", in.Format("1"))
	box.Fill("Année", in.Format("2006"))
}

// one is the identifier of the one record of a table.
func (j *journey) one(table string) string {
	j.Helper()
	all := j.column("SELECT id FROM " + table)
	if len(all) != 1 {
		j.Fatalf("%d of %s", len(all), table)
	}
	return all[0]
}

func (j *journey) casePath() string { j.Helper(); return "/cases/" + j.one("protection_case") }

// left is what the journey leaves: these entries by these roles, in this order,
// these rows, and nothing else; and the log holds.
func (j *journey) left() {
	var acts []string
	reads := map[string]bool{}
	for _, line := range j.lines(j.logged) {
		act := string(line.Role) + " " + string(line.Action)
		if line.Refusal != "" {
			act += " refused: " + line.Refusal
		}
		if strings.HasSuffix(string(line.Action), ".read") {
			reads[act] = true
		} else if len(acts) == 0 || acts[len(acts)-1] != act { // a page asks, then acts: two entries, one deed
			acts = append(acts, act)
		}
	}
	if got := strings.Join(acts, "\n"); got != deeds {
		j.Errorf("the log says:\n%s\nnot:\n%s", got, deeds)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(reads)), "\n"); got != readings {
		j.Errorf("the log says that these read:\n%s\nnot:\n%s", got, readings)
	}
	if got := strings.Join(grown(j.before, j.rows()), "\n"); got != leftovers {
		j.Errorf("these rows are new:\n%s\nnot:\n%s", got, leftovers)
	}
	j.Logf("deeds, by role:\n%s", strings.Join(acts, "\n"))
	j.holds()
}

// deeds are the entries of the log about acts, in their order.
const deeds = `anyone signal.raise
duty_officer signal.take
duty_officer signal.triage
screener screening.start
screener screening.save
screener consent.ask
screener screening.save
screener consent.ask
screener screening.save
screener screening.decide
screener presumption.presume
screener screening.decide
supervisor presumption.ratify
screener consent.ask
screener referral.send
service_provider referral.acknowledge
service_provider referral.ask_more
screener referral.answer_more
service_provider referral.accept
service_provider referral.arrive`

// readings say who read what at all; nobody opened her identity.
const readings = `duty_officer case.read
duty_officer signal.read
screener case.read
screener consent.read
screener referral.read
screener screening.read
service_provider packet.read
supervisor case.read
supervisor screening.read`

// leftovers are the new rows of every table but the log, and no other table grew.
const leftovers = `alert +14
consent +2
event +12
history +24
identification +1
org_key +2
person +1
protection_case +1
referral +1
referral_queue +1
screening +1
signal +1
subject_key +3
task +3`

package main

import (
	"context"
	"database/sql"
	"maps"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/invent"
	"inkingi/internal/place"
	"inkingi/internal/testkit/browser"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// TestJourneyFromReturnToClosure is a woman back from the Gulf, on the extended
// track, from the signal at the airport to the closure after twelve months of a
// moved clock: reintegration, contacts by her safe channel, the business she began,
// two persons who close, and the door that stays open. On a telephone, in French.
func TestJourneyFromReturnToClosure(t *testing.T) {
	browser.Start(t)
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without script": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			(&following{options: o}).walk(t)
		})
	}
}

// following is one woman's way from help to the life she builds.
type following struct {
	planning
	options browser.Options
	clock   *hands
}

// serve builds a house whose clock can be moved.
func (j *following) serve(t *testing.T) {
	t.Helper()
	s, ctx, file := &served{T: t}, context.Background(), filepath.Join(t.TempDir(), "inkingi.sqlite")
	j.clock = newHands(time.Now())
	var err error
	s.h, err = build(ctx, plan{database: "sqlite:" + file, country: "bdi", master: vault.NewMaster(time.Now()), demo: true, clock: j.clock.now})
	s.must(err)
	t.Cleanup(func() { s.must(s.h.close()) })
	_, _, err = s.h.store.Migrate(ctx)
	s.must(err)
	_, err = s.h.store.MakeLogKey(ctx, "inkingi.test")
	s.must(err)
	s.programme, err = invent.Inventor{Country: s.h.country, Accounts: s.h.accounts, Policy: s.h.policy, Keep: s.h.store, Now: s.h.clock, Seed: 11}.Invent(ctx)
	s.must(err)
	s.h.protection.Home, err = s.h.oldest(ctx)
	s.must(err)
	free := shell.Limit{Rate: 1e9, Burst: 1e9}
	s.door, err = s.h.door(doorPlan{away: "https://www.meteo.bi/", limits: shell.Limits{Account: free, Visitor: free}})
	s.must(err)
	server := httptest.NewServer(s.door)
	t.Cleanup(server.Close)
	s.url = server.URL
	s.db, err = sql.Open("sqlite3", "file:"+file+"?mode=ro&_pragma=busy_timeout(10000)&_pragma=query_only(on)")
	s.must(err)
	t.Cleanup(func() { s.must(s.db.Close()) })
	j.served, j.planning.options = s, j.options
}

func (j *following) walk(t *testing.T) {
	j.serve(t)
	j.helped()
	before, logged := j.rows(), len(j.lines(0))
	j.settle()
	j.tries()
	j.year()
	j.ends()
	j.leaves(before, logged, followDeeds, followReadings, followLeftovers)
}

// worker is somebody of her house, signed in anew: a session does not last a year.
func (j *following) worker(role access.Role) *browser.Page {
	return j.in(j.account(role, "Umutekano"), j.options)
}

// helped is she, met at the airport by an officer, presumed, with a plan on the
// extended track of which one step is done, and a first service.
func (j *following) helped() {
	j.Helper()
	ctx, d := context.Background(), j.h.protection
	who := func(r access.Role) access.Who { return j.account(r, "Umutekano").Who }
	duty, screener, supervisor, manager := who(access.DutyOfficer), who(access.Screener), who(access.Supervisor), who(access.CaseManager)
	places, day := j.h.country.Places, j.h.country.Day(j.h.clock())
	raise := protection.Raise{ID: ids.New[ids.Signal](), Channel: "IMMIGRATION", Now: protection.No, People: 1, Children: protection.No, Where: place.Given{Code: places.Children(places.Home(), day)[0].Code}}
	_, err := d.Raise(ctx, j.account(access.Immigration, "").Who, raise)
	j.must(err)
	j.must(d.Take(ctx, duty, protection.Take{Signal: raise.ID, Version: 1}))
	j.one = ids.New[ids.Case]()
	j.must(d.Triage(ctx, duty, protection.Triage{Signal: raise.ID, Version: 2, Level: protection.Orange, Checked: true, Outcome: protection.ToScreening,
		People: []protection.Newcomer{{Case: j.one, Person: ids.New[ids.Person](), Sex: "F", Adult: protection.Yes, Language: "rn", Screener: screener.Account,
			Name: "Iminwe Inventée", Phone: "79 444 555", Hours: "MORNING", Phrase: "C’est la couturière", Avoid: "son beau-frère"}}}))
	talk := ids.New[ids.Screening]()
	j.must(d.Begin(ctx, screener, protection.Begin{ID: talk, Case: j.one, Version: 1, Private: protection.Yes, Apart: protection.Yes, Interpreter: "NOT_NEEDED", Language: "rn"}))
	j.must(d.AskConsent(ctx, screener, protection.AskConsent{ID: ids.New[ids.Consent](), Case: j.one, Purpose: protection.P1CaseManagement, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
	j.must(d.Listen(ctx, screener, protection.Listen{Screening: talk, Version: 1, LimitsSaid: true, Account: "x", Heard: []string{"D1_WAGE"}, Profile: protection.Labour, Exploited: protection.Yes, Act: protection.Yes}))
	j.must(d.Judge(ctx, screener, protection.Judge{Screening: talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT"}))
	j.must(d.Ratify(ctx, supervisor, protection.Ratify{Case: j.one, Version: 3}))
	j.must(d.Assign(ctx, supervisor, protection.Assign{Case: j.one, Version: 4, Manager: manager.Account}))
	j.must(d.Assess(ctx, manager, protection.Assess{ID: ids.New[ids.Assessment](), Case: j.one, Version: 5, Moment: "FIRST", Level: protection.Green, Why: "Elle vit chez sa sœur.", Reflect: protection.Reflect{To: protection.Offered}, Steps: "Elle ne sort pas seule."}))
	goal := protection.Wish{ID: ids.New[ids.Goal](), Words: "Coudre, et vivre de mes mains."}
	made := protection.WritePlan{ID: ids.New[ids.Plan](), Case: j.one, Goals: []protection.Wish{goal}, Track: protection.Extended, Why: "Elle ne dort pas encore."}
	j.must(d.WritePlan(ctx, manager, made))
	step := protection.AddStep{ID: ids.New[ids.Step](), Case: j.one, Goal: goal.ID, Need: "VOC", Who: "US", Due: day}
	j.must(d.AddStep(ctx, manager, step))
	j.must(d.Agree(ctx, manager, protection.Agree{Case: j.one, Plan: made.ID, Version: 2, Day: day, Mode: "THUMBPRINT", Language: "rn", Interpreter: "NOT_NEEDED", GivenBy: "SELF",
		Settling: true, Budget: protection.Money{Units: 90000, Currency: "BIF"}, Funders: []string{"NGO"}}))
	lines, err := d.Services(ctx, manager, protection.ServiceFilter{All: true})
	j.must(err)
	j.must(d.Serve(ctx, manager, protection.Serve{ID: ids.New[ids.Episode](), Case: j.one, Service: lines[0].ID, Funders: []string{"NGO"}, From: day}))
	j.must(d.EndStep(ctx, manager, protection.EndStep{Case: j.one, Step: step.ID, End: "DONE"}))
}

// settle: reintegration begins, she scores how she is, and begins a business.
func (j *following) settle() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at(""))
	p.Press("Passer à la suite")
	p.Sees("Rien de cela ne dépend d’une plainte ni de la police.", "Ce qui manque avant un retour", "Elle n’a pas encore décidé librement")
	p.Press("Enregistrer")
	p.Sees("Il y a un problème")
	p.Choose("La réintégration")
	p.PressTwice("Enregistrer")
	p.Sees("Elle reconstruit sa vie là où elle est.", "Première visite de suivi")
	p.Press("Ses nouvelles")
	p.Sees("Quand appeler", "C’est la couturière", "son beau-frère", "79 444 555")
	p.Press("Noter une prise de nouvelles")
	text := p.HTML()
	if strings.Index(text, "son beau-frère") > strings.Index(text, "79 444 555") {
		j.Error("the number stands above whom to avoid")
	}
	if !p.Chosen("Au début de la réintégration") {
		j.Error("the contact that is due is not chosen")
	}
	p.Choose("Chez elle")
	p.Choose("On lui a parlé")
	j.score(p, "2 : mal", "Logement sûr", "Revenu", "Moral, sommeil, peur")
	p.Press("Noter")
	p.Sees("On ne va chez elle que si elle a dit que c’était sans danger.")
	p.Choose("Un lieu sûr choisi avec elle")
	p.Press("Noter")
	p.Sees("C’est noté.", "Ce qui change pour elle", "Logement sûr")
	p.Press("Noter une aide pour une activité")
	p.Choose("Couture")
	p.Fill("Combien cela coûte-t-il ?", "250 000")
	p.Tick("Une association")
	p.Press("Enregistrer")
	p.Sees("Couture", "Toujours ouverte", "BIF")
	p.Fits()
	p.Visit(j.at("/advance"))
	p.Choose("Le suivi")
	p.Press("Enregistrer")
	p.Sees("L’essentiel est fait. On prend de ses nouvelles.")
}

func (j *following) score(p *browser.Page, score string, domains ...string) {
	for _, d := range domains {
		p.Select(d, score)
	}
}

// tries: she does not answer; nobody is lost in a day.
func (j *following) tries() {
	j.clock.move(31 * 24 * time.Hour)
	p := j.worker(access.CaseManager)
	p.Visit("/work")
	p.Sees("Première visite de suivi")
	p.Visit(j.at("/visit"))
	p.Choose("Téléphone, aux heures sûres")
	p.Choose("Pas de réponse")
	p.Press("Noter")
	p.Sees("L’essai est noté.", "jours d’essai 1 sur 3")
	p.Press("Dire le contact perdu")
	p.Press("Noter que le contact est perdu")
	p.Sees("Il faut 3 essais, à des jours différents.")
	j.picture(p, "follow-lost")
}

// year: after 1, 3, 6 and 12 months somebody asks how she is.
func (j *following) year() {
	for n, days := range []int{1, 60, 92, 184} {
		j.clock.move(time.Duration(days) * 24 * time.Hour)
		p := j.worker(access.CaseManager)
		p.Visit(j.at("/visit"))
		if want := []string{"Après 1 mois", "Après 3 mois", "Après 6 mois", "Après 12 mois"}[n]; !p.Chosen(want) {
			j.Errorf("%s is not chosen", want)
		}
		p.Choose("Elle est venue")
		p.Choose("On lui a parlé")
		j.score(p, []string{"2 : mal", "3 : moyen", "4 : bien", "5 : très bien"}[n], "Logement sûr", "Revenu")
		j.score(p, []string{"2 : mal", "2 : mal", "1 : très mal", "1 : très mal"}[n], "Moral, sommeil, peur")
		p.Press("Noter")
		p.Sees("C’est noté.")
		p.DoesNotSee("jours d’essai")
	}
	p := j.worker(access.CaseManager)
	p.Visit(j.at("/visits"))
	p.Sees("Début", "12 mois", "+3", "−1", "A tenu")
	j.picture(p, "follow")
	p.Fits()
	p.Axe()
}

// ends: what is missing is said, two persons close, and the door stays open.
func (j *following) ends() {
	p := j.worker(access.CaseManager)
	p.Visit(j.at(""))
	p.Sees("Tous les contacts prévus ont eu lieu.")
	p.Press("Demander la clôture")
	p.Sees("Ce qui n’est pas encore fait", "Un non convient aussi.")
	p.Follow("Demandez-lui si l’on peut encore prendre de ses nouvelles (accord P9). Un non convient aussi.")
	p.Tick("J’ai dit les limites du secret, et elle les a comprises")
	p.Choose("Elle dit oui")
	p.Choose("Signature")
	p.Press("Enregistrer sa réponse")
	p.Visit(j.at("/close"))
	p.Choose("Objectifs atteints")
	p.Tick("Ses buts ont été revus avec elle")
	p.Press("Envoyer la demande")
	p.Sees("Un point n’est pas coché")
	p.Fill("Ce qui n’est pas fait, et pourquoi", "Le plan de sécurité est chez sa sœur.")
	p.Press("Envoyer la demande")
	p.Sees("La demande est envoyée.")
	s := j.worker(access.Supervisor)
	s.Visit("/work")
	s.Sees("Répondre à une demande de clôture")
	s.Visit(j.at(""))
	s.Press("Lire la demande de clôture et répondre")
	s.Sees("Objectifs atteints", "Le plan de sécurité est chez sa sœur.")
	j.picture(s, "sign")
	s.Choose("Le dossier est clôturé")
	s.Press("Enregistrer la réponse")
	s.Sees("La porte reste ouverte.")
	s.Press("Rouvrir")
	s.Choose("Un nouveau besoin")
	s.Press("Rouvrir")
	s.Sees("Le dossier est rouvert.", "Elle reçoit les services de son plan.")
	j.picture(s, "reopened")
}

// leaves is what a journey leaves: these acts by these roles, these rows, and nothing else.
func (j *planning) leaves(before map[string]int, logged int, deeds, readings, leftovers string) {
	j.Helper()
	var acts []string
	reads := map[string]bool{}
	for _, line := range j.lines(logged) {
		act := string(line.Role) + " " + string(line.Action)
		switch {
		case strings.HasPrefix(string(line.Action), "session."):
		case line.Refusal != "":
			j.Errorf("refused: %s %s", act, line.Refusal)
		case strings.HasSuffix(string(line.Action), ".read"):
			reads[act] = true
		case len(acts) == 0 || acts[len(acts)-1] != act:
			acts = append(acts, act)
		}
	}
	if got := strings.Join(acts, "\n"); got != deeds {
		j.Errorf("the log says:\n%s\nnot:\n%s", got, deeds)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(reads)), "\n"); got != readings {
		j.Errorf("these read:\n%s\nnot:\n%s", got, readings)
	}
	if got := strings.Join(grown(before, j.rows()), "\n"); got != leftovers {
		j.Errorf("these rows are new:\n%s\nnot:\n%s", got, leftovers)
	}
	j.holds()
}

const followDeeds = `case_manager case.advance
case_manager visit.keep
case_manager episode.keep
case_manager case.advance
case_manager visit.keep
case_manager case.close
case_manager visit.keep
case_manager case.close
case_manager consent.ask
case_manager case.close
supervisor case.sign
supervisor case.reopen`

const followReadings = `case_manager case.read
case_manager person.read
case_manager visit.read
supervisor case.read`

const followLeftovers = `alert +2
business +1
closure +1
consent +1
event +13
history +5
session +9
session_seen +9
task +1
visit +6`

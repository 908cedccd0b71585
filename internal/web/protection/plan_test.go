package protection_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// planOf reads the plan as the store keeps it.
func (m *met) planOf() protection.Plan {
	m.t.Helper()
	v, err := m.desk.Plan(m.ctx, m.who(access.CaseManager), m.Case)
	m.must(err)
	return v.Plan
}

// day is a whole day as three boxes, so many days from now.
func (m *met) boxes(name string, days int) []string {
	d := m.country.Day(m.now.AddDate(0, 0, days))
	return []string{name + "-day", itoa(d.Day), name + "-month", itoa(int(d.Month)), name + "-year", itoa(d.Year)}
}

func itoa(n int) string {
	return strings.TrimLeft(string([]byte{byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)}), "0")
}

// leads wants a link on the page.
func leads(t testing.TB, w *httptest.ResponseRecorder, to string) {
	t.Helper()
	if !strings.Contains(w.Body.String(), `href="`+to+`"`) {
		t.Errorf("nothing leads to %s", to)
	}
}

// planned writes a plan with a step, due in three days.
func (m *met) planned() {
	m.t.Helper()
	const role = access.CaseManager
	m.step(m.at("/plan/write"), role, m.at("/plan"), "goal_1", "Une chambre à moi.", "goal_2", "Apprendre à coudre.")
	goal := m.planOf().Goals[1].ID.String()
	m.step(m.at("/plan/step"), role, m.at("/plan"), append(m.boxes("due", 3), "goal", goal, "need", "VOC", "what", "Voir l’atelier avec elle.", "who", "US")...)
}

func TestPlan(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Demandez-lui ce qu’elle veut", "Écrire ce qu’elle veut")
	want(t, m.get(m.at("/plan/write"), role), http.StatusOK, "prévenir sa sœur", "Ce qu’elle a dit pendant l’entretien") // nothing is typed twice
	m.planned()
	page := m.get(m.at("/plan"), role)
	want(t, page, http.StatusOK, "Une chambre à moi.", "Formation professionnelle", "Voir l’atelier avec elle.", "Évaluez d’abord avec elle", "À convenir avec elle")
	want(t, m.get(m.at("/plan/agree"), role), http.StatusOK, "Ce qui manque avant son accord")
	m.assessed()
	want(t, m.get(m.at(""), role), http.StatusOK, "Convenir du plan")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Relisez-lui le plan")
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Convenu avec elle", "Empreinte du pouce", "Réponse de la deuxième personne")
	want(t, m.get(m.at(""), role), http.StatusOK, "Un plan est convenu avec elle", "Commencer le premier service")
	want(t, m.get("/work", role), http.StatusOK, "Plans : en retard ou cette semaine", "Faire l’étape prévue")

	plan := "/plans/" + m.planOf().ID.String() + "/approve"
	want(t, m.get("/work", access.Supervisor), http.StatusOK, "Plans à lire", "approuver ou renvoyer")
	leads(t, m.get("/plans?answers=yes", access.Supervisor), plan)
	want(t, m.get(plan, access.Supervisor), http.StatusOK, "Une chambre à moi.", "Voir l’atelier")
	m.refuses(plan, access.Supervisor, []string{"answer", "return", "words", "x"}, bad{"no answer", "answer", "", ""}, bad{"sent back without a word", "words", "", ""})
	m.step(plan, access.Supervisor, m.at("/plan"), "answer", "return", "words", "Qui l’accompagne ?")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Qui l’accompagne ?", "Renvoyé avec des remarques", "Lisez les remarques")
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED")
	m.step(plan, access.Supervisor, m.at("/plan"), "answer", "approve")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Convenu et approuvé", "Prochaine étape : Formation professionnelle")

	m.now = m.now.AddDate(0, 0, 5)
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "En retard", "convenez d’un autre jour")
	end := m.at("/plan/end?step=" + m.planOf().Steps[0].ID.String())
	m.step(end, role, m.at("/plan"), append(m.boxes("due", 4), "end", "LATER")...)
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Remis")
	m.step(end, role, m.at("/plan"), "end", "DONE", "remark", "L’atelier la prend.")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Terminé : 1 étape", "L’atelier la prend.")
	m.now = m.now.AddDate(1, 0, 0) // no timer closes anything
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Le premier service du plan devait commencer", "À revoir avec elle")
	want(t, m.get("/work", role), http.StatusOK, "Commencer le premier service", "2 en retard")
	want(t, m.get(m.at(""), role), http.StatusOK, "Un plan est convenu avec elle")

	for _, other := range []access.Role{access.Screener, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police, access.Secretariat} {
		for _, path := range []string{m.at("/plan"), m.at("/plan/write"), m.at("/plan/step"), m.at("/plan/agree"), plan} {
			if w := m.get(path, other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s opens %s: %d", other, path, w.Code)
			}
		}
	}
}

// When a review is due, looking at the plan with her is the first thing to do.
func TestPlanReview(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.step(m.at("/plan/write"), role, m.at("/plan"), "goal_1", "Une chambre à moi.", "track", "EXTENDED", "why", "Elle ne dort pas.")
	m.assessed()
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED")
	m.serves()
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Convenez avec elle de la prochaine étape.")
	m.now = m.now.AddDate(0, 0, 91) // the extended track
	page := m.get(m.at("/plan"), role)
	want(t, page, http.StatusOK, "Regardez le plan avec elle", "À revoir avec elle en retard")
	if body := page.Body.String(); strings.Index(body, "/plan/agree") > strings.Index(body, "/plan/step") {
		t.Error("the next step is not the first button")
	}
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "WRITTEN", "interpreter", "NOT_NEEDED")
	lacks(t, m.get(m.at("/plan"), role), "en retard de")
}

// What is wrong is said at its field, and nothing typed is lost.
func TestPlanRefuses(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.refuses(m.at("/plan/write"), role, []string{"goal_1", "Une chambre."}, append(nasty("goal_1", 2000), bad{"no goal", "goal_1", " ", ""},
		bad{"a track of no list", "track", "FOREVER", ""}, bad{"longer without a reason", "track", "EXTENDED", "EXTENDED"})...)
	m.planned()
	goal := m.planOf().Goals[0].ID.String()
	m.refuses(m.at("/plan/step"), role, append(m.boxes("due", 3), "goal", goal, "need", "VOC", "who", "US"), append(nasty("what", 2000),
		bad{"a need of no list", "need", "x", ""}, bad{"nobody", "who", "", ""}, bad{"a goal of somebody else", "goal", ids.New[ids.Goal]().String(), ""},
		bad{"a day that is over", "due-year", "2020", "2020"}, bad{"no day", "due-day", "", ""})...)
	m.assessed()
	m.refuses(m.at("/plan/agree"), role, []string{"mode", "WRITTEN", "interpreter", "NOT_NEEDED"}, bad{"no form", "mode", "", ""}, bad{"a companion", "interpreter", "COMPANION", "COMPANION"},
		bad{"tomorrow", "day-year", "2050", "2050"}, bad{"no language", "language", "", ""})
	end := m.at("/plan/end?step=" + m.planOf().Steps[0].ID.String())
	m.refuses(end, role, []string{"end", "DONE"}, bad{"no answer", "end", "", ""}, bad{"another day, but which?", "end", "LATER", "LATER"})
}

// What was missing when the form was sent is said, and the answers stand there still.
func TestAgreeKeepsWhatWasTyped(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.planned()
	m.assessed()
	form := typed(t, m.get(m.at("/plan/agree"), role))
	for _, k := range m.consents() {
		if k.Purpose == "P1" {
			m.must(m.desk.Withdraw(m.ctx, m.who(role), protection.Withdraw{Consent: k.ID, Version: k.Version}))
		}
	}
	w := m.ask("POST", m.at("/plan/agree"), role, "fr", with(form, "mode", "THUMBPRINT", "interpreter", "OURS"))
	want(t, w, http.StatusUnprocessableEntity, "Il manque son accord pour être suivie")
	if got := typed(t, w); got.Get("mode") != "THUMBPRINT" || got.Get("interpreter") != "OURS" {
		t.Errorf("lost: %v", got)
	}
}

// Two write the same plan: the second sees both, loses nothing, and decides.
func TestTwoWriteTheSamePlan(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.planned()
	first, second := m.get(m.at("/plan/write"), role), m.get(m.at("/plan/write"), role)
	if w := m.fill(first, m.at("/plan/write"), role, "goal_3", "Voir sa mère."); w.Code != http.StatusSeeOther {
		t.Fatalf("the first: %d", w.Code)
	}
	late := m.fill(second, m.at("/plan/write"), role, "goal_1", "Une chambre à moi, près du marché.")
	want(t, late, http.StatusConflict, "Une chambre à moi, près du marché.", "Voir sa mère.", "Comparez")
	shelltest.Check(t, "fr", late.Body.String())
	if w := m.fill(late, m.at("/plan/write"), role); w.Code != http.StatusSeeOther {
		t.Fatalf("the second decides: %d %.900s", w.Code, text(w))
	}
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "près du marché", "Voir sa mère.", "Apprendre à coudre.")
	// The same form sent twice is the same plan; a plan begun twice is seen.
	again := typed(t, m.get(m.at("/plan/step"), role))
	for k, v := range fields(append(m.boxes("due", 2), "goal", m.planOf().Goals[0].ID.String(), "need", "DOC.ID", "who", "PERSON")...) {
		again[k] = v
	}
	for range 2 {
		if w := m.ask("POST", m.at("/plan/step"), role, "fr", again); w.Code != http.StatusSeeOther {
			t.Fatalf("a step: %d %s", w.Code, text(w))
		}
	}
	if n := len(m.planOf().Steps); n != 2 {
		t.Errorf("%d steps", n)
	}
	fresh := url.Values{"id": {ids.New[ids.Plan]().String()}, "version": {"0"}, "id_goal_1": {ids.New[ids.Goal]().String()}, "goal_1": {"Autre chose."}, "track": {"STANDARD"}}
	want(t, m.ask("POST", m.at("/plan/write"), role, "fr", fresh), http.StatusConflict, "Autre chose.", "près du marché")
}

// A closed case takes nothing, in clear words, and what was typed stands there.
func TestAClosedCaseTakesNoStep(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.planned()
	page := typed(t, m.get(m.at("/plan/step"), role))
	v, err := m.desk.Case(m.ctx, m.who(role), m.Case, protection.Page{})
	m.must(err)
	m.must(m.desk.Leave(m.ctx, m.who(role), protection.Leave{Case: m.Case, Version: v.Case.Version, Reason: "NOT_NOW", Told: true}))
	for k, v := range fields(append(m.boxes("due", 2), "goal", m.planOf().Goals[0].ID.String(), "need", "DOC.ID", "who", "PERSON", "what", "Aller à la commune.")...) {
		page[k] = v
	}
	want(t, m.ask("POST", m.at("/plan/step"), role, "fr", page), http.StatusUnprocessableEntity, "Ce dossier est fermé", "Aller à la commune.")
	shown := m.get(m.at("/plan"), role)
	want(t, shown, http.StatusOK, "Le dossier est fermé", "Une chambre à moi.")
	lacks(t, shown, "Ajouter une étape")
	if strings.Contains(shown.Body.String(), "/plan/end") {
		t.Error("a closed plan leads to the end of a step")
	}
	lacks(t, m.get("/work", role), "Faire l’étape prévue")
}

// A child's plan waits until her best interests are weighed, and her guardian agrees with her.
func TestAPlanForAChild(t *testing.T) {
	m := newHouse(t).meets(func(n *protection.Newcomer) { n.Child = true })
	m.begun()
	m.must(m.desk.Listen(m.ctx, m.who(access.Screener), protection.Listen{Screening: m.Talk, Version: 1, LimitsSaid: true, Account: "x", Heard: []string{m.sign("D4", 0)}, Profile: protection.Labour, Exploited: protection.Yes}))
	m.must(m.desk.Judge(m.ctx, m.who(access.Screener), protection.Judge{Screening: m.Talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT", Child: true}))
	m.followed().planned()
	m.assessed()
	m.must(m.desk.AskConsent(m.ctx, m.who(access.Screener), protection.AskConsent{ID: ids.New[ids.Consent](), Case: m.Case, Purpose: "P1", Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "GUARDIAN", Guardian: m.beside(), Involved: protection.No, Assent: protection.Yes}))
	const role = access.CaseManager
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "n’est pas encore évalué")
	leads(t, m.get(m.at("/plan"), role), m.at("/interests"))
	m.refuses(m.at("/interests"), role, []string{"about", "PLAN", "heard", "yes", "views", "x", "result", "y"}, append(nasty("views", 2000),
		bad{"nobody asked", "heard", "", ""}, bad{"no view", "views", "", ""}, bad{"no decision", "about", "", ""}, bad{"no result", "result", "", ""})...)
	m.step(m.at("/interests"), role, m.at(""), "about", "PLAN", "heard", "yes", "views", "Elle veut l’école.", "with", "GUARDIAN", "result", "L’école du centre.")
	v, err := m.desk.Case(m.ctx, m.who(role), m.Case, protection.Page{})
	m.must(err)
	want(t, m.get("/interests/"+v.Weighed[0].ID.String(), role), http.StatusOK, "Elle veut l’école.", "L’école du centre.")
	want(t, m.get(m.at(""), role), http.StatusOK, "Intérêt supérieur de l’enfant", "Le plan d’assistance")
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "WRITTEN", "interpreter", "NOT_NEEDED", "given_by", "GUARDIAN", "guardian", m.standing(), "involved", "no", "assent", "yes")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Convenu avec elle")
	for _, other := range []access.Role{access.Screener, access.Coordinator, access.ServiceProvider, access.Police} {
		if w := m.get("/interests/"+v.Weighed[0].ID.String(), other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s reads it: %d", other, w.Code)
		}
	}
}

func TestEveryPlanPageInEveryLanguage(t *testing.T) {
	m := newHouse(t).meets(func(n *protection.Newcomer) { n.Child = true })
	m.begun()
	m.must(m.desk.Listen(m.ctx, m.who(access.Screener), protection.Listen{Screening: m.Talk, Version: 1, LimitsSaid: true, Account: "x", Heard: []string{m.sign("D4", 0)}, Profile: protection.Labour, Exploited: protection.Yes}))
	m.must(m.desk.Judge(m.ctx, m.who(access.Screener), protection.Judge{Screening: m.Talk, Version: 2, CaseVersion: 2, Verdict: protection.Presume, Reason: "DOUBT", Child: true}))
	m.followed()
	look := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			role := access.CaseManager
			if strings.Contains(path, "approve") || strings.Contains(path, "answers") {
				role = access.Supervisor
			}
			for _, language := range []string{"fr", "en", "rn", "sw"} {
				w := m.ask("GET", path, role, language, nil)
				want(t, w, http.StatusOK)
				for _, wrong := range shelltest.Wrong(language, w.Body.String()) {
					t.Errorf("%s %s: %s", language, path, wrong)
				}
				if size := packed(w); size > 10<<10 {
					t.Errorf("%s %s: %d bytes travel", language, path, size)
				}
			}
		}
	}
	look(m.at("/plan"), m.at("/plan/write"), m.at("/interests"), "/plans")
	m.planned()
	look(m.at("/plan"), m.at("/plan/write"), m.at("/plan/step"), m.at("/plan/agree"))
	m.assessed()
	m.must(m.desk.AskConsent(m.ctx, m.who(access.Screener), protection.AskConsent{ID: ids.New[ids.Consent](), Case: m.Case, Purpose: "P1", Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "GUARDIAN", Guardian: m.beside(), Involved: protection.No, Assent: protection.Yes}))
	m.step(m.at("/interests"), access.CaseManager, m.at(""), "about", "PLAN", "heard", "yes", "views", "L’école.", "with", "GUARDIAN", "result", "L’école.")
	look(m.at("/plan/agree"), m.at("/plan/end?step="+m.planOf().Steps[0].ID.String()), m.at(""))
	m.step(m.at("/plan/agree"), access.CaseManager, m.at("/plan"), "mode", "WRITTEN", "interpreter", "NOT_NEEDED", "given_by", "GUARDIAN", "guardian", m.standing(), "involved", "no", "assent", "yes")
	v, err := m.desk.Case(m.ctx, m.who(access.CaseManager), m.Case, protection.Page{})
	m.must(err)
	e := "/episodes/" + m.serves().String()
	look(m.at("/serve"), e, e+"/attend", e+"/pause", e+"/end")
	m.step(e+"/pause", access.CaseManager, e, "reason", "SAFETY")
	look(e, e+"/pause")
	look(m.at("/plan"), "/plans", "/plans?mine=yes", "/plans?answers=yes", "/plans/"+m.planOf().ID.String()+"/approve", "/interests/"+v.Weighed[0].ID.String(), "/work")
}

// serves notes that the shelter takes her in, and gives the service.
func (m *met) serves() ids.Episode {
	m.t.Helper()
	m.step(m.at("/serve"), access.CaseManager, m.at("/plan"), "service", m.Service.String(), "funders", "GOVERNMENT", "funders", "NGO", "cost", "12 500", "currency", "BIF")
	v, err := m.desk.Plan(m.ctx, m.who(access.CaseManager), m.Case)
	m.must(err)
	return v.Episodes[0].ID
}

func TestServices(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.planned()
	m.assessed()
	m.step(m.at("/plan/agree"), role, m.at("/plan"), "mode", "THUMBPRINT", "interpreter", "NOT_NEEDED")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Aucun service reçu n’est noté", "Noter un service reçu")
	e := "/episodes/" + m.serves().String()
	want(t, m.get(m.at(""), role), http.StatusOK, "Elle reçoit les services de son plan", "Service reçu : Hébergement sûr")
	want(t, m.get(m.at("/plan"), role), http.StatusOK, "Services reçus", "Hébergement d’urgence", "Foyer des Collines")
	want(t, m.get(e, role), http.StatusOK, "Foyer des Collines", "L’État · Une association", "12 500 BIF", "En cours")
	m.now = m.now.AddDate(0, 0, 9)
	m.step(e+"/attend", role, e, append(m.boxes("day", -2), "came", "CAME")...)
	m.step(e+"/attend", role, e, append(m.boxes("day", -1), "came", "ABSENT")...)
	m.now = m.now.Add(time.Minute)
	m.step(e+"/attend", role, e, append(m.boxes("day", -1), "came", "EXCUSED")...) // the last word about a day counts
	want(t, m.get(e, role), http.StatusOK, "Venue : 1 · Absente, elle a prévenu : 1")
	m.step(e+"/pause", role, e, append(m.boxes("day", -1), "reason", "SAFETY")...)
	want(t, m.get(e, role), http.StatusOK, "Interrompu", "Pour sa sécurité", "Reprendre")
	m.step(e+"/pause", role, e, m.boxes("day", 0)...)
	m.step(e+"/end", role, e, append(m.boxes("until", 0), "outcome", "REACHED", "satisfaction", "4", "cost", "14.25", "currency", "USD", "remark", "Elle dort.")...)
	want(t, m.get(e, role), http.StatusOK, "Terminé", "Ce qui était voulu est là", "4 sur 5", "14,25 USD", "Elle dort.")
	want(t, m.get(e+"/end", role), http.StatusOK, "Ce service est terminé")
	lacks(t, m.get(e, role), "Noter une présence")
	for _, other := range []access.Role{access.Screener, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police, access.Secretariat} {
		for _, path := range []string{m.at("/serve"), e, e + "/attend", e + "/pause", e + "/end"} {
			if w := m.get(path, other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s opens %s: %d", other, path, w.Code)
			}
		}
	}
}

// What cannot be is refused at its field, and nothing typed is lost.
func TestServicesRefuse(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	good := []string{"service", m.Service.String(), "funders", "NGO", "currency", "BIF"}
	m.refuses(m.at("/serve"), role, good, bad{"no service", "service", "", ""}, bad{"a service of no line", "service", ids.New[ids.Service]().String(), ""},
		bad{"before she was met", "from-year", "2020", "2020"}, bad{"tomorrow", "from-year", "2050", "2050"}, bad{"less than nothing", "cost", "-5", "-5"},
		bad{"francs have no cents", "cost", "12,5", "12,5"}, bad{"no number", "cost", "beaucoup", "beaucoup"}, bad{"a payer of no list", "funders", "x", ""})
	want(t, m.ask("POST", m.at("/serve"), role, "fr", fields(append(append(good, m.boxes("from", -9)...), "id", ids.New[ids.Episode]().String())...)), http.StatusUnprocessableEntity,
		"avant la première rencontre")
	m.now = m.now.AddDate(0, 0, 3)
	e := "/episodes/" + m.serves().String()
	m.refuses(e+"/end", role, []string{"outcome", "REACHED"}, bad{"no outcome", "outcome", "", ""}, bad{"before it began", "until-year", "2020", "2020"}, bad{"less than nothing", "cost", "-1", "-1"},
		bad{"six of five", "satisfaction", "6", ""})
	m.refuses(e+"/pause", role, []string{"reason", "SAFETY"}, bad{"no reason", "reason", "", ""}, bad{"before it began", "day-year", "2020", "2020"})
	m.refuses(e+"/attend", role, []string{"came", "CAME"}, bad{"nobody says", "came", "", ""}, bad{"tomorrow", "day-year", "2050", "2050"})
	// The second who interrupts sees that it is interrupted; the same form again is the same act.
	form, late := typed(t, m.get(e+"/pause", role)), typed(t, m.get(e+"/end", role))
	form.Set("reason", "HEALTH")
	for range 2 {
		if w := m.ask("POST", e+"/pause", role, "fr", form); w.Code != http.StatusSeeOther {
			t.Fatalf("interrupted: %d %s", w.Code, text(w))
		}
	}
	late.Set("outcome", "REACHED")
	want(t, m.ask("POST", e+"/end", role, "fr", late), http.StatusConflict, "Interrompu", "Pour sa santé")
}

// Referred and received stay two facts: what arrived is proposed, never noted by itself.
func TestReferredIsNotReceived(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	m.referred()
	v, err := m.desk.Plan(m.ctx, m.who(access.CaseManager), m.Case)
	m.must(err)
	if len(v.Episodes) != 0 || v.Footing.Served {
		t.Error("a request became a service")
	}
	if page := typed(t, m.get(m.at("/serve?referral="+m.Referral.String()), access.CaseManager)); page.Get("service") != "" {
		t.Error("what was only asked for is proposed as received")
	}
	host := m.who(access.ServiceProvider)
	m.must(m.desk.Accept(m.ctx, host, protection.Accept{Referral: m.Referral, Version: 1, Arrival: m.now.Add(time.Hour)}))
	m.must(m.desk.Arrive(m.ctx, host, protection.Arrive{Referral: m.Referral, Version: 2}))
	leads(t, m.get(m.at("/plan"), access.CaseManager), m.at("/serve?referral="+m.Referral.String()))
	page := typed(t, m.get(m.at("/serve?referral="+m.Referral.String()), access.CaseManager))
	if page.Get("service") != m.Service.String() || page.Get("referral") != m.Referral.String() {
		t.Errorf("the request is typed again: %v", page)
	}
	if w := m.ask("POST", m.at("/serve"), access.CaseManager, "fr", with(page, "funders", "NGO", "currency", "BIF")); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(w))
	}
	v, err = m.desk.Plan(m.ctx, m.who(access.CaseManager), m.Case)
	m.must(err)
	if len(v.Arrived) != 0 {
		t.Error("what is noted is proposed again")
	}
	leads(t, m.get("/episodes/"+v.Episodes[0].ID.String(), access.Supervisor), "/referrals/"+m.Referral.String())
	if r, _, err := m.desk.Referral(m.ctx, m.who(access.Screener), m.Referral); err != nil || r.State != protection.Arrived {
		t.Errorf("the request is %s: %v", r.State, err)
	}
}

// with is a form with some fields filled.
func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// A service is looked at against the standards of its kind, by others.
func TestInspect(t *testing.T) {
	m := newHouse(t).meets()
	const role = access.Coordinator
	path := "/directory/" + m.Service.String() + "/inspect"
	leads(t, m.get("/directory", role), path)
	answers := []string{}
	for _, code := range m.desk.Rules.StandardsOf("SAFE.EMERGENCY") {
		answers = append(answers, protection.StandardField(code), "yes")
	}
	m.refuses(path, role, answers, bad{"a standard left out", "met_SAFE.APART", "", ""}, bad{"not met, and by when?", "met_SAFE.APART", "no", "no"}, bad{"tomorrow", "day-year", "2050", "2050"})
	m.step(path, role, "/directory", answers...)
	want(t, m.get(path, role), http.StatusOK, "Contrôles précédents", "À corriger Rien")
	m.now = m.now.Add(time.Minute)
	unmet := append(append([]string{}, answers...), m.boxes("right", 10)...)
	form := with(typed(t, m.get(path, role)), append(unmet, "met_SAFE.APART", "no")...)
	for range 2 { // sent twice is kept once
		if w := m.ask("POST", path, role, "fr", form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, text(w))
		}
	}
	want(t, m.get(path, role), http.StatusOK, "Les enfants et les adultes sont-ils séparés", "À corriger avant")
	all, err := m.desk.Inspections(m.ctx, m.who(role), m.Service)
	if m.must(err); len(all) != 2 {
		t.Errorf("%d inspections", len(all))
	}
	s, err := m.desk.Service(m.ctx, m.who(role), m.Service)
	if m.must(err); !s.CheckedAt.Equal(m.now) {
		t.Errorf("last looked at %s", s.CheckedAt)
	}
	for _, other := range []access.Role{access.CaseManager, access.Supervisor, access.ServiceProvider, access.Police} {
		if w := m.get(path, other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s inspects: %d", other, w.Code)
		}
	}
	for _, language := range []string{"fr", "en", "rn", "sw"} {
		w := m.ask("GET", path, role, language, nil)
		for _, wrong := range shelltest.Wrong(language, w.Body.String()) {
			t.Errorf("%s: %s", language, wrong)
		}
	}
	own := protection.Service{ID: ids.New[ids.Service](), Org: m.who(role).Post.Org, Need: "VOC", Name: "Le nôtre", Active: true}
	m.must(m.desk.KeepService(m.ctx, m.who(role), protection.KeepService{Service: own}))
	want(t, m.get("/directory/"+own.ID.String()+"/inspect", role), http.StatusOK, "Personne ne contrôle sa propre organisation")
	if err := m.desk.Inspect(m.ctx, m.who(role), protection.Inspect{ID: ids.New[ids.Inspection](), Service: own.ID}); fault.Of(err).Key != "fault.inspect.self" {
		t.Errorf("inspects its own: %v", err)
	}
}

package protection_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// met is one person on the way from a signal to a shelter, at the last page reached.
type met struct {
	*house
	Case     ids.Case
	Person   ids.Person
	Talk     ids.Screening
	Service  ids.Service
	Referral ids.Referral
}

// meets brings a signal to a case in triage, with a screener.
func (h *house) meets(change ...func(*protection.Newcomer)) *met {
	h.t.Helper()
	m := &met{house: h, Case: ids.New[ids.Case](), Person: ids.New[ids.Person]()}
	receipt, duty := h.signal(), h.who(access.DutyOfficer)
	h.must(h.desk.Take(h.ctx, duty, protection.Take{Signal: receipt.Signal, Version: 1}))
	n := protection.Newcomer{Case: m.Case, Person: m.Person, Name: "Ange Inventée", Called: "Kaneza", Phone: "+257 79 222 333", Hours: "MORNING",
		Phrase: "C’est la couturière", Avoid: "l’oncle", Sex: "F", Language: "rn", Adult: protection.Yes, Screener: h.who(access.Screener).Account}
	for _, one := range change {
		one(&n)
	}
	h.must(h.desk.Triage(h.ctx, duty, protection.Triage{Signal: receipt.Signal, Version: 2, Level: protection.Red, Reasons: []string{"TRAFFICKER_NEAR"},
		HealthFrom: h.now.Add(-10 * time.Hour), Checked: true, Outcome: protection.ToScreening, People: []protection.Newcomer{n}}))
	m.Service = ids.New[ids.Service]()
	h.must(h.desk.KeepService(h.ctx, h.who(access.Coordinator), protection.KeepService{Service: protection.Service{ID: m.Service, Org: h.shelter,
		Need: "SAFE.EMERGENCY", Name: "Accueil de nuit", Active: true, Sexes: []string{"F"}, Hours: "DAY_AND_NIGHT", Free: 2, Capacity: 6, ConfirmedAt: h.now.AddDate(0, 0, -10)}}))
	return m
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (m *met) at(rest string) string { return "/cases/" + m.Case.String() + rest }

func (m *met) talk(rest string) string { return "/screenings/" + m.Talk.String() + rest }

// step opens a page, answers it, and wants to be led to another.
func (m *met) step(path string, role access.Role, to string, pairs ...string) {
	m.t.Helper()
	page := m.get(path, role)
	want(m.t, page, http.StatusOK)
	shelltest.Check(m.t, "fr", page.Body.String())
	sent, _, _ := strings.Cut(path, "?")
	answer := m.fill(page, sent, role, pairs...)
	if answer.Code != http.StatusSeeOther || !strings.HasPrefix(answer.Header().Get("Location"), to) {
		m.t.Fatalf("%s led to %d %s, want %s\n%.1500s", path, answer.Code, answer.Header().Get("Location"), to, text(answer))
	}
}

// begun brings the person to the first page of a conversation.
func (m *met) begun() *met {
	m.t.Helper()
	page := m.get(m.at("/screen"), access.Screener)
	want(m.t, page, http.StatusOK, "Avant l’entretien", "PEP")
	form := typed(m.t, page)
	id, err := ids.Parse[ids.Screening](form.Get("id"))
	m.must(err)
	m.Talk = id
	m.step(m.at("/screen"), access.Screener, "/screenings/", "private", "yes", "apart", "yes", "interpreter", "NOT_NEEDED", "id", id.String())
	return m
}

// presumed brings her to where services are open.
func (m *met) presumed() *met {
	m.t.Helper()
	m.begun()
	const role = access.Screener
	m.step(m.talk("/urgent"), role, m.talk("/limits"), "urgent", "SAFE.EMERGENCY", "then", "on")
	m.step(m.talk("/limits"), role, m.at("/consent?for=P1"), "said", "yes", "then", "on")
	m.step(m.at("/consent?for=P1&screening="+m.Talk.String()), role, m.talk("/account"), "agreed", "yes", "mode", "ORAL_WITNESSED", "witness", "N. I., médiatrice", "interpreter", "NOT_NEEDED")
	m.step(m.talk("/account"), role, m.talk("/heard"), "account", "On lui a promis une boutique.\nElle n’a pas vu son passeport.", "then", "on")
	m.step(m.talk("/heard?part=D1"), role, m.talk("/heard?part=D2"), "heard", m.sign("D1", 0), "heard", m.sign("D1", 1), "then", "on")
	m.step(m.talk("/heard?part=D4"), role, m.talk("/heard?part=D5"), "heard", m.sign("D4", 0), "heard", m.sign("D4", 1), "unknown", m.sign("D4", 2), "then", "on")
	m.step(m.talk("/heard?part=D5"), role, m.talk("/heard?part=D6"), "heard", m.sign("D5", 0), "heard", m.sign("D5", 2), "then", "on")
	m.step(m.talk("/heard?part=D6"), role, m.talk("/situation"), "then", "skip")
	m.step(m.talk("/situation"), role, m.talk("/wants"), "exploited", "yes", "act", "yes", "profile", "labour", "then", "on")
	m.step(m.talk("/wants"), role, m.talk("/decide"), "wants", "Dormir, et prévenir sa sœur.", "then", "on")
	page := m.get(m.talk("/decide"), role)
	want(m.t, page, http.StatusOK, "penser à présumer", "Tromperie au départ", "prévenir sa sœur")
	m.step(m.talk("/decide"), role, m.at(""), "verdict", "PRESUME", "words", "Elle a peur.", "then", "on")
	return m
}

// sign is the nth sign of a dimension.
func (m *met) sign(part string, n int) string {
	for _, i := range m.country.Indicators() {
		if i.Dimension == part {
			if n == 0 {
				return i.Code
			}
			n--
		}
	}
	m.t.Fatalf("no sign %s", part)
	return ""
}

// referred sends her packet to the shelter.
func (m *met) referred() *met {
	m.t.Helper()
	const role = access.Screener
	query := "?service=" + m.Service.String()
	want(m.t, m.get(m.at("/refer"), role), http.StatusOK, "Ce qu’elle a demandé", "Hébergement d’urgence")
	want(m.t, m.fill(m.get(m.at("/refer"), role), m.at("/refer"), role, "need", "SAFE.EMERGENCY"), http.StatusOK, "Accueil de nuit", "2 places libres, confirmé il y a 10")
	want(m.t, m.get(m.at("/refer"+query), role), http.StatusOK, "n’a pas encore dit oui")
	m.step(m.at("/consent?for=P3&to="+m.shelter.String()+"&service="+m.Service.String()), role, m.at("/refer"+query),
		"said", "yes", "agreed", "yes", "mode", "THUMBPRINT", "witness", "N. I., médiatrice", "interpreter", "NOT_NEEDED", "scope", "minimum", "scope", "arrival", "scope", "call_name")
	page := m.get(m.at("/refer"+query), role)
	want(m.t, page, http.StatusOK, "Elle a dit oui le", "n’a pas dit oui pour")
	lacks(m.t, page, `name="medication"`)
	preview := m.fill(page, m.at("/refer"), role, "arrival", "ce soir en voiture", "call_name", "Kaneza", "then", "preview")
	want(m.t, preview, http.StatusOK, "Voici tout ce que Foyer des Collines verra", "ce soir en voiture", "Ne pas redemander son récit", "Danger immédiat", "Maison Umuco")
	lacks(m.t, preview, "PEP", "Contraception")
	shelltest.Check(m.t, "fr", preview.Body.String())
	again := m.fill(preview, m.at("/refer"), role, "then", "edit")
	want(m.t, again, http.StatusOK)
	if got := typed(m.t, again).Get("arrival"); got != "ce soir en voiture" {
		m.t.Errorf("corrected packet: %q", got)
	}
	form := typed(m.t, preview)
	m.Referral, _ = ids.Parse[ids.Referral](form.Get("id"))
	for range 2 { // sent twice is sent once
		sent := m.fill(preview, m.at("/refer"), role, "then", "send")
		if to := sent.Header().Get("Location"); to != "/referrals/"+m.Referral.String() {
			m.t.Fatalf("sent: %d %s %.900s", sent.Code, to, text(sent))
		}
	}
	want(m.t, m.get("/referrals/"+m.Referral.String(), role), http.StatusOK, "Personne ne l’a encore lue", "Répondre avant", "À valider par un juriste")
	return m
}

// Nobody says yes for her: of what a service could use, nothing is ticked.
func TestNothingIsTickedForHer(t *testing.T) {
	m := newHouse(t).meets()
	m.presumed()
	page := m.get(m.at("/consent?for=P3&to="+m.shelter.String()+""), access.Screener)
	if scope := typed(t, page)["scope"]; len(scope) != 0 {
		t.Errorf("ticked for her: %v", scope)
	}
	want(t, page, http.StatusOK, "sera lu aussi par l’organisation nommée")
	lacks(t, page, "Ce qu’elle dit reste dans notre organisation")
}

func TestFromConversationToShelter(t *testing.T) {
	m := newHouse(t).meets()
	h := m.house
	want(t, h.get("/work", access.Screener), http.StatusOK, "Entretiens à mener", "Proposer un entretien privé")
	page := h.get(m.at(""), access.Screener)
	want(t, page, http.StatusOK, "Danger immédiat", "PEP (72 h)", "Commencer un entretien privé", "Orienter en urgence", "Victime potentielle")
	lacks(t, page, "Ange", "Kaneza", "79 222", "couturière", "Confier le dossier", "Lire le résumé")
	m.presumed()
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "les services sont ouverts", "Demander un service", "Deuxième avis", "Décision prise après l’entretien : Présumer")

	want(t, h.get("/waiting", access.Supervisor), http.StatusOK, "Décisions à confirmer")
	summary := h.get(m.at("/ratify"), access.Supervisor)
	want(t, summary, http.StatusOK, "On lui a promis une boutique.", "Elle n’a pas vu son passeport.", "penser à présumer", "Elle a peur.", "Suivi par cette organisation")
	lacks(t, summary, "Ange", "79 222")
	m.step(m.at("/ratify"), access.Supervisor, m.at(""), "answer", "return", "words", "Qui a pris ses papiers ?")
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "Compléter la décision", "Qui a pris ses papiers ?")
	if w := h.ask("POST", m.talk("/resume"), access.Screener, "fr", typed(t, h.get(m.talk(""), access.Screener))); w.Code != http.StatusSeeOther {
		t.Fatalf("taken up again: %d %s", w.Code, text(w))
	}
	want(t, h.get(m.talk(""), access.Screener), http.StatusOK, "Reprenez où vous voulez", "Arrêter l’entretien")
	m.step(m.talk("/decide"), access.Screener, m.at(""), "verdict", "PRESUME", "words", "Elle a peur.", "then", "on")
	m.step(m.at("/ratify"), access.Supervisor, m.at(""), "answer", "ratify")
	want(t, h.get(m.at("/ratify"), access.Supervisor), http.StatusOK, "n’attend plus de réponse")

	m.referred()
	request := "/requests/" + m.Referral.String()
	want(t, h.get("/work", access.ServiceProvider), http.StatusOK, "Demandes reçues", "Lire et dire que c’est lu", "Confirmer les places")
	want(t, h.get("/requests", access.ServiceProvider), http.StatusOK, "Maison Umuco", "Réponse attendue")
	page = h.get(request, access.ServiceProvider)
	want(t, page, http.StatusOK, "Kaneza", "Féminin", "ce soir en voiture", "Ne pas redemander son récit", "Nous l’accueillons")
	lacks(t, page, "PEP", "Contraception", "boutique", "Ange", "79 222", m.Case.String())
	ack := typed(t, page)
	for range 2 {
		w := h.ask("POST", request+"/acknowledge", access.ServiceProvider, "fr", ack)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("acknowledged: %d %s", w.Code, text(w))
		}
	}
	// Read is not answered: the clock goes on, for both sides.
	want(t, h.get(request, access.ServiceProvider), http.StatusOK, "Réponse attendue reste", "Répondre avant")
	want(t, h.get("/requests", access.ServiceProvider), http.StatusOK, "Réponse attendue")
	want(t, h.get("/referrals/"+m.Referral.String(), access.Screener), http.StatusOK, "Réponse attendue reste")
	want(t, h.get("/work", access.Screener), http.StatusOK, "Réponse attendue")
	m.step(request+"/ask", access.ServiceProvider, request, "field", "disability", "why", "CARE")
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "Répondre à une question du service")
	answer := "/referrals/" + m.Referral.String() + "/answer"
	want(t, h.get(answer, access.Screener), http.StatusOK, "Son accord ne couvre pas ce point")
	m.step(answer, access.Screener, "/referrals/", "agreed", "no")
	m.step(request+"/accept", access.ServiceProvider, request, "arrival-time", "15h30")
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "Attendue chez Foyer des Collines")
	arrive := typed(t, h.get(request, access.ServiceProvider))
	if w := h.ask("POST", request+"/arrive", access.ServiceProvider, "fr", arrive); w.Code != http.StatusSeeOther {
		t.Fatalf("arrived: %d %s", w.Code, text(w))
	}
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "Arrivée, prise en charge")
}

// everyPage lists the pages of this half of the room that m's records lead to,
// each with a role that may see it.
func (m *met) everyPage() map[string]access.Role {
	request, referral := "/requests/"+m.Referral.String(), "/referrals/"+m.Referral.String()
	pages := map[string]access.Role{
		"/work?1": access.Screener, "/work?2": access.Supervisor, "/work?3": access.ServiceProvider, "/work?4": access.Coordinator,
		"/work?5": access.CaseManager, "/work?6": access.DutyOfficer,
		"/cases": access.Screener, "/cases?state=PRESUMED": access.Supervisor, "/waiting": access.Supervisor, "/search": access.Screener,
		m.at(""): access.Screener, m.at("?1"): access.Supervisor, m.at("/edit"): access.Screener, m.at("/danger"): access.Screener, m.at("/leave"): access.Screener,
		m.at("/screen"): access.Screener, m.at("/ratify"): access.Supervisor, m.at("/consent"): access.Screener,
		m.at("/consent?for=P3&to=" + m.shelter.String() + ""): access.Screener,
		m.at("/refer"): access.Screener,
		m.at("/refer?service=" + m.Service.String()): access.Screener,
		"/persons/" + m.Person.String():              access.Screener, "/persons/" + m.Person.String() + "/edit": access.Screener,
		m.talk(""): access.Screener, m.talk("/read"): access.Supervisor,
		"/referrals": access.Supervisor, "/referrals?state=UNANSWERED": access.Supervisor, referral: access.Screener, referral + "/cancel": access.Screener, referral + "/answer": access.Screener,
		"/requests": access.ServiceProvider, request: access.ServiceProvider, request + "/accept": access.ServiceProvider, request + "/decline": access.ServiceProvider,
		request + "/ask": access.ServiceProvider, "/unanswered": access.Coordinator,
	}
	consents := m.consents()
	pages["/consents/"+consents[0].ID.String()], pages["/consents/"+consents[0].ID.String()+"/withdraw"] = access.Screener, access.Screener
	return pages
}

// followed gives her case to a case manager.
func (m *met) followed() *met {
	m.t.Helper()
	v, err := m.desk.Case(m.ctx, m.who(access.Supervisor), m.Case, protection.Page{})
	m.must(err)
	m.must(m.desk.Assign(m.ctx, m.who(access.Supervisor), protection.Assign{Case: m.Case, Version: v.Case.Version, Screener: v.Case.Screener, Manager: m.who(access.CaseManager).Account}))
	return m
}

// assessed has the case manager assess her.
func (m *met) assessed() ids.Assessment {
	m.t.Helper()
	m.step(m.at("/assess"), access.CaseManager, m.at(""), "risk_THREATS", "yes", "risk_HEALTH", "unknown", "level", "RED", "now", "SAFE", "later", "LEGAL",
		"led", "DEBT", "to", "OFFERED", "own", "Ils savent où vit ma sœur.", "steps", "Elle dort au centre.")
	v, err := m.desk.Case(m.ctx, m.who(access.CaseManager), m.Case, protection.Page{})
	m.must(err)
	return v.Assessments[0].ID
}

func TestAssess(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	want(t, m.get(m.at(""), role), http.StatusOK, "Pas encore d’évaluation", "Évaluer le danger et les besoins")
	page := m.get(m.at("/assess"), role)
	want(t, page, http.StatusOK, "Ce qui la menace", "Elle connaît le danger mieux que nous")
	lacks(t, page, "Pourquoi maintenant") // the first needs no reason
	one := m.assessed()
	want(t, m.get(m.at(""), role), http.StatusOK, "On évalue avec elle", "Danger immédiat", "Réévaluer le risque", "Première évaluation", "Proposé")
	page = m.get("/assessments/"+one.String(), role)
	want(t, page, http.StatusOK, "Ils savent où vit ma sœur", "Elle dort au centre", "A-t-elle été menacée", "Répondre à ce danger avant")
	lacks(t, m.get(m.at(""), access.Screener), "/assessments/", "ma sœur")
	page = m.get(m.at("/assess"), role)
	want(t, page, http.StatusOK, "Pourquoi maintenant", "Ce qu’elle en disait", "Ils savent où vit ma sœur", "Elle dort au centre.", "Ce qu’elle a déjà raconté")
	for field, stands := range map[string]bool{`value="SAFE" checked`: true, `value="DEBT" checked`: true, `value="yes" checked`: false, `value="RED" checked`: false} {
		if strings.Contains(page.Body.String(), field) != stands { // what threatens her is asked again
			t.Errorf("%s in the form: %v", field, !stands)
		}
	}
	for _, other := range []access.Role{access.Screener, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police} {
		if w := m.get("/assessments/"+one.String(), other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s reads an assessment: %d", other, w.Code)
		}
	}
	m.refuses(m.at("/assess"), role, []string{"moment", "ROUTINE", "steps", ""}, append(nasty("own", 2000), bad{"no level", "own", "x", "x"}, bad{"a level of no list", "level", "PURPLE", ""},
		bad{"RED without a plan", "level", "RED", "RED"}, bad{"less, without a reason", "level", "GREEN", "GREEN"}, bad{"a need of no list", "now", "x", ""})...)
	m.refuses(m.at("/assess"), role, []string{"level", "ORANGE"}, bad{"no moment", "own", "x", "x"}, bad{"a moment of no list", "moment", "x", ""})
	m.now = m.now.AddDate(0, 0, 31)
	want(t, m.get(m.at(""), role), http.StatusOK, "Évaluez avec elle le danger")
}

func (m *met) consents() []protection.Consent {
	m.t.Helper()
	v, err := m.desk.Case(m.ctx, m.who(access.Screener), m.Case, protection.Page{})
	m.must(err)
	return v.Consents
}

func TestEveryCarePageInEveryLanguage(t *testing.T) {
	m := newHouse(t).meets()
	talks := newTalk(t, m) // the pages of a conversation that is open
	m.presumed().referred()
	pages := m.everyPage()
	check := func(m *met, path string, role access.Role) {
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
	for path, role := range pages {
		check(m, path, role)
	}
	check(m, m.followed().at("/assess"), access.CaseManager)
	check(m, "/assessments/"+m.assessed().String(), access.CaseManager)
	check(m, m.at("/assess"), access.CaseManager)
	check(m, m.at("/reflection"), access.CaseManager)
	check(m, m.young().at("/guardian"), access.CaseManager)
	check(m, m.at("/guardian?kind=APPOINTED"), access.CaseManager)
	g := m.accompanied()
	check(m, g, access.CaseManager)
	check(m, g+"/end", access.Supervisor)
	check(m, m.at(""), access.CaseManager)
	check(m, "/tasks", access.Supervisor)
	check(m, "/tasks?mine=yes", access.CaseManager)
	check(m, m.at("?2"), access.CaseManager)
	check(talks, talks.at("/refer-now?service="+talks.Service.String()), access.DutyOfficer)
	for _, rest := range []string{"", "/urgent", "/limits", "/account", "/heard", "/heard?part=D3", "/situation", "/purpose", "/wants", "/decide"} {
		check(talks, talks.talk(rest), access.Screener)
	}
}

// newTalk begins a conversation with another person.
func newTalk(t *testing.T, m *met) *met {
	t.Helper()
	other := m.house.meets()
	return other.begun()
}

// form reads a page's form for a role.
func (m *met) form(path string, role access.Role) url.Values {
	m.t.Helper()
	page := m.get(path, role)
	want(m.t, page, http.StatusOK)
	return typed(m.t, page)
}

// send posts a form that was changed.
func (m *met) send(path string, role access.Role, form url.Values, pairs ...string) *httptest.ResponseRecorder {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return m.ask("POST", path, role, "fr", form)
}

// Going back, or to another chapter of the signs, keeps what was written: nobody
// tells it twice.
func TestTheWayBackKeepsWhatWasWritten(t *testing.T) {
	m := newHouse(t).meets()
	talks := newTalk(t, m)
	const role = access.Screener
	talks.step(talks.talk("/account"), role, talks.talk("/limits"), "account", "On lui avait promis une boutique.", "then", "back")
	want(t, talks.get(talks.talk("/account"), role), http.StatusOK, "On lui avait promis une boutique.")
	talks.step(talks.talk("/heard?part=D1"), role, talks.talk("/heard?part=D4"), "heard", talks.sign("D1", 0), "then", "D4")
	talks.step(talks.talk("/heard?part=D4"), role, talks.talk("/heard?part=D3"), "heard", talks.sign("D4", 1), "then", "back")
	page := talks.get(talks.talk("/heard?part=D1"), role)
	if got := typed(t, page)["heard"]; !slices.Contains(got, talks.sign("D1", 0)) {
		t.Errorf("heard in the first chapter: %v", got)
	}
	if got := typed(t, talks.get(talks.talk("/heard?part=D4"), role))["heard"]; !slices.Contains(got, talks.sign("D4", 1)) {
		t.Errorf("heard in the fourth chapter: %v", got)
	}
	talks.step(talks.talk("/account"), role, talks.talk("/heard"), "then", "on")
}

package protection_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// bad is one field of a page filled with something that cannot be: the same
// form comes back with the error at the field and what was typed.
type bad struct {
	name, field, value string
	shown              string // what must still stand in the field; "" is not looked for
}

// nasty are values that no text field takes.
func nasty(field string, long int) []bad {
	return []bad{
		{"too long", field, strings.Repeat("é", long+1), strings.Repeat("é", long+1)},
		{"zero width", field, "Ma\u200brie", "Marie"},
	}
}

// refuses sends each bad value and looks at what comes back.
func (m *met) refuses(path string, role access.Role, fill []string, all ...bad) {
	m.t.Helper()
	sent, _, _ := strings.Cut(path, "?")
	for _, one := range all {
		form := m.form(path, role)
		for i := 0; i+1 < len(fill); i += 2 {
			form.Set(fill[i], fill[i+1])
		}
		form.Set(one.field, one.value)
		w := m.ask("POST", sent, role, "fr", form)
		if w.Code != http.StatusUnprocessableEntity {
			m.t.Errorf("%s %s=%s: status %d\n%.800s", path, one.field, one.name, w.Code, text(w))
			continue
		}
		for _, wrong := range shelltest.Wrong("fr", w.Body.String()) {
			m.t.Errorf("%s %s=%s: %s", path, one.field, one.name, wrong)
		}
		if !strings.Contains(text(w), "Il y a un problème") {
			m.t.Errorf("%s %s=%s: no summary", path, one.field, one.name)
		}
		if got := typed(m.t, w).Get(one.field); one.shown != "" && got != one.shown {
			m.t.Errorf("%s %s=%s: shows %.40q", path, one.field, one.name, got)
		}
	}
}

func TestBadInputOfEveryCareForm(t *testing.T) {
	m := newHouse(t).meets()
	talks := newTalk(t, m)
	m.presumed().referred()
	const role, host = access.Screener, access.ServiceProvider
	person := "/persons/" + m.Person.String() + "/edit"
	m.refuses(person, role, nil, append(append(nasty("name", 120), nasty("phrase", 200)...),
		bad{"impossible date", "born-day", "31", "31"}, bad{"unknown code", "hours", "NEVER", ""})...)
	m.refuses(person, role, []string{"born-day", "30", "born-month", "2"}, bad{"30 February", "born-year", "2001", "2001"})
	m.refuses(person, role, nil, bad{"born tomorrow", "born-year", "2030", "2030"})
	m.refuses(m.at("/edit"), role, nil, bad{"letters", "years", "seize", "seize"}, bad{"too old", "years", "200", "200"},
		bad{"no basis", "years", "16", "16"}, bad{"unknown sex", "sex", "X", ""}, bad{"unknown language", "language", "xx", ""})
	m.refuses(m.at("/leave"), role, nil, bad{"not told", "reason", "NOT_NOW", ""}, bad{"unknown reason", "reason", "BORED", ""})
	m.refuses(talks.at("/screen"), role, []string{"private", "yes", "apart", "yes", "interpreter", "NOT_NEEDED"},
		bad{"not private", "private", "no", "no"}, bad{"not apart", "apart", "unknown", "unknown"}, bad{"a companion", "interpreter", "COMPANION", "COMPANION"})
	m.refuses(talks.talk("/account"), role, nil, nasty("account", 20000)...)
	m.refuses(talks.talk("/wants"), role, nil, nasty("wants", 4000)...)
	m.refuses(talks.talk("/limits"), role, nil, bad{"not said", "said", "", ""})
	m.refuses(talks.talk("/heard"), role, nil, bad{"another dimension", "heard", talks.sign("D4", 0), ""}, bad{"no dimension", "part", "D9", ""})
	m.refuses(talks.talk("/situation"), role, nil, bad{"unknown", "exploited", "maybe", ""}, bad{"unknown", "profile", "other", ""})
	talks.step(talks.talk("/situation"), role, talks.talk("/wants"), "profile", "labour", "then", "on")
	m.refuses(talks.talk("/decide"), role, nil, bad{"nothing decided", "words", "Je ne sais pas.", "Je ne sais pas."},
		bad{"no reason", "verdict", "NOT_TIP", "NOT_TIP"}, bad{"against the suggestion", "verdict", "PRESUME", "PRESUME"})
	m.refuses(m.at("/ratify"), access.Supervisor, nil, bad{"no answer", "words", "Bien.", "Bien."}, bad{"return without words", "answer", "return", "return"})
	m.refuses(m.at("/consent"), role, nil, bad{"limits not said", "agreed", "yes", "yes"}, bad{"no purpose", "said", "yes", "yes"})
	m.refuses(m.at("/consent"), role, []string{"said", "yes", "agreed", "yes", "mode", "WRITTEN", "purpose", "P3"}, bad{"nobody named", "recipient", "", ""},
		bad{"no such organisation", "recipient", "abc", ""}, bad{"long past", "expires-year", "2001", "2001"})
	query := "?service=" + m.Service.String()
	m.refuses(m.at("/refer"+query), role, []string{"then", "send"}, append(nasty("arrival", 500), bad{"unknown", "do_not", "SING", ""},
		bad{"what the service need not know", "medication", "aspirine", ""})...)
	m.refuses(talks.at("/refer-now?service="+talks.Service.String()), role, []string{"then", "send"},
		bad{"nobody approved", "override", "VITAL_INTEREST", "VITAL_INTEREST"}, bad{"an invented approver", "approved_by", ids.New[ids.Account]().String(), ""})
	referral, request := "/referrals/"+m.Referral.String(), "/requests/"+m.Referral.String()
	m.refuses(referral+"/cancel", role, nil, bad{"no reason", "version", "1", ""}, bad{"unknown", "reason", "WHIM", ""})
	m.refuses(request+"/accept", host, nil, bad{"no time", "arrival-time", "", ""}, bad{"no clock", "arrival-time", "25h61", "25h61"}, bad{"an old day", "arrival-year", "2020", "2020"})
	m.refuses(request+"/decline", host, nil, bad{"no reason", "version", "1", ""}, bad{"unknown", "reason", "WHIM", ""})
	m.refuses(request+"/ask", host, []string{"why", "CARE"}, bad{"no field", "field", "", ""}, bad{"her story", "field", "story", ""})
	m.refuses("/search", role, nil, bad{"nothing", "words", "", ""}, bad{"too long", "words", strings.Repeat("a", 121), strings.Repeat("a", 121)})

	one, err := m.desk.Case(m.ctx, m.who(role), m.Case, protection.Page{})
	m.must(err)
	if len(one.Referrals) != 1 || one.Referrals[0].State != protection.Sent || len(one.Consents) != 2 {
		t.Errorf("something bad was half saved: %+v", one.Referrals)
	}
}

func TestNothingIsLostWhenSomebodyWasFaster(t *testing.T) {
	m := newHouse(t).meets().begun()
	const role = access.Screener
	first, second := m.form(m.talk("/account"), role), m.form(m.talk("/account"), role)
	first.Set("account", "Elle parle d’une route de nuit.")
	second.Set("account", "Elle parle d’un camion bleu.")
	first.Set("then", "on")
	second.Set("then", "on")
	for range 2 { // the same form twice is one saving
		if w := m.ask("POST", m.talk("/account"), role, "fr", first); w.Code != http.StatusSeeOther {
			t.Fatalf("first: %d %s", w.Code, text(w))
		}
	}
	w := m.ask("POST", m.talk("/account"), role, "fr", second)
	want(t, w, http.StatusConflict, "Elle parle d’une route de nuit.", "Elle parle d’un camion bleu.", "entre-temps")
	form := typed(t, w)
	form.Set("then", "on")
	if w = m.ask("POST", m.talk("/account"), role, "fr", form); w.Code != http.StatusSeeOther {
		t.Fatalf("again: %d %s", w.Code, text(w))
	}
	if got := m.form(m.talk("/account"), role).Get("account"); got != "Elle parle d’un camion bleu." {
		t.Errorf("kept %q", got)
	}
}

func TestStopIsAlwaysPossibleAndKeepsWhatWasTyped(t *testing.T) {
	m := newHouse(t).meets().begun()
	const role = access.Screener
	for _, rest := range []string{"/urgent", "/limits", "/account", "/heard", "/situation", "/purpose", "/wants", "/decide"} {
		if page := m.get(m.talk(rest), role); !strings.Contains(page.Body.String(), `value="stop"`) || !strings.Contains(text(page), "Quitter cette page") {
			t.Errorf("%s has no way out", rest)
		}
	}
	form := m.form(m.talk("/account"), role)
	if w := m.send(m.talk("/account"), role, form, "account", "Elle est fatiguée.", "then", "stop"); w.Header().Get("Location") != m.at("") {
		t.Fatalf("stop: %d %s", w.Code, text(w))
	}
	s, g, err := m.desk.Screening(m.ctx, m.who(role), m.Talk)
	m.must(err)
	if words, err := s.Account.Open(g); err != nil || words != "Elle est fatiguée." || s.State != protection.ScreeningStopped {
		t.Errorf("after stop: %s %q %v", s.State, words, err)
	}
	want(t, m.get(m.talk(""), role), http.StatusOK, "Entretien arrêté")
}

func TestSkippingIsAnAnswer(t *testing.T) {
	m := newHouse(t).meets().begun()
	m.step(m.talk("/situation"), access.Screener, m.talk("/wants"), "then", "skip")
	s, _, err := m.desk.Screening(m.ctx, m.who(access.Screener), m.Talk)
	m.must(err)
	if s.Exploited != protection.Skipped || s.Act != protection.Skipped {
		t.Errorf("skipped: %q %q", s.Exploited, s.Act)
	}
}

func TestInterceptionAsksForThePurpose(t *testing.T) {
	m := newHouse(t).meets().begun()
	m.step(m.talk("/situation"), access.Screener, m.talk("/purpose"), "exploited", "no", "act", "yes", "profile", "labour", "then", "on")
	want(t, m.get(m.talk("/purpose"), access.Screener), http.StatusOK, "Qui garde vos papiers")
	m.step(m.talk("/purpose"), access.Screener, m.talk("/wants"), "purpose", "DOCUMENTS_HELD", "then", "on")
	m.step(m.talk("/heard?part=D1"), access.Screener, m.talk("/heard?part=D2"), "heard", m.sign("D1", 0), "heard", m.sign("D1", 1), "then", "on")
	want(t, m.get(m.talk("/decide"), access.Screener), http.StatusOK, "avant l’exploitation")
}

func TestTheSexualProfileGivesNoSuggestion(t *testing.T) {
	m := newHouse(t).meets().begun()
	m.step(m.talk("/situation"), access.Screener, m.talk("/wants"), "profile", "sexual", "then", "on")
	want(t, m.get(m.talk("/decide"), access.Screener), http.StatusOK, "n’a pas encore de source vérifiée")
	m.step(m.talk("/decide"), access.Screener, m.at(""), "verdict", "PRESUME", "then", "on")
}

func TestAChildConsentsByTheRuleOfHerAge(t *testing.T) {
	m := newHouse(t).meets(func(n *protection.Newcomer) { n.Child = true })
	page := m.get(m.at("/consent?for=P1"), access.Screener)
	want(t, page, http.StatusOK, "12 à 14 ans", "règle qui protège le plus", "À valider par un juriste", "l’enfant est-il d’accord")
	m.step(m.at("/edit"), access.Screener, m.at(""), "years", "13", "basis", "declared")
	want(t, m.get(m.at("/consent?for=P1"), access.Screener), http.StatusOK, "Personne n’est noté auprès de l’enfant", "prendre part à ce qui est arrivé")
	m.refuses(m.at("/consent?for=P1"), access.Screener, []string{"said", "yes", "agreed", "yes", "mode", "THUMBPRINT", "witness", "N. I.", "given_by", "GUARDIAN", "assent", "yes"},
		bad{"a carer whom nobody wrote down", "involved", "no", "no"}, bad{"a carer who may have had a part", "involved", "yes", "yes"})
	beside := m.beside().String()
	m.refuses(m.at("/consent?for=P1"), access.Screener, []string{"said", "yes", "agreed", "yes", "mode", "ORAL_WITNESSED", "witness", "N. I.", "given_by", "GUARDIAN", "guardian", beside, "involved", "no"},
		bad{"without her own yes", "assent", "no", "no"}, bad{"not in writing", "assent", "yes", "yes"})
	m.refuses(m.at("/consent?for=P1"), access.Screener, []string{"said", "yes", "agreed", "yes", "mode", "THUMBPRINT", "witness", "N. I.", "given_by", "GUARDIAN", "guardian", beside, "assent", "yes"},
		bad{"nobody asked of a part in it", "involved", "", ""}, bad{"the carer is suspected", "carer_away", "SUSPECTED", "SUSPECTED"})
	m.step(m.at("/consent?for=P1"), access.Screener, m.at(""), "said", "yes", "agreed", "yes", "mode", "THUMBPRINT", "witness", "N. I.", "given_by", "GUARDIAN", "guardian", beside, "involved", "no", "assent", "yes")
	lacks(t, m.get(m.at(""), access.Screener), "Elle repart librement")
}

func TestNoIsKeptAndChangesNothingElse(t *testing.T) {
	m := newHouse(t).meets().begun()
	path := m.at("/consent?for=P1&screening=" + m.Talk.String())
	m.step(path, access.Screener, m.talk(""), "said", "yes", "agreed", "no")
	want(t, m.get(m.talk(""), access.Screener), http.StatusOK, "c’est son droit")
	if all := m.consents(); len(all) != 1 || all[0].State != protection.Refused {
		t.Errorf("her no: %+v", all)
	}
}

func TestDecliningDestroysAndRerouting(t *testing.T) {
	m := newHouse(t).meets().presumed().referred()
	request := "/requests/" + m.Referral.String()
	m.step(request+"/decline", access.ServiceProvider, "/requests", "reason", "NO_CAPACITY")
	if w := m.get(request, access.ServiceProvider); w.Code == http.StatusOK || strings.Contains(w.Body.String(), "ce soir en voiture") {
		t.Errorf("after the decline: %d", w.Code)
	}
	page := m.get("/referrals/"+m.Referral.String(), access.Screener)
	want(t, page, http.StatusOK, "Pas de place", "Chercher ailleurs")
	again := m.at("/refer?previous=" + m.Referral.String())
	if !strings.Contains(page.Body.String(), strings.ReplaceAll(again, "&", "&amp;")) {
		t.Errorf("no way elsewhere")
	}
	want(t, m.get(again, access.Screener), http.StatusOK, "Accueil de nuit")
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "celui-ci n’a pas pu")
}

func TestWithdrawingStopsTheRequest(t *testing.T) {
	m := newHouse(t).meets().presumed().referred()
	var path string
	for _, k := range m.consents() {
		if k.Purpose == protection.P3ShareReferral {
			path = "/consents/" + k.ID.String()
		}
	}
	want(t, m.get(path+"/withdraw", access.Screener), http.StatusOK, "Ces demandes seront annulées", "Foyer des Collines")
	m.step(path+"/withdraw", access.Screener, m.at(""))
	want(t, m.get("/referrals/"+m.Referral.String(), access.Screener), http.StatusOK, "c’est son choix")
}

func TestEmergencyFromTriage(t *testing.T) {
	m := newHouse(t).meets()
	path := m.at("/refer-now?service=" + m.Service.String())
	page := m.get(path, access.DutyOfficer)
	want(t, page, http.StatusOK, "Impossible de lui demander", "Appelez d’abord")
	approver := m.who(access.Supervisor).Account.String()
	preview := m.fill(page, m.at("/refer-now"), access.DutyOfficer, "override", "VITAL_INTEREST", "approved_by", approver, "person_told", "yes",
		"medication", "insuline", "then", "preview")
	want(t, preview, http.StatusOK, "Voici tout ce que", "insuline")
	sent := m.fill(preview, m.at("/refer-now"), access.DutyOfficer, "then", "send")
	if sent.Code != http.StatusSeeOther {
		t.Fatalf("sent: %d %s", sent.Code, text(sent))
	}
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Sans accord", "Demande envoyée")
}

func TestEachButtonIsForWhoMayPressIt(t *testing.T) {
	m := newHouse(t).meets().presumed()
	for _, one := range []struct {
		role  access.Role
		has   []string
		lacks []string
	}{
		{access.Screener, []string{"/refer", "/consent", "/edit"}, []string{"/ratify", "/assign"}},
		{access.Supervisor, []string{"/ratify", "/assign", "/edit", "/refer"}, []string{"/screen"}},
	} {
		body := m.get(m.at(""), one.role).Body.String()
		for _, verb := range one.has {
			if !strings.Contains(body, `href="`+m.at(verb)+`"`) {
				t.Errorf("%s lacks %s", one.role, verb)
			}
		}
		for _, verb := range one.lacks {
			if strings.Contains(body, `href="`+m.at(verb)+`"`) {
				t.Errorf("%s has %s", one.role, verb)
			}
		}
	}
	for _, role := range []access.Role{access.Police, access.Coordinator, access.ServiceProvider, access.Administrator, access.Donor, access.CaseManager} {
		for _, path := range []string{m.at(""), m.at("/edit"), m.at("/ratify"), m.at("/refer"), m.talk("/read"), "/persons/" + m.Person.String(), "/persons/" + m.Person.String() + "/edit"} {
			if w := m.get(path, role); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s reads %s: %d", role, path, w.Code)
			}
		}
	}
}

func TestSearchFindsWithoutNames(t *testing.T) {
	m := newHouse(t).meets()
	for _, words := range []string{"inventee", "Ange", "79222333"} {
		w := m.send("/search", access.Screener, url.Values{}, "words", words)
		want(t, w, http.StatusOK, "1 dossier trouvé")
		lacks(t, w, "Ange Inventée")
	}
	want(t, m.send("/search", access.Screener, url.Values{}, "words", "Personne"), http.StatusOK, "Aucun dossier trouvé")
}

func TestIdentityPutsTheRulesBeforeTheNumber(t *testing.T) {
	m := newHouse(t).meets()
	w := m.get("/persons/"+m.Person.String(), access.Screener)
	want(t, w, http.StatusOK, "Ange Inventée", "Kaneza")
	page := text(w)
	for _, rule := range []string{"C’est la couturière", "l’oncle", "Le matin"} {
		if at := strings.Index(page, rule); at < 0 || at > strings.Index(page, "79 222 333") {
			t.Errorf("%q does not stand above the number", rule)
		}
	}
	m.step("/persons/"+m.Person.String()+"/edit", access.Screener, "/persons/", "may", "no")
	w = m.get("/persons/"+m.Person.String(), access.Screener)
	want(t, w, http.StatusOK, "Ne l’appelez pas")
	lacks(t, w, "79 222 333")
}

func TestSupervisorSeesLateRedAndChildrenFirst(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed()
	h.now = h.now.Add(25 * time.Hour)
	want(t, h.get("/work", access.Supervisor), http.StatusOK, "Décisions à confirmer", "1 en attente, 1 en retard")
	want(t, h.get("/waiting", access.Supervisor), http.StatusOK, "en retard de")
	m.step(m.at("/ratify"), access.Supervisor, m.at(""), "answer", "return", "words", "Que dit-elle du passeport ?")
	want(t, h.get(m.at(""), access.Screener), http.StatusOK, "Que dit-elle du passeport ?", "compléter la décision")
	want(t, h.get("/work", access.Screener), http.StatusOK, "Décisions à compléter")
}

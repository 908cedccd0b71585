package protection_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/date"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// agreesAbroad has somebody followed by a case manager, who notes that she agrees (P2).
func (m *met) agreesAbroad(org ids.Org, manager access.Who) *met {
	m.t.Helper()
	m.must(m.desk.Assign(m.ctx, accesstest.Somebody(access.Supervisor, org), protection.Assign{Case: m.Case, Version: 1, Manager: manager.Account}))
	m.must(m.desk.AskConsent(m.ctx, manager, protection.AskConsent{ID: ids.New[ids.Consent](), Case: m.Case, Purpose: protection.P2National, Said: true, Agreed: protection.Yes,
		Language: "rn", Interpreter: "NOT_NEEDED", Mode: "WRITTEN", GivenBy: "SELF"}))
	return m
}

// called gives her a name and an age, and no danger: two of the same look the same in every list.
func (h *house) called(name string) func(*protection.Newcomer) {
	return func(n *protection.Newcomer) {
		n.Name, n.Age = name, date.Age{Years: 24, Basis: date.Declared, Said: h.country.Day(h.now)}
	}
}

// elsewhere is the same woman in another house: who follows her there.
func (h *house) elsewhere(name string) (*met, access.Who) {
	h.t.Helper()
	org, manager := h.shelter, accesstest.Somebody(access.CaseManager, h.shelter)
	home, duty, screener := h.desk.Home, h.people.who[access.DutyOfficer], h.people.who[access.Screener]
	h.desk.Home, h.people.who[access.DutyOfficer], h.people.who[access.Screener] = org, accesstest.Somebody(access.DutyOfficer, org), accesstest.Somebody(access.Screener, org)
	defer func() {
		h.desk.Home, h.people.who[access.DutyOfficer], h.people.who[access.Screener] = home, duty, screener
	}()
	return h.meets(h.called(name)).agreesAbroad(org, manager), manager
}

// compares is the program's clock.
func (h *house) compares() {
	h.t.Helper()
	all, err := h.desk.Store.OpenInquiries(h.ctx, 50)
	h.must(err)
	for _, id := range all {
		h.must(h.desk.FindElsewhere(h.ctx, access.Itself(), id))
	}
}

// Who asks reads the same, to the byte, of a woman whom another house helps and of one
// whom nobody knows: when it is asked, after it was compared, and after a no. Without her
// agreement the page says what is missing, and nothing is asked.
func TestAskingTellsNothing(t *testing.T) {
	h := newHouse(t)
	const role = access.CaseManager
	silent := h.meets(h.called("Irakoze Bella"))
	h.must(h.desk.Assign(h.ctx, h.who(access.Supervisor), protection.Assign{Case: silent.Case, Version: 1, Manager: h.who(role).Account}))
	silent.looks(role, silent.at("/inquire"))
	page := h.get(silent.at("/inquire"), role)
	want(t, page, http.StatusOK, "Il manque son accord", "Lui demander son accord")
	leads(t, page, silent.at("/consent?for=P2"))
	lacks(t, page, `name="reason"`)

	other, there := h.elsewhere("Ndayizeye Claudine")
	known, lone := h.meets(h.called("Ndayizeye Claudine")).agreesAbroad(h.care, h.who(role)), h.meets(h.called("Hakizimana Odette")).agreesAbroad(h.care, h.who(role))
	known.looks(role, known.at("/inquire"))
	leads(t, h.get(known.at(""), role), known.at("/inquire"))
	known.refuses(known.at("/inquire"), role, []string{"reason", "SHE_SAYS", "told", "yes"}, bad{"she was not told", "told", "", ""})
	// bytes are what travels, without what names the one or the other.
	bytes := func(m *met, path string) string {
		t.Helper()
		v, err := h.desk.Case(h.ctx, h.who(role), m.Case, protection.Page{})
		h.must(err)
		w := h.get(path, role)
		text := strings.NewReplacer(m.Case.String(), "CASE", v.Case.Code.String(), "CODE").Replace(w.Body.String())
		return w.Result().Status + "\n" + text
	}
	same := func(when string) {
		t.Helper()
		if a, b := bytes(known, known.at("/inquire")), bytes(lone, lone.at("/inquire")); a != b {
			t.Errorf("%s the two pages differ:\n%s\n---\n%s", when, a, b)
		}
	}
	answers := map[*met]string{}
	for _, m := range []*met{known, lone} {
		w := h.ask("POST", m.at("/inquire"), role, "fr", h.answers(m.at("/inquire"), role))
		answers[m] = strings.ReplaceAll(w.Result().Status+w.Header().Get("Location")+w.Body.String(), m.Case.String(), "CASE")
		if w.Code != http.StatusSeeOther {
			t.Fatalf("asked: %d %s", w.Code, text(w))
		}
	}
	if answers[known] != answers[lone] {
		t.Errorf("the answers differ: %q, %q", answers[known], answers[lone])
	}
	same("asked,")
	want(t, h.get(known.at("/inquire"), role), http.StatusOK, "Votre question est chez la coordination des référencements", "Elle peut être posée de nouveau")
	h.compares()
	same("compared,")
	lines, err := h.desk.Liaisons(h.ctx, there)
	h.must(err)
	if len(lines) != 1 || lines[0].Case != other.Case {
		t.Fatalf("nobody was found: %+v", lines)
	}
	if a, b := h.get("/liaisons", role).Body.String(), h.get("/liaisons", role).Body.String(); a != b || strings.Contains(a, lines[0].Reference.String()) {
		t.Error("who asked sees a contact")
	}
	h.must(h.desk.AgreeLiaison(h.ctx, there, protection.AnswerLiaison{Liaison: lines[0].ID, Version: 1, Asked: true}))
	same("after a yes,")
	h.must(h.desk.DeclineLiaison(h.ctx, there, protection.AnswerLiaison{Liaison: lines[0].ID, Version: 2}))
	same("after a no,")
	want(t, h.get(known.at("/readers"), role), http.StatusOK, "Demandé entre organisations", "Maison Umuco")
}

// answers fills the form of a question.
func (h *house) answers(path string, role access.Role) map[string][]string {
	form := typed(h.t, h.get(path, role))
	form.Set("reason", "SHE_SAYS")
	form.Set("told", "yes")
	return form
}

// The coordinator reads two houses and a reference: no name, no number, no code and no
// case. The side that was found reads its own case, and not who asks. After its yes the
// one who asked is given the contact.
func TestTheCoordinatorReadsNobody(t *testing.T) {
	h := newHouse(t)
	const role = access.CaseManager
	other, there := h.elsewhere("Ndayizeye Claudine")
	here := h.meets(h.called("Ndayizeye Claudine")).agreesAbroad(h.care, h.who(role))
	h.must(h.desk.Inquire(h.ctx, there, protection.Inquire{ID: ids.New[ids.Inquiry](), Case: other.Case, Reason: "COORDINATE", Told: true}))
	h.compares()
	here.looks(access.Coordinator, "/liaisons")
	here.looks(role, "/liaisons")
	page := h.get("/liaisons", access.Coordinator)
	want(t, page, http.StatusOK, "Maison Umuco", "Foyer des Collines", "Attend une réponse", "Clore sans suite")
	for _, m := range []*met{here, other} {
		who := h.who(role)
		if m == other {
			who = there
		}
		v, err := h.desk.Case(h.ctx, who, m.Case, protection.Page{})
		h.must(err)
		lacks(t, page, m.Case.String(), m.Person.String(), v.Case.Code.String(), "Ndayizeye", "Claudine", "222", "Kaneza", "Accueil de nuit", "Keza case_manager", "Donner le contact")
	}
	mine := h.get("/liaisons", role)
	want(t, mine, http.StatusOK, "Votre dossier", "Oui, elle le veut")
	lacks(t, mine, "Foyer des Collines", other.Case.String())
	want(t, h.get(here.at(""), role), http.StatusOK, "Répondre à un collègue d’une autre organisation")
	lines, err := h.desk.Liaisons(h.ctx, h.who(role))
	h.must(err)
	one := "/liaisons/" + lines[0].ID.String()
	if w := h.ask("POST", one+"/agree", role, "fr", fields("version", "1")); w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(w), "Demandez-lui d’abord") {
		t.Errorf("a yes without hers: %d", w.Code)
	}
	for _, who := range []access.Role{access.Screener, access.Police, access.DataProtection, access.ServiceProvider} {
		if w := h.ask("POST", one+"/close", who, "fr", fields("version", "1")); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s closes it: %d", who, w.Code)
		}
	}
	if w := h.ask("POST", one+"/agree", role, "fr", fields("version", "1", "asked", "yes")); w.Code != http.StatusSeeOther {
		t.Fatalf("agreed: %d %s", w.Code, text(w))
	}
	h.now = h.now.Add(time.Minute)
	want(t, h.get("/liaisons", access.Coordinator), http.StatusOK, "Donner le contact")
	if w := h.ask("POST", one+"/share", access.Coordinator, "fr", fields("version", "2")); w.Code != http.StatusSeeOther {
		t.Fatalf("shared: %d %s", w.Code, text(w))
	}
	v, err := h.desk.Inquiries(h.ctx, there, other.Case)
	h.must(err)
	if v.All[0].Org != h.care || v.All[0].Who != h.who(role).Account {
		t.Errorf("the contact is not given: %+v", v.All[0])
	}
	want(t, h.get(here.at("/readers"), role), http.StatusOK, "Une autre organisation a demandé", "Contact donné")
	want(t, h.get("/liaisons", access.Coordinator), http.StatusOK, "Terminées", "Contact donné")
}

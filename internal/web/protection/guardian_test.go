package protection_test

import (
	"net/http"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/protection"
)

// young has her treated as a child.
func (m *met) young() *met {
	m.t.Helper()
	v, err := m.desk.Case(m.ctx, m.who(access.CaseManager), m.Case, protection.Page{})
	m.must(err)
	m.must(m.desk.EditCase(m.ctx, m.who(access.CaseManager), protection.EditCase{Case: m.Case, Version: v.Case.Version, Sex: "F", Child: true, Language: "rn"}))
	return m
}

// accompanied names a trusted adult and gives the address of the page.
func (m *met) accompanied() string {
	m.t.Helper()
	m.step(m.at("/guardian?kind=TRUSTED"), access.CaseManager, m.at(""), "involved", "no", "name", "Inès Nkuriza", "phone", "79 111 222", "relation", "COMMUNITY", "agreed", "yes")
	v, err := m.desk.Case(m.ctx, m.who(access.CaseManager), m.Case, protection.Page{})
	m.must(err)
	return "/guardians/" + v.Guardians[0].ID.String()
}

func TestSomebodyStandsByAChild(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	lacks(t, m.get(m.at(""), role), "Nommer un adulte de confiance", "Qui accompagne")
	m.young()
	want(t, m.get(m.at(""), role), http.StatusOK, "Nommer un adulte de confiance", "Noter le tuteur désigné", "Trouvez un adulte de confiance", "Un adulte de confiance auprès de l’enfant")
	m.refuses(m.at("/guardian"), role, []string{"involved", "no", "name", "Inès", "relation", "COMMUNITY", "agreed", "yes"},
		append(nasty("name", 120), bad{"who recruited", "involved", "yes", "yes"}, bad{"nobody knows", "involved", "unknown", "unknown"}, bad{"nobody asked", "involved", "", ""},
			bad{"no name", "name", "", ""}, bad{"a relation of no list", "relation", "x", ""}, bad{"the child says no", "agreed", "no", "no"})...)
	m.refuses(m.at("/guardian?kind=APPOINTED"), role, []string{"involved", "no", "name", "Inès", "relation", "COMMUNITY", "agreed", "yes"}, bad{"appointed by nobody", "authority", "", ""})
	g := m.accompanied()
	page := m.get(m.at(""), role)
	want(t, page, http.StatusOK, "Adulte de confiance", "Noter le tuteur désigné")
	lacks(t, page, "Nommer un adulte de confiance", "Inès Nkuriza", "79 111 222")
	want(t, m.get(g, role), http.StatusOK, "Inès Nkuriza", "79 111 222", "ne l’accompagne plus")
	for _, other := range []access.Role{access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police} {
		if w := m.get(g, other); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			t.Errorf("%s reads who stands by a child: %d", other, w.Code)
		}
	}
	m.refuses(g+"/end", role, nil, bad{"no reason", "why", "", ""}, bad{"a reason of no list", "why", "x", ""})
	m.step(g+"/end", role, m.at(""), "why", "CONFLICT")
	want(t, m.get(m.at(""), role), http.StatusOK, "Nommer un adulte de confiance", "Lien découvert")
}

func TestTimeToThink(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	want(t, m.get(m.at(""), role), http.StatusOK, "Personne ne lui en a encore parlé")
	want(t, m.get(m.at("/reflection"), role), http.StatusOK, "ne le promettez pas", "30 jours au moins, 90 jours conseillés", "À valider")
	m.refuses(m.at("/reflection"), role, nil, bad{"nothing said", "to", "", ""}, bad{"no reason", "to", "NOT_OFFERED", "NOT_OFFERED"}, bad{"it cannot end", "to", "ENDED", ""})
	m.refuses(m.at("/assess"), role, []string{"level", "RED", "steps", "x"}, bad{"nothing said of it", "to", "", ""}, bad{"no reason", "to", "NOT_OFFERED", "NOT_OFFERED"})
	m.step(m.at("/reflection"), role, m.at(""), "to", "RUNNING", "sheltered", "yes")
	want(t, m.get(m.at(""), role), http.StatusOK, "En cours", "À revoir avec elle")
	lacks(t, m.get(m.at("/assess"), role), "Délai de rétablissement") // it was said already
	m.step(m.at("/reflection"), role, m.at(""), "to", "ENDED", "because", "DECIDED_NOT")
	want(t, m.get(m.at(""), role), http.StatusOK, "Terminé", "A décidé de ne pas témoigner")
}

func TestDeadlines(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	want(t, m.get("/tasks", access.Supervisor), http.StatusOK, "Évaluer les besoins", "Dans les sept jours", "D’où viennent ces délais", "PROCESS.md §2.3 A7", "À valider par un juriste")
	want(t, m.get("/work", access.CaseManager), http.StatusOK, "À faire dans les sept jours", "Évaluer les besoins")
	m.now = m.now.Add(8 * 24 * time.Hour)
	want(t, m.get("/tasks?mine=yes", access.CaseManager), http.StatusOK, "Évaluer les besoins", "En retard")
	m.assessed()
	lacks(t, m.get("/tasks", access.CaseManager), "Évaluer les besoins")
	want(t, m.get("/deadlines", access.CaseManager), http.StatusOK, "Décider de présumer ou non", "5 jours ouvrés", "[M] reasonable-grounds practice", "Plan de sécurité", "[J] PROCESS.md §2.3 A8", "À valider par un juriste")
	want(t, m.get("/tasks", access.CaseManager), http.StatusOK, "Réévaluer le risque", "Plus tard")
}

// She did not come: the house says so once it is late, and whoever sent her is told
// to look for her.
func TestSheDidNotCome(t *testing.T) {
	m := newHouse(t).meets().presumed().referred()
	const host = access.ServiceProvider
	request := "/requests/" + m.Referral.String()
	m.step(request+"/accept", host, request, "arrival-time", "23:30")
	lacks(t, m.get(request, host), "Elle n’est pas venue")
	m.now = m.now.Add(24 * time.Hour)
	want(t, m.get("/work", host), http.StatusOK, "Arrivée prévue")
	want(t, m.get(request, host), http.StatusOK, "Elle n’est pas venue", "Nous ne pouvons plus")
	m.step(request+"/absent", host, "/requests")
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Cherchez-la aujourd’hui par le contact sûr", "N’est pas arrivée", "Chercher une personne dont on est sans nouvelles")
	if w := m.get(request, host); w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
		t.Errorf("the house still reads it: %d", w.Code)
	}
}

// A line of a list leads where its reader may go: another duty officer of the
// place may say who talks with her, and does not open her case.
func TestALineLeadsWhereItsReaderMayGo(t *testing.T) {
	m := newHouse(t).meets()
	const role = access.DutyOfficer
	leads(t, m.get("/cases", role), m.at(""))
	later := m.people.seats[account.Token(role)]
	later.Account.ID = ids.New[ids.Account]()
	m.people.seats[account.Token(role)] = later
	page := m.get("/cases", role)
	leads(t, page, m.at("/assign"))
	lacks(t, page, `href="`+m.at("")+`"`)
	if w := m.get(m.at(""), role); w.Code == http.StatusOK {
		t.Error("she opens it all the same")
	}
}

package protection_test

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// rung knows who leads a house and who protects data, and keeps whom a change rings.
type rung struct {
	protection.Store
	house *house
	told  []ids.Account
}

func (s *rung) Officers(context.Context, time.Time) ([]ids.Account, error) {
	return []ids.Account{s.house.who(access.DataProtection).Account}, nil
}

func (s *rung) Leads(_ context.Context, org ids.Org, _ time.Time) ([]ids.Account, error) {
	if org != s.house.care {
		return nil, nil
	}
	return []ids.Account{s.house.who(access.Supervisor).Account}, nil
}

func (s *rung) SaveProtection(ctx context.Context, e audit.Entry, c protection.Change) error {
	for _, one := range c.Alerts {
		s.told = append(s.told, one.To)
	}
	return s.Store.SaveProtection(ctx, e, c)
}

// tells gives whom was rung since the last look.
func (s *rung) tells(t *testing.T, all ...access.Role) {
	t.Helper()
	for _, role := range all {
		if !slices.Contains(s.told, s.house.who(role).Account) {
			t.Errorf("%s was not told", role)
		}
	}
	s.told = nil
}

var opens = regexp.MustCompile(`/emergency/[^"/]+/open`)

// A life hangs on a case that she may not read: two persons open it, all who must
// know are told at once, the page closes by itself after an hour, and the person
// herself can be told.
func TestAnEmergencyFromPageToPage(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed().followed()
	bell := &rung{Store: h.desk.Store, house: h}
	h.desk.Store = bell
	const asks = access.HotlineOperator
	code := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]`).FindString(text(m.get(m.at(""), access.CaseManager)))
	want(t, m.get(m.at(""), asks), http.StatusNotFound)
	page := m.get("/emergency", asks)
	shelltest.Check(t, "fr", page.Body.String())
	want(t, page, http.StatusOK, "pendant une heure")
	for _, wrong := range []string{"", "K’est elle"} {
		want(t, m.fill(page, "/emergency", asks, "code", wrong, "reason", "LIFE"), http.StatusUnprocessableEntity)
	}
	if w := m.fill(page, "/emergency", asks, "code", code, "reason", "LIFE"); w.Code != http.StatusSeeOther {
		t.Fatalf("asked: %d %s", w.Code, text(w))
	}
	bell.tells(t, access.DataProtection, access.Supervisor)

	waits := m.get("/emergency", asks)
	want(t, waits, http.StatusOK, "Attend la deuxième personne")
	lacks(t, waits, m.at(""), "Ouvrir pour une heure") // no way in, and none to open it oneself
	want(t, m.get(m.at(""), asks), http.StatusNotFound)
	office := m.get("/emergency", access.DataProtection)
	shelltest.Check(t, "fr", office.Body.String())
	want(t, office, http.StatusOK, "Ouvrir pour une heure", "Keza hotline_operator")
	open := opens.FindString(office.Body.String())
	for role, status := range map[access.Role]int{asks: http.StatusForbidden, access.CaseManager: http.StatusNotFound, access.Police: http.StatusNotFound, access.Administrator: http.StatusNotFound} {
		if w := m.ask("POST", open, role, "fr", fields("version", "1")); w.Code != status && w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
			t.Errorf("%s opens it: %d", role, w.Code)
		}
		want(t, m.get(m.at(""), asks), http.StatusNotFound)
	}
	if w := m.ask("POST", open, access.DataProtection, "fr", fields("version", "1")); w.Code != http.StatusSeeOther {
		t.Fatalf("opened: %d %s", w.Code, text(w))
	}
	bell.tells(t, access.Supervisor, access.CaseManager, asks) // who leads the house, who holds the case, who waits for the answer

	leads(t, m.get("/emergency", asks), m.at(""))
	read := m.get(m.at(""), asks)
	want(t, read, http.StatusOK, code)
	for _, verb := range []string{"/edit", "/note", "/copy", "/print", "/hold", "/readers", "/attach", "/refer"} {
		lacks(t, read, `href="`+m.at(verb)+`"`)
		if w := m.get(m.at(verb), asks); w.Code == http.StatusOK {
			t.Errorf("the hour opens %s", verb)
		}
	}
	lacks(t, m.get("/cases", asks), code)

	m.now = m.now.Add(time.Hour - time.Second)
	want(t, m.get(m.at(""), asks), http.StatusOK)
	m.now = m.now.Add(time.Second)
	want(t, m.get(m.at(""), asks), http.StatusNotFound)
	over := m.get("/emergency", asks)
	want(t, over, http.StatusOK, "L’heure est passée")
	lacks(t, over, m.at(""))

	want(t, m.get(m.at("/readers"), access.CaseManager), http.StatusOK, "Ouvert en urgence, à deux", "Maison Umuco")
	want(t, m.get("/emergency", access.Supervisor), http.StatusOK, "L’heure est passée", "Keza data_protection")
}

// Either of the two stops it before the hour, and from then on nothing is read.
func TestAnEmergencyIsStopped(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed().followed()
	code := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]`).FindString(text(m.get(m.at(""), access.CaseManager)))
	ends := regexp.MustCompile(`/emergency/[^"/]+/end`)
	const asks = access.HotlineOperator
	for _, stops := range []access.Role{asks, access.Supervisor, access.DataProtection} {
		if w := m.fill(m.get("/emergency", asks), "/emergency", asks, "code", code, "reason", "LIFE"); w.Code != http.StatusSeeOther {
			t.Fatalf("asked: %d %s", w.Code, text(w))
		}
		if w := m.ask("POST", opens.FindString(m.get("/emergency", access.Supervisor).Body.String()), access.Supervisor, "fr", fields("version", "1")); w.Code != http.StatusSeeOther {
			t.Fatalf("opened: %d %s", w.Code, text(w))
		}
		want(t, m.get(m.at(""), asks), http.StatusOK)
		if w := m.ask("POST", ends.FindString(m.get("/emergency", stops).Body.String()), stops, "fr", fields("version", "2")); w.Code != http.StatusSeeOther {
			t.Fatalf("%s stops: %d %s", stops, w.Code, text(w))
		}
		want(t, m.get(m.at(""), asks), http.StatusNotFound)
		want(t, m.get("/emergency", asks), http.StatusOK, "Arrêté")
	}
}

package protection_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/lang"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// copied asks for a copy of her file as a paper, or as a file for another service.
func (m *met) copied(as, language string) string {
	m.t.Helper()
	w := m.ask("POST", m.at("/copy"), access.CaseManager, "fr", fields("language", language, "checked", "yes", "safe", "yes", "as", as))
	kind, disposition := "application/pdf", `inline; filename="papier.pdf"`
	if as == "data" {
		kind, disposition = "application/json", `attachment; filename="papier.json"`
	}
	h := w.Header()
	if w.Code != http.StatusOK || h.Get("Content-Type") != kind || h.Get("Content-Disposition") != disposition || h.Get("Cache-Control") != "no-store" {
		m.t.Fatalf("%d %v\n%.900s", w.Code, h, text(w))
	}
	return w.Body.String()
}

// leaves lists every text of a document.
func leaves(v any) (all []string) {
	switch x := v.(type) {
	case string:
		all = append(all, x)
	case []any:
		for _, one := range x {
			all = append(all, leaves(one)...)
		}
	case map[string]any:
		for _, one := range x {
			all = append(all, leaves(one)...)
		}
	}
	return all
}

// furniture are the headings of the paper and the names of its facts: the only texts
// of it that tell nothing of her.
func furniture(t *testing.T, language string) (all []string) {
	t.Helper()
	l, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := l.Printer(language)
	for _, key := range []string{"paper.copy.title", "paper.copy.self", "paper.copy.wishes", "paper.code", "paper.summary.keeper", "paper.summary.day", "paper.summary.kept",
		"paper.summary.got", "paper.summary.agreed", "paper.summary.got.none", "paper.summary.agreed.none", "paper.rights.title", "paper.copy.name", "paper.copy.called",
		"paper.copy.other", "paper.copy.born", "paper.copy.document", "paper.copy.home", "paper.copy.phone"} {
		all = append(all, p.T(key))
	}
	return all
}

// All that stands on the paper stands in the file, and nothing that is kept from the
// paper is in the file: in every language.
func TestTheFileSaysWhatThePaperSays(t *testing.T) {
	m := newHouse(t).meets().presumed().referred().accepted().followed()
	m.planned()
	for _, language := range []string{"fr", "en", "rn", "sw"} {
		paper, data := read(m.copied("pdf", language)), m.copied("data", language)
		var doc map[string]any
		if err := json.Unmarshal([]byte(data), &doc); err != nil {
			t.Fatal(err)
		}
		left := paper
		l, _ := lang.Load()
		day := spaces.ReplaceAllString(l.Printer(language).Day(m.country.Day(m.now)), " ")
		texts := append(append(leaves(doc), furniture(t, language)...), day)
		slices.SortFunc(texts, func(a, b string) int { return len(b) - len(a) })
		for _, one := range texts {
			if one = strings.TrimSpace(spaces.ReplaceAllString(one, " ")); len(one) > 1 {
				left = strings.ReplaceAll(left, one, "")
			}
		}
		if left = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" –-•:/0123456789", r) {
				return -1
			}
			return r
		}, left); left != "" {
			t.Errorf("%s: the paper says what the file does not: %q\n%s\n%s", language, left, paper, data)
		}
		for _, kept := range []string{"Nadine Inventée", "Mère Inventée", "derrière le moulin", "prévenir sa sœur"} {
			if strings.Contains(data, kept) || strings.Contains(paper, kept) {
				t.Errorf("%s: the copy says %q", language, kept)
			}
		}
	}
	var doc struct {
		Format, Language, Code, Written string
		Notice                          []string
		Person                          struct{ Name string }
		Goals                           []struct {
			Words string
			Steps []string
		}
		Kept     []struct{ Kind string }
		Received []struct{ Need, Sent, State string }
		Expected []struct{ At time.Time }
		Consents []struct{ Purpose, State, At string }
	}
	if err := json.Unmarshal([]byte(m.copied("data", "fr")), &doc); err != nil {
		t.Fatal(err)
	}
	today := m.country.Day(m.now).String()
	if doc.Format != "inkingi.copy.1" || doc.Language != "fr" || doc.Written != today || doc.Person.Name == "" || len(doc.Notice) == 0 || len(doc.Kept) == 0 {
		t.Errorf("the head: %+v", doc)
	}
	if len(doc.Goals) != 2 || doc.Goals[0].Words != "Une chambre à moi." || !slices.Equal(doc.Goals[1].Steps, []string{"Voir l’atelier avec elle."}) {
		t.Errorf("what she wants: %+v", doc.Goals)
	}
	if len(doc.Received) != 1 || doc.Received[0].Sent != today || doc.Received[0].State != string(protection.Accepted) || len(doc.Expected) != 1 || doc.Expected[0].At.IsZero() || len(doc.Consents) == 0 {
		t.Errorf("who received, when she is expected: %+v", doc)
	}
}

// A copy leaves one entry, whichever it is; she can be told that it was made; who does
// not follow her makes none, and nothing unchecked becomes a copy.
func TestACopyIsLoggedAndSeen(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed().followed()
	log := &noted{Store: h.desk.Store}
	h.desk.Store = log
	page := m.get(m.at("/copy"), access.CaseManager)
	want(t, page, http.StatusOK, "Une copie de son dossier", "Fichier pour un autre service", "effacez-le")
	shelltest.Check(t, "fr", page.Body.String())
	m.now = m.now.AddDate(0, 0, 3)
	day := spaces.ReplaceAllString(mustDay(t, h), " ") // on which nothing but the two copies opens anything
	for _, as := range []string{"pdf", "data"} {
		before := len(log.lines)
		m.copied(as, "fr")
		if len(log.lines) != before+1 {
			t.Fatalf("%s: %d entries", as, len(log.lines)-before)
		}
		if line := log.lines[before]; line.Action != access.CaseCopy || line.Refusal != "" || !slices.Contains(line.Codes, audit.Code{Key: "paper", Code: "COPY"}) {
			t.Errorf("%s: the log says %+v", as, line)
		}
	}
	if log.saved > 0 {
		t.Errorf("%d changes were written", log.saved)
	}
	m.now = m.now.AddDate(0, 0, 1)
	want(t, m.get(m.at("/readers"), access.CaseManager), http.StatusOK, day+" Fonction Gestionnaire de cas Organisation Maison Umuco")
	for _, as := range []string{"pdf", "data"} {
		for missing, form := range map[string][]string{"checked": {"safe", "yes", "language", "fr"}, "safe": {"checked", "yes", "language", "fr"}, "language": {"checked", "yes", "safe", "yes"}} {
			w := m.ask("POST", m.at("/copy"), access.CaseManager, "fr", fields(append(form, "as", as)...))
			if w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), "inkingi.copy") {
				t.Errorf("%s without %s: %d", as, missing, w.Code)
			}
		}
		for _, role := range []access.Role{access.Supervisor, access.Police, access.ServiceProvider, access.Coordinator, access.Administrator, access.DataProtection} {
			before := len(log.lines)
			w := m.ask("POST", m.at("/copy"), role, "fr", fields("language", "fr", "checked", "yes", "safe", "yes", "as", as))
			if w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s takes a copy: %d", role, w.Code)
			}
			if len(log.lines) == before || log.lines[len(log.lines)-1].Refusal == "" {
				t.Errorf("%s: the refusal left no entry", role)
			}
		}
	}
}

// mustDay is today as a page says it.
func mustDay(t *testing.T, h *house) string {
	t.Helper()
	l, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l.Printer("fr").Day(h.country.Day(h.now))
}

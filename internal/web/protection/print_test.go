package protection_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"inkingi/internal/access"
	"inkingi/internal/audit"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// noted keeps what goes to the log without a change, and counts changes.
type noted struct {
	protection.Store
	lines []audit.Line
	saved int
}

func (s *noted) Note(ctx context.Context, e audit.Entry) error {
	s.lines = append(s.lines, e.Line())
	return s.Store.Note(ctx, e)
}

func (s *noted) SaveProtection(ctx context.Context, e audit.Entry, c protection.Change) error {
	s.saved++
	return s.Store.SaveProtection(ctx, e, c)
}

// read is what stands in a PDF of ours, whose streams are not compressed.
func read(pdf string) string {
	var text []uint16
	for _, m := range regexp.MustCompile(`(?s)Td \((.*?)\) Tj`).FindAllStringSubmatch(pdf, -1) {
		b := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllString(m[1], "$1")
		for i := 0; i+1 < len(b); i += 2 {
			text = append(text, uint16(b[i])<<8|uint16(b[i+1]))
		}
		text = append(text, ' ')
	}
	return spaces.ReplaceAllString(string(utf16.Decode(text)), " ")
}

// paper asks for a paper and gives what stands on it.
func (m *met) paper(role access.Role, as string, pairs ...string) (*httptest.ResponseRecorder, string) {
	m.t.Helper()
	form := fields("language", "fr", "chosen", "yes", "as", as)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	w := m.ask("POST", m.at("/print"), role, "fr", form)
	if as == "pdf" {
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF-1.") {
			m.t.Fatalf("%d %s\n%.900s", w.Code, w.Header().Get("Content-Type"), text(w))
		}
		if got := w.Header().Get("Content-Disposition"); got != `inline; filename="papier.pdf"` || w.Header().Get("Cache-Control") != "no-store" {
			m.t.Errorf("kept as %s, %s", got, w.Header().Get("Cache-Control"))
		}
		return w, read(w.Body.String())
	}
	want(m.t, w, http.StatusOK)
	return w, text(w)
}

// accepted brings her to where the shelter expects her.
func (m *met) accepted() *met {
	m.t.Helper()
	day := m.now.AddDate(0, 0, 1)
	m.must(m.desk.Acknowledge(m.ctx, m.who(access.ServiceProvider), protection.Acknowledge{Referral: m.Referral, Version: 1}))
	m.must(m.desk.Accept(m.ctx, m.who(access.ServiceProvider), protection.Accept{Referral: m.Referral, Version: 2, Arrival: day}))
	return m
}

// The first thing is to memorise; a paper is asked for on purpose, and leaves in
// the log which it was, and nothing else anywhere.
func TestPrint(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed().referred().accepted()
	log := &noted{Store: h.desk.Store}
	h.desk.Store = log
	page := m.get(m.at("/print"), access.Screener)
	want(t, page, http.StatusOK, "À mémoriser plutôt qu’à emporter", "109", "À confirmer", "Foyer des Collines", "Elle veut quand même un papier", "Carte de rendez-vous")
	lacks(t, page, "Ange Inventée", "Kaneza", "79 222 333")
	shelltest.Check(t, "fr", page.Body.String())
	code := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]`).FindString(text(page))
	want(t, m.get(m.at(""), access.Screener), http.StatusOK, "Papier")

	when := typed(t, m.ask("POST", m.at("/print"), access.Screener, "fr", fields("when", m.now.AddDate(0, 0, 1).UTC().Format(time.RFC3339)))).Get("when")
	for _, one := range []struct {
		name  string
		pairs []string
		has   []string
		lacks []string
	}{
		{"appointment, bare", []string{"paper", "APPOINTMENT"}, []string{"Rendez-vous", code}, []string{"Où", "Quand", "Foyer"}},
		{"appointment", []string{"paper", "APPOINTMENT", "where", "la porte bleue", "when", when}, []string{"la porte bleue", "Quand"}, []string{"Foyer"}},
		{"hotline", []string{"paper", "HOTLINE"}, []string{"109", "numéro à confirmer"}, []string{code, "Foyer", "116"}},
		{"summary", []string{"paper", "SUMMARY"}, []string{code, "Votre nom et comment vous joindre", "Une conversation", "Un service (demandez son nom)", "Hébergement d’urgence", "A dit oui."}, []string{"Foyer", "Maison Umuco"}},
		{"summary, named", []string{"paper", "SUMMARY", "named", "yes"}, []string{"Foyer des Collines", "Maison Umuco"}, nil},
		{"summary, Swahili", []string{"paper", "SUMMARY", "language", "sw"}, []string{"Kinachohifadhiwa", "Tafsiri ya muda"}, []string{"Foyer"}},
	} {
		for _, as := range []string{"pdf", "page"} {
			pairs := one.pairs
			before := len(log.lines)
			w, got := m.paper(access.Screener, as, pairs...)
			for _, words := range one.has {
				if !strings.Contains(got, spaces.ReplaceAllString(words, " ")) {
					t.Errorf("%s, %s lacks %q: %.900s", one.name, as, words, got)
				}
			}
			for _, words := range append(one.lacks, "Ange Inventée", "Kaneza", "79 222 333", "traite", "victime", "passeport", "Keza") {
				if strings.Contains(got, words) {
					t.Errorf("%s, %s says %q", one.name, as, words)
				}
			}
			if as == "page" {
				shelltest.Check(t, "fr", w.Body.String())
				lacks(t, w, "<title>Inkingi", "– Inkingi</title>")
			}
			if len(log.lines) != before+1 {
				t.Fatalf("%s: %d entries", one.name, len(log.lines)-before)
			}
			line := log.lines[before]
			if line.Action != access.CasePrint || !slices.Contains(line.Codes, audit.Code{Key: "paper", Code: pairs[1]}) || line.Refusal != "" {
				t.Errorf("%s: the log says %+v", one.name, line)
			}
		}
	}
	if log.saved > 0 {
		t.Errorf("%d changes were written", log.saved)
	}
}

// The form of an answer names the recipient and who explained: it stays.
func TestPrintConsent(t *testing.T) {
	h := newHouse(t)
	m := h.meets().presumed().referred()
	all, err := h.desk.Case(h.ctx, h.who(access.Screener), m.Case, protection.Page{Limit: 1})
	m.must(err)
	i := slices.IndexFunc(all.Consents, func(k protection.Consent) bool { return k.Purpose == protection.P3ShareReferral })
	value := "CONSENT." + all.Consents[i].ID.String()
	_, got := m.paper(access.Screener, "pdf", "paper", value, "chosen", "")
	for _, words := range []string{"Mon accord", "Foyer des Collines", "Transmettre le nécessaire", "Les limites du secret", "empreinte de mon pouce", "Témoin", "Keza screener"} {
		if !strings.Contains(got, words) {
			t.Errorf("the form lacks %q: %s", words, got)
		}
	}
	other := h.meets()
	stranger := fields("paper", value, "language", "fr", "as", "pdf")
	if w := h.ask("POST", other.at("/print"), access.Screener, "fr", stranger); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("the form of another case's consent: %d", w.Code)
	}
	if _, err := h.desk.Print(h.ctx, h.who(access.Screener), protection.Print{Case: other.Case, Paper: protection.ConsentPaper, Language: "fr", Consent: all.Consents[i].ID}); err == nil {
		t.Error("the desk prints a consent of another case")
	}
}

// What is missing is said at its field, and what tells why she is helped does
// not become paper.
func TestPrintRefuses(t *testing.T) {
	h := newHouse(t)
	m := h.meets()
	log := &noted{Store: h.desk.Store}
	h.desk.Store = log
	for _, one := range []struct {
		name string
		form url.Values
		says string
	}{
		{"nothing", url.Values{}, "Choisissez un papier"},
		{"not chosen by her", fields("paper", "SUMMARY", "language", "fr"), "c’est elle qui choisit"},
		{"no language", fields("paper", "HOTLINE", "chosen", "yes"), "Choisissez la langue"},
		{"a landmark that tells", fields("paper", "APPOINTMENT", "language", "rn", "chosen", "yes", "where", "au foyer des VICTIMES"), "dit pourquoi elle est aidée"},
		{"another language's word", fields("paper", "APPOINTMENT", "language", "fr", "chosen", "yes", "where", "urudandazwa"), "dit pourquoi elle est aidée"},
		{"an invented paper", fields("paper", "DIPLOMA", "language", "fr", "chosen", "yes"), ""},
		{"an invented language", fields("paper", "HOTLINE", "language", "xx", "chosen", "yes"), ""},
		{"a consent that is not there", fields("paper", "CONSENT."+ids.New[ids.Consent]().String(), "language", "fr"), ""},
	} {
		w := h.ask("POST", m.at("/print"), access.Screener, "fr", one.form)
		want(t, w, http.StatusUnprocessableEntity)
		if !strings.Contains(text(w), one.says) {
			t.Errorf("%s: %.1200s", one.name, text(w))
		}
		shelltest.Check(t, "fr", w.Body.String())
	}
	for _, role := range []access.Role{access.Police, access.ServiceProvider, access.Coordinator, access.Administrator, access.DataProtection, access.CaseManager} {
		for _, method := range []string{"GET", "POST"} {
			var form url.Values
			if method == "POST" {
				form = fields("paper", "HOTLINE", "language", "fr", "chosen", "yes")
			}
			if w := h.ask(method, m.at("/print"), role, "fr", form); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
				t.Errorf("%s as %s: %d", method, role, w.Code)
			}
		}
	}
	for _, line := range log.lines {
		if line.Action == access.CasePrint && line.Refusal == "" {
			t.Errorf("something was printed: %+v", line)
		}
	}
}

// A child is given the line for children first.
func TestPrintForAChild(t *testing.T) {
	h := newHouse(t)
	m := h.meets(func(n *protection.Newcomer) { n.Child = true })
	_, got := m.paper(access.Screener, "pdf", "paper", "HOTLINE")
	if a, b := strings.Index(got, "116"), strings.Index(got, "109"); a < 0 || b < a {
		t.Errorf("the numbers of a child: %s", got)
	}
}

// Every state that a summary may name has a sentence in both whole languages.
func TestPrintSaysEveryState(t *testing.T) {
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, s := range protection.ReferralStates {
		keys = append(keys, "paper.got."+string(s))
	}
	for _, s := range []protection.ConsentState{protection.NotAskedYet, protection.Given, protection.Refused, protection.Withdrawn, protection.Expired, protection.Superseded, protection.Overridden} {
		keys = append(keys, "paper.answer."+string(s))
	}
	for _, code := range []string{"fr", "en"} {
		for _, key := range keys {
			if !slices.Contains(words.Keys(code), key) {
				t.Errorf("%s lacks %s", code, key)
			}
		}
	}
}

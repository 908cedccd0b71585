package protection_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/protection"
)

// walk answers every page of a signal, up to the last look.
func (h *house) walk(role access.Role) *httptest.ResponseRecorder {
	h.t.Helper()
	p := h.get("/signal", role)
	want(h.t, p, 200, "109", "Ne prenez pas de photo.")
	p = h.fill(p, "/signal", role, "now", "yes")
	want(h.t, p, 200, "Quand l’avez-vous vu", "109")
	p = h.fill(p, "/signal", role, "ago", "today")
	want(h.t, p, 200, "Où est-ce ?", "Buhumuza")
	p = h.fill(p, "/signal", role, "where-find", "bisinde", "where-go", "find")
	want(h.t, p, 200, "Lieux trouvés", "Bisinde")
	p = h.fill(p, "/signal", role, "where", string(h.hill), "where-find", "bisinde", "spot", "maison au toit bleu")
	want(h.t, p, 200, "Combien de personnes")
	p = h.fill(p, "/signal", role, "people", "24", "children", "unknown", "seen", "Deux bus.\nElles ne parlent pas.")
	if role != "" {
		want(h.t, p, 200, "mêlé à cela")
		p = h.fill(p, "/signal", role, "involved", "yes", "against", h.shelter.String())
	}
	want(h.t, p, 200, "Pouvons-nous vous rappeler")
	p = h.fill(p, "/signal", role, "may", "yes", "phone", "79 111 222", "phrase", "C’est l’école")
	want(h.t, p, 200, "Relire et envoyer", "maison au toit bleu", "24", "79 111 222", "Bisinde")
	return p
}

func TestRaiseAsVisitor(t *testing.T) {
	h := newHouse(t)
	last := h.walk("")
	sent := h.fill(last, "/signal", "")
	if sent.Code != 303 || !strings.HasPrefix(sent.Header().Get("Location"), "/signal/sent?receipt=") {
		t.Fatalf("answered %d %q\n%s", sent.Code, sent.Header().Get("Location"), text(sent))
	}
	again := h.fill(last, "/signal", "")
	if again.Header().Get("Location") != sent.Header().Get("Location") {
		t.Errorf("sent twice: %q then %q", sent.Header().Get("Location"), again.Header().Get("Location"))
	}
	for _, cookie := range append(sent.Result().Cookies(), last.Result().Cookies()...) {
		t.Errorf("a cookie was set: %s", cookie.Name)
	}
	page := h.get(sent.Header().Get("Location"), "")
	want(t, page, 200, "Signalement envoyé", "Vous pouvez fermer cette page", "109")

	cut, err := h.desk.Signals(h.ctx, h.who(access.DutyOfficer), protection.SignalFilter{Open: true}, protection.Page{})
	if err != nil || len(cut.Lines) != 1 {
		t.Fatalf("the queue: %+v, %v", cut.Lines, err)
	}
	s, g, err := h.desk.Signal(h.ctx, h.who(access.DutyOfficer), cut.Lines[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	seen, _ := s.Seen.Open(g)
	if s.People != 24 || s.Now != protection.Yes || s.Where.Code != h.hill || s.Channel != "OTHER" || seen != "Deux bus.\nElles ne parlent pas." || s.Reporter.IsZero() {
		t.Errorf("kept %+v, %q", s, seen)
	}
}

func TestRaiseAsPolice(t *testing.T) {
	h := newHouse(t)
	sent := h.fill(h.walk(access.Police), "/signal", access.Police)
	if sent.Code != 303 {
		t.Fatal(text(sent))
	}
	page := h.get("/receipts", access.Police)
	code := strings.TrimPrefix(sent.Header().Get("Location"), "/signal/sent?receipt=")
	want(t, page, 200, code, "seule la réception est indiquée")
	lacks(t, page, "toit bleu", "Bisinde", "79 111 222")
	cut, _ := h.desk.Signals(h.ctx, h.who(access.DutyOfficer), protection.SignalFilter{}, protection.Page{})
	s, _, err := h.desk.Signal(h.ctx, h.who(access.DutyOfficer), cut.Lines[0].ID)
	if err != nil || s.Channel != "POLICE" || len(s.Conflicts) != 1 || s.Conflicts[0].Org != h.shelter {
		t.Errorf("kept %+v, %v", s, err)
	}
}

// TestRaiseShortest sends the three answers that are needed and no other.
func TestRaiseShortest(t *testing.T) {
	h := newHouse(t)
	p := h.fill(h.get("/signal", ""), "/signal", "", "now", "unknown")
	p = h.fill(p, "/signal", "")
	p = h.fill(p, "/signal", "", "where", string(h.country.Places.Home()))
	want(t, p, 200, "Combien de personnes")
	p = h.fill(p, "/signal", "", "go", "check")
	want(t, p, 200, "Relire et envoyer")
	if sent := h.fill(p, "/signal", ""); sent.Code != 303 {
		t.Error(text(sent))
	}
}

// TestAnotherLanguageKeepsWhatIsTyped changes the language on each page of a
// signal: nothing is sent, nothing is lost, and nobody is told what is missing.
func TestAnotherLanguageKeepsWhatIsTyped(t *testing.T) {
	h := newHouse(t)
	holds := func(w *httptest.ResponseRecorder, marks ...string) {
		t.Helper()
		for _, m := range marks {
			if !strings.Contains(w.Body.String(), m) {
				t.Errorf("no %s", m)
			}
		}
	}
	holds(h.get("/signal", ""), `href="#_lang-en"`, `id="_lang-en" form="answers" name="_lang" value="en"`)
	p := h.fill(h.get("/signal", ""), "/signal", "", "_lang", "en")
	want(t, p, 200, "Report a person in danger")
	lacks(t, p, "There is a problem")
	p = h.fill(p, "/signal", "", "now", "unknown")
	p = h.fill(p, "/signal", "")
	p = h.fill(p, "/signal", "", "where", string(h.country.Places.Home()))
	p = h.fill(p, "/signal", "", "seen", "Un bus, le soir.", "people", "beaucoup", "_lang", "en")
	want(t, p, 200, "What did you see")
	holds(p, `<html lang="en"`, "Un bus, le soir.", `value="beaucoup"`)
	lacks(t, p, "There is a problem")
	p = h.fill(p, "/signal", "", "people", "2", "go", "check")
	p = h.fill(p, "/signal", "", "_lang", "en")
	want(t, p, 200, "Read again and send", "Un bus, le soir.")
	if cut, _ := h.desk.Signals(h.ctx, h.who(access.DutyOfficer), protection.SignalFilter{}, protection.Page{}); len(cut.Lines) != 0 {
		t.Fatal("a change of language sent the signal")
	}
	if sent := h.fill(p, "/signal", ""); sent.Code != 303 {
		t.Error(text(sent))
	}
	p = h.fill(h.get("/signal", ""), "/signal", "", "_lang", "tlh") // nobody speaks it: the page goes on
	want(t, p, 422, "Il y a un problème")
}

func TestRaiseBadInput(t *testing.T) {
	h := newHouse(t)
	long := strings.Repeat("é", 4001)
	for name, one := range map[string]struct {
		step  string
		form  url.Values
		field string
		keeps string
	}{
		"no danger said":           {"now", fields(), "now", ""},
		"unknown danger":           {"now", fields("now", "perhaps"), "now", ""},
		"impossible day":           {"when", fields("ago", "date", "when-day", "31", "when-month", "2", "when-year", "2026"), "when-day", `value="31"`},
		"a day to come":            {"when", fields("ago", "date", "when-year", "2031"), "when-day", `value="2031"`},
		"a date without digits":    {"when", fields("ago", "date", "when-year", "hier"), "when-day", ""},
		"no place":                 {"where", fields("spot", "près du lac"), "where", "près du lac"},
		"a place that is none":     {"where", fields("where", "BI-ZZ-99"), "where", ""},
		"a place that is a script": {"where", fields("where", "<script>"), "where", ""},
		"a place of before":        {"where", fields("where", "BI-BB"), "where", ""},
		"written too long":         {"where", fields("where", "BI", "where-written", strings.Repeat("x", 101)), "where-written", ""},
		"spot too long":            {"where", fields("where", "BI", "spot", strings.Repeat("x", 301)), "spot", ""},
		"people in words":          {"seen", fields("people", "vingt"), "people", `value="vingt"`},
		"too many people":          {"seen", fields("people", "501"), "people", `value="501"`},
		"fewer than none":          {"seen", fields("people", "-1"), "people", ""},
		"a story too long":         {"seen", fields("seen", long), "seen", long[:100]},
		"zero-width words":         {"seen", fields("seen", "un\u200bbus"), "seen", "unbus"},
		"call back without number": {"call", fields("may", "yes", "name", "Aline"), "phone", `value="Aline"`},
		"unknown hours":            {"call", fields("hours", "MIDNIGHT"), "hours", ""},
	} {
		t.Run(name, func(t *testing.T) {
			one.form.Set("step", one.step)
			one.form.Set("now", cmpOr(one.form.Get("now"), map[bool]string{true: "", false: "no"}[one.step == "now"]))
			w := h.ask("POST", "/signal", "", "fr", one.form)
			want(t, w, 422, "Il y a un problème")
			if !strings.Contains(w.Body.String(), `href="#`+one.field+`"`) || !strings.Contains(w.Body.String(), `id="`+one.field+`"`) {
				t.Errorf("no link to the field %s, or no such field:\n%s", one.field, w.Body)
			}
			if !strings.Contains(w.Body.String(), one.keeps) {
				t.Errorf("%q was lost", one.keeps)
			}
		})
	}
	if cut, _ := h.desk.Signals(h.ctx, h.who(access.DutyOfficer), protection.SignalFilter{}, protection.Page{}); len(cut.Lines) != 0 {
		t.Error("something was kept")
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// TestRaiseFaultStandsOnItsPage: what the last page finds wrong is shown where it was asked.
func TestRaiseFaultStandsOnItsPage(t *testing.T) {
	h := newHouse(t)
	last := h.walk("")
	w := h.fill(last, "/signal", "", "people", "9999")
	want(t, w, 422, "Combien de personnes", "de 0 à 500")
	w = h.fill(last, "/signal", "", "where", "BI-BB")
	want(t, w, 422, "Où est-ce ?")
	w = h.fill(w, "/signal", "", "where", string(h.hill))
	want(t, w, 200, "Combien de personnes")
}

// TestRaiseEscapes: HTML stays text on the last page.
func TestRaiseEscapes(t *testing.T) {
	h := newHouse(t)
	w := h.fill(h.walk(""), "/signal", "", "seen", "<script>alert(1)</script>", "go", "call")
	want(t, w, 200, "Pouvons-nous vous rappeler")
	lacks(t, w, "<script>alert")
}

func TestRaiseBackKeepsAnswers(t *testing.T) {
	h := newHouse(t)
	p := h.fill(h.walk(""), "/signal", "", "go", "where")
	want(t, p, 200, "Où est-ce ?")
	if form := typed(t, p); form.Get("spot") != "maison au toit bleu" || form.Get("where") != string(h.hill) || form.Get("people") != "24" {
		t.Errorf("lost something: %v", form)
	}
}

func TestSentNeedsAReceipt(t *testing.T) {
	h := newHouse(t)
	for _, path := range []string{"/signal/sent", "/signal/sent?receipt=xxxx", "/signal/sent?receipt=%3Cscript%3E"} {
		if w := h.get(path, ""); w.Code != 303 || w.Header().Get("Location") != "/signal" {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

package protection_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/attachment"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell/shelltest"
	"inkingi/protection"
)

// speaks checks a page in every language, and its weight.
func (m *met) speaks(path string, role access.Role) {
	m.t.Helper()
	for _, language := range []string{"fr", "en", "rn", "sw"} {
		w := m.ask("GET", path, role, language, nil)
		want(m.t, w, http.StatusOK)
		for _, wrong := range shelltest.Wrong(language, w.Body.String()) {
			m.t.Errorf("%s %s: %s", language, path, wrong)
		}
		if size := packed(w); size > 10<<10 {
			m.t.Errorf("%s %s: %d bytes travel", language, path, size)
		}
	}
}

// hidden checks that these roles are refused a page.
func (m *met) hidden(path string, roles ...access.Role) {
	m.t.Helper()
	for _, role := range roles {
		if w := m.get(path, role); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
			m.t.Errorf("%s is answered %d at %s", role, w.Code, path)
		}
	}
}

const jotted = "Ameze neza, yasinziriye.\nHakuna simu. Le patron l’attendait."

// A note is written in seconds, put in order later, and never typed again.
func TestAQuickNote(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.speaks(m.at("/note"), role)
	m.refuses(m.at("/note"), role, []string{"words", jotted, "safe", "yes", "next", "CALL", "consent", "yes"},
		bad{"nobody asked whether she is safe", "safe", "", ""}, bad{"no next step", "next", "", ""}, bad{"a step of no list", "next", "x", ""},
		bad{"nobody asked her", "consent", "", ""}, bad{"she said no", "consent", "no", "no"})
	m.step(m.at("/note"), role, m.at("#notes"), "words", jotted, "safe", "no", "next", "SHELTER", "consent", "yes")
	page := m.get(m.at(""), role)
	want(t, page, http.StatusOK, "Pas en sécurité", "Chercher un lieu sûr", "À classer", "Note rapide : Chercher un lieu sûr")
	lacks(t, page, "yasinziriye", "patron")
	v, err := m.desk.Case(m.ctx, m.who(role), m.Case, protection.Page{})
	m.must(err)
	note := "/notes/" + v.Jottings[0].ID.String()
	want(t, m.get(note, role), http.StatusOK, "Ameze neza, yasinziriye.", "Hakuna simu.", "Classer la note")
	m.hidden(note, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police)
	want(t, m.get(note, access.Supervisor), http.StatusOK, "yasinziriye")
	lacks(t, m.get(note, access.Supervisor), "Classer la note")
	m.refuses(note+"/sort", role, []string{"topics", "WORK"}, bad{"about nothing", "topics", "", ""}, bad{"told to nobody of the list", "to", "x", ""}, bad{"a day of another world", "on-day", "99", "99"})
	m.step(note+"/sort", role, note, "topics", "WORK", "to", "POLICE")
	m.speaks(note, role)
	m.speaks(note+"/sort", role)
	want(t, m.get(m.at(""), role), http.StatusOK, "Le travail et la dette", "À la police · Le travail et la dette", "Jour inconnu")
}

// What she told is read before she is asked, and a third time needs a reason.
func TestToldOnce(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.Screener
	first := m.get(m.at("/screen"), role)
	want(t, first, http.StatusOK, "Ce qu’elle a déjà raconté")
	lacks(t, first, "Pourquoi l’entendre encore une fois")
	j := ids.New[ids.Jotting]()
	m.must(m.desk.Jot(m.ctx, m.who(access.CaseManager), protection.Jot{ID: j, Case: m.Case, Words: jotted, Safe: protection.Yes, Next: "CALL", Consent: protection.Yes}))
	m.must(m.desk.Sort(m.ctx, m.who(access.CaseManager), protection.Sort{Jotting: j, Version: 1, Topics: []string{"WORK"}, To: "POLICE"}))
	m.speaks(m.at("/screen"), role)
	want(t, m.get(m.at("/screen"), role), http.StatusOK, "À la police · Le travail et la dette", "Hakuna simu.", "Elle a déjà raconté 2 fois", "Pourquoi l’entendre encore une fois")
	fill := []string{"private", "yes", "apart", "yes", "interpreter", "NOT_NEEDED", "language", "rn"}
	m.refuses(m.at("/screen"), role, append(fill, "again", "SAFETY"), bad{"no reason", "again", "", ""}, bad{"a reason of no list", "again", "x", ""})
	m.step(m.at("/screen"), role, "/screenings/", append(fill, "again", "HER_WISH")...)
	want(t, m.get(m.at(""), role), http.StatusOK, "Entendue encore une fois : Elle le demande", "Elle a déjà raconté 3 fois")
}

// A confidential note is there for its author and those it names, and for nobody else.
func TestAConfidentialNote(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.speaks(m.at("/sealed"), role)
	m.refuses(m.at("/sealed"), role, []string{"kind", "HEALTH", "words", "Elle ne dort pas."}, bad{"no kind", "kind", "", ""}, bad{"no word", "words", "", ""}, bad{"somebody from elsewhere", "readers", ids.New[ids.Account]().String(), ""})
	m.step(m.at("/sealed"), role, "/sealed/", "kind", "HEALTH", "words", "Elle ne dort pas.", "readers", m.who(access.Screener).Account.String())
	v, err := m.desk.Case(m.ctx, m.who(role), m.Case, protection.Page{})
	m.must(err)
	note := "/sealed/" + v.SealedNotes[0].ID.String()
	m.speaks(note, role)
	m.speaks("/sealed", role)
	want(t, m.get(note, access.Screener), http.StatusOK, "Elle ne dort pas.", "Note confidentielle : santé")
	lacks(t, m.get(note, access.Screener), "Changer qui la lit")
	m.hidden(note, access.Supervisor, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police)
	lacks(t, m.get(m.at(""), access.Supervisor), "Notes confidentielles</h2>", note)
	want(t, m.get("/sealed", access.Supervisor), http.StatusOK, "Aucune note confidentielle ne vous nomme")
	m.hidden(note+"/readers", access.Screener, access.Supervisor)
	m.speaks(note+"/readers", role)
	m.step(note+"/readers", role, note, "readers", "")
	m.hidden(note, access.Screener)
	want(t, m.get(note, role), http.StatusOK, "Elle ne dort pas.")
}

// upload sends a form with a file, as a browser does.
func (m *met) upload(path string, role access.Role, name string, content []byte, pairs ...string) *httptest.ResponseRecorder {
	m.t.Helper()
	page := m.get(path, role)
	want(m.t, page, http.StatusOK)
	form := typed(m.t, page)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	for field := range form {
		if field != "file" {
			m.must(parts.WriteField(field, form.Get(field)))
		}
	}
	part, err := parts.CreateFormFile("file", name)
	m.must(err)
	_, err = part.Write(content)
	m.must(err)
	m.must(parts.Close())
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: "inkingi", Value: string(role)})
	r.AddCookie(&http.Cookie{Name: "lang", Value: "fr"})
	w := httptest.NewRecorder()
	m.shell.ServeHTTP(w, r)
	return w
}

var toFile = regexp.MustCompile(`/attachments/[0-9a-f-]{36}`)

// A file is added by what it is, kept under its own name, and handed out behind a gate.
func TestAnAttachment(t *testing.T) {
	m := newHouse(t).meets().presumed().followed()
	const role = access.CaseManager
	m.speaks(m.at("/attach"), role)
	for _, one := range []struct {
		what, name string
		content    []byte
		says       string
	}{
		{"nothing", "", nil, "Choisissez un fichier"},
		{"a program called a picture", "photo.jpg", []byte("MZ\x90\x00"), "Ce type de fichier ne se garde pas ici"},
		{"a page of the web", "lettre.txt", []byte("<!doctype html><script>alert(1)</script>"), "Ce type de fichier ne se garde pas ici"},
		{"a PDF that runs", "a.pdf", []byte("%PDF-1.7 /OpenAction 1 0 R"), "Ce PDF contient un programme"},
		{"too much", "b.pdf", append([]byte("%PDF-1.7"), make([]byte, attachment.Most)...), "Le fichier est trop gros : 10 Mo"},
	} {
		w := m.upload(m.at("/attach"), role, one.name, one.content, "kind", "MEDICAL", "face", "no")
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(w), one.says) {
			t.Errorf("%s: %d\n%.600s", one.what, w.Code, text(w))
		}
		if got := typed(t, w); got.Get("kind") != "MEDICAL" || got.Get("face") != "no" {
			t.Errorf("%s: what was chosen is lost: %v", one.what, got)
		}
		for _, wrong := range shelltest.Wrong("fr", w.Body.String()) {
			t.Errorf("%s: %s", one.what, wrong)
		}
	}
	if w := m.upload(m.at("/attach"), role, "a.txt", []byte("x"), "kind", "MEDICAL", "face", "yes"); !strings.Contains(text(w), "Pas de visage dans un dossier") {
		t.Errorf("a face: %d", w.Code)
	}
	w := m.upload(m.at("/attach"), role, "étoile ላ <b>.txt", []byte("Umva <script>"), "kind", "MEDICAL", "face", "no")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d\n%.900s", w.Code, text(w))
	}
	page := m.get(m.at(""), role)
	want(t, page, http.StatusOK, "Fichiers joints", "Papier médical", "1 ko")
	lacks(t, page, "étoile")
	file := toFile.FindString(page.Body.String())
	m.speaks(file, role)
	want(t, m.get(file, role), http.StatusOK, "étoile ላ <b>.txt", "Télécharger")
	got := m.get(file+"/file", role)
	h := got.Header()
	if got.Code != http.StatusOK || got.Body.String() != "Umva <script>" || h.Get("Content-Type") != "text/plain; charset=utf-8" ||
		h.Get("Content-Disposition") != `attachment; filename="papier.txt"` || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox; default-src 'none'") || h.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v %q", got.Code, h, got.Body.String())
	}
	for _, path := range []string{file, file + "/file"} {
		m.hidden(path, access.DutyOfficer, access.Coordinator, access.ServiceProvider, access.Police)
	}
	want(t, m.get(file, access.Supervisor), http.StatusOK)
	m.young()
	want(t, m.get(m.at("/attach"), role), http.StatusOK, "Pas de photo d’un enfant")
	if w := m.upload(m.at("/attach"), role, "a.txt", []byte("x"), "kind", "IDENTITY", "face", "unknown"); !strings.Contains(text(w), "Pas de visage d’enfant") {
		t.Errorf("a child: %d", w.Code)
	}
}

package shell

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/web/govuk"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// clerk stands for account.Desk.
type clerk struct {
	seats   map[account.Token]account.Seat
	rescued map[account.Token]bool // tokens whose session reached its end
	drafts  map[string]string
	down    error
}

func (k *clerk) Session(_ context.Context, t account.Token) (account.Seat, error) {
	if k.down != nil {
		return account.Seat{}, k.down
	}
	seat, ok := k.seats[t]
	if !ok {
		return account.Seat{}, fault.New(fault.Denied, "account.session.over")
	}
	return seat, nil
}

func (k *clerk) SaveDraft(_ context.Context, _ account.Seat, form, content string) error {
	k.drafts[form] = content
	return nil
}

func (k *clerk) Rescue(_ context.Context, t account.Token, form, content string) error {
	if !k.rescued[t] {
		return fault.New(fault.Denied, "account.session.over")
	}
	k.drafts[form] = content
	return nil
}

func (k *clerk) Draft(_ context.Context, _ account.Seat, form string) (string, error) {
	if content, ok := k.drafts[form]; ok {
		return content, nil
	}
	return "", fault.New(fault.NotFound, "fault.not-found")
}

func (k *clerk) DropDraft(_ context.Context, _ account.Seat, form string) error {
	delete(k.drafts, form)
	return nil
}

// house is a small program behind the door: a note with a text and a number.
type house struct {
	t      *testing.T
	shell  *Shell
	clerk  *clerk
	log    bytes.Buffer
	now    time.Time
	saved  []string
	answer error // of the desk
	seen   *Context
}

const noteID = "01932b7e-0000-7000-8000-000000000001"

func (h *house) routes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/{$}", Action: access.SystemPublic, About: Self, Public: true, Handle: func(c *Context) error {
			return c.Page(Page{Title: "Accueil", Body: title("Accueil")})
		}},
		{Method: "GET", Pattern: "/notes", Action: access.SignalList, About: Many, Nav: "common.signal", Handle: h.list},
		{Method: "GET", Pattern: "/notes/{signal}", Action: access.SignalRead, About: One("signal"), Exit: true, Handle: h.read},
		{Method: "POST", Pattern: "/notes/{signal}", Action: access.SignalCorrect, About: One("signal"), Handle: h.save},
		{Method: "POST", Pattern: "/notes/{signal}/take", Form: "/notes/{signal}", Action: access.SignalTake, About: One("signal"), Handle: h.save},
		{Method: "GET", Pattern: "/cases", Action: access.CaseList, About: Many, Nav: "common.case", Handle: h.list},
		{Method: "GET", Pattern: "/raise", Action: access.SignalRaise, About: Fresh, Public: true, Exit: true, Nav: "common.immediate-danger", Handle: h.read},
		{Method: "POST", Pattern: "/raise", Action: access.SignalRaise, About: Fresh, Public: true, Exit: true, Handle: h.save},
		{Method: "GET", Pattern: SignInPath, Action: access.SessionOpen, About: Self, Public: true, Handle: h.list},
		{Method: "POST", Pattern: SignInPath, Action: access.SessionOpen, About: Self, Public: true, Secret: true, Handle: h.save},
		{Method: "GET", Pattern: UnlockPath, Action: access.SessionUnlock, About: Self, Stages: []account.Stage{account.Locked}, Handle: h.list},
	}
}

func (h *house) list(c *Context) error {
	h.seen = c
	return c.Page(Page{Title: "Liste", Body: title("Liste")})
}

func (h *house) read(c *Context) error {
	h.seen = c
	if h.answer != nil {
		return h.answer
	}
	return c.Page(h.form(c))
}

// save is what every handler of a form does.
func (h *house) save(c *Context) error {
	h.seen = c
	f := c.Form()
	text := f.Prose("text", 20)
	f.Int("people", 0, 500)
	err := f.Err()
	if err == nil {
		err = h.answer
	}
	if err != nil {
		return c.Again(err, h.form(c))
	}
	h.saved = append(h.saved, text)
	c.Notice("common.success")
	return c.Redirect("/notes")
}

func (h *house) form(c *Context) Page {
	v := c.View()
	return Page{Title: "Note", Body: templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return templ.Join(title("Note"),
			govuk.Textarea{Name: "text", Label: govuk.Label{Text: "Texte"}, Value: v.Value("text", "ancien"),
				ErrorMessage: govuk.ErrorMessage{Text: v.Fault("text")}},
			govuk.Input{Name: "people", Label: govuk.Label{Text: "Personnes"}, Value: v.Value("people"),
				ErrorMessage: govuk.ErrorMessage{Text: v.Fault("people")}},
			Keep("version", v.Version(7))).Render(ctx, w)
	})}
}

func open(t *testing.T, change ...func(*Options)) *house {
	t.Helper()
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := access.NewPolicy(access.Demo())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, now: noon, clerk: &clerk{seats: map[account.Token]account.Seat{},
		rescued: map[account.Token]bool{}, drafts: map[string]string{}}}
	o := Options{
		Routes: h.routes(), Lang: words, Sessions: h.clerk, Policy: policy, Version: "1.2.3",
		Org:  func(context.Context, ids.Org) (string, error) { return "Maison Umuco", nil },
		Role: func(r access.Role, _ string) string { return "fonction " + string(r) },
		Log:  slog.New(slog.NewJSONHandler(&h.log, nil)), Now: func() time.Time { return h.now },
	}
	for _, one := range change {
		one(&o)
	}
	if h.shell, err = New(o); err != nil {
		t.Fatal(err)
	}
	return h
}

// sit makes a session in a stage, with a role.
func (h *house) sit(token string, role access.Role, stage account.Stage) {
	who := ids.At[ids.Account](noon, strings.NewReader(token+strings.Repeat("x", 20)))
	org := ids.At[ids.Org](noon, strings.NewReader(strings.Repeat("o", 20)))
	h.clerk.seats[account.Token(token)] = account.Seat{
		Session: account.Session{ID: ids.At[ids.Session](noon, strings.NewReader(token+strings.Repeat("s", 20))), Second: true},
		Account: account.Account{ID: who, Org: org, Name: "kezeriya", Shown: "Keza Nzeyimana"},
		Posts:   []access.Post{{ID: ids.At[ids.Post](noon, strings.NewReader(strings.Repeat("p", 20))), Role: role, Org: org, From: noon.Add(-time.Hour)}},
		Stage:   stage, At: noon,
	}
}

// ask sends a request, with the token as cookie when there is one.
func (h *house) ask(method, path, token string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	h.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: token})
	}
	for _, one := range change {
		one(r)
	}
	w := httptest.NewRecorder()
	h.shell.ServeHTTP(w, r)
	return w
}

func (h *house) get(path, token string) *httptest.ResponseRecorder {
	return h.ask("GET", path, token, nil)
}

func (h *house) post(path, token string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return h.ask("POST", path, token, form)
}

func want(t *testing.T, w *httptest.ResponseRecorder, status int, holds ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d, want %d\n%s", w.Code, status, w.Body)
	}
	for _, text := range holds {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the answer lacks %q:\n%s", text, w.Body)
		}
	}
}

func lacks(t *testing.T, w *httptest.ResponseRecorder, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(w.Body.String(), text) {
			t.Errorf("the answer holds %q:\n%s", text, w.Body)
		}
	}
}

func to(t *testing.T, w *httptest.ResponseRecorder, location string) {
	t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != location {
		t.Errorf("answered %d to %q, want 303 to %q", w.Code, w.Header().Get("Location"), location)
	}
}

var errBroken = errors.New("the pipe of Keza broke")

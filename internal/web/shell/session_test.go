package shell

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
)

func TestEveryStageHasItsPlace(t *testing.T) {
	h := open(t)
	stages := map[account.Stage]string{
		account.Locked: UnlockPath, account.AskSecond: SecondPath, account.AskEnrol: EnrolPath,
		account.AskPassword: PasswordPath, account.AskConduct: ConductPath, account.AskPost: PostPath,
	}
	for stage, path := range stages {
		h.sit("t", access.DutyOfficer, stage)
		to(t, h.get("/notes", "t"), path+"?next=%2Fnotes")
		want(t, h.get("/raise", "t"), 200)
		if h.seen.Who != access.Visitor() {
			t.Errorf("%s: a public page knows who comes", stage)
		}
		lacks(t, h.get("/raise", "t"), "Keza", "Maison Umuco", "/notes")
	}
	h.sit("t", access.DutyOfficer, account.Locked)
	want(t, h.get(UnlockPath, "t"), 200)
	h.sit("t", access.DutyOfficer, account.In)
	to(t, h.get(UnlockPath, "t"), "/")
	want(t, h.get("/notes", "t"), 200, "Keza Nzeyimana", "fonction duty_officer", "Maison Umuco", `href="/notes"`)
	if h.seen.Who.Post.Role != access.DutyOfficer {
		t.Error("who is not known")
	}
	to(t, h.get("/notes", ""), SignInPath+"?next=%2Fnotes")
	w := h.get("/notes", "gone")
	to(t, w, SignInPath+"?next=%2Fnotes")
	if !strings.Contains(w.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Error("the token of a session that is over stays")
	}
}

func TestTheNavigationShowsOnlyWhatTheReaderMay(t *testing.T) {
	h := open(t)
	h.sit("duty", access.DutyOfficer, account.In)
	h.sit("police", access.Police, account.In)
	want(t, h.get("/raise", "duty"), 200, `href="/notes"`, `href="/cases"`)
	lacks(t, h.get("/raise", "police"), `href="/notes"`, `href="/cases"`)
	lacks(t, h.get("/raise", ""), `href="/notes"`, `href="/cases"`)
}

func TestTypedWordsOutliveTheLock(t *testing.T) {
	h := open(t)
	h.sit("t", access.DutyOfficer, account.Locked)
	path := "/notes/" + noteID
	w := h.post(path, "t", "text", "deux <b>lignes</b>\nici", "people", "3", "password", "secret", "version", "4")
	kept := KeptPath + "?form=" + url.QueryEscape(path)
	to(t, w, Then(UnlockPath, kept))
	lacks(t, w, "lignes")
	if len(h.saved) != 0 || strings.Contains(h.clerk.drafts[path], "secret") || h.clerk.drafts[path] == "" {
		t.Fatalf("saved %v, kept %q", h.saved, h.clerk.drafts[path])
	}
	mark := cookie(t, w, keptCookie)

	h.sit("t", access.DutyOfficer, account.In)
	w = h.get(kept, "t")
	want(t, w, 200, "Vous êtes de retour", `action="`+path+`"`, "deux &lt;b&gt;lignes&lt;/b&gt;", `name="_review"`)

	w = h.post(path, "t", "text", "deux lignes", "people", "3", "version", "4", "_review", "yes")
	want(t, w, 200, "deux lignes", "Rien n’est encore enregistré", `name="version" value="7"`)
	lacks(t, w, "govuk-error-summary")
	if len(h.saved) != 0 {
		t.Fatal("looking at a draft again saved it")
	}
	w = h.ask("POST", path, "t", url.Values{"text": {"deux lignes"}}, func(r *http.Request) { r.AddCookie(mark) })
	to(t, w, "/notes")
	if len(h.saved) != 1 || h.clerk.drafts[path] != "" {
		t.Errorf("saved %v, draft %q", h.saved, h.clerk.drafts[path])
	}
}

func TestTypedWordsOutliveTheEndOfASession(t *testing.T) {
	h := open(t)
	path := "/notes/" + noteID
	h.clerk.rescued["old"] = true
	to(t, h.post(path, "old", "text", "gardé"), Then(SignInPath, KeptAt(path)))
	if !strings.Contains(h.clerk.drafts[path], "gard") {
		t.Error("not kept")
	}
	delete(h.clerk.drafts, path)
	to(t, h.post(path, "revoked", "text", "perdu"), SignInPath)
	to(t, h.post(path, "", "text", "perdu"), SignInPath)
	if len(h.clerk.drafts) != 0 {
		t.Error("kept for nobody")
	}
}

func TestTheDatabaseGoesAndComes(t *testing.T) {
	h := open(t)
	h.sit("t", access.DutyOfficer, account.In)
	away := fault.New(fault.Unavailable, "fault.unavailable")
	path := "/notes/" + noteID
	check := func(w interface{ Result() *http.Response }, body string) {
		t.Helper()
		for _, text := range []string{`action="` + path + `"`, `name="text" value="&lt;script&gt;un&#34; &amp; deux"`, `name="people" value="3"`, "Envoyer de nouveau"} {
			if !strings.Contains(body, text) {
				t.Errorf("not given back: %s\n%s", text, body)
			}
		}
	}
	h.clerk.down = away // before the session is known
	w := h.post(path, "t", "text", `<script>un" & deux`, "people", "3")
	want(t, w, 503)
	check(w, w.Body.String())
	if w.Header().Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	h.clerk.down, h.answer = nil, away // while saving
	w = h.post(path, "t", "text", `<script>un" & deux`, "people", "3")
	want(t, w, 503)
	check(w, w.Body.String())
	h.answer = nil
	to(t, h.post(path, "t", "text", "un", "people", "3"), "/notes")
	h.answer = away
	w = h.post("/raise", "", "text", "seen") // a visitor too
	want(t, w, 503, `name="text" value="seen"`)
	w = h.post(SignInPath, "", "text", "seen", "password", "hush") // but no secret
	want(t, w, 503)
	lacks(t, w, "hush", "seen")
}

func TestLocalAddressesOnly(t *testing.T) {
	for in, out := range map[string]string{
		"/notes": "/notes", "/": "/", "": "", "notes": "", "//evil.example": "", "https://evil.example/": "",
		"/\\evil.example": "", "/notes?q=a": "", "/notes#a": "", "/a\nb": "", "javascript:alert(1)": "",
		"/kept?form=%2Fnotes": "/kept?form=%2Fnotes", "/kept?form=https%3A%2F%2Fevil.example": "", "/kept?form=%2F%2Fevil": "",
		"/%2f%2fevil.example/": "",
	} {
		if got := local(in); got != out {
			t.Errorf("local(%q) = %q, want %q", in, got, out)
		}
	}
}

func TestTheCookieBelongsToThisHost(t *testing.T) {
	for _, secure := range []bool{true, false} {
		h := open(t, func(o *Options) {
			o.Secure = secure
			o.Routes = append(o.Routes, Route{Method: "POST", Pattern: "/enter", Action: access.SessionOpen, About: Self, Public: true, Secret: true,
				Handle: func(c *Context) error {
					return c.Onward(account.Step{Token: "fresh", Seat: account.Seat{Stage: account.In}})
				}})
		})
		w := h.post("/enter", "", "next", "/notes")
		to(t, w, "/notes")
		line := w.Header().Get("Set-Cookie")
		for _, part := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(line, part) {
				t.Errorf("cookie %q lacks %s", line, part)
			}
		}
		if strings.HasPrefix(line, "__Host-inkingi=fresh") != secure || strings.Contains(line, "Secure") != secure || strings.Contains(line, "Domain") {
			t.Errorf("secure %v: %q", secure, line)
		}
	}
}

func TestTheLanguageIsChosenOnEveryPage(t *testing.T) {
	h := open(t)
	want(t, h.get("/nowhere", ""), 404, `lang="fr"`, `href="?lang=en"`, `href="?lang=rn"`, `href="?lang=sw"`)
	w := h.get("/raise?lang=en&after=x", "")
	to(t, w, "/raise?after=x")
	english := cookie(t, w, langCookie)
	want(t, h.ask("GET", "/raise", "", nil, func(r *http.Request) { r.AddCookie(english) }), 200, `<html lang="en"`)
	want(t, h.ask("GET", "/raise", "", nil, func(r *http.Request) { r.Header.Set("Accept-Language", "sw,fr;q=0.5") }), 200, `<html lang="sw"`)
	w = h.get("/raise?lang=tlh", "")
	to(t, w, "/raise")
	if w.Header().Get("Set-Cookie") != "" {
		t.Error("an unknown language is kept")
	}
	to(t, h.get("/notes/"+noteID+"/take", ""), "/notes/"+noteID) // an act has no page: its form has
	to(t, h.get("//evil.example/?lang=en", ""), "/")
}

func TestANoticeIsSaidOnce(t *testing.T) {
	h := open(t)
	h.sit("t", access.DutyOfficer, account.In)
	said := cookie(t, h.post("/notes/"+noteID, "t", "text", "un"), noticeCookie)
	w := h.ask("GET", "/notes", "t", nil, func(r *http.Request) { r.AddCookie(said) })
	want(t, w, 200, "C’est fait", "govuk-notification-banner--success")
	if !strings.Contains(strings.Join(w.Header().Values("Set-Cookie"), "\n"), "notice=; Path=/; Max-Age=0") {
		t.Error("the notice stays")
	}
	w = h.ask("GET", "/notes", "t", nil, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: noticeCookie, Value: "no.such.key"}) })
	lacks(t, w, "no.such.key")
}

func TestLimitsHoldBackAndGiveBack(t *testing.T) {
	h := open(t, func(o *Options) {
		o.Limits = Limits{Account: Limit{Rate: 1, Burst: 3}, Visitor: Limit{Rate: 1, Burst: 2}}
	})
	h.sit("a", access.DutyOfficer, account.In)
	h.sit("b", access.DutyOfficer, account.In)
	for range 3 {
		want(t, h.get("/notes", "a"), 200)
	}
	want(t, h.get("/notes", "a"), 429)
	want(t, h.get("/notes", "b"), 200) // the same address, another account
	for range 2 {
		to(t, h.post("/raise", "", "text", "un"), "/notes")
	}
	want(t, h.post("/raise", "", "text", "trois"), 429, `value="trois"`)
	want(t, h.get("/raise", ""), 200) // reading is free
	h.now = h.now.Add(5e9)
	want(t, h.get("/notes", "a"), 200)
	to(t, h.post("/raise", "", "text", "un"), "/notes")
}

func cookie(t *testing.T, w interface{ Result() *http.Response }, name string) *http.Cookie {
	t.Helper()
	for _, one := range w.Result().Cookies() {
		if one.Name == name && one.Value != "" {
			return one
		}
	}
	t.Fatalf("no cookie %s", name)
	return nil
}

package browser_test

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"inkingi/internal/testkit/browser"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Close()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "left running:", err)
		code = 1
	}
	os.Exit(code)
}

const form = `<!doctype html><html lang="fr"><head><title>Question</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/style.css"></head><body><main><h1>Où êtes-vous ?</h1>
<p id="script">Sans script</p><noscript><p>Scripts interdits</p></noscript>
<form method="post" action="/sent">
<label for="name">Prénom d’usage</label><input id="name" name="name" value="ancien">
<fieldset><legend>Danger maintenant</legend>
<input type="radio" name="danger" value="yes" id="yes"><label for="yes">Oui</label>
<input type="radio" name="danger" value="no" id="no"><label for="no">Non</label></fieldset>
<fieldset><legend>Déjà entendu</legend>
<input type="radio" name="heard" value="yes" id="hyes"><label for="hyes">Oui</label>
<input type="radio" name="heard" value="no" id="hno"><label for="hno">Non</label></fieldset>
<input type="checkbox" name="child" id="child" value="1"><label for="child">Un enfant</label>
<label for="place">Lieu</label><select id="place" name="place"><option value="">Choisir</option><option value="n">Nord inventé</option></select>
<button>Envoyer&nbsp;maintenant</button></form>
<a href="/odd">Voir <span>la suite</span></a></main><script src="/page.js"></script></body></html>`

// site is a small site with the manners of ours: strict policy, gzip, redirects.
func site(t *testing.T) *httptest.Server {
	page := func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		z := gzip.NewWriter(w)
		fmt.Fprint(z, body)
		z.Close()
	}
	wrap := func(title, body string) string {
		return `<!doctype html><html lang="fr"><head><title>` + title + `</title></head><body><main><h1>` + title + `</h1>` + body + `</main></body></html>`
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { page(w, 200, form) })
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Header().Set("Cache-Control", "max-age=1000")
		fmt.Fprint(w, strings.Repeat("p { margin: 1em }\n", 100)+"a { display: inline-block; padding: 12px }")
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	})
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `document.getElementById("script").textContent = "Avec script"`)
	})
	mux.HandleFunc("POST /sent", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
		r.ParseForm()
		http.Redirect(w, r, "/done?"+r.PostForm.Encode(), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /done", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen")
		page(w, 200, wrap("Envoyé", fmt.Sprintf("<p>%s %s %s %s %s</p><p>connu : %v</p>", r.FormValue("name"), r.FormValue("danger"),
			r.FormValue("heard"), r.FormValue("child"), r.FormValue("place"), err == nil)))
	})
	mux.HandleFunc("GET /odd", func(w http.ResponseWriter, _ *http.Request) {
		page(w, 422, wrap("Erreur", `<input type="text"><p class="far" style="color: red">rouge</p>`+strings.Repeat("x", 900)))
	})
	mux.HandleFunc("GET /loud", func(w http.ResponseWriter, _ *http.Request) {
		page(w, 200, wrap("Bruit", `<script>alert(1)</script><script src="/nowhere.js"></script>`))
	})
	mux.HandleFunc("GET /language", func(w http.ResponseWriter, r *http.Request) {
		page(w, 200, wrap("Langue", r.Header.Get("Accept-Language")))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestPage(t *testing.T) {
	for name, o := range map[string]browser.Options{
		"phone": browser.Phone(), "desk": browser.Desk(),
		"phone without script": browser.Phone().WithoutScript(), "desk without script": browser.Desk().WithoutScript(),
	} {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t).Page(t, site(t).URL, o)
			p.Visit("/")
			if got := p.H1(); got != "Où êtes-vous ?" {
				t.Errorf("heading %q", got)
			}
			if o.NoScript {
				p.Sees("Sans script", "Scripts interdits")
				p.DoesNotSee("Avec script")
			} else {
				p.Sees("Avec script")
				p.DoesNotSee("Scripts interdits")
			}
			p.Fits()
			p.Fill("Prénom d'usage", "Éloïse")
			if got := p.Value("Prénom d’usage"); got != "Éloïse" {
				t.Errorf("the field holds %q", got)
			}
			p.Within("Danger maintenant").Choose("Oui")
			p.Within("Déjà entendu").Choose("Non")
			p.Tick("Un enfant")
			p.Select("Lieu", "Nord inventé")
			if !p.Within("Danger maintenant").Chosen("Oui") || p.Within("Danger maintenant").Chosen("Non") {
				t.Error("the wrong radio button is chosen")
			}
			p.Press("Envoyer maintenant")
			p.Sees("Éloïse yes no 1 n", "connu : true")
			if p.Status() != 200 || !strings.HasPrefix(p.URL(), "/done?") || p.Title() != "Envoyé" {
				t.Errorf("%d %s %s", p.Status(), p.URL(), p.Title())
			}
			p.Back()
			p.Follow("Voir la suite")
			if p.Status() != 422 {
				t.Errorf("status %d", p.Status())
			}
			if got := p.Troubles(); len(got) != 1 || !strings.Contains(got[0], "Content Security Policy") {
				t.Errorf("the inline style was not told: %q", got)
			}
		})
	}
}

func TestVisitorsDoNotShareCookies(t *testing.T) {
	b, s := browser.Start(t), site(t)
	first, second := b.Page(t, s.URL, browser.Desk()), b.Page(t, s.URL, browser.Desk())
	first.Visit("/")
	first.Press("Envoyer maintenant")
	first.Sees("connu : true")
	second.Visit("/done")
	second.Sees("connu : false")
}

func TestTransferred(t *testing.T) {
	p := browser.Start(t).Page(t, site(t).URL, browser.Phone())
	p.Visit("/")
	cold := p.Transferred()
	kinds := map[string]int{}
	for _, r := range cold.Requests {
		kinds[r.Kind]++
	}
	if kinds["Document"] != 1 || kinds["Stylesheet"] != 1 || kinds["Script"] != 1 || cold.Bytes < 2500 || cold.Bytes > 4500 {
		t.Errorf("cold: %s", cold)
	}
	p.Visit("/")
	if warm := p.Transferred(); warm.Bytes > cold.Bytes-1500 {
		t.Errorf("warm: %s\ncold: %s", warm, cold)
	}
	p.Visit("/odd")
	p.Troubles()
	if got := p.Transferred(); got.Bytes > 800 { // 900 letters, compressed
		t.Errorf("a compressed page counts as %s", got)
	}
	p.Weighs(800)
	p.Visit("/")
	p.Press("Envoyer maintenant")
	if got := p.Transferred(); len(got.Requests) != 2 || got.Requests[0].Status != 303 || got.Requests[0].Bytes == 0 {
		t.Errorf("a redirect counts as %s", got)
	}
}

func TestTroubles(t *testing.T) {
	p := browser.Start(t).Page(t, site(t).URL, browser.Desk())
	p.Visit("/loud")
	all := strings.Join(p.Troubles(), "\n")
	for _, want := range []string{"Content Security Policy", "nowhere.js"} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing is said of %s: %s", want, all)
		}
	}
}

func TestLanguage(t *testing.T) {
	p := browser.Start(t).Page(t, site(t).URL, browser.Desk())
	p.Visit("/language")
	p.Sees("fr")
	o := browser.Desk()
	o.Language = "sw"
	p = browser.Start(t).Page(t, site(t).URL, o)
	p.Visit("/language")
	p.Sees("sw")
}

func TestScreenshot(t *testing.T) {
	p := browser.Start(t).Page(t, site(t).URL, browser.Phone())
	p.Visit("/")
	name := filepath.Join(t.TempDir(), "new", "page.png")
	p.Screenshot(name)
	if b, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(b), "\x89PNG") {
		t.Errorf("no picture: %v", err)
	}
}

func TestAxe(t *testing.T) {
	for name, o := range map[string]browser.Options{"with script": browser.Phone(), "without": browser.Phone().WithoutScript()} {
		t.Run(name, func(t *testing.T) {
			p := browser.Start(t).Page(t, site(t).URL, o)
			p.Visit("/")
			p.Axe()
			p.Visit("/odd")
			p.Troubles()
			found := p.Violations()
			if !slices.ContainsFunc(found, func(v browser.Violation) bool { return v.ID == "label" && v.Impact == "critical" }) {
				t.Errorf("the field without a label was not found: %v", found)
			}
			p.Visit("/")
			if o.NoScript {
				p.Sees("Sans script")
			}
		})
	}
}

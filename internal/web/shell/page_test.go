package shell

import (
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/web/govuk"
	"inkingi/internal/web/shell/shelltest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// asked gives a page in a language, in a coding.
type asked func(lang, coding string) *httptest.ResponseRecorder

// pages are all the pages the shell draws itself, and a form in every state.
func (h *house) pages() map[string]asked {
	path := "/notes/" + noteID
	ask := func(method, path, token string, form url.Values, answer error) asked {
		return func(lang, coding string) *httptest.ResponseRecorder {
			h.answer = answer
			defer func() { h.answer = nil }()
			return h.ask(method, path, token, form, func(r *http.Request) {
				r.AddCookie(&http.Cookie{Name: langCookie, Value: lang})
				r.Header.Set("Accept-Encoding", coding)
			})
		}
	}
	typed := url.Values{"text": {"un mot"}, "people": {"3"}, "version": {"4"}}
	review := url.Values{"text": {"un mot"}, fieldReview: {"yes"}}
	h.clerk.drafts[path] = typed.Encode()
	return map[string]asked{
		"home":        ask("GET", "/", "", nil, nil),
		"list":        ask("GET", "/notes", "in", nil, nil),
		"form":        ask("GET", path, "in", nil, nil),
		"visitor":     ask("GET", "/raise", "", nil, nil),
		"invalid":     ask("POST", path, "in", url.Values{"text": {strings.Repeat("x", 30)}, "people": {"x"}}, nil),
		"review":      ask("POST", path, "in", review, nil),
		"stale-form":  ask("POST", path, "in", typed, fault.New(fault.Stale, "fault.stale")),
		"kept":        ask("GET", KeptAt(path), "in", nil, nil),
		"not-found":   ask("GET", "/nowhere", "in", nil, nil),
		"denied":      ask("GET", path, "in", nil, fault.New(fault.Denied, "access.refused.wall")),
		"stale":       ask("GET", path, "in", nil, fault.New(fault.Stale, "fault.stale")),
		"unavailable": ask("POST", path, "in", typed, fault.New(fault.Unavailable, "fault.unavailable")),
		"away":        ask("GET", path, "in", nil, fault.New(fault.Unavailable, "fault.unavailable")),
		"slow":        ask("POST", path, "in", typed, fault.New(fault.Unavailable, keySlow)),
		"internal":    ask("POST", path, "in", typed, errBroken),
		"wrong":       ask("GET", path, "in", nil, fault.New(fault.Invalid, "fault.choice")),
	}
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	h := open(t, func(o *Options) { o.Demo = true })
	h.sit("in", access.DutyOfficer, account.In)
	for name, page := range h.pages() {
		for _, lang := range []string{"fr", "en", "rn", "sw"} {
			t.Run(name+"/"+lang, func(t *testing.T) {
				w := page(lang, "")
				shelltest.Check(t, lang, w.Body.String())
				want(t, w, w.Code, `lang="`+lang+`"`, `class="ink-demo"`, "govuk-skip-link", `href="?lang=`, "1.2.3")
			})
		}
	}
}

// TestGoldenPages holds a few pages to what was read in review. Names of built
// files change with them and are cut out.
func TestGoldenPages(t *testing.T) {
	h := open(t, func(o *Options) { o.Demo = true })
	h.sit("in", access.DutyOfficer, account.In)
	pages := h.pages()
	for _, name := range []string{"form", "invalid", "not-found", "unavailable", "kept"} {
		got := pages[name]("fr", "").Body.String()
		for _, asset := range []string{govuk.CSS, govuk.JS, govuk.Icon} {
			got = strings.ReplaceAll(got, govuk.Asset(asset), "/assets/"+asset)
		}
		got = strings.ReplaceAll(got, "><", ">\n<") + "\n"
		file := filepath.Join("testdata", name+".golden.html")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		golden, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(golden) != got {
			t.Errorf("%s is not as reviewed; read the difference, then: go test ./internal/web/shell -run Golden -update\n%s", file, got)
		}
	}
}

func TestTheQuickExitStandsWhereTheRouteSaysSo(t *testing.T) {
	h := open(t, func(o *Options) { o.Away = "https://www.example.org/weather" })
	h.sit("in", access.DutyOfficer, account.In)
	want(t, h.get("/raise", ""), 200, "govuk-exit-this-page", `href="https://www.example.org/weather"`)
	want(t, h.post("/raise", "", "people", "x"), 422, "govuk-exit-this-page")
	lacks(t, h.get("/notes", "in"), "govuk-exit-this-page")
}

func TestPagesAreSmall(t *testing.T) {
	h := open(t)
	h.sit("in", access.DutyOfficer, account.In)
	assets := 0
	for _, f := range govuk.Files() {
		w := h.ask("GET", f.Path, "", nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip, deflate, br") })
		assets += w.Body.Len()
	}
	for name, page := range h.pages() {
		w := page("fr", "gzip, br")
		if w.Header().Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", name)
		}
		next, first := w.Body.Len(), w.Body.Len()+assets
		if next > 10<<10 || first > 45<<10 {
			t.Errorf("%s: %d bytes, %d on a cold cache", name, next, first)
		}
		t.Logf("%-12s %5d bytes, %6d on a cold cache", name, next, first)
	}
}

func TestACompressedPageIsThePage(t *testing.T) {
	h := open(t)
	w := h.ask("GET", "/raise", "", nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") })
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if z.Comment == "" {
		t.Error("nothing hides the length of the page")
	}
	body, err := io.ReadAll(z)
	if err != nil || string(body) != h.get("/raise", "").Body.String() {
		t.Errorf("%v: the page differs", err)
	}
	if w.Header().Get("Content-Length") != "" && w.Header().Get("Content-Length") == fmt.Sprint(len(body)) {
		t.Error("the length is that of the page before compression")
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	h := open(t)
	for _, f := range govuk.Files() {
		for accept, coding := range map[string]string{"br, gzip": "br", "gzip;q=1.0, br;q=0": "gzip", "": "", "identity": "", "br;q=0.1": "br"} {
			w := h.ask("GET", f.Path, "", nil, func(r *http.Request) { r.Header.Set("Accept-Encoding", accept) })
			if w.Code != 200 || w.Header().Get("Content-Encoding") != coding {
				t.Errorf("%s to %q: %d %q", f.Name, accept, w.Code, w.Header().Get("Content-Encoding"))
			}
			if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") != f.ContentType || w.Header().Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s: %v", f.Name, w.Header())
			}
		}
	}
	w := h.get("/assets/inkingi.000000.css", "")
	want(t, w, 404, "Page introuvable")
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("a file that is not there is kept")
	}
}

func TestAddressesBehindAProxy(t *testing.T) {
	h := open(t, func(o *Options) { o.Proxies = prefixes(t, "10.0.0.0/8", "::1/128") })
	cases := []struct{ remote, forwarded, want string }{
		{"198.51.100.7:99", "", "198.51.100.7"},
		{"198.51.100.7:99", "203.0.113.9", "198.51.100.7"}, // not our proxy: not believed
		{"10.0.0.1:99", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:99", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"},
		{"10.0.0.1:99", "nonsense", "10.0.0.1"},
		{"10.0.0.1:99", "", "10.0.0.1"},
		{"[::1]:99", "2001:db8::1", "2001:db8::1"},
	}
	for _, one := range cases {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = one.remote
		if one.forwarded != "" {
			r.Header.Set("X-Forwarded-For", one.forwarded)
		}
		if got := h.shell.address(r); got != one.want {
			t.Errorf("%+v: %s", one, got)
		}
	}
}

func TestDevices(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Linux; Android 8.1.0; itel A33) AppleWebKit/537.36 Chrome/70.0 Mobile Safari/537.36": "Chrome, Android",
		"Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0":                             "Firefox, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 15_0) AppleWebKit/605.1.15 Version/15.0 Safari/604.1":          "Safari, iPhone",
		"Opera/9.80 (J2ME/MIDP; Opera Mini/9.80) Presto/2.12":                                              "Opera Mini",
		"curl/8.0": "", "": "",
	} {
		if got := device(agent); got != want {
			t.Errorf("%s: %q", agent, got)
		}
	}
}

func TestAServerStopsWhenItsWorkIsDone(t *testing.T) {
	started, finish := make(chan bool), make(chan bool)
	h := open(t, func(o *Options) {
		o.Routes = append(o.Routes, Route{Method: "GET", Pattern: "/long", Action: access.SystemPublic, About: Self, Public: true,
			Handle: func(c *Context) error {
				close(started)
				<-finish
				return c.Blob("text/plain", []byte("done"))
			}})
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, Server(h.shell), l, "", "", 5*time.Second) }()
	answer := make(chan string, 1)
	go func() {
		r, err := http.Get("http://" + l.Addr().String() + "/long")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		answer <- string(body)
	}()
	<-started
	stop()
	close(finish)
	if got := <-answer; got != "done" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestASlowAnswerEnds(t *testing.T) {
	h := open(t, func(o *Options) {
		o.Timeout = 20 * time.Millisecond
		o.Routes = append(o.Routes, Route{Method: "GET", Pattern: "/stuck", Action: access.SystemPublic, About: Self, Public: true,
			Handle: func(c *Context) error {
				<-c.Done()
				return c.Err()
			}})
	})
	want(t, h.get("/stuck", ""), 503, "momentanément indisponible")
}

package shell

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
)

func TestARouteThatDoesNotSayWhatItNeedsIsNotBuilt(t *testing.T) {
	good := Route{Method: "GET", Pattern: "/x/{signal}", Action: access.SignalRead, About: One("signal"), Handle: func(*Context) error { return nil }}
	cases := map[string]func(*Route){
		"no action":                       func(r *Route) { r.Action = "" },
		"an unknown action":               func(r *Route) { r.Action = "signal.burn" },
		"another kind":                    func(r *Route) { r.Kind = access.CaseKind },
		"no method":                       func(r *Route) { r.Method = "" },
		"a method that is not ours":       func(r *Route) { r.Method = "PUT" },
		"no handler":                      func(r *Route) { r.Handle = nil },
		"nothing it is about":             func(r *Route) { r.About = "" },
		"a wildcard that is not there":    func(r *Route) { r.About = One("case") },
		"a list by an action without one": func(r *Route) { r.About, r.Pattern = Many, "/x" },
		"somebody's record as one's own":  func(r *Route) { r.About, r.Pattern = Self, "/x" },
		"a wildcard nobody explains":      func(r *Route) { r.Pattern += "/{more}" },
		"public, with a closed action":    func(r *Route) { r.Public = true },
		"bare, with a record":             func(r *Route) { r.Bare, r.Public = true, true },
		"a pattern without slash":         func(r *Route) { r.Pattern = "x/{signal}" },
	}
	if err := good.check(); err != nil {
		t.Fatalf("the good route: %v", err)
	}
	for name, spoil := range cases {
		r := good
		spoil(&r)
		if r.check() == nil {
			t.Errorf("%s: built", name)
		}
	}
	if err := (Route{}).check(); err == nil {
		t.Error("the zero route is built")
	}
	h := open(t)
	o := h.shell.o
	o.Routes = append(h.routes(), good, good)
	if _, err := New(o); err == nil {
		t.Error("two routes at one address are built")
	}
	o.Routes = append(h.routes(), Route{Method: "GET", Pattern: "/y"})
	if _, err := New(o); err == nil {
		t.Error("a shell with a bad route is built")
	}
	if _, err := New(Options{}); err == nil {
		t.Error("the zero options are built")
	}
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	h := open(t, func(o *Options) { o.Secure = true })
	for _, path := range []string{"/", "/notes", "/nowhere", "/healthz", "/raise"} {
		w := h.get(path, "")
		for name, value := range map[string]string{
			"Cache-Control":              "no-store",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security":  "max-age=63072000",
		} {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		policy := w.Header().Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy lacks %s", path, part)
			}
		}
		if strings.Contains(policy, "unsafe") || w.Header().Get("ETag") != "" || w.Header().Get("Permissions-Policy") == "" {
			t.Errorf("%s: %v", path, w.Header())
		}
	}
}

func TestFaultsBecomePages(t *testing.T) {
	cases := []struct {
		err    error
		status int
		holds  string
	}{
		{fault.New(fault.Denied, "access.refused.wall"), 403, "Vous ne pouvez pas faire cela"},
		{fault.New(fault.Withheld, "access.refused.wall"), 404, "Page introuvable"},
		{fault.New(fault.NotFound, "fault.not-found"), 404, "Page introuvable"},
		{fault.New(fault.Stale, "fault.stale"), 409, "Quelqu’un a modifié"},
		{fault.New(fault.Unavailable, "fault.unavailable"), 503, "momentanément indisponible"},
		{fault.New(fault.Internal, "x"), 500, "Un problème est survenu"},
		{errBroken, 500, "Si vous appelez"},
		{fault.New(fault.Invalid, "fault.choice"), 422, "Choisissez une réponse"},
	}
	h := open(t)
	h.sit("in", access.DutyOfficer, account.In)
	for _, one := range cases {
		h.answer = one.err
		w := h.get("/notes/"+noteID, "in")
		want(t, w, one.status, one.holds, "<h1", "Retour à l’accueil")
		lacks(t, w, "pipe of Keza")
	}
}

func TestWithheldLooksLikeNotFoundByteForByte(t *testing.T) {
	h := open(t)
	h.sit("in", access.DutyOfficer, account.In)
	h.answer = fault.New(fault.Withheld, "access.refused.excluded")
	withheld := h.get("/notes/"+noteID, "in")
	h.answer = fault.New(fault.NotFound, "fault.not-found")
	absent := h.get("/notes/01932b7e-0000-7000-8000-0000000000ff", "in")
	if withheld.Body.String() != absent.Body.String() || withheld.Code != absent.Code {
		t.Errorf("withheld and not found differ:\n%s\n%s", withheld.Body, absent.Body)
	}
	for name := range withheld.Header() {
		if name != "X-Request-Id" && withheld.Header().Get(name) != absent.Header().Get(name) {
			t.Errorf("%s differs", name)
		}
	}
	h.answer = fault.New(fault.Withheld, "access.refused.excluded")
	posted := h.post("/notes/"+noteID, "in", "text", "a")
	h.answer = fault.New(fault.NotFound, "fault.not-found")
	if other := h.post("/notes/01932b7e-0000-7000-8000-0000000000ff", "in", "text", "a"); other.Body.String() != posted.Body.String() {
		t.Error("after a POST they differ")
	}
}

func TestAPanicIsOurFailureAndSaysNothing(t *testing.T) {
	h := open(t, func(o *Options) {
		o.Routes = append(o.Routes, Route{Method: "GET", Pattern: "/panic", Action: access.SystemPublic, About: Self, Public: true,
			Handle: func(*Context) error { panic("Keza lives at the mill") }},
			Route{Method: "GET", Pattern: "/silent", Action: access.SystemPublic, About: Self, Public: true,
				Handle: func(*Context) error { return nil }})
	})
	w := h.get("/panic", "")
	want(t, w, 500, w.Header().Get("X-Request-Id"))
	lacks(t, w, "Keza", "goroutine")
	if strings.Contains(h.log.String(), "Keza") || !strings.Contains(h.log.String(), `"panic"`) {
		t.Errorf("log: %s", h.log.String())
	}
	want(t, h.get("/silent", ""), 500)
	want(t, h.get("/", ""), 200)
}

func TestAnotherSiteSendsNothing(t *testing.T) {
	h := open(t)
	h.sit("in", access.DutyOfficer, account.In)
	w := h.ask("POST", "/notes/"+noteID, "in", url.Values{"text": {"forged"}}, func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	})
	want(t, w, 403, "autre site")
	lacks(t, w, "forged")
	if len(h.saved) != 0 {
		t.Error("saved")
	}
	w = h.ask("POST", "/notes/"+noteID, "in", url.Values{"text": {"ours"}}, func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	})
	to(t, w, "/notes")
}

func TestTheLogHoldsNoPathAndNoWord(t *testing.T) {
	h := open(t)
	h.sit("in", access.DutyOfficer, account.In)
	h.post("/notes/"+noteID+"?name=Keza", "in", "text", "Keza")
	h.get("/nowhere/Keza?q=Keza", "in")
	h.ask("KEZA", "/notes", "in", nil)
	h.answer = errBroken
	h.get("/notes/"+noteID, "in")
	log := strings.ReplaceAll(h.log.String(), "the pipe of Keza broke", "")
	for _, text := range []string{"Keza", "KEZA", noteID, "kezeriya", "name="} {
		if strings.Contains(log, text) {
			t.Errorf("the log holds %s:\n%s", text, log)
		}
	}
	for _, text := range []string{`"route":"/notes/{signal}"`, `"status":303`, `"account":"0`, `"session":"0`} {
		if !strings.Contains(log, text) {
			t.Errorf("the log lacks %s:\n%s", text, log)
		}
	}
}

func TestHealth(t *testing.T) {
	down := error(nil)
	h := open(t, func(o *Options) { o.Ready = func(context.Context) error { return down } })
	want(t, h.get("/healthz", ""), 200, "ok")
	want(t, h.get("/readyz", ""), 200, "ready")
	down = errBroken
	h.clerk.down = errBroken
	want(t, h.get("/healthz", "in"), 200, "ok")
	want(t, h.get("/readyz", ""), 503)
	down = nil
	want(t, h.get("/readyz", ""), 200)
}

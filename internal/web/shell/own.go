package shell

import (
	"net/http"
	"strings"

	"inkingi/internal/access"
	"inkingi/internal/fault"
	"inkingi/internal/web/govuk"
)

// own are the shell's own routes.
func (s *Shell) own() []Route {
	return []Route{
		{Method: http.MethodGet, Pattern: "/healthz", Action: access.SystemHealth, About: Self, Public: true, Bare: true, Handle: s.health},
		{Method: http.MethodGet, Pattern: "/readyz", Action: access.SystemHealth, About: Self, Public: true, Bare: true, Handle: s.ready},
		{Method: http.MethodGet, Pattern: KeptPath, Action: access.SessionDraft, About: Self, Handle: s.kept},
		{Method: http.MethodPost, Pattern: KeptPath, Action: access.SessionDraft, About: Self, Secret: true, Handle: s.dropKept},
	}
}

func (s *Shell) health(c *Context) error { return c.Blob("text/plain; charset=utf-8", []byte("ok\n")) }

// ready says whether the program can do its work: the store answers.
func (s *Shell) ready(c *Context) error {
	if err := s.o.Ready(c); err != nil {
		if fault.Is(err, fault.Internal) {
			return fault.Wrap(fault.Unavailable, "fault.unavailable", err)
		}
		return err
	}
	return c.Blob("text/plain; charset=utf-8", []byte("ready\n"))
}

// foreign answers what another site sent in the reader's name.
func (s *Shell) foreign() Route {
	return Route{Pattern: "/", Public: true, Bare: true, Secret: true, Handle: func(*Context) error {
		return fault.New(fault.Denied, "shell.foreign")
	}}
}

// asset answers with a built file, as small as the browser takes it. Its name
// changes with its content, so it may be kept for ever.
func (s *Shell) asset(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, govuk.AssetPrefix) || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	for _, f := range govuk.Files() {
		if f.Path != r.URL.Path {
			continue
		}
		h := w.Header()
		h.Set("Content-Type", f.ContentType)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := f.Body
		switch coding := chosen(r.Header.Get("Accept-Encoding")); coding {
		case "br":
			h.Set("Content-Encoding", coding)
			body = f.Brotli
		case "gzip":
			h.Set("Content-Encoding", coding)
			body = f.Gzip
		}
		if n, ok := r.Context().Value(noteKey{}).(*note); ok {
			n.route = govuk.AssetPrefix
		}
		if r.Method == http.MethodGet {
			_, _ = w.Write(body)
		}
		return true
	}
	return false
}

// chosen is the smallest coding a browser accepts: br, gzip or none. A coding
// with q=0 is refused.
func chosen(accept string) string {
	took := map[string]bool{}
	for _, part := range strings.Split(accept, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		weight = strings.ReplaceAll(weight, " ", "")
		refused := strings.HasPrefix(weight, "q=0") && strings.Trim(weight[3:], ".0") == ""
		took[strings.ToLower(strings.TrimSpace(name))] = !refused
	}
	for _, coding := range []string{"br", "gzip"} {
		if took[coding] {
			return coding
		}
	}
	return ""
}

// device is a short name of a browser. A long list would be more exact and no
// more useful: people know their own telephone.
func device(agent string) string {
	pick := func(pairs ...string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	browser := pick("Opera Mini", "Opera Mini", "OPR/", "Opera", "UCBrowser", "UC Browser", "SamsungBrowser", "Samsung Internet",
		"Edg", "Edge", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari")
	system := pick("Android", "Android", "KAIOS", "KaiOS", "iPhone", "iPhone", "iPad", "iPad",
		"Windows", "Windows", "Mac OS", "Mac", "CrOS", "ChromeOS", "Linux", "Linux")
	switch {
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + ", " + system
}

package account

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	"inkingi/internal/web/shell"
	"inkingi/internal/web/shell/shelltest"
)

// porch is the pages behind the door, on a real store.
type porch struct {
	*testing.T
	desk    *account.Desk
	options shell.Options
	url     string
	mu      sync.Mutex
	at      time.Time
	org     ids.Org
}

func (p *porch) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *porch) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
}

const edition = "2026-11"

// newPorch opens the program's own pages, and one page to work on: a note.
func newPorch(t *testing.T) *porch {
	t.Helper()
	p := &porch{T: t, at: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}
	v, err := vault.New(vault.NewMaster(p.now()), p.now)
	p.must(err)
	s, err := store.Open(t.Context(), engine.SQLite(t), store.Options{Clock: p.now, Vault: v})
	p.must(err)
	t.Cleanup(func() { _ = s.Close() })
	_, _, err = s.Migrate(t.Context())
	p.must(err)
	policy, err := access.NewPolicy()
	p.must(err)
	hasher, err := account.NewHasher(2, rand.Reader, account.ForTests())
	p.must(err)
	p.desk, err = account.Open(account.Desk{Store: s, Policy: policy, Hasher: hasher, Random: rand.Reader, Now: p.now,
		Rules: account.Rules{Conduct: edition}})
	p.must(err)
	words, err := lang.Load()
	p.must(err)
	country, err := countries.Load("bdi")
	p.must(err)
	routes := Mount(p.desk, Options{Places: country.Places, Conduct: edition, Kinds: []string{"ngo", "shelter"}})
	p.options = shell.Options{Routes: append(routes, p.note()...), Lang: words, Sessions: p.desk, Policy: policy, Home: "/work",
		Places: country.Places, Zone: country.Location(), Now: p.now, Facts: s.Facts,
		Org: func(ctx context.Context, id ids.Org) (string, error) {
			org, err := p.desk.Org(ctx, id)
			return org.Name, err
		},
		Role: func(r access.Role, code string) string { return country.Label("role", string(r), code) },
	}
	p.url = p.with()
	org := account.Org{ID: ids.New[ids.Org](), Name: "Maison du Lac", Kind: "ngo"}
	p.must(p.desk.AddOrg(t.Context(), access.Itself(), org))
	p.org = org.ID
	return p
}

// with serves the pages and some more.
func (p *porch) with(more ...shell.Route) string {
	p.Helper()
	o := p.options
	o.Routes = append(append([]shell.Route(nil), o.Routes...), more...)
	s, err := shell.New(o)
	p.must(err)
	server := httptest.NewServer(s)
	p.Cleanup(server.Close)
	return server.URL
}

// note is a page of work: a form that shows what was typed.
func (p *porch) note() []shell.Route {
	page := func(c *shell.Context) shell.Page {
		v := c.View()
		return shell.Page{Title: "Travail", Body: noteBody(v)}
	}
	return []shell.Route{
		{Method: "GET", Pattern: "/work", Action: access.WorkMine, About: shell.Many, Nav: "common.home",
			Handle: func(c *shell.Context) error { return c.Page(page(c)) }},
		{Method: "POST", Pattern: "/work", Action: access.WorkMine, About: shell.Many, Handle: func(c *shell.Context) error {
			c.Form().Prose("text", 1000)
			if err := c.Form().Err(); err != nil {
				return c.Again(err, page(c))
			}
			return c.Redirect("/work")
		}},
	}
}

func (p *porch) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// person opens an account.
func (p *porch) person(name string, roles ...access.Role) (ids.Account, string) {
	p.Helper()
	add := account.Add{ID: ids.New[ids.Account](), Org: p.org, Name: name, Shown: strings.ToUpper(name[:1]) + name[1:], Lang: "",
		Post: access.Post{Role: roles[0], Org: p.org}}
	for _, r := range roles[1:] {
		add.More = append(add.More, access.Post{Role: r, Org: p.org})
	}
	password, err := p.desk.Add(p.Context(), access.Itself(), add)
	p.must(err)
	return add.ID, password.Reveal()
}

// reader is somebody at a browser, without script.
type reader struct {
	*porch
	client *http.Client
	page   string // what is shown
	doc    *html.Node
	path   string
	code   int
}

func (p *porch) reader() *reader {
	jar, err := cookiejar.New(nil)
	p.must(err)
	return &reader{porch: p, client: &http.Client{Jar: jar}}
}

func (b *reader) show(r *http.Response, err error) *reader {
	b.Helper()
	b.must(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	b.must(err)
	b.page, b.code, b.path = string(body), r.StatusCode, r.Request.URL.Path
	b.doc, err = html.Parse(strings.NewReader(b.page))
	b.must(err)
	lang := attr(find(b.doc, func(n *html.Node) bool { return n.Data == "html" }), "lang")
	for _, wrong := range shelltest.Wrong(lang, b.page) {
		b.Errorf("%s: %s", b.path, wrong)
	}
	return b
}

func (b *reader) open(path string) *reader {
	b.Helper()
	return b.show(b.client.Get(b.url + path))
}

// send fills the form with this action, hidden fields and all, and sends it.
func (b *reader) send(action string, pairs ...string) *reader {
	b.Helper()
	form := find(b.doc, func(n *html.Node) bool {
		return n.Data == "form" && attr(n, "method") == "post" && attr(n, "action") == action
	})
	if form == nil {
		b.Fatalf("%s has no form for %s:\n%s", b.path, action, b.page)
	}
	values := url.Values{}
	find(form, func(n *html.Node) bool {
		if n.Data == "input" && attr(n, "type") == "hidden" {
			values.Add(attr(n, "name"), attr(n, "value"))
		}
		return false
	})
	for i := 0; i+1 < len(pairs); i += 2 {
		if find(form, func(n *html.Node) bool { return attr(n, "name") == pairs[i] }) == nil {
			b.Fatalf("%s has no field %s", action, pairs[i])
		}
		values.Add(pairs[i], pairs[i+1])
	}
	return b.show(b.client.PostForm(b.url+action, values))
}

func (b *reader) at(path string, texts ...string) *reader {
	b.Helper()
	if b.path != path {
		b.Fatalf("at %s (%d), not at %s:\n%s", b.path, b.code, path, b.page)
	}
	return b.sees(texts...)
}

func (b *reader) sees(texts ...string) *reader {
	b.Helper()
	for _, text := range texts {
		if !strings.Contains(html.UnescapeString(b.page), text) {
			b.Fatalf("%s does not say %q:\n%s", b.path, text, b.page)
		}
	}
	return b
}

func (b *reader) misses(texts ...string) *reader {
	b.Helper()
	for _, text := range texts {
		if strings.Contains(html.UnescapeString(b.page), text) {
			b.Fatalf("%s says %q", b.path, text)
		}
	}
	return b
}

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && is(c) {
			return c
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

var sheetCode = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}`)

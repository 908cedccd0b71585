package protection_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"inkingi/countries"
	"inkingi/internal/access"
	"inkingi/internal/access/accesstest"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/place"
	"inkingi/internal/store"
	"inkingi/internal/testkit/engine"
	"inkingi/internal/vault"
	web "inkingi/internal/web/protection"
	"inkingi/internal/web/shell"
	"inkingi/protection"
)

// house is the whole program of this room behind its door: the real desk on a
// real store, with invented people.
type house struct {
	t       testing.TB
	ctx     context.Context
	now     time.Time
	desk    *protection.Desk
	country *countries.Country
	shell   *shell.Shell
	people  *crew

	care, police, shelter ids.Org
	hill                  place.Code
}

// crew stands for the room of accounts.
type crew struct {
	seats map[account.Token]account.Seat
	who   map[access.Role]access.Who
	names map[ids.UUID]string
	orgs  []ids.Org
	down  error
}

func (k *crew) Session(_ context.Context, t account.Token) (account.Seat, error) {
	seat, ok := k.seats[t]
	if !ok {
		return account.Seat{}, fault.New(fault.Denied, "account.session.over")
	}
	return seat, nil
}
func (k *crew) SaveDraft(context.Context, account.Seat, string, string) error { return nil }
func (k *crew) Rescue(context.Context, account.Token, string, string) error   { return nil }
func (k *crew) Draft(context.Context, account.Seat, string) (string, error) {
	return "", fault.New(fault.NotFound, access.NotFoundKey)
}
func (k *crew) DropDraft(context.Context, account.Seat, string) error { return nil }
func (k *crew) Account(id ids.Account) string                         { return k.names[id.UUID] }
func (k *crew) Org(id ids.Org) string                                 { return k.names[id.UUID] }
func (k *crew) Orgs(context.Context) ([]ids.Org, error)               { return k.orgs, k.down }
func (k *crew) Staff(_ context.Context, org ids.Org, roles ...access.Role) ([]ids.Account, error) {
	var all []ids.Account
	for role, w := range k.who {
		if w.Post.Org == org && slices.Contains(roles, role) {
			all = append(all, w.Account)
		}
	}
	return all, k.down
}

var burundi = sync.OnceValues(func() (*countries.Country, error) { return countries.Load("bdi") })

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, ctx: context.Background(), now: accesstest.Now()}
	clock := func() time.Time { return h.now }
	var err error
	if h.country, err = burundi(); err != nil {
		t.Fatal(err)
	}
	safe, err := vault.New(vault.NewMaster(h.now), clock)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(h.ctx, engine.SQLite(t), store.Options{Clock: clock, Vault: safe, Places: h.country.Places})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, _, err := s.Migrate(h.ctx); err != nil {
		t.Fatal(err)
	}
	h.hire()
	h.desk = &protection.Desk{Store: s, Policy: accesstest.Policy(t), Rules: protection.RulesOf(h.country, clock), Now: clock, Random: rand.Reader, Home: h.care}
	words, err := lang.Load()
	if err != nil {
		t.Fatal(err)
	}
	rooms := &web.Rooms{Desk: h.desk, Country: h.country, Names: h.people, People: h.people}
	h.shell, err = shell.New(shell.Options{
		Routes: web.Mount(rooms), Lang: words, Sessions: h.people, Policy: h.desk.Policy, Facts: s.Facts,
		Org:    func(_ context.Context, id ids.Org) (string, error) { return h.people.Org(id), nil },
		Role:   func(r access.Role, l string) string { return h.country.Label(countries.RoleList, string(r), l) },
		Places: h.country.Places, Zone: h.country.Location(), Home: "/work", Away: "https://www.example.org/meteo", Demo: true, Now: clock,
		Limits: shell.Limits{Visitor: shell.Limit{Rate: 1000, Burst: 100000}, Account: shell.Limit{Rate: 1000, Burst: 100000}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range h.country.Places.Find("Bisinde", h.country.Day(h.now), 9) {
		if one.Kind == place.Colline {
			h.hill = one.Code
		}
	}
	return h
}

// hire makes one account a role, in three organisations.
func (h *house) hire() {
	h.care, h.police, h.shelter = ids.New[ids.Org](), ids.New[ids.Org](), ids.New[ids.Org]()
	h.people = &crew{seats: map[account.Token]account.Seat{}, who: map[access.Role]access.Who{}, orgs: []ids.Org{h.care, h.police, h.shelter},
		names: map[ids.UUID]string{h.care.UUID: "Maison Umuco", h.police.UUID: "Poste de Gisenyi", h.shelter.UUID: "Foyer des Collines"}}
	for _, role := range access.Roles() {
		if !role.Held() {
			continue
		}
		org := h.care
		switch {
		case role == access.ServiceProvider:
			org = h.shelter
		case role.Side() == access.Pursuing:
			org = h.police
		}
		w := accesstest.Somebody(role, org)
		h.people.who[role] = w
		h.people.names[w.Account.UUID] = "Keza " + string(role)
		h.people.seats[account.Token(role)] = account.Seat{Session: account.Session{ID: w.Session, Second: true, Post: w.Post.ID},
			Account: account.Account{ID: w.Account, Org: org, Name: string(role), Shown: "Keza"}, Posts: []access.Post{w.Post}, Stage: account.In, At: h.now}
	}
}

func (h *house) who(role access.Role) access.Who { return h.people.who[role] }

// ask sends a request as somebody with a role; "" is a visitor.
func (h *house) ask(method, path string, role access.Role, lang string, form url.Values) *httptest.ResponseRecorder {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if role != "" {
		r.AddCookie(&http.Cookie{Name: "inkingi", Value: string(role)})
	}
	if lang != "" {
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
	}
	w := httptest.NewRecorder()
	h.shell.ServeHTTP(w, r)
	return w
}

func (h *house) get(path string, role access.Role) *httptest.ResponseRecorder {
	return h.ask("GET", path, role, "fr", nil)
}

func fields(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return form
}

// want checks the status and what the page holds.
func want(t testing.TB, w *httptest.ResponseRecorder, status int, holds ...string) {
	t.Helper()
	if w.Code != status {
		t.Fatalf("status %d, want %d\n%.1500s", w.Code, status, text(w))
	}
	for _, one := range holds {
		if !strings.Contains(text(w), one) {
			t.Errorf("the page lacks %q:\n%.1500s", one, text(w))
		}
	}
}

func lacks(t testing.TB, w *httptest.ResponseRecorder, texts ...string) {
	t.Helper()
	for _, one := range texts {
		if strings.Contains(w.Body.String(), one) {
			t.Errorf("the page holds %q", one)
		}
	}
}

var spaces = regexp.MustCompile(`[\s\x{a0}\x{202f}]+`)

// text is what a reader sees, without tags.
func text(w *httptest.ResponseRecorder) string {
	node, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		return w.Body.String()
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(node)
	return spaces.ReplaceAllString(b.String(), " ")
}

// typed reads the form of a page that posts to the address back, as a browser
// would send it without a press on any button.
func typed(t testing.TB, w *httptest.ResponseRecorder) url.Values {
	t.Helper()
	node, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	var walk func(n *html.Node, inside bool)
	walk = func(n *html.Node, inside bool) {
		if n.Type == html.ElementNode {
			inside = inside || n.Data == "main"
			name, value := attr(n, "name"), attr(n, "value")
			switch kind := attr(n, "type"); {
			case !inside || name == "":
			case n.Data == "input" && (kind == "radio" || kind == "checkbox"):
				if has(n, "checked") {
					form.Add(name, value)
				}
			case n.Data == "input":
				form.Add(name, value)
			case n.Data == "textarea":
				if n.FirstChild != nil {
					value = n.FirstChild.Data
				}
				form.Add(name, value)
			case n.Data == "select":
				form.Add(name, selected(n))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inside)
		}
	}
	walk(node, false)
	return form
}

func selected(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if has(c, "selected") {
			return attr(c, "value")
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// fill answers a page: what it holds, with these answers in place.
func (h *house) fill(page *httptest.ResponseRecorder, path string, role access.Role, pairs ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	form := typed(h.t, page)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Del(pairs[i])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return h.ask("POST", path, role, "fr", form)
}

// packed is how many bytes of a page travel.
func packed(w *httptest.ResponseRecorder) int {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
	_, _ = z.Write(w.Body.Bytes())
	_ = z.Close()
	return b.Len()
}

// signal raises one through the desk.
func (h *house) signal(change ...func(*protection.Raise)) protection.Receipt {
	h.t.Helper()
	c := protection.Raise{ID: ids.New[ids.Signal](), Channel: "FAMILY_OR_NEIGHBOUR", Now: protection.Yes, Where: place.Given{Code: h.hill},
		Spot: "derrière le moulin", Seen: "Une jeune fille pleure chaque soir.", People: 1, Children: protection.Unknown,
		Reporter: ids.New[ids.Reporter](), Name: "Nadine Inventée", Phone: "79 000 111", Hours: "MORNING", Phrase: "C’est l’école", Avoid: "le patron", May: protection.Yes}
	for _, one := range change {
		one(&c)
	}
	receipt, err := h.desk.Raise(h.ctx, access.Visitor(), c)
	if err != nil {
		h.t.Fatal(err)
	}
	return receipt
}

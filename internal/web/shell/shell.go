package shell

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/lang"
	"inkingi/internal/place"
)

// Sessions is what the shell asks of the room that lets people in; it is
// account.Desk.
type Sessions interface {
	Session(ctx context.Context, token account.Token) (account.Seat, error)
	SaveDraft(ctx context.Context, seat account.Seat, form, content string) error
	Rescue(ctx context.Context, token account.Token, form, content string) error
	Draft(ctx context.Context, seat account.Seat, form string) (string, error)
	DropDraft(ctx context.Context, seat account.Seat, form string) error
}

// Policy decides; it is access.Policy. The shell asks it only which links to
// show: what is done is decided by the desks.
type Policy interface {
	Decide(w access.Who, a access.Action, o access.Object, p access.Purpose, at time.Time) (access.Grant, error)
}

// Options is everything the shell needs. Routes, Lang, Sessions and Policy must
// be given.
type Options struct {
	Routes   []Route
	Lang     *lang.Lang
	Sessions Sessions
	Policy   Policy
	Facts    func(ctx context.Context, k access.Kind, id ids.UUID) (access.Object, error)
	Ready    func(ctx context.Context) error // may the program serve? for /readyz

	Org     func(ctx context.Context, org ids.Org) (string, error) // its name, for the header; asked seldom
	Role    func(r access.Role, lang string) string                // what a role is called; nil: its code
	Places  *place.Gazetteer
	Zone    *time.Location // of the country; nil is UTC
	Name    string         // of the service; "" is Inkingi
	Version string
	Home    string // where the reader goes after signing in; "" is "/"
	Away    string // where the quick exit leads: an innocent public page, a weather forecast unless given
	Demo    bool   // nobody in it exists, and every page says so

	Secure  bool           // served over TLS, here or by a proxy: __Host- cookie, HSTS
	Proxies []netip.Prefix // whose X-Forwarded-For is believed
	Limits  Limits
	Timeout time.Duration // of one request; 0 is 30 s

	Log    *slog.Logger // nil: nothing is logged
	Now    func() time.Time
	Random io.Reader
}

// Shell serves the routes.
type Shell struct {
	o       Options
	routes  []Route
	mux     *http.ServeMux
	voices  map[string]voice
	limits  *limits
	orgs    *names
	handler http.Handler
}

// New makes the door of a list of routes. It refuses a route that does not say
// what it needs; the error is for the programmer.
func New(o Options) (*Shell, error) {
	if o.Lang == nil || o.Sessions == nil || o.Policy == nil {
		return nil, errors.New("shell: Lang, Sessions and Policy must be given")
	}
	o = o.filled()
	s := &Shell{o: o, mux: http.NewServeMux(), limits: newLimits(o.Limits, o.Now), orgs: newNames(o.Org, o.Now)}
	s.routes = append(s.own(), o.Routes...)
	var bad []error
	for _, r := range s.routes {
		bad = append(bad, r.check())
	}
	if err := errors.Join(bad...); err != nil {
		return nil, err
	}
	s.voices = s.speak()
	if err := s.mount(); err != nil {
		return nil, err
	}
	s.handler = s.around(s.mux)
	return s, nil
}

func (o Options) filled() Options {
	set := func(s *string, fallback string) {
		if *s == "" {
			*s = fallback
		}
	}
	set(&o.Name, "Inkingi")
	set(&o.Home, "/")
	set(&o.Version, "dev")
	set(&o.Away, "https://fr.wikipedia.org/")
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Ready == nil {
		o.Ready = func(context.Context) error { return nil }
	}
	if o.Org == nil {
		o.Org = func(context.Context, ids.Org) (string, error) { return "", nil }
	}
	if o.Role == nil {
		o.Role = func(r access.Role, _ string) string { return string(r) }
	}
	if o.Facts == nil {
		o.Facts = func(context.Context, access.Kind, ids.UUID) (access.Object, error) {
			return access.Object{}, fault.New(fault.NotFound, access.NotFoundKey)
		}
	}
	return o
}

// Routes lists every route there is, the shell's own first, for tests that walk
// all of them.
func (s *Shell) Routes() []Route { return append([]Route(nil), s.routes...) }

// ServeHTTP answers a request.
func (s *Shell) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// mount gives the routes to the multiplexer. A form that came back, reloaded,
// or in another language, is asked for by GET: where its address has no page of
// its own, the reader is sent to the page the form stands on.
func (s *Shell) mount() (err error) {
	defer func() {
		if clash := recover(); clash != nil {
			err = fmt.Errorf("shell: %v", clash)
		}
	}()
	pages := map[string]bool{}
	for _, r := range s.routes {
		s.mux.Handle(r.Method+" "+r.Pattern, s.serve(r))
		if r.Method == http.MethodGet {
			pages[r.Pattern] = true
		}
	}
	for _, r := range s.routes {
		if r.Method == http.MethodPost && !pages[r.Pattern] {
			pages[r.Pattern] = true
			s.mux.Handle("GET "+r.Pattern, s.back(r))
		}
	}
	s.mux.Handle("/", s.serve(Route{Pattern: "/", Public: true, Bare: true, Handle: func(*Context) error {
		return fault.New(fault.NotFound, access.NotFoundKey)
	}}))
	return nil
}

// back leads from the address of an act to the page its form stands on.
func (s *Shell) back(r Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		to := s.o.Home
		if r.Form != "" {
			values := map[string]string{}
			for _, name := range r.Wildcards() {
				values[name] = q.PathValue(name)
			}
			to = fill(r.Form, values)
		}
		http.Redirect(w, q, to, http.StatusSeeOther)
	})
}

package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"runtime/debug"
	"time"

	"inkingi/internal/access"
	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/web/shell"
)

// serve serves a real programme.
type serve struct {
	base    `embed:""`
	notices `embed:""`
	Listen  string         `help:"Address to serve on." env:"INKINGI_LISTEN" default:"127.0.0.1:8443"`
	Cert    string         `help:"Certificate file (PEM); with it and --key the program speaks TLS." env:"INKINGI_CERT" placeholder:"FILE"`
	Key     string         `help:"Key file of the certificate (PEM)." env:"INKINGI_KEY" placeholder:"FILE"`
	Proxy   []netip.Prefix `help:"Networks of the proxies in front, whose word on addresses is believed; they speak TLS to the outside." env:"INKINGI_PROXY" placeholder:"NET"`
	Away    string         `help:"Innocent public page that the quick exit leads to; choose one that people of the country open every day." env:"INKINGI_AWAY" placeholder:"URL"`
	Rate    float64        `help:"Pages a second that one account may ask for." env:"INKINGI_RATE" default:"20"`
	Migrate bool           `help:"Bring the database to this program's version first." env:"INKINGI_MIGRATE"`
}

// Run serves until it is told to stop.
func (s serve) Run(ctx context.Context, c *console) error {
	if (s.Cert == "") != (s.Key == "") {
		return fault.Field("cert", "serve.certificate")
	}
	h, err := s.house(ctx, c.err)
	if err != nil {
		return err
	}
	defer h.close()
	if s.Migrate {
		if _, _, err := h.store.Migrate(ctx); err != nil {
			return err
		}
	}
	if h.protection.Home, err = h.oldest(ctx); err != nil {
		return err
	}
	if err := h.alerting(s.notices); err != nil {
		return err
	}
	l, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return err
	}
	door, err := h.door(doorPlan{secure: s.Cert != "" || len(s.Proxy) > 0, proxies: s.Proxy, away: s.Away, limits: limitsOf(s.Rate)})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	h.log.Info("serving", "address", l.Addr().String(), "version", version)
	return h.serve(ctx, door, l, s.Cert, s.Key)
}

// doorPlan says how the door stands in the network.
type doorPlan struct {
	secure  bool
	proxies []netip.Prefix
	away    string
	limits  shell.Limits
}

// limitsOf lets one account ask for so many pages a second, and ten times that at once.
func limitsOf(rate float64) shell.Limits {
	return shell.Limits{Account: shell.Limit{Rate: rate, Burst: 10 * rate}}
}

// door mounts every pillar.
func (h *house) door(p doorPlan) (*shell.Shell, error) {
	return shell.New(shell.Options{
		Routes: h.routes(), Lang: h.lang, Sessions: h.accounts, Policy: h.policy, Facts: h.store.Facts, Ready: h.store.Ready,
		Org: h.orgName, Role: h.roleName, Places: h.country.Places, Zone: h.country.Location(), Version: version, Home: "/work",
		Away: p.away, Demo: h.demo, Secure: p.secure, Proxies: p.proxies, Limits: p.limits, Log: h.log, Now: h.clock,
	})
}

func (h *house) orgName(ctx context.Context, org ids.Org) (string, error) {
	o, err := h.accounts.Org(ctx, org)
	return o.Name, err
}

func (h *house) roleName(r access.Role, lang string) string {
	return h.country.Label("role", string(r), lang)
}

// serve opens the door and runs the program's own clock until ctx ends.
func (h *house) serve(ctx context.Context, door http.Handler, l net.Listener, cert, key string) error {
	if os.Getenv("GOGC") == "" { // 20 MB less for 2 ms more at p95 (docs/performance.md)
		debug.SetGCPercent(50)
	}
	if os.Getenv("GOMEMLIMIT") == "" { // the program's file and the engine's pages are some 80 MB more
		debug.SetMemoryLimit(90 << 20)
	}
	ticking, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.tick(ticking)
	}()
	err := shell.Serve(ctx, shell.Server(door), l, cert, key, 10*time.Second)
	stop()
	<-done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func noCursor() account.Cursor { return account.Cursor{} }

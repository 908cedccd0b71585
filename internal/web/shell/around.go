package shell

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"inkingi/internal/ids"
)

// around sets what holds for every answer around the routes: headers, the log,
// a time limit, compression, and refusal of what another site sends.
func (s *Shell) around(routes http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(512), gzhttp.RandomJitter(32, 0, false),
		gzhttp.SuffixETag(""), gzhttp.ContentTypes([]string{"text/html", "text/plain"}))
	if err != nil {
		panic("shell: compression: " + err.Error()) // its options are wrong
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.serve(s.foreign()))
	pages := wrap(cross.Handler(routes))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := &note{id: newRequestID()}
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), noteKey{}, n), s.o.Timeout)
		defer cancel()
		out := &counted{ResponseWriter: w}
		s.heads(out.Header(), n.id)
		defer func() { s.logged(r, n, out, time.Since(began)) }()
		if r = r.WithContext(ctx); s.asset(out, r) || s.switchLang(out, r) {
			return
		}
		pages.ServeHTTP(out, r)
	})
}

// heads are the headers of every answer. No script or style but our own, no
// frame around us, no word to other sites about where the reader was.
func (s *Shell) heads(h http.Header, id string) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "+
		"form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("X-Request-Id", id)
	if s.o.Secure {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
}

// note is what the access log says of a request.
type note struct {
	id      string
	route   string
	account ids.Account
	session ids.Session
}

// newRequestID is short enough to be read aloud on the telephone.
func newRequestID() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base32.StdEncoding.EncodeToString(b[:])
}

// logged writes one line a request: the route's pattern and identifiers, never
// an address, a query, a name or a word that was typed.
func (s *Shell) logged(r *http.Request, n *note, out *counted, took time.Duration) {
	s.o.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("request", n.id), slog.String("method", method(r.Method)), slog.String("route", n.route),
		slog.Int("status", out.status), slog.Int64("bytes", out.bytes), slog.Duration("took", took),
		slog.String("account", n.account.String()), slog.String("session", n.session.String()))
}

// method is one of the methods there are: an invented one is somebody's text.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return m
	}
	return "other"
}

// counted counts what leaves.
type counted struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// Unwrap gives the writer of the server to who needs its deadlines.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// address is the caller's: the connection's, or, when that is one of our own
// proxies, the last one in X-Forwarded-For that is not.
func (s *Shell) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.proxy(host); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		host = hop.Unmap().String()
	}
	return host
}

func (s *Shell) proxy(host string) bool {
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range s.o.Proxies {
		if p.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}

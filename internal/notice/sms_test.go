package notice_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"inkingi/internal/fault"
	"inkingi/internal/notice"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sprint(v any) string { return fmt.Sprintf("%v %+v %#v", v, v, v) }

// gateway is an invented gateway that speaks as Kannel does; the text and
// numbers it is asked for are kept.
func gateway(t *testing.T, answer http.HandlerFunc) (*httptest.Server, func() []url.Values) {
	t.Helper()
	asked := make(chan url.Values, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/cgi-bin/sendsms" {
			t.Errorf("%s %s", r.Method, r.URL.Path)
		}
		asked <- r.URL.Query()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s, func() (all []url.Values) {
		for len(asked) > 0 {
			all = append(all, <-asked)
		}
		return all
	}
}

func replies(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func TestSMSIsCarried(t *testing.T) {
	for text, c := range map[string]struct{ coding, sent string }{
		"Inkingi\u00a0: quelque chose d’urgent vous attend.": {"0", "Inkingi : quelque chose d'urgent vous attend."},
		"Réponse à été où":                                   {"0", "Réponse à été où"},
		"Vous êtes prêt":                                     {"2", "Vous êtes prêt"},
		"100 % & more = a+b?#x {to} ;/":                      {"2", "100 % & more = a+b?#x {to} ;/"},
	} {
		s, asked := gateway(t, replies(202, "0: Accepted for delivery"))
		g, err := notice.NewSMS(notice.SMSSettings{URL: s.URL + "/cgi-bin/sendsms", User: "inkingi", Password: "p&ss=w rd+é", From: "Inkingi"})
		must(t, err)
		must(t, g.Carry(t.Context(), number, notice.Message{Text: text}))
		want := url.Values{"username": {"inkingi"}, "password": {"p&ss=w rd+é"}, "from": {"Inkingi"}, "to": {number}, "text": {c.sent},
			"charset": {"UTF-8"}, "coding": {c.coding}}
		if got := asked(); len(got) != 1 || got[0].Encode() != want.Encode() {
			t.Errorf("asked for %v\nwant %v", got, want)
		}
	}
}

func TestSMSByATemplate(t *testing.T) {
	s, asked := gateway(t, replies(200, "3: Queued for later delivery\n"))
	g, err := notice.NewSMS(notice.SMSSettings{URL: s.URL + "/cgi-bin/sendsms?u={user}&k={password}&dest={to}&m={text}&smsc=north&c={coding}", User: "a", Password: "b"})
	must(t, err)
	must(t, g.Carry(t.Context(), number, notice.Message{Text: "x y"}))
	want := url.Values{"u": {"a"}, "k": {"b"}, "dest": {number}, "m": {"x y"}, "smsc": {"north"}, "c": {"0"}}
	if got := asked(); len(got) != 1 || got[0].Encode() != want.Encode() {
		t.Errorf("asked for %v\nwant %v", got, want)
	}
}

func TestSMSProblems(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   string
		final  bool
	}{
		"a wrong number":      {replies(400, "Missing receiver "+number), notice.SMSRefused, true},
		"a wrong password":    {replies(403, "Authorization failed for sendsms"), notice.SMSDenied, false},
		"sign in":             {replies(401, ""), notice.SMSDenied, false},
		"no credit":           {replies(402, ""), notice.SMSDenied, false},
		"another address":     {replies(404, ""), notice.SMSGarbled, false},
		"too many":            {replies(429, ""), notice.SMSAway, false},
		"broken":              {replies(500, "0: Accepted for delivery"), notice.SMSAway, false},
		"for the moment not":  {replies(503, "Temporal failure, try again later."), notice.SMSAway, false},
		"a hotel's log-in":    {replies(200, "<!DOCTYPE html><h1>Welcome</h1>"), notice.SMSGarbled, false},
		"nothing":             {replies(200, ""), notice.SMSGarbled, false},
		"created":             {replies(201, "0: Accepted for delivery"), notice.SMSGarbled, false},
		"ten":                 {replies(202, "10: what is this"), notice.SMSGarbled, false},
		"a refusal, politely": {replies(200, "1: Denied"), notice.SMSGarbled, false},
		"noise":               {replies(200, strings.Repeat("\x00\xff", 1<<20)), notice.SMSGarbled, false},
		"sent elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/cgi-bin/other?"+r.URL.RawQuery, http.StatusFound)
		}, notice.SMSGarbled, false},
		"hangs up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, notice.SMSAway, false},
		"slow":     {slow, notice.SMSSlow, false},
		"begins and falls mute": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write([]byte("0"))
			w.(http.Flusher).Flush()
			slow(w, r)
		}, notice.SMSSlow, false},
	} {
		t.Run(name, func(t *testing.T) {
			s, asked := gateway(t, c.answer)
			g, err := notice.NewSMS(notice.SMSSettings{URL: s.URL + "/cgi-bin/sendsms", User: "inkingi", Password: secret, Patience: 300 * time.Millisecond})
			must(t, err)
			isProblem(t, g.Carry(t.Context(), number, said), c.code, c.final)
			if n := len(asked()); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

func slow(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(3 * time.Second):
	}
}

func TestSMSWithoutAGateway(t *testing.T) {
	port := closed(t)
	g, err := notice.NewSMS(notice.SMSSettings{URL: fmt.Sprintf("http://127.0.0.1:%d/cgi-bin/sendsms", port), User: "inkingi", Password: secret})
	must(t, err)
	isProblem(t, g.Carry(t.Context(), number, said), notice.SMSAway, false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	isProblem(t, g.Carry(ctx, number, said), notice.SMSSlow, false)
}

func TestSMSOverTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(replies(202, "0: Accepted for delivery"))
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	s.StartTLS()
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	for pool, code := range map[*x509.CertPool]string{roots: "", x509.NewCertPool(): notice.SMSTLS} {
		g, err := notice.NewSMS(notice.SMSSettings{URL: s.URL + "/cgi-bin/sendsms", Roots: pool})
		must(t, err)
		err = g.Carry(t.Context(), number, said)
		if code == "" {
			must(t, err)
			continue
		}
		isProblem(t, err, code, false)
	}
	plain := httptest.NewServer(replies(202, "0: x"))
	defer plain.Close()
	g, err := notice.NewSMS(notice.SMSSettings{URL: strings.Replace(plain.URL, "http:", "https:", 1)})
	must(t, err)
	isProblem(t, g.Carry(t.Context(), number, said), notice.SMSTLS, false)
}

func TestSMSSettings(t *testing.T) {
	for name, c := range map[string]struct {
		s   notice.SMSSettings
		key string
	}{
		"no address":           {notice.SMSSettings{}, "notice.sms.url"},
		"another scheme":       {notice.SMSSettings{URL: "ftp://gateway.example/x"}, "notice.sms.url"},
		"a password in it":     {notice.SMSSettings{URL: "https://u:p@gateway.example/x"}, "notice.sms.url"},
		"a hole in the host":   {notice.SMSSettings{URL: "https://{to}.example/x?a={to}&b={text}"}, "notice.sms.url"},
		"an unknown hole":      {notice.SMSSettings{URL: "https://gateway.example/x?to={to}&text={text}&case={case}"}, "notice.sms.hole"},
		"half a hole":          {notice.SMSSettings{URL: "https://gateway.example/x?to={to}&text={text}&x={us"}, "notice.sms.hole"},
		"no number":            {notice.SMSSettings{URL: "https://gateway.example/x?text={text}"}, "notice.sms.hole"},
		"no text":              {notice.SMSSettings{URL: "https://gateway.example/x?to={to}"}, "notice.sms.hole"},
		"after a fragment":     {notice.SMSSettings{URL: "https://gateway.example/x?a=b#to={to}&text={text}"}, "notice.sms.hole"},
		"in clear, elsewhere":  {notice.SMSSettings{URL: "http://gateway.example/cgi-bin/sendsms"}, "notice.sms.open"},
		"a user alone":         {notice.SMSSettings{URL: "https://gateway.example/", User: "u"}, "notice.sms.password"},
		"a password alone":     {notice.SMSSettings{URL: "https://gateway.example/", Password: "p"}, "notice.sms.password"},
		"in clear, on purpose": {notice.SMSSettings{URL: "http://gateway.example/cgi-bin/sendsms", Open: true}, ""},
		"in clear, here":       {notice.SMSSettings{URL: "http://[::1]:13013/cgi-bin/sendsms"}, ""},
	} {
		_, err := notice.NewSMS(c.s)
		if c.key == "" && err != nil || c.key != "" && (!fault.Is(err, fault.Invalid) || fault.Of(err).Key != c.key) {
			t.Errorf("%s: %v, want %q", name, err, c.key)
		}
	}
	if strings.Contains(sprint(notice.SMSSettings{Password: secret}), secret) {
		t.Error("the settings print the password")
	}
}

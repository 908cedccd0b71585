package notice

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"inkingi/internal/account"
	"inkingi/internal/fault"
)

// kannel is the query of Kannel's sendsms, which other gateways speak too
// [S: Kannel 1.4 user guide, "Using the HTTP interface to send SMS messages"].
const kannel = "username={user}&password={password}&from={from}&to={to}&text={text}&charset=UTF-8&coding={coding}"

// SMSSettings say by which gateway SMS leave.
type SMSSettings struct {
	// URL is the gateway's address. Without a query it gets Kannel's; with one,
	// {user} {password} {from} {to} {text} {coding} in it are filled in.
	URL      string
	User     string
	Password account.Secret
	From     string         // number or name of the sender; "" is the gateway's
	Open     bool           // plain HTTP even to another machine, inside a private network
	Roots    *x509.CertPool // nil: the system's
	Patience time.Duration  // 0: 15 s
}

// SMS is the carrier of SMS, by HTTP GET.
type SMS struct {
	settings SMSSettings
	client   *http.Client
}

// NewSMS checks the settings; faults are Invalid at the setting's name.
func NewSMS(s SMSSettings) (*SMS, error) {
	if s.Patience <= 0 {
		s.Patience = 15 * time.Second
	}
	if base, query, _ := strings.Cut(s.URL, "?"); query == "" {
		s.URL = base + "?" + kannel
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	transport := &http.Transport{ // no proxy: it would read the numbers
		TLSClientConfig:     &tls.Config{RootCAs: s.Roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxConnsPerHost:     Batch,
		IdleConnTimeout:     time.Minute,
		DialContext:         (&net.Dialer{Timeout: s.Patience}).DialContext,
		TLSHandshakeTimeout: s.Patience,
	}
	return &SMS{settings: s, client: &http.Client{Transport: transport, Timeout: s.Patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil // never elsewhere with the password
}

func (s SMSSettings) check() error {
	base, query, _ := strings.Cut(s.URL, "?")
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(base, "{}#") {
		return fault.Field("sms-url", "notice.sms.url")
	}
	for _, hole := range regexp.MustCompile(`\{[^}]*\}?`).FindAllString(query, -1) {
		if !slices.Contains([]string{"{user}", "{password}", "{from}", "{to}", "{text}", "{coding}"}, hole) {
			return fault.Field("sms-url", "notice.sms.hole")
		}
	}
	switch {
	case !strings.Contains(query, "{to}") || !strings.Contains(query, "{text}") || strings.Contains(query, "#"):
		return fault.Field("sms-url", "notice.sms.hole")
	case u.Scheme == "http" && !s.Open && !loopback(u.Hostname()):
		return fault.Field("sms-url", "notice.sms.open")
	case (s.User == "") != (s.Password == ""):
		return fault.Field("sms-password-file", "notice.sms.password")
	}
	return nil
}

// address is the request for one message.
func (s *SMS) address(to, text string) string {
	text, cheap := short(text)
	coding := "2" // UCS-2
	if cheap {
		coding = "0" // the letters of GSM
	}
	base, query, _ := strings.Cut(s.settings.URL, "?")
	fill := strings.NewReplacer("{user}", url.QueryEscape(s.settings.User), "{password}", url.QueryEscape(s.settings.Password.Reveal()),
		"{from}", url.QueryEscape(s.settings.From), "{to}", url.QueryEscape(to), "{text}", url.QueryEscape(text), "{coding}", coding)
	return base + "?" + fill.Replace(query)
}

// Carry sends one SMS. What the client or the gateway says is never passed on:
// both repeat the address, which holds number and password.
func (s *SMS) Carry(ctx context.Context, to string, said Message) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address(to, said.Text), nil)
	if err != nil {
		return again(Unknown)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return smsProblem(ctx, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 4<<10))
	if err != nil {
		return smsProblem(ctx, err)
	}
	return verdict(answer.StatusCode, string(body))
}

// verdict reads Kannel's answer: 202 "0: Accepted for delivery", or "3: Queued
// for later delivery"; some gateways that speak like it say 200. Anything else
// with a good status is not the answer of a gateway, a hotel's log-in page for
// instance, and nothing was sent.
func verdict(status int, body string) error {
	body = strings.TrimSpace(body)
	switch {
	case status == http.StatusOK || status == http.StatusAccepted:
		if strings.HasPrefix(body, "0:") || strings.HasPrefix(body, "3:") {
			return nil
		}
		return again(SMSGarbled)
	case status == http.StatusBadRequest:
		return never(SMSRefused)
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired:
		return again(SMSDenied)
	case status == http.StatusTooManyRequests || status >= 500:
		return again(SMSAway)
	}
	return again(SMSGarbled)
}

func smsProblem(ctx context.Context, err error) error {
	var slow net.Error
	var odd tls.RecordHeaderError
	var unknown *tls.CertificateVerificationError
	switch {
	case errors.As(err, &unknown), errors.As(err, &odd), errors.Is(err, http.ErrSchemeMismatch):
		return again(SMSTLS)
	case ctx.Err() != nil, errors.As(err, &slow) && slow.Timeout():
		return again(SMSSlow)
	}
	return again(SMSAway)
}

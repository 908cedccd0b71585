package notice_test

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/notice"
)

// What no error, no log line and nobody but the carrier may read.
const (
	secret  = "s3cret-of-the-relay"
	address = "invented.officer@care.example"
	number  = "+25779000111"
)

var said = notice.Message{ID: "0123456789abcdef", Subject: "Inkingi\u00a0: ouvrez votre liste", Text: "Inkingi\u00a0: quelque chose d’urgent vous attend."}

func (p *post) settings(how notice.TLS) notice.MailSettings {
	return notice.MailSettings{Host: p.host, Port: p.port, From: "inkingi@house.example", TLS: how, Roots: p.roots, Patience: 3 * time.Second}
}

func TestMailIsCarried(t *testing.T) {
	for how, user := range map[notice.TLS]string{notice.StartTLS: "inkingi", notice.Implicit: "inkingi", notice.IfOffer: "", notice.Plain: "", "": "inkingi"} {
		t.Run(string(how), func(t *testing.T) {
			kind := map[notice.TLS]string{notice.Implicit: "implicit", notice.Plain: "none"}[how]
			if kind == "" {
				kind = "starttls"
			}
			p := office(t, kind, &post{user: user, password: secret})
			s := p.settings(how)
			if s.User = user; user != "" {
				s.Password = secret
			}
			m, err := notice.NewMail(s)
			must(t, err)
			must(t, m.Carry(t.Context(), address, said))
			got := p.got()
			if len(got) != 1 || got[0].from != "inkingi@house.example" || got[0].to != address {
				t.Fatalf("letters: %+v", got)
			}
			if p.secured[0] != (how != notice.Plain) {
				t.Errorf("protected: %v", p.secured)
			}
			readLetter(t, got[0].text)
		})
	}
}

// readLetter reads a mail as a mailbox does, and looks for anything that should
// not be there.
func readLetter(t *testing.T, text string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(text))
	must(t, err)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	must(t, err)
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	must(t, err)
	if subject != said.Subject || strings.TrimSpace(string(body)) != said.Text {
		t.Errorf("subject %q, text %q", subject, body)
	}
	allowed := " Date From To Subject Message-Id Mime-Version Content-Type Content-Transfer-Encoding Auto-Submitted "
	for name := range m.Header {
		if !strings.Contains(allowed, " "+name+" ") {
			t.Errorf("a header that nobody needs: %s: %s", name, m.Header.Get(name))
		}
	}
	if id := m.Header.Get("Message-Id"); id != "<"+said.ID+"@house.example>" {
		t.Errorf("message id %s", id)
	}
	if m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Error("an absence note may answer")
	}
}

func TestMailProblems(t *testing.T) {
	final := true
	for name, c := range map[string]struct {
		how  string
		post *post
		set  func(*notice.MailSettings)
		code string
		end  bool
	}{
		"no such mailbox":      {"starttls", &post{to: answers(550, smtp.EnhancedCode{5, 1, 1})}, nil, notice.MailRefused, final},
		"no mailbox, no code":  {"starttls", &post{to: answers(553, smtp.NoEnhancedCode)}, nil, notice.MailRefused, final},
		"no relaying":          {"starttls", &post{to: answers(550, smtp.EnhancedCode{5, 7, 1})}, nil, notice.MailDenied, false},
		"sign in first":        {"starttls", &post{to: answers(530, smtp.EnhancedCode{5, 7, 0})}, nil, notice.MailDenied, false},
		"sender not wanted":    {"starttls", &post{from: answers(550, smtp.EnhancedCode{5, 7, 1})}, nil, notice.MailDenied, false},
		"come back later":      {"starttls", &post{to: answers(451, smtp.EnhancedCode{4, 7, 1})}, nil, notice.MailAway, false},
		"mailbox full for now": {"starttls", &post{to: answers(452, smtp.EnhancedCode{4, 2, 2})}, nil, notice.MailAway, false},
		"text not wanted":      {"starttls", &post{data: answers(554, smtp.EnhancedCode{5, 6, 0})}, nil, notice.MailRejected, false},
		"no TLS offered":       {"none", &post{}, nil, notice.MailTLS, false},
		"unknown certificate":  {"starttls", &post{}, func(s *notice.MailSettings) { s.Roots = x509.NewCertPool() }, notice.MailTLS, false},
		"another host's":       {"starttls", &post{}, func(s *notice.MailSettings) { s.Host = "localhost" }, notice.MailTLS, false},
		"TLS where none is":    {"none", &post{}, func(s *notice.MailSettings) { s.TLS = notice.Implicit }, notice.MailTLS, false},
		"wrong password":       {"starttls", &post{user: "inkingi", password: "other"}, signed, notice.MailDenied, false},
		"no password asked":    {"starttls", &post{}, signed, notice.MailDenied, false},
		"nobody listens":       {"starttls", &post{}, func(s *notice.MailSettings) { s.Port = closed(t) }, notice.MailAway, false},
		"says nothing": {"starttls", &post{}, func(s *notice.MailSettings) {
			s.Port, s.Patience = mute(t), 200*time.Millisecond
		}, notice.MailSlow, false},
		"no such host": {"starttls", &post{}, func(s *notice.MailSettings) { s.Host = "nowhere.invalid" }, notice.MailAway, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := office(t, c.how, c.post)
			s := p.settings(notice.StartTLS)
			if c.set != nil {
				c.set(&s)
			}
			m, err := notice.NewMail(s)
			must(t, err)
			isProblem(t, m.Carry(t.Context(), address, said), c.code, c.end)
			if len(p.got()) != 0 {
				t.Error("and a letter arrived")
			}
		})
	}
}

func signed(s *notice.MailSettings) { s.User, s.Password = "inkingi", secret }

func isProblem(t *testing.T, err error, code string, final bool) {
	t.Helper()
	var p *notice.Problem
	if !errors.As(err, &p) || p.Code != code || p.Final != final {
		t.Fatalf("%v, want %s (final: %v)", err, code, final)
	}
	lacks(t, "the error", err.Error())
	if errors.Unwrap(err) != nil {
		t.Error("the error carries what the server said")
	}
}

func TestMailStopsWhenTold(t *testing.T) {
	m, err := notice.NewMail(notice.MailSettings{Host: "127.0.0.1", Port: mute(t), From: "inkingi@house.example"})
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	isProblem(t, m.Carry(ctx, address, said), notice.MailSlow, false)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestMailSettings(t *testing.T) {
	good := notice.MailSettings{Host: "mail.example", From: "inkingi@house.example"}
	if _, err := notice.NewMail(good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		set func(*notice.MailSettings)
		key string
	}{
		"no host":            {func(s *notice.MailSettings) { s.Host = "" }, "notice.mail.host"},
		"an address as host": {func(s *notice.MailSettings) { s.Host = "smtp://mail.example" }, "notice.mail.host"},
		"port in the host":   {func(s *notice.MailSettings) { s.Host = "mail.example:25" }, "notice.mail.host"},
		"port too high":      {func(s *notice.MailSettings) { s.Port = 65536 }, "notice.mail.port"},
		"port below":         {func(s *notice.MailSettings) { s.Port = -1 }, "notice.mail.port"},
		"no sender":          {func(s *notice.MailSettings) { s.From = "" }, "notice.mail.from"},
		"sender with a name": {func(s *notice.MailSettings) { s.From = "Inkingi <inkingi@house.example>" }, "notice.mail.from"},
		"two senders' lines": {func(s *notice.MailSettings) { s.From = "a@b.example\r\nBcc: c@d.example" }, "notice.mail.from"},
		"user alone":         {func(s *notice.MailSettings) { s.User = "u" }, "notice.mail.password"},
		"password alone":     {func(s *notice.MailSettings) { s.Password = "p" }, "notice.mail.password"},
		"password in clear":  {func(s *notice.MailSettings) { s.User, s.Password, s.TLS = "u", "p", notice.IfOffer }, "notice.mail.tls"},
		"clear to elsewhere": {func(s *notice.MailSettings) { s.TLS = notice.Plain }, "notice.mail.tls"},
		"another way":        {func(s *notice.MailSettings) { s.TLS = "ssl" }, "fault.choice"},
	} {
		s := good
		c.set(&s)
		if _, err := notice.NewMail(s); !fault.Is(err, fault.Invalid) || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
	if text := (notice.MailSettings{Password: account.Secret(secret)}); strings.Contains(sprint(text), secret) {
		t.Error("the settings print the password")
	}
}

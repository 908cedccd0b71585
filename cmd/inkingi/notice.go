package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"math/rand/v2"
	"os"
	"time"

	"inkingi/internal/account"
	"inkingi/internal/fault"
	"inkingi/internal/ids"
	"inkingi/internal/notice"
)

// notices are the settings by which alerts leave. Without a server nobody is
// called by it: the alerts are counted as failed, and serve says so at its start.
type notices struct {
	SMTPHost     string `name:"smtp-host" help:"Mail server that alerts leave by; without it none leaves by mail." env:"INKINGI_SMTP_HOST" placeholder:"HOST"`
	SMTPPort     int    `name:"smtp-port" help:"Its port; else 587, or 465 with implicit TLS." env:"INKINGI_SMTP_PORT" placeholder:"PORT"`
	SMTPUser     string `name:"smtp-user" help:"User at the mail server." env:"INKINGI_SMTP_USER" placeholder:"NAME"`
	SMTPPassword string `name:"smtp-password-file" help:"File with the password at the mail server." env:"INKINGI_SMTP_PASSWORD_FILE" placeholder:"FILE"`
	SMTPFrom     string `name:"smtp-from" help:"Sender of alerts." env:"INKINGI_SMTP_FROM" placeholder:"ADDRESS"`
	SMTPTLS      string `name:"smtp-tls" help:"How the connection is protected: starttls (required), implicit, offered (without a password), none (to this machine)." env:"INKINGI_SMTP_TLS" enum:"starttls,implicit,offered,none" default:"starttls"`
	SMSURL       string `name:"sms-url" help:"Address of the SMS gateway (Kannel's sendsms); a query in it may hold {user} {password} {from} {to} {text} {coding}." env:"INKINGI_SMS_URL" placeholder:"URL"`
	SMSUser      string `name:"sms-user" help:"User at the gateway." env:"INKINGI_SMS_USER" placeholder:"NAME"`
	SMSPassword  string `name:"sms-password-file" help:"File with the password at the gateway." env:"INKINGI_SMS_PASSWORD_FILE" placeholder:"FILE"`
	SMSFrom      string `name:"sms-from" help:"Number or name that SMS come from." env:"INKINGI_SMS_FROM" placeholder:"SENDER"`
	SMSOpen      bool   `name:"sms-open" help:"Speak plain HTTP to a gateway on another machine, inside a private network." env:"INKINGI_SMS_OPEN"`
	Roots        string `name:"notice-roots" help:"File with certificates (PEM) to trust besides the system's, for mail server and gateway." env:"INKINGI_NOTICE_ROOTS" placeholder:"FILE"`
}

// alerting opens the desk that sends alerts.
func (h *house) alerting(s notices) (err error) {
	d := notice.Desk{Store: h.store, Policy: h.policy, Book: readers{h}, Lang: h.lang, Chance: rand.Float64, Now: h.clock, Log: h.log}
	roots, err := s.roots()
	if err != nil {
		return err
	}
	if d.Mail, err = s.mail(roots); err != nil {
		return err
	}
	if d.SMS, err = s.sms(roots); err != nil {
		return err
	}
	if d.Mail == nil || d.SMS == nil {
		h.log.Warn("alerts do not reach everybody", "mail", d.Mail != nil, "sms", d.SMS != nil)
	}
	h.notices, err = notice.Open(d)
	return err
}

// mail gives the carrier of mail, or nil when there is no server.
func (s notices) mail(roots *x509.CertPool) (notice.Carrier, error) {
	if s.SMTPHost == "" {
		return nil, nil
	}
	password, err := secretIn("smtp-password-file", s.SMTPPassword)
	if err != nil {
		return nil, err
	}
	m, err := notice.NewMail(notice.MailSettings{Host: s.SMTPHost, Port: s.SMTPPort, User: s.SMTPUser, Password: password, From: s.SMTPFrom,
		TLS: notice.TLS(s.SMTPTLS), Roots: roots})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// sms gives the carrier of SMS, or nil when there is no gateway.
func (s notices) sms(roots *x509.CertPool) (notice.Carrier, error) {
	if s.SMSURL == "" {
		return nil, nil
	}
	password, err := secretIn("sms-password-file", s.SMSPassword)
	if err != nil {
		return nil, err
	}
	g, err := notice.NewSMS(notice.SMSSettings{URL: s.SMSURL, User: s.SMSUser, Password: password, From: s.SMSFrom, Open: s.SMSOpen, Roots: roots})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// roots are the certificates that are trusted; nil is the system's.
func (s notices) roots() (*x509.CertPool, error) {
	if s.Roots == "" {
		return nil, nil
	}
	text, err := os.ReadFile(s.Roots)
	pool, without := x509.SystemCertPool()
	if without != nil {
		pool = x509.NewCertPool()
	}
	if err != nil || !pool.AppendCertsFromPEM(text) {
		return nil, fault.Field("notice-roots", "notice.file")
	}
	return pool, nil
}

// secretIn reads a password file without its last line end; no file is no password.
func secretIn(setting, path string) (account.Secret, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	text = bytes.TrimRight(text, "\r\n")
	if err != nil || len(text) == 0 {
		return "", fault.Field(setting, "notice.file")
	}
	return account.Secret(text), nil
}

// readers tells the desk of alerts who somebody is, in what language and where.
type readers struct{ h *house }

// Reader reads one; the reading of the channels leaves its entry.
func (r readers) Reader(ctx context.Context, id ids.Account) (notice.Reader, error) {
	seat, err := r.h.store.Holder(ctx, id)
	if err != nil || !seat.Account.Open() {
		return notice.Reader{}, err
	}
	contacts, err := r.h.accounts.Reach(ctx, id)
	return notice.Reader{Open: true, Lang: seat.Account.Lang, Contacts: contacts}, err
}

// alert sends what is due in the outbox, batch after batch for a while. The
// demonstration has no desk: nobody in it exists.
func (h *house) alert(ctx context.Context) error {
	if h.notices == nil {
		return nil
	}
	for start := time.Now(); ; {
		n, err := h.notices.Send(ctx)
		if err != nil || n < notice.Batch || time.Since(start) > 20*time.Second {
			return err
		}
	}
}

// leaves says by what alerts leave.
func (h *house) leaves() (mail, sms bool) {
	if h.notices == nil {
		return false, false
	}
	return h.notices.Mail != nil, h.notices.SMS != nil
}

// forgetAlerts removes alerts that ended long ago.
func (h *house) forgetAlerts(ctx context.Context) error {
	if h.notices == nil {
		return nil
	}
	return h.notices.Sweep(ctx)
}
